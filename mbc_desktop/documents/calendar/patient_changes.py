"""What has changed since the patient's last sheet, in the patient's words; each change once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mbc_desktop.documents.blocks import Block, Heading, Notice, Paragraph, phrase
from mbc_desktop.documents.page.day_marks import PatientWords
from mbc_desktop.planning.comparison.plan_difference import Change, plan_difference
from mbc_desktop.planning.comparison.prints import latest_other
from mbc_desktop.planning.comparison.sheet_check import plan_of_print
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts.difference_text import change_text

_MOST_LINES = 24
"""A longer list says nothing to a reader; the new calendar does."""


def change_blocks(words: PatientWords, site: Site, document: str) -> Iterator[Block]:
    """The changes since the last print of this document; nothing for a first print."""
    older = latest_other(words.plan.request.prints, document, words.plan.fingerprint)
    if older is None:
        return
    yield Heading(text=words.texts.say("paper.changed_since", day=older.on))
    try:
        before = plan_of_print(older, words.library, site)
    except TreatmentError:
        yield Paragraph(words=phrase(words.texts.word("paper.changed_unknown")))
        return
    if before.fingerprint != older.fingerprint:
        # The data have changed too: what the older sheet said can no longer be computed.
        yield Paragraph(words=phrase(words.texts.word("paper.changed_unknown")))
        return
    yield from _lines(before, words, site)


def _lines(before: Plan, words: PatientWords, site: Site) -> Iterator[Block]:
    now = words.plan
    if now.request.horizon > before.request.horizon:
        yield Paragraph(words=phrase(words.texts.say("paper.goes_further", day=now.request.horizon)))
        before = _up_to(now, before, words, site)
    changes = tuple(dict.fromkeys(_sentence(change, words) for change in plan_difference(before, now)))
    if not changes:
        yield Paragraph(words=phrase(words.texts.word("paper.nothing_changed")))
    if len(changes) > _MOST_LINES:
        yield Paragraph(words=phrase(words.texts.word("paper.much_changed")))
        return
    yield from (Notice(shape="caution", label="", words=phrase(change)) for change in changes)


def _up_to(now: Plan, before: Plan, words: PatientWords, site: Site) -> Plan:
    """The older plan carried on to the end of the new one, so that days which it did not reach are no changes."""
    return plan_treatment(replace(before.request, horizon=now.request.horizon), words.library, site)


def _sentence(change: Change, words: PatientWords) -> str:
    """The change in words; a test by the name that the patient knows, so that several tests on one sample are one change."""
    if change.subject == "check":
        named = words.say(f"check.{change.what}")
        what = change_text(change, words.library, words.texts)
        return what.replace(_capital(words.texts.word(f"check.{change.what}")), _capital(named), 1)
    return change_text(change, words.library, words.texts)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
