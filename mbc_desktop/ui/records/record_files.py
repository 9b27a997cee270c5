"""The whole record of a patient into two files: the data, and the same on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.texts import Texts


def write_record(record: Any, folder: Path, texts: Texts) -> Path:
    """Writes JSON and PDF into a folder; gives the PDF. Raises StoreError (not_written)."""
    from mbc_desktop.documents.drawing.pdf import document_pdf
    from mbc_desktop.documents.sheets.record_sheet import compose_record
    from mbc_desktop.records.store_error import StoreError

    number = record["patient"]["number"]
    sheet = folder / f"{number}-record.pdf"
    try:
        write_file_safely(folder / f"{number}-record.json", (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
        write_file_safely(sheet, document_pdf(compose_record(record, texts)))
    except OSError as error:
        raise StoreError("not_written", file=folder.name, reason=disk_reason(error)) from error
    return sheet
