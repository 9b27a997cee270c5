"""Tablets that a patient no longer takes stand in the calendar of the window as on paper, and come back when they do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from mbc_desktop.documents.page.day_marks import PatientWords, stop_days
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.phrases import texts_for
from mbc_desktop.ui.calendar.day_items import Band, days_of
from mbc_desktop.ui.calendar.day_text import band_text, band_texts
from mbc_desktop.ui.calendar.lanes import lanes_of
from mbc_desktop.ui.words import Words
from tests.planning.treatments import course, event, library, plan_of, treatment

START = "2026-03-02"


def stopped(*more: dict[str, object]) -> Plan:
    """Palbociclib with letrozole, ceased on Wednesday 15 April."""
    cease = event("cease", START, **{"from": "2026-04-15"}, reason="toxicity")
    return plan_of(treatment(course("palbociclib-letrozole", START), *more, days=120, events=[cease]))


def stops_on(plan: Plan, day: date) -> list[str]:
    contents = days_of(plan, first=day, last=day).get(day)
    return [band.subject for band in contents.bands if band.stop] if contents else []


def test_a_drug_that_is_stopped_is_named_for_a_week() -> None:
    plan = stopped()
    first = date(2026, 4, 15)
    named = [day for day in (first + timedelta(days=n) for n in range(-3, 12)) if "letrozole" in stops_on(plan, day)]
    assert named == [first + timedelta(days=n) for n in range(7)]


def test_one_that_comes_back_is_named_until_it_does() -> None:
    plan = stopped(course("letrozole", "2026-05-11", id="c2"))
    assert "letrozole" in stops_on(plan, date(2026, 5, 10))
    assert "letrozole" not in stops_on(plan, date(2026, 5, 11))
    # Palbociclib does not come back: its week is over.
    assert "palbociclib" not in stops_on(plan, date(2026, 5, 10))


def test_the_window_names_it_on_the_days_on_which_the_paper_does() -> None:
    plan = stopped(course("letrozole", "2026-05-11", id="c2"))
    paper = PatientWords(plan=plan, library=library(), texts=texts_for(library(), load_texts("nl")))
    on_paper = {(day, stop.drug) for day, stops in stop_days(paper).items() for stop in stops}
    first, last = date(2026, 3, 1), plan.request.horizon
    in_window = {
        (day, band.subject)
        for day, contents in days_of(plan, first=first, last=last).items() for band in contents.bands if band.stop
    }  # fmt: skip
    assert in_window == on_paper
    assert on_paper


def test_a_running_treatment_stops_nowhere() -> None:
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=120))
    every = days_of(plan, first=date(2026, 3, 1), last=plan.request.horizon)
    assert not [band for contents in every.values() for band in contents.bands if band.stop]


@pytest.mark.parametrize(
    ("language", "ended", "pausing"),
    [
        ("nl", "STOP palbociclib: niet meer innemen", "letrozol: niet innemen"),
        ("fr", "STOP palbociclib : ne plus prendre", "létrozole : ne pas prendre"),
        ("de", "STOPP Palbociclib: nicht mehr einnehmen", "Letrozol: nicht einnehmen"),
        ("en", "STOP palbociclib: no longer taken", "letrozole: not taken"),
    ],
)
def test_the_words_of_a_stop(qtbot: QtBot, language: Language, ended: str, pausing: str) -> None:
    plan, words, day = stopped(course("letrozole", "2026-05-11", id="c2")), Words(language), date(2026, 4, 16)
    words.name_drugs(library().drugs)
    bands = {band.subject: band for band in days_of(plan, first=day, last=day)[day].bands}
    assert band_text(words, bands["palbociclib"]) == ended
    assert band_text(words, bands["letrozole"]) == pausing
    # However little room there is, the word STOP is the last thing to go.
    assert band_texts(words, bands["palbociclib"])[-1].startswith("STOP")


def test_the_timeline_ends_a_lane_with_a_stop() -> None:
    lane = next(one for one in lanes_of(stopped()) if one.therapy is not None and one.therapy.subject == "palbociclib")
    assert [(point.on, point.status) for point in lane.points] == [(date(2026, 4, 15), "stopped")]


def test_days_of_a_pause_do_not_look_like_days_with_tablets() -> None:
    # Palbociclib from 2 March, held from Monday 9 March, taken again from Monday 16 March.
    pause = event("hold", START, **{"from": "2026-03-09"}, drug="palbociclib", reason="toxicity")
    again = event("resume", START, **{"from": "2026-03-16"}, drug="palbociclib", id="e2")
    plan = plan_of(treatment(course("palbociclib-letrozole", START), days=60, events=[pause, again]))
    words = Words("nl")
    words.name_drugs(library().drugs)

    def band_of(day: date) -> Band:
        return next(one for one in days_of(plan, first=day, last=day)[day].bands if one.subject == "palbociclib")

    before, paused, after = (band_of(day) for day in (date(2026, 3, 8), date(2026, 3, 10), date(2026, 3, 17)))
    assert not before.idle
    assert paused.idle
    assert band_text(words, paused) == "palbociclib: onderbroken"
    # The shortest text says that nothing is taken.
    assert band_texts(words, paused)[-1] == "onderbroken"
    assert not after.idle
