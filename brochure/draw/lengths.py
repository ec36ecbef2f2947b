"""A figure as a length: whole where it is exact, broken, thin or dashed where it isn't."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from brochure.draw import svg
from brochure.draw.plot import Sheet
from brochure.model.series import Item

THIN = 0.32  # share of the thickness, of what may be
CAP = 0.4  # mm
SLICES = ((0.6, 0.9), (2.0, 0.65), (3.1, 0.4))  # mm beyond the end, and how long: a figure that goes on
TAIL = 3.8  # mm that an open end takes


@dataclass(frozen=True)
class Piece:
    """A part of a length in mm along it; ``thick`` as a share of its thickness."""

    start: float
    end: float
    thick: float = 1.0
    planned: bool = False


def tail(item: Item) -> float:
    """How far a length goes on beyond its figure, mm."""
    return TAIL if item.bound in ("more than", "at least") else 0.7 if item.bound == "about" else 0.0


def pieces(item: Item, scale: float) -> Iterator[Piece]:
    """The parts of an item's length; ``scale`` is mm for one."""
    low, high = (float(end or Decimal(0)) * scale for end in (item.low, item.high))
    there = float(item.exists or 0) * scale
    if there:
        yield Piece(0.0, there)
    if item.bound in ("about", "almost") and high > 4 and low == high:
        yield from (Piece(there, high - 1.7, planned=item.planned), Piece(high - 1.2, high - 0.7))
        yield Piece(high - 0.2, high + 0.2) if item.bound == "about" else Piece(high - 0.3, high - 0.1)
        return
    sure = 0.0 if item.bound in ("up to", "about", "almost") else low
    if sure > there:
        yield Piece(there, sure, planned=item.planned)
    if high > sure:
        yield from (Piece(sure, high, THIN), Piece(max(high - CAP, 0.0), high))
    if item.bound in ("more than", "at least"):
        yield from (Piece(high + start, high + start + long) for start, long in SLICES)


def lying(sheet: Sheet, item: Item, at: svg.Point, thick: float, scale: float) -> list[str]:
    """The length from left to right, ``at`` its left end at middle height."""
    x, y = at
    return [
        svg.rect(x + p.start, y - thick * p.thick / 2, p.end - p.start, thick * p.thick, **paint(sheet, item, p))
        for p in pieces(item, scale)
    ]


def standing(sheet: Sheet, item: Item, at: svg.Point, thick: float, scale: float) -> list[str]:
    """The length upwards, ``at`` the middle of its foot."""
    x, y = at
    return [
        svg.rect(x - thick * p.thick / 2, y - p.end, thick * p.thick, p.end - p.start, **paint(sheet, item, p))
        for p in pieces(item, scale)
    ]


def paint(sheet: Sheet, item: Item, piece: Piece) -> dict[str, object]:
    """Solid; pale with a dashed edge when planned; faint with a firm edge when it is only a statement."""
    solid = {"accent": "accent", "quiet": "quiet"}.get(item.look or "", "solid")
    if piece.planned:
        edge = {**svg.stroke(sheet.paint("edge"), 0.7, dash="0.9 0.8"), "stroke_linecap": "butt"}
        return {"fill": sheet.paint("pale"), **edge}
    if item.claimed:
        return {"fill": sheet.paint("faint"), **svg.stroke(sheet.paint("edge"), 0.5)}
    return {"fill": sheet.paint(solid)}
