"""Dates along the years: a point for each, a bar as long as what isn't known of it, names that touch nothing."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import labels, svg
from brochure.draw.labels import Label, NoRoom, Placed
from brochure.draw.obstacles import Obstacles
from brochure.draw.plot import GAP, TYPE, Sheet
from brochure.draw.timeline import moment
from brochure.model.dates import PartialDate
from brochure.model.series import Item

POINT = 1.9  # mm, a diameter
FLOOR = 5.0  # mm below the axis, for the years


def dates(sheet: Sheet) -> list[str]:
    """The axis along the floor, a tick at the beginning of each year, the names above."""
    first, last = _years(sheet)
    step, axis = sheet.width / (last - first + 1), sheet.height - FLOOR
    spots = [_spot(item, first, step) for item in sheet.items]
    placed = _place(sheet, [(middle, axis) for _, middle, _ in spots], axis)
    body = [svg.line((0, axis), (sheet.width, axis), **svg.stroke(sheet.paint("edge"), 0.5))]
    for year in range(first, last + 1):
        x = (year - first) * step
        body.append(svg.line((x, axis - 1.0), (x, axis + 1.0), **svg.stroke(sheet.paint("edge"), 0.35)))
        if step > sheet.wide("0000") + GAP or (year - first) % 5 == 0:
            body.append(sheet.text((x + 0.8, axis + 3.6), str(year), "small"))
    for item, (start, middle, end) in zip(sheet.items, spots, strict=True):
        body += _point(sheet, item, (start, end), (middle, axis))
    for label in placed:
        body += _words(sheet, label)
    return body


def _years(sheet: Sheet) -> tuple[int, int]:
    ends = [end for item in sheet.items if item.when for end in item.when]
    return min(end.year for end in ends), max(end.year for end in ends)


def _spot(item: Item, first: int, step: float) -> tuple[float, float, float]:
    """Where a date begins, where its point stands and where it ends, mm."""
    assert item.when
    begin, end = item.when
    middle = (moment(begin) + moment(end)) / 2
    return (_edge(begin) - first) * step, (middle - first) * step, (_edge(end, True) - first) * step


def _edge(value: PartialDate, after: bool = False) -> float:
    """The first or last moment of a partial date, in years."""
    half = (value.last.toordinal() - value.first.toordinal() + 1) / 2 / 365.25
    return moment(value) + (half if after else -half)


def _point(sheet: Sheet, item: Item, span: tuple[float, float], at: svg.Point) -> Iterator[str]:
    """A disc; a ring for a beginning or a plan; a heavy line for as long as the date may lie in."""
    if span[1] - span[0] > POINT * 1.5:
        line = {**svg.stroke(sheet.paint("pale"), 2.4), "stroke_linecap": "butt"}
        yield svg.line((span[0] + 0.2, at[1]), (span[1] - 0.2, at[1]), **line)
    if item.planned or item.look == "open":
        yield svg.circle(at, POINT / 2 + 0.1, fill=sheet.paint("ground"), **svg.stroke(sheet.paint("edge"), 0.8))
    elif item.look == "accent":
        yield svg.circle(at, POINT * 0.8, fill=sheet.paint("accent"))
    else:
        yield svg.circle(at, POINT / 2, fill=sheet.paint("solid"))


def _place(sheet: Sheet, points: list[svg.Point], axis: float) -> tuple[Placed, ...]:
    """The names free of each other, of the axis and of the points."""
    wanted = [
        Label(sheet.label(item), at, TYPE, sheet.studio.text, 600, 2.2, mark=POINT / 2 + 0.4, under=sheet.figure(item))
        for item, at in zip(sheet.items, points, strict=True)
    ]
    taken = Obstacles(rects=[(0, axis - 1.4, sheet.width, sheet.height)])
    for at in points:
        taken.add_disc(at, POINT / 2)
    try:
        return labels.place(wanted, taken, (0, 0, sheet.width, sheet.height), sheet.studio.ruler)
    except NoRoom as error:
        raise sheet.crowded("labels") from error


def _words(sheet: Sheet, placed: Placed) -> Iterator[str]:
    if placed.leader:
        yield svg.line(*placed.leader, **svg.stroke(sheet.paint("edge"), 0.35))
    yield sheet.text(placed.at, placed.label.text, weight=600, anchor=placed.anchor)
    below = placed.at[0], placed.at[1] + svg.pt(labels.LEADING)
    yield sheet.text(below, placed.label.under, "small", anchor=placed.anchor)
