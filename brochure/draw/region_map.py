"""The region next to Moscow: a disc of land that lies over both pages of a spread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from brochure.draw import ground, labels, svg
from brochure.draw.boxes import Box, crosses
from brochure.draw.ground import Ground
from brochure.draw.labels import Label, Placed
from brochure.draw.obstacles import Obstacles
from brochure.draw.projection import Frame, holds
from brochure.draw.ruler import Ruler, ruler
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

PAGE, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
CENTRE, REACH, SCALE = (35.0, 22.0), 182.0, 0.62  # km, km, mm per km
GUTTER_KM = 121.0  # what lies in the gutter
AT = (PAGE + (CENTRE[0] - GUTTER_KM) * SCALE, 162.0)  # mm from the spread's top left corner
RINGS = {
    100.0: 190,
    200.0: 112,
    300.0: 112,
}  # km as the crow flies round Moscow → degrees from east, clockwise, where it is best named
SHORTEST = 5.0  # mm, of a ring's piece between two labels
INSET = (14.0, 226.0, 63.0, 279.0)  # the small map of Europe over it
EDGE = 6.0  # mm kept free on both sides of the gutter
BOUNDS = (14.0, 14.0, 2 * PAGE - 14.0, HEIGHT - 18.0)
ROADS = {"m3": 1.7, "a130": 0.9, "a108": 0.9}  # pt
ROAD_SPOTS = {
    "m3": (8.5, 8.3, 8.7, 9.4, 7.5, 6.5),
    "a130": (5.5, 5.3, 5.7, 6.5, 6.3, 6.7),
    "a108": (6.1, 6.2, 6.3, 1.5, 2.5, 2.3, 1.7),
}
NEIGHBOURS: dict[str, Point] = {
    "moscow_region": (45, 150),
    "tula_region": (110, -70),
    "smolensk_region": (-80, 70),
    "bryansk_region": (-90, -87),
    "oryol_region": (25, -140),
}  # km, where their names would stand best


def region_map(studio: Studio, side: str, towns: Sequence[str], airports: Mapping[str, str]) -> str:
    """One page's part of the map, bleed included (220 × 307 mm); ``side`` is left or right. ``towns``: name ids with
    coordinates in places.*; ``airports``: name id → places.* id."""
    shift = BLEED - (PAGE if side == "right" else 0.0)
    land = ground_of(studio)
    found = placements(studio, towns, airports, ruler(studio.assets))
    body = [
        *_land(studio, land),
        *_orbits(studio, land, found),
        *_ways(studio, land),
        *_marks(studio, land, towns, airports),
    ]
    for placed in found:
        if (placed.box[0] > PAGE) == (side == "right"):
            body += _words(studio, land, placed)
    moved = svg.group(body, transform=f"translate({svg.n(shift)} {svg.n(BLEED)})")
    return svg.svg(PAGE + 2 * BLEED, HEIGHT + 2 * BLEED, [moved])


def ground_of(studio: Studio) -> Ground:
    """The region in this map's frame."""
    return Ground(studio, Frame(CENTRE, AT, SCALE), (AT, REACH * SCALE))


def _land(studio: Studio, land: Ground) -> Iterator[str]:
    """The disc, the neighbours' borders, Moscow, the region, the river."""
    ink = studio.palette
    yield svg.circle(AT, REACH * SCALE, fill=ink["mist"])
    yield svg.shape(land.neighbour("moscow_city"), fill=ink["straw"], **svg.stroke(ink["gold"], 0.5))
    yield "".join(svg.path(line, **svg.stroke(ink["haze"], 0.6)) for line in land.lines("borders"))
    yield svg.shape(land.region, fill=ink["night"])
    yield "".join(svg.path(line, **svg.stroke(ink["dusk"], 0.9)) for line in land.lines("oka"))


