"""The clusters as a star chart over two facing pages. A known number of companies is a swarm of as many
stars, an unknown one an open ring; named companies are satellites, joined to a figure as in a star atlas."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from brochure.draw import svg
from brochure.draw.studio import NoDrawing, Studio

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm, one page
POLE = (210.0, 170.0)  # where the chart's net is centred, mm on the spread
CIRCLES = (30.0, 66.0, 102.0, 138.0, 174.0, 210.0, 246.0)  # mm
HOURS = 24  # radial lines of the net
SCALE, TICKS, TICK = 102.0, 180, 1.3  # the graduated circle: radius in mm, strokes, their length in mm
SPACING = 2.45  # mm between neighbouring stars of a swarm
STAR, SATELLITE, RING = 1.4, 2.0, 8.0  # mm: two diameters, and the radius of the ring for an unknown number
GOLDEN = math.pi * (3 - math.sqrt(5))
TYPE = 8.0  # pt
CLEAR = 2.3  # mm that lines keep from satellites


@dataclass(frozen=True)
class Seat:
    """Where a cluster stands on the spread, mm from its left top corner; ``orbit``: how far its satellites are
    from it, mm; ``angles``: their directions in degrees, 0 to the right, 90 up."""

    x: float
    y: float
    orbit: float
    angles: tuple[float, ...]


SEATS = {
    "building_materials": Seat(36.5, 233, 19, (118, 34)),
    "pharmaceutical": Seat(73, 160, 33, (212, 163, 112, 62, 16)),
    "aerospace": Seat(153, 212, 20, (56,)),
    "transport_logistics": Seat(279, 184, 29, (224, 163, 121, 54, 18, -13, -97)),
    "automotive": Seat(284, 84, 35, (240, 203, 166, 127, 84, 36, -6, -56)),
    "metal_processing": Seat(372, 111, 18, (90,)),
    "agroindustrial": Seat(364, 214, 19.5, (176, 108, 46, 2)),
}


@dataclass(frozen=True)
class Cluster:
    """A cluster on its seat: how many companies, None when that isn't known, and its satellites with their points."""

    seat: Seat
    count: float | None
    satellites: tuple[tuple[str, svg.Point], ...]

    @property
    def radius(self) -> float:
        """How far its stars reach, mm."""
        return RING if self.count is None else SPACING * math.sqrt(self.count)


def constellation(studio: Studio, side: str, clusters: Sequence[Any]) -> str:
    """One page of the chart, bleed included (220 × 307 mm). ``side``: left or right. ``clusters``: things with
    a ``name``, a fact ``companies`` or None, and ``anchors``, which are names."""
    placed = [_place(studio, cluster) for cluster in clusters]
    shift = BLEED - (0 if side == "left" else WIDTH)
    body = [*_net(studio), _links(studio, placed)]
    for cluster in placed:
        if (shift - BLEED <= -WIDTH and cluster.seat.x < WIDTH) or (shift > 0 and cluster.seat.x > WIDTH):
            continue
        body += _cluster(studio, cluster)
    return svg.svg(
        WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=f"translate({svg.n(shift)} {svg.n(BLEED)})")]
    )


def _place(studio: Studio, cluster: Any) -> Cluster:
    seat = SEATS.get(str(cluster.name))
    if seat is None:
        raise NoDrawing(f"the constellation has no seat for the cluster “{cluster.name}”.")
    count = studio.number(cluster.companies) if cluster.companies else None
    if len(cluster.anchors) > len(seat.angles):
        raise NoDrawing(
            f"the constellation has {len(seat.angles)} satellites for “{cluster.name}”, not {len(cluster.anchors)}."
        )
    points = []
    for index, anchor in enumerate(cluster.anchors):
        angle = math.radians(seat.angles[index])
        points.append((str(anchor), (seat.x + seat.orbit * math.cos(angle), seat.y - seat.orbit * math.sin(angle))))
    return Cluster(seat, count, tuple(points))


def _net(studio: Studio) -> Iterator[str]:
    """The chart's net: circles and hours around the pole."""
    thin = svg.stroke(studio.palette["dusk"], 0.3, opacity=0.5)
    for radius in CIRCLES:
        yield svg.circle(POLE, radius, **thin)
    yield _rays(HOURS, CIRCLES[0], 330.0, thin)
    yield _rays(TICKS, SCALE - TICK, SCALE, thin)


