"""Who notices that one digit of schedules/ is wrong: the loader, a worked case, the second transcription, or nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.parse_verb import answer
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.regimen.fields_file import read_fields
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.toml_text import parse_toml
from tests.data_mutants import Mutant
from tests.data_swap import library_with
from tests.planning import test_navigator, test_procedures, test_radiotherapy_with_drugs, test_support
from tests.regimen.transcription import Second, differences, second_transcription
from tests.typed_cases import TODAY, typed_cases
from tests.worked.checks import WorkedCheck, worked_checks
from tests.worked.other_cases import MODULES, differing_field, differing_plan

OWN_CASES = {
    "support.toml": "support/",
    "instructions.toml": "told/",
    "combinations.toml": "near/",
    "procedures.toml": "near/",
    "guideline.toml": "none",
}
"""How the ids of the worked cases begin that a file at the top can reach; all of them where it is not named."""
OTHERS = {
    "support.toml": (test_support,),
    "instructions.toml": (),
    "combinations.toml": (test_radiotherapy_with_drugs,),
    "procedures.toml": (test_procedures,),
    "guideline.toml": (test_navigator,),
}
"""The test modules whose cases are about a file at the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Who notices one mutant: `by` is loader, case or nobody; `transcribed` whether then the second transcription does."""

    mutant: Mutant
    by: str
    transcribed: bool
    seen_by: str = ""


@cache
def shipped() -> Library:
    """The library that is shipped."""
    return load_library(find_schedules())


@cache
def text_of(file: str) -> str:
    """A file of schedules/, read once."""
    return (find_schedules() / file).read_text(encoding="utf-8")


def prepare() -> None:
    """Reads all that the verdicts need, before the work is divided among processes."""
    for path in sorted(find_schedules().rglob("*.toml")):
        text_of(path.relative_to(find_schedules()).as_posix())
    shipped(), second(), checks_of(), _texts(), typed_cases()
    # A case that fails without any wrong digit would notice every one of them.
    assert not [check.id for check in worked_checks() if check.differences(shipped())]
    for _ in range(2):
        failing = differing_plan(replace(shipped()))
        assert not failing, f"fails without any change: {failing}"


@cache
def second() -> Second:
    """The second transcription."""
    return second_transcription()


@cache
def checks_of() -> dict[str, tuple[WorkedCheck, ...]]:
    """The worked checks that read a file of schedules/, by its path."""
    found: dict[str, list[WorkedCheck]] = defaultdict(list)
    for check in worked_checks():
        for file in {file for subject in check.subjects for file in _files_of(subject)}:
            found[file].append(check)
    # Looking something up costs least, a dose of four weeks less than four cycles.
    return {file: tuple(sorted(checks, key=_cost)) for file, checks in found.items()}


def _cost(check: WorkedCheck) -> int:
    kind = check.id.partition("/")[2].partition("-")[0]
    return ("told", "packs", "shelf", "printed", "limit", "near", "statement", "table", "interval", "case").index(kind)


def _files_of(subject: str) -> set[str]:
    library = shipped()
    if subject.startswith("drug "):
        return {f"drugs/{subject.removeprefix('drug ')}.toml"}
    if subject in library.dose_tables:
        return {f"dose_tables/{subject}.toml"}
    files = {f"radiotherapy/{subject}.toml"} if subject in library.radiotherapy else set()
    if subject in library.regimens:
        files.add(f"regimens/{subject}.toml")
        for part in library.regimens[subject].parts:
            for order in (order for phase in part.phases for order in phase.orders):
                drug = library.drugs[order.drug]
                files.add(f"drugs/{drug.id}.toml")
                files |= {f"dose_tables/{table}.toml" for table in (drug.tablets.tables if drug.tablets else ())}
    return files


def verdict_on(mutant: Mutant, *, thorough: bool = True) -> Verdict:
    """Plants one mutant in memory and asks the loader, then the cases, then the transcription."""
    text = text_of(mutant.file)
    try:
        library = library_with(shipped(), mutant.file, mutant.planted(text))
    except LibraryError as error:
        return Verdict(mutant=mutant, by="loader", transcribed=True, seen_by=error.reason)
    seen_by = noticed_by_a_case(library, mutant.file, mutant.planted(text), thorough=thorough)
    transcribed = not seen_by and bool(differences(library, second()))
    return Verdict(mutant=mutant, by="case" if seen_by else "nobody", transcribed=transcribed, seen_by=seen_by)


def noticed_by_a_case(library: Library, file: str, text: str, *, thorough: bool) -> str:
    """The first case that differs with this library, or "": the worked cases that read the file, then (`thorough`) those of
    other tests, which take seconds."""
    if file == "fields.toml":
        fields = read_fields(parse_toml(text.encode("utf-8"), name=file), file=file)
        if noticed := _typed_case(fields) or differing_field(fields):
            return noticed
    for check in _checks_for(library, file):
        if check.differences(library):
            return check.id
    return differing_plan(library, OTHERS.get(file, MODULES)) if thorough else ""


def _checks_for(library: Library, file: str) -> tuple[WorkedCheck, ...]:
    """The worked checks that a change of this file can reach. A decision reaches the cases that answer it
    and the regimens and drugs that ask it; a file
    at the top that is about one matter only the cases of that matter."""
    if "/" in file:
        return checks_of().get(file, ())
    if file != "decisions.toml":
        own = OWN_CASES.get(file, "")
        return tuple(sorted((check for check in worked_checks() if check.id.startswith(own)), key=_cost))
    changed = {key for key, item in shipped().decisions.items() if library.decisions.get(key) != item}
    asking = [path for path, text in _texts().items() if any(f'"{key}"' in text for key in changed)]
    answering = [check for check in worked_checks() if check.answers & changed]
    asked = (check for path in asking for check in checks_of().get(path, ()))
    return tuple(dict.fromkeys((*sorted(answering, key=_cost), *sorted(asked, key=_cost))))


@cache
def _texts() -> dict[str, str]:
    folder = find_schedules()
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.glob("*/*.toml")}


def _typed_case(fields: Fields) -> str:
    for case in typed_cases():
        said = answer(case.field, case.text, "nl_BE", today=TODAY, context=dict(case.context), fields=fields)
        if (said["verdict"], said["value"], said["reason"]) != (case.verdict, case.value, case.reason):
            return f"typed {case}"
    return ""
