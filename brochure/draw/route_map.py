"""Where everything on the corridor map stands: routes, ticks, nodes, large figures and words, in mm of the spread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import cos, dist, radians, sin

from brochure.draw import labels, svg
from brochure.draw.land import Box
from brochure.draw.obstacles import Obstacles
from brochure.draw.projection import project
from brochure.draw.ruler import Ruler, ruler
from brochure.draw.shaping import spaced
from brochure.draw.spline import Way, bowed, joined, smooth
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import Point
from brochure.model.pages.corridors import MapWords, Route, Show, Stop

WIDTH, HEIGHT = 210.0, 297.0  # mm, of a page
SCALE, TILT, ZERO = 25.2, radians(12.5), (187.5, 142.0)  # km a mm, turned leftwards, mm of the projection's centre
FOLD, EDGE = 6.5, 15.2  # mm kept free of words beside the fold and the trim
SIZE, UNIT = 8.0, 12.5  # pt
QUIET, NAMED = 500, 600  # weights: reversed out, type below 20 pt is never lighter than medium
HOME = 3.7  # mm, radius of the disc where all lines end
SPACED = 1.1  # mm between spaced capitals


@dataclass(frozen=True)
class Figure:
    """A route's days: the number large, its unit beside it, a note below. ``at``: left edge and large baseline, mm;
    ``size`` of the number in pt; ``unit_at`` and ``width`` in mm from the left edge."""

    number: str
    unit: str
    note: str
    at: Point
    size: float
    unit_at: float
    width: float

    @property
    def box(self) -> Box:
        """The ink's box, mm."""
        return (
            self.at[0],
            self.at[1] - 0.74 * svg.pt(self.size),
            self.at[0] + self.width,
            self.at[1] + self.drop + svg.pt(SIZE) * 0.3,
        )

    @property
    def drop(self) -> float:
        """How far the note's baseline lies below the number's, mm: the larger the number, the more air it needs."""
        return svg.pt(SIZE) * 1.6 + svg.pt(self.size) * 0.045


@dataclass(frozen=True)
class Drawn:
    """A route on the spread: its legs with their means of transport, and the whole way."""

    route: Route
    legs: tuple[tuple[str, list[Point]], ...]

    @cached_property
    def way(self) -> Way:
        """All legs as one."""
        return joined(points for _, points in self.legs)


def place(x: float, y: float) -> Point:
    """A point of the projection, km, on the spread, mm."""
    return (ZERO[0] + (x * cos(TILT) - y * sin(TILT)) / SCALE, ZERO[1] - (x * sin(TILT) + y * cos(TILT)) / SCALE)


