"""The arc that runs through the whole brochure: it leaves each page where it enters the next."""

from __future__ import annotations

import math

from brochure.draw import svg
from brochure.draw.studio import Studio

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
STEP = 2.5  # mm between computed points


def height_at(page: int, x: float) -> float:
    """The arc's height in mm from the trim's top, ``x`` mm from the left edge of a page. One smooth curve over
    all pages: two slow waves, so that no two spreads are alike."""
    t = (page - 1) + x / WIDTH
    return HEIGHT * (0.56 - 0.24 * math.sin(t * 2 * math.pi / 9.4 + 0.6) - 0.09 * math.sin(t * 2 * math.pi / 3.7 + 2.1))


def arc(
    studio: Studio,
    page: int,
    colour: str = "gold",
    weight: float = 0.6,
    satellites: tuple[float, ...] | list[float] = (),
) -> str:
    """One page's stretch of the arc, bleed included (220 × 307 mm). ``satellites``: small discs on it, as
    fractions of the page's width."""
    steps = int((WIDTH + 2 * BLEED) / STEP)
    points = [(i * STEP, height_at(page, i * STEP - BLEED) + BLEED) for i in range(steps + 1)]
    ink = studio.palette[colour]
    discs = [svg.circle((x * WIDTH + BLEED, height_at(page, x * WIDTH) + BLEED), 1.1, fill=ink) for x in satellites]
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.path(points, **svg.stroke(ink, weight)), *discs])
