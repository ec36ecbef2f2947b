"""Labels that touch nothing: not each other, no line, no mark, no edge.

``place`` tries positions around each label's points, keeps those that are free of obstacles, and searches the
cheapest choice that is free of overlaps. Everything is in mm, y grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from brochure.draw.ruler import Ruler
from brochure.draw.svg import Point, pt

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Segment = tuple[Point, Point]

CLEARANCE = 0.55  # mm of air around a label
ASCENT, DESCENT = 0.74, 0.22  # of the size: how far ink reaches above and below the baseline
LEADER_FROM = 2.6  # mm; a label further from its point is tied to it by a line
STEPS = (1.0, 1.6, 2.4, 3.6, 5.2, 7.2)  # times the distance that a label asks for
KEPT = 26  # free positions kept for each label
PATIENCE = 60_000  # steps of the search
CELL = 5.0  # mm, the grid in which obstacles are looked up

#: Angles in degrees, 0 to the right and clockwise, with what each costs: right before left, above before below.
ANGLES = {
    0: 0.0,
    -45: 0.3,
    45: 0.4,
    180: 0.5,
    -90: 0.7,
    -135: 0.7,
    135: 0.8,
    90: 0.9,
    -22: 0.35,
    22: 0.4,
    -68: 0.7,
    68: 0.9,
    -112: 0.9,
    112: 1.0,
    -158: 0.6,
    158: 0.7,
}


class NoRoom(ValueError):
    """Some labels have no free place."""


@dataclass(frozen=True)
class Label:
    """Words beside a point. ``distance``: mm from the point to the words, 0 sets them centred on the point.
    ``also``: further points that will do, less and less gladly. ``leader``: may be tied to its point by a line."""

    text: str
    at: Point
    size: float
    family: str
    weight: int = 400
    distance: float = 1.4
    also: tuple[Point, ...] = ()
    leader: bool = True
    spacing: float = 0.0  # mm between letters
    name: str = ""


@dataclass(frozen=True)
class Placed:
    """A label in its place: ``at`` on the baseline, ``anchor`` as in SVG, ``box`` round its ink, and the ``leader``
    that ties it to its point when it stands far off."""

    label: Label
    at: Point
    anchor: str
    box: Box
    leader: Segment | None = None
    cost: float = 0.0


@dataclass
class Obstacles:
    """What labels may not touch: rectangles, and segments of lines."""

    rects: list[Box] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)

    def add_line(self, points: Sequence[Point]) -> None:
        """Every segment of a polyline."""
        self.segments.extend(zip(points, points[1:], strict=False))

    def add_disc(self, centre: Point, radius: float) -> None:
        """The square around a disc."""
        self.rects.append((centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius))


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


def place(labels: Sequence[Label], obstacles: Obstacles, bounds: Box, width: Ruler) -> tuple[Placed, ...]:
    """A place for every label, in their order; NoRoom names the labels that have none."""
    ground = _Ground(obstacles)
    choices = [_free(label, ground, bounds, width) for label in labels]
    if crowded := [label.text for label, found in zip(labels, choices, strict=True) if not found]:
        raise NoRoom(f"no free place for {', '.join(crowded)}")
    chosen: dict[int, Placed] = {}
    for group in _groups(choices):
        chosen |= _search(group, choices)
    return tuple(chosen[i] for i in range(len(labels)))


class _Ground:
    """The obstacles in a grid, so that a box only asks its neighbours."""

    def __init__(self, obstacles: Obstacles) -> None:
        self.rects: dict[tuple[int, int], list[Box]] = {}
        self.segments: dict[tuple[int, int], list[Segment]] = {}
        for rect in obstacles.rects:
            for cell in _cells(rect):
                self.rects.setdefault(cell, []).append(rect)
        for segment in obstacles.segments:
            for cell in _cells(_around(segment)):
                self.segments.setdefault(cell, []).append(segment)

    def free(self, box: Box) -> bool:
        """Whether nothing comes nearer than the clearance."""
        cells = list(_cells(box))
        return not any(
            overlap(box, rect, CLEARANCE) for cell in cells for rect in self.rects.get(cell, ())
        ) and not any(crosses(box, segment, CLEARANCE) for cell in cells for segment in self.segments.get(cell, ()))

    def crossings(self, leader: Segment) -> int | None:
        """How many lines a leader crosses; None when it runs through a mark that isn't its own."""
        cells = list(_cells(_around(leader)))
        if any(crosses(rect, leader) for cell in cells for rect in self.rects.get(cell, ())):
            return None
        return len({segment for cell in cells for segment in self.segments.get(cell, ()) if _meet(leader, segment)})


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int((box[0] - 1) // CELL), int((box[2] + 1) // CELL) + 1):
        for row in range(int((box[1] - 1) // CELL), int((box[3] + 1) // CELL) + 1):
            yield column, row


def _around(segment: Segment) -> Box:
    (ax, ay), (bx, by) = segment
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _meet(a: Segment, b: Segment) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(*a, b[0]) * side(*a, b[1]) < 0 and side(*b, a[0]) * side(*b, a[1]) < 0


def _free(label: Label, ground: _Ground, bounds: Box, width: Ruler) -> list[Placed]:
    """The cheapest positions of a label that are free, cheapest first."""
    wide = width(label.text, label.family, label.size, label.weight) + label.spacing * len(label.text)
    found: list[Placed] = []
    for position in sorted(_positions(label, wide), key=lambda p: p.cost):
        if not _within(position.box, bounds) or not ground.free(position.box):
            continue
        crossed = ground.crossings(position.leader) if position.leader else 0
        if crossed is not None:
            found.append(
                Placed(
                    label, position.at, position.anchor, position.box, position.leader, position.cost + 1.5 * crossed
                )
            )
        if len(found) == KEPT:
            break
    return sorted(found, key=lambda p: p.cost)


def _within(box: Box, bounds: Box) -> bool:
    return box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]


def _positions(label: Label, wide: float) -> Iterator[Placed]:
    for rank, point in enumerate((label.at, *label.also)):
        if label.distance == 0:
            yield _put(label, point, wide, 0.0, 90, 0.6 * rank, centred=True)
            continue
        for step in STEPS:
            distance = label.distance * step
            if distance > LEADER_FROM and not label.leader:
                break
            for angle, cost in ANGLES.items():
                yield _put(label, point, wide, distance, angle, cost + 0.6 * rank + 1.1 * (step - 1))


def _put(
    label: Label, point: Point, wide: float, distance: float, angle: float, cost: float, centred: bool = False
) -> Placed:
    """The label so that its ink is ``distance`` mm from the point in the direction of the angle."""
    up, down = ASCENT * pt(label.size), DESCENT * pt(label.size)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = point[0] + distance * cos, point[1] + distance * sin
    anchor = "middle" if centred or abs(cos) < 0.4 else "start" if cos > 0 else "end"
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
    caps = 0.36 * pt(label.size)  # half the height of capitals: what looks centred beside a point
    base = y + caps if centred or abs(sin) < 0.2 else y + up if sin > 0 else y - down
    box = (left, base - up, left + wide, base + down)
    leader = (point, _nearest(box, point, base - caps)) if not centred and distance > LEADER_FROM else None
    return Placed(label, (x, base), anchor, box, leader, cost)


def _nearest(box: Box, point: Point, middle: float) -> Point:
    """Where a leader from the point ends: short of the box, at its middle height when it comes from a side."""
    x = min(max(point[0], box[0]), box[2])
    y = middle if x in (box[0], box[2]) else min(max(point[1], box[1]), box[3])
    length = math.dist(point, (x, y))
    t = max(0.0, 1 - 0.5 / length) if length else 0.0
    return point[0] + (x - point[0]) * t, point[1] + (y - point[1]) * t


def _clash(a: Placed, b: Placed) -> bool:
    if overlap(a.box, b.box, CLEARANCE):
        return True
    if (a.leader and crosses(b.box, a.leader, CLEARANCE / 2)) or (b.leader and crosses(a.box, b.leader, CLEARANCE / 2)):
        return True
    return bool(a.leader and b.leader and _meet(a.leader, b.leader))


def _groups(choices: Sequence[Sequence[Placed]]) -> list[list[int]]:
    """Labels that can come into each other's way, together; each group is searched alone."""
    reach = [_union(p.box for p in found) for found in choices]
    groups: list[list[int]] = []
    for i in range(len(choices)):
        near = [group for group in groups if any(overlap(_pad(reach[i]), _pad(reach[j])) for j in group)]
        groups = [group for group in groups if group not in near] + [[i, *(j for group in near for j in group)]]
    return groups


def _union(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _pad(box: Box) -> Box:
    return box[0] - CLEARANCE, box[1] - CLEARANCE, box[2] + CLEARANCE, box[3] + CLEARANCE


def _search(group: Sequence[int], choices: Sequence[Sequence[Placed]]) -> dict[int, Placed]:
    """The cheapest choice without a clash: depth first, labels with few positions first, cut off by cost. Every
    choice strikes out what it clashes with, so a label that has lost all its positions ends a branch at once."""
    best: dict[int, Placed] = {}
    limit, steps = math.inf, 0

    def descend(chosen: dict[int, Placed], left: dict[int, list[Placed]], cost: float) -> None:
        nonlocal best, limit, steps
        if not left:
            best, limit = dict(chosen), cost
            return
        i = min(left, key=lambda k: (len(left[k]), k))
        for position in left[i]:
            steps += 1
            rest = {k: [p for p in found if not _clash(position, p)] for k, found in left.items() if k != i}
            if steps > PATIENCE or not all(rest.values()):
                continue
            if cost + position.cost + sum(found[0].cost for found in rest.values()) < limit - 1e-9:
                descend({**chosen, i: position}, rest, cost + position.cost)

    descend({}, {i: list(choices[i]) for i in group}, 0.0)
    if not best:
        raise NoRoom(f"no place without overlaps for {', '.join(choices[i][0].label.text for i in group)}")
    return best
