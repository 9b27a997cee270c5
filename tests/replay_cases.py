"""Random histories: what can happen to a treatment, as it is entered. For the proof that a plan is a replay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.replay.course_replay import CourseReplay
from mbc_desktop.planning.replay.dose_desk import NO_DOSES
from mbc_desktop.planning.replay.event_lookup import events_of
from mbc_desktop.planning.replay.event_targets import Targeted, targeted
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.replay.visits import calendars
from mbc_desktop.planning.request import DrugCourse, Event, Request
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.regimen.site import NO_SITE
from tests.calendar_sweep import decided
from tests.planning.treatments import TODAY, File, course, event, irradiation, later, library, request_of, treatment

SCOPES = ("this", "rest_of_cycle", "rest_of_treatment")
REASONS = ("toxicity", "patient", "organisation", "intercurrent", "prescriber", "progression", "other")
KINDS = (
    "given", "given", "given", "delay", "delay", "omit", "move", "hold", "resume", "cease", "dose_level", "interval", "procedure",
    "progression", "correct",
)  # fmt: skip


def random_history(chance: Random) -> Request:
    """One to three courses of the library and up to seven events that the program accepts, entered day after day."""
    regimens = chance.sample(sorted(library().regimens), chance.randint(1, 2))
    lines = [
        course(name, later(TODAY, -chance.randint(0, 120)), f"c{at}", choices=_own_choices(name))
        for at, name in enumerate(regimens, 1)
    ]
    if chance.random() < 0.3:
        lines.append(irradiation(chance.choice(("10x3", "5x4", "5x7")), later(TODAY, -chance.randint(0, 20))))
    file = treatment(*lines, days=chance.choice((60, 150)))
    request = request_of(file)
    day = -40
    for number in range(chance.randint(1, 7)):
        day = min(0, day + chance.randint(0, 9))
        entry = _entry(chance, request, f"e{number + 1}", later(TODAY, day))
        try:
            request = request_of({**file, "events": [*file.get("events", []), entry]})
        except TreatmentError:
            continue
        file["events"] = [*file.get("events", []), entry]
    return request


def _own_choices(name: str) -> File:
    """Answers to the questions that a course may answer itself."""
    return {key: value for key, value in decided(name)[2].items() if library().decisions[key].course_may_choose}


def _entry(chance: Random, request: Request, id: str, on: str) -> File:
    """One event as a person might enter it; not all of them can be."""
    about, kind = chance.choice(request.courses), chance.choice(KINDS)
    made = event(kind, on, id, about.id, reason=chance.choice(REASONS), grade=chance.randint(1, 4))
    if isinstance(about, DrugCourse):
        drug = chance.choice(drugs_of(library().regimens[about.regimen]))
        named: File = chance.choice(
            (
                {"drug": drug, "number": chance.randint(1, 8)},
                {"drug": drug, "date": later(about.start.isoformat(), 7 * chance.randint(0, 12))},
                {"drug": drug},
                {},
                {"cycle": chance.randint(1, 4)},
            )
        )
    else:
        named = {"fraction": chance.randint(1, 5)} if chance.random() < 0.5 else {}
    match kind:
        case "given":
            made |= {**named, "given_on": later(on, -chance.randint(0, 6))}
        case "delay":
            made |= {**named, "days": chance.randint(1, 21), "scope": chance.choice(SCOPES)}
        case "omit":
            made |= {**named, "scope": chance.choice(SCOPES)}
        case "move":
            made |= {**named, "to": later(on, chance.randint(0, 40))}
        case "dose_level":
            made |= {**named, "level": f"-{chance.randint(1, 2)}", "scope": chance.choice(SCOPES)}
        case "interval":
            made |= {**named, "every": chance.choice(("28 days", "21 days", "84 days", "1 month"))}
        case "procedure":
            made |= {"what": chance.choice(("surgery", "dental extraction", "port")), "from": later(on, chance.randint(-5, 40))}
        case "correct":
            made |= {"event": f"e{chance.randint(1, 6)}"}
        case _:
            made |= {"from": later(on, chance.randint(-10, 40))}
            made |= {"drug": named["drug"]} if "drug" in named and chance.random() < 0.5 else {}
    return made


class PlainWalk:
    """The occasions of a course by planning it as a whole for every question: slow, and nothing is remembered."""

    def __init__(self, replay: CourseReplay) -> None:
        self._replay = replay
        self._events: tuple[Event, ...] = ()

    def add(self, events: Sequence[Event]) -> None:
        """The plan now holds these events too."""
        self._events = (*self._events, *events)

    def until(self, day: date) -> list[Occasion]:
        """All occasions, whatever the day."""
        return list(self._replay.run(1, self._events, NO_DOSES).occasions)

    next_of_each = until


def both_targets(request: Request) -> list[tuple[Targeted, Targeted]]:
    """Of each drug course its events with their numbers: as the program finds them, and by planning everything each time."""
    hospital = calendars(request, NO_SITE)["day_hospital"]
    found: list[tuple[Targeted, Targeted]] = []
    for line in request.courses:
        if not isinstance(line, DrugCourse):
            continue
        regimen, answers, _ = decided(line.regimen)
        replay = CourseReplay(request, line, regimen, answers, library=library(), open_days=hospital)
        drugs = drugs_of(regimen)
        levels = frozenset(drug for drug in drugs if library().drugs[drug].levels is not None)
        events = events_of(line.id, request.events)
        plain = targeted(events, PlainWalk(replay), drugs=drugs, with_levels=levels)  # type: ignore[arg-type]
        found.append((replay.targeted(1), plain))
    return found
