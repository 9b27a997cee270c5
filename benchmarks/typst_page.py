"""The same calendar page as a Typst source: same words, sizes, fonts, marks, shading and square for the scanner."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import segno

from mbc_desktop.documents.blocks import Day, Document, Mark, Month, Week
from mbc_desktop.texts.texts import NO_BREAK_SPACE

FAMILY = "MBC Sans"
_SHAPES = """\
#let blue = rgb(18, 77, 153)
#let teal = rgb(0, 102, 107)
#let purple = rgb(92, 41, 133)
#let orange = rgb(184, 84, 0)
#let red = rgb(179, 18, 26)
#let grey = rgb(84, 84, 84)
#let side = 10.5pt
#let at(..points) = points.pos().map(p => (p.at(0) * side, p.at(1) * side))
#let mark(body) = box(width: side, height: side, baseline: 1.4pt, body)
#let injection = mark({
  place(line(start: (5%, 95%), end: (33%, 67%), stroke: 0.9pt + blue))
  place(polygon(fill: blue, ..at((0.24, 0.60), (0.40, 0.76), (0.78, 0.38), (0.62, 0.22))))
  place(line(start: (70%, 30%), end: (88%, 12%), stroke: 0.9pt + blue))
  place(line(start: (78%, 2%), end: (98%, 22%), stroke: 0.9pt + blue))
})
#let infusion = mark({
  place(dx: 22%, dy: 8%, rect(width: 56%, height: 58%, radius: 1pt, stroke: 0.8pt + teal))
  place(dx: 22%, dy: 32%, rect(width: 56%, height: 30%, fill: teal))
  place(line(start: (50%, 66%), end: (50%, 96%), stroke: 0.8pt + teal))
})
#let tablet = mark(place(dx: 7%, dy: 7%, circle(radius: 0.43 * side, stroke: 1pt + purple)))
#let rest = mark({
  place(dx: 20%, dy: 10%, rect(width: 20%, height: 80%, fill: grey))
  place(dx: 60%, dy: 10%, rect(width: 20%, height: 80%, fill: grey))
})
#let radiotherapy = mark({
  place(dx: 29%, dy: 29%, circle(radius: 0.21 * side, fill: orange))
  for ray in range(8) {
    let angle = ray * 45deg
    let (x, y) = (calc.cos(angle), calc.sin(angle))
    place(line(
      start: (50% + 32% * x, 50% + 32% * y), end: (50% + 46% * x, 50% + 46% * y), stroke: 0.9pt + orange,
    ))
  }
})
#let blood = mark(place(curve(
  fill: red,
  curve.move((50%, 2%)),
  curve.cubic((58%, 24%), (84%, 44%), (84%, 66%)),
  curve.cubic((84%, 85%), (69%, 98%), (50%, 98%)),
  curve.cubic((31%, 98%), (16%, 85%), (16%, 66%)),
  curve.cubic((16%, 44%), (42%, 24%), (50%, 2%)),
)))
#let check = mark(place(polygon(fill: grey, ..at((0.5, 0.02), (0.98, 0.5), (0.5, 0.98), (0.02, 0.5)))))
"""


def typst_source(document: Document) -> str:
    """The page of a document that holds one month."""
    (month,) = (block for block in document.blocks if isinstance(block, Month))
    return "\n".join([*_page(document), *_grid(month), *_legend(month)])


def _page(document: Document) -> Iterator[str]:
    frame = document.frame
    yield _SHAPES
    yield f"#set document(title: {_text(document.name)}, date: none)"
    yield f'#set text(font: "{FAMILY}", size: 12pt, lang: "{document.language}", hyphenate: false)'
    yield "#set par(leading: 0.35em, spacing: 0.35em)"
    identity = _text("   ·   ".join(frame.identity))
    number = _text(f"   ·   {frame.page.replace('{page}', '1').replace('{pages}', '1')}")
    notes = _text("   ·   ".join(("", *frame.marks)))
    calls = "linebreak()".join(f"text(weight: 700, {_text(call)});" for call in frame.calls)
    yield "#let scanner = image(bytes(" + _text(_square(frame.code)) + '), format: "svg", width: 27pt)'
    yield '#set page(paper: "a4", flipped: true, margin: (x: 18pt, top: 40pt, bottom: 52pt), header-ascent: 8pt,'
    yield "  footer-descent: 4pt,"
    yield f"  header: [#text(weight: 700, {identity}) #h(1fr) #text(size: 9pt)[*#{_text(document.name)}*#{number}] #v(-4pt) "
    yield "    #line(length: 100%, stroke: 0.9pt + grey)],"
    yield "  footer: [#line(length: 100%, stroke: 0.6pt + grey) #v(-6pt) #grid(columns: (1fr, 27pt), {" + calls
    yield f"    linebreak(); text(size: 9pt)[*#{_text('  '.join(frame.rules))}*#{notes}]" + "}, scanner)])"


def _grid(month: Month) -> Iterator[str]:
    yield f"#text(size: 20pt, weight: 700, {_text(month.title)})"
    yield "#let day(number, note, ..marks) = { text(size: 15pt, weight: 700, number); h(5pt); text(size: 9.5pt, note); "
    yield "  marks.pos().join() }"
    rows = ", ".join(["auto", *["1fr"] * len(month.weeks)])
    yield f"#block(height: 1fr, table(columns: (18pt, ..(1fr,) * 7), rows: ({rows}), inset: 2.5pt, align: top + left,"
    yield "  stroke: (x, y) => if x > 0 and y > 0 { 0.7pt + luma(150) },"
    yield f"  text(size: 9pt, fill: grey, {_text(month.week_label)}), "
    yield "  " + ", ".join(f"align(center, text(weight: 700, {_text(name)}))" for name in month.weekdays) + ","
    for week in month.weeks:
        yield "  " + ", ".join(_week(week)) + ","
    yield "))"


def _week(week: Week) -> Iterator[str]:
    yield f"align(center, text(size: 9pt, fill: grey, {_text(week.label)}))"
    for weekday, day in enumerate(week.days):
        yield _cell(day, weekday) if day else "[]"


def _cell(day: Day, weekday: int) -> str:
    marks = "".join(f", {_mark(mark)}" for mark in day.marks)
    shade = "luma(235)" if day.closed else "luma(245)" if weekday > 4 else "none"
    return f"table.cell(fill: {shade}, day({_text(str(day.date.day))}, {_text(day.note)}{marks}))"


def _mark(mark: Mark) -> str:
    lead = f"*#{_text(mark.lead)}* " if mark.lead else ""
    detail = mark.detail.replace(" ", NO_BREAK_SPACE)
    words = f"{mark.name} {detail}" if detail else mark.name
    return f"par(hanging-indent: 12.5pt, [#{mark.shape}#h(2pt){lead}#{_text(words)}])"


def _legend(month: Month) -> Iterator[str]:
    for entry in month.legend:
        name = f"*#{_text(f'{entry.name}: ')}*" if entry.name else ""
        yield f"#box[#{entry.shape} {name}#{_text(entry.text)}] #h(16pt)"


def _text(words: str) -> str:
    """A string of Typst: whatever it holds is text."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _square(code: str) -> str:
    target = BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(target, kind="svg", border=0, xmldecl=False, svgns=True)
    return target.getvalue().decode()
