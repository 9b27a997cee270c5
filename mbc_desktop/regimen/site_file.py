"""Reading a hospital's site.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator
from typing_extensions import override

from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.record_file import Count, Day, FileTable, Id, Key, Number, Text, as_record, read_table
from mbc_desktop.regimen.shared_file import DecisionKey
from mbc_desktop.regimen.site import Closure, Direction, ExtraOpenDay, LabRange, Site, Stocked, Unit

Words = Text | Literal[""]


class ClosureTable(FileTable):
    record = Closure
    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="until")]
    unit: Unit | None = None
    why: Text

    @model_validator(mode="after")
    def _runs_forward(self) -> ClosureTable:
        if self.last < self.first:
            raise ValueError("the closure ends before it begins")
        return self


class ExtraOpenDayTable(FileTable):
    record = ExtraOpenDay
    on: Day
    unit: Unit | None = None


class LabRangeTable(FileTable):
    """A range is kept as text, so that it is shown as the laboratory writes it."""

    record = LabRange
    kind: Key
    unit: Text
    low: Number
    high: Number

    @model_validator(mode="after")
    def _runs_up(self) -> LabRangeTable:
        if self.high <= self.low:
            raise ValueError("the upper limit is not above the lower one")
        return self

    @override
    def to_record(self) -> LabRange:
        return LabRange(kind=self.kind, unit=self.unit, low=str(self.low), high=str(self.high))


class DirectionTable(FileTable):
    record = Direction
    language: Literal["nl", "fr", "de", "en"]
    text: Text
    unit: Unit | None = None


class AnswerTable(FileTable):
    """An answer with who gave it and when; a plain text stands for an answer whose giver was not written down."""

    value: Text
    by: Words = ""
    on: Day | None = None


class StockedTable(FileTable):
    """One drug of the formulary: what is stocked, how its doses are rounded."""

    products: list[Id] = []
    packs: dict[Id, Count] = {}
    rounding: Text | Literal[""] = ""


class SiteTable(FileTable):
    name: Words = ""
    unit_name: Words = ""
    telephone_day: Words = ""
    telephone_night: Words = ""
    fever_limit: Words = ""
    closures: list[ClosureTable] = []
    extra_open_days: list[ExtraOpenDayTable] = []
    decisions: dict[DecisionKey, Text | AnswerTable] = {}
    ranges: list[LabRangeTable] = []
    accepted_unconfirmed: list[Text] = []
    directions: list[DirectionTable] = []
    formulary: dict[Id, StockedTable] = {}
    chair_minutes_a_day: Annotated[int, Field(ge=1, le=100_000)] | None = None

    @override
    def to_record(self) -> Site:
        return Site(
            name=self.name,
            unit_name=self.unit_name,
            telephone_day=self.telephone_day,
            telephone_night=self.telephone_night,
            fever_limit=self.fever_limit,
            closures=as_record(self.closures),
            extra_open_days=as_record(self.extra_open_days),
            answers=tuple(_answer(key, given) for key, given in self.decisions.items()),
            ranges=as_record(self.ranges),
            accepted_unconfirmed=tuple(self.accepted_unconfirmed),
            directions=as_record(self.directions),
            formulary=tuple(
                Stocked(drug=drug, products=tuple(item.products), rounding=item.rounding, packs=tuple(item.packs.items()))
                for drug, item in self.formulary.items()
            ),
            chair_minutes_a_day=self.chair_minutes_a_day,
        )


def _answer(key: str, given: str | AnswerTable) -> Answer:
    if isinstance(given, str):
        return Answer(key=key, value=given, by="", on="")
    return Answer(key=key, value=given.value, by=given.by, on=given.on.isoformat() if given.on else "")


_SITE = TypeAdapter(SiteTable)


def read_site(data: dict[str, object], *, file: str) -> Site:
    """The hospital of one site.toml. Raises LibraryError with file, place and reason."""
    site: Site = read_table(_SITE, data, file=file)
    return site
