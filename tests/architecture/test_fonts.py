"""The bundled fonts hold every character that a sheet needs, and the small ones are made from the full ones."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

from tests.architecture.rules import ROOT

FONTS = ROOT / "resources" / "fonts"
FULL = ("MbcSans-Regular.ttf", "MbcSans-Bold.ttf")
SMALL = tuple(f"document/{name}" for name in FULL)
# Names as patients in Belgium bear them, doses as sheets print them, and the shapes that stand beside colours.
NEEDED = (
    "Nguyễn Thị Hạnh Őrsi Žůrek Łódź Şule İpek Ștefan Țepeș Þór Ærø Çelik Ñuñez Ÿ"
    "Ђорђе Ќемал Київ Ґалаґан Ёлка Γεωργία Ώρα Ϊων"
    "≤≥<>±×−→←↑↓≈≠½¼µμ°‰€₂²³₀₁₃\u00a0\u202f\u2009–—‘’“”„…•·"
    "☐☑☒✓✗●○■□▲△▼◆◇★☆⬢⬣▶◀⚠☎"
)
LIMIT_OF_A_SMALL_FONT = 64_000


def subset_script() -> ModuleType:
    """packaging/subset_fonts.py as a module."""
    spec = importlib.util.spec_from_file_location("subset_fonts", ROOT / "packaging" / "subset_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=[*FULL, *SMALL])
def font(request: pytest.FixtureRequest) -> TTFont:
    """Each bundled font in turn."""
    return TTFont(FONTS / request.param)


def test_every_needed_character_has_a_glyph(font: TTFont) -> None:
    assert [character for character in NEEDED if ord(character) not in font.getBestCmap()] == []


def test_all_digits_are_equally_wide_so_that_doses_stand_in_columns(font: TTFont) -> None:
    names = font.getBestCmap()
    assert len({font["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_outlines_are_of_the_kind_that_reportlab_can_embed(font: TTFont) -> None:
    assert "glyf" in font
    assert font["OS/2"].fsType == 0, "the font may not be embedded without limits"


def test_the_full_font_holds_all_of_extended_latin_and_cyrillic() -> None:
    names = TTFont(FONTS / FULL[0]).getBestCmap()
    assert [hex(code) for code in [*range(0xA0, 0x250), *range(0x1E00, 0x1F00), *range(0x400, 0x500)] if code not in names] == []


@pytest.mark.parametrize("name", FULL)
def test_the_small_font_is_what_the_script_makes_from_the_full_one(name: str) -> None:
    made = subset_script().small_font(FONTS / name)
    assert made == (FONTS / "document" / name).read_bytes(), "run: make fonts"
    assert len(made) < LIMIT_OF_A_SMALL_FONT


def test_the_licence_travels_with_the_fonts() -> None:
    text = (FONTS / "LICENSE-OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert all(Path(name).name in text for name in FULL)
