"""Land as a halftone: the prepared grid of dots, larger near the lines of a map and gone under its texts.

A stretch of neighbouring dots is one stroke of nought-long dashes with round caps, so a whole map stays small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from math import dist, exp, floor, hypot

from brochure.draw import svg
from brochure.draw.svg import Point

Box = tuple[float, float, float, float]  # left, top, right, bottom in mm
Tone = Callable[[Point], int]

CELL = 7.0  # mm, the grid on which strengths are computed
OUTWARDS = (0, -1), (1, -1), (0, 1), (1, 1)  # of a box: which axis, and where outside is
REACH = 30.0  # mm, over which the dots shrink to a third
CHANNEL = 1.25  # mm without dots on either side of a line


def inside(point: Point, box: Box, margin: float = 0.0) -> bool:
    """Whether a point lies in a box, ``margin`` mm around it included."""
    return box[0] - margin <= point[0] <= box[2] + margin and box[1] - margin <= point[1] <= box[3] + margin


def away(point: Point, box: Box) -> float:
    """How far a point lies outside a box, mm; 0 inside."""
    return hypot(max(box[0] - point[0], 0.0, point[0] - box[2]), max(box[1] - point[1], 0.0, point[1] - box[3]))


class Tones:
    """How large the dot at a point is: 0 is no dot, ``levels`` the largest. ``lines`` are points about 1 mm apart,
    ``texts`` boxes that the land fades towards, with the fade's mm, ``labels`` boxes that it leaves free."""

    def __init__(
        self, lines: Sequence[Point], texts: Sequence[tuple[Box, float]], labels: Iterable[Box], levels: int
    ) -> None:
        self.lines, self.texts, self.levels = lines[::8], texts, levels
        self.quads: dict[tuple[int, int], tuple[float, float, float, float]] = {}
        self.strengths: dict[tuple[int, int], float] = {}
        self.near: dict[tuple[int, int], list[Point]] = {}
        self.labels: dict[tuple[int, int], list[Box]] = {}
        for point in lines:
            for cell in _around(point):
                self.near.setdefault(cell, []).append(point)
        for box in labels:
            for x in range(floor(box[0] / CELL) - 1, floor(box[2] / CELL) + 2):
                for y in range(floor(box[1] / CELL) - 1, floor(box[3] / CELL) + 2):
                    self.labels.setdefault((x, y), []).append(box)

    def __call__(self, point: Point) -> int:
        x, y = point
        cell = floor(x / CELL), floor(y / CELL)
        if cell in self.labels and any(inside(point, box, 1.0) for box in self.labels[cell]):
            return 0
        near = floor(x / 2), floor(y / 2)
        if near in self.near and any(dist(point, line) < CHANNEL for line in self.near[near]):
            return 0
        a, b, c, d = self.quads.get(cell) or self._quad(cell)
        u, v = x / CELL - cell[0], y / CELL - cell[1]
        strength = (a + (b - a) * u) * (1 - v) + (c + (d - c) * u) * v
        return min(self.levels, int(strength * (self.levels + 1)))

    def _quad(self, cell: tuple[int, int]) -> tuple[float, float, float, float]:
        """The strengths, 0 to 1, at the four corners of a cell: above left and right, below left and right."""
        x, y = cell
        self.quads[cell] = (
            self._corner(x, y),
            self._corner(x + 1, y),
            self._corner(x, y + 1),
            self._corner(x + 1, y + 1),
        )
        return self.quads[cell]

    def _corner(self, x: int, y: int) -> float:
        if (x, y) not in self.strengths:
            point = x * CELL, y * CELL
            text = min([away(point, box) / fade for box, fade in self.texts], default=1.0)
            nearest = min([dist(point, line) for line in self.lines]) if text else 0.0
            self.strengths[x, y] = (0.24 + 0.76 * exp(-nearest / REACH)) * _eased(text)
        return self.strengths[x, y]


def _eased(share: float) -> float:
    """From 0 to 1 without a kink at either end."""
    t = min(share, 1.0)
    return t * t * (3 - 2 * t)


def _around(point: Point) -> Iterator[tuple[int, int]]:
    """The 2 mm cells that a line's channel can reach from a point."""
    x, y = floor(point[0] / 2), floor(point[1] / 2)
    return ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1))


def halftone(
    dots: Iterable[Sequence[int]],
    spacing: int,
    place: Callable[[float, float], Point],
    window: tuple[float, float],
    *,
    tone: Tone,
    diameters: Sequence[float],
    colour: str,
) -> str:
    """The dots between the two upright lines of the window as one path for each tone.
    ``place`` turns km into mm; ``diameters`` in mm."""
    (x0, y0), (x1, y1) = place(0, 0), place(spacing, 0)
    step = (x1 - x0, y1 - y0)
    paths: list[list[str]] = [[] for _ in diameters]
    for start, y, count in _runs(dots, spacing):
        first = place(start, y)
        i = max(0, floor((window[0] - first[0]) / step[0]))
        points = [(first[0] + k * step[0], first[1] + k * step[1]) for k in range(i, count)]
        points = [point for point in points if window[0] - 0.5 < point[0] < window[1] + 0.5]
        for level, group in groupby(points, key=tone):
            if level:
                row = list(group)
                paths[level - 1].append(_stroke((row[0][0], row[0][1]), step, len(row)))
    dash = f"0.001 {hypot(*step) - 0.001:.5f}"
    return "".join(
        svg.curve("".join(d), **{**svg.stroke(colour, 1, dash), "stroke_width": size})
        for d, size in zip(paths, diameters, strict=True)
        if d
    )


def off_the_edges(tone: Tone, points: Iterable[Point], page: Box, safe: float) -> Tone:
    """The same tone, but where no land runs out over an edge of the page, none ends within ``safe`` mm of it either: it
    would look as if it were cut badly. ``points``: where the dots lie, mm."""
    outside = [point for point in points if inside(point, page, safe) and not inside(point, page) and tone(point)]
    shut = [
        (axis, sign, page[side])
        for side, (axis, sign) in enumerate(OUTWARDS)
        if not any(sign * (point[axis] - page[side]) > 0 for point in outside)
    ]
    return lambda point: 0 if any(sign * (point[axis] - edge) > -safe for axis, sign, edge in shut) else tone(point)


def _runs(dots: Iterable[Sequence[int]], spacing: int) -> Iterator[tuple[int, int, int]]:
    """The grid as runs of neighbouring dots: x of the first, y, how many."""
    for y, row in groupby(dots, key=lambda dot: dot[1]):
        start = last = None
        for x, _ in row:
            if start is None or last is None or x - last > spacing + 1:
                if start is not None and last is not None:
                    yield start, y, (last - start) // spacing + 1
                start = x
            last = x
        if start is not None and last is not None:
            yield start, y, (last - start) // spacing + 1


def _stroke(start: Point, step: Point, count: int) -> str:
    """A stretch of dots; it ends a little behind the last one, so that this one is painted."""
    reach = count - 1 + 0.05
    return f"M{start[0]:.2f} {start[1]:.2f}l{svg.n(step[0] * reach)} {svg.n(step[1] * reach)}"
