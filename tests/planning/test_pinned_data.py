"""A running treatment notices when the data it was started on have changed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library import Library
from tests.planning.treatments import File, course, irradiation, library, request_of, treatment

REGIMEN, SCHEME, DRUG = "regimens/fulvestrant.toml", "radiotherapy/10x3.toml", "drugs/fulvestrant.toml"
OTHER = "0" * 64


def pinned(sha256: str, made: File) -> File:
    return made | {"pin": {"version": "1", "sha256": sha256}}


def plan_with(file: File, data: Library) -> Plan:
    return plan_treatment(request_of(file), data)


def changed(*names: str) -> Library:
    """The library after an edit of these files: other bytes, so another hash."""
    return replace(library(), hashes=MappingProxyType({**library().hashes, **dict.fromkeys(names, OTHER)}))


@pytest.mark.parametrize(("made", "name"), [(course("fulvestrant"), REGIMEN), (irradiation("10x3"), SCHEME)])
def test_a_course_pinned_to_the_present_file_has_no_objection_and_after_an_edit_a_stop(made: File, name: str) -> None:
    file = treatment(pinned(library().hashes[name], made))
    assert [item for item in plan_with(file, library()).findings if item.code == "library-changed"] == []
    (found,) = (item for item in plan_with(file, changed(name)).findings if item.code == "library-changed")
    assert (found.severity, dict(found.values)) == ("stop", {"file": name, "version": "1"})


def test_a_newer_version_in_the_library_is_named_beside_the_pinned_one() -> None:
    newer = replace(
        changed(REGIMEN),
        regimens=MappingProxyType(library().regimens | {"fulvestrant": replace(library().regimens["fulvestrant"], version="2")}),
    )
    file = treatment(pinned(library().hashes[REGIMEN], course("fulvestrant")))
    (found,) = (item for item in plan_with(file, newer).findings if item.code == "library-other-version")
    assert (found.severity, dict(found.values)) == ("stop", {"file": REGIMEN, "version": "1", "now": "2"})


def test_an_edit_of_another_file_is_no_stop() -> None:
    file = treatment(pinned(library().hashes[REGIMEN], course("fulvestrant")))
    assert [item for item in plan_with(file, changed(SCHEME)).findings if item.code == "library-changed"] == []


@pytest.mark.parametrize("name", [REGIMEN, DRUG])
def test_the_fingerprint_changes_with_each_file_that_a_plan_rests_on(name: str) -> None:
    file = treatment(course("fulvestrant"))
    assert plan_with(file, changed(name)).fingerprint != plan_with(file, library()).fingerprint


def test_the_fingerprint_does_not_change_with_any_other_file() -> None:
    file = treatment(course("fulvestrant"))
    assert plan_with(file, changed(SCHEME)).fingerprint == plan_with(file, library()).fingerprint
