"""The map of the railway corridors over two facing pages: land as a halftone, routes bent through their nodes,
one tick a day. Each page draws its own half, bleed included, and both agree at the gutter."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from brochure.draw import svg
from brochure.draw.labels import LEADING, UNDER
from brochure.draw.land import Box, Tones, halftone, off_the_edges
from brochure.draw.route_map import HEIGHT, HOME, QUIET, SIZE, SPACED, UNIT, WIDTH, Scene, place, ticks
from brochure.draw.spline import Way, within
from brochure.draw.studio import Studio
from brochure.draw.svg import Point
from brochure.model.pages.corridors import MapWords, Show

BLEED = 5.0  # mm
SPACING, COARSE = 40, 60  # km between dots, in the two grids
DIAMETERS = (0.22, 0.4, 0.58, 0.76, 0.94, 1.12, 1.3)  # mm
OFF_EDGE = 6.5  # mm, more than printers ask for as a safe area
RAIL, THIN, PLAN, TICK = 1.6, 0.7, 0.9, 0.6  # pt
SHIP_STEP = 1.7  # mm between the dots of a way by ship

Window = tuple[float, float]  # the left and right edge of a page with its bleed, mm of the spread


def corridors(
    studio: Studio,
    page: Literal["left", "right"],
    show: Show,
    words: MapWords,
    *,
    clear: Sequence[Box] = (),
    figures: Mapping[str, tuple[float, float, float]] | None = None,
    areas: Mapping[str, Point] | None = None,
    put: Callable[[float, float], Point] | None = None,
    bounds: Box | None = None,
) -> str:
    """One half of the map, 220 × 307 mm with bleed. ``clear``: boxes of the spread in mm that the land fades
    towards; ``figures``: route name → left and baseline in mm and size in pt of its days; ``areas``: name → where it
    is written, mm."""
    scene = Scene(studio, show, words, clear, figures or {}, areas or {}, page == "left", put or place, bounds)
    left = -BLEED if page == "left" else WIDTH - BLEED
    window = left, left + WIDTH + 2 * BLEED
    body = [_land(scene, window), *_routes(scene, window), *_nodes(scene, window), *_words(scene, window)]
    return svg.svg(
        WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=f"translate({svg.n(-left)} {svg.n(BLEED)})")]
    )


def _land(scene: Scene, window: Window) -> str:
    lines = [point for drawn in scene.drawn for point in drawn.way.points]
    texts = [*((box, 30.0) for box in scene.clear), *((n.box, 11.0) for n in scene.numbers)]
    boxes = [*(n.box for n in scene.numbers), *(box for _, _, box in scene.named), *(p.box for p in scene.placed)]
    boxes += [_square(point, scene.room(point) - 0.4) for point in scene.spots]
    name, spacing = ("dots_fine", SPACING) if scene.put is place else ("dots", COARSE)
    dots = scene.studio.geometry("world")[name]
    paper = 0.0, 0.0, 2 * WIDTH if scene.put is place else WIDTH, HEIGHT
    tones = off_the_edges(
        Tones(lines, texts, boxes, len(DIAMETERS)), (scene.put(x, y) for x, y in dots), paper, OFF_EDGE
    )
    share = math.dist(scene.put(0, 0), scene.put(spacing, 0)) / math.dist(place(0, 0), place(SPACING, 0))
    sizes = [size * share for size in DIAMETERS]
    return halftone(dots, spacing, scene.put, window, tone=tones, diameters=sizes, colour=scene.studio.palette["dusk"])


def _square(centre: Point, half: float) -> Box:
    return centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half


def _routes(scene: Scene, window: Window) -> Iterator[str]:
    palette = scene.studio.palette
    for drawn in scene.drawn:
        for by, points in drawn.legs:
            if drawn.route.planned:
                style = svg.stroke(palette["haze"], PLAN, "2.2 2")
            elif by == "ship":
                yield _dotted(points, window, palette["gold"])
                continue
            else:
                style = svg.stroke(palette["gold"], THIN if by == "lorry" else RAIL)
            yield from (svg.path(piece, **style) for piece in within(points, *window))
        for a, b, possible in ticks(drawn, scene.studio):
            if window[0] - 2 < a[0] < window[1] + 2:
                yield svg.line(a, b, **svg.stroke(palette["haze" if possible else "paper"], TICK))


def _dotted(points: list[Point], window: Window, colour: str) -> str:
    way = Way(tuple(points))
    count = round(way.length / SHIP_STEP)
    spots = [way.at(i / count)[0] for i in range(1, count)]
    return svg.dots([p for p in spots if window[0] - 1 < p[0] < window[1] + 1], 0.62, colour)


def _nodes(scene: Scene, window: Window) -> Iterator[str]:
    palette = scene.studio.palette
    planned = {scene.point(route.stops[-1]) for route in scene.show.routes if route.planned}
    for point in scene.stops:
        if not window[0] - 5 < point[0] < window[1] + 5:
            continue
        if point == scene.home:
            yield svg.circle(point, HOME - 0.3, fill=palette["night"], **svg.stroke(palette["gold"], RAIL))
            yield svg.circle(point, 1.9, fill=palette["honey"])
        elif point in planned:
            yield svg.circle(point, 1.2, fill=palette["night"], **svg.stroke(palette["haze"], PLAN))
        else:
            yield svg.circle(point, scene.radius(point), fill=palette["paper"])
    for stop in scene.show.marks:
        if window[0] < scene.point(stop)[0] < window[1]:
            yield svg.circle(scene.point(stop), 1.2, **svg.stroke(palette["haze"], PLAN))


def _words(scene: Scene, window: Window) -> Iterator[str]:
    studio = scene.studio
    for n in scene.numbers:
        if (n.at[0] < WIDTH) == scene.left:
            yield svg.text(n.at, n.number, n.size, studio.palette["paper"], studio.display, 300)
            yield svg.text((n.at[0] + n.unit_at, n.at[1]), n.unit, UNIT, studio.palette["paper"], studio.text, QUIET)
            yield svg.text(
                (n.at[0] + 0.035 * svg.pt(n.size), n.at[1] + n.drop),
                n.note,
                SIZE,
                studio.palette["paper"],
                studio.text,
                500,
            )
    for words, at, _ in scene.named:
        if (at[0] < WIDTH) == scene.left:
            yield svg.text(at, words, SIZE, studio.palette["haze"], studio.text, QUIET, spacing=SPACED)
    for p in scene.placed:
        colour = studio.palette["haze" if p.label.name == "quiet" else "paper"]
        yield svg.text(p.at, p.label.text, p.label.size, colour, studio.text, p.label.weight, p.anchor)
        if p.label.under:
            below = p.at[0], p.at[1] + svg.pt(LEADING)
            yield svg.text(below, p.label.under, UNDER, studio.palette["haze"], studio.text, QUIET, p.anchor)
