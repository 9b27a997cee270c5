"""One regimen of the library as a sheet that a pharmacist reads aloud and signs: what is given, every rule of its drugs, what is
open, and where each number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from mbc_desktop.documents.blocks import (
    Blanks,
    Block,
    Column,
    Document,
    Field,
    Fields,
    Frame,
    Heading,
    Paragraph,
    Phrase,
    Row,
    Table,
    phrase,
    strong,
)
from mbc_desktop.documents.page.vein_only import vein_only_notices
from mbc_desktop.documents.sheets.regimen_beside import beside_blocks
from mbc_desktop.documents.sheets.regimen_orders import order_row
from mbc_desktop.documents.sheets.regimen_rules import rule_rows
from mbc_desktop.documents.sheets.rule_words import check_words
from mbc_desktop.planning.findings.approved_content import approval_of, regimen_digest
from mbc_desktop.planning.replay.decisions import decisions_of
from mbc_desktop.regimen.clinical_lines import drugs_ordered
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Part, Phase, Regimen, drugs_of
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import regimen_name, texts_for
from mbc_desktop.texts.source_title import source_title

DOCUMENT_ID = "regimen_page"


@dataclass(slots=True)
class PageWords:
    """The words of one page, and the sources in the order in which they are first named."""

    texts: Texts
    library: Library
    numbers: dict[str, int] = field(default_factory=dict)

    def say(self, key: str, **values: str | int | date) -> str:
        """A sentence of this sheet."""
        return self.texts.say(f"library.{key}", **values)

    def source(self, id: str, grade: str) -> str:
        """Its number on this sheet with the grade; what no source confirms is said aloud."""
        number = self.numbers.setdefault(id, len(self.numbers) + 1)
        words = self.say("unconfirmed") if grade == "unconfirmed" else self.texts.word(f"grade.{grade}")
        return f"[{number}] {words}"


def compose_regimen_page(id: str, library: Library, site: Site, texts: Texts, *, today: date) -> Document:
    """The sheet of the regimen `id` in the language of `texts`. Raises KeyError for an unknown id."""
    regimen = library.regimens[id]
    words = PageWords(texts_for(library, texts), library)
    body = (
        *_head(regimen, site, words),
        *(block for part in regimen.parts for block in _part(regimen, part, words)),
        *_checks(regimen, words),
        *(block for drug in drugs_ordered(regimen) for block in _rules(drug, words)),
        *beside_blocks(regimen, words),
        *_questions(regimen, site, words),
        *_notes(regimen, words),
        *_history(regimen, words),
        Blanks(labels=(words.say("checked"), words.say("signed"))),
        *_sources(words),
    )
    return Document(
        id=DOCUMENT_ID,
        name=words.say("name"),
        language=texts.language,
        audience="staff",
        landscape=False,
        frame=_frame(regimen, site, words, today),
        blocks=body,
    )


def _frame(regimen: Regimen, site: Site, words: PageWords, today: date) -> Frame:
    digest = regimen_digest(words.library, regimen)
    return Frame(
        identity=(_name(regimen, words), regimen.id),
        place=" · ".join(filter(None, (site.name, site.unit_name))),
        name=words.say("name"),
        page=words.texts.word("library.page"),
        calls=(_approval(regimen, site, words),),
        rules=(words.texts.word("sheet.valid"),),
        marks=(words.texts.say("sheet.made_on", day=today), f"SHA-256 {digest}"),
        code=digest[:16].upper(),
    )


def _name(regimen: Regimen, words: PageWords) -> str:
    return regimen_name(regimen, words.texts, words.texts.drug)


def _approval(regimen: Regimen, site: Site, words: PageWords) -> str:
    status, approval = approval_of(site.approvals, words.library, regimen)
    if approval is None:
        return words.say("not_approved")
    return words.say(status, by=approval.by, on=approval.on, version=approval.version)


def _head(regimen: Regimen, site: Site, words: PageWords) -> Iterator[Block]:
    yield Heading(text=_name(regimen, words))
    rows = (
        ("id", regimen.id),
        ("version", regimen.version),
        ("status", words.texts.word(f"library.status_of.{regimen.status}")),
        ("chapter", regimen.section or words.say("not_in_guideline")),
        ("column_source", words.source(regimen.source, regimen.grade)),
        ("approval", _approval(regimen, site, words)),
    )
    yield Fields(fields=tuple(Field(label=words.say(key), value=phrase(value)) for key, value in rows), columns=2)
    yield from vein_only_notices(drugs_of(regimen), words.library, words.texts)


def _part(regimen: Regimen, part: Part, words: PageWords) -> Iterator[Block]:
    count = len(regimen.parts)
    yield Heading(text=words.say("given") if count == 1 else words.say("part", number=regimen.parts.index(part) + 1, of=count))
    columns = tuple(
        Column(title=words.say(f"column_{key}"), share=share)
        for key, share in (("drug", 22), ("dose", 36), ("when", 24), ("how", 24), ("source", 18))
    )
    for phase in part.phases:
        yield Paragraph(words=strong(_cycle(phase, words)), together_with_next=True)
        yield Table(columns=columns, rows=tuple(order_row(order, words) for order in phase.orders))


def _cycle(phase: Phase, words: PageWords) -> str:
    if phase.every is None:
        length = words.say("once")
    elif isinstance(phase.every, str):
        length = words.say("every_by", decision=phase.every)
    else:
        length = words.say("every", every=words.texts.option(phase.every.text()))
    if phase.every is not None:
        length += ", " + (words.say("cycles", count=phase.cycles) if phase.cycles else words.say("until"))
    if phase.decision:
        answer = words.texts.option(phase.if_decided)
        length = f"{words.say('only_if', decision=phase.decision, value=answer)}. {length}"
    return length


def _checks(regimen: Regimen, words: PageWords) -> Iterator[Block]:
    checks = [*regimen.checks, *(check for part in regimen.parts for check in part.checks)]
    if not checks:
        return
    yield Heading(text=words.say("checks"), level=2)
    rows = []
    for check in checks:
        when = check_words(check, words)
        source = words.source(check.source, check.grade)
        rows.append(Row(cells=(strong(words.texts.word(f"check.{check.kind}")), phrase(when), phrase(source))))
    titles = (("rule", 30), ("when", 60), ("source", 22))
    yield Table(columns=tuple(Column(title=words.say(f"column_{key}"), share=share) for key, share in titles), rows=tuple(rows))


def _rules(drug: str, words: PageWords) -> Iterator[Block]:
    rows = tuple(rule_rows(words.library.drugs[drug], words))
    if not rows:
        return
    yield Heading(text=words.say("rules", drug=drug), level=2)
    titles = (("rule", 22), ("content", 68), ("source", 22))
    yield Table(columns=tuple(Column(title=words.say(f"column_{key}"), share=share) for key, share in titles), rows=rows)


def _questions(regimen: Regimen, site: Site, words: PageWords) -> Iterator[Block]:
    decisions = [words.library.decisions[key] for key in decisions_of(regimen, words.library)]
    if not decisions:
        return
    yield Heading(text=words.say("questions"), level=2)
    titles = (("question", 40), ("options", 50), ("answer", 30), ("source", 22))
    columns = tuple(Column(title=words.say(f"column_{key}"), share=share) for key, share in titles)
    yield Table(columns=columns, rows=tuple(_question(decision, site, words) for decision in decisions))


def _question(decision: Decision, site: Site, words: PageWords) -> Row:
    options = [words.texts.option(option) for option in decision.options] or [words.texts.option("free_text")]
    given = next((answer.value for answer in site.answers if answer.key == decision.key), "")
    if given:
        answer = words.texts.option(given) if given in decision.options else given
    elif decision.preselected:
        answer = words.say("preselected", value=words.texts.option(decision.preselected))
    else:
        answer = words.say("open")
    reason = phrase(f". {words.texts.word(f'decision_reason.{decision.key}')}")
    question: Phrase = (*strong(f"{decision.id} {words.texts.word(f'decision.{decision.key}')}"), *reason)
    return Row(
        cells=(question, phrase("; ".join(options)), phrase(answer), phrase(words.source(decision.source, decision.grade)))
    )


def _notes(regimen: Regimen, words: PageWords) -> Iterator[Block]:
    said: dict[str, str] = dict.fromkeys(regimen.advice, "")
    for drug in drugs_ordered(regimen):
        said |= {code: drug for code in words.library.drugs[drug].advice if code not in said}
    if said:
        yield Heading(text=words.say("notes"), level=2)
    for code, drug in said.items():
        sentence = words.texts.say(f"finding.{code.replace('_', '-')}", drug=drug, course="", others="")
        yield Paragraph(words=phrase(sentence[0].upper() + sentence[1:]))


def _history(regimen: Regimen, words: PageWords) -> Iterator[Block]:
    yield Heading(text=words.say("history"), level=2)
    rows = tuple(
        Row(cells=(phrase(words.texts.short_date(line.on)), phrase(f"{line.change}. {line.affects}"))) for line in regimen.history
    )
    titles = (("day", 20), ("change", 80))
    yield Table(columns=tuple(Column(title=words.say(f"column_{key}"), share=share) for key, share in titles), rows=rows)


def _sources(words: PageWords) -> Iterator[Block]:
    yield Heading(text=words.say("sources"), level=2)
    rows = []
    for id, number in words.numbers.items():
        source = words.library.sources[id]
        work = ", ".join(filter(None, (source_title(source, words.texts), source.holder, source.edition)))
        rows.append(Row(cells=(strong(f"[{number}]"), phrase(work), phrase(source.address))))
    titles = ("", words.texts.word("sheet.column_reference"), words.texts.word("sheet.column_address"))
    columns = tuple(Column(title=title, share=share) for title, share in zip(titles, (6, 50, 44), strict=True))
    yield Table(columns=columns, rows=tuple(rows))
