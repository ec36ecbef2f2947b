"""Labels that touch nothing: not each other, no line, no mark, no edge.

``place`` tries positions around each label's points, keeps those that are free of obstacles, and searches the
cheapest choice that is free of overlaps. Everything is in mm, y grows downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from brochure.draw.boxes import Box, Segment, around, crosses, meet, overlap, union, within
from brochure.draw.obstacles import CLEARANCE, Cleared, Obstacles
from brochure.draw.ruler import Ruler
from brochure.draw.shaping import spaced
from brochure.draw.svg import Point, pt

ASCENT, DESCENT = 0.74, 0.22  # of the size: how far ink reaches above and below the baseline
LEADER_FROM = 2.6  # mm; a label further from its point is tied to it by a line
SHORTEST = 1.3  # mm, of a leader
UNDER, LEADING = 8.0, 10.5  # pt, of the second line
STEPS = (1.0, 1.6, 2.4, 3.6, 5.2, 7.2)  # times the distance that a label asks for
KEPT = 26  # free positions kept for each label
PATIENCE = 3_000  # steps of the search

#: Angles in degrees, 0 to the right and clockwise, with what each costs: right before left, above before below.
ANGLES = dict(
    zip(
        (0, -45, 45, 180, -90, -135, 135, 90, -22, 22, -68, 68, -112, 112, -158, 158),
        (0.0, 0.3, 0.4, 0.5, 0.7, 0.7, 0.8, 0.9, 0.35, 0.4, 0.7, 0.9, 0.9, 1.0, 0.6, 0.7),
        strict=True,
    )
)


class NoRoom(ValueError):
    """Some labels have no free place."""


@dataclass(frozen=True)
class Label:
    """Words beside a point. ``distance``: mm from the point to the words, 0 sets them centred on the point.
    ``also``: further points that will do, less and less gladly. ``leader``: may be tied to its point by a line,
    which begins ``mark`` mm from it."""

    text: str
    at: Point
    size: float
    family: str
    weight: int = 400
    distance: float = 1.4
    also: tuple[Point, ...] = ()
    leader: bool = True
    mark: float = 0.0
    spacing: float = 0.0  # mm between letters
    name: str = ""
    under: str = ""  # a second, smaller line
    under_weight: int = 400
    leftwards: bool = False  # left before right
    air: float = 0.0  # mm kept at both ends between it and other labels, over the clearance


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


def place(labels: Sequence[Label], obstacles: Obstacles, bounds: Box, width: Ruler) -> tuple[Placed, ...]:
    """A place for every label, in their order; NoRoom names the labels that have none."""
    widths = tuple(
        max(
            width(n.text, n.family, n.size, n.weight) + spaced(n.text, n.spacing) * len(n.text),
            width(n.under, n.family, UNDER, n.under_weight),
        )
        for n in labels
    )
    return _placed(tuple(labels), widths, tuple(obstacles.rects), tuple(obstacles.segments), bounds)


@lru_cache(maxsize=16)
def _placed(
    labels: tuple[Label, ...],
    widths: tuple[float, ...],
    rects: tuple[Box, ...],
    segments: tuple[Segment, ...],
    bounds: Box,
) -> tuple[Placed, ...]:
    """Kept, because both pages of a spread ask for the same map."""
    ground = Cleared(rects, segments)
    choices = [_free(label, wide, ground, bounds) for label, wide in zip(labels, widths, strict=True)]
    if crowded := [label.text for label, found in zip(labels, choices, strict=True) if not found]:
        raise NoRoom(f"no free place for {', '.join(crowded)}")
    chosen: dict[int, Placed] = {}
    clashes = _clashes(choices)
    for group in _groups(len(labels), clashes):
        chosen |= _search(group, choices, clashes)
    return tuple(chosen[i] for i in range(len(labels)))


def _free(label: Label, wide: float, ground: Cleared, bounds: Box) -> list[Placed]:
    """The cheapest positions of a label that are free, cheapest first."""
    found: list[Placed] = []
    for position in sorted(_positions(label, wide), key=lambda p: p.cost):
        if not within(position.box, bounds) or not ground.free(position.box):
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


def _positions(label: Label, wide: float) -> Iterator[Placed]:
    for rank, point in enumerate((label.at, *label.also)):
        if label.distance == 0:
            yield _put(label, point, wide, distance=0.0, angle=90, cost=0.05 * rank, centred=True)
            continue
        for step in STEPS:
            distance = label.distance * step
            if distance > LEADER_FROM and not label.leader:
                break
            for turned, cost in ANGLES.items():
                angle = 180 - turned if label.leftwards else turned
                yield _put(
                    label, point, wide, distance=distance, angle=angle, cost=cost + 0.6 * rank + 1.1 * (step - 1)
                )


def _put(
    label: Label, point: Point, wide: float, *, distance: float, angle: float, cost: float, centred: bool = False
) -> Placed:
    """The label so that its ink is ``distance`` mm from the point in the direction of the angle."""
    up, second = ASCENT * pt(label.size), pt(LEADING) if label.under else 0.0
    down = DESCENT * pt(label.size) + second
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x, y = point[0] + distance * cos, point[1] + distance * sin
    anchor = "middle" if centred or abs(cos) < 0.4 else "start" if cos > 0 else "end"
    slide = 0.0 if centred else cos * wide  # steep angles also lean to their side
    left = {"start": x, "middle": x - wide / 2 + slide, "end": x - wide}[anchor]
    caps = 0.36 * pt(label.size)  # half the height of capitals: what looks centred beside a point
    base = y + caps - second / 2 if centred or abs(sin) < 0.2 else y + up if sin > 0 else y - down
    box = (left, base - up, left + wide, base + down)
    leader = (
        _leader(box, point, base - caps + second / 2, label.mark) if not centred and distance > LEADER_FROM else None
    )
    at = (left + wide / 2 if anchor == "middle" else x, base)
    return Placed(label, at, anchor, box, leader, cost)


def _leader(box: Box, point: Point, middle: float, mark: float) -> Segment | None:
    """From the edge of the point's mark to short of the box, at its middle height when it comes from a side, at its edge
    when it comes from above or below; None
    when there is hardly a gap to bridge."""
    x = min(max(point[0], box[0]), box[2])
    steep = abs(middle - point[1]) > abs(x - point[0])  # else it would run along the words' edge
    y = middle if x in (box[0], box[2]) and not steep else min(max(point[1], box[1]), box[3])
    length = math.dist(point, (x, y))
    if length - mark < SHORTEST + 0.5:
        return None
    start, end = (
        (point[0] + (x - point[0]) * t, point[1] + (y - point[1]) * t) for t in (mark / length, 1 - 0.5 / length)
    )
    return start, end


def _clash(a: Placed, b: Placed) -> bool:
    air = max(a.label.air, b.label.air)
    if overlap((a.box[0] - air, a.box[1], a.box[2] + air, a.box[3]), b.box, CLEARANCE):
        return True
    if (a.leader and crosses(b.box, a.leader, CLEARANCE / 2)) or (b.leader and crosses(a.box, b.leader, CLEARANCE / 2)):
        return True
    return bool(a.leader and b.leader and meet(a.leader, b.leader))


def _reach(position: Placed) -> Box:
    """A position's box and leader with air around them."""
    boxes = [position.box, around(position.leader)] if position.leader else [position.box]
    left, top, right, bottom = union(boxes)
    beside = CLEARANCE + position.label.air
    return left - beside, top - CLEARANCE, right + beside, bottom + CLEARANCE


