"""The cover's picture: parks as planets around one city. A disc's area is a park's hectares, an orbit's radius
its kilometres from the city; what isn't known is an open ring or a dashed orbit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from brochure.draw import svg
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
SUN = (160.0, 54.0)  # mm from the trim's top left corner
MM_PER_KM = 0.98
MM_PER_ROOT_HA = 0.8  # radius of a disc of one hectare, mm
RING = 2.6  # mm, the open ring of a park whose size isn't known
RINGS, DOT, FADE = 3.1, 0.9, 190.0  # mm: distance of the field's rings, its largest dot, where it ends
SCREEN = 1.05  # mm, pitch of the halftone on the planets
GROUND, GROUND_OVER = 1.1, 1.7  # mm of night around a disc; over a photograph all dots of its far side stand on it
LEVELS, SOLID = 9, 8  # steps of tone; from SOLID on the dots leave no light between them


@dataclass(frozen=True)
class Body:
    """A planet where it stands on the page, mm with bleed. ``radius`` is that of its disc or open ring, ``reach``
    that of all that turns around it: names above and below stand beyond. ``wide`` is its name."""

    name: str
    at: Point
    radius: float
    orbit: float
    centre: Point
    known_size: bool
    known_orbit: bool
    colour: str
    side: str
    reach: float = 0.0
    wide: float = 0.0


def orbits(studio: Studio, planets: Sequence[Any], sun: str, over: bool = False) -> str:
    """220 × 307 mm with bleed. ``planets`` as the cover's model has them, ``sun`` the name id of the city. Laid
    ``over`` a photograph it has no field of dots, and orbits end at names and planets, and names have no ground."""
    bodies = _bodies(studio, planets)
    centre = (SUN[0] + BLEED, SUN[1] + BLEED)
    labels = [_label(body) for body in bodies]
    ink = studio.palette
    ground = GROUND_OVER if over else GROUND
    grounded = [
        *_sun(studio, centre, studio.names[sun]),
        *(part for body in bodies for part in _planet(body, centre, ink, ground)),
        *(part for body, at in zip(bodies, labels, strict=True) for part in _name(studio, body, at)),
    ]
    lines = [
        *(_field(bodies, centre, ink["dusk"]) if not over else ()),
        *(_orbit(body, ink) if not over else _broken(body, bodies, centre, ink) for body in bodies),
    ]
    grounds = _grounds(bodies, centre, ink, ground) if over else set()
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [*lines, *(it for it in grounded if it not in grounds)])


def _grounds(bodies: Iterable[Body], centre: Point, ink: Any, ground: float) -> set[str]:
    """What is drawn only to cover the lines below it. A disc keeps its ground: the dots of its far side stand on it."""
    rounds = {svg.circle(body.at, body.radius + ground, fill=ink["deep"]) for body in bodies if not body.known_size}
    boxes = [_box(body) for body in bodies] + [_sun_box(centre)]
    names = {svg.rect(left, top, right - left, bottom - top, fill=ink["deep"]) for left, top, right, bottom in boxes}
    return rounds | names | {svg.circle(centre, 6.2, fill=ink["deep"])}


def _sun_box(centre: Point) -> tuple[float, float, float, float]:
    """What the city's name covers: left, top, right, bottom."""
    return centre[0] + 5.6, centre[1] - 2.1, centre[0] + 5.6 + 15.5, centre[1] - 2.1 + 4.2


def _broken(body: Body, bodies: Iterable[Body], sun: Point, ink: Any) -> str:
    """An orbit that leaves out what lies under names and planets: one arc for each stretch between them."""
    steps = 1440
    points = [
        (body.centre[0] + body.orbit * math.sin(angle), body.centre[1] - body.orbit * math.cos(angle))
        for angle in (2 * math.pi * step / steps for step in range(steps + 1))
    ]
    free = [_free(at, bodies, GROUND_OVER, 0) and math.dist(at, sun) > 6.2 for at in points]
    moves = []
    for index, at in enumerate(points):
        if free[index]:
            arc = f"A{body.orbit:.2f} {body.orbit:.2f} 0 0 1 {at[0]:.2f} {at[1]:.2f}"
            moves.append(arc if index and free[index - 1] else f"M{at[0]:.2f} {at[1]:.2f}")
    look = svg.stroke(ink["gold"], 0.5) if body.known_orbit else svg.stroke(ink["haze"], 0.35, "1 1.7")
    return f'<path d="{"".join(moves)}"{svg.attributes(fill="none", **look)}/>'


