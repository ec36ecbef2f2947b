"""Dates along the years: a point for each, a bar as long as what isn't known of it, names as flags above."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.flags import Flag, hoisted
from brochure.draw.plot import GAP, Sheet
from brochure.draw.timeline import moment
from brochure.model.dates import PartialDate
from brochure.model.series import Item

POINT = 1.9  # mm, a diameter
FLOOR = 5.0  # mm below the axis, for the years
FOOT, TALL, BESIDE = 2.0, 9.0, 1.3  # mm from the axis to the lowest flag, of a flag, from its stem to its words


def dates(sheet: Sheet) -> list[str]:
    """The axis along the floor, a tick at the beginning of each year, the names as flags above their points."""
    first, last = _years(sheet)
    step, axis = sheet.width / (last - first + 1), sheet.height - FLOOR
    found = sorted((_spot(item, first, step), index) for index, item in enumerate(sheet.items))
    spots, known = [spot for spot, _ in found], [sheet.items[index] for _, index in found]
    flags = hoisted([(spot[1], _wide(sheet, item)) for spot, item in zip(spots, known, strict=True)], sheet.width)
    if flags is None or axis - FOOT - (max(flag.level for flag in flags) + 1) * TALL < 0:
        raise sheet.crowded("labels")
    body = list(_axis(sheet, first, last, step))
    for item, spot, flag in zip(known, spots, flags, strict=True):
        body += [*_flag(sheet, item, flag, axis), *_point(sheet, item, (spot[0], spot[2]), (spot[1], axis))]
    return body


def _axis(sheet: Sheet, first: int, last: int, step: float) -> Iterator[str]:
    """The years: each is named where there is room, else every fifth."""
    axis = sheet.height - FLOOR
    yield svg.line((0, axis), (sheet.width, axis), **svg.stroke(sheet.paint("edge"), 0.5))
    for year in range(first, last + 1):
        x = (year - first) * step
        yield svg.line((x, axis - 1.0), (x, axis + 1.0), **svg.stroke(sheet.paint("edge"), 0.35))
        if step > sheet.wide("0000") + GAP or (year - first) % 5 == 0:
            yield sheet.text((x + 0.8, axis + 3.6), str(year), "small")


def _wide(sheet: Sheet, item: Item) -> float:
    return max(sheet.wide(sheet.label(item), 600), sheet.wide(sheet.figure(item))) + BESIDE


def _flag(sheet: Sheet, item: Item, flag: Flag, axis: float) -> Iterator[str]:
    """The stem, and beside its top the name above the date."""
    top = axis - FOOT - (flag.level + 1) * TALL
    yield svg.line((flag.x, axis), (flag.x, top + 1.0), **svg.stroke(sheet.paint("edge"), 0.35))
    at, anchor = (flag.x - BESIDE, "end") if flag.left else (flag.x + BESIDE, "start")
    yield sheet.text((at, top + 3.0), sheet.label(item), weight=600, anchor=anchor)
    yield sheet.text((at, top + 3.0 + svg.pt(10.5)), sheet.figure(item), "small", anchor=anchor)


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
