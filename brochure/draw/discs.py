"""Areas side by side as discs: as many hectares, as much paper; rings in them count the hectares."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from brochure.draw import svg
from brochure.draw.rings import circles, grain_radii
from brochure.draw.studio import NoDrawing, Studio

EDGE = 0.9  # pt, the line round a disc
NEAR = 0.6  # mm; a ring closer to the edge would run into it


def discs(
    studio: Studio,
    areas: Sequence[str],
    width: float,
    height: float,
    colour: str = "straw",
    grain: float = 100,
    clear: float = 0,
    gap: float = 0,
) -> str:
    """A row of discs, ``gap`` mm between them, that fills ``width`` mm and stands in the middle of ``height`` mm.
    ``areas``: facts, none of which may be missing. A fine ring every ``grain`` of them; none in the middle, ``clear`` mm
    around, where words stand."""
    sizes = [studio.number(area) for area in areas]
    if any(size is None for size in sizes):
        raise NoDrawing("an unknown area can't be drawn as a disc.")
    roots = [math.sqrt(size or 0) for size in sizes]
    scale = (width - gap * (len(roots) - 1)) / 2 / sum(roots)
    body: list[str] = []
    left = 0.0
    for root in roots:
        radius = root * scale
        rings = [ring for ring in grain_radii(root * root, scale, grain) if clear < ring < root * scale - NEAR]
        body += _disc(studio, (left + radius, height / 2), radius, colour, rings)
        left += 2 * radius + gap
    return svg.svg(width, height, body)


def _disc(studio: Studio, at: svg.Point, radius: float, colour: str, rings: Sequence[float]) -> Iterator[str]:
    gold = studio.palette["gold"]
    yield svg.circle(at, radius - svg.pt(EDGE) / 2, fill=studio.palette[colour], **svg.stroke(gold, EDGE))
    if rings:
        yield circles(at, rings, **svg.stroke(gold, 0.45))
