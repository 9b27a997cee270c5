"""The stories themselves. Each begins with a home folder that nobody used and ends with something that lies on the disk."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import timedelta

from tests.stories.heard import new_patient_heard
from tests.stories.screen import ROOT, Screen
from tests.stories.steps import MONDAY, TODAY, check, course, export_calendar, patient, save_as, skip_assistant, typed
from tests.stories.ward import verify_and_correct


def new_patient_to_calendar(screen: Screen) -> str:
    """Fulvestrant with ribociclib and denosumab, from an empty home folder to the calendar as PDF."""
    screen.start()
    skip_assistant(screen)
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961", "v"):
        screen.type(text)
        screen.key("Return")
    screen.type("kisqali faslodex xgeva")
    screen.wait("hits", lambda: screen.state()["popup"])
    screen.key("Return")
    screen.wait("both courses", lambda: len(screen.state()["courses"]) == 2)
    screen.focus()
    # The start, then what these drugs wait for: sample, calcium, its lower limit, menopause, dental check.
    for text in (typed(MONDAY), typed(TODAY), "2,31", "2,15", "post", typed(TODAY)):
        screen.type(text)
        screen.key("Return")
    # And what makes the picture whole: weight, creatinine.
    for text in (typed(TODAY), "68", "0,85"):
        screen.type(text)
        screen.key("Return")
    check("clearance-unknown" not in screen.state()["findings"], "weight and creatinine are there")
    dates = screen.state()["dates"]
    second = (MONDAY + timedelta(days=14)).isoformat()
    check(dates["c1/fulvestrant/1"] == MONDAY.isoformat(), "the first dose is on the start day")
    check(dates["c1/fulvestrant/2"] >= second, "the second dose is two weeks later, or on the next open day")
    path = screen.folder / "kalender.pdf"
    export_calendar(screen, path)
    words = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    for word in ("VOORBEELD", "fulvestrant", "ribociclib", "denosumab"):
        check(word in words, f"the calendar says {word}")
    return f"{screen.keys} keys and clicks, the assistant's Escape and the file name among them"


def delay_by_drag(screen: Screen) -> str:
    """A dose dragged to a later day: the preview first, then all later ones with it; undone, done again, saved."""
    screen.start()
    skip_assistant(screen)
    patient(screen)
    course(screen, "faslodex", MONDAY)
    screen.click("day", MONDAY.isoformat())
    item = "c1/fulvestrant/1"
    before = screen.state()["dates"]
    screen.drag(item, (MONDAY + timedelta(days=2)).isoformat())
    screen.wait("the dialog", lambda: screen.state()["dialog"])
    screen.picture("drag")
    screen.focus()
    check(screen.state()["dates"] == before, "nothing moves before somebody applies it")
    screen.click("widget", "Uw initialen")
    screen.type("NV")
    screen.click("widget", "Toepassen")
    screen.wait("the event", lambda: screen.state()["events"] == ["delay"])
    screen.focus()
    after = screen.state()["dates"]
    check(after[item] == (MONDAY + timedelta(days=2)).isoformat(), "the dose is two days later")
    screen.key("ctrl+z")
    screen.wait("undone", lambda: screen.state()["dates"] == before)
    screen.key("ctrl+y")
    screen.wait("done again", lambda: screen.state()["dates"] == after)
    save_as(screen, screen.folder / "uitgesteld.mbc.json")
    screen.key("ctrl+z")
    check(screen.state()["dates"] == after, "what was saved is corrected, never undone")
    return "delay of two days, undone and done again, saved"


def walk_by_keys(screen: Screen) -> str:
    """The calendar by arrows, PageUp, PageDown, Enter and the menu key."""
    screen.start()
    skip_assistant(screen)
    patient(screen)
    course(screen, "faslodex", MONDAY)
    screen.click("day", MONDAY.isoformat())
    days = {"Right": 1, "Down": 8, "Left": 7, "Up": 0}
    for key, off in days.items():
        day = MONDAY + timedelta(days=off)
        screen.key(key)
        check(screen.state()["day"] == day.isoformat(), f"{key} leads to {day}")
    screen.key("Next")
    check(screen.state()["day"][:7] > MONDAY.isoformat()[:7], "PageDown leads to the next month")
    screen.key("Prior")
    check(screen.state()["day"] == MONDAY.isoformat(), "PageUp leads back")
    screen.key("ctrl+Down")
    screen.wait("the item", lambda: screen.state()["item"] == "c1/fulvestrant/1")
    screen.key("Menu")
    screen.wait("the menu", lambda: screen.state()["popup"])
    screen.focus()
    screen.key("Escape")
    screen.wait("no menu", lambda: not screen.state()["popup"])
    screen.focus()
    screen.key("Return")
    screen.wait("the menu", lambda: screen.state()["popup"])
    return "arrows, PageDown, PageUp, Ctrl+Down, menu key, Enter"


def de_escalate(screen: Screen) -> str:
    """Zoledronic acid for two years, no symptoms: a click on the advice enters the longer interval."""
    start = MONDAY - timedelta(days=7 * 108)
    file = screen.folder / "twee_jaar.mbc.json"
    content = json.loads((ROOT / "resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8"))
    del content["horizon"], content["today"]
    recent = TODAY.isoformat()
    content["measurements"] = [{**one, "on": recent} for one in content["measurements"]]
    content["facts"] |= {"asymptomatic_on": recent, "dental_check_on": recent}
    content["courses"] = [{"id": "c1", "regimen": "zoledronic-acid", "start": start.isoformat()}]
    file.write_text(json.dumps(content), encoding="utf-8")
    screen.start(file)
    screen.wait("the advice", lambda: "deescalation-offered" in screen.state()["findings"])
    screen.click("row", "12 weken")
    screen.wait("the dialog", lambda: screen.state()["dialog"])
    screen.focus()
    screen.click("widget", "Om de")
    screen.focus()
    screen.key("Down", "Down", "Down", "Down", "Return")
    screen.focus()
    screen.click("widget", "Uw initialen")
    screen.type("NV")
    screen.click("widget", "Toepassen")
    screen.wait("the event", lambda: "interval" in screen.state()["events"])
    return "interval entered from the advice"


def change_language(screen: Screen) -> str:
    """Settings, language: everything speaks French at once, and at the next start."""
    screen.start()
    skip_assistant(screen)
    screen.key("ctrl+6")
    screen.wait("the settings", lambda: screen.state()["page"] == "settings")
    screen.click("widget", "Taal")
    screen.focus()
    screen.key("Down", "Return")
    screen.wait("French", lambda: screen.state()["language"] == "fr")
    screen.focus()
    screen.place("widget", "Langue")
    screen.key("ctrl+q")
    screen.kill()
    screen.start()
    check(screen.state()["language"] == "fr", "the next start speaks French")
    return "Dutch to French while open, kept"


def recover_after_kill(screen: Screen) -> str:
    """Half a patient is typed, the program is killed: everything comes back, also the slip in a name and a missing start date."""
    screen.start()
    skip_assistant(screen)
    patient(screen)
    course(screen, "faslodex", MONDAY)
    screen.key("ctrl+f")
    screen.type("xgeva")
    screen.wait("hits", lambda: screen.state()["popup"])
    screen.key("Return")
    screen.wait("two courses", lambda: len(screen.state()["courses"]) == 2)
    kept = screen.home / "XDG_DATA_HOME" / "mbc_desktop" / "mbc_desktop" / "unsaved.mbc.json"
    screen.wait("the autosave", lambda: kept.exists() and '"denosumab"' in kept.read_text(encoding="utf-8"))
    screen.kill()
    screen.start()
    screen.wait("the question", lambda: screen.state()["dialog"])
    screen.focus()
    screen.click("widget", "Verdergaan")
    screen.wait("the work", lambda: screen.state()["courses"] == ["fulvestrant", "denosumab"])
    check(screen.state()["name"] == "Voorbeeld", "the name came back")
    check(screen.state()["dates"]["c1/fulvestrant/1"] == MONDAY.isoformat(), "the dates came back")
    return "killed by SIGKILL, all came back"


def correct_a_dose(screen: Screen) -> str:
    """A dose recorded as given and saved turns out wrong: it is corrected, and both entries stay readable."""
    screen.start()
    skip_assistant(screen)
    patient(screen)
    # The last day on which the day hospital was open: what is to come cannot have been given.
    day = TODAY - timedelta(days=max(0, TODAY.weekday() - 4))
    course(screen, "faslodex", day)
    screen.click("day", day.isoformat())
    screen.click("item", "c1/fulvestrant/1")
    screen.click("widget", "Gegeven")
    screen.wait("the dialog", lambda: screen.state()["dialog"])
    screen.focus()
    screen.click("widget", "Uw initialen")
    screen.type("NV")
    screen.click("widget", "Toepassen")
    screen.wait("given", lambda: screen.state()["statuses"]["c1/fulvestrant/1"] == "given")
    screen.focus()
    save_as(screen, screen.folder / "gegeven.mbc.json")
    screen.click("tab", "Verloop")
    screen.click("row", "NV")
    screen.wait("the list of what happened", lambda: screen.state()["events"] == ["given"])
    screen.key("Return")
    screen.wait("the correction", lambda: screen.state()["dialog"])
    screen.focus()
    screen.click("widget", "Toepassen")
    screen.wait("corrected", lambda: "correct" in screen.state()["events"])
    screen.focus()
    screen.key("ctrl+s")
    written = screen.folder / "gegeven.mbc.json"
    screen.wait("saved", lambda: '"correct"' in written.read_text(encoding="utf-8"))
    return "given, saved, corrected, saved; both lie in the file"


STORIES: dict[str, Callable[[Screen], str]] = {
    "new patient to printed calendar": new_patient_to_calendar,
    "record and correct a dose": correct_a_dose,
    "verify and correct a dose": verify_and_correct,
    "delay a cycle by drag": delay_by_drag,
    "the calendar by keys": walk_by_keys,
    "de-escalate a bone agent": de_escalate,
    "new patient to calendar, heard": new_patient_heard,
    "change language": change_language,
    "recover after kill -9": recover_after_kill,
}
