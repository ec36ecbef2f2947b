"""The arc that runs through the whole brochure: it leaves each page where it enters the next."""

from __future__ import annotations

import math
from collections.abc import Sequence

from brochure.draw import svg
from brochure.draw.studio import Studio

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
STEP = 2.5  # mm between computed points
DISC = 1.1  # mm, radius of a satellite
NAMED = 1.9  # mm, radius of one that carries a name
BELOW = 6.6  # mm from the arc to the baseline of that name


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
    satellites: Sequence[float] = (),
    names: Sequence[str] = (),
    type_colour: str = "haze",
    until: float = 1.0,
) -> str:
    """One page's stretch of the arc, bleed included (220 × 307 mm). ``satellites``: small discs on it, as
    fractions of the page's width; ``names``: a line of type below each, in ``type_colour``; ``until``: where the
    arc ends when it doesn't run on to the next page."""
    end = WIDTH + 2 * BLEED if until >= 1 else until * WIDTH + BLEED
    steps = max(1, math.ceil(end / STEP))
    points = [_point(page, min(i * STEP, end) - BLEED) for i in range(steps + 1)]
    ink = studio.palette[colour]
    radius = NAMED if names else DISC
    discs = [svg.circle(_point(page, x * WIDTH), radius, fill=ink) for x in satellites]
    lines = [
        svg.text(
            (x * WIDTH + BLEED, _point(page, x * WIDTH)[1] + BELOW),
            name,
            8,
            studio.palette[type_colour],
            studio.text,
            500,
            "middle",
        )
        for x, name in zip(satellites, names, strict=False)
    ]
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.path(points, **svg.stroke(ink, weight)), *discs, *lines])


def _point(page: int, x: float) -> svg.Point:
    return x + BLEED, height_at(page, x) + BLEED
