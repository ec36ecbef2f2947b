"""Boxes and segments: what touches what. In mm, y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable

from brochure.draw.svg import Point

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Segment = tuple[Point, Point]


def overlap(a: Box, b: Box, air: float = 0.0) -> bool:
    """Whether two boxes come nearer to each other than ``air`` mm."""
    return a[0] - air < b[2] and b[0] - air < a[2] and a[1] - air < b[3] and b[1] - air < a[3]


def crosses(box: Box, segment: Segment, air: float = 0.0) -> bool:
    """Whether a segment comes into the box widened by ``air`` mm (Liang and Barsky)."""
    (ax, ay), (bx, by) = segment
    dx, dy, start, end = bx - ax, by - ay, 0.0, 1.0
    left, top, right, bottom = box[0] - air, box[1] - air, box[2] + air, box[3] + air
    for step, room in ((-dx, ax - left), (dx, right - ax), (-dy, ay - top), (dy, bottom - ay)):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            start = max(start, room / step)
        else:
            end = min(end, room / step)
    return start <= end


def around(segment: Segment) -> Box:
    """The box round a segment."""
    (ax, ay), (bx, by) = segment
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def meet(a: Segment, b: Segment) -> bool:
    """Whether two segments cross."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(*a, b[0]) * side(*a, b[1]) < 0 and side(*b, a[0]) * side(*b, a[1]) < 0


def union(boxes: Iterable[Box]) -> Box:
    """The box round all boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def within(box: Box, bounds: Box) -> bool:
    """Whether a box lies inside bounds."""
    return box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]
