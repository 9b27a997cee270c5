"""The locked packages fit pyproject.toml, carry hashes, and are the same in every set."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from tests.architecture.rules import ROOT

SETS = {
    "requirements.txt": ("build",),
    "requirements-dev.txt": ("build", "dev"),
    "requirements-bench.txt": ("build", "dev", "bench"),
}
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = ("linux", "win32", "darwin")


def pins(name: str) -> list[Requirement]:
    """The pinned packages of a set, hashes left out."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [Requirement(line.split("--hash")[0]) for line in text.splitlines() if line.strip()]


def wanted(extras: tuple[str, ...]) -> list[Requirement]:
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


def applies(marker: Marker | None, *, python: str, system: str) -> bool:
    """Whether a requirement counts on this Python and system."""
    return marker is None or marker.evaluate(
        {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": system}
    )


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_asked_for_is_pinned_inside_its_range(name: str, python: str, system: str) -> None:
    pinned = {pin.name.lower(): pin for pin in pins(name) if applies(pin.marker, python=python, system=system)}
    for requirement in wanted(SETS[name]):
        if applies(requirement.marker, python=python, system=system):
            (exact,) = pinned[requirement.name.lower()].specifier
            assert exact.operator == "=="
            assert requirement.specifier.contains(exact.version), f"{requirement} is pinned to {exact.version}; run: make lock"


@pytest.mark.parametrize("name", SETS)
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip()]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_the_smaller_sets_take_the_versions_of_the_largest() -> None:
    largest = {str(pin) for pin in pins("requirements-bench.txt")}
    assert {str(pin) for pin in pins("requirements-dev.txt")} <= largest
    assert {str(pin) for pin in pins("requirements.txt")} <= largest


def test_the_pyside_that_aborts_on_python_3_11_is_never_pinned() -> None:
    found = [
        pin
        for pin in pins("requirements.txt")
        if pin.name.lower() == "pyside6-essentials" and applies(pin.marker, python="3.11", system="linux")
    ]
    assert [str(pin.specifier) for pin in found] != []
    assert all(pin.specifier.contains("6.11.3") and not pin.specifier.contains("6.12.0") for pin in found)
