"""Reading and writing approvals.toml, which stands beside the hospital's site.toml."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter
from typing_extensions import override

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.regimen.approval import Approval
from mbc_desktop.regimen.clinical_lines import ClinicalLine
from mbc_desktop.regimen.record_file import Day, FileTable, Id, Text, read_table
from mbc_desktop.regimen.toml_text import parse_toml, read_bytes

NAME = "approvals.toml"
_BETWEEN = " / "
_HEAD = """\
# What this hospital has approved. `mbc-desktop library approve ID --site site.toml --by NAME` writes here;
# `mbc-desktop library approvals --site site.toml` tells what still holds. An approval is of one version and of the very
# bytes of the regimen and its drugs; `content` is what was approved, so that a later change can be told.
"""


class ApprovalTable(FileTable):
    """Each line of `content` is place = value, the steps of the place divided by " / "."""

    regimen: Id
    version: Text
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    by: Text
    on: Day
    content: list[str] = []

    @override
    def to_record(self) -> Approval:
        return Approval(
            regimen=self.regimen,
            version=self.version,
            sha256=self.sha256,
            by=self.by,
            on=self.on,
            content=tuple(_line(text) for text in self.content),
        )


class ApprovalsTable(FileTable):
    approvals: list[ApprovalTable] = []

    @override
    def to_record(self) -> tuple[Approval, ...]:
        return tuple(item.to_record() for item in self.approvals)


_APPROVALS = TypeAdapter(ApprovalsTable)


def read_approvals(folder: Path) -> tuple[Approval, ...]:
    """The approvals in a hospital's folder; none when it has no file of them. Raises LibraryError(file, place, reason)."""
    path = folder / NAME
    if not path.is_file():
        return ()
    content = read_bytes(path, inside=folder, name=NAME)
    approvals: tuple[Approval, ...] = read_table(_APPROVALS, parse_toml(content, name=NAME), file=NAME)
    return approvals


def write_approvals(folder: Path, approvals: tuple[Approval, ...]) -> None:
    """Writes all approvals anew, whole or not at all. Raises OSError."""
    write_file_safely(folder / NAME, (_HEAD + "".join(_written(item) for item in approvals)).encode())


def _written(item: Approval) -> str:
    # A JSON string is a TOML string.
    told = (f"{_BETWEEN.join(line.place)} = {line.value}" for line in item.content)
    lines = "".join(f"    {json.dumps(line, ensure_ascii=False)},\n" for line in told)
    pairs = (("regimen", item.regimen), ("version", item.version), ("sha256", item.sha256), ("by", item.by))
    head = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in pairs)
    return f"\n[[approvals]]\n{head}on = {item.on.isoformat()}\ncontent = [\n{lines}]\n"


def _line(text: str) -> ClinicalLine:
    place, _, value = text.partition(" = ")
    return ClinicalLine(place=tuple(place.split(_BETWEEN)), value=value)
