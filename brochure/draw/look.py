"""How an emblem is dressed and placed."""

from __future__ import annotations

from dataclasses import dataclass

from brochure.draw.rings import Box
from brochure.draw.studio import Studio
from brochure.draw.svg import Point

TYPE = 8.0  # pt, of the words in an emblem


@dataclass(frozen=True)
class Dress:
    """The colours of an emblem on a ground, by their tokens."""

    ground: str
    disc: str
    planned: str
    line: str
    faint: str
    power: str
    satellite: str
    text: str


DRESSES = {
    "night": Dress("night", "gold", "honey", "haze", "dusk", "haze", "paper", "paper"),
    "paper": Dress("paper", "gold", "gold", "night", "haze", "dusk", "night", "night"),
    "mist": Dress("mist", "gold", "gold", "night", "silver", "dusk", "night", "night"),
}


@dataclass(frozen=True)
class Tag:
    """Words in an emblem and the box that lines keep out of, mm."""

    at: Point
    words: str
    anchor: str
    box: Box


@dataclass(frozen=True)
class Look:
    """How an emblem is set: its centre in mm; ``ha`` is the radius in mm of a disc of 1 ha, ``km`` mm for a km,
    ``grain`` ha for a fine ring. ``open_ring`` and ``far`` are the radii in mm of what isn't known, ``near`` is the
    radius of the innermost satellite's orbit, ``gap`` mm to the next. ``turn`` is the first satellite's angle and
    ``fan`` the angle to the next (or ``angles`` are all of theirs), ``spur`` the rail's, in degrees clockwise from the top. ``at`` is the fact with the park's
    place, ``distance`` one that stands for parks.<park>.distance_moscow, ``plot`` one with a known plot, ``accent`` the residents that stand out, ``named`` writes their names; ``words``,
    what stands beside the area that exists and the one that is planned, writes the figures as well."""

    park: str
    x: float
    y: float
    ground: str = "paper"
    ha: float = 0.7
    km: float = 0.3
    grain: float = 100
    open_ring: float = 12
    far: float = 30
    near: float = 20
    gap: float = 3
    turn: float = 20
    fan: float = 0
    angles: tuple[float, ...] = ()
    spur: float = 125
    at: str = ""
    distance: str = ""
    plot: str = ""
    accent: tuple[str, ...] | list[str] = ()
    named: bool = False
    words: tuple[str, str] | list[str] = ()  # type: ignore[assignment]


def paint(studio: Studio, look: Look, part: str) -> str:
    """A colour of the emblem on its ground."""
    return studio.palette[getattr(DRESSES[look.ground], part)]


def distance(look: Look) -> str:
    """The id of the fact with the park's distance from Moscow."""
    return look.distance or fact_id(look, "distance_moscow")


def fact_id(look: Look, what: str) -> str:
    """The id of one of the park's facts."""
    return f"parks.{look.park}.{what}"