def _orbits(studio: Studio, land: Ground, found: Sequence[Placed]) -> Iterator[str]:
    """Rings round Moscow, interrupted where a label stands."""
    x, y = land.at("moscow")
    boxes = [*(placed.box for placed in found), *_along_leaders(found)]
    for radius in RINGS:
        r, steps = radius * SCALE, 720
        near = [
            box
            for box in boxes
            if abs(math.dist((x, y), ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)) - r) < box[2] - box[0] + 4
        ]
        circle = [
            (x + r * math.cos(math.tau * i / steps), y + r * math.sin(math.tau * i / steps)) for i in range(steps + 1)
        ]
        for piece in land.cut(circle):
            for run in interrupted(piece, near):
                yield svg.path(run, **svg.stroke(studio.palette["gold"], 1.0, dash="0.01 1.3"))


def _along_leaders(found: Sequence[Placed]) -> Iterator[Box]:
    """Small boxes along every leader, which a ring doesn't cross either."""
    for (ax, ay), (bx, by) in (placed.leader for placed in found if placed.leader):
        for t in (0.1, 0.3, 0.5, 0.7, 0.9):
            x, y = ax + (bx - ax) * t, ay + (by - ay) * t
            yield x, y, x, y


def interrupted(line: Sequence[Point], boxes: Sequence[Box], air: float = 0.9) -> list[list[Point]]:
    """The runs of a polyline that keep ``air`` mm from all boxes."""
    runs: list[list[Point]] = [[]]
    for a, b in pairwise(line):
        if any(crosses(box, (a, b), air) for box in boxes):
            runs.append([])
        else:
            runs[-1] += [b] if runs[-1] else [a, b]
    return [run for run in runs if sum(math.dist(a, b) for a, b in pairwise(run)) > SHORTEST]


def _ways(studio: Studio, land: Ground) -> Iterator[str]:
    yield ground.railway(land.way("rail"), studio.palette["haze"])
    for name, weight in reversed(ROADS.items()):
        yield ground.road(land.way(name), studio.palette["gold"], weight)


def _marks(studio: Studio, land: Ground, towns: Sequence[str], airports: Mapping[str, str]) -> Iterator[str]:
    ink = studio.palette
    for town in towns:
        yield svg.circle(land.at(town), _size(town), fill=ink["paper"], **svg.stroke(ink["night"], 0.6))
    yield svg.circle(land.at("moscow"), _size("moscow"), fill=ink["night"])
    for place in airports.values():
        yield _airport(land.at(place), ink["night"], ink["paper"])


def _size(town: str) -> float:
    """The radius of a town's dot, mm."""
    return {"kaluga": 1.7, "moscow": 2.4}.get(town, 0.95)


def _airport(at: Point, ground_ink: str, ink: str) -> str:
    """A ring with a small cross of wings."""
    x, y = at
    plane = f"M{svg.n(x)} {svg.n(y - 0.95)}V{svg.n(y + 0.95)}M{svg.n(x - 0.95)} {svg.n(y + 0.15)}L{svg.n(x)} {svg.n(y - 0.35)}L{svg.n(x + 0.95)} {svg.n(y + 0.15)}"
    return svg.circle(at, 1.55, fill=ground_ink, **svg.stroke(ink, 0.5)) + svg.curve(plane, **svg.stroke(ink, 0.6))


def _words(studio: Studio, land: Ground, placed: Placed) -> Iterator[str]:
    """A label, light on the region and dark outside, with its leader."""
    label, ink = placed.label, studio.palette
    inside = holds(land.region, ((placed.box[0] + placed.box[2]) / 2, (placed.box[1] + placed.box[3]) / 2))
    light = "honey" if label.name in ROADS else "haze" if label.name == "oka" else "paper"
    colour = ink[light if inside else "night"]
    if placed.leader:
        yield svg.line(*placed.leader, **svg.stroke(ink["haze" if inside else "dusk"], 0.35))
    yield svg.text(
        placed.at, label.text, label.size, colour, label.family, label.weight, placed.anchor, label.spacing or None
    )


