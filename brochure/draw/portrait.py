"""A park's emblem as the picture of a whole page: as large as its outer circle may be, its names where they have room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.draw import satellites, svg
from brochure.draw.boxes import Box
from brochure.draw.emblem import edge, figure, power_rings
from brochure.draw.look import Look
from brochure.draw.rings import bearing, place
from brochure.draw.studio import Studio

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
HA = 0.8  # mm, the radius of a disc of one hectare: one scale for all parks
REACH, OPEN = 67.0, 20.0  # mm: the outer circle, and the ring of an area that isn't known
INSIDE = 6.0  # mm between the last satellite's orbit and the outer circle
STEP = 7.5  # mm between the orbits of two satellites at most
SPURS, START, STEPS = (135.0, 225.0, 315.0), 20.0, 6  # degrees: the railway's directions; where names are tried


def portrait(
    studio: Studio,
    park: str,
    words: Sequence[str],
    *,
    at: str = "",
    plot: str = "",
    distance: str = "",
    accent: Sequence[str] = (),
    centre: tuple[float, float] = (105.0, 111.0),
    reach: float = REACH,
) -> str:
    """The page's ground, 220 × 307 mm with bleed: the emblem of ``park`` around ``centre`` (mm from the trim), its outer
    circle ``reach`` mm wide. ``words`` stand beside the area that exists and the one that is planned."""
    look = fitted(
        studio,
        Look(park, centre[0], centre[1], ground="night", ha=HA * reach / REACH, open_ring=OPEN * reach / REACH, far=reach,
             at=at, plot=plot, distance=distance, accent=list(accent), named=True, words=list(words)),
        reach,
    )  # fmt: skip
    moved = svg.group(figure(studio, look), transform=f"translate({svg.n(BLEED)} {svg.n(BLEED)})")
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [moved])


def fitted(studio: Studio, look: Look, reach: float) -> Look:
    """The look with its scale of distances and its satellites' orbits fitted to the outer circle, and turned so that no
    name touches another, a satellite or the railway; the best there is when none is free of all."""
    km = studio.number(look.distance or f"parks.{look.park}.distance_moscow")
    count = len(satellites.residents(studio, look))
    inner = edge(studio, look) + (5.0 + 1.25 * power_rings(studio, look) if power_rings(studio, look) else 5.0)
    room = reach - INSIDE - inner
    gap = min(STEP, room / max(count - 1, 1))
    near = inner + (room - gap * (count - 1)) / 2
    sized = replace(look, km=reach / km if km else look.km, near=near, gap=gap)
    return min((_turned(studio, replace(sized, spur=spur), count) for spur in SPURS), key=lambda it: it[0])[1]


def _turned(studio: Studio, look: Look, count: int) -> tuple[float, Look]:
    """The satellites one after the other, each where its name is free and it is farthest from all before it; and what
    touches all the same."""
    found, cost = look, 0.0
    for index in range(count):
        tries = (replace(found, angles=(*found.angles, (START + turn) % 360)) for turn in range(0, 360, STEPS))
        ranked = [(_clashes(studio, it, index), -_apart(it), it) for it in tries]
        clash, _, found = min(ranked, key=lambda it: it[:2])
        cost += clash
    return cost, found


def _apart(look: Look) -> float:
    """How far the last satellite is from the nearest of the others, in degrees of the circle."""
    *others, last = look.angles
    return min((180 - abs(180 - abs(last - other)) for other in others), default=180.0)


def _clashes(studio: Studio, look: Look, index: int) -> float:
    """How many names, satellites and pieces of the railway a satellite and its name touch, and by how many mm the name
    comes too near to the disc."""
    names = [tag.box for tag in satellites.tags(studio, look)]
    dots = [_around(at, 2.6) for _, at in satellites.spots(studio, look)]
    mine, dot = names[index], dots[index]
    taken = [*_railway(studio, look), *_middle(look), *names[:index], *dots[:index], *_moscow(studio, look)]
    deep = max(look.near - 2.5 - _depth(look, mine), 0.0)
    return deep + sum(_touch(box, other) for box in (mine, dot) for other in taken)


def _moscow(studio: Studio, look: Look) -> Iterator[Box]:
    """Moscow on the outer circle with its name, where it is drawn."""
    here, there = studio.point(look.at) if look.at else None, studio.point("places.moscow")
    if here and there:
        x, y = place((look.x, look.y), look.far, bearing(here, there))
        yield x - 3, y - 6, x + 30, y + 3


def _middle(look: Look) -> Iterator[Box]:
    """What stands above the disc: its area and its power, written into the rings."""
    yield look.x - 20, look.y - look.near + 3, look.x + 20, look.y


def _railway(studio: Studio, look: Look) -> Iterator[Box]:
    if studio.has(f"parks.{look.park}.rail"):
        for step in range(8):
            yield _around(place((look.x, look.y), edge(studio, look) + step * 8, look.spur), 4.5)


def _around(at: svg.Point, half: float) -> Box:
    return at[0] - half, at[1] - half, at[0] + half, at[1] + half


def _depth(look: Look, box: Box) -> float:
    """How near a box comes to the emblem's middle, mm."""
    across, down = (max(box[i] - at, 0.0, at - box[i + 2]) for i, at in ((0, look.x), (1, look.y)))
    return math.hypot(across, down)


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
