"""An empty module in the place of another, for as long as something is imported."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from mbc_desktop.core.stand_in import stand_in


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that counts how often its own code runs, with a part in it."""
    folder = tmp_path / "standing_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("import sys\nsys.standing_runs += 1\nfrom standing_package.part import NAME\n")
    (folder / "part.py").write_text("NAME = 'part'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "standing_runs", 0, raising=False)
    for name in ("standing_package", "standing_package.part"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return "standing_package"


def test_a_part_is_imported_without_the_code_of_its_package(package: str) -> None:
    with stand_in(package):
        part = import_module(f"{package}.part")
        assert not hasattr(import_module(package), "NAME")
    assert part.NAME == "part"
    assert sys.standing_runs == 0  # type: ignore[attr-defined]


def test_whoever_imports_it_afterwards_gets_all_of_it(package: str) -> None:
    with stand_in(package):
        import_module(f"{package}.part")
    assert import_module(package).NAME == "part"
    assert sys.standing_runs == 1  # type: ignore[attr-defined]


def test_what_is_there_already_stays(package: str) -> None:
    whole = import_module(package)
    with stand_in(package):
        assert import_module(package) is whole
    assert sys.modules[package] is whole


def test_it_goes_even_after_an_error_and_what_cannot_be_found_is_no_matter(package: str) -> None:
    with pytest.raises(ZeroDivisionError), stand_in(package):
        raise ZeroDivisionError
    assert package not in sys.modules
    with stand_in("no_such_package_anywhere"):
        assert "no_such_package_anywhere" not in sys.modules
