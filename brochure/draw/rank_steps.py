"""A ranking over the years as a line: known ranks as discs, an unknown one as the span it lies in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from brochure.draw import svg
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

TOP, ROOM = 2.6, 2.4  # mm above the first rank and below the last


def rank_steps(
    studio: Studio,
    *,
    ranks: Sequence[str],
    spans: Sequence[str],
    pilots: Sequence[bool],
    width: float,
    height: float,
    inset: float = 2.6,
) -> str:
    """``ranks``: fact ids, empty where the rank isn't known; then ``spans`` names the fact with the number of
    regions it is among. ``width`` and ``height`` in mm; every year stands at the left of its column."""
    ink = studio.palette
    known = [studio.number(rank) if rank else None for rank in ranks]
    tops = [studio.number(span) if span else None for span in spans]
    lowest = max(value for value in (*known, *tops) if value is not None)
    columns = [inset + width / len(ranks) * i for i in range(len(ranks))]

    def level(rank: float) -> float:
        return TOP + (height - TOP - ROOM) * (rank - 1) / max(lowest - 1, 1)

    body = [
        svg.line((0, level(rank)), (width, level(rank)), **svg.stroke(ink["haze"], 0.25))
        for rank in range(1, int(lowest) + 1)
    ]
    points: list[tuple[Point, bool]] = []
    for x, rank, top, pilot in zip(columns, known, tops, pilots, strict=True):
        if not pilot and (rank or top):
            points.append(((x, level(rank if rank else (1 + (top or 1)) / 2)), rank is not None))
    for (a, sure_a), (b, sure_b) in pairwise(points):
        body.append(svg.line(a, b, **svg.stroke(ink["gold"], 1.6, dash=None if sure_a and sure_b else "0.01 1.5")))
    for x, rank, top, pilot in zip(columns, known, tops, pilots, strict=True):
        if rank is not None:
            style = svg.stroke(ink["night"], 1.1)
            body.append(svg.circle((x, level(rank)), 1.7, fill=ink["paper" if pilot else "night"], **style))
        elif top is not None:
            body.append(
                svg.rect(
                    x - 1.7,
                    level(1) - 1.7,
                    3.4,
                    level(top) - level(1) + 3.4,
                    rx=1.7,
                    fill=ink["paper"],
                    **svg.stroke(ink["night"], 1.1, dash="0.01 1.25"),
                )
            )
    return svg.svg(width, height, body)
