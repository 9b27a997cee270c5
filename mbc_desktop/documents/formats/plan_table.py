"""A plan as a plain table for people at a terminal, in the language of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mbc_desktop.documents.blocks import plain
from mbc_desktop.documents.page.vein_only import vein_only_notices
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts, load_texts, offered_language
from mbc_desktop.texts.phrases import drug_with_brand, finding_text, frequency, texts_for


def plan_table(plan: Plan, library: Library) -> str:
    """One line per event, oldest first, then the findings."""
    texts = load_texts(offered_language(plan.request.language))
    rows = sorted(_rows(plan, library, texts), key=lambda row: row[0])
    lines = [f"{texts.short_date(day)}  {what:<38}  {how}".rstrip() for day, what, how in rows]
    said = ((texts.word(f"severity.{item.severity}"), finding_text(item, library, texts)) for item in plan.findings)
    lines += ["", *(f"{severity:<8} {sentence}" for severity, sentence in said)]
    named = texts_for(library, texts)
    lines += [plain(line.words) for line in vein_only_notices((item.drug for item in plan.administrations), library, named)]
    return "\n".join(lines) + f"\n\n{plan.code}\n"


def _rows(plan: Plan, library: Library, texts: Texts) -> Iterator[tuple[date, str, str]]:
    for item in plan.administrations:
        yield item.date or item.due, drug_with_brand(library.drugs[item.drug], texts.language), _administration(item, texts)
    for period in plan.intakes:
        yield period.first, drug_with_brand(library.drugs[period.drug], texts.language), _period(period, texts)
    for fraction in plan.fractions:
        yield fraction.date, f"{fraction.scheme} {texts.word(f'region.{fraction.region}')}", f"{fraction.number}/{fraction.of}"
    for check in plan.checks:
        yield check.date, texts.say(f"check.{check.kind}"), ""


def _administration(item: Administration, texts: Texts) -> str:
    return f"{texts.quantity(item.dose.amount) if item.dose else '-'} ({texts.word(f'status.{item.status}')})"


def _period(item: TakePeriod, texts: Texts) -> str:
    dose = f"{texts.quantity(item.dose.amount)}, {frequency(item.dose, texts)}" if item.dose else "-"
    last = texts.word("sheet.goes_on") if item.open else texts.short_date(item.last)
    return f"{dose} - {last} ({texts.word(f'status.{item.status}')})"
