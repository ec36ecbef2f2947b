"""The clusters as a star chart over two facing pages. A known number of companies is a swarm of as many
stars, an unknown one an open ring; named companies are satellites, joined to a figure as in a star atlas."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from brochure.draw import svg
from brochure.draw.land import Box, away, inside
from brochure.draw.studio import NoDrawing, Studio

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm, one page
SPREAD: Box = (0.0, 0.0, 2 * WIDTH, HEIGHT)
POLE = (210.0, 170.0)  # where the chart's net is centred, mm on the spread
CIRCLES = (30.0, 67.0, 104.0, 141.0, 178.0, 215.0, 252.0)  # mm; none of them runs along an edge of the page
HOURS, REACH = 24, 300.0  # radial lines of the net, and how far they go, mm
STEP = 3.0  # mm between the points at which the net's strength is asked for
FADE = 16.0  # mm over which the net comes back beyond words and clusters
EDGE = 12.0  # mm from the trim within which a line runs out of the page as it is, or isn't drawn: nothing ends there
TONES = (0.1, 0.2, 0.3, 0.4)  # how strong it is there
SPACING = 2.45  # mm between neighbouring stars of a swarm
STAR, SATELLITE, RING = 1.4, 2.0, 8.0  # mm: two diameters, and the radius of the ring for an unknown number
LEADER = 7.0  # mm from every orbit down to its cluster's name
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


#: Every orbit ends above the name of its cluster, which begins on a grid column: see assets/css/pages/clusters.css.
SEATS = {
    "building_materials": Seat(30.1, 215.5, 15, (104, 36)),
    "pharmaceutical": Seat(67.8, 141.1, 24, (206, 166, 116, 62, 16)),
    "aerospace": Seat(135.6, 213.5, 17, (50,)),
    "transport_logistics": Seat(280.8, 204.5, 26, (222, 186, 148, 112, 58, 16, -24)),
    "automotive": Seat(280.8, 67.0, 30, (228, 198, 165, 128, 86, 40, 2, -38)),
    "metal_processing": Seat(348.6, 80.0, 17, (90,)),
    "agroindustrial": Seat(348.6, 211.5, 19, (86, 44, 10, -24)),
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


def constellation(studio: Studio, side: str, clusters: Sequence[Any], clear: Sequence[Box] = ()) -> str:
    """One page of the chart, bleed included (220 × 307 mm). ``side``: left or right. ``clusters``: things with
    a ``name``, a fact ``companies`` or None, and ``anchors``, which are names. ``clear``: boxes of words, mm of the
    spread, that the net fades towards."""
    placed = [_place(studio, cluster) for cluster in clusters]
    shift = BLEED - (0 if side == "left" else WIDTH)
    labels = [_label(studio, cluster, *satellite) for cluster in placed for satellite in cluster.satellites]
    body = [*_net(studio, [*clear, *(label.box for label in labels)], placed, (-shift, WIDTH + 2 * BLEED - shift))]
    for cluster in placed:
        if (cluster.seat.x < WIDTH) == (side == "left"):
            body += _cluster(studio, cluster)
    body += [
        svg.text(label.at, label.words, TYPE, studio.palette["paper"], studio.text, 500)
        for label in labels
        if (label.at[0] < WIDTH) == (side == "left")
    ]
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


def _net(
    studio: Studio, boxes: Sequence[Box], clusters: Sequence[Cluster], window: tuple[float, float]
) -> Iterator[str]:
    """The chart's net, circles and hours around the pole, faint near words and clusters and gone under them.
    ``window``: the left and right edge of what is drawn, mm."""
    runs: list[list[str]] = [[] for _ in TONES]
    beyond = BLEED + STEP  # so far that no line is cut short
    drawn = window[0] - STEP, -beyond, window[1] + STEP, HEIGHT + beyond
    for points, strengths, radius in _toned(tuple((a, b, c, d) for a, b, c, d in boxes), tuple(clusters)):
        tones = [tone * inside(point, drawn) for point, tone in zip(points, strengths, strict=True)]
        for tone, group in itertools.groupby(range(len(points) - 1), key=lambda i: min(tones[i], tones[i + 1])):
            if tone:
                run = list(group)
                runs[tone - 1].append(_piece(points[run[0]], points[run[-1] + 1], radius))
    for strength, pieces in zip(TONES, runs, strict=True):
        if pieces:
            yield svg.curve("".join(pieces), **svg.stroke(studio.palette["dusk"], 0.3, opacity=strength))


@lru_cache(maxsize=2)
def _toned(boxes: tuple[Box, ...], clusters: tuple[Cluster, ...]) -> list[tuple[list[svg.Point], list[int], float]]:
    """Every line of the net with the tone at each of its points: both pages of the spread ask for the same."""
    return [
        (points, _run_out(points, [_tone(point, boxes, clusters) for point in points]), radius)
        for points, radius in _lines()
    ]


def _lines() -> Iterator[tuple[list[svg.Point], float]]:
    """Every line of the net as points STEP mm apart, with its radius; 0 for a straight one."""
    for radius in CIRCLES:
        count = round(2 * math.pi * radius / STEP)
        yield [_polar(radius, 2 * math.pi * i / count) for i in range(count + 1)], radius
    for hour in range(HOURS):
        count = round((REACH - CIRCLES[0]) / STEP)
        yield [_polar(CIRCLES[0] + i * STEP, 2 * math.pi * hour / HOURS) for i in range(count + 1)], 0.0


def _polar(radius: float, angle: float) -> svg.Point:
    """A point around the pole, mm; the angle in radians, clockwise from the right."""
    return POLE[0] + radius * math.cos(angle), POLE[1] + radius * math.sin(angle)


def _run_out(points: Sequence[svg.Point], tones: Sequence[int]) -> list[int]:
    """The tones of a line that doesn't fade near the edges of the paper: there it goes out in the faintest tone it would
    have had, and comes down to that before."""
    out = list(tones)
    for well_in, group in itertools.groupby(range(len(points)), key=lambda i: inside(points[i], SPREAD, -EDGE)):
        run = list(group)
        if not well_in:
            seen = [
                i for i in (run[0] - 1, *run, run[-1] + 1) if 0 <= i < len(points) and inside(points[i], SPREAD, BLEED)
            ]
            least = min((tones[i] for i in seen), default=0)
            for i, tone in enumerate(tones):
                steps = max(run[0] - i, i - run[-1], 0)
                out[i] = least if not steps else min(out[i], tone, least + steps)
    return out


def _tone(point: svg.Point, boxes: Sequence[Box], clusters: Sequence[Cluster]) -> int:
    """How strong the net is at a point: 0 is nothing, then the place in TONES."""
    near = min([away(point, box) for box in boxes], default=FADE)
    for cluster in clusters:
        near = min(near, math.dist(point, (cluster.seat.x, cluster.seat.y)) - cluster.seat.orbit)
    return max(0, min(len(TONES), math.floor(near / FADE * (len(TONES) + 1))))


def _piece(start: svg.Point, end: svg.Point, radius: float) -> str:
    """A piece of a line from one point to another, an arc around the pole when it has a radius."""
    if not radius:
        return f"M{svg.n(start[0])} {svg.n(start[1])}L{svg.n(end[0])} {svg.n(end[1])}"
    a, b = (math.atan2(y - POLE[1], x - POLE[0]) for x, y in (start, end))
    middle = _polar(radius, a + (b - a) % (2 * math.pi) / 2)
    arcs = "".join(f"A{svg.n(radius)} {svg.n(radius)} 0 0 1 {svg.n(x)} {svg.n(y)}" for x, y in (middle, end))
    return f"M{svg.n(start[0])} {svg.n(start[1])}{arcs}"


def _towards(a: svg.Point, b: svg.Point, distance: float) -> svg.Point:
    """The point that far from ``a`` on the way to ``b``, mm."""
    length = math.dist(a, b)
    return a[0] + (b[0] - a[0]) * distance / length, a[1] + (b[1] - a[1]) * distance / length


def _cluster(studio: Studio, cluster: Cluster) -> Iterator[str]:
    palette = studio.palette
    centre = (cluster.seat.x, cluster.seat.y)
    yield svg.circle(centre, cluster.seat.orbit, **svg.stroke(palette["dusk"], 0.6))
    yield _leader(studio, cluster)
    yield _figure(studio, cluster)
    if cluster.count is None:
        yield svg.circle(centre, RING, **svg.stroke(palette["honey"], 0.9))
    else:
        yield svg.dots(_swarm(centre, int(cluster.count)), STAR, palette["honey"])
    yield svg.dots((point for _, point in cluster.satellites), SATELLITE, palette["paper"])


def _leader(studio: Studio, cluster: Cluster) -> str:
    """The line from a cluster's stars down to its name, which begins where the line ends."""
    x, y = cluster.seat.x, cluster.seat.y
    ends = (x, y + cluster.radius + 2.0 * (cluster.count is not None)), (x, y + cluster.seat.orbit + LEADER)
    return svg.line(*ends, **svg.stroke(studio.palette["gold"], 0.65))


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


@dataclass(frozen=True)
class Words:
    """A satellite's name: its left end on the baseline, and the box round it, mm."""

    words: str
    at: svg.Point
    box: Box


def _label(studio: Studio, cluster: Cluster, name: str, point: svg.Point) -> Words:
    """A satellite's name outside of its orbit."""
    centre = (cluster.seat.x, cluster.seat.y)
    reach = math.dist(centre, point)
    across, up = (point[0] - centre[0]) / reach, (centre[1] - point[1]) / reach
    words = studio.names[name]
    wide = studio.width(words, TYPE, 500)
    if abs(across) < 0.35:
        left, base = point[0] - wide / 2, point[1] + (-2.4 if up > 0 else 4.5)
    else:
        left, base = point[0] + (2.5 if across > 0 else -2.5 - wide), point[1] + 1.0 - 0.6 * up
    return Words(words, (left, base), (left - 0.7, base - 2.7, left + wide + 0.7, base + 1.1))
