"""The same calendar page as HTML for WeasyPrint: same words, sizes, fonts, marks, shading and square for the scanner."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO
from pathlib import Path

import segno

from mbc_desktop.documents.blocks import Day, Document, Mark, Month, Week
from mbc_desktop.texts.texts import NO_BREAK_SPACE

_MARKS = {
    "injection": '<path d="M5 95 33 67M70 30 88 12M78 2 98 22" stroke="#124d99" stroke-width="9"/>'
    '<path d="M24 60 40 76 78 38 62 22Z" fill="#124d99"/>',
    "infusion": '<rect x="22" y="8" width="56" height="58" rx="10" fill="none" stroke="#00666b" stroke-width="8"/>'
    '<rect x="22" y="32" width="56" height="30" fill="#00666b"/><path d="M50 66V96" stroke="#00666b" stroke-width="8"/>',
    "tablet": '<circle cx="50" cy="50" r="43" fill="none" stroke="#5c2985" stroke-width="10"/>',
    "rest": '<rect x="20" y="10" width="20" height="80" fill="#545454"/>'
    '<rect x="60" y="10" width="20" height="80" fill="#545454"/>',
    "radiotherapy": '<circle cx="50" cy="50" r="21" fill="#b85400"/>'
    '<path d="M82 50H96M18 50H4M50 82V96M50 18V4M73 73 82 82M27 27 18 18M73 27 82 18M27 73 18 82" '
    'stroke="#b85400" stroke-width="9"/>',
    "blood": '<path d="M50 2C58 24 84 44 84 66 84 85 69 98 50 98 31 98 16 85 16 66 16 44 42 24 50 2Z" fill="#b3121a"/>',
    "check": '<path d="M50 2 98 50 50 98 2 50Z" fill="#545454"/>',
    "stop": '<path d="M29 0H71L100 29V71L71 100H29L0 71V29Z" fill="#b3121a"/>'
    '<rect x="20" y="41" width="60" height="18" fill="#fff"/>',
}
_STYLE = """
@font-face { font-family: Mbc; font-weight: 400; src: url(%(regular)s); }
@font-face { font-family: Mbc; font-weight: 700; src: url(%(bold)s); }
@page { size: A4 landscape; margin: 40pt 18pt 52pt; @top-left { content: element(head); width: 100%%; }
  @bottom-left { content: element(foot); width: 100%%; } }
body { font: 12pt/1.19 Mbc; margin: 0; } h1 { font-size: 20pt; margin: 0; }
header { position: running(head); border-bottom: .9pt solid #545454; } footer { position: running(foot); font-size: 9pt; }
header span { float: right; font-size: 9pt; } footer b { font-size: 12pt; display: block; }
footer img { float: right; width: 27pt; }
table { table-layout: fixed; width: 100%%; border-collapse: collapse; } th { font-weight: 700; }
.week { width: 18pt; font-size: 9pt; }
td { border: .7pt solid #969696; padding: 2.5pt; vertical-align: top; height: 46pt; } td.week { border: 0; }
.closed { background: #ebebeb; } .weekend { background: #f5f5f5; } .number { font-size: 15pt; font-weight: 700; }
.note { font-size: 9.5pt; } p { margin: 0 0 0 12.5pt; text-indent: -12.5pt; } img.mark { width: 10.5pt; height: 10.5pt; }
li { display: inline-block; margin-right: 16pt; } ul { margin: 6pt 0 0; padding: 0; }
"""


def weasy_source(document: Document) -> str:
    """The page of a document that holds one month."""
    (month,) = (block for block in document.blocks if isinstance(block, Month))
    return "".join([*_frame(document), *_grid(month), *_legend(month)])


def weasy_printer(fonts: Path) -> Callable[[str], bytes]:
    """Prints a source; fonts and style are read once, as a program that prints many pages would."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts_known = FontConfiguration()
    places = {"regular": (fonts / "MbcSans-Regular.ttf").as_uri(), "bold": (fonts / "MbcSans-Bold.ttf").as_uri()}
    style = CSS(string=_STYLE % places, font_config=fonts_known)

    def print_page(source: str) -> bytes:
        content: bytes = HTML(string=source).write_pdf(stylesheets=[style], font_config=fonts_known)
        return content

    return print_page


def _frame(document: Document) -> Iterator[str]:
    frame = document.frame
    yield f'<html lang="{document.language}"><title>{escape(document.name)}</title><header><b>'
    page = frame.page.replace("{page}", "1").replace("{pages}", "1")
    yield f"{escape('   ·   '.join(frame.identity))}</b><span><b>{escape(document.name)}</b>   ·   {escape(page)}</span></header>"
    calls = "".join(f"<b>{escape(call)}</b>" for call in frame.calls)
    notes = escape("   ·   ".join(("  ".join(frame.rules), *frame.marks)))
    yield f'<footer><img src="{_square(frame.code)}">{calls}{notes}</footer>'


def _grid(month: Month) -> Iterator[str]:
    yield f'<h1>{escape(month.title)}</h1><table><tr><th class="week">{escape(month.week_label)}</th>'
    yield "".join(f"<th>{escape(name)}</th>" for name in month.weekdays)
    for week in month.weeks:
        yield f'</tr><tr><td class="week">{escape(week.label)}</td>{"".join(_days(week))}'
    yield "</tr></table>"


def _days(week: Week) -> Iterator[str]:
    for weekday, day in enumerate(week.days):
        shade = "closed" if day and day.closed else "weekend" if weekday > 4 else ""
        yield f'<td class="{shade}">{_day(day) if day else ""}</td>'


def _day(day: Day) -> str:
    marks = "".join(f"<p>{_mark(mark)}</p>" for mark in day.marks)
    return f'<span class="number">{day.date.day}</span> <span class="note">{escape(day.note)}</span>{marks}'


def _mark(mark: Mark) -> str:
    lead = f"<b>{escape(mark.lead)}</b> " if mark.lead else ""
    detail = mark.detail.replace(" ", NO_BREAK_SPACE)
    return f"{_image(mark.shape)} {lead}{escape(f'{mark.name} {detail}'.strip())}"


def _legend(month: Month) -> Iterator[str]:
    yield "<ul>"
    for entry in month.legend:
        name = f"<b>{escape(entry.name)}: </b>" if entry.name else ""
        yield f"<li>{_image(entry.shape)} {name}{escape(entry.text)}</li>"
    yield "</ul>"


def _image(shape: str) -> str:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{_MARKS[shape]}</svg>'
    return f'<img class="mark" src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}">'


def _square(code: str) -> str:
    target = BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(target, kind="svg", border=0, xmldecl=False, svgns=True)
    return f"data:image/svg+xml;base64,{b64encode(target.getvalue()).decode()}"
