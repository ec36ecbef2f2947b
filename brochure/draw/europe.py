"""Where in Europe the region lies: a small disc of the continent."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from brochure.draw import svg
from brochure.draw.projection import Frame
from brochure.draw.studio import Studio

CENTRE, REACH = (130.0, 240.0), 2150.0  # km
GAP = 80.0  # km between dots


def europe(studio: Studio, size: float) -> str:
    """A disc of ``size`` mm across: the land in dots, the region in its true place and size."""
    ink = studio.palette
    geometry = studio.geometry("region")["europe"]
    scale = (size / 2 - 0.2) / REACH
    frame = Frame(CENTRE, (size / 2, size / 2), scale)
    dots = [frame.put(spot) for spot in _on_land(geometry["land"])]
    region = [frame.line(ring, 0.02) for ring in geometry["kaluga"]]
    xs, ys = zip(*region[0], strict=True)
    body = [
        svg.circle((size / 2, size / 2), size / 2, fill=ink["mist"]),
        svg.dots(dots, GAP * scale * 0.7, ink["haze"]),
        svg.shape(region, fill=ink["signal"]),
        svg.circle(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), 3.0, **svg.stroke(ink["night"], 0.6)),
    ]
    return svg.svg(size, size, body)


def _on_land(rings: Sequence[Sequence[Sequence[float]]]) -> Iterator[tuple[float, float]]:
    """Points of a hexagonal grid inside the disc that lie on land, km; row by row, by the shores that a row crosses."""
    step, rows = GAP * math.sqrt(3) / 2, int(REACH / GAP * 2 / math.sqrt(3))
    for row in range(-rows, rows + 1):
        y = row * step
        shores = _shores(rings, y + CENTRE[1])
        reach = math.sqrt(max(0.0, (REACH - GAP / 2) ** 2 - y * y))
        for column in range(-int(reach / GAP) - 1, int(reach / GAP) + 2):
            x = (column + (row % 2) / 2) * GAP
            if abs(x) <= reach and bisect.bisect(shores, x + CENTRE[0]) % 2:
                yield x + CENTRE[0], y + CENTRE[1]


def _shores(rings: Sequence[Sequence[Sequence[float]]], y: float) -> list[float]:
    """Where a row of height ``y`` crosses a shore, west to east."""
    return sorted(
        ax + (bx - ax) * (y - ay) / (by - ay)
        for ring in rings
        for (ax, ay), (bx, by) in pairwise(ring)
        if (ay > y) != (by > y)
    )
