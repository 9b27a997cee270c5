"""What the library holds: its list, one item of it, its unconfirmed numbers, its open questions, the guideline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mbc_desktop.library_verb.answer import Answer, aligned, indented, plain
from mbc_desktop.library_verb.page_lines import page_lines
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.findings.approved_content import approval_of
from mbc_desktop.planning.proposals.navigator import navigate
from mbc_desktop.planning.replay.decisions import decisions_of
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.grading import graded_records
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.guideline_words import guidance_lines, guideline_lines

KINDS = ("drugs", "regimens", "radiotherapy", "decisions")


def listed(library: Library, site: Site, *, kind: str | None, beyond: bool) -> Answer:
    """Every drug, regimen, radiotherapy course and decision; with `beyond` only what the guideline does not name."""
    rows: list[dict[str, str]] = []
    for drug in library.drugs.values():
        rows.append({"kind": "drugs", "id": drug.id, "name": drug.inn.en, "words": ", ".join(drug.brands), "status": drug.status})
    for regimen in library.regimens.values():
        words = f"chapter {regimen.section}" if regimen.section else "not in the guideline"
        state = approval_of(site.approvals, library, regimen)[0] if site.approvals else regimen.status
        rows.append({"kind": "regimens", "id": regimen.id, "name": ", ".join(drugs_of(regimen)), "words": words, "status": state})
    for scheme in library.radiotherapy.values():
        regions = ", ".join(rule.region for rule in scheme.regions)
        rows.append({"kind": "radiotherapy", "id": scheme.id, "name": regions, "words": scheme.pattern, "status": scheme.status})
    for decision in library.decisions.values():
        options = " | ".join(decision.options) or "any text"
        rows.append({"kind": "decisions", "id": decision.key, "name": decision.id, "words": options, "status": decision.state})
    outside = {id for id, regimen in library.regimens.items() if not regimen.section}
    rows = [row for row in rows if kind is None or row["kind"] == kind]
    rows = [row for row in rows if not beyond or (row["kind"] == "regimens" and row["id"] in outside)]
    return Answer(lines=aligned([list(row.values()) for row in rows]), data=rows)


def shown(library: Library, site: Site, *, id: str, language: Language | None, pdf: Path | None, today: date) -> Answer:
    """Everything of that id: a drug and a regimen may share one. A regimen comes first as the page that a pharmacist reads;
    its data follow unless a language or a PDF was asked for."""
    found: dict[str, object] = {}
    for kind in (*KINDS, "sources"):
        item = getattr(library, kind).get(id)
        if item is not None:
            found[kind] = plain(item)
    if not found:
        raise LibraryError("library", "", f"holds no drug, regimen, course, decision or source {id}")
    lines: list[str] = []
    if id in library.regimens:
        lines += page_lines(id, library, site, language=language or "nl", pdf=pdf, today=today)
    if id not in library.regimens or (language is None and pdf is None):
        for kind, item in found.items():
            sha = library.hashes.get(f"{kind}/{id}.toml")
            lines += [f"{kind}/{id}", *(f"  {line}" for line in indented(item))]
            lines += [f"  sha256: {sha}"] if sha else []
    return Answer(lines=lines, data=found)


def unconfirmed(library: Library) -> Answer:
    """Every number that no source confirms yet, with its file and place."""
    rows = [
        {"file": f"{kind}/{id}.toml", "place": place or "-", "source": record.source}
        for kind in ("drugs", "regimens", "radiotherapy")
        for id, item in getattr(library, kind).items()
        for place, record in graded_records(item)
        if record.grade == "unconfirmed"
    ]
    others = (("decisions.toml", tuple(library.decisions.values())), ("support.toml", library.support))
    rows += [
        {"file": file, "place": getattr(record, "key", place), "source": record.source}
        for file, items in others
        for place, record in graded_records(items)
        if record.grade == "unconfirmed"
    ]
    return Answer(lines=aligned([list(row.values()) for row in rows]), data=rows)


def decisions(library: Library, site: Site, *, language: Language | None) -> Answer:
    """Every open question with its options, its answer and the regimens that depend on it."""
    answers = {answer.key: answer for answer in site.answers}
    texts = load_texts(language) if language else None
    needing: dict[str, list[str]] = {}
    for id, regimen in library.regimens.items():
        for key in decisions_of(regimen, library):
            needing.setdefault(key, []).append(id)
    rows: list[dict[str, str]] = []
    for decision in library.decisions.values():
        answer = answers.get(decision.key)
        row = {
            "id": decision.id,
            "key": decision.key,
            "state": _state(decision, answered=answer is not None),
            "answer": answer.value if answer else decision.preselected or "-",
            "by": " ".join(word for word in (answer.by, answer.on) if word) if answer else "",
            "options": " | ".join(decision.options) or "any text",
            "regimens": " ".join(needing.get(decision.key, ())),
        }
        if texts is not None:
            row["question"] = texts.word(f"decision.{decision.key}")
            row["reason"] = texts.word(f"decision_reason.{decision.key}")
        rows.append(row)
    if texts is None:
        return Answer(lines=aligned([list(row.values())[:6] for row in rows]), data=rows)
    return Answer(lines=[line for row in rows for line in _read_aloud(row)], data=rows)


def guideline(library: Library, site: Site, *, file: Path | None, language: Language, today: date) -> Answer:
    """The guideline itself, or its way for one patient."""
    names = {id: getattr(drug.inn, language) for id, drug in library.drugs.items()}
    texts = load_texts(language).with_drug_names(names)
    if library.guideline is None:
        return Answer(lines=[texts.word("guideline.none")], data=[])
    if file is None:
        return Answer(lines=list(guideline_lines(library.guideline, library, texts)), data=plain(library.guideline))
    request = read_treatment(file.read_text(encoding="utf-8"), today=today, library=library)
    found = navigate(request, library, site)
    return Answer(lines=list(guidance_lines(found, texts)), data=[plain(item) for item in found])


def _read_aloud(row: dict[str, str]) -> list[str]:
    lines = [f"{row['id']} {row['question']} ({row['key']})", f"  {row['reason']}"]
    lines += [f"  {'=' if row['answer'] == option else '-'} {option}" for option in row["options"].split(" | ")]
    lines.append(f"  {row['state']}: {row['answer']} {row['by']}".rstrip())
    return [*lines, *([f"  {row['regimens']}"] if row["regimens"] else [])]


def _state(decision: Decision, *, answered: bool) -> str:
    if answered:
        return "decided"
    return {"preselected": "preselected", "needs_choice": "needs a choice", "locked": "locked"}[decision.state]
