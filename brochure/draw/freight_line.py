"""A railway from the capital downwards, as long as its places lie apart as the crow flies, and the freight villages beside
it: as many hectares, as much paper; an open ring where no area is known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from brochure.draw import svg
from brochure.draw.projection import apart
from brochure.draw.rings import circles, grain_radii
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import Point
from brochure.model.pages.villages import Show, Village

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
LINE, TOP, FOOT = 174.0, 30.0, 236.0  # mm: where the railway runs, its first and its last stop
EARTH, TICK_KM = 6371.0, 10.0  # km, the mean radius (IUGG); a sleeper each
HA, GRAIN = 1.45, 100.0  # mm, the radius of a hectare; a ring each
OPEN, MOON, MOONS = 9.0, 2.4, 17.0  # mm: a village without an area, what it serves, and how far off
OUT = 14.0  # mm from the railway to a village's edge
SIZE, NAME, UNIT, QUIET = 8.0, 12.5, 12.5, 500  # pt, weight
FAN: Sequence[float] = (296.0, 270.0, 244.0)  # degrees clockwise from the top, where served parks stand


def freight_line(studio: Studio, show: Show, part: str) -> str:
    """A page with bleed, 220 × 307 mm, on night. ``part``: the word for the logistics park within a village."""
    heights = dict(_heights(studio, show))
    body = [*_railway(studio, show, heights)]
    for village in show.villages:
        body += _village(studio, village, heights[village.station], part)
    return svg.svg(
        WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=f"translate({svg.n(BLEED)} {svg.n(BLEED)})")]
    )


def _heights(studio: Studio, show: Show) -> Iterator[tuple[str, float]]:
    """Each stop's height on the page, mm from the trim's top."""
    first, *_, last = show.railway
    scale = (FOOT - TOP) / _km(studio, first.place, last.place)
    for stop in show.railway:
        yield stop.name, TOP + _km(studio, first.place, stop.place) * scale


def _km(studio: Studio, here: str, there: str) -> float:
    """From place to place along a great circle, km."""
    a, b = studio.point(here), studio.point(there)
    if a is None or b is None:
        raise NoDrawing(f"“{here if a is None else there}” has no coordinates.")
    return EARTH * apart(a, b)


def _railway(studio: Studio, show: Show, heights: Mapping[str, float]) -> Iterator[str]:
    ink, end = studio.palette, HEIGHT + BLEED
    yield svg.line((LINE, -BLEED), (LINE, end), **svg.stroke(ink["paper"], 1.4))
    first, *_, last = show.railway
    step = (FOOT - TOP) / _km(studio, first.place, last.place) * TICK_KM
    for i in range(-int((TOP + BLEED) / step), int((end - TOP) / step) + 1):
        y = TOP + i * step
        yield svg.line((LINE - 1.6, y), (LINE + 1.6, y), **svg.stroke(ink["paper"], 0.6))
    for stop in show.railway:
        at = LINE, heights[stop.name]
        yield svg.circle(at, 2.2, fill=ink["night"], **svg.stroke(ink["paper"], 1.2))
        yield svg.text((LINE + 5.0, at[1] + 1.0), studio.names[stop.name], SIZE, ink["paper"], studio.text, QUIET)


def _village(studio: Studio, village: Village, y: float, part: str) -> Iterator[str]:
    """The spur, the disc with the logistics park inside it, the parks that it serves."""
    ink, area = studio.palette, studio.number(village.area) if village.area else None
    radius = HA * math.sqrt(area) if area else OPEN
    at = LINE - OUT - radius, y
    spur = svg.line((LINE - 2.2, y), (at[0] + (0 if area else radius), y), **svg.stroke(ink["paper"], 1.4))
    if not area:
        yield spur
        yield svg.circle(at, radius, fill=ink["night"], **svg.stroke(ink["haze"], 0.8))
        yield from _served(studio, village, at)
        return
    yield svg.circle(at, radius, **svg.stroke(ink["gold"], 1.1))
    yield circles(at, grain_radii(area, HA, GRAIN, _part(studio, village)), **svg.stroke(ink["gold"], 0.45))
    yield spur
    if inner := HA * math.sqrt(_part(studio, village)):
        yield svg.circle(at, inner, fill=ink["gold"])
        figure = studio.print(village.part)
        yield svg.text((at[0], at[1] - 0.6), part, SIZE, ink["night"], studio.text, 600, "middle")
        yield svg.text((at[0], at[1] + 3.4), figure, SIZE, ink["night"], studio.text, QUIET, "middle")
    label = studio.print(village.area)
    low = at[1] + radius + 6.6  # a letter’s height of air, and room for what stands above Devanagari’s line
    yield svg.text((at[0], low), label, UNIT, ink["paper"], studio.text, QUIET, "middle")


def _part(studio: Studio, village: Village) -> float:
    return (studio.number(village.part) or 0.0) if village.part else 0.0


def _served(studio: Studio, village: Village, at: Point) -> Iterator[str]:
    """Small discs tied to the village, with their names to the left."""
    ink = studio.palette
    for name, angle in zip(studio.listed(village.serves or ""), FAN, strict=False):
        u, v = math.sin(math.radians(angle)), -math.cos(math.radians(angle))
        far = at[0] + u * (OPEN + MOONS), at[1] + v * (OPEN + MOONS)
        near = at[0] + u * (OPEN + 0.4), at[1] + v * (OPEN + 0.4)
        yield svg.line(near, (far[0] - u * MOON, far[1] - v * MOON), **svg.stroke(ink["haze"], 0.9, "0.01 1.3"))
        yield svg.circle(far, MOON, fill=ink["honey"])
        yield svg.text(
            (far[0] - MOON - 1.6, far[1] + 1.0), studio.names[name], SIZE, ink["paper"], studio.text, QUIET, "end"
        )
