"""A small map that says where something lies: Kaluga Region between Moscow and Bryansk, the highway and the railway."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from brochure.draw import ground, labels, svg, window
from brochure.draw.boxes import Box
from brochure.draw.ground import Ground
from brochure.draw.labels import Label, Placed
from brochure.draw.obstacles import Obstacles
from brochure.draw.projection import Frame
from brochure.draw.ruler import ruler
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

EDGE = 2.0  # mm between the map's edge and the words in it
MARK, TOWN = 1.9, 0.75  # mm: radii of what is marked, and of a town
CAPITAL = 1.8  # times a town's radius: Moscow's
AIR = 0.9  # mm between names on one line, over the clearance: as wide as a space
TOWNS = ("moscow", "kaluga", "obninsk", "maloyaroslavets", "sukhinichi", "lyudinovo")
WIDER = 1.3  # mm by which a ring is wider than a mark
AROUND = 27.0  # km kept around what the map must show
WHOLE = 0.95  # of its width: a map that is higher shows the whole region


def locator(
    studio: Studio, spots: Sequence[Mapping[str, Any]], width: float, height: float, rings: Sequence[str] = ()
) -> str:
    """A map of ``width`` × ``height`` mm that shows Kaluga, Moscow, and each of the ``spots``, which are the
    details of spots as the map of the parks has them, marked in gold with their names; those of ``rings`` as
    rings."""
    land = framed(studio, spots, width, height)
    marks, ringed = marked(studio, land, spots), {studio.names[name] for name in rings}
    towns = [
        town
        for town in TOWNS
        if all(math.dist(land.at(town), at) > MARK + TOWN for at in marks.values())
        and EDGE < land.at(town)[0] < width - EDGE
        and EDGE < land.at(town)[1] < height - EDGE
    ]
    found = _placed(studio, land, marks, ringed, towns, (EDGE, EDGE, width - EDGE, height - EDGE))
    body = [
        *_land(studio, land, (0.0, 0.0, width, height)),
        *_towns(studio, land, towns),
        *_marks(studio, marks, ringed),
    ]
    for placed in found:
        body += _words(studio, placed)
    return svg.svg(width, height, [svg.rect(0, 0, width, height, fill=studio.palette["mist"]), *body])


def framed(studio: Studio, spots: Sequence[Mapping[str, Any]], width: float, height: float) -> Ground:
    """Moscow, Kaluga and what is marked, as large as they fit; in a frame that is high enough the whole region."""
    free = Ground(studio, Frame((0.0, 0.0), (0.0, 0.0), 1.0))
    points = [free.at("moscow"), free.at("kaluga"), *marked(studio, free, spots).values()]
    if height > WHOLE * width:
        points += [point for ring in free.region for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs) - AROUND, max(xs) + AROUND, min(ys) - AROUND, max(ys) + AROUND
    scale = min(width / (right - left), height / (bottom - top))
    return Ground(studio, Frame(((left + right) / 2, -(top + bottom) / 2), (width / 2, height / 2), scale))


def marked(studio: Studio, land: Ground, spots: Sequence[Mapping[str, Any]]) -> dict[str, Point]:
    """Where each name is marked, mm; a name once."""
    out: dict[str, Point] = {}
    for spot in spots:
        (x, y), (east, north) = land.km(spot["place"]), spot["aside"]
        away, bearing = studio.number(spot["away"]) or 0.0 if spot["away"] else 0.0, math.radians(spot["bearing"])
        at = land.frame.put((x + east + away * math.sin(bearing), y + north + away * math.cos(bearing)))
        out.setdefault(studio.names[spot["park"]], at)
    return out


def _land(studio: Studio, land: Ground, box: Box) -> Iterator[str]:
    """The region, Moscow, the river and the ways, each cut to the map's frame; ways end a little within it."""
    ink, within = studio.palette, (box[0] + 0.6, box[1] + 0.6, box[2] - 0.6, box[3] - 0.6)
    for rings, fill in ((land.region, "paper"), (land.neighbour("moscow_city"), "straw")):
        if found := [cut for ring in rings if len(cut := window.area(ring, box)) > 2]:
            yield svg.shape(found, fill=ink[fill])
    river = [piece for line in land.lines("oka") for piece in window.pieces(line, within)]
    yield "".join(svg.path(piece, **svg.stroke(ink["haze"], 0.8)) for piece in river)
    rail, road = (
        [piece for line in land.way(name) for piece in window.pieces(line, within)] for name in ("rail", "m3")
    )
    yield ground.railway(rail, ink["dusk"], 0.4, radius=2.0)
    yield ground.road(road, ink["gold"], 1.3, radius=2.0)


