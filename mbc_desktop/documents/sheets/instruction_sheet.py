"""The patient's sheet about one drug: what the plan says (how many, when, how long), then what the drug's data say, a sentence a
code. Every number about dose or time comes from the plan, so that the sheet cannot disagree with the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mbc_desktop.documents.blocks import Block, Document, Group, Heading, Notice, Paragraph, Words, phrase
from mbc_desktop.documents.calendar.patient_support import support_how
from mbc_desktop.documents.page.day_marks import PatientWords, oral_days, route_shape, support_name
from mbc_desktop.documents.page.frames import fever_line, patient_frame
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.page.vein_only import vein_only
from mbc_desktop.planning.beside.home_stops import home_stops
from mbc_desktop.planning.plan import Administration, Dose, Plan, TakePeriod
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.instructions import Advice, Section
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, Value
from mbc_desktop.texts.phrases import drug_with_brand, frequency, pieces_phrase, texts_for

DOCUMENT_ID = "instruction_sheet"

_MOST_PERIODS = 3
_MOST_VISITS = 4
"""How many periods of tablets and how many coming visits the sheet tells; the calendar has them all."""
_HOME: tuple[Section, ...] = ("food", "missed", "vomited", "medicines")
_LAST: tuple[Section, ...] = ("contraception", "storage")


def compose_instruction_sheet(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions) -> Document:
    """The sheet about the drug `options.subject`. Raises KeyError when the plan does not hold it."""
    words = PatientWords(plan=plan, library=library, texts=texts_for(library, texts))
    sheet = _Sheet(words, options.subject, site)
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="patient",
        landscape=False,
        frame=patient_frame(name, site, words, options, calendar=False),
        blocks=tuple(sheet.blocks()),
    )


class _Sheet:
    """One drug of one plan, said to its patient."""

    def __init__(self, words: PatientWords, drug: str, site: Site) -> None:
        plan = words.plan
        self._words = words
        self._drug = words.library.drugs[drug]
        self._site = site
        self._periods = [item for item in plan.intakes if item.drug == drug]
        self._given = [item for item in plan.administrations if item.drug == drug]
        if not self._periods and not self._given:
            raise KeyError(drug)
        self._home = bool(self._periods) or all(item.route == "PO" for item in self._given)
        self._advice = words.library.instructions.get(drug, ())

    def blocks(self) -> Iterator[Block]:
        """Heading, what the plan says, what the data say, and always when to call."""
        yield Heading(text=drug_with_brand(self._drug, self._words.texts.language))
        yield self._section("take" if self._home else "given", (*self._planned(), *self._said("take"), *self._notes()))
        for section in _HOME:
            sentences = (*self._said(section), *self._added(section))
            if sentences:
                yield self._section(section, sentences)
        beside = tuple(self._beside())
        if beside:
            yield self._section("beside", beside)
        yield from self._listed("report")
        yield from self._listed("urgent")
        for section in _LAST:
            sentences = (*self._said(section), *self._added(section))
            if sentences:
                yield self._section(section, sentences)

    def _say(self, key: str, **values: Value) -> str:
        return self._words.texts.say(f"instruction.{key}", **values)

    def _section(self, title: str, sentences: tuple[str, ...]) -> Group:
        heading = Heading(text=self._words.texts.word(f"instruction.title.{title}"), level=2)
        return Group(blocks=(heading, *(Paragraph(words=phrase(sentence)) for sentence in dict.fromkeys(sentences))))

    def _said(self, section: Section) -> Iterator[str]:
        """The sentences that the drug's data give for a section, each once."""
        of_section = (item for item in self._advice if item.section == section and self._concerns(item))
        yield from dict.fromkeys(advice_sentence(item, self._words.texts) for item in of_section)

    def _concerns(self, item: Advice) -> bool:
        """Whether a sentence for women or for men is one for this patient."""
        if self._words.plan.request.patient.sex == "female":
            return not item.code.startswith("men_")
        return not item.code.startswith("women_") and item.code != "no_breast_feeding"

    def _listed(self, section: Literal["report", "urgent"]) -> Iterator[Block]:
        """What to report or to call for, one sign a line; the fever line leads what is urgent."""
        signs = list(self._said(section))
        if section == "report" and not signs:
            return
        shape: Literal["stop", "info"] = "stop" if section == "urgent" else "info"
        heading = Heading(text=self._words.texts.word(f"instruction.title.{section}"), level=2)
        fever = [Notice(shape=shape, label="", words=(Words(fever_line(self._site, self._words), strong=True),))]
        notices = [Notice(shape=shape, label="", words=phrase(_sentence(sign))) for sign in signs]
        yield Group(blocks=(heading, *(fever if section == "urgent" else []), *notices))

    def _notes(self) -> Iterator[str]:
        """What the codes of the drug's own file say to a patient."""
        said = {item.code for item in self._advice}
        for code in self._drug.advice:
            key = f"note.{code}"
            told = code.startswith("calcium") and ("calcium_and_vitamin_d" in said or any(self._beside()))
            if self._words.texts.has(f"instruction.{key}") and not told:
                yield self._say(key)

    def _added(self, section: Section) -> Iterator[str]:
        """What every sheet says in a section, where the data have nothing of their own."""
        has = any(item.section == section for item in self._advice)
        match section:
            case "missed" if not has:
                yield self._say("missed_ask" if self._home else "appointment_ask")
            case "vomited" if self._home and not has and any(item.section == "missed" for item in self._advice):
                yield self._say("vomited_ask")
            case "medicines":
                yield self._say("tell_everything", drug=self._words.texts.drug(self._drug.id))
            case "storage" if self._home:
                yield self._say("children")
            case _:
                return

    def _beside(self) -> Iterator[str]:
        """What the plan has beside this drug at home: for the nausea, the bones, the mouth."""
        mine = [item for item in self._words.plan.support if item.place == "home" and item.drug == self._drug.id]
        for item in mine:
            how = support_how(item, self._words)
            if not item.open and item.last > item.first and sum(other.measure == item.measure for other in mine) == 1:
                how = self._words.texts.say("paper.legend_from", how=how, first=item.first, last=item.last)
            yield f"{_capital(support_name(item, self._words))}: {how}."

    def _planned(self) -> Iterator[str]:
        """What the plan says from today on."""
        today = self._words.plan.request.today
        periods = [item for item in self._periods if item.last >= today or (item.rest and item.rest[1] >= today)]
        for period in periods[:_MOST_PERIODS]:
            yield from self._period(period)
            if _is_open_question(period):
                break
        for stop in home_stops(self._words.plan):
            if stop.drug == self._drug.id and stop.last is None:
                yield self._say("ceased", first=stop.first)
            elif stop.drug == self._drug.id and stop.last is not None and stop.last >= today:
                yield self._say("not_between", first=stop.first, last=stop.last)
        coming = [item for item in self._given if (item.date or item.due) >= today and item.status not in NOT_COMING]
        if coming and coming[0].route == "PO":
            yield from (self._swallowed(item) for item in coming[:_MOST_VISITS])
        elif coming:
            yield from self._visit(coming)
        if self._periods or self._home:
            yield self._say("follow_calendar")

    def _period(self, period: TakePeriod) -> Iterator[str]:
        if period.status == "ceased":
            yield self._say("ceased", first=period.first)
            return
        if period.status == "held":
            key = "held_day" if period.first == period.last else "held"
            yield self._say(key, first=period.first, last=period.last)
        elif period.dose is None or period.status != "planned":
            # No later date beside it: nothing is to be taken before there is a new calendar, which has them.
            yield self._say("no_dose_yet", first=period.first)
            return
        else:
            yield self._taken(period, period.dose)
        if period.rest:
            yield self._say("rest", first=period.rest[0], last=period.rest[1], drug=self._words.texts.drug(period.drug))
            others = self._through(period)
            if others:
                yield self._say("rest_others", drugs=self._words.texts.listing(others))

    def _taken(self, period: TakePeriod, dose: Dose) -> str:
        texts = self._words.texts
        pieces = pieces_phrase(dose.give, texts) or texts.quantity(dose.amount)
        often = frequency(dose, texts)
        if period.open:
            return self._say("take_from", first=period.first, pieces=pieces, frequency=often)
        if period.first == period.last:
            return self._say("on_one_day", day=period.first, pieces=pieces, frequency=often)
        return self._say("take_from_until", first=period.first, last=period.last, pieces=pieces, frequency=often)

    def _through(self, period: TakePeriod) -> tuple[str, ...]:
        """The other drugs that are taken on any day of the rest."""
        first, last = period.rest or (period.first, period.first)
        going = (
            item.period.drug
            for day, drugs in oral_days(self._words).items()
            if first <= day <= last
            for item in drugs
            if not item.rests and item.period.drug != period.drug
        )
        return tuple(self._words.texts.drug(drug) for drug in dict.fromkeys(going))

    def _swallowed(self, item: Administration) -> str:
        texts = self._words.texts
        if item.dose is None or item.status != "planned":
            return self._say("no_dose_yet", first=item.date or item.due)
        pieces = pieces_phrase(item.dose.give, texts) or texts.quantity(item.dose.amount)
        return self._say("on_one_day", day=item.date or item.due, pieces=pieces, frequency=frequency(item.dose, texts))

    def _visit(self, coming: list[Administration]) -> Iterator[str]:
        first = coming[0]
        if first.place != "day_hospital":
            yield self._say("injection_elsewhere", route=first.route, unit=first.place)
        elif route_shape(first.route) == "injection":
            yield self._say("injection", route=first.route, unit="day_hospital")
        else:
            yield self._say("infusion", unit="day_hospital")
        if first.route == "IV" and vein_only(self._drug):
            yield self._say("vein_only")
        if first.dose is not None:
            pricks = sum(int(give.count) for give in first.dose.give if give.form == "syringe")
            if pricks > 1:
                yield self._say("syringes", count=pricks)
            if first.dose.minutes:
                later = {item.dose.minutes for item in coming[1:_MOST_VISITS] if item.dose is not None}
                key = "minutes" if later <= {first.dose.minutes} else "minutes_on"
                yield self._say(key, day=first.date or first.due, minutes=first.dose.minutes)
            if first.dose.observe_minutes:
                yield self._say("observe", minutes=first.dose.observe_minutes)
        days = tuple(self._words.texts.long_date(item.date or item.due) for item in coming[:_MOST_VISITS])
        yield self._say("next_days", days=self._words.texts.listing(days))


def advice_sentence(advice: Advice, texts: Texts) -> str:
    """The sentence of one code with its number."""
    key = f"instruction.{advice.section}.{advice.code}"
    return texts.word(key) if advice.number is None else texts.say(key, number=advice.number, count=advice.number)


def _is_open_question(period: TakePeriod) -> bool:
    """Whether nobody knows yet how much is taken."""
    return period.status not in ("held", "ceased") and (period.dose is None or period.status != "planned")


def _sentence(sign: str) -> str:
    return f"{_capital(sign)}."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
