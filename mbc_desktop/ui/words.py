"""The words of the window in the language of the moment. What shows a word says so once and follows every change of language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mbc_desktop.texts import Texts, load_texts

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language
    from mbc_desktop.regimen.drug import Drug
    from mbc_desktop.texts import Value

Setter = Callable[[str], object]


class Words(QObject):
    """The texts of one language at a time. `changed` is sent after every word that was put has been put again."""

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.texts: Texts = load_texts(language)
        self._drugs: Mapping[str, Drug] = {}
        self._puts: list[tuple[QObject, Setter, str]] = []

    @property
    def language(self) -> Language:
        """The language of the moment."""
        return self.texts.language

    def say(self, key: str, **values: Value) -> str:
        """The sentence under `key` with its values."""
        return self.texts.say(key, **values)

    def put(self, owner: QObject, setter: Setter, key: str) -> None:
        """Gives the sentence to `setter` now and after each change of language, for as long as `owner` lives."""
        setter(self.say(key))
        self._puts.append((owner, setter, key))
        owner.destroyed.connect(lambda: self._forget(owner))

    def name_drugs(self, drugs: Mapping[str, Drug]) -> None:
        """Makes the names of these drugs known; to be called once the library has been read."""
        self._drugs = drugs
        self.texts = self.texts.with_drug_names(_names(drugs, self.language))

    def drug(self, drug: str) -> str:
        """The international name of a drug in lower case."""
        return self.texts.drug(drug)

    def drug_with_brand(self, drug: str) -> str:
        """The international name with its first brand: "fulvestrant (Faslodex)"."""
        brands = self._drugs[drug].brands
        return f"{self.drug(drug)} ({brands[0]})" if brands else self.drug(drug)

    def switch(self, language: Language) -> None:
        """Changes the language of everything that was put."""
        if language == self.language:
            return
        self.texts = load_texts(language).with_drug_names(_names(self._drugs, language))
        for _, setter, key in self._puts:
            setter(self.say(key))
        self.changed.emit()

    def _forget(self, owner: QObject) -> None:
        self._puts = [put for put in self._puts if put[0] is not owner]


def _names(drugs: Mapping[str, Drug], language: Language) -> dict[str, str]:
    return {name: drug.inn.of(language) for name, drug in drugs.items()}
