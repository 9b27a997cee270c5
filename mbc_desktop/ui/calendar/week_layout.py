"""Where bands and items of one week lie. Bands keep a lane through the week; items stand below, with dose if there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect

from mbc_desktop.ui.calendar.day_items import Band, DayContents, DayItem
from mbc_desktop.ui.calendar.day_text import Wording, band_texts, item_wording
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.words import Words

MARGIN, BETWEEN_MARKS = 2, 4
BAND = 5
"""What a band of tablets takes beyond its text: two pixels of its own line, one above it, two between bands."""


class BandRun(NamedTuple):
    """One band inside one week, with its text; `starts` and `ends` tell whether its first and last day are in this week."""

    rect: QRect
    band: Band
    text: str
    starts: bool
    ends: bool


class Pill(NamedTuple):
    """One item with the lines of its text; the first `names` lines are its name."""

    rect: QRect
    item: DayItem
    lines: tuple[str, ...]
    names: int


class Left(NamedTuple):
    """Items for whose words there was no room, and in how many rows their shapes may stand."""

    items: tuple[DayItem, ...]
    rows: int


class WeekLayout:
    """All that is drawn in one week; `more` holds the items of a day for whose words there was no room."""

    __slots__ = ("more", "pills", "runs")

    def __init__(self) -> None:
        self.runs: list[BandRun] = []
        self.pills: dict[date, list[Pill]] = {}
        self.more: dict[date, Left] = {}


def lay_out_week(
    week: Sequence[tuple[date, QRect]], days: Mapping[date, DayContents], fit: TextFit, words: Words, *, top: int
) -> WeekLayout:
    """Lays out seven days; `top` is the height that the day's number takes."""
    layout = WeekLayout()
    lanes = _lanes(week, days)
    lane_height = fit.line_height + BAND
    for number, key in enumerate(lanes):
        layout.runs += _runs(week, days, key, top + number * lane_height, lane_height - 2, fit, words)
    for day, rect in week:
        contents = days.get(day)
        if contents is not None and contents.items:
            used = _lanes_of(contents, lanes)
            area = rect.adjusted(MARGIN, top + used * lane_height, -MARGIN - 1, -MARGIN)
            layout.pills[day], layout.more[day] = _pills(contents.items, area, fit, words)
    return layout


def needed_heights(
    week: Sequence[tuple[date, QRect]], days: Mapping[date, DayContents], fit: TextFit, words: Words, *, top: int
) -> tuple[int, int]:
    """The heights at which everything of a week fits: without doses, and with them."""
    lanes = _lanes(week, days)
    short = full = 0
    for day, rect in week:
        contents = days.get(day)
        if contents is None:
            continue
        used = top + _lanes_of(contents, lanes) * (fit.line_height + BAND)
        short, full = max(short, used), max(full, used)
        if contents.items:
            wordings = [item_wording(words, item) for item in contents.items]
            area = QRect(0, used, rect.width() - 2 * MARGIN - 1, 0)
            short = max(short, _stack(contents.items, wordings, area, fit, [False] * len(wordings))[-1].rect.bottom() + MARGIN)
            full = max(full, _stack(contents.items, wordings, area, fit, [True] * len(wordings))[-1].rect.bottom() + MARGIN)
    return short + 2, full + 2


def _lanes_of(contents: DayContents, lanes: list[tuple[str, str]]) -> int:
    return max((lanes.index((band.course, band.subject)) + 1 for band in contents.bands), default=0)


def _lanes(week: Sequence[tuple[date, QRect]], days: Mapping[date, DayContents]) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], int] = {}
    for day, _ in week:
        for band in days[day].bands if day in days else ():
            found[band.course, band.subject] = band.tone
    return sorted(found, key=lambda key: found[key])


def _runs(
    week: Sequence[tuple[date, QRect]],
    days: Mapping[date, DayContents],
    key: tuple[str, str],
    top: int,
    height: int,
    fit: TextFit,
    words: Words,
) -> list[BandRun]:
    spans: list[tuple[Band, list[tuple[date, QRect]]]] = []
    for day, rect in week:
        for band in days[day].bands if day in days else ():
            if (band.course, band.subject) != key:
                continue
            if spans and spans[-1][0] == band:
                spans[-1][1].append((day, rect))
            else:
                spans.append((band, [(day, rect)]))
    return [_run(band, cells, top, height, fit, words) for band, cells in spans]


def _run(band: Band, cells: list[tuple[date, QRect]], top: int, height: int, fit: TextFit, words: Words) -> BandRun:
    starts, ends = cells[0][0] == band.first, cells[-1][0] == band.last and not band.open
    left = cells[0][1].left() + (MARGIN if starts else 0)
    right = cells[-1][1].right() - (MARGIN if ends else -1)
    rect = QRect(left, cells[0][1].top() + top, right - left, height)
    candidates = band_texts(words, band)
    text = next((one for one in candidates if fit.width(one) <= rect.width() - fit.indent), candidates[-1])
    return BandRun(rect, band, text, starts, ends)


def _pills(items: Sequence[DayItem], area: QRect, fit: TextFit, words: Words) -> tuple[list[Pill], Left]:
    """The pills that fit, as many as possible with their doses, the first ones first; and the items that are left over."""
    wordings = [item_wording(words, item) for item in items]
    detailed: list[bool] = [False] * len(items)
    pills = _stack(items, wordings, area, fit, detailed)
    if pills[-1].rect.bottom() > area.bottom():
        kept = [pill for pill in pills if pill.rect.bottom() <= area.bottom() - fit.mark - BETWEEN_MARKS]
        free = area.bottom() - (kept[-1].rect.bottom() if kept else area.top())
        return kept, Left(tuple(items[len(kept) :]), max(1, free // (fit.mark + BETWEEN_MARKS)))
    for number in range(len(items)):
        tried = [*detailed[:number], True, *detailed[number + 1 :]]
        fuller = _stack(items, wordings, area, fit, tried)
        if fuller[-1].rect.bottom() <= area.bottom():
            pills, detailed = fuller, tried
    return pills, Left((), 0)


def _stack(
    items: Sequence[DayItem], wordings: Sequence[Wording], area: QRect, fit: TextFit, detailed: Sequence[bool]
) -> list[Pill]:
    pills: list[Pill] = []
    top = area.top()
    for item, wording, with_detail in zip(items, wordings, detailed, strict=True):
        width = area.width() - fit.indent - 2
        lines = fit.wrap(wording.name, width)
        names = len(lines)
        if with_detail and wording.detail:
            joined = f"{lines[-1]} {wording.detail}"
            lines = (*lines[:-1], joined) if fit.width(joined) <= width else (*lines, *fit.wrap(wording.detail, width))
        height = len(lines) * fit.line_height + 2
        pills.append(Pill(QRect(area.left(), top, area.width(), height), item, lines, names))
        top += height + 1
    return pills
