"""What goes beside the treatment, in words."""

from __future__ import annotations

from mbc_desktop.planning.plan import SupportItem
from mbc_desktop.regimen.support import SupportPart
from mbc_desktop.texts.texts import Texts


def support_purpose(item: SupportItem, texts: Texts) -> str:
    """What it is for: "Tegen diarree, bij de eerste losse stoelgang"."""
    return texts.word(f"support.purpose.{item.measure}")


def support_line(item: SupportItem, texts: Texts) -> str:
    """The whole measure in one line: purpose, drugs or classes, when, and the hospital's own words or that its scheme holds.
    `texts` must know the drug names."""
    parts = texts.listing(tuple(support_part(part, texts) for part in item.parts))
    line = texts.say("support.line", purpose=support_purpose(item, texts), parts=parts)
    if item.as_needed:
        line = texts.say("support.as_needed", line=line)
    if item.before_minutes:
        least, most = str(item.before_minutes[0]), str(item.before_minutes[-1])
        line = texts.say("support.before", line=line, least=least, most=most, drug=item.drug)
    if item.own_words:
        return texts.say("support.own", line=line, words=item.own_words)
    if any(part.amount is None for part in item.parts):
        return texts.say("support.no_dose", line=line)
    return line


def support_part(part: SupportPart, texts: Texts) -> str:
    """One thing with its amount where a source gives one: "calcium 500 mg"."""
    words = texts.word(f"support.what.{part.what}")
    if part.amount is not None:
        words = texts.say("support.part", what=words, amount=texts.amount(part.amount, part.unit))
    if part.times is not None:
        words = texts.say("support.part_times", part=words, times=texts.say("give.times", count=part.times))
    return words