def _towns(studio: Studio, land: Ground, towns: Sequence[str]) -> Iterator[str]:
    for town in towns:
        yield svg.circle(land.at(town), _radius(town), fill=studio.palette["night"])


def _radius(town: str) -> float:
    return TOWN * CAPITAL if town == "moscow" else TOWN


def _marks(studio: Studio, marks: Mapping[str, Point], rings: Collection[str]) -> Iterator[str]:
    ink = studio.palette
    for name, at in marks.items():
        if name in rings:
            yield svg.circle(at, MARK + WIDER, **svg.stroke(ink["gold"], 1.6))
    for name, at in marks.items():
        if name not in rings:
            yield svg.circle(at, MARK, fill=ink["gold"], **svg.stroke(ink["night"], 0.9))


def _words(studio: Studio, placed: Placed) -> Iterator[str]:
    ink, label = studio.palette["night"], placed.label
    if placed.leader:
        yield svg.line(*placed.leader, **svg.stroke(studio.palette["dusk"], 0.35))
    yield svg.text(placed.at, label.text, label.size, ink, label.family, label.weight, placed.anchor)


def _wanted(
    studio: Studio, land: Ground, marks: Mapping[str, Point], rings: Collection[str], towns: Sequence[str]
) -> list[Label]:
    """The labels: what is marked in bold, then towns, then the highway's number."""
    family = studio.text
    reach = {name: MARK + WIDER if name in rings else MARK for name in marks}
    out = [
        Label(name, at, 9.25, family, 600, reach[name] + 1.0, mark=reach[name] + 0.4, name=name, air=AIR)
        for name, at in marks.items()
    ]
    known = set(marks)
    out += [
        Label(
            studio.names[town], land.at(town), 8, family, 400, _radius(town) + 0.9, mark=TOWN + 0.3, name=town, air=AIR
        )
        for town in towns
        if studio.names[town] not in known
    ]
    first, *also = land.along("m3", (7.6, 7.4, 8.3, 6.5, 8.6))
    out.append(Label(studio.names["m3"], first, 8, family, 600, 1.3, tuple(also), leader=False, name="m3"))
    return out


def _placed(
    studio: Studio, land: Ground, marks: Mapping[str, Point], rings: Collection[str], towns: Sequence[str], bounds: Box
) -> tuple[Placed, ...]:
    """The words in their places; in a map too small for all without those of the towns, or over the lines."""
    for some, lines in ((towns, True), ((), True), (towns, False)):
        try:
            wanted = _wanted(studio, land, marks, rings, some)
            return labels.place(wanted, _obstacles(land, marks, towns, lines), bounds, ruler(studio.assets))
        except labels.NoRoom:
            continue
    wanted = [label for label in _wanted(studio, land, marks, rings, ()) if label.name in marks]
    return labels.place(wanted, _obstacles(land, marks, (), False), bounds, ruler(studio.assets))


def _obstacles(land: Ground, marks: Mapping[str, Point], towns: Sequence[str], lines: bool = True) -> Obstacles:
    """Everything in the map that a word may not touch, the ``lines`` among it."""
    found = Obstacles()
    for line in (*land.way("m3"), *land.way("rail"), *land.lines("oka")) if lines else ():
        found.add_line(line)
    for at in marks.values():
        found.add_disc(at, MARK + 0.4)
    for town in towns:
        found.add_disc(land.at(town), _radius(town))
    return found
