"""What changed beside the treatment between two plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mbc_desktop.planning.change import Change, ChangeKind, Side, Span
from mbc_desktop.planning.plan import SupportItem


def support_changes(older: Iterable[SupportItem], newer: Iterable[SupportItem]) -> Iterator[Change]:
    """Measures beside the treatment, paired by course, measure, drug and the how manyth time."""
    before, after = _in_turn(older), _in_turn(newer)
    for old, new in ((before[key], after[key]) for key in before if key in after):
        if _span(old) != _span(new):
            yield _beside(new, "support_moved", _span(old), _span(new))
        if (old.parts, old.own_words, old.as_needed) != (new.parts, new.own_words, new.as_needed):
            yield _beside(new, "support_changed", None, None)
    yield from (_beside(item, "removed", _span(item), None) for key, item in before.items() if key not in after)
    yield from (_beside(item, "added", None, _span(item)) for key, item in after.items() if key not in before)


def _in_turn(items: Iterable[SupportItem]) -> dict[tuple[str, str, str, int], SupportItem]:
    found: dict[tuple[str, str, str, int], SupportItem] = {}
    for item in sorted(items, key=lambda item: item.first):
        key = (item.course, item.measure, item.drug)
        found[*key, sum(1 for earlier in found if earlier[:3] == key)] = item
    return found


def _beside(item: SupportItem, kind: ChangeKind, before: Side, after: Side) -> Change:
    return Change(
        kind=kind,
        subject="support",
        on=item.first,
        course=item.course,
        drug=item.drug,
        what=item.measure,
        before=before,
        after=after,
    )


def _span(item: SupportItem) -> Span:
    return Span(first=item.first, last=item.last, open=item.open)
