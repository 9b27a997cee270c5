"""The words that stand in a cell of the calendar, and the sentence that a screen reader says of a day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mbc_desktop.planning.dates.working_days import belgian_holidays
from mbc_desktop.ui.calendar.day_items import Band, DayContents, DayItem
from mbc_desktop.ui.labels import closed_label
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.texts import Texts


class Wording(NamedTuple):
    """What an item is called, and what is added where there is room for it."""

    name: str
    detail: str


def item_wording(words: Words, item: DayItem) -> Wording:
    """A drug with its dose, a fraction with its number, or a check."""
    match item.kind:
        case "administration":
            return Wording(words.drug(item.subject), _dose_or_status(words, item))
        case "fraction":
            return Wording(words.say("ui.calendar.fraction"), words.say("ui.calendar.number_of", number=item.number, of=item.of))
        case "check":
            return Wording(words.say(f"check.{item.subject}"), "")
        case "spinal":
            # The way first, and in one line: where a day is full, it is that which must not be hidden.
            drug = words.say(f"ward.intrathecal_drug.{item.subject}")
            return Wording(words.say("spinal.lane"), f"{drug} {_dose_or_status(words, item)}")
        case "hepatic":
            return Wording(words.say("spinal.liver_item"), item.subject)


def band_text(words: Words, band: Band) -> str:
    """What stands on a band: drug and dose, or drug and the word for rest."""
    name = words.drug(band.subject)
    if band.stop:
        return words.say("ui.calendar.none_of" if band.again else "ui.calendar.no_longer", drug=name)
    if band.rest:
        return words.say("ui.calendar.rest", drug=name)
    if band.not_taken:
        return words.say("ui.calendar.not_taken", drug=name, status=words.say(f"status.{band.status}"))
    if band.amount is None:
        return words.say("ui.calendar.no_dose", drug=name)
    amount = words.texts.quantity(band.amount)
    if band.times > 1:
        amount = words.say("ui.dose.times_short", amount=amount, count=band.times)
    return f"{name} {amount}"


def band_texts(words: Words, band: Band) -> tuple[str, ...]:
    """What stands on a band, from the longest to the shortest."""
    full, name = band_text(words, band), words.drug(band.subject)
    if band.stop:
        stop = words.say("ui.calendar.stop_short")
        return full, f"{stop} {name}", stop
    if band.not_taken:
        # Where there is no room, that nothing is taken goes before what.
        return full, words.say(f"status.{band.status}")
    return full, words.say("ui.calendar.rest_short") if band.rest else name


def short_month(texts: Texts, month: date) -> str:
    """A month and its year in few letters: "mrt 2026"."""
    return f"{texts.words('views.months_short')[month.month - 1]} {month.year}"


def closed_text(words: Words, day: date, contents: DayContents | None, *, short: bool = False) -> str:
    """The name of a holiday or of a closure, that the patient cannot come, or nothing. `short`: of a closure of several units
    its reason, told once."""
    closures = [closed for closed in contents.closed if not closed.holiday] if contents else []
    often = Counter(closed.why for closed in closures)
    own = [closed.why if short and often[closed.why] > 1 else closed_label(words, closed) for closed in closures]
    holiday = belgian_holidays(day.year).get(day)
    away = [words.say("ui.calendar.away")] if contents and contents.away else []
    return ", ".join(dict.fromkeys([*([words.say(f"holiday.{holiday}")] if holiday else own), *away]))


def day_sentence(words: Words, day: date, contents: DayContents | None) -> str:
    """All of a day as one text, line by line: the date, why it is closed, what happens, which tablets are taken or rest."""
    lines = [words.texts.long_date(day)]
    closed = closed_text(words, day, contents)
    lines += [closed] if closed else []
    if contents is None or not (contents.items or contents.bands):
        return "\n".join([*lines, words.say("ui.calendar.nothing")])
    lines += [_item_sentence(words, item) for item in contents.items]
    lines += [band_text(words, band) for band in contents.bands]
    return "\n".join(lines)


def chosen_sentence(words: Words, day: date, contents: DayContents | None, chosen: str) -> str:
    """What the keyboard is at: the item `chosen` and its day, or all of the day where none of its items is."""
    if contents is not None:
        said = [_item_sentence(words, item) for item in contents.items if item.id == chosen]
        said += [band_text(words, band) for band in contents.bands if band.id == chosen]
        if said:
            return f"{said[0]}, {words.texts.long_date(day)}"
    return day_sentence(words, day, contents)


def _item_sentence(words: Words, item: DayItem) -> str:
    """Name, dose and what became of it, each once."""
    wording = item_wording(words, item)
    status = "" if item.status == "planned" else words.say(f"status.{item.status}")
    said = f"{wording.name} {wording.detail}".strip()
    return said if not status or wording.detail.endswith(status) else f"{said}, {status}"


def _dose_or_status(words: Words, item: DayItem) -> str:
    if item.status in ("omitted", "ceased", "held", "withheld"):
        return words.say(f"status.{item.status}")
    return words.texts.quantity(item.amount) if item.amount else words.say("status.withheld")
