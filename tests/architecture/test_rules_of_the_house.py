"""The rules of CONTRIBUTING.md, checked on every module; each rule is also shown a source that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import pytest

from tests.architecture import rules

RULES = (
    rules.wrong_directions,
    rules.strangers,
    rules.impurities,
    rules.unsafe_number_fields,
    rules.too_long,
    rules.undocumented,
    rules.loose_records,
    rules.empty_names,
)
Rule = Callable[[PurePosixPath, str], list[str]]

FROZEN = "@dataclass(frozen=True, slots=True)\n"
KEYWORDS_TOO = "@dataclass(frozen=True, slots=True, kw_only=True)\n"
WITHOUT_SLOTS = "@dataclasses.dataclass(frozen=True, slots=False, kw_only=True)\n"
PAIR = "class Quantity:\n    amount: Decimal\n    unit: str"
TRIPLE = "class Finding:\n    code: str\n    severity: str\n    source: str"

# A rule, where the source stands, and a source that must be refused.
BAD = (
    (rules.wrong_directions, "core/quantity.py", "from mbc_desktop.patient import age"),
    (rules.wrong_directions, "core/quantity.py", "from ..patient.age import completed_years"),
    (rules.wrong_directions, "core/quantity.py", "def later():\n    import mbc_desktop.ui.app"),
    (rules.wrong_directions, "dosing/order.py", "from mbc_desktop import planning"),
    (rules.wrong_directions, "documents/pdf.py", "from mbc_desktop.records import store"),
    (rules.wrong_directions, "records/store.py", "from mbc_desktop.documents import pdf"),
    (rules.wrong_directions, "ui/app.py", "from mbc_desktop import cli"),
    (rules.wrong_directions, "somewhere/new.py", ""),
    (rules.wrong_directions, "__init__.py", "import decimal"),
    (rules.strangers, "planning/plan.py", "from PySide6.QtCore import QDate"),
    (rules.strangers, "cli.py", "import PySide6"),
    (rules.strangers, "texts/catalogue.py", "def f():\n    from reportlab.pdfgen import canvas"),
    (rules.strangers, "ui/app.py", "import sqlalchemy.orm"),
    (rules.strangers, "regimen/drug.py", "from pydantic import BaseModel"),
    (rules.strangers, "ui/date_field.py", "from dateutil.parser import parse"),
    (rules.strangers, "planning/dates.py", "from dateutil import rrule"),
    (rules.impurities, "planning/plan.py", "from datetime import date\nstart = date.today()"),
    (rules.impurities, "planning/plan.py", "import datetime\nstart = datetime.datetime.now()"),
    (rules.impurities, "core/quantity.py", "import time"),
    (rules.impurities, "core/quantity.py", "from random import choice"),
    (rules.impurities, "dosing/round_dose.py", "dose = float(amount)"),
    (rules.impurities, "dosing/round_dose.py", "dose = round(amount, 1)"),
    (rules.impurities, "dosing/round_dose.py", "half = 0.5"),
    (rules.impurities, "patient/body.py", "import math\nbsa = math.sqrt(3)"),
    (rules.impurities, "planning/treatment.py", "text = open('plan')"),
    (rules.impurities, "patient/facts.py", "text = path.read_text()"),
    (rules.impurities, "core/finding.py", "import gettext"),
    (rules.unsafe_number_fields, "ui/weight.py", "from PySide6.QtWidgets import QDoubleSpinBox"),
    (rules.unsafe_number_fields, "ui/weight.py", "field = QtGui.QDoubleValidator()"),
    (rules.unsafe_number_fields, "ui/weight.py", "value, ok = locale.toDouble(text)"),
    (rules.too_long, "core/long.py", "def f():\n" + "    x = 1\n" * 40),
    (rules.too_long, "core/long.py", "x = 1\n" * 301),
    (rules.too_long, "ui/plan_page.py", "class PlanPage:\n" + "    x = 1\n" * 200),
    (rules.undocumented, "core/quantity.py", "def convert(amount):\n    return amount"),
    (rules.undocumented, "documents/sheet.py", "class Sheet:\n    def draw(self):\n        return 1"),
    (rules.loose_records, "core/finding.py", "@dataclass\n" + TRIPLE),
    (rules.loose_records, "core/finding.py", FROZEN + TRIPLE),
    (rules.loose_records, "core/finding.py", WITHOUT_SLOTS + TRIPLE),
    (rules.loose_records, "planning/plan.py", "from typing import Any"),
    (rules.loose_records, "planning/treatment_file.py", "plan = Plan.model_construct()"),
    (rules.empty_names, "core/utils.py", ""),
    (rules.empty_names, "ui/helpers/table.py", ""),
    (rules.empty_names, "core/quantity.py", "# TO" + "DO: convert"),
    (rules.empty_names, "core/quantity.py", "raise NotImplemented" + "Error"),
)  # fmt: skip

# What looks like a breach and is none.
GOOD = (
    (rules.wrong_directions, "planning/plan.py", "from mbc_desktop.core.quantity import Quantity\nfrom . import windows"),
    (rules.wrong_directions, "cli.py", "def window():\n    from mbc_desktop.ui.app import main"),
    (rules.wrong_directions, "cli.py", "from mbc_desktop import __version__"),
    (rules.strangers, "planning/dates.py", "from dateutil.relativedelta import relativedelta\nimport dateutil.easter"),
    (rules.strangers, "regimen/drug_file.py", "from pydantic import TypeAdapter"),
    (rules.impurities, "cli.py", "today = date.today()"),
    (rules.impurities, "planning/plan.py", "days = start - request.today"),
    (rules.impurities, "core/quantity.py", "ok = isinstance(value, float)\nwhole = math.floor(amount)"),
    (rules.too_long, "core/long.py", "def f():\n" + "    x = 1\n" * 39),
    (rules.too_long, "core/long.py", "x = 1\n" * 300),
    (rules.undocumented, "core/quantity.py", "def _convert(amount):\n    return amount"),
    (rules.loose_records, "core/finding.py", KEYWORDS_TOO + TRIPLE),
    (rules.loose_records, "core/quantity.py", FROZEN + PAIR),
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    broken = [place for path, source in rules.modules() for place in rule(path, source)]
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(("rule", "path", "source"), BAD)
def test_the_rule_refuses_a_source_that_breaks_it(rule: Rule, path: str, source: str) -> None:
    assert rule(PurePosixPath(rules.PACKAGE, path), source)


@pytest.mark.parametrize(("rule", "path", "source"), GOOD)
def test_the_rule_lets_a_sound_source_pass(rule: Rule, path: str, source: str) -> None:
    assert rule(PurePosixPath(rules.PACKAGE, path), source) == []


def test_every_rule_has_been_shown_able_to_fail() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES)


def test_the_layers_stand_in_the_order_in_which_data_flows() -> None:
    engine = ["core", "patient", "regimen", "dosing", "planning"]
    verbs = "calc_verb parse_verb self_test_verb plan_verb library_verb"
    siblings = "sheet_verb document_verb event_verb agenda_verb records_verb"
    upwards = [*engine, "texts", "documents records", "ui", verbs, siblings, "propose_verb", "cli", "demo"]
    assert rules.layers()[::-1] == [set(rooms.split()) for rooms in upwards]


def test_data_folders_hold_no_python() -> None:
    # A file __init__.py in them would shadow the program where it is installed.
    assert [path for folder in ("schedules", "resources") for path in (rules.ROOT / folder).rglob("*.py")] == []
