"""A field of dots to write on, through which the brochure's arc passes."""

from __future__ import annotations

from brochure.draw import svg
from brochure.draw.arc import BLEED, DISC, HEIGHT, WIDTH, height_at
from brochure.draw.studio import Studio

ROW = 14 * svg.MM_PER_PT  # mm: the grid of all pages
COLUMNS = 36
DOT = 0.42  # mm
CLEAR = 2.2  # mm that the arc keeps free of dots
STEP = 2.5  # mm between computed points of the arc


def notes(studio: Studio, page: int, left: float, top: float, measure: float, first: int = 9, last: int = 51) -> str:
    """One page, bleed included. Dots stand on the rows ``first`` to ``last`` of the grid, over ``measure`` mm from
    ``left``; row 0 begins ``top`` mm below the trim."""
    spots = (
        (left + column * measure / COLUMNS, top + row * ROW)
        for row in range(first, last + 1)
        for column in range(COLUMNS + 1)
    )
    dots = [(x + BLEED, y + BLEED) for x, y in spots if abs(y - height_at(page, x)) > CLEAR]
    steps = round((WIDTH + 2 * BLEED) / STEP)
    arc = [(i * STEP, height_at(page, i * STEP - BLEED) + BLEED) for i in range(steps + 1)]
    disc = (left + measure / 3 + BLEED, height_at(page, left + measure / 3) + BLEED)
    gold = studio.palette["gold"]
    return svg.svg(
        WIDTH + 2 * BLEED,
        HEIGHT + 2 * BLEED,
        [
            svg.dots(dots, DOT, studio.palette["haze"]),
            svg.path(arc, **svg.stroke(gold, 0.8)),
            svg.circle(disc, DISC, fill=gold),
        ],
    )
