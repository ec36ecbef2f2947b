"""Rates below the ordinary ones as fields: as high as the rates, as wide as the years for which they hold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from brochure.draw import svg
from brochure.draw.plot import TYPE, Sheet
from brochure.model.series import Item

YEAR, WIDE = 6.6, 31.25  # mm: a year, and the width of a field without a term
ABOVE, BELOW = 6.0, 18.6  # mm above the tallest field, and below the floor
STEP, AIR = 15.0833, 4.0  # mm: fields begin on columns of the page's grid, with air between them
FIGURE, UNIT, HEAD = 28.0, 12.5, 9.25  # pt
ROOM = 17.0  # mm that a large rate and its words take
INSET = 2.0  # mm from a field's edge to the words in it


@dataclass(frozen=True)
class Field:
    """A rate on the sheet, mm: its left edge and width, and the heights of nought, the rate and the ordinary one."""

    item: Item
    beside: Item
    left: float
    wide: float
    floor: float
    level: float
    ceiling: float


def fields(sheet: Sheet) -> list[str]:
    """The fields side by side on one floor, to one scale."""
    body: list[str] = []
    for field in _fields(sheet):
        body += [*_rates(sheet, field), *_labels(sheet, field), *_years(sheet, field)]
    return body


def _fields(sheet: Sheet) -> Iterator[Field]:
    """Where each stands: the next column of the grid behind the one before."""
    most = float(max(item.reach for item in sheet.items)) or 1.0
    floor, left = sheet.height - BELOW, 0.0
    scale = (floor - ABOVE) / most
    for item in sheet.items:
        assert item.beside is not None
        wide = item.years * YEAR or WIDE
        if left + wide > sheet.width:
            raise sheet.crowded("fields")
        level, ceiling = (floor - float(it.high or 0) * scale for it in (item, item.beside))
        yield Field(item, item.beside, left, wide, floor, level, ceiling)
        left = math.ceil((left + wide + AIR) / STEP) * STEP


def _rates(sheet: Sheet, field: Field) -> Iterator[str]:
    """The ordinary rate thin and dark, the lower one thick and gold: different in grey as well. In straw what is
    taken off, in mist what is left to pay."""
    palette, right = sheet.studio.palette, field.left + field.wide
    yield svg.rect(field.left, field.ceiling, field.wide, field.level - field.ceiling, fill=palette["straw"])
    yield svg.rect(field.left, field.level, field.wide, field.floor - field.level, fill=palette["mist"])
    yield svg.line((field.left, field.ceiling), (right, field.ceiling), **svg.stroke(palette["night"], 0.8))
    gold = {**svg.stroke(palette["gold"], 2.4), "stroke_linecap": "butt"}
    yield svg.line((field.left, field.level), (right, field.level), **gold)


def _labels(sheet: Sheet, field: Field) -> Iterator[str]:
    """The ordinary rate above its line, the other large above its own, what it is of below the floor."""
    studio, item, left, inset = sheet.studio, field.item, field.left, field.left + INSET
    ink = studio.palette["ink"]
    ordinary = (
        f"{studio.print(field.beside.key, 'short')}{studio.comma}{sheet.labels.get(field.beside.key, sheet.heads[2])}"
    )
    yield svg.text((left, field.ceiling - 1.8), ordinary, TYPE, ink, studio.text)
    # the figure stands in what remains of the rate, not in what is taken off; above its line when nothing remains
    foot = field.level + ROOM if field.floor - field.level >= ROOM + INSET else field.level
    yield from _figure(sheet, (inset, foot - 6.6), item)
    term = sheet.term.fill(studio.print(item.term)) if sheet.term and item.term else sheet.heads[1]
    yield sheet.text((inset, foot - 2.4), term, weight=500)
    head = sheet.label(item)
    yield svg.text((left, field.floor + 13.0), head, HEAD, sheet.paint("words"), studio.text, 600)
    yield sheet.text((left, field.floor + 16.9), sheet.labels.get(item.what, ""), "small")


def _figure(sheet: Sheet, at: svg.Point, item: Item) -> Iterator[str]:
    """A rate with its number large and its unit small beside it."""
    studio = sheet.studio
    number = studio.print(item.key, "number")
    unit = studio.print(item.key, "short").replace(number, "").strip()
    wide = studio.ruler(number, studio.display, FIGURE, 300)
    yield svg.text(at, number, FIGURE, sheet.paint("words"), studio.display, 300)
    yield svg.text((at[0] + wide + 1.0, at[1]), unit, UNIT, sheet.paint("words"), studio.text)


def _years(sheet: Sheet, field: Field) -> Iterator[str]:
    """The years below a field with a term."""
    for year in range(field.item.years + 1 if field.item.years else 0):
        x, base = field.left + year * YEAR, field.floor + 1.4
        yield svg.line((x, base), (x, base + 1.2), **svg.stroke(sheet.studio.palette["silver"], 0.4))
        anchor = "start" if x < 1.0 else "middle"
        yield sheet.text((x, base + 4.6), sheet.studio.amount(Decimal(year)), "small", anchor=anchor)