def _rays(count: int, inner: float, outer: float, style: dict[str, object]) -> str:
    """Strokes around the pole, from one radius to another, mm."""
    d = []
    for index in range(count):
        c, s = math.cos(2 * math.pi * index / count), math.sin(2 * math.pi * index / count)
        d.append(
            f"M{svg.n(POLE[0] + inner * c)} {svg.n(POLE[1] + inner * s)}"
            f"L{svg.n(POLE[0] + outer * c)} {svg.n(POLE[1] + outer * s)}"
        )
    return svg.curve("".join(d), **style)


def _links(studio: Studio, clusters: Sequence[Cluster]) -> str:
    """Thin lines that join all clusters by the shortest way, broken off where their stars begin."""
    d = []
    for one, two in _shortest(clusters):
        a, b = (one.seat.x, one.seat.y), (two.seat.x, two.seat.y)
        start, end = _towards(a, b, one.radius + 3), _towards(b, a, two.radius + 3)
        d.append(f"M{svg.n(start[0])} {svg.n(start[1])}L{svg.n(end[0])} {svg.n(end[1])}")
    return svg.curve("".join(d), **svg.stroke(studio.palette["gold"], 0.65))


def _shortest(clusters: Sequence[Cluster]) -> Iterator[tuple[Cluster, Cluster]]:
    """The pairs of the least spanning tree: each time the nearest cluster that isn't joined yet."""
    joined, left = list(clusters[:1]), list(clusters[1:])
    while left:
        pairs = [
            (math.dist((a.seat.x, a.seat.y), (b.seat.x, b.seat.y)), i, j)
            for i, a in enumerate(joined)
            for j, b in enumerate(left)
        ]
        _, i, j = min(pairs)
        yield joined[i], left[j]
        joined.append(left.pop(j))


def _towards(a: svg.Point, b: svg.Point, distance: float) -> svg.Point:
    """The point that far from ``a`` on the way to ``b``, mm."""
    length = math.dist(a, b)
    return a[0] + (b[0] - a[0]) * distance / length, a[1] + (b[1] - a[1]) * distance / length


def _cluster(studio: Studio, cluster: Cluster) -> Iterator[str]:
    palette = studio.palette
    centre = (cluster.seat.x, cluster.seat.y)
    yield svg.circle(centre, cluster.seat.orbit, **svg.stroke(palette["dusk"], 0.6))
    yield _figure(studio, cluster)
    if cluster.count is None:
        yield svg.circle(centre, RING, **svg.stroke(palette["honey"], 0.9))
    else:
        yield svg.dots(_swarm(centre, int(cluster.count)), STAR, palette["honey"])
    yield svg.dots((point for _, point in cluster.satellites), SATELLITE, palette["paper"])
    for name, point in cluster.satellites:
        yield from _label(studio, centre, name, point)


def _swarm(centre: svg.Point, count: int) -> list[svg.Point]:
    """As many stars as there are companies, evenly spread like the seeds of a sunflower."""
    return [
        (
            centre[0] + SPACING * math.sqrt(i + 0.5) * math.cos(i * GOLDEN),
            centre[1] + SPACING * math.sqrt(i + 0.5) * math.sin(i * GOLDEN),
        )
        for i in range(count)
    ]


def _figure(studio: Studio, cluster: Cluster) -> str:
    """The line that joins the satellites, and the first of them to the cluster."""
    points = [point for _, point in cluster.satellites]
    d = []
    if points:
        centre = (cluster.seat.x, cluster.seat.y)
        d.append((_towards(centre, points[0], cluster.radius + CLEAR / 2), _towards(points[0], centre, CLEAR)))
    for a, b in itertools.pairwise(points):
        d.append((_towards(a, b, CLEAR), _towards(b, a, CLEAR)))
    path = "".join(f"M{svg.n(a[0])} {svg.n(a[1])}L{svg.n(b[0])} {svg.n(b[1])}" for a, b in d)
    return svg.curve(path, **svg.stroke(studio.palette["haze"], 0.4, opacity=0.7))


def _label(studio: Studio, centre: svg.Point, name: str, point: svg.Point) -> Iterator[str]:
    """A satellite's name outside of its orbit, on a patch of ground that keeps the net away from it."""
    reach = math.dist(centre, point)
    across, up = (point[0] - centre[0]) / reach, (centre[1] - point[1]) / reach
    words = studio.names[name]
    wide = studio.width(words, TYPE, 500)
    if abs(across) < 0.35:
        left, base = point[0] - wide / 2, point[1] + (-2.4 if up > 0 else 4.5)
    else:
        left, base = point[0] + (2.5 if across > 0 else -2.5 - wide), point[1] + 1.0 - 0.6 * up
    yield svg.rect(left - 0.7, base - 2.7, wide + 1.4, 3.8, fill=studio.palette["deep"])
    yield svg.text((left, base), words, TYPE, studio.palette["paper"], studio.text, 500)
