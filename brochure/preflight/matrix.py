"""Plane geometry of a PDF page: matrices of six numbers, boxes of four, in points with y upwards."""

from __future__ import annotations

import math
from collections.abc import Iterable

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top
Point = tuple[float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First ``inner``, then ``outer`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def at(matrix: Matrix, x: float, y: float) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def around(points: Iterable[Point]) -> Box:
    """The smallest box that holds all points, of which there must be one."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def placed(matrix: Matrix, box: Box) -> Box:
    """The box around a box's four corners where a matrix puts them."""
    left, bottom, right, top = box
    return around(at(matrix, x, y) for x in (left, right) for y in (bottom, top))


def shared(one: Box, other: Box) -> Box | None:
    """What two boxes have in common; None when they don't meet. A box without width or height may be met."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def joined(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def grown(box: Box, by: float) -> Box:
    """A box with a margin added on every side."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def holds(outer: Box, inner: Box, slack: float = 0.01) -> bool:
    """Whether ``inner`` lies within ``outer``, give or take ``slack``."""
    return (
        outer[0] - slack <= inner[0]
        and outer[1] - slack <= inner[1]
        and outer[2] + slack >= inner[2]
        and outer[3] + slack >= inner[3]
    )


def stretch(matrix: Matrix) -> tuple[float, float]:
    """By how much a matrix makes things longer: along the x axis and along the y axis of what it places."""
    a, b, c, d, _, _ = matrix
    return (math.hypot(a, b), math.hypot(c, d))


def narrowest(matrix: Matrix) -> float:
    """The smallest factor by which a matrix scales a line's width, whatever its direction (singular value)."""
    a, b, c, d, _, _ = matrix
    half = (a * a + b * b + c * c + d * d) / 2
    root = math.sqrt(max(0.0, half * half - (a * d - b * c) ** 2))
    return math.sqrt(max(0.0, half - root))


def usable(matrix: Iterable[float]) -> Matrix:
    """Six finite numbers as a matrix; ValueError for anything else."""
    a, b, c, d, e, f = (float(value) for value in matrix)
    if not all(map(math.isfinite, (a, b, c, d, e, f))):
        raise ValueError("not a number in a matrix")
    return (a, b, c, d, e, f)
