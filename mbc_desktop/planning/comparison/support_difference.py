"""What changed beside the treatment between two plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mbc_desktop.planning.comparison.change import Change, ChangeKind, Side, Span
from mbc_desktop.planning.plan import SupportItem


def support_changes(older: Iterable[SupportItem], newer: Iterable[SupportItem]) -> Iterator[Change]:
    """Measures beside the treatment, paired by course, measure, drug and first day; what is left over by the how manyth time."""
    earlier, later = tuple(older), tuple(newer)
    same = {_day(item) for item in earlier} & {_day(item) for item in later}
    pairs = list(zip(_on(earlier, same), _on(later, same), strict=True))
    before = _in_turn(item for item in earlier if _day(item) not in same)
    after = _in_turn(item for item in later if _day(item) not in same)
    # As many before as after: they moved. Else nobody can say which became which.
    moved = [key for key in before if key in after and _count(before, key) == _count(after, key)]
    pairs += [(before.pop(key), after.pop(key)) for key in moved]
    for old, new in pairs:
        if _span(old) != _span(new) and not (old.open and new.open and old.first == new.first):
            yield _beside(new, "support_moved", _span(old), _span(new))
        if (old.parts, old.own_words, old.as_needed) != (new.parts, new.own_words, new.as_needed):
            yield _beside(new, "support_changed", None, None)
    yield from (_beside(item, "removed", _span(item), None) for item in before.values())
    yield from (_beside(item, "added", None, _span(item)) for item in after.values())


def _day(item: SupportItem) -> tuple[str, str, str, date]:
    return item.course, item.measure, item.drug, item.first


def _on(items: tuple[SupportItem, ...], days: set[tuple[str, str, str, date]]) -> list[SupportItem]:
    """Those of these days, in one order; each day is there once."""
    return sorted({_day(item): item for item in items if _day(item) in days}.values(), key=_day)


def _count(items: dict[tuple[str, str, str, int], SupportItem], key: tuple[str, str, str, int]) -> int:
    return sum(1 for other in items if other[:3] == key[:3])


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
