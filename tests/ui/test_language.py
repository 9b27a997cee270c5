"""Every language is whole, the window changes language while it is open, and no sentence stands in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

import mbc_desktop.ui
from mbc_desktop.texts import complete_languages
from mbc_desktop.texts.languages import differences
from mbc_desktop.ui.main_window import MainWindow
from tests.ui.driving import add_course, enter_patient

SOURCES = sorted(Path(mbc_desktop.ui.__file__).parent.rglob("*.py"))
# Words that are the same in both languages, names, numbers.
SAME = {
    "Plan",
    "Agenda",
    "OK",
    "ER",
    "PR",
    "HER2",
    "Child-Pugh",
    "Calcium",
    "Creatinine",
    "QTcF",
    "LVEF",
    "mbc_desktop",
    "Start",
    "kg",
    "cm",
}

INVARIANT = "[0-9]|Voorbeeld|fulvestrant|Nederlands|English|Deutsch|français|mol/L"


def texts_of(window: MainWindow) -> set[str]:
    """Every word on the labels, buttons and menus of the window."""
    labels = {one.text() for one in window.findChildren(QLabel) if one.text()}
    buttons = {one.text() for one in window.findChildren(QAbstractButton) if one.text()}
    actions = {one.text() for one in window.findChildren(QAction) if one.text()}
    return {re.sub("&", "", text) for text in labels | buttons | actions}


def test_every_text_of_the_window_exists_in_every_complete_language() -> None:
    assert set(complete_languages()) == {"nl", "fr", "de", "en"}
    for language in complete_languages():
        assert [one for one in differences(language) if ": ui." in one] == []


def test_the_window_changes_language_while_it_is_open(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    for page in ("documents", "settings", "plan"):
        window.show_page(page)
    dutch = texts_of(window)
    before = window.desk.session.draft
    window.use_language("en")
    english = texts_of(window)
    assert {"Bestand", "Behandelingen", "Familienaam"} <= dutch
    assert {"File", "Treatments", "Family name"} <= english
    left_over = {
        text for text in dutch & english
        if re.search("[a-z]{4}", text) and text not in SAME and not re.search(INVARIANT, text)
    }  # fmt: skip
    assert left_over == set()
    assert "fulvestrant" in window.plan_page.calendar.month_view.accessibleDescription()
    assert "Monday" in window.plan_page.calendar.month_view.accessibleDescription()
    assert window.desk.session.draft == before
    assert window.desk.preferences.language == "en"


def _literals(tree: ast.AST) -> list[ast.Constant]:
    """The texts of a module that are neither documentation nor part of an f-string."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    return [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        and not {id(node)} & (documentation | bare | inside | raised)
    ]  # fmt: skip


def sentences_in(source: str) -> list[str]:
    """The literals of a source text that a person could read as a sentence."""
    return [
        text for node in _literals(ast.parse(source))
        if re.search("[A-Za-zÀ-ÿ]{2,} [A-Za-zÀ-ÿ]{2,}", text := str(node.value)) and "{" not in text and ":" not in text
    ]  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_sentence_stands_in_the_code(path: Path) -> None:
    found = sentences_in(path.read_text(encoding="utf-8"))
    # The one sentence that has to be said before any text can be loaded; and words that are read, never shown.
    assert [text for text in found if path.stem not in ("app", "lab_report", "lab_layout")] == []


def test_a_sentence_in_the_code_would_be_found() -> None:
    assert sentences_in('"""Says hello."""\nlabel.setText("Geen patiënt")') == ["Geen patiënt"]
