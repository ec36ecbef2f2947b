"""The map of the railway corridors over two facing pages: land as a halftone, routes bent through their nodes,
one tick a day. Each page draws its own half, bleed included, and both agree at the gutter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, dist, exp, radians, sin
from typing import Any, Literal

from brochure.draw import svg
from brochure.draw.land import Box, away, halftone, inside, runs
from brochure.draw.projection import laea
from brochure.draw.spline import Way, bowed, joined, smooth, within
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import Point
from brochure.model.pages.corridors import Route, Show, Stop

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm, of a page
SCALE, TILT, ZERO = 24.5, radians(8), (188.0, 149.0)  # km a mm, turned leftwards, mm of the projection's centre on the spread
SPACING = 40  # km between dots
DIAMETERS = (0.3, 0.48, 0.66, 0.84)  # mm
GUTTER, SAFE = 6.0, 7.0  # mm kept free beside the fold and the trim
RAIL, THIN, PLAN = 1.5, 0.6, 0.9  # pt


@dataclass(frozen=True)
class Label:
    """A block of lines at a point: each line its words, size in pt, family and colour; ``anchor`` as in SVG."""

    lines: tuple[tuple[str, float, str, str], ...]
    at: Point
    anchor: str = "start"

    @property
    def box(self) -> Box:
        """The ink's box, mm; widths are estimated, a little too wide."""
        width = max(len(words) * size * 0.56 for words, size, _, _ in self.lines) * svg.MM_PER_PT
        left = self.at[0] - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        down = self.at[1] + sum(_leading(line) for line in self.lines[1:]) + 0.25 * svg.pt(self.lines[-1][1])
        return left, self.at[1] - 0.74 * svg.pt(self.lines[0][1]), left + width, down

    def draw(self, text: str) -> str:
        """The lines, one under the other."""
        y, out = self.at[1], []
        for count, line in enumerate(self.lines):
            words, size, family, colour = line
            y += _leading(line) if count else 0
            out.append(svg.text((self.at[0], y), words, size, colour, family, 500 if family == text else 300, self.anchor))
        return "".join(out)


def _leading(line: tuple[str, float, str, str]) -> float:
    return svg.pt(line[1]) * 1.25


@dataclass
class Scene:
    """The whole spread in mm from the left page's trim: what both halves draw from."""

    studio: Studio
    show: Show
    words: Any
    clear: tuple[Box, ...]
    legs: list[tuple[Route, list[list[Point]]]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.legs = [(route, self._legs(route)) for route in self.show.routes]

    def point(self, stop: Stop) -> Point:
        """A stop's place on the spread."""
        found = self.studio.point(stop.place)
        if found is None:
            raise NoDrawing(f"“{stop.place}” has no coordinates.")
        centre = self.studio.geometry("world")["projection"]
        return place(*laea(*found, centre["lat_0"], centre["lon_0"]))

    def _legs(self, route: Route) -> list[list[Point]]:
        nodes = [self.point(stop) for stop in route.stops]
        if not route.bow:
            return smooth(nodes)
        longest = max(range(len(nodes) - 1), key=lambda i: dist(nodes[i], nodes[i + 1]))
        extra = bowed(nodes[longest], nodes[longest + 1], float(route.bow))
        legs = smooth([*nodes[: longest + 1], extra, *nodes[longest + 1 :]])
        legs[longest : longest + 2] = [legs[longest] + legs[longest + 1][1:]]
        return legs


def place(x: float, y: float) -> Point:
    """A point of the projection, km, on the spread, mm."""
    return (ZERO[0] + (x * cos(TILT) - y * sin(TILT)) / SCALE, ZERO[1] - (x * sin(TILT) + y * cos(TILT)) / SCALE)
