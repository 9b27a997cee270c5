"""Every regimen through both implementations of the doses; a million orders by `make prove-doses`."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from tests.dose_comparison import compared
from tests.planning.treatments import library
from tests.second_doses import doses, exact, random_orders
from tests.second_doses.medicines import MEDICINES
from tests.second_doses.random_orders import REGIMEN_IDS, random_order

PACKAGE = Path(__file__).parents[1] / "second_doses"
SEED = "every test"
EACH = 20


@pytest.mark.parametrize("regimen", REGIMEN_IDS)
def test_both_implementations_give_the_same_doses(regimen: str) -> None:
    for number in range(EACH):
        orders, given, found = compared(random_order(Random(f"{SEED}/{number}"), regimen))  # noqa: S311 - chosen, not secret
        assert orders
        assert given
        assert not found, f"{number}: {found[:5]}"


def test_every_regimen_and_drug_is_transcribed_anew() -> None:
    assert set(REGIMEN_IDS) == set(library().regimens)
    assert set(MEDICINES) == set(library().drugs)


def test_every_answer_to_an_open_question_is_drawn() -> None:
    drawn = random_orders.OF_THE_SITE | random_orders.OF_THE_COURSE
    for decision in library().decisions.values():
        if decision.key in drawn:
            assert set(drawn[decision.key]) <= set(decision.options) or not decision.options


def test_the_second_implementation_imports_nothing_of_the_first() -> None:
    allowed = {
        "__future__",
        "collections",
        "dataclasses",
        "fractions",
        "functools",
        "itertools",
        "mpmath",
        "random",
        "typing",
        "tests",
    }
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in allowed, f"{path.name} imports {name}"
                own = name.startswith(("tests.second_doses", "tests.second_engine"))
                assert own or not name.startswith("tests"), f"{path.name} imports {name}"


def _difference_of(regimen: str) -> str:
    files = (random_order(Random(f"{SEED}/{number}"), regimen) for number in range(60))  # noqa: S311 - chosen, not secret
    return " ".join(text for drawn in files for text in compared(drawn)[2])


@pytest.mark.parametrize(
    ("regimen", "slip"),
    [("docetaxel", "step"), ("trastuzumab-emtansine", "down"), ("vinorelbine-iv", "most"), ("eribulin", "liver")],
)
def test_a_planted_slip_is_seen(monkeypatch: pytest.MonkeyPatch, regimen: str, slip: str) -> None:
    """The comparison itself: whatever is changed in the second implementation must show."""
    assert not _difference_of(regimen)
    drug = {"docetaxel": "docetaxel", "vinorelbine-iv": "vinorelbine"}.get(regimen, regimen)
    changed = {
        "step": {"step": Fraction(1)},
        "down": {"down_only": False},
        "most": {"most_mg": {None: 61}},
        "liver": {"liver": {}},
    }[slip]
    kept = {name: getattr(MEDICINES[drug], name) for name in MEDICINES[drug].__dataclass_fields__}
    monkeypatch.setitem(doses.MEDICINES, drug, type(MEDICINES[drug])(**(kept | changed)))
    assert "mg" in _difference_of(regimen)


def test_a_root_of_a_square_is_that_number_and_half_a_step_goes_up() -> None:
    # 52.9 kg x 160 cm = 8464 = 92 x 92: 92/60 m2; 75 mg/m2 of it are exactly 115 mg, half a step of 2 mg.
    from tests.second_doses.body import surface

    root = surface("mosteller", Fraction("52.9"), Fraction(160))
    assert exact.nearest(75 * root, Fraction(2)) == 116
    assert exact.downward(75 * root, Fraction(5)) == 115
    assert exact.nearest(Fraction("114.999"), Fraction(2)) == 114
