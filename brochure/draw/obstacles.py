"""What labels keep clear of, and a quick way to ask whether a box does."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from brochure.draw.boxes import Box, Segment, around, crosses, meet, overlap
from brochure.draw.svg import Point

CLEARANCE = 0.55  # mm of air around a label
FINE = 0.45  # mm, the least step of a line that labels keep clear of
CELL = 5.0  # mm, the grid in which obstacles are looked up


@dataclass
class Obstacles:
    """What labels may not touch: rectangles, and segments of lines."""

    rects: list[Box] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def add_line(self, points: Sequence[Point]) -> None:
        """Every segment of a polyline; steps finer than a label can feel are joined."""
        kept = list(points[:1])
        for point in points[1:]:
            if math.dist(kept[-1], point) >= FINE or point is points[-1]:
                kept.append(point)
        self.segments.extend(pairwise(kept))

    def add_disc(self, centre: Point, radius: float) -> None:
        """The square around a disc."""
        self.rects.append((centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius))


class Cleared:
    """The obstacles in a grid, so that a box only asks its neighbours."""

    def __init__(self, rects: Iterable[Box], segments: Iterable[Segment]) -> None:
        self.rects: dict[tuple[int, int], list[Box]] = {}
        self.segments: dict[tuple[int, int], list[Segment]] = {}
        for rect in rects:
            for cell in _cells(rect):
                self.rects.setdefault(cell, []).append(rect)
        for segment in segments:
            for cell in _cells(around(segment)):
                self.segments.setdefault(cell, []).append(segment)

    def free(self, box: Box) -> bool:
        """Whether nothing comes nearer than the clearance."""
        cells = list(_cells(box))
        return not any(
            overlap(box, rect, CLEARANCE) for cell in cells for rect in self.rects.get(cell, ())
        ) and not any(crosses(box, segment, CLEARANCE) for cell in cells for segment in self.segments.get(cell, ()))

    def crossings(self, leader: Segment) -> int | None:
        """How many lines a leader crosses; None when it runs through a mark that isn't its own."""
        cells = list(_cells(around(leader)))
        start = (*leader[0], *leader[0])
        if any(
            crosses(rect, leader) and not overlap(rect, start, CLEARANCE)
            for cell in cells
            for rect in self.rects.get(cell, ())
        ):
            return None
        return len({segment for cell in cells for segment in self.segments.get(cell, ()) if meet(leader, segment)})


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int((box[0] - 1) // CELL), int((box[2] + 1) // CELL) + 1):
        for row in range(int((box[1] - 1) // CELL), int((box[3] + 1) // CELL) + 1):
            yield column, row
