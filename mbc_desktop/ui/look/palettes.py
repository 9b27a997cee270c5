"""The colours of each theme. Every text stands at 4.5 to 1 or more on what lies under it, at 7 to 1 in high contrast
(tests/ui/test_theme.py measures it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mbc_desktop.core.record import dataclass

if TYPE_CHECKING:
    from mbc_desktop.core.finding import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """A surface with the text and the edge that belong on it."""

    surface: str
    text: str
    edge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """All colours of one theme. `agreed` is for two entries that say the same; `therapies` are given to the therapies of a plan
    in their order. Fusion draws the edges of fields and buttons as `edge`, darker by 40 per cent."""

    dark: bool
    window: str
    surface: str
    sunken: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    banner: str
    on_banner: str
    on_banner_muted: str
    outside: str
    closed: str
    hatch: str
    window_lit: str
    edge: str
    handle: str
    agreed: Tone
    severities: dict[Severity, Tone]
    therapies: tuple[Tone, ...]


LIGHT = Colours(
    dark=False,
    window="#eef2f5",
    surface="#ffffff",
    sunken="#f5f7f9",
    text="#17242f",
    muted="#52626f",
    line="#d3dbe2",
    accent="#0f5f83",
    on_accent="#ffffff",
    banner="#123c52",
    on_banner="#ffffff",
    on_banner_muted="#c2d6e1",
    outside="#f5f7f9",
    closed="#f1f3f5",
    hatch="#c3ccd4",
    window_lit="#fff6d9",
    edge="#b6c0c8",
    handle="#ffffff",
    agreed=Tone(surface="#e0f3e4", text="#0f4d24", edge="#1c7a3d"),
    severities={
        "stop": Tone(surface="#fdecea", text="#8f1d14", edge="#b3261e"),
        "caution": Tone(surface="#fff4dc", text="#6b4300", edge="#b26a00"),
        "advice": Tone(surface="#e6f1f7", text="#0d4f6e", edge="#0f5f83"),
        "info": Tone(surface="#eef1f4", text="#3c4a56", edge="#64748b"),
    },
    therapies=(
        Tone(surface="#dcebf7", text="#0f3d66", edge="#1f6fb2"),
        Tone(surface="#d9f0ea", text="#0a4a40", edge="#0f8272"),
        Tone(surface="#e9e2f6", text="#402a73", edge="#7450c4"),
        Tone(surface="#fbe6d6", text="#6b3206", edge="#c05f15"),
        Tone(surface="#f8dfea", text="#6f1742", edge="#b83a78"),
        Tone(surface="#eaeed3", text="#424a08", edge="#77851a"),
    ),
)

DARK = Colours(
    dark=True,
    window="#12191f",
    surface="#1b242c",
    sunken="#161e25",
    text="#e6edf2",
    muted="#a3b3c0",
    line="#33424e",
    accent="#5fb3dc",
    on_accent="#06202e",
    banner="#0c2836",
    on_banner="#f2f8fb",
    on_banner_muted="#a9c4d2",
    outside="#161e25",
    closed="#1f2931",
    hatch="#43545f",
    window_lit="#3d3719",
    edge="#9db1c2",
    handle="#4a5d6b",
    agreed=Tone(surface="#173d25", text="#c4f0d2", edge="#5fc987"),
    severities={
        "stop": Tone(surface="#43201d", text="#ffc9c2", edge="#ff8a7d"),
        "caution": Tone(surface="#40310f", text="#ffdd9c", edge="#e8a93a"),
        "advice": Tone(surface="#15364a", text="#bfe3f6", edge="#5fb3dc"),
        "info": Tone(surface="#28333c", text="#cbd6df", edge="#8fa1af"),
    },
    therapies=(
        Tone(surface="#1c3a56", text="#cfe6fb", edge="#6fb1ec"),
        Tone(surface="#143f38", text="#c4f0e5", edge="#4cc2ad"),
        Tone(surface="#352a56", text="#e2d8fb", edge="#a98df0"),
        Tone(surface="#4d2f17", text="#fbdcc2", edge="#e99a58"),
        Tone(surface="#4b2137", text="#fad3e4", edge="#e77fb0"),
        Tone(surface="#363b14", text="#e7edbb", edge="#b3c24c"),
    ),
)

CONTRAST = Colours(
    dark=True,
    window="#000000",
    surface="#000000",
    sunken="#000000",
    text="#ffffff",
    muted="#ffffff",
    line="#ffffff",
    accent="#ffe600",
    on_accent="#000000",
    banner="#000000",
    on_banner="#ffffff",
    on_banner_muted="#ffffff",
    outside="#000000",
    closed="#1f1f1f",
    hatch="#585858",
    window_lit="#3a3500",
    edge="#ffffff",
    handle="#ffffff",
    agreed=Tone(surface="#000000", text="#8df0ae", edge="#8df0ae"),
    severities={
        "stop": Tone(surface="#000000", text="#ff9d94", edge="#ff9d94"),
        "caution": Tone(surface="#000000", text="#ffd24d", edge="#ffd24d"),
        "advice": Tone(surface="#000000", text="#7fd4ff", edge="#7fd4ff"),
        "info": Tone(surface="#000000", text="#ffffff", edge="#ffffff"),
    },
    therapies=(
        Tone(surface="#00263f", text="#ffffff", edge="#6cc1ff"),
        Tone(surface="#00312a", text="#ffffff", edge="#4ff0d2"),
        Tone(surface="#26134d", text="#ffffff", edge="#c9aeff"),
        Tone(surface="#3d1e00", text="#ffffff", edge="#ffb26b"),
        Tone(surface="#3f0a24", text="#ffffff", edge="#ff94c4"),
        Tone(surface="#2a2f00", text="#ffffff", edge="#e0f06a"),
    ),
)
"""White on black, yellow for what is chosen: at least 7 to 1 for every text."""