def obstacles(land: Ground, towns: Sequence[str], airports: Mapping[str, str]) -> Obstacles:
    """Everything on the map that a label may not touch, and the gutter."""
    found = Obstacles()
    for line in (*land.region, *land.neighbour("moscow_city"), *land.lines("borders"), *land.lines("oka")):
        found.add_line(line)
    for way in (*ROADS, "rail"):
        for piece in land.way(way):
            found.add_line(piece)
    rim = [
        (AT[0] + REACH * SCALE * math.cos(a / 90 * math.pi), AT[1] + REACH * SCALE * math.sin(a / 90 * math.pi))
        for a in range(181)
    ]
    found.add_line(rim)
    for town in (*towns, "moscow"):
        found.add_disc(land.at(town), _size(town))
    for place in airports.values():
        found.add_disc(land.at(place), 1.6)
    found.rects.append(INSET)
    found.rects.append((PAGE - EDGE, 0.0, PAGE + EDGE, HEIGHT))
    return found


def wanted(studio: Studio, land: Ground, towns: Sequence[str], airports: Mapping[str, str]) -> list[Label]:
    """The labels of the map, the largest first."""
    names, family = studio.names, studio.text
    out = [
        Label(names[t], land.at(t), 11, family, 600, _size(t) + 1.0, mark=_size(t) + 0.3, name=t)
        for t in ("moscow", "kaluga")
    ]
    out += [
        Label(names[t], land.at(t), 8, family, 500, _size(t) + 0.75, mark=_size(t) + 0.3, name=t)
        for t in towns
        if t != "kaluga"
    ]
    out += [Label(names[a], land.at(p), 8, family, 500, 2.4, mark=1.9, name=a) for a, p in airports.items()]
    for road, spots in ROAD_SPOTS.items():
        first, *also = land.along(road, spots)
        out.append(Label(names[road], first, 8, family, 600, 1.5, tuple(also), leader=False, name=road))
    river = [point for line in land.lines("oka") for point in line[::4]]
    out.append(Label(names["oka"], river[len(river) // 3], 8, family, 400, 1.2, tuple(river), leader=False, name="oka"))
    for name, best in NEIGHBOURS.items():
        first, *also = (land.frame.put(spot) for spot in spots_near(best))
        out.append(Label(names[name], first, 8, family, 400, 0.0, tuple(also), spacing=0.12, name=name))
    return out


def distances(studio: Studio, land: Ground) -> Iterator[Label]:
    """The labels of the rings, each standing in its ring."""
    x, y = land.at("moscow")
    for radius, best in RINGS.items():
        turns = (math.radians(best + (-1) ** i * 2 * (i // 2)) for i in range(1, 70))
        first, *also = ((x + radius * SCALE * math.cos(t), y + radius * SCALE * math.sin(t)) for t in turns)
        said = studio.measured(Decimal(f"{radius:.0f}"), "km")
        yield Label(said, first, 8, studio.text, 500, 0.0, tuple(also), leader=False, name="ring")


def spots_near(best: Point, reach: int = 40, step: int = 5) -> list[Point]:
    """Points in km around the best one, nearest first; further ones are for names that find no room there."""
    grid = [
        (best[0] + dx, best[1] + dy) for dx in range(-reach, reach + 1, step) for dy in range(-reach, reach + 1, step)
    ]
    return sorted(grid, key=lambda spot: (math.dist(spot, best), spot))


def placements(studio: Studio, towns: Sequence[str], airports: Mapping[str, str], width: Ruler) -> tuple[Placed, ...]:
    """Where the labels stand; ``width`` measures words."""
    land = ground_of(studio)
    return labels.place(
        [*wanted(studio, land, towns, airports), *distances(studio, land)],
        obstacles(land, towns, airports),
        BOUNDS,
        width,
    )