@dataclass
class Scene:
    """The whole spread in mm from the left page's trim: what both halves draw from, and which half is drawn. ``put``
    turns km of the projection into mm; a map that fits on one page is all in the left half. Words stay within ``bounds``,
    mm, when they are given."""

    studio: Studio
    show: Show
    words: MapWords
    clear: Sequence[Box]
    figures: Mapping[str, tuple[float, float, float]]
    areas: Mapping[str, Point]
    left: bool
    put: Callable[[float, float], Point] = place
    bounds: Box | None = None
    found: dict[str, Point] = field(default_factory=dict)

    @cached_property
    def drawn(self) -> list[Drawn]:
        """Every route with its legs."""
        return [
            Drawn(route, tuple(zip((stop.by for stop in route.stops), self._legs(route), strict=False)))
            for route in self.show.routes
        ]

    def point(self, stop: Stop) -> Point:
        """A stop's place on the spread."""
        if stop.place not in self.found:
            degrees = self.studio.point(stop.place)
            if degrees is None:
                raise NoDrawing(f"“{stop.place}” has no coordinates.")
            self.found[stop.place] = self.put(*project(*degrees, self.studio.geometry("world")["projection"]))
        return self.found[stop.place]

    def _legs(self, route: Route) -> list[list[Point]]:
        nodes = [self.point(stop) for stop in route.stops]
        if not route.bow:
            return smooth(nodes)
        longest = max(range(len(nodes) - 1), key=lambda i: dist(nodes[i], nodes[i + 1]))
        beside = bowed(nodes[longest], nodes[longest + 1], float(route.bow))
        legs = smooth([*nodes[: longest + 1], *beside, *nodes[longest + 1 :]])
        whole = joined(legs[longest : longest + len(beside) + 1]).points
        legs[longest : longest + len(beside) + 1] = [list(whole)]
        return legs

    @cached_property
    def stops(self) -> dict[Point, tuple[str, ...]]:
        """Every node once, with the names that stand beside it."""
        out: dict[Point, tuple[str, ...]] = {}
        for stop in (stop for route in self.show.routes for stop in route.stops):
            names = tuple(self.studio.names[name] for name in stop.names)
            out[self.point(stop)] = names or out.get(self.point(stop), ())
        return out

    @property
    def spots(self) -> list[Point]:
        """Every node, and the places marked besides."""
        return [*self.stops, *(self.point(stop) for stop in self.show.marks)]

    @cached_property
    def home(self) -> Point:
        """Where the first corridor ends."""
        return self.point(self.show.routes[0].stops[-1])

    def radius(self, point: Point) -> float:
        """How large a node is drawn, mm: ends larger than what lies between."""
        ends = {self.point(route.stops[i]) for route in self.show.routes for i in (0, -1)}
        return 1.5 if point in ends else 1.1

    def room(self, point: Point) -> float:
        """How far from a node its words keep away at least, mm."""
        return HOME if point == self.home else self.radius(point) + 0.25

    @cached_property
    def ruler(self) -> Ruler:
        """Measures words."""
        return ruler(self.studio.assets)

    @cached_property
    def numbers(self) -> list[Figure]:
        """The large figures: ``figures`` says where and how large, by the route's name."""
        return [
            self._figure(drawn.route, *self.figures[drawn.route.name])
            for drawn in self.drawn
            if drawn.route.days and drawn.route.name in self.figures
        ]

    def _figure(self, route: Route, x: float, y: float, size: float) -> Figure:
        number, unit = self._split(route.days or "")
        note = str(self.words.routes[route.name])
        if route.length:
            note = f"{self.studio.print(route.length, 'full')}{self.studio.comma}{note}"
        unit_at = self.ruler(number, self.studio.display, size, 300) + 1.1
        width = max(
            unit_at + self.ruler(unit, self.studio.text, UNIT, QUIET), self.ruler(note, self.studio.text, SIZE, 500)
        )
        return Figure(number, unit, note, (x, y), size, unit_at, width)

    def _split(self, fact: str) -> tuple[str, str]:
        """A fact's number and the rest of it."""
        number = self.studio.print(fact, "number")
        return number, self.studio.print(fact, "full").replace(number, "").strip()

    @cached_property
    def placed(self) -> tuple[labels.Placed, ...]:
        """The words beside this half's nodes and lines, clear of everything else and of the fold."""
        sides = (EDGE, WIDTH - FOLD) if self.left else (WIDTH + FOLD, 2 * WIDTH - EDGE)
        own = [label for label in self._labels() if (label.at[0] < WIDTH) == self.left]
        bounds = self.bounds or (sides[0], EDGE, sides[1], HEIGHT - EDGE)
        return labels.place(own, self._obstacles(), bounds, self.ruler)

    def _labels(self) -> Iterator[labels.Label]:
        """All words beside nodes and lines."""
        gauge_at = self.studio.names[self.show.gauge_at]
        for point, names in self.stops.items():
            if names:
                under = self._gauges() if gauge_at in names else ""
                yield self._beside(point, " · ".join(names), UNIT if point == self.home else SIZE, NAMED, under)
        for stop in self.show.marks:
            where = self.studio.names_comma.join(self.studio.names[name] for name in stop.names)
            yield self._beside(self.point(stop), f"{where}{self.studio.comma}{self.words.summit}")
        for drawn in self.drawn:
            yield from self._about(drawn)

    def _gauges(self) -> str:
        """The track gauges on both sides of the border."""
        here, there = self.show.gauges
        return str(self.words.gauge.fill(self.studio.print(here, "number"), self.studio.print(there)))

    def _beside(
        self, point: Point, words: str, size: float = SIZE, weight: int = QUIET, under: str = ""
    ) -> labels.Label:
        """Words near a node, ``under`` them a second line; the light ones are quiet."""
        distance = min(self.room(point) + 0.65, 2.5)
        return labels.Label(
            words,
            point,
            size,
            self.studio.text,
            weight,
            distance,
            _around(point),
            leader=False,
            name="quiet" if weight == QUIET else "",
            under=under,
            under_weight=QUIET,
        )

    @cached_property
    def named(self) -> list[tuple[str, Point, Box]]:
        """Large areas' names in spaced capitals: the words, their left end on the baseline, and their box, mm."""
        out = []
        for area, (x, y) in self.areas.items():
            words = self.studio.names[area].upper()
            wide = self.ruler(words, self.studio.text, SIZE, QUIET) + spaced(words, SPACED) * len(words)
            out.append((words, (x, y), (x, y - svg.pt(SIZE) * 0.74, x + wide, y + 0.3)))
        return out

    def _about(self, drawn: Drawn) -> Iterator[labels.Label]:
        """What a leg that isn't plain rail is called."""
        said = {
            "ship": self.words.ship,
            "lorry": f"{self.words.lorry}{self.studio.comma}{self.studio.print(self.show.lorry, 'full')}",
        }
        for by, points in drawn.legs:
            text = self.words.planned if drawn.route.planned else said.get(by)
            if text:
                way = Way(tuple(points))
                at, *also = (way.at(share)[0] for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74))
                yield labels.Label(
                    text, at, SIZE, self.studio.text, QUIET, 1.6, tuple(also), leader=False, name="quiet"
                )

    def _obstacles(self) -> Obstacles:
        found = Obstacles([*self.clear, *(n.box for n in self.numbers), *(box for _, _, box in self.named)])
        for drawn in self.drawn:
            found.add_line(drawn.way.points)
            found.segments.extend((a, b) for a, b, _ in ticks(drawn, self.studio))
        for point in self.spots:
            found.add_disc(point, self.room(point))
        return found


def _around(point: Point) -> tuple[Point, ...]:
    """Points near a node that its words may also stand at, the nearest first."""
    ways = ((0, -1), (0, 1), (-1, -0.6), (1, -0.6), (-1, 0.6), (1, 0.6))
    return tuple((point[0] + r * u, point[1] + r * v) for r in (2.0, 4.0, 6.5) for u, v in ways)


def ticks(drawn: Drawn, studio: Studio) -> Iterator[tuple[Point, Point, bool]]:
    """One tick a day, evenly spaced; a range's last ticks are short: days that may be needed."""
    if drawn.route.days is None:
        return
    value = studio.fact(drawn.route.days).value
    least, most = value if isinstance(value, tuple) else (value, value)
    for day in range(int(most)):
        (x, y), (u, v) = drawn.way.at((day + 0.5) / int(most))
        reach = 1.6 if day < int(least) else 0.7
        yield (x - u * reach, y - v * reach), (x + u * reach, y + v * reach), day >= int(least)
