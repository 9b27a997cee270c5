"""One drug course on real dates: every administration and every tablet period of its parts, as a replay of template and
events."""

from __future__ import annotations

from mbc_desktop.planning.dates.working_days import OpenDays
from mbc_desktop.planning.replay.course_plan import CoursePlan
from mbc_desktop.planning.replay.course_record import CourseRecord
from mbc_desktop.planning.replay.course_setting import CourseSetting
from mbc_desktop.planning.replay.decisions import Answers
from mbc_desktop.planning.replay.dose_desk import NO_DOSES, Desk
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.replay.event_targets import Targeted, targeted
from mbc_desktop.planning.replay.occasion_walk import OccasionWalk
from mbc_desktop.planning.replay.part_replay import PartReplay
from mbc_desktop.planning.replay.premedication import with_their_drug
from mbc_desktop.planning.replay.procedures import DrugPause, pauses_of
from mbc_desktop.planning.request import DrugCourse, Event, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, drugs_of, ends_with
from mbc_desktop.regimen.site import Unit


class CourseReplay:
    """Replays one course: template, then events, then closed days."""

    def __init__(
        self,
        request: Request,
        course: DrugCourse,
        regimen: Regimen,
        answers: Answers,
        *,
        library: Library,
        open_days: OpenDays,
        place: Unit = "day_hospital",
    ) -> None:
        self._request = request
        self._course = course
        self._regimen = regimen
        self._chosen = answers.chosen
        self._library = library
        self._place = place
        self._open_days = open_days
        self._pauses = pauses_of(request, drugs_of(regimen), library)

    @property
    def pauses(self) -> tuple[DrugPause, ...]:
        """The drugs of the course that pause around procedures."""
        return self._pauses

    def targeted(self, first_cycle: int) -> Targeted:
        """The course's events with the number of the administration that each is about."""
        events = events_of(self._course.id, self._request.events)
        if not events:
            return Targeted(events=())
        drugs = drugs_of(self._regimen)
        return targeted(
            events,
            OccasionWalk(self._setting((), NO_DOSES), self._regimen.parts, first_cycle=first_cycle),
            drugs=drugs,
            with_levels=frozenset(drug for drug in drugs if self._library.drugs[drug].levels is not None),
        )

    def run(self, first_cycle: int, events: tuple[Event, ...], desk: Desk) -> CoursePlan:
        """All parts, from `first_cycle` on; `events` as `targeted` gives them."""
        record = CourseRecord(self._course.id, self._course.last_given)
        setting = self._setting(events, desk)
        for part in self._regimen.parts:
            replay = PartReplay(setting, part, record, first_cycle=first_cycle)
            while replay.step():
                pass
        return with_their_drug(record.plan(), self._regimen)

    def _setting(self, events: tuple[Event, ...], desk: Desk) -> CourseSetting:
        return CourseSetting(
            request=self._request,
            course=self._course,
            regimen=self._regimen.id,
            library=self._library,
            desk=desk,
            place=self._place,
            open_days=self._open_days,
            events=CourseEvents(events, ends_with=ends_with(self._regimen), pauses=self._pauses),
            chosen=self._chosen,
        )
