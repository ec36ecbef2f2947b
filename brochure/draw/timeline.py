"""The openings as one rising curve over two facing pages or in a frame: across the years, upwards one step for each of
them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from brochure.draw import svg
from brochure.draw.studio import Studio
from brochure.model.dates import PartialDate

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm, one page
EDGE, SPINE, GAP = 15.0, 8.0, 2.6  # mm: labels keep away from the trim, from the gutter, from their points
BASE, TOP = 250.5, 20.0  # mm from the top: the first point and the last
TYPE, YEAR = 8.0, 12.5  # pt
ABOVE, BELOW = 1.5, 2.7  # mm from a point to the baseline of its label
POINT = 1.9  # mm, a diameter
YEAR_ROOM = 11.0  # mm, for the first year in a frame


@dataclass(frozen=True)
class Field:
    """Where a curve runs, mm: its ends across and up, how far it comes from outside the picture, and what labels keep
    to the left of (the gutter, the trim)."""

    left: float
    right: float
    base: float
    top: float
    before: float
    rims: tuple[float, ...]


SPREAD = Field(EDGE, 2 * WIDTH - EDGE, BASE, TOP, -BLEED, (WIDTH - SPINE, 2 * WIDTH - EDGE))


@dataclass(frozen=True)
class Stop:
    """A point of the curve on the spread, mm."""

    at: svg.Point
    year: int
    name: str
    note: str
    begins: bool
    accent: bool


def timeline(
    studio: Studio,
    side: str,
    *,
    milestones: Sequence[Any],
    marks: Mapping[str, str],
    first: str,
    last: str,
    width: float = 0,
    height: float = 0,
) -> str:
    """One page of the curve, bleed included (220 × 307 mm); without a ``side``, all of it in a frame of ``width`` ×
    ``height`` mm. ``milestones``: things with a ``name``, a fact ``when``, ``what`` (the key of a word in ``marks``, or
    None), ``begins`` and ``accent``; ``first`` and ``last``: facts whose years bound the picture."""
    years = studio.fact(first).value.year, studio.fact(last).value.year
    field = SPREAD if side else Field(YEAR_ROOM, width, height - 7.0, 7.0, 0.0, (width,))
    stops = list(_stops(studio, field, milestones, marks, *years))
    page = (WIDTH, 2 * WIDTH) if side == "right" else (0.0, WIDTH)
    body = [_curve(studio, [(field.before, field.base + 6.0), *(stop.at for stop in stops)])]
    for before, stop in zip([None, *stops], stops, strict=False):
        if page[0] <= stop.at[0] < page[1]:
            body += _point(studio, stop)
            body += _words(studio, field, stop, before is None or before.year != stop.year)
    if not side:
        return svg.svg(width, height, body)
    shift = BLEED - page[0]
    return svg.svg(
        WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=f"translate({svg.n(shift)} {svg.n(BLEED)})")]
    )


def across(field: Field, when: float, first: int, last: int) -> float:
    """Where a moment in years stands, mm."""
    return field.left + (field.right - field.left) * (when - first) / (last + 1 - first)


def moment(value: PartialDate) -> float:
    """A partial date as years: the middle of what is known of it."""
    middle = (value.first.toordinal() + value.last.toordinal() + 1) / 2
    start = date(value.year, 1, 1).toordinal()
    return value.year + (middle - start) / (date(value.year + 1, 1, 1).toordinal() - start)


def _stops(
    studio: Studio, field: Field, milestones: Sequence[Any], marks: Mapping[str, str], first: int, last: int
) -> Iterator[Stop]:
    step = (field.base - field.top) / max(len(milestones) - 1, 1)
    for index, stone in enumerate(milestones):
        when = studio.fact(stone.when).value
        yield Stop(
            (across(field, moment(when), first, last), field.base - step * index),
            when.year,
            studio.names[stone.name],
            marks[stone.what] if stone.what else "",
            stone.begins,
            stone.accent,
        )


def _curve(studio: Studio, points: Sequence[svg.Point]) -> str:
    """A smooth line through the points that never turns back."""
    d = f"M{svg.n(points[0][0])} {svg.n(points[0][1])}"
    tangents = _tangents(points)
    for (a, s), (b, t) in zip(
        zip(points, tangents, strict=True), zip(points[1:], tangents[1:], strict=True), strict=False
    ):
        third = (a[1] - b[1]) / 3
        d += f"C{svg.n(a[0] + s * third)} {svg.n(a[1] - third)} {svg.n(b[0] - t * third)} {svg.n(b[1] + third)} {svg.n(b[0])} {svg.n(b[1])}"
    return svg.curve(d, **svg.stroke(studio.palette["gold"], 1.1))


def _tangents(points: Sequence[svg.Point]) -> list[float]:
    """How far the curve goes to the right for each mm upwards, at each point."""
    slopes = [(b[0] - a[0]) / (a[1] - b[1]) for a, b in itertools.pairwise(points)]
    inner = [2 / (1 / s + 1 / t) if s > 0 and t > 0 else 0.0 for s, t in itertools.pairwise(slopes)]
    return [slopes[0], *inner, slopes[-1]]


def _point(studio: Studio, stop: Stop) -> Iterator[str]:
    """A disc for an opening, a ring for a beginning; plants that the edition's readers look for stand out."""
    palette = studio.palette
    if stop.begins:
        yield svg.circle(stop.at, POINT / 2 + 0.1, fill=palette["paper"], **svg.stroke(palette["night"], 0.8))
    elif stop.accent:
        yield svg.circle(stop.at, POINT * 0.8, fill=palette["signal"])
    else:
        yield svg.circle(stop.at, POINT / 2, fill=palette["night"])


def _words(studio: Studio, field: Field, stop: Stop, first: bool) -> Iterator[str]:
    """A label to the right below the curve or, where the gutter or the trim is near, to the left above it; the
    year above the curve before the first point of each year. So no label touches the curve."""
    palette, (x, y) = studio.palette, stop.at
    note = f"{studio.comma}{stop.note}" if stop.note else ""
    named = studio.width(stop.name, TYPE, 600)
    wide = named + studio.width(note, TYPE)
    right = x + GAP + wide <= next(rim for rim in field.rims if x < rim + SPINE or rim == field.rims[-1])
    start, base = (x + GAP, y + BELOW) if right else (x - GAP - wide, y - ABOVE)
    yield svg.text((start, base), stop.name, TYPE, palette["night"], studio.text, 600)
    if note:
        yield svg.text((start + named, base), note, TYPE, palette["ember" if stop.accent else "grey"], studio.text)
    if first:
        at = (x if right else start) - GAP, y - ABOVE
        yield svg.text(at, str(stop.year), YEAR, palette["dusk"], studio.text, anchor="end")
