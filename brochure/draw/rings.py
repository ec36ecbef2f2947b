"""Rings, tracks and the measure of words: what emblems are made of."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from brochure.draw import svg
from brochure.draw.svg import Point, stroke

TURN = 720  # steps around a ring at which it is tested against words
SHORTEST = 2.5  # mm, shorter pieces of a broken ring are left out

Box = tuple[float, float, float, float]  # left, top, right, bottom in mm


def place(centre: Point, radius: float, angle: float) -> Point:
    """A point on a circle; ``angle`` in degrees clockwise from the top."""
    turn = math.radians(angle)
    return centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)


def circles(centre: Point, radii: Iterable[float], boxes: Sequence[Box] = (), **style: object) -> str:
    """Concentric circles as one path; a circle ends cleanly before each of the boxes that words stand in."""
    d = "".join(_broken(centre, radius, boxes) for radius in radii)
    return svg.curve(d, **style) if d else ""


def _broken(centre: Point, radius: float, boxes: Sequence[Box]) -> str:
    """The path of a circle without the parts that lie in a box."""
    near = [box for box in boxes if _reaches(centre, radius, box)]
    hidden = (
        [any(_inside(place(centre, radius, k * 360 / TURN), box) for box in near) for k in range(TURN)] if near else []
    )
    if not any(hidden):
        return _whole(centre, radius)
    out, first = [], hidden.index(True)
    since: int | None = None
    for k in range(first, first + TURN + 1):
        if not hidden[k % TURN]:
            since = k if since is None else since
        elif since is not None:
            out.append(_piece(centre, radius, since * 360 / TURN, (k - 1) * 360 / TURN))
            since = None
    return "".join(out)


def _reaches(centre: Point, radius: float, box: Box) -> bool:
    """Whether a circle can pass through a box."""
    x, y = (max(box[i] - centre[i], 0, centre[i] - box[i + 2]) for i in (0, 1))
    far = math.hypot(
        max(abs(box[0] - centre[0]), abs(box[2] - centre[0])), max(abs(box[1] - centre[1]), abs(box[3] - centre[1]))
    )
    return math.hypot(x, y) <= radius <= far


def _inside(at: Point, box: Box) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _whole(centre: Point, radius: float) -> str:
    x, y, r = svg.n(centre[0]), centre[1], svg.n(radius)
    return f"M{x} {svg.n(y - radius)}A{r} {r} 0 1 1 {x} {svg.n(y + radius)}A{r} {r} 0 1 1 {x} {svg.n(y - radius)}Z"


def _piece(centre: Point, radius: float, since: float, until: float) -> str:
    """An arc between two angles in degrees; nothing when it is only a splinter."""
    if math.radians(until - since) * radius < SHORTEST:
        return ""
    parts = math.ceil((until - since) / 120)
    corners = [place(centre, radius, since + (until - since) * k / parts) for k in range(parts + 1)]
    r = svg.n(radius)
    return f"M{svg.n(corners[0][0])} {svg.n(corners[0][1])}" + "".join(
        f"A{r} {r} 0 0 1 {svg.n(x)} {svg.n(y)}" for x, y in corners[1:]
    )


def dashed(centre: Point, radius: float, ink: str, *, weight: float, dash: float, gap: float) -> str:
    """A dashed circle whose last gap meets its first dash; ``dash`` and ``gap`` in mm are fitted to it."""
    around = 2 * math.pi * radius
    fit = around / max(round(around / (dash + gap)), 1) / (dash + gap)
    return svg.curve(_whole(centre, radius), **stroke(ink, weight, dash=f"{dash * fit:.4f} {gap * fit:.4f}"))


def bearing(here: Point, there: Point) -> float:
    """The direction between two places (latitude, longitude), degrees clockwise from north."""
    east = (there[1] - here[1]) * math.cos(math.radians((here[0] + there[0]) / 2))
    return math.degrees(math.atan2(east, there[0] - here[0]))


def grain_radii(area: float, ha: float, grain: float, since: float = 0) -> list[float]:
    """The radii in mm of the fine rings: one for each ``grain`` ha between ``since`` and ``area``."""
    first = int(since // grain) + 1
    return [ha * math.sqrt(k * grain) for k in range(first, math.ceil(area / grain))]


def track(points: list[Point], ink: str, ground: str) -> list[str]:
    """A single track with sleepers every 2 mm; a band in the ground's colour keeps other lines off it."""
    sleepers, rest = [], 1.0
    for a, b in itertools.pairwise(points):
        length = math.dist(a, b)
        ux, uy = ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (0.0, 0.0)
        while rest <= length:
            x, y = a[0] + ux * rest, a[1] + uy * rest
            sleepers.append(f"M{svg.n(x - uy)} {svg.n(y + ux)}L{svg.n(x + uy)} {svg.n(y - ux)}")
            rest += 2.0
        rest -= length
    butt = {**stroke(ground, 10), "stroke_linecap": "butt"}
    return [
        svg.path(points, **butt),
        svg.path(points, **stroke(ink, 0.8)),
        svg.curve("".join(sleepers), **stroke(ink, 0.5)),
    ]
