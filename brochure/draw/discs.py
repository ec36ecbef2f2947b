"""Areas side by side as discs: as many hectares, as much paper."""

from __future__ import annotations

import math
from collections.abc import Sequence

from brochure.draw import svg
from brochure.draw.studio import NoDrawing, Studio


def discs(studio: Studio, areas: Sequence[str], width: float, height: float, colour: str = "straw") -> str:
    """A row of discs, each touching the next, that fills ``width`` mm and stands in the middle of ``height`` mm.
    ``areas``: facts, none of which may be missing."""
    sizes = [studio.number(area) for area in areas]
    if any(size is None for size in sizes):
        raise NoDrawing("an unknown area can't be drawn as a disc.")
    roots = [math.sqrt(size or 0) for size in sizes]
    scale = width / 2 / sum(roots)
    body, left = [], 0.0
    for root in roots:
        radius = root * scale
        body.append(svg.circle((left + radius, height / 2), radius, fill=studio.palette[colour]))
        left += 2 * radius
    return svg.svg(width, height, body)
