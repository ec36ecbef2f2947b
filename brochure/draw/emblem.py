"""A park's emblem, drawn from its own facts by one grammar.

area        the disc; a fine ring for each ``grain`` of hectares. What is planned stays rings without a disc
unknown     an open ring: no area was found, or sources differ on it. Inside it a plot that is known
distance    the graduated orbit: a tick for each km, Moscow on it in its true direction; dashed when unknown
power       thin rings outside the disc, one for each 50 MW
rail        a spur with sleepers
residents   satellites, each on an orbit of its own: the later it opened, the farther out
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from brochure.draw import satellites, svg
from brochure.draw.look import TYPE, Look, Tag, distance, fact_id, paint
from brochure.draw.rings import Box, bearing, circles, dashed, grain_radii, place, track
from brochure.draw.studio import Studio
from brochure.draw.svg import Point, stroke

MW_PER_RING = 50
CLEAR = 17.5  # mm around the figure in the middle of a disc
LARGE, AIR = 24.0, 3.0  # that figure: pt, and mm between it and the first ring
POWER_GAP, POWER_STEP = 2.6, 1.25  # mm
OFF_RING = 1.4  # mm between an open ring and the railway that leaves it
LEADER = 6.5  # mm from the outermost ring to what is said of the rings
SAID = (318, 345)  # degrees clockwise from the top: where the planned area and the power are named
TURNS = (0, -9, 9, -18, -27)  # degrees by which the second moves where a resident’s name is in its way


def figure(studio: Studio, look: Look) -> list[str]:
    """The emblem as drawn parts around (look.x, look.y), from the outermost inwards."""
    names = satellites.tags(studio, look)
    said = _callouts(studio, look, [tag.box for tag in names])
    tags = [*names, *(tag for tag, _ in said)]
    written = [tag.box for tag, leader in said if not leader]
    return [
        *_orbit(studio, look),
        *satellites.orbits(studio, look, [tag.box for tag in tags]),
        *_power(studio, look, written),
        *_disc(studio, look, written),
        *(part for _, leader in said for part in leader),
        *_spur(studio, look),
        *satellites.satellites(studio, look),
        *_middle(studio, look),
        *(svg.text(tag.at, tag.words, TYPE, paint(studio, look, "text"), studio.text, 500, tag.anchor) for tag in tags),
    ]


def _area(studio: Studio, look: Look) -> float | None:
    """The park's area in ha; None when it isn't known or when sources differ on it."""
    name = fact_id(look, "area")
    return None if not studio.has(name) or studio.fact(name).disputed else studio.number(name)


def edge(studio: Studio, look: Look) -> float:
    """The radius in mm of the disc or the open ring."""
    area = _area(studio, look)
    return look.open_ring if area is None else look.ha * math.sqrt(area)


def power_rings(studio: Studio, look: Look) -> int:
    """How many rings the park's power makes: the sum of parks.<park>.power_… in MW."""
    total = sum(studio.number(fact_id(look, name)) or 0 for name in ("power_sozvezdie", "power"))
    return math.ceil(total / MW_PER_RING)


def _orbit(studio: Studio, look: Look) -> list[str]:
    """The orbit of the distance from Moscow."""
    centre, line = (look.x, look.y), paint(studio, look, "line")
    km = studio.number(distance(look))
    if km is None:
        radius = look.far
        parts = [dashed(centre, radius, line, weight=0.4, dash=0.9, gap=1.5)]
    else:
        radius = look.km * km
        parts = [svg.circle(centre, radius, **stroke(line, 0.4)), *_ticks(centre, radius, int(km), line)]
    return [*parts, *_moscow(studio, look, radius, known=km is not None)]


