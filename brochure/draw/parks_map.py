"""The parks along the highway: discs in proportion to hectares, open rings where the size isn't known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brochure.draw import ground, labels, svg
from brochure.draw.ground import Ground
from brochure.draw.labels import Label, Placed
from brochure.draw.obstacles import Obstacles
from brochure.draw.projection import Frame
from brochure.draw.ruler import Ruler, ruler
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

PAGE, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
FRAME = Frame((107.0, 93.0), (PAGE, 100.0), 1.3)  # the gutter lies 107 km east; mm per km
SHEET = ((PAGE, 100.0), 222.0)  # ways end at this disc, before they reach the folio
MM_PER_ROOT_HA = 0.327  # a disc's radius: 14 mm for 1,837 ha
UNKNOWN = 3.0  # mm, the radius of a ring of unknown size
EDGE = 6.0  # mm kept free on both sides of the gutter
BOUNDS = (14.0, 14.0, PAGE + 62.0, 272.0)
TAKEN = ((0.0, 0.0, 115.0, 66.0), (PAGE + 12.0, 95.0, 2 * PAGE, HEIGHT))  # the title, the table


@dataclass(frozen=True)
class Plot:
    """A park on the map, in mm. ``built`` is the radius of the part that isn't only planned, 0 when nothing says so."""

    park: str
    at: Point
    radius: float
    known: bool
    built: float = 0.0
    inner: str = ""
    outer: str = ""


def parks_map(studio: Studio, side: str, spots: Sequence[Mapping[str, Any]], towns: Sequence[str]) -> str:
    """One page's part of the map, bleed included (220 × 307 mm); ``side`` is left or right."""
    shift = BLEED - (PAGE if side == "right" else 0.0)
    plots = plots_of(studio, spots)
    body = [*_land(studio), *_plots(studio, plots), *_towns(studio, towns)]
    for placed in placements(studio, plots, towns, ruler(studio.assets)):
        if (placed.box[0] > PAGE) == (side == "right"):
            body += _words(studio, placed)
    moved = svg.group(body, transform=f"translate({svg.n(shift)} {svg.n(BLEED)})")
    return svg.svg(PAGE + 2 * BLEED, HEIGHT + 2 * BLEED, [moved])


def ground_of(studio: Studio) -> Ground:
    """The region in this map's frame."""
    return Ground(studio, FRAME, SHEET)


def plots_of(studio: Studio, spots: Sequence[Mapping[str, Any]]) -> tuple[Plot, ...]:
    """The parks as discs: facts turned into mm."""
    land = ground_of(studio)
    plots = []
    for spot in spots:
        (x, y), (east, north) = land.km(spot["place"]), spot["aside"]
        away, bearing = studio.number(spot["away"]) or 0.0 if spot["away"] else 0.0, math.radians(spot["bearing"])
        at = FRAME.put((x + east + away * math.sin(bearing), y + north + away * math.cos(bearing)))
        area, built = (studio.number(spot[key]) if spot[key] else None for key in ("area", "built"))
        inner, outer = (studio.print(spot[key], "bare") if spot[key] else "" for key in ("built", "area"))
        plots.append(
            Plot(
                spot["park"],
                at,
                _radius(area) if area else UNKNOWN,
                bool(area),
                _radius(built) if built else 0.0,
                inner,
                studio.planned(outer) if area and studio.fact(spot["area"]).planned else outer,
            )
        )
    return tuple(plots)


def _radius(hectares: float) -> float:
    return MM_PER_ROOT_HA * math.sqrt(hectares)


def _land(studio: Studio) -> Iterator[str]:
    ink, land = studio.palette, ground_of(studio)
    yield svg.shape(land.neighbour("moscow_city"), fill=ink["straw"])
    yield svg.shape(land.region, fill=ink["mist"])
    yield ground.railway(land.way("rail", 9.0), ink["dusk"], radius=5.0)
    yield ground.road(land.way("m3"), ink["gold"], 1.7, radius=5.0)
    yield svg.path(_arrow(land), **svg.stroke(ink["gold"], 1.7))


def _arrow(land: Ground) -> list[Point]:
    """The head at the end of the highway, which goes on beyond the map."""
    (ax, ay), (bx, by) = land.way("m3")[-1][-2:]
    angle = math.atan2(by - ay, bx - ax)
    wings = [(bx - 2.2 * math.cos(angle + turn), by - 2.2 * math.sin(angle + turn)) for turn in (0.5, -0.5)]
    return [wings[0], (bx, by), wings[1]]


