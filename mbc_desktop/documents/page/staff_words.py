"""What every part of a staff sheet needs: the plan, the words, and the numbers by which sources are cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Administration, Dose, Plan, TakePeriod
from mbc_desktop.planning.request import RadiotherapyCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts, Value
from mbc_desktop.texts.phrases import drug_with_brand, regimen_name, texts_for


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffWords:
    """The plan with what is needed to say it. `numbers` are the sources' numbers on this sheet, in order of first mention."""

    plan: Plan
    library: Library
    texts: Texts
    numbers: Mapping[str, int]

    def say(self, key: str, **values: Value) -> str:
        """A sentence of the check sheet."""
        return self.texts.say(f"sheet.{key}", **values)

    def drug(self, id: str) -> str:
        """The drug's name with its brand."""
        return drug_with_brand(self.library.drugs[id], self.texts.language)

    def source(self, id: str) -> str:
        """How a source is cited: "[3]"; a person or a record by its word."""
        if id in self.numbers:
            return f"[{self.numbers[id]}]"
        return self.say(f"source.{id}") if self.texts.has(f"sheet.source.{id}") else id

    def age_in_days(self, day: date) -> str:
        """How long before the plan's today a day lies."""
        return self.say("days_ago", count=(self.plan.request.today - day).days)

    def course_name(self, id: str) -> str:
        """A course by what it gives; an unknown id as it stands."""
        for course in self.plan.request.courses:
            if course.id == id:
                return scheme_name(course, self) if isinstance(course, RadiotherapyCourse) else self.regimen_name(course.regimen)
        return id

    def regimen_name(self, id: str) -> str:
        """A regimen by its drugs; an unknown id as it stands."""
        regimen = self.library.regimens.get(id)
        return regimen_name(regimen, self.texts, self.texts.drug) if regimen else id


def scheme_name(course: RadiotherapyCourse, words: StaffWords) -> str:
    """The scheme as n x d: "10 × 3 Gy"."""
    scheme = words.library.radiotherapy.get(course.scheme)
    count = course.fractions if scheme is None or scheme.fractions is None else scheme.fractions
    dose = course.dose_gy if scheme is None or scheme.dose_gy is None else scheme.dose_gy
    if count is None or dose is None:
        return course.scheme
    return f"{count} × {words.texts.amount(dose, 'Gy')}"


def staff_words(plan: Plan, library: Library, texts: Texts) -> StaffWords:
    """The words with the sources numbered in the order in which the sheet cites them."""
    cited = [id for id in dict.fromkeys(_cited(plan, library)) if id in library.sources]
    return StaffWords(
        plan=plan, library=library, texts=texts_for(library, texts), numbers={id: number for number, id in enumerate(cited, 1)}
    )


def drugs_of_plan(plan: Plan) -> tuple[str, ...]:
    """Every drug of the plan once."""
    every: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    return tuple(dict.fromkeys(item.drug for item in every))


def doses_in_order(plan: Plan) -> list[tuple[str, str, Dose | None, list[Administration | TakePeriod]]]:
    """Every different dose with what it holds for: (course, drug, dose, uses); a withheld one is None."""
    uses: dict[tuple[str, str, Dose | None], list[Administration | TakePeriod]] = {}
    every: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    for item in every:
        if item.status not in ("omitted", "ceased", "held"):
            uses.setdefault((item.course, item.drug, item.dose), []).append(item)
    return [(course, drug, dose, items) for (course, drug, dose), items in uses.items()]


def _cited(plan: Plan, library: Library) -> Iterator[str]:
    yield from (finding.source for finding in plan.findings)
    yield from (derived.source for derived in plan.derived)
    for choice in plan.choices:
        decision = library.decisions.get(choice.key)
        yield from (decision.source,) if decision else ()
    for _, _, dose, _ in doses_in_order(plan):
        yield from (step.source for step in dose.steps) if dose else ()
    yield from (gate.source for given in plan.administrations for gate in given.gate)
    yield from (gate.source for taken in plan.intakes for gate in taken.gate)
    yield from (source for line in plan.lifetime for source in (line.source, line.own_source) if source)
    for fraction in plan.fractions:
        scheme = library.radiotherapy.get(fraction.scheme)
        yield from (scheme.source,) if scheme else ()
    yield from (check.source for check in plan.checks)
    yield from (item.source for item in plan.support)
    yield from (note.source for note in plan.notes)