def _ticks(centre: Point, radius: float, count: int, ink: str) -> list[str]:
    """One tick for each km around the orbit, every tenth longer; two paths."""
    short: list[str] = []
    long: list[str] = []
    for index in range(count):
        length = 2.4 if index % 10 == 0 else 1.1
        a, b = (place(centre, radius + d, index * 360 / count) for d in (0, length))
        (long if index % 10 == 0 else short).append(f"M{svg.n(a[0])} {svg.n(a[1])}L{svg.n(b[0])} {svg.n(b[1])}")
    return [svg.curve("".join(short), **stroke(ink, 0.25)), svg.curve("".join(long), **stroke(ink, 0.5))]


def _moscow(studio: Studio, look: Look, radius: float, known: bool) -> list[str]:
    """Moscow on the orbit in its true direction: a full point at a known distance, an open one else."""
    here, there = studio.point(look.at) if look.at else None, studio.point("places.moscow")
    if here is None or there is None:
        return []
    angle = bearing(here, there)
    at, ground, ink = (
        place((look.x, look.y), radius, angle),
        paint(studio, look, "ground"),
        paint(studio, look, "satellite"),
    )
    parts = [svg.circle(at, 2.1, fill=ground, **stroke(ink, 0.4)), svg.circle(at, 1.0 if known else 0.01, fill=ink)]
    if look.named and known:
        words = f"{studio.names['moscow']}{studio.comma}{studio.print(distance(look))}"
        parts.append(svg.text((at[0] + 3.4, at[1] - 2.2), words, TYPE, paint(studio, look, "text"), studio.text, 500))
    return parts if known else parts[:1]


def _disc(studio: Studio, look: Look, boxes: Sequence[Box]) -> list[str]:
    """The park's area: solid what exists, rings what is planned; an open ring when it isn't known."""
    centre, area = (look.x, look.y), _area(studio, look)
    if area is None:
        return _open(studio, look)
    planned = studio.fact(fact_id(look, "area")).planned
    solid = (studio.number(fact_id(look, "area_before")) or 0) if planned else area
    parts = []
    if planned:
        honey, outline = paint(studio, look, "planned"), look.ha * math.sqrt(area)
        parts = [
            circles(centre, grain_radii(area, look.ha, look.grain, solid), boxes, **stroke(honey, 0.45)),
            circles(centre, [outline], boxes, **stroke(honey, 0.9)),
        ]
    return [*parts, *_solid(studio, look, solid, CLEAR if look.words else 0)]


def _solid(studio: Studio, look: Look, area: float, clear: float = 0) -> list[str]:
    """A full disc with its fine rings; none within ``clear`` mm of the middle."""
    centre, radii = (look.x, look.y), grain_radii(area, look.ha, look.grain)
    return [
        svg.circle(centre, look.ha * math.sqrt(area), fill=paint(studio, look, "disc")),
        circles(centre, [r for r in radii if r > clear], **stroke(paint(studio, look, "ground"), 0.4)),
    ]


def _open(studio: Studio, look: Look) -> list[str]:
    """An open ring, and inside it to scale the plot that is known."""
    centre, plot = (look.x, look.y), studio.number(look.plot) if look.plot else None
    ring = [
        svg.circle(centre, look.open_ring, fill=paint(studio, look, "ground")),
        dashed(centre, look.open_ring, paint(studio, look, "disc"), weight=1.1, dash=3.2, gap=2.0),
    ]
    return [*ring, *(_solid(studio, look, plot) if plot is not None else [])]


def _power(studio: Studio, look: Look, boxes: Sequence[Box]) -> list[str]:
    inner = edge(studio, look) + POWER_GAP
    radii = [inner + POWER_STEP * k for k in range(power_rings(studio, look))]
    return [circles((look.x, look.y), radii, boxes, **stroke(paint(studio, look, "power"), 0.6))]


