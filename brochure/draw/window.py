"""Cutting lines and areas to a rectangle, so that a map ends at its frame without a clip: what lies beyond isn't drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brochure.draw.boxes import Box
from brochure.draw.svg import Point


def area(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a closed ring within a box (Sutherland and Hodgman, 1974); empty when it lies outside."""
    points = list(ring)
    for axis, edge, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        kept: list[Point] = []
        for a, b in pairwise([*points[-1:], *points]):
            inside = [sign * (point[axis] - edge) >= 0 for point in (a, b)]
            if inside[0] != inside[1]:
                kept.append(_at(a, b, (edge - a[axis]) / (b[axis] - a[axis])))
            if inside[1]:
                kept.append(b)
        points = kept
    return points


def pieces(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The pieces of an open line within a box."""
    out: list[list[Point]] = [[]]
    for a, b in pairwise(line):
        shares = _within(a, b, box)
        if shares is None:
            out.append([])
            continue
        start, end = (_at(a, b, share) for share in shares)
        if not out[-1] or shares[0] > 0:
            out.append([start])
        out[-1].append(end)
        if shares[1] < 1:
            out.append([])
    return [piece for piece in out if len(piece) > 1]


def _within(a: Point, b: Point, box: Box) -> tuple[float, float] | None:
    """From which to which fraction a segment runs inside a box (Liang and Barsky, 1984); None when it stays outside."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step, low, high = b[axis] - a[axis], box[axis] - a[axis], box[axis + 2] - a[axis]
        if step == 0:
            if low > 0 or high < 0:
                return None
            continue
        near, far = sorted((low / step, high / step))
        first, last = max(first, near), min(last, far)
    return (first, last) if first < last else None


def _at(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
