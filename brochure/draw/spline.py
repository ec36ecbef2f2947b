"""Smooth lines through given points, and walking along them. Everything is in mm."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import dist

from brochure.draw.svg import Point


def smooth(nodes: Sequence[Point], step: float = 1.0) -> list[list[Point]]:
    """A centripetal Catmull-Rom spline through the nodes, one list of points about ``step`` mm apart for each leg."""
    first, last = _mirror(nodes[1], nodes[0]), _mirror(nodes[-2], nodes[-1])
    path = [first, *nodes, last]
    return [_leg(path[i : i + 4], step) for i in range(len(nodes) - 1)]


def _mirror(point: Point, centre: Point) -> Point:
    return 2 * centre[0] - point[0], 2 * centre[1] - point[1]


def _leg(four: Sequence[Point], step: float) -> list[Point]:
    """The spline between the middle two of four points (Barry and Goldman's pyramid)."""
    knots = [0.0]
    for a, b in pairwise(four):
        knots.append(knots[-1] + max(dist(a, b), 1e-6) ** 0.5)
    count = max(2, round(dist(four[1], four[2]) / step))
    return [_at(four, knots, knots[1] + (knots[2] - knots[1]) * i / count) for i in range(count + 1)]


def _at(p: Sequence[Point], k: Sequence[float], t: float) -> Point:
    near, middle, far = (_between(p[i], p[i + 1], (t - k[i]) / (k[i + 1] - k[i])) for i in range(3))
    before, after = (
        _between(near, middle, (t - k[0]) / (k[2] - k[0])),
        _between(middle, far, (t - k[1]) / (k[3] - k[1])),
    )
    return _between(before, after, (t - k[1]) / (k[2] - k[1]))


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def bowed(a: Point, b: Point, bow: float) -> list[Point]:
    """Three points of a parabola from a to b that stands off to the left of the way by ``bow`` of its length in the
    middle (y grows downwards)."""
    across = (b[1] - a[1]) * bow, -(b[0] - a[0]) * bow
    steps = ((0.25, 0.75), (0.5, 1.0), (0.75, 0.75))
    return [
        (a[0] + (b[0] - a[0]) * share + across[0] * off, a[1] + (b[1] - a[1]) * share + across[1] * off)
        for share, off in steps
    ]


@dataclass(frozen=True)
class Way:
    """A polyline that can be walked along."""

    points: tuple[Point, ...]

    @cached_property
    def lengths(self) -> list[float]:
        """How far each point lies from the start, mm."""
        out = [0.0]
        for a, b in pairwise(self.points):
            out.append(out[-1] + dist(a, b))
        return out

    @property
    def length(self) -> float:
        """From end to end, mm."""
        return self.lengths[-1]

    def at(self, share: float) -> tuple[Point, Point]:
        """The point at that share of the length, and the unit vector across the way there (to its left)."""
        goal = share * self.length
        i = min(max(bisect_right(self.lengths, goal) - 1, 0), len(self.points) - 2)
        a, b = self.points[i], self.points[i + 1]
        size = dist(a, b) or 1.0
        along = (b[0] - a[0]) / size, (b[1] - a[1]) / size
        rest = goal - self.lengths[i]
        return (a[0] + along[0] * rest, a[1] + along[1] * rest), (along[1], -along[0])


def joined(legs: Iterable[Sequence[Point]]) -> Way:
    """Legs that meet end to end as one way."""
    points: list[Point] = []
    for leg in legs:
        points.extend(leg[1:] if points else leg)
    return Way(tuple(points))


def within(points: Sequence[Point], left: float, right: float) -> Iterator[list[Point]]:
    """The stretches of a polyline between two upright lines, cut exactly on them."""
    piece: list[Point] = []
    for a, b in pairwise(points):
        cut = _cut(a, b, left, right)
        if cut is None:
            continue
        if piece and piece[-1] != cut[0]:
            yield piece
            piece = []
        piece = [*piece, cut[1]] if piece else [*cut]
    if piece:
        yield piece


def _cut(a: Point, b: Point, left: float, right: float) -> tuple[Point, Point] | None:
    """The part of a–b with left ≤ x ≤ right."""
    low, high = 0.0, 1.0
    run = b[0] - a[0]
    if run == 0:
        return (a, b) if left <= a[0] <= right else None
    near, far = sorted(((left - a[0]) / run, (right - a[0]) / run))
    low, high = max(low, near), min(high, far)
    if low >= high:
        return None
    return (a if low == 0 else _between(a, b, low)), (b if high == 1 else _between(a, b, high))
