"""One figure over the years: columns from nought, each at its year; years without a figure stay empty."""

from __future__ import annotations

import itertools

from brochure.draw import svg
from brochure.draw.lengths import standing, tail
from brochure.draw.plot import GAP, ROW, TYPE, Sheet

WIDEST = 9.0  # mm
ABOVE = svg.pt(TYPE) + 1.0  # mm for the figure above a column


def columns(sheet: Sheet) -> list[str]:
    """A column for each year that has a figure, the figure above it, the years along the floor."""
    first, last = min(item.year for item in sheet.items), max(item.year for item in sheet.items)
    step = sheet.width / (last - first + 1)
    floor = sheet.height - ROW
    open_ends = max(tail(item) for item in sheet.items)
    most = float(max(item.reach for item in sheet.items)) or 1.0
    scale = (floor - ABOVE - open_ends) / most
    widest = max(sheet.studio.width(sheet.figure(item), TYPE, 500) for item in sheet.items)
    years = sorted(item.year for item in sheet.items)
    if widest + GAP / 2 > step * min((b - a for a, b in itertools.pairwise(years)), default=1):
        raise sheet.crowded("figures")
    body = [svg.line((0, floor), (sheet.width, floor), **svg.stroke(sheet.paint("edge"), 0.5))]
    for item in sheet.items:
        x = (item.year - first + 0.5) * step
        top = floor - float(item.high or 0) * scale - tail(item)
        body += standing(sheet, item, (x, floor), min(step * 0.62, WIDEST), scale)
        body.append(sheet.text((x, top - 1.2), sheet.figure(item), weight=500, anchor="middle"))
    return [*body, *_years(sheet, first, last, step)]


def _years(sheet: Sheet, first: int, last: int, step: float) -> list[str]:
    """The years below the floor: all of them where there is room, else those with a column."""
    shown = {item.year for item in sheet.items}
    all_of_them = sheet.wide("0000") + GAP < step
    return [
        sheet.text(
            ((year - first + 0.5) * step, sheet.height - ROW * 0.2),
            str(year),
            "words" if year in shown else "small",
            anchor="middle",
        )
        for year in range(first, last + 1)
        if all_of_them or year in shown
    ]
