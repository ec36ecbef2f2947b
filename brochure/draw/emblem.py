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
from dataclasses import dataclass
from datetime import date

from brochure.draw import svg
from brochure.draw.studio import Studio
from brochure.draw.svg import Point, stroke

RESIDENTS = ("residents_named", "companies", "anchor", "resident", "first_customer")
MW_PER_RING = 50
NEVER = date.max


@dataclass(frozen=True)
class Dress:
    """The colours of an emblem on a ground, by their tokens."""

    ground: str
    disc: str
    planned: str
    line: str
    faint: str
    power: str
    satellite: str
    text: str


DRESSES = {
    "night": Dress("night", "gold", "honey", "haze", "dusk", "haze", "paper", "paper"),
    "paper": Dress("paper", "gold", "gold", "night", "haze", "dusk", "night", "night"),
    "mist": Dress("mist", "gold", "gold", "night", "haze", "dusk", "night", "night"),
}


@dataclass(frozen=True)
class Look:
    """How an emblem is set: its centre in mm; ``ha`` is the radius in mm of a disc of 1 ha, ``km`` mm for a km,
    ``grain`` ha for a fine ring. ``open_ring`` and ``far`` are the radii in mm of what isn't known, ``near`` is the
    radius of the innermost satellite's orbit, ``gap`` mm to the next. ``turn`` is the first satellite's angle and
    ``fan`` the angle to the next, ``spur`` the rail's, in degrees clockwise from the top. ``at`` is the fact with the park's
    place, ``plot`` one with a known plot, ``accent`` the residents that stand out, ``named`` writes their names; ``words``,
    what stands beside the area that exists and the one that is planned, writes the figures as well."""

    park: str
    x: float
    y: float
    ground: str = "paper"
    ha: float = 0.7
    km: float = 0.3
    grain: float = 100
    open_ring: float = 12
    far: float = 30
    near: float = 20
    gap: float = 3
    turn: float = 20
    fan: float = 0
    spur: float = 125
    at: str = ""
    plot: str = ""
    accent: tuple[str, ...] | list[str] = ()
    named: bool = False
    words: tuple[str, str] | list[str] = ()  # type: ignore[assignment]


def place(centre: Point, radius: float, angle: float) -> Point:
    """A point on a circle; ``angle`` in degrees clockwise from the top."""
    turn = math.radians(angle)
    return centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)


def figure(studio: Studio, look: Look) -> list[str]:
    """The emblem as drawn parts around (look.x, look.y), from the outermost inwards."""
    return [*_orbit(studio, look), *_satellite_orbits(studio, look), *_power(studio, look), *_spur(studio, look),
            *_disc(studio, look), *_figures(studio, look), *_satellites(studio, look)]


def _ink(studio: Studio, look: Look, part: str) -> str:
    return studio.palette[getattr(DRESSES[look.ground], part)]


def _id(look: Look, what: str) -> str:
    return f"parks.{look.park}.{what}"


def _area(studio: Studio, look: Look) -> float | None:
    """The park's area in ha; None when it isn't known or when sources differ on it."""
    name = _id(look, "area")
    return None if not studio.has(name) or studio.fact(name).disputed else studio.number(name)


def edge(studio: Studio, look: Look) -> float:
    """The radius in mm at which the disc, the open ring or the last power ring ends."""
    area = _area(studio, look)
    disc = look.open_ring if area is None else look.ha * math.sqrt(area)
    rings = power_rings(studio, look)
    return disc + (2.6 + 1.25 * rings if rings else 0)


def power_rings(studio: Studio, look: Look) -> int:
    """How many rings the park's power makes: the sum of parks.<park>.power_… in MW."""
    total = sum(studio.number(_id(look, name)) or 0 for name in ("power_sozvezdie", "power"))
    return math.ceil(total / MW_PER_RING)


def _orbit(studio: Studio, look: Look) -> list[str]:
    """The orbit of the distance from Moscow."""
    centre, line = (look.x, look.y), _ink(studio, look, "line")
    km = studio.number(_id(look, "distance_moscow"))
    if km is None:
        radius = look.far
        parts = [svg.circle(centre, radius, **stroke(line, 0.4, dash="0.9 1.5"))]
    else:
        radius = look.km * km
        parts = [svg.circle(centre, radius, **stroke(line, 0.4)), *_ticks(centre, radius, int(km), line)]
    return [*parts, *_moscow(studio, look, radius, known=km is not None)]


def _ticks(centre: Point, radius: float, count: int, ink: str) -> list[str]:
    """One tick for each km around the orbit, every tenth longer; two paths."""
    short, long = [], []
    for index in range(count):
        length = 2.4 if index % 10 == 0 else 1.1
        a, b = (place(centre, radius + d, index * 360 / count) for d in (0, length))
        (long if index % 10 == 0 else short).append(f"M{svg.n(a[0])} {svg.n(a[1])}L{svg.n(b[0])} {svg.n(b[1])}")
    return [svg.curve("".join(short), **stroke(ink, 0.25)), svg.curve("".join(long), **stroke(ink, 0.5))]


