"""One mark for each: days as ticks, plants and projects as dots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from brochure.draw import svg
from brochure.draw.lengths import tail
from brochure.draw.plot import BASE, GAP, ROW, TYPE, Sheet
from brochure.model.series import Item

MOST, CLOSE = 4.2, 2.6  # mm from disc to disc and from tick to tick where there is room
LANE, BESIDE = 6.0, 5.0  # mm between lanes, and behind a column of words
DOT, SMALL = 2.7, 0.9  # mm, diameters
MIDDLE = svg.pt(TYPE) * 0.35


@dataclass(frozen=True)
class Lane:
    """A column of rows, mm: its left edge, where its labels and its marks begin, the step from mark to mark."""

    left: float
    label: float
    marks: float
    step: float


def marks(sheet: Sheet) -> list[str]:
    """A row for each, in lanes. All rows of all lanes begin at nought and have one step."""
    count = -(-len(sheet.items) // sheet.chart.lanes)
    lanes = [sheet.items[i : i + count] for i in range(0, len(sheet.items), count)]
    group = _column(sheet, [sheet.labels.get(item.group, "") for item in sheet.items], 600)
    label = _column(sheet, [sheet.label(item) for item in sheet.items], 600 if not group else 400)
    each = (sheet.width - LANE * (sheet.chart.lanes - 1)) / sheet.chart.lanes
    step = _step(sheet, sheet.room(sheet.width - each + group + label, "labels"))
    body: list[str] = []
    for index, rows in enumerate(lanes):
        left = index * (each + LANE)
        body += _lane(sheet, rows, Lane(left, left + group, left + group + label, step))
    return body


def _column(sheet: Sheet, words: list[str], weight: int) -> float:
    return max(sheet.wide(said, weight) for said in words) + BESIDE if any(words) else 0.0


def _step(sheet: Sheet, room: float) -> float:
    """mm from mark to mark, so that each row has room for its figure as well."""
    steps = [MOST if sheet.chart.mark == "disc" else CLOSE]
    for item in sheet.items:
        said = sheet.wide(_figure(sheet, item), 600) + tail(item) + GAP
        steps.append((room - said) / float(item.high or 1))
    return max(min(steps), 0.1)


def _figure(sheet: Sheet, item: Item) -> str:
    """What stands behind the marks: nothing for a count of a few, which an eye counts by itself."""
    return "" if sheet.chart.count and (item.high or 0) <= 4 else sheet.figure(item)


def _lane(sheet: Sheet, rows: tuple[Item, ...], lane: Lane) -> Iterator[str]:
    y = ROW * BASE
    for before, item in pairwise([None, *rows]):
        assert item is not None
        y += ROW if before and before.group != item.group else 0.0
        if item.group and (before is None or before.group != item.group):
            yield sheet.text((lane.left, y), sheet.labels[item.group], weight=600)
        grouped = "small" if item.group else "words"
        yield sheet.text((lane.label, y), sheet.label(item), grouped, 600 if item.look == "accent" else 400)
        yield from _row(sheet, item, lane, y)
        y += ROW


def _row(sheet: Sheet, item: Item, lane: Lane, y: float) -> Iterator[str]:
    most = int(item.high or 0)
    xs = [lane.marks + (i + 0.5) * lane.step for i in range(most)]
    middle = y - MIDDLE
    draw = _ticks if sheet.chart.mark == "tick" and item.look != "quiet" else _dots
    yield from draw(sheet, item, xs, middle, lane.step)
    end = lane.marks + most * lane.step
    if item.bound in ("more than", "at least"):
        yield svg.dots([(end + 0.6 + i, middle) for i in range(3)], 0.5, sheet.paint("edge"))
        end += 3.0
    if said := _figure(sheet, item):
        yield sheet.text((end + GAP * 0.8, y), said, "words" if item.known else "small", 600 if item.known else 400)


def _ticks(sheet: Sheet, item: Item, xs: list[float], middle: float, _step: float) -> Iterator[str]:
    """Heavy ticks; a range's last ones are short; open ones for what is planned."""
    colour = sheet.paint("accent" if item.look == "accent" else "solid")
    if item.planned:
        yield svg.group([svg.rect(x - 0.4, middle - 1.4, 0.8, 2.8, **svg.stroke(sheet.paint("edge"), 0.4)) for x in xs])
        return
    ticks = []
    for i, x in enumerate(xs):
        reach = 1.6 if _sure(item, i) else 0.6
        heavy = {**svg.stroke(colour, 2.0), "stroke_linecap": "butt"}
        ticks.append(svg.line((x, middle - reach), (x, middle + reach), **heavy))
    yield svg.group(ticks)


def _dots(sheet: Sheet, item: Item, xs: list[float], middle: float, step: float) -> Iterator[str]:
    """Discs; rings for what is planned, uncertain or shared with others. Quiet ones are one row of small dots."""
    if item.look == "quiet":
        yield svg.dots([(x, middle) for x in xs], SMALL, sheet.paint("quiet"))
        return
    colour = sheet.paint("accent" if item.look == "accent" else "solid")
    size = min(DOT * (1.15 if item.look == "accent" else 1.0), step * 0.74)
    alone = len(xs) - item.shared
    for i, x in enumerate(xs):
        if item.planned or not _sure(item, i) or i >= alone:
            edge = svg.stroke(colour, 0.9)
            yield svg.circle((x, middle), size / 2 - svg.pt(0.45), fill=sheet.paint("ground"), **edge)
        else:
            yield svg.circle((x, middle), size / 2, fill=colour)


def _sure(item: Item, index: int) -> bool:
    """Whether a mark certainly belongs to the figure."""
    if item.bound in ("up to", "about", "almost"):
        return False
    return item.low is None or index < item.low
