"""Where in Europe the region lies: a small disc of the continent."""

from __future__ import annotations

from brochure.draw import svg
from brochure.draw.projection import Frame, holds
from brochure.draw.studio import Studio

CENTRE, REACH = (130.0, 240.0), 2150.0  # km
GAP = 95.0  # km between dots


def europe(studio: Studio, size: float) -> str:
    """A disc of ``size`` mm across: the land in dots, the region in its true place and size."""
    ink = studio.palette
    geometry = studio.geometry("region")["europe"]
    scale = (size / 2 - 0.2) / REACH
    frame = Frame(CENTRE, (size / 2, size / 2), scale)
    dots = [frame.put(spot) for spot in _grid() if holds(geometry["land"], spot)]
    region = [frame.line(ring, 0.02) for ring in geometry["kaluga"]]
    at = frame.put(geometry["kaluga"][0][0])
    body = [svg.circle((size / 2, size / 2), size / 2, fill=ink["mist"]), svg.dots(dots, GAP * scale * 0.62, ink["haze"]),
            svg.shape(region, fill=ink["signal"]), svg.circle((at[0] - 0.9, at[1]), 3.0, **svg.stroke(ink["night"], 0.6))]
    return svg.svg(size, size, body)


def _grid() -> list[tuple[float, float]]:
    """Points of a hexagonal grid inside the disc, km."""
    spots = []
    rows = int(REACH / (GAP * 0.866))
    for row in range(-rows, rows + 1):
        for column in range(-int(REACH / GAP), int(REACH / GAP) + 1):
            x, y = (column + (row % 2) / 2) * GAP, row * GAP * 0.866
            if x * x + y * y < (REACH - GAP / 2) ** 2:
                spots.append((x + CENTRE[0], y + CENTRE[1]))
    return spots
