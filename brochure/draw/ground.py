"""What every map of the region stands on: its outline, towns, river and the schematic ways through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from brochure.draw import projection, svg
from brochure.draw.projection import Frame
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

Stop = tuple[str, float, float]
"""A town and by how many km east and north of it a way passes; without a town, a point of the map in km."""

#: Schematic ways, by hand: straight runs between towns, set a little aside where several ways meet.
WAYS: dict[str, tuple[Stop, ...]] = {
    "m3": (
        ("moscow", 0, 0),
        ("vnukovo_airport", 3, -2),
        ("naro_fominsk", 5, -3),
        ("balabanovo", 0, 0),
        ("obninsk", 2.4, -0.5),
        ("maloyaroslavets", -3.2, 0.5),
        ("detchino", -3, 0),
        ("", 34.5, 26),
        ("", 30, 0),
        ("sukhinichi", 4, 2.5),
        ("zhizdra", -3, 3),
        ("bryansk", 0, 0),
    ),
    "a130": (
        ("moscow", 0, 0),
        ("", 112, 122),
        ("", 84, 84),
        ("", 76, 74.5),
        ("maloyaroslavets", -8, 2),
        ("medyn", 0, 0),
        ("yukhnov", 0, 0),
        ("spas_demensk", 0, 3),
        ("roslavl", 0, 0),
    ),
    "a108": (
        ("", 74, 212),
        ("", 42, 145),
        ("", 36, 116),
        ("borovsk", -3, 3.5),
        ("balabanovo", 0, 0),
        ("zhukov", 3, 0),
        ("serpukhov", 0, 0),
        ("kolomna", 0, 0),
    ),
    "rail": (
        ("moscow", 0, 0),
        ("", 100, 138),
        ("naro_fominsk", 0, 0),
        ("vorsino_station", 0, 0),
        ("balabanovo", -2.2, 0),
        ("obninsk", 0, 0),
        ("maloyaroslavets", 0, 0),
        ("detchino", 0, 0),
        ("kaluga", -12, 3),
        ("vorotynsk_station", 0, 0),
        ("babynino", 0, 0),
        ("sukhinichi", 0, 0),
        ("duminichi", 0, 0),
        ("zhizdra", 0, -1),
        ("bryansk", 2, -2),
    ),
}


@dataclass(frozen=True)
class Ground:
    """The region's geometry in a frame. ``disc``: centre and radius in mm, outside of which nothing is drawn."""

    studio: Studio
    frame: Frame
    disc: tuple[Point, float] | None = None

    @cached_property
    def geometry(self) -> Any:
        """The prepared geometry of the region."""
        return self.studio.geometry("region")

    def km(self, town: str) -> Point:
        """A town in kilometres: by its fact, else by the prepared geometry."""
        place = self.studio.point(f"places.{town}")
        if place is not None:
            return projection.project(*place, self.geometry["projection"])
        x, y = (self.geometry["towns"] | self.geometry["cities"])[town]
        return float(x), float(y)

    def at(self, town: str) -> Point:
        """A town in mm of the drawing."""
        return self.frame.put(self.km(town))

    @cached_property
    def region(self) -> list[list[Point]]:
        """The region's outline in mm."""
        return [self.frame.line(ring) for ring in self.geometry["kaluga"]]

    def neighbour(self, name: str) -> list[list[Point]]:
        """A neighbour's outline in mm."""
        return [self.frame.line(ring) for ring in self.geometry["neighbours"][name]]

    def lines(self, name: str) -> list[list[Point]]:
        """``borders`` or ``oka`` as lines in mm, cut to the disc."""
        return [piece for line in self.geometry[name] for piece in self.cut(self.frame.line(line))]

    def way(self, name: str, short: float = 0.0) -> list[list[Point]]:
        """A schematic road or railway in mm, cut to the disc, or ``short`` mm within it."""
        stops = ((self.km(town) if town else (0.0, 0.0), dx, dy) for town, dx, dy in WAYS[name])
        return self.cut([self.frame.put((x + dx, y + dy)) for (x, y), dx, dy in stops], short)

    def along(self, name: str, shares: Iterable[float]) -> list[Point]:
        """Points on a way: ``2.25`` is a quarter of the run after the third stop."""
        stops = [((x, y), dx, dy) for town, dx, dy in WAYS[name] for x, y in [self.km(town) if town else (0.0, 0.0)]]
        put = [self.frame.put((x + dx, y + dy)) for (x, y), dx, dy in stops]
        return [
            (
                put[int(s)][0] + (put[int(s) + 1][0] - put[int(s)][0]) * (s % 1),
                put[int(s)][1] + (put[int(s) + 1][1] - put[int(s)][1]) * (s % 1),
            )
            for s in shares
        ]

    def cut(self, line: Sequence[Point], short: float = 0.0) -> list[list[Point]]:
        """The pieces of a line inside the disc, or ``short`` mm within it."""
        return projection.clip_to_disc(line, self.disc[0], self.disc[1] - short) if self.disc else [list(line)]


def road(pieces: Iterable[Sequence[Point]], colour: str, weight: float, radius: float = 3.0) -> str:
    """A schematic road with rounded corners; ``weight`` in pt."""
    return "".join(svg.curve(projection.rounded(piece, radius), **svg.stroke(colour, weight)) for piece in pieces)


def railway(pieces: Iterable[Sequence[Point]], colour: str, weight: float = 0.5, radius: float = 3.0) -> str:
    """A schematic railway: a thin line with sleepers across it."""
    out = []
    for piece in pieces:
        d = projection.rounded(piece, radius)
        sleepers = {**svg.stroke(colour, 3.2, dash="0.25 1.75"), "stroke_linecap": "butt"}
        out += [svg.curve(d, **svg.stroke(colour, weight)), svg.curve(d, **sleepers)]
    return "".join(out)
