"""What an event is about, when it does not say a number: the administration due on a day, or the next one. Every such event is
given the number it means in the plan of all earlier events, so that a later delay never makes it point at another dose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.replay.occasion_walk import OccasionWalk
from mbc_desktop.planning.request import Event, Target

WITHOUT_NUMBER = ("given", "delay", "omit", "move", "dose_level", "dose", "interval")
DOSE_KINDS = ("dose_level", "dose")


@dataclass(frozen=True, slots=True, kw_only=True)
class Targeted:
    """The events with their numbers; `lost` are those that name a day on which nothing is due."""

    events: tuple[Event, ...]
    lost: tuple[Event, ...] = ()

    @property
    def resumed(self) -> date | None:
        """The last day from which a person let anything of the course go on again."""
        return max((event.day or event.on for event in self.events if event.kind == "resume"), default=None)


def targeted(events: tuple[Event, ...], walk: OccasionWalk, *, drugs: tuple[str, ...], with_levels: frozenset[str]) -> Targeted:
    """The events of one course (in their order) with numbers in place of days and of "the next one". `walk` is the plan of the
    events that have been added to it: of none yet.

    `drugs` are the course's treatment drugs, `with_levels` those that have a ladder of dose levels. Without a number, a day or a
    cycle, an event is about the first occasion that is not over on the day it was entered and was not given: of the drug it
    names; else of all drugs due on that day, and of each drug's next one where it holds for the rest of the treatment."""
    done: list[Event] = []
    lost: list[Event] = []
    for event in events:
        event = _with_drug(event, drugs)
        now = [event]
        if event.kind in WITHOUT_NUMBER and event.target.number is None and event.target.cycle is None:
            day = event.target.on
            known = walk.next_of_each(event.on) if day is None else walk.until(day)
            meant = _meant(event, known, with_levels)
            lost += [] if meant or day is None else [event]
            now = [_numbered(event, occasion) for occasion in meant]
        done += now
        walk.add(now)
    return Targeted(events=tuple(done), lost=tuple(lost))


def _with_drug(event: Event, drugs: tuple[str, ...]) -> Event:
    """A number belongs to a drug; a course with one drug need not name it."""
    if event.target.drug or event.target.number is None or len(drugs) != 1:
        return event
    return replace(event, target=replace(event.target, drug=drugs[0]))


def _meant(event: Event, known: list[Occasion], with_levels: frozenset[str]) -> list[Occasion]:
    mine = [item for item in known if event.target.drug in ("", item.drug)]
    if event.kind == "dose_level" and not event.target.drug:
        mine = [item for item in mine if item.drug in with_levels]
    if event.target.on is not None:
        found = [item for item in mine if item.due == event.target.on]
    else:
        found = list(_next_ones(event, [item for item in mine if not item.given and _is_ahead(item, event)]))
    if event.kind in ("delay", "interval"):
        # These move the clock of a part: once is enough, whichever drugs it gives.
        return list({item.part: item for item in reversed(found)}.values())[::-1]
    return found


def _is_ahead(item: Occasion, event: Event) -> bool:
    if event.kind == "interval":
        return item.due > event.on
    return item.last >= event.on if event.kind in DOSE_KINDS else item.due >= event.on


def _next_ones(event: Event, ahead: list[Occasion]) -> Iterator[Occasion]:
    """The next occasion of each drug; only of those due first, where the event is about one visit or one cycle."""
    first: dict[str, Occasion] = {}
    for item in sorted(ahead, key=lambda item: item.due):
        first.setdefault(item.drug, item)
    if not first or event.scope == "rest_of_treatment" or event.kind in ("dose_level", "dose", "interval"):
        yield from first.values()
        return
    soonest = min(first.values(), key=lambda item: item.due)
    for item in first.values():
        same_cycle = (item.part, item.cycle) == (soonest.part, soonest.cycle)
        if item.due == soonest.due or (event.scope == "rest_of_cycle" and same_cycle):
            yield item


def _numbered(event: Event, occasion: Occasion) -> Event:
    """The event about this occasion. A dose that changes without naming an occasion changes on the day it was entered, also in
    the middle of a tablet period."""
    changes_at_once = event.kind in DOSE_KINDS and event.target.on is None
    target = Target(drug=occasion.drug, number=occasion.number)
    return replace(event, target=target, day=event.on if changes_at_once else event.day)
