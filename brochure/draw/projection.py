"""From degrees to a map's kilometres, and from kilometres to a drawing's millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from brochure.draw.svg import Point


def project(lat: float, lon: float, projection: Mapping[str, Any]) -> Point:
    """Kilometres east and north of the map's centre: spherical Lambert azimuthal equal-area, as the prepared
    geometry in assets/geo/ is. ``projection`` is what a geometry file says under that key."""
    lam, phi, phi0 = (math.radians(a) for a in (lon - projection["lon_0"], lat, projection["lat_0"]))
    across = math.cos(phi) * math.cos(lam)
    k = projection["radius_km"] * math.sqrt(2 / (1 + math.sin(phi0) * math.sin(phi) + math.cos(phi0) * across))
    return k * math.cos(phi) * math.sin(lam), k * (math.cos(phi0) * math.sin(phi) - math.sin(phi0) * across)


def apart(here: Point, there: Point) -> float:
    """How far two places in degrees lie apart on a great circle, as an angle in radians (haversine)."""
    (lat, lon), (other, far) = ((math.radians(x) for x in place) for place in (here, there))
    across = math.cos(lat) * math.cos(other) * math.sin((far - lon) / 2) ** 2
    return 2 * math.asin(math.sqrt(math.sin((other - lat) / 2) ** 2 + across))


@dataclass(frozen=True)
class Frame:
    """Where a map lies in a drawing: ``centre`` in kilometres stands at ``at`` in mm; ``scale`` in mm per km."""

    centre: Point
    at: Point
    scale: float

    def put(self, point: Sequence[float]) -> Point:
        """A point in kilometres as mm of the drawing."""
        return (
            self.at[0] + (point[0] - self.centre[0]) * self.scale,
            self.at[1] - (point[1] - self.centre[1]) * self.scale,
        )

    def line(self, points: Iterable[Sequence[float]], least: float = 0.12) -> list[Point]:
        """A line in kilometres as mm of the drawing; points nearer than ``least`` mm to the last one are dropped."""
        out: list[Point] = []
        for point in map(self.put, points):
            if not out or math.dist(out[-1], point) >= least:
                out.append(point)
        return out


def clip_to_disc(points: Sequence[Point], centre: Point, radius: float) -> list[list[Point]]:
    """The pieces of a polyline that lie inside a disc."""
    pieces: list[list[Point]] = [[]]
    for a, b in pairwise(points):
        inside = _inside_share(a, b, centre, radius)
        if inside is None:
            pieces.append([])
            continue
        start, end = (_between(a, b, t) for t in inside)
        if not pieces[-1] or math.dist(pieces[-1][-1], start) > 1e-9:
            pieces.append([start])
        pieces[-1].append(end)
    return [piece for piece in pieces if len(piece) > 1]


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _inside_share(a: Point, b: Point, centre: Point, radius: float) -> tuple[float, float] | None:
    """From which to which fraction the segment runs inside the disc; None when it stays outside."""
    dx, dy, fx, fy = b[0] - a[0], b[1] - a[1], a[0] - centre[0], a[1] - centre[1]
    square, half, rest = dx * dx + dy * dy, fx * dx + fy * dy, fx * fx + fy * fy - radius * radius
    root = half * half - square * rest
    if square == 0 or root <= 0:
        return None
    first, last = (-half - math.sqrt(root)) / square, (-half + math.sqrt(root)) / square
    first, last = max(first, 0.0), min(last, 1.0)
    return (first, last) if last > first else None


def holds(rings: Iterable[Sequence[Point]], point: Point) -> bool:
    """Whether a point lies inside rings by the even-odd rule."""
    inside = False
    x, y = point
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                inside = not inside
    return inside


def rounded(points: Sequence[Point], radius: float) -> str:
    """A polyline's path commands with its corners rounded; ``radius`` in mm, less where legs are short."""
    d = f"M{points[0][0]:.3f} {points[0][1]:.3f}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        cut = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        if cut == 0:
            continue
        a, b = (_between(corner, end, cut / math.dist(corner, end)) for end in (before, after))
        d += f"L{a[0]:.3f} {a[1]:.3f}Q{corner[0]:.3f} {corner[1]:.3f} {b[0]:.3f} {b[1]:.3f}"
    return f"{d}L{points[-1][0]:.3f} {points[-1][1]:.3f}"
