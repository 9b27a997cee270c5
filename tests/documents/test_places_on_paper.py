"""Where a patient is treated stands on every sheet as the course says it; what has to be fetched in time is an appointment."""

from __future__ import annotations

import pytest

from mbc_desktop.documents.formats.plain_text import document_text
from mbc_desktop.documents.registry import compose
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.texts import load_texts
from tests.planning.treatments import course, library, plan_of, treatment

NURSE = {"nl": "thuisverpleegkundige", "fr": "infirmier à domicile", "de": "häusliche Pflege", "en": "home nurse"}
HOSPITAL = {"nl": "dagziekenhuis", "fr": "hôpital de jour", "de": "Tagesklinik", "en": "day hospital"}


def calendar(language: str, *courses: dict[str, object], site: Site = NO_SITE, **more: object) -> str:
    plan = plan_of(treatment(*courses, days=60, today="2026-03-30", language=language, **more), site)
    return document_text(compose("patient_calendar", plan, library(), site, load_texts(language)))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_who_waits_for_the_home_nurse_is_not_sent_to_the_hospital(language: str) -> None:
    text = calendar(language, course("denosumab", "2026-03-30", choices={"place_of_care": "home_nurse"}))
    assert NURSE[language] in text
    assert HOSPITAL[language] not in text
    assert HOSPITAL[language] in calendar(language, course("denosumab", "2026-03-30"))


def test_tablets_to_fetch_are_an_appointment_and_the_order_of_the_pharmacy_is_none() -> None:
    """Palbociclib from Tuesday 7 April, after Easter: fetched on Friday 3 April, when zoledronic acid of that day is ordered."""
    text = calendar("nl", course("palbociclib-letrozole", "2026-04-07"), course("zoledronic-acid", "2026-04-07", id="c2"))
    assert "vrijdag 3 april 2026" in text
    assert "tabletten ophalen: palbociclib (Ibrance)" in text
    assert "bestelling bij de apotheek" not in text


def test_a_port_that_is_flushed_is_an_appointment() -> None:
    facts = {"menopausal_status": "postmenopausal", "port_placed_on": "2026-03-02"}
    site = Site(answers=(Answer(key="port_flush", value="42 days", by="", on=""),))
    assert "poortkatheter spoelen" in calendar("nl", course("letrozole", "2026-03-30"), site=site, facts=facts)