def bearing(here: Point, there: Point) -> float:
    """The direction between two places (latitude, longitude), degrees clockwise from north."""
    east = (there[1] - here[1]) * math.cos(math.radians((here[0] + there[0]) / 2))
    return math.degrees(math.atan2(east, there[0] - here[0]))


def _moscow(studio: Studio, look: Look, radius: float, known: bool) -> list[str]:
    """Moscow on the orbit in its true direction: a full point at a known distance, an open one else."""
    here, there = studio.point(look.at) if look.at else None, studio.point("places.moscow")
    if here is None or there is None:
        return []
    angle = bearing(here, there)
    at, ground, ink = place((look.x, look.y), radius, angle), _ink(studio, look, "ground"), _ink(studio, look, "satellite")
    parts = [svg.circle(at, 2.1, fill=ground, **stroke(ink, 0.4)), svg.circle(at, 1.0 if known else 0.01, fill=ink)]
    if look.named and known:
        words = f"{studio.names['moscow']}, {studio.print(_id(look, 'distance_moscow'))}"
        parts.append(svg.text((at[0] + 3.4, at[1] - 2.2), words, 8, _ink(studio, look, "text"), studio.text, 500))
    return parts if known else parts[:1]


def _circles(centre: Point, radii: list[float], **style: object) -> str:
    """Concentric circles as one path."""
    x, y = centre
    d = "".join(f"M{svg.n(x - r)} {svg.n(y)}A{svg.n(r)} {svg.n(r)} 0 1 1 {svg.n(x + r)} {svg.n(y)}"
                f"A{svg.n(r)} {svg.n(r)} 0 1 1 {svg.n(x - r)} {svg.n(y)}" for r in radii)
    return svg.curve(d, **style) if d else ""


