"""Small pictures beside a reason, each drawn from two to four figures: orbits, a part of an area, rows, days, a relief."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from brochure.draw import svg
from brochure.draw.rings import circles, grain_radii
from brochure.draw.studio import NoDrawing, Studio

DOT, STEP = 2.2, 3.2  # mm, of a row's dots
STOP = 1.6  # mm, the radius of a place on its orbit


def vignette(studio: Studio, picture: str, facts: Sequence[str], width: float, height: float) -> str:
    """A picture of that kind in a frame of ``width`` × ``height`` mm."""
    found = [studio.number(fact) for fact in facts]
    if any(value is None for value in found):
        raise NoDrawing("a small picture is drawn from numbers that are known.")
    values = [float(value or 0) for value in found]
    return svg.svg(width, height, KINDS[picture](studio, values, width, height))


def _orbits(studio: Studio, values: Sequence[float], width: float, height: float) -> Iterator[str]:
    """The city at the left edge, each distance an arc round it with a disc on it, the farthest at the right edge."""
    ink, middle = studio.palette, height / 2
    centre = (2.6, middle)
    scale = (width - centre[0] - 2.0) / max(values)
    for value in values:
        radius = value * scale
        reach = min(math.asin(min(1.0, (middle - 0.5) / radius)), math.radians(60))
        ends = [(centre[0] + radius * math.cos(a), middle + radius * math.sin(a)) for a in (-reach, reach)]
        arc = f"M{svg.n(ends[0][0])} {svg.n(ends[0][1])}A{svg.n(radius)} {svg.n(radius)} 0 0 1 {svg.n(ends[1][0])} {svg.n(ends[1][1])}"
        yield svg.curve(arc, **svg.stroke(ink["gold"], 0.7))
        yield svg.circle((centre[0] + radius, middle), STOP, fill=ink["night"])
    yield svg.circle(centre, 2.4, fill=ink["paper"], **svg.stroke(ink["gold"], 0.7))
    yield svg.circle(centre, 1.2, fill=ink["gold"])


def _part(studio: Studio, values: Sequence[float], width: float, height: float) -> Iterator[str]:
    """The part that exists solid, the whole round it, a ring for each further hundred."""
    ink, (part, whole) = studio.palette, values
    scale = (height / 2 - 0.4) / math.sqrt(whole)
    centre = (height / 2, height / 2)
    yield svg.circle(centre, math.sqrt(whole) * scale, fill=ink["straw"], **svg.stroke(ink["gold"], 0.9))
    yield circles(centre, grain_radii(whole, scale, 100, part), **svg.stroke(ink["gold"], 0.45))
    yield svg.circle(centre, math.sqrt(part) * scale, fill=ink["gold"])


def _rows(studio: Studio, values: Sequence[float], width: float, height: float) -> Iterator[str]:
    """A row of dots for each count, one above the other."""
    step = min(STEP, width / max(values))
    gap = min(5.0, height / len(values))
    top = (height - gap * (len(values) - 1)) / 2
    for row, value in enumerate(values):
        at = [(DOT / 2 + i * step, top + row * gap) for i in range(round(value))]
        yield svg.dots(at, min(DOT, step * 0.72), studio.palette["night"])


def _ticks(studio: Studio, values: Sequence[float], width: float, height: float) -> Iterator[str]:
    """Days as ticks, below them the days of the other way as small dots, in one step."""
    ink, (days, other) = studio.palette, values
    step = (width - 1.0) / max(values)
    heavy = {**svg.stroke(ink["gold"], min(2.0, step * 1.5)), "stroke_linecap": "butt"}
    top = height / 2 - 3.4
    yield svg.group([
        svg.line((0.5 + (i + 0.5) * step, top - 2.4), (0.5 + (i + 0.5) * step, top + 2.4), **heavy) for i in range(int(days))
    ])  # fmt: skip
    yield svg.dots(
        [(0.5 + (i + 0.5) * step, top + 7.6) for i in range(int(other))], min(0.9, step * 0.8), ink["silver"]
    )


def _relief(studio: Studio, values: Sequence[float], width: float, height: float) -> Iterator[str]:
    """The ordinary rate as a field as wide as its years, what is taken off pale, what remains below the thick line."""
    ink, (rate, ordinary, years) = studio.palette, values
    low, top = height - 3.2, 2.4
    scale = (low - top) / ordinary
    yield svg.rect(0, top, width, (ordinary - rate) * scale, fill=ink["straw"])
    if rate:
        yield svg.rect(0, low - rate * scale, width, rate * scale, fill=ink["mist"])
    yield svg.line((0, top), (width, top), **svg.stroke(ink["night"], 0.7))
    thick = {**svg.stroke(ink["gold"], 2.2), "stroke_linecap": "butt"}
    yield svg.line((0, low - rate * scale), (width, low - rate * scale), **thick)
    for year in range(int(years) + 1):
        x = min(max(year * width / years, 0.15), width - 0.15)
        yield svg.line((x, low + 1.2), (x, low + 2.8), **svg.stroke(ink["night"], 0.4))


KINDS: dict[str, Callable[[Studio, Sequence[float], float, float], Iterator[str]]] = {
    "orbits": _orbits,
    "part": _part,
    "rows": _rows,
    "ticks": _ticks,
    "relief": _relief,
}