def _middle(studio: Studio, look: Look) -> list[str]:
    """The area that exists, large in its disc, when another one is planned."""
    before = fact_id(look, "area_before")
    if len(look.words) != 2 or not studio.has(before):
        return []
    night, figure = studio.palette["night"], studio.print(before)
    wide = studio.ruler(figure, studio.display, LARGE, 300)
    size = round(LARGE * min(1.0, 2 * (CLEAR - AIR) / wide), 1)
    return [
        svg.text((look.x, look.y + 2.2), figure, size, night, studio.display, 300, "middle"),
        svg.text((look.x, look.y + 7.4), look.words[0], TYPE, night, studio.text, 500, "middle"),
    ]


def _callouts(studio: Studio, look: Look, taken: Sequence[Box]) -> list[tuple[Tag, list[str]]]:
    """The planned area and the power, outside of their rings on the free side, each with a line to its ring; where
    the orbit leaves no room for them, written into their rings. ``taken``: boxes of names, which the power evades."""
    before, power = fact_id(look, "area_before"), fact_id(look, "power_sozvezdie")
    rings = edge(studio, look) + POWER_GAP + POWER_STEP * (power_rings(studio, look) - 1)
    out = []
    if len(look.words) == 2 and _area(studio, look) is not None and studio.has(before):
        words = f"{studio.print(fact_id(look, 'area'))}{studio.comma}{look.words[1]}"
        solid = look.ha * math.sqrt(studio.number(before) or 0)
        out.append(_callout(studio, look, (solid, edge(studio, look), rings), words, "planned", SAID[0]))
    if len(look.words) == 2 and studio.has(power):
        first = edge(studio, look) + POWER_GAP
        band, words = (first, rings, rings), studio.print(power)
        tries = [_callout(studio, look, band, words, "power", SAID[1] + turn) for turn in TURNS]
        out.append(next((one for one in tries if not any(_meet(one[0].box, box) for box in taken)), tries[0]))
    return out


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes have room in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _callout(
    studio: Studio, look: Look, band: tuple[float, float, float], words: str, colour: str, angle: float
) -> tuple[Tag, list[str]]:
    """Words left of a line that begins with a point on the outer ring of a band and ends beyond all rings. ``band``:
    its inner and outer radius and that of all rings, mm; ``angle`` in degrees clockwise from the top."""
    centre, ink = (look.x, look.y), paint(studio, look, colour)
    start, end = place(centre, band[1], angle), place(centre, band[2] + LEADER, angle)
    at = (end[0] - 1.2, end[1] + 0.96)
    box = (at[0] - studio.width(words, TYPE, 500) - 0.9, end[1] - 2.0, end[0], end[1] + 2.0)
    if math.dist(centre, box[:2]) > (studio.number(distance(look)) or 0) * look.km:
        return _contour(studio, look, band[0], band[1], words), []
    return Tag(at, words, "end", box), [svg.line(start, end, **stroke(ink, 0.5)), svg.circle(start, 0.75, fill=ink)]


def _contour(studio: Studio, look: Look, inner: float, outer: float, words: str) -> Tag:
    """Words at the top of a band of rings, between two radii; the whole band ends before them."""
    half, y = studio.width(words, TYPE, 500) / 2 + 1.2, look.y - (inner + outer) / 2
    low = math.sqrt(max(inner**2 - half**2, 0)) - 0.5
    return Tag((look.x, y + 0.96), words, "middle", (look.x - half, look.y - outer - 0.5, look.x + half, look.y - low))


def _spur(studio: Studio, look: Look) -> list[str]:
    """The park's railway, when a source tells of one: from the disc outwards, ended by a buffer stop."""
    if not studio.has(fact_id(look, "rail")) or look.spur < 0:
        return []
    centre = (look.x, look.y)
    reach = (studio.number(distance(look)) or 0) * look.km or look.far
    # off an open ring, whose dashes the track's ground would cut lengthwise
    begin = edge(studio, look) + (OFF_RING if _area(studio, look) is None else 0)
    points = [place(centre, r, look.spur) for r in (begin, reach - 0.5)]
    return track(points, paint(studio, look, "satellite"), paint(studio, look, "ground"))
