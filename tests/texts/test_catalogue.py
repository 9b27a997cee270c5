"""Reading the texts of a language: every fault is named, nothing is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mbc_desktop.texts import TextError, load_texts
from mbc_desktop.texts.catalogue import Catalogue

LANGUAGE_FILE = '[language]\nname = "Nederlands"\ncomplete = "yes"\ndecimal_mark = ","\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "language.toml").write_text(LANGUAGE_FILE, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / "nl" / name).write_text(text, encoding="utf-8")


def test_a_sentence_takes_its_values(folder: Path) -> None:
    write(folder, "a.toml", '[greeting]\nhello = "{name}: {days:number} dagen, {day:longdate}"\n')
    write(
        folder,
        "date.toml",
        '[date]\nweekdays = ["maandag"]\nmonths = ["j", "f", "maart"]\nlong_pattern = "{weekday} {day} {month} {year}"\n',
    )
    texts = load_texts("nl", folder)
    said = texts.say("greeting.hello", name="x", days=Decimal("28.0"), day=date(2026, 3, 2))
    assert said == "x: 28 dagen, maandag 2 maart 2026"


def test_the_count_chooses_the_plural_form(folder: Path) -> None:
    write(folder, "a.toml", '[form.tablet]\none = "{count:number} tablet"\nother = "{count:number} tabletten"\n')
    texts = load_texts("nl", folder)
    assert texts.say("form.tablet", count=1) == "1 tablet"
    assert texts.say("form.tablet", count=Decimal(3)) == "3 tabletten"
    assert texts.say("form.tablet", count=0) == "0 tabletten"


@pytest.mark.parametrize(
    ("sentence", "values", "reason"),
    [
        ("{days:number}", {}, "needs a value named days"),
        ("{days:number}", {"days": "many"}, "days is no number: many"),
        ("{day:date}", {"day": "02/03/2026"}, "day is no date: 02/03/2026"),
        ("{dose:dose}", {"dose": "500 apples"}, "dose is no quantity: 500 apples"),
        ("{dose}", {"dose": Decimal(5)}, "must say how dose is written"),
        ("{drug:drug}", {"drug": "x"}, "has no name here"),
        ("{kind:fact}", {"kind": "x"}, "is missing"),
        ("{}", {}, "a place needs a plain name"),
    ],
)
def test_a_value_that_cannot_be_written_is_an_error(folder: Path, sentence: str, values: dict[str, str], reason: str) -> None:
    write(folder, "a.toml", f'[a]\nb = "{sentence}"\n')
    with pytest.raises(TextError, match=reason):
        load_texts("nl", folder).say("a.b", **values)


def test_a_missing_key_names_key_and_language(folder: Path) -> None:
    with pytest.raises(TextError) as raised:
        load_texts("nl", folder).say("no.such")
    assert (raised.value.key, raised.value.language) == ("no.such", "nl")


def test_a_key_in_two_files_is_refused(folder: Path) -> None:
    write(folder, "a.toml", '[a]\nb = "1"\n')
    write(folder, "b.toml", '[a]\nb = "2"\n')
    with pytest.raises(TextError, match=r"given twice: in a\.toml and in b\.toml"):
        load_texts("nl", folder).say("a.b")


def test_what_is_no_text_is_refused(folder: Path) -> None:
    write(folder, "a.toml", "[a]\nb = 3\n")
    with pytest.raises(TextError, match="holds something that is no text"):
        load_texts("nl", folder).say("a.b")


def test_a_language_without_a_folder_is_refused(folder: Path) -> None:
    with pytest.raises(TextError, match="no texts in this language"):
        load_texts("fr", folder)


def test_a_file_is_parsed_only_when_one_of_its_tables_is_asked_for(folder: Path) -> None:
    write(folder, "broken.toml", "[late]\nnot toml")
    catalogue = Catalogue(folder / "nl", "nl")
    assert catalogue.find("language.name") == "Nederlands"
    with pytest.raises(TextError):
        catalogue.find("late.x")
