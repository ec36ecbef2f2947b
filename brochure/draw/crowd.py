"""A dot for every thousand people, filled from the left: the capital, the other towns, the country."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.draw import svg
from brochure.draw.studio import NoDrawing, Studio

EACH = 1000  # people a dot
DOT = 0.78  # of the step


def crowd(studio: Studio, *, everybody: str, share: str, capital: str, width: float, rows: int) -> str:
    """Dots in columns of ``rows``, as wide as ``width`` mm. ``share``: how many of a hundred live in towns."""
    people, towns, city = (studio.number(fact) for fact in (everybody, share, capital))
    if people is None or towns is None or city is None:
        raise NoDrawing("a crowd is drawn from three numbers.")
    count = round(people / EACH)
    columns = -(-count // rows)
    step = width / columns
    spots = [((i // rows + 0.5) * step, (i % rows + 0.5) * step) for i in range(count)]
    first, second = round(city / EACH), round(people * towns / 100 / EACH)
    ink = studio.palette
    parts: Sequence[tuple[slice, str]] = (
        (slice(0, first), ink["night"]),
        (slice(first, second), ink["gold"]),
        (slice(second, count), ink["haze"]),
    )
    return svg.svg(width, rows * step, [svg.dots(spots[part], step * DOT, colour) for part, colour in parts])