def _bodies(studio: Studio, planets: Sequence[Any]) -> list[Body]:
    bodies: dict[str, Body] = {}
    for planet in planets:
        host = bodies.get(str(planet.around)) if planet.around else None
        centre = host.at if host else (SUN[0] + BLEED, SUN[1] + BLEED)
        area = studio.number(str(planet.area or f"parks.{planet.name}.area"))
        distance = studio.number(str(planet.distance)) if planet.distance else None
        orbit = float(planet.drawn) if distance is None else distance * MM_PER_KM
        angle = math.radians(float(planet.bearing))
        at = (centre[0] + orbit * math.sin(angle), centre[1] - orbit * math.cos(angle))
        bodies[str(planet.name)] = Body(
            studio.names[planet.name],
            at,
            RING if area is None else MM_PER_ROOT_HA * math.sqrt(area),
            orbit,
            centre,
            area is not None,
            distance is not None,
            planet.colour,
            planet.side,
            wide=studio.width(studio.names[planet.name], 8, 500),
        )
        if host:
            bodies[str(planet.around)] = replace(host, reach=max(host.reach, orbit))
    return list(bodies.values())


def _field(bodies: Iterable[Body], centre: Point, colour: str, reach: float = FADE) -> Iterator[str]:
    """Rings of dots around the city that grow fainter outwards: one path for each size of dot. They keep clear
    of planets, names and orbits."""
    bodies = list(bodies)
    taken = [body.orbit for body in bodies if body.centre == centre]
    sizes: dict[int, list[Point]] = {}
    for step in range(4, int(reach / RINGS) + 1):
        radius = step * RINGS
        if any(abs(radius - orbit) < RINGS * 0.42 for orbit in taken):
            continue
        level = max(1, round((1 - radius / reach) * LEVELS))
        count = round(2 * math.pi * radius / RINGS)
        for index in range(count):
            angle = 2 * math.pi * (index + 0.5 * (step % 2)) / count
            at = (centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle))
            if -1 < at[0] < WIDTH + 2 * BLEED + 1 and -1 < at[1] < HEIGHT + 2 * BLEED + 1 and _free(at, bodies):
                sizes.setdefault(level, []).append(at)
    for level, points in sorted(sizes.items()):
        yield svg.dots(points, 0.22 + (DOT - 0.22) * level / LEVELS, colour)


def _free(at: Point, bodies: Iterable[Body], away: float = 1.6, beside: float = 0.8) -> bool:
    """Whether a point keeps ``away`` from every disc and stands ``beside`` every name, mm."""
    for body in bodies:
        if math.dist(at, body.at) < body.radius + away:
            return False
        left, top, right, bottom = _box(body)
        if left - beside < at[0] < right + beside and top - beside < at[1] < bottom + beside:
            return False
    return True


def _orbit(body: Body, ink: Any) -> str:
    if body.known_orbit:
        return svg.circle(body.centre, body.orbit, **svg.stroke(ink["gold"], 0.5))
    return svg.circle(body.centre, body.orbit, **svg.stroke(ink["haze"], 0.35, "1 1.7"))


def _sun(studio: Studio, centre: Point, name: str) -> list[str]:
    ink = studio.palette
    left, top, right, bottom = _sun_box(centre)
    return [
        svg.circle(centre, 6.2, fill=ink["deep"]),
        svg.circle(centre, 2.1, fill=ink["honey"]),
        svg.circle(centre, 4.2, **svg.stroke(ink["honey"], 0.4)),
        svg.rect(left, top, right - left, bottom - top, fill=ink["deep"]),
        svg.text((centre[0] + 6.4, centre[1] + 1.0), name, 8, ink["haze"], studio.text, 500),
    ]


