"""One cluster as a star chart: a swarm of as many stars as it has members, its companies and places around it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from brochure.draw import svg
from brochure.draw.studio import Studio

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
SPACING = 3.9  # mm between neighbouring stars of a swarm
STAR, SATELLITE, RING = 2.0, 2.8, 17.0  # mm: two diameters, and the radius of the ring for an unknown number
GOLDEN = math.pi * (3 - math.sqrt(5))
TYPE, CLEAR = 8.0, 3.0  # pt; mm that lines keep from satellites
#: A title of one line and of two leave the chart this room: its centre, mm from the trim’s top, and its radius.
ROOMS = ((111.0, 67.0), (119.0, 58.5))
TITLE, MEASURE = (44.0, 300), 177.0  # pt and weight of the title; mm that it may be wide
BESIDE, INNER = 3.2, 4.5  # mm from a star to its name; mm that a star keeps from the swarm
HOURS, TICKS = 24, 180


def stars(
    studio: Studio,
    members: str,
    anchors: Sequence[str],
    title: str = "",
) -> str:
    """The page's ground, 220 × 307 mm with bleed. ``members``: the fact that says how many belong to the cluster, empty
    when that isn't known; ``anchors``: names of companies and places; ``title``: what stands above the chart."""
    centre, reach = _room(studio, title)
    ink, count = studio.palette, studio.number(members) if members else None
    inner = RING if count is None else SPACING * math.sqrt(count)
    around = zip(anchors, _spots(centre, inner, reach, len(anchors)), strict=True)
    spots = [(name, _drawn_in(studio, centre, inner, reach, studio.names[name], spot)) for name, spot in around]
    body = [*_net(studio, centre, reach), _figure(studio, centre, inner, [spot for _, spot in spots])]
    if count is None:
        body.append(svg.circle(centre, RING, **svg.stroke(ink["honey"], 1.1)))
    else:
        body.append(svg.dots(_swarm(centre, int(count)), STAR, ink["honey"]))
    body.append(svg.dots((spot for _, spot in spots), SATELLITE, ink["paper"]))
    for name, spot in spots:
        body += _label(studio, centre, studio.names[name], spot)
    moved = svg.group(body, transform=f"translate({svg.n(BLEED)} {svg.n(BLEED)})")
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [moved])


def _room(studio: Studio, title: str) -> tuple[svg.Point, float]:
    """The chart's centre and radius, mm: lower and smaller below a title of two lines."""
    line = studio.ruler(title, studio.display, *TITLE)
    middle, reach = ROOMS[line > MEASURE]
    return (105.0, middle), reach


def _drawn_in(studio: Studio, centre: svg.Point, inner: float, reach: float, words: str, at: svg.Point) -> svg.Point:
    """A star moved towards the swarm, as far as there is room, until its name stays within the outer circle: positions
    follow no measure."""
    across, down = at[0] - centre[0], at[1] - centre[1]
    if _above(across, down):
        return at
    near, far = inner + INNER, math.hypot(across, down)
    out = BESIDE + studio.width(words, TYPE, 500) + 2.0
    while far > near and math.hypot(abs(across) + out, down) > reach:
        across, down, far = across * (far - 0.5) / far, down * (far - 0.5) / far, far - 0.5
    return centre[0] + across, centre[1] + down


def _above(across: float, down: float) -> bool:
    """Whether a name stands above or below its star, not beside it."""
    return abs(across) < 0.45 * abs(down)


def _spots(centre: svg.Point, inner: float, reach: float, count: int) -> list[svg.Point]:
    """Places around the swarm, near and far by turns, the first to the upper left."""
    near, far = inner + (reach - inner) * 0.36, inner + (reach - inner) * 0.74
    out = []
    for index in range(count):
        turn = math.radians(-62 + 360 * index / max(count, 1))
        radius = far if index % 2 else near
        out.append((centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)))
    return out


def _net(studio: Studio, centre: svg.Point, reach: float) -> Iterator[str]:
    """The chart's net: circles, hours, and a graduated circle outside."""
    thin = svg.stroke(studio.palette["dusk"], 0.3, opacity=0.6)
    for share in (0.25, 0.5, 0.75):
        yield svg.circle(centre, reach * share, **thin)
    yield svg.circle(centre, reach, **svg.stroke(studio.palette["haze"], 0.4))
    yield _rays(centre, HOURS, reach * 0.25, reach, thin)
    yield _rays(centre, TICKS, reach, reach + 1.2, svg.stroke(studio.palette["haze"], 0.25))


def _rays(centre: svg.Point, count: int, inner: float, outer: float, style: dict[str, object]) -> str:
    d = []
    for index in range(count):
        c, s = math.cos(math.tau * index / count), math.sin(math.tau * index / count)
        d.append(
            f"M{svg.n(centre[0] + inner * c)} {svg.n(centre[1] + inner * s)}"
            f"L{svg.n(centre[0] + outer * c)} {svg.n(centre[1] + outer * s)}"
        )
    return svg.curve("".join(d), **style)


def _swarm(centre: svg.Point, count: int) -> list[svg.Point]:
    """As many stars as there are members, evenly spread like the seeds of a sunflower."""
    return [
        (
            centre[0] + SPACING * math.sqrt(i + 0.5) * math.cos(i * GOLDEN),
            centre[1] + SPACING * math.sqrt(i + 0.5) * math.sin(i * GOLDEN),
        )
        for i in range(count)
    ]


def _figure(studio: Studio, centre: svg.Point, inner: float, spots: Sequence[svg.Point]) -> str:
    """The line that joins the companies, and the first of them to the swarm."""
    pairs = [(_toward(a, b, CLEAR), _toward(b, a, CLEAR)) for a, b in itertools.pairwise(spots)]
    if spots:
        pairs.append((_toward(centre, spots[0], inner + CLEAR), _toward(spots[0], centre, CLEAR)))
    d = "".join(f"M{svg.n(a[0])} {svg.n(a[1])}L{svg.n(b[0])} {svg.n(b[1])}" for a, b in pairs)
    return svg.curve(d, **svg.stroke(studio.palette["gold"], 0.6)) if d else ""


def _toward(a: svg.Point, b: svg.Point, distance: float) -> svg.Point:
    """The point that far from ``a`` on the way to ``b``, mm."""
    length = math.dist(a, b) or 1.0
    return a[0] + (b[0] - a[0]) * distance / length, a[1] + (b[1] - a[1]) * distance / length


def _label(studio: Studio, centre: svg.Point, words: str, at: svg.Point) -> Iterator[str]:
    """A company's name outside of its star, on a patch of ground that keeps the net away from it."""
    across, up = at[0] - centre[0], centre[1] - at[1]
    wide = studio.width(words, TYPE, 500)
    if _above(across, up):
        left, base = at[0] - wide / 2, at[1] + (-3.0 if up > 0 else 5.2)
    else:
        left, base = at[0] + (BESIDE if across > 0 else -BESIDE - wide), at[1] + 1.0
    yield svg.rect(left - 0.8, base - 2.9, wide + 1.6, 4.2, fill=studio.palette["deep"])
    yield svg.text((left, base), words, TYPE, studio.palette["paper"], studio.text, 500)
