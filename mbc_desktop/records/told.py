"""What the store has to say, in words: for the window and for the command line alike."""

from __future__ import annotations

from mbc_desktop.core.disk_reason import REASONS
from mbc_desktop.records.audit_chain import ChainReport, head_code
from mbc_desktop.records.restore import Loss
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.texts import Texts


def error_text(error: StoreError, texts: Texts) -> str:
    """What went wrong, as a sentence."""
    reason = error.values.get("reason")
    told = {"reason": texts.word(f"disk.{reason}").rstrip(".")} if reason in REASONS else {}
    return texts.say(f"records.error.{error.code}", **{**error.values, **told})


def loss_lines(loss: Loss, texts: Texts) -> tuple[str, ...]:
    """How old a backup is and what would be missing after restoring it."""
    hours = int(loss.age.total_seconds() // 3600)
    age = texts.say("records.verb.age", days=hours // 24, hours=hours % 24)
    if not loss.known:
        return (age, texts.say("records.verb.loss_unknown", acts=loss.acts))
    if not loss.acts:
        return (age, texts.word("records.verb.nothing_lost"))
    acts = ", ".join(f"{count} x {texts.word(f'records.action.{action}')}" for action, count in loss.by_action)
    return (age, texts.say("records.verb.loss", acts=loss.acts, patients=loss.patients, list=acts))


def chain_lines(report: ChainReport, texts: Texts) -> tuple[str, ...]:
    """What the walk over the chain found."""
    if not report.faults:
        return (texts.say("records.verb.chain_whole", links=report.links, code=head_code(report.head)),)
    faults = (texts.say(f"records.fault.{fault.kind}", seq=fault.seq, what=fault.what) for fault in report.faults)
    return (texts.word("records.verb.chain_broken"), *faults)