def _planet(body: Body, light: Point, ink: Any, ground: float = GROUND) -> Iterator[str]:
    """A disc in its colour, its far side screened into the night; an open ring where the size isn't known."""
    yield svg.circle(body.at, body.radius + ground, fill=ink["deep"])
    if not body.known_size:
        yield svg.circle(body.at, body.radius, **svg.stroke(ink["haze"], 0.7))
        return
    colour = ink[body.colour]
    yield svg.circle(body.at, body.radius, fill=colour)
    pitch = min(SCREEN, body.radius / 5)
    shades: dict[int, list[Point]] = {}
    for at in _grid(body.at, body.radius, pitch):
        level = round((1 - _lit(at, body, light)) * LEVELS)
        if level > 0:
            shades.setdefault(level, []).append(at)
    for level, points in sorted(shades.items()):
        yield svg.dots(points, pitch * (1.26 if level >= SOLID else 1.2 * (level / LEVELS) ** 0.6), ink["deep"])
    yield svg.circle(body.at, body.radius, **svg.stroke(colour, 0.45))


def _grid(centre: Point, radius: float, pitch: float) -> Iterator[Point]:
    """A hexagonal grid that covers a disc, its edge included."""
    rise = pitch * math.sqrt(3) / 2
    rows, half = int(radius / rise), int(radius / pitch) + 1
    for row in range(-rows, rows + 1):
        for column in range(-half, half + 1):
            at = (centre[0] + (column + 0.5 * (row % 2)) * pitch, centre[1] + row * rise)
            if math.dist(at, centre) < radius + 0.9 * pitch:
                yield at


def _lit(at: Point, body: Body, light: Point) -> float:
    """How brightly the city lights a point of a sphere, 0–1."""
    far = math.dist(body.at, light)
    x, y = (at[0] - body.at[0]) / body.radius, (at[1] - body.at[1]) / body.radius
    z = math.sqrt(max(0.0, 1 - x * x - y * y))
    toward = (0.86 * (light[0] - body.at[0]) / far, 0.86 * (light[1] - body.at[1]) / far, 0.51)
    return min(1.0, max(0.0, 0.16 + 1.05 * (x * toward[0] + y * toward[1] + z * toward[2])))


def _label(body: Body) -> Point:
    """Where a name's baseline begins (ends, for ``left``; has its middle, above and below)."""
    gap = body.radius + 2.2
    beyond = max(body.radius, body.reach) + 2.2
    x, y = body.at
    return {
        "right": (x + gap, y + 1.0),
        "left": (x - gap, y + 1.0),
        "above": (x, y - beyond - 0.4),
        "below": (x, y + beyond + 2.2),
    }[body.side]


def _box(body: Body) -> tuple[float, float, float, float]:
    """What a name covers: left, top, right, bottom."""
    x, y = _label(body)
    width = body.wide
    left = x - {"right": 0.0, "left": width}.get(body.side, width / 2)
    before, after = {"right": (1.5, 0.9), "left": (0.9, 1.5)}.get(body.side, (0.9, 0.9))
    return left - before, y - 2.9, left + width + after, y + 1.5


def _name(studio: Studio, body: Body, at: Point) -> list[str]:
    left, top, right, bottom = _box(body)
    anchor = {"right": "start", "left": "end"}.get(body.side, "middle")
    return [
        svg.rect(left, top, right - left, bottom - top, fill=studio.palette["deep"]),
        svg.text(at, body.name, 8, studio.palette["haze"], studio.text, 500, anchor),
    ]


def homecoming(
    studio: Studio,
    park: str,
    distance: str,
    bearing: float,
    circles: Sequence[str],
    sun: Point = (272.0, 268.0),
    scale: float = 1.6,
) -> str:
    """The back cover's picture, 220 × 307 mm: the largest park alone, its disc as large as on the cover, on its own
    orbit. ``circles`` are facts of other distances, ``scale`` mm a km, ``sun`` mm from the trim's corner."""
    ink = studio.palette
    centre = (sun[0] + BLEED, sun[1] + BLEED)
    radii = [scale * (studio.number(name) or 0) for name in (distance, *circles)]
    angle = math.radians(float(bearing))
    at = (centre[0] + radii[0] * math.sin(angle), centre[1] - radii[0] * math.cos(angle))
    radius = MM_PER_ROOT_HA * math.sqrt(studio.number(f"parks.{park}.area") or 0)
    body = Body("", at, radius, radii[0], centre, True, True, "gold", "below")
    others = [Body("", centre, 0, radius, centre, False, True, "gold", "below") for radius in radii[1:]]
    return svg.svg(
        WIDTH + 2 * BLEED,
        HEIGHT + 2 * BLEED,
        [
            *_field([body, *others], centre, ink["dusk"], reach=max(radii)),
            *(_orbit(each, ink) for each in (body, *others)),
            *_planet(body, centre, ink),
        ],
    )