Clashes = dict[tuple[int, int], set[tuple[int, int]]]
"""(label, position) → what it can't stand beside."""


def _clashes(choices: Sequence[Sequence[Placed]]) -> Clashes:
    reaches = [[_reach(position) for position in found] for found in choices]
    whole = [union(found) for found in reaches]
    out: Clashes = {}
    for i, j in combinations(range(len(choices)), 2):
        if not overlap(whole[i], whole[j]):
            continue
        near = [(b, reaches[j][b]) for b in range(len(choices[j])) if overlap(reaches[j][b], whole[i])]
        for a, reach in enumerate(reaches[i]):
            for b, other in near:
                if overlap(reach, other) and _clash(choices[i][a], choices[j][b]):
                    out.setdefault((i, a), set()).add((j, b))
                    out.setdefault((j, b), set()).add((i, a))
    return out


def _groups(count: int, clashes: Clashes) -> list[list[int]]:
    """Labels that can come into each other's way, together; each group is searched alone."""
    groups = [[i] for i in range(count)]
    for i, j in sorted({(a[0], b[0]) for a, others in clashes.items() for b in others}):
        one, other = (next(group for group in groups if k in group) for k in (i, j))
        if one is not other:
            groups.remove(other)
            one += other
    return groups


def _search(group: Sequence[int], choices: Sequence[Sequence[Placed]], clashes: Clashes) -> dict[int, Placed]:
    """The cheapest choice without a clash: depth first, labels with few positions first, cut off by cost. Every
    choice strikes out what it clashes with, so a label that has lost all its positions ends a branch at once."""
    best: dict[int, int] = {}
    limit, steps = math.inf, 0
    nothing: set[tuple[int, int]] = set()

    def descend(chosen: dict[int, int], left: dict[int, list[int]], cost: float) -> None:
        nonlocal best, limit, steps
        if not left:
            best, limit = chosen, cost
            return
        i = min(left, key=lambda k: (len(left[k]), k))
        for a in left[i]:
            steps += 1
            struck = clashes.get((i, a), nothing)
            rest = {
                k: [b for b in found if (k, b) not in struck] if struck else found
                for k, found in left.items()
                if k != i
            }
            if steps > PATIENCE or not all(rest.values()):
                continue
            sure = cost + choices[i][a].cost
            if sure + sum(choices[k][found[0]].cost for k, found in rest.items()) < limit - 1e-9:
                descend({**chosen, i: a}, rest, sure)

    descend({}, {i: list(range(len(choices[i]))) for i in group}, 0.0)
    if not best:
        raise NoRoom(f"no place without overlaps for {', '.join(choices[i][0].label.text for i in group)}")
    return {i: choices[i][a] for i, a in best.items()}
