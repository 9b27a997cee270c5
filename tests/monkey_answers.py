"""What the monkey says when the program asks."""

from __future__ import annotations

import random
from pathlib import Path

from mbc_desktop.ui.asking import Asking

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "resources" / "example" / "voorbeeld.mbc.json"


class Answers(Asking):
    """Answers every question by chance; files go to a folder of the monkey's own."""

    def __init__(self, chance: random.Random, folder: Path, example: Path) -> None:
        self._chance, self._folder, self._example = chance, folder, example

    def tell(self, title: str, text: str, details: str = "") -> None:
        """Listens."""

    def choose(self, title: str, text: str, buttons: object) -> str:
        return self._chance.choice(list(buttons)) if isinstance(buttons, tuple | list) else ""

    def file_to_open(self, title: str, pattern: str, folder: Path | None) -> Path | None:
        return self._chance.choice((self._example, self._folder / "missing.mbc.json", None))

    def folder(self, title: str) -> Path | None:
        return self._chance.choice((self._folder, self._folder / "none", None))

    def file_to_write(self, title: str, pattern: str, proposal: Path, ending: str) -> Path | None:
        return self._chance.choice((self._folder / f"monkey{ending}", self._folder / "none" / f"x{ending}", None))