def _plots(studio: Studio, plots: Sequence[Plot]) -> Iterator[str]:
    """The larger discs first. What is only planned is a paler disc with a dotted edge."""
    ink = studio.palette
    for plot in sorted(plots, key=lambda p: (-p.radius, p.park)):
        edge = svg.stroke(ink["night"], 0.9)
        if not plot.known:
            yield svg.circle(plot.at, plot.radius, fill=ink["paper"], **edge)
        elif plot.built:
            yield svg.circle(plot.at, plot.radius, fill=ink["haze"], **{**edge, "stroke_dasharray": "0.01 1.1"})
            yield svg.circle(plot.at, plot.built, fill=ink["night"])
        else:
            yield svg.circle(plot.at, plot.radius, fill=ink["night"])
        if plot.inner:
            yield svg.text((plot.at[0], plot.at[1] + 1.0), plot.inner, 8, ink["paper"], studio.text, 500, "middle")


def _towns(studio: Studio, towns: Sequence[str]) -> Iterator[str]:
    for town in towns:
        yield svg.circle(ground_of(studio).at(town), _size(town), fill=studio.palette["night"])


def _size(town: str) -> float:
    """The radius of a town's dot, mm."""
    return {"moscow": 2.4}.get(town, 0.8)


def _words(studio: Studio, placed: Placed) -> Iterator[str]:
    ink, label = studio.palette["night"], placed.label
    if placed.leader:
        yield svg.line(*placed.leader, **svg.stroke(studio.palette["dusk"], 0.35))
    yield svg.text(placed.at, label.text, label.size, ink, label.family, label.weight, placed.anchor)
    if label.under:
        below = (placed.at[0], placed.at[1] + svg.pt(labels.LEADING))
        yield svg.text(below, label.under, labels.UNDER, ink, label.family, 400, placed.anchor)


def obstacles(studio: Studio, plots: Sequence[Plot], towns: Sequence[str]) -> Obstacles:
    """Everything on the map that a label may not touch, and the gutter."""
    found, land = Obstacles(), ground_of(studio)
    for line in (*land.region, *land.neighbour("moscow_city"), *land.way("m3"), *land.way("rail")):
        found.add_line(line)
    for plot in plots:
        rim = [
            (
                plot.at[0] + plot.radius * math.cos(a / 18 * math.pi),
                plot.at[1] + plot.radius * math.sin(a / 18 * math.pi),
            )
            for a in range(37)
        ]
        found.add_line(rim)
        found.add_disc(plot.at, plot.radius * 0.7)
    for town in towns:
        found.add_disc(land.at(town), _size(town))
    found.add_line(_arrow(land))
    found.rects += TAKEN
    found.rects.append((PAGE - EDGE, 0.0, PAGE + EDGE, HEIGHT))
    return found


def wanted(studio: Studio, plots: Sequence[Plot], towns: Sequence[str]) -> list[Label]:
    """The labels of the map: parks in bold, with their hectares where their disc is too small to hold them."""
    land, family, out = ground_of(studio), studio.text, []
    for plot in plots:
        out.append(
            Label(
                studio.names[plot.park],
                plot.at,
                9.25,
                family,
                600,
                plot.radius + 1.1,
                mark=plot.radius + 0.4,
                name=plot.park,
                under=plot.outer,
            )
        )
    for town in towns:
        large = town in ("moscow", "kaluga")
        out.append(
            Label(
                studio.names[town],
                land.at(town),
                9.25 if large else 8,
                family,
                400,
                _size(town) + 0.9,
                mark=_size(town) + 0.3,
                name=town,
                leftwards=town == "kaluga",
            )
        )
    first, *also = land.along("m3", (7.6, 7.4, 7.8, 8.2, 8.3, 6.5, 6.7))
    out.append(Label(studio.names["m3"], first, 8, family, 600, 1.5, tuple(also), leader=False, name="m3"))
    end = land.way("m3")[-1][-1]
    out.append(Label(studio.names["bryansk"], end, 8, family, 400, 1.4, leader=False, name="bryansk"))
    return out


def placements(studio: Studio, plots: Sequence[Plot], towns: Sequence[str], width: Ruler) -> tuple[Placed, ...]:
    """Where the labels stand; ``width`` measures words."""
    return labels.place(wanted(studio, plots, towns), obstacles(studio, plots, towns), BOUNDS, width)
