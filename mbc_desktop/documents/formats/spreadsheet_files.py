"""The plan for spreadsheets: CSV as a Belgian spreadsheet reads it (semicolons, decimal comma), and XLSX with real numbers
and days. A text never becomes a formula."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.documents.formats.export_rows import Cell, Row, export_rows
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, plain_date

_FORMULA = frozenset("=+-@\t\r\n|%")
_DAY = "dd/mm/yyyy"
_WIDEST = 48
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def csv_file(plan: Plan, library: Library, texts: Texts) -> bytes:
    """The rows of the plan, UTF-8 with a mark of its order, semicolons between cells, decimal commas whatever the language: the
    file is for spreadsheets of this country. The same input gives the same bytes."""
    lines = (";".join(_csv_cell(cell) for cell in row) for row in export_rows(plan, library, texts))
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def xlsx_file(plan: Plan, library: Library, site: Site, texts: Texts) -> bytes:
    """A workbook: the plan as a table, and a sheet that says whose plan it is and from which data it was made. The same input
    gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "mbc_desktop"
    moment = datetime.combine(plan.request.today, datetime.min.time())
    book.properties.created = book.properties.modified = moment
    table = book.worksheets[0]
    table.title = texts.word("export.sheet.plan")
    _fill(table, export_rows(plan, library, texts))
    about = book.create_sheet(texts.word("export.sheet.about"))
    _fill(about, _about(plan, library, site, texts))
    target = io.BytesIO()
    book.save(target)
    return _without_clock(target.getvalue(), moment)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula or a command: by its first sign, wide forms of it included."""
    first = unicodedata.normalize("NFKC", text.lstrip())[:1] if text.strip() else text[:1]
    return first in _FORMULA if first else False


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return plain_date(cell)
        case int() | Decimal():
            return decimal_text(Decimal(cell)).replace(".", ",")
        case text:
            shown = _visible(f"'{text}" if is_formula(text) else text)
            # Quotes around every text: a separator inside it stays what it is.
            return '"' + shown.replace('"', '""') + '"'


def _visible(text: str) -> str:
    """The text in one line; a control character, which no spreadsheet may hold, is seen as a replaced one."""
    line = " ".join(text.split("\n")).replace("\r", " ").replace("\t", " ")
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in line)


def _about(plan: Plan, library: Library, site: Site, texts: Texts) -> Iterable[Row]:
    patient = plan.request.patient
    yield texts.word("export.about.family_name"), patient.family_name
    yield texts.word("export.about.given_name"), patient.given_name
    yield texts.word("export.about.birth_date"), patient.birth_date
    yield texts.word("export.about.number"), patient.number
    yield texts.word("export.about.hospital"), site.name
    yield texts.word("export.about.made_on"), plan.request.today
    yield texts.word("export.about.valid_until"), plan.request.horizon
    yield texts.word("export.about.code"), plan.code
    yield texts.word("export.about.fingerprint"), plan.fingerprint
    yield texts.word("export.about.library"), f"{plan.library_version} ({library.fingerprint[:12]})"
    yield texts.word("export.about.rule"), texts.word("sheet.valid")


def _fill(sheet: object, rows: Iterable[Row]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    if not isinstance(sheet, Worksheet):
        raise TypeError("not a sheet of cells")
    widths: dict[int, int] = {}
    for row_number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = sheet.cell(row=row_number, column=column)
            # A text is set as text whatever it begins with; the sign of a quote tells a spreadsheet to leave it alone.
            if isinstance(value, str):
                cell.value = _visible(value)
                cell.data_type = "s"
                cell.quotePrefix = is_formula(value)
            else:
                cell.value = value
            if isinstance(value, date):
                cell.number_format = _DAY
            widths[column] = min(_WIDEST, max(widths.get(column, 6), len(str(value)) + 2))
        if row_number == 1:
            for cell in sheet[1]:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width


def _without_clock(content: bytes, moment: datetime) -> bytes:
    """The same archive with one time for all its members, and the day of the plan as the day of its last change."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as same:
        for name in sorted(made.namelist()):
            data = made.read(name)
            if name == "docProps/core.xml":
                data = _core_properties(data, moment)
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            same.writestr(info, data)
    return target.getvalue()


def _core_properties(data: bytes, moment: datetime) -> bytes:
    """The writer stamps the moment of saving; the plan's own day takes its place."""
    stamp = f"{moment.isoformat()}Z".encode()
    return re.sub(rb'(<dcterms:modified xsi:type="dcterms:W3CDTF">)[^<]*', rb"\g<1>" + stamp, data)