def grain_radii(area: float, ha: float, grain: float, since: float = 0) -> list[float]:
    """The radii in mm of the fine rings: one for each ``grain`` ha between ``since`` and ``area``."""
    first = int(since // grain) + 1
    return [ha * math.sqrt(k * grain) for k in range(first, math.ceil(area / grain))]


def _disc(studio: Studio, look: Look) -> list[str]:
    """The park's area: solid what exists, rings what is planned; an open ring when it isn't known."""
    centre, ink, ground = (look.x, look.y), _ink(studio, look, "disc"), _ink(studio, look, "ground")
    area = _area(studio, look)
    if area is None:
        return _open(studio, look)
    planned = studio.fact(_id(look, "area")).planned
    solid = (studio.number(_id(look, "area_before")) or 0) if planned else area
    parts = [svg.circle(centre, look.ha * math.sqrt(area), fill=ground)]
    if planned:
        radii = grain_radii(area, look.ha, look.grain, solid)
        parts += [_circles(centre, radii, **stroke(_ink(studio, look, "planned"), 0.45)),
                  svg.circle(centre, look.ha * math.sqrt(area), **stroke(_ink(studio, look, "planned"), 0.9))]
    if solid:
        clear = 15.5 if look.words else 0  # mm around the figure in the middle
        radii = [r for r in grain_radii(solid, look.ha, look.grain) if r > clear]
        parts += [svg.circle(centre, look.ha * math.sqrt(solid), fill=ink), _circles(centre, radii, **stroke(ground, 0.4))]
    return parts


def _open(studio: Studio, look: Look) -> list[str]:
    """An open ring, and inside it to scale the plot that is known."""
    centre, ink = (look.x, look.y), _ink(studio, look, "disc")
    half = 2 * math.pi * look.open_ring / 24
    parts = [svg.circle(centre, look.open_ring, fill=_ink(studio, look, "ground")),
             svg.circle(centre, look.open_ring, **stroke(ink, 1.1, dash=f"{half * 0.62:.3f} {half * 0.38:.3f}"))]
    plot = studio.number(look.plot) if look.plot else None
    if plot is not None:
        parts += [svg.circle(centre, look.ha * math.sqrt(plot), fill=ink),
                  _circles(centre, grain_radii(plot, look.ha, look.grain), **stroke(_ink(studio, look, "ground"), 0.4))]
    return parts


def _power(studio: Studio, look: Look) -> list[str]:
    rings = power_rings(studio, look)
    outer = edge(studio, look)
    radii = [outer - 1.25 * k for k in range(rings)]
    return [_circles((look.x, look.y), radii, **stroke(_ink(studio, look, "power"), 0.6))] if rings else []


def _figures(studio: Studio, look: Look) -> list[str]:
    """The figures of area and power, written into the rings as heights are into contour lines."""
    if len(look.words) != 2 or _area(studio, look) is None:
        return []
    existing, planned = look.words
    area, before = _id(look, "area"), _id(look, "area_before")
    solid, outer = studio.number(before), look.ha * math.sqrt(_area(studio, look) or 0)
    night, display = studio.palette["night"], studio.display
    parts = []
    if solid:
        parts += [svg.text((look.x, look.y + 2.2), studio.print(before), 24, night, display, 300, "middle"),
                  svg.text((look.x, look.y + 7.4), existing, 8, night, studio.text, 500, "middle")]
        parts += _contour(studio, look, (outer + look.ha * math.sqrt(solid)) / 2, f"{studio.print(area)}, {planned}")
    if studio.has(_id(look, "power_sozvezdie")):
        parts += _contour(studio, look, outer + 2.6 + 1.25 * (power_rings(studio, look) - 1) / 2, studio.print(_id(look, "power_sozvezdie")))
    return parts


def _contour(studio: Studio, look: Look, radius: float, words: str) -> list[str]:
    """Words at the top of a band of rings, the rings kept off them."""
    wide, y = text_width(words, 8) + 2.0, look.y - radius
    return [svg.rect(look.x - wide / 2, y - 2.4, wide, 4.8, fill=_ink(studio, look, "ground")),
            svg.text((look.x, y + 0.96), words, 8, _ink(studio, look, "text"), studio.text, 500, "middle")]


def _spur(studio: Studio, look: Look) -> list[str]:
    """The park's railway, when a source tells of one: from the disc outwards, ended by a buffer stop."""
    if not studio.has(_id(look, "rail")) or look.spur < 0:
        return []
    centre = (look.x, look.y)
    reach = (studio.number(_id(look, "distance_moscow")) or 0) * look.km or look.far
    points = [place(centre, r, look.spur) for r in (edge(studio, look), reach - 0.5)]
    return track(points, _ink(studio, look, "satellite"), _ink(studio, look, "ground"))


def track(points: list[Point], ink: str, ground: str) -> list[str]:
    """A single track with sleepers every 2 mm; a band in the ground's colour keeps other lines off it."""
    sleepers, rest = [], 1.0
    for a, b in zip(points, points[1:], strict=False):
        length = math.dist(a, b)
        ux, uy = ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length else (0.0, 0.0)
        while rest <= length:
            x, y = a[0] + ux * rest, a[1] + uy * rest
            sleepers.append(f"M{svg.n(x - uy)} {svg.n(y + ux)}L{svg.n(x + uy)} {svg.n(y - ux)}")
            rest += 2.0
        rest -= length
    butt = {**stroke(ground, 10), "stroke_linecap": "butt"}
    return [svg.path(points, **butt), svg.path(points, **stroke(ink, 0.8)), svg.curve("".join(sleepers), **stroke(ink, 0.5))]


def residents(studio: Studio, look: Look) -> list[str]:
    """The residents that the park's facts name, in the order of their opening; without a date last."""
    found = next((studio.fact(_id(look, name)).value for name in RESIDENTS if studio.has(_id(look, name))), ())
    return sorted(found, key=lambda name: _opened(studio, name))


def _opened(studio: Studio, name: str) -> date:
    for what in ("opened", "first_car", "truck_plant_opened", "start"):
        if studio.has(f"projects.{name}.{what}"):
            first: date = studio.fact(f"projects.{name}.{what}").value.first
            return first
    return NEVER


def _satellite_orbits(studio: Studio, look: Look) -> list[str]:
    radii = [look.near + index * look.gap for index in range(len(residents(studio, look)))]
    return [_circles((look.x, look.y), radii, **stroke(_ink(studio, look, "faint"), 0.4))]


def _satellites(studio: Studio, look: Look) -> list[str]:
    """The residents on their orbits, with their names when ``named``."""
    names, parts = residents(studio, look), []
    fan = look.fan or 360 / max(len(names), 1)
    for index, name in enumerate(names):
        angle = look.turn + index * fan
        at = place((look.x, look.y), look.near + index * look.gap, angle)
        accent = name in look.accent
        ink = studio.palette["signal"] if accent else _ink(studio, look, "satellite")
        parts += [svg.circle(at, 2.1, fill=_ink(studio, look, "ground"), **stroke(ink, 0.4)),
                  svg.circle(at, 1.25, fill=ink)]
        if look.named:
            parts += label(studio, look, at, studio.names[name])
    return parts


def label(studio: Studio, look: Look, at: Point, words: str) -> list[str]:
    """A satellite's name beside it, outwards where it stays within the outer orbit; lines that would cross it end before it."""
    size, pad = 8.0, 3.2
    wide = text_width(words, size)
    km = studio.number(_id(look, "distance_moscow"))
    outer = look.far if km is None else look.km * km
    right = at[0] >= look.x
    if math.hypot(abs(at[0] - look.x) + pad + wide, at[1] - look.y) > outer - 1.5:
        right = not right
    x = at[0] + pad if right else at[0] - pad
    left = (x if right else x - wide) - 0.7
    return [svg.rect(left, at[1] - 1.9, wide + 1.4, 3.8, fill=_ink(studio, look, "ground")),
            svg.text((x, at[1] + svg.pt(size) * 0.34), words, size, _ink(studio, look, "text"), studio.text, 500,
                     "start" if right else "end")]


def text_width(words: str, size: float) -> float:
    """About how wide a line of the text face is, mm; ``size`` in pt."""
    narrow, wide = "iljtfrI.,’'()- ", "mwMWOGQ&@"
    ems = sum(0.34 if c in narrow else 0.84 if c in wide else 0.68 if c.isupper() else 0.57 for c in words)
    return ems * svg.pt(size)
