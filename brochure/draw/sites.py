"""The sites of a park as discs by area: their hectares are known, their shapes are not."""

from __future__ import annotations

import math
from collections.abc import Sequence

from brochure.draw import svg
from brochure.draw.rings import Box, circles, grain_radii, place, track
from brochure.draw.studio import Studio
from brochure.draw.svg import Point, stroke

GAP = 1.6  # mm between two discs
#: Where a site lies by its name: east and south count positive.
SIDES = {"north": (0, -1), "east": (1, 0), "central": (0, 0), "west": (-1, 0), "south": (0, 1)}


def sites(
    studio: Studio,
    *,
    facts: Sequence[str],
    words: Sequence[str],
    width: float = 99,
    height: float = 89,
    ha: float = 0.725,
    grain: float = 100,
) -> str:
    """Discs around the central site, each on the side it is named after; ``ha`` is the radius in mm of a disc
    of 1 ha. ``facts`` end in north, east, central, west, south; ``words`` are their names in the language."""
    areas = {fact: studio.number(fact) or 0.0 for fact in facts}
    radii = {fact: ha * math.sqrt(area) for fact, area in areas.items()}
    spots = _spots(radii)
    left, top, right, bottom = _extent(spots, radii)
    shift = ((width - left - right) / 2, (height - top - bottom) / 2)
    body = []
    for fact, word in zip(facts, words, strict=True):
        at = (spots[fact][0] + shift[0], spots[fact][1] + shift[1])
        body += _site(studio, (studio.print(fact), word), at, radii[fact], grain_radii(areas[fact], ha, grain))
    return svg.svg(width, height, body)


def _spots(radii: dict[str, float]) -> dict[str, Point]:
    """The centres in mm around the central site's."""
    middle = next((radius for fact, radius in radii.items() if fact.endswith(".central")), 0.0)
    out = {}
    for fact, radius in radii.items():
        east, south = SIDES[fact.rpartition(".")[2]]
        reach = middle + GAP + radius
        out[fact] = (east * reach, south * reach)
    return out


def _extent(spots: dict[str, Point], radii: dict[str, float]) -> tuple[float, float, float, float]:
    edges = [(x - radii[fact], y - radii[fact], x + radii[fact], y + radii[fact]) for fact, (x, y) in spots.items()]
    return (min(e[0] for e in edges), min(e[1] for e in edges), max(e[2] for e in edges), max(e[3] for e in edges))


def _site(studio: Studio, names: tuple[str, str], at: Point, radius: float, rings: Sequence[float]) -> list[str]:
    """A site: planned, so rings without a disc; its name and hectares in the middle."""
    gold, straw = (studio.palette[name] for name in ("gold", "straw"))
    figure, word = names
    clear = math.hypot(max(studio.width(word, 8, 500), studio.width(figure, 8, 500)) / 2 + 1.2, 3.0)
    return [
        svg.circle(at, radius, fill=straw, **stroke(gold, 0.9)),
        *(svg.circle(at, r, **stroke(gold, 0.45)) for r in rings if r > clear),
        *_lines(studio, at, word, figure),
    ]


def village(
    studio: Studio,
    *,
    whole: str,
    part: str,
    rest: str,
    words: Sequence[str],
    rail: float,
    width: float = 41.25,
    height: float = 39.51,
    ha: float = 0.725,
    grain: float = 100,
) -> str:
    """A freight village in the same scale: its logistics park, ``part``, solid; the ``rest`` rings. ``words`` name
    the two; a railway reaches the logistics park from the edge at the angle ``rail``, degrees clockwise from the top."""
    centre = (width / 2, height / 2)
    gold, night, paper = (studio.palette[name] for name in ("gold", "night", "paper"))
    outer, inner = (ha * math.sqrt(studio.number(fact) or 0.0) for fact in (whole, part))
    y = centre[1] + (outer + inner) / 2
    half = max(studio.width(line, 7, 600) for line in (studio.print(rest), words[1])) / 2 + 0.9
    box: Box = (centre[0] - half, y - 4.2, centre[0] + half, y + 4.0)
    radii = grain_radii(studio.number(whole) or 0.0, ha, grain, studio.number(part) or 0.0)
    return svg.svg(
        width,
        height,
        [
            svg.circle(centre, outer, fill=paper, **stroke(gold, 0.9)),
            circles(centre, radii, [box], **stroke(gold, 0.45)),
            *track([place(centre, r, rail) for r in (outer + 0.3, inner)], night, paper),
            svg.circle(centre, inner, fill=gold),
            *_lines(studio, centre, words[0], studio.print(part), 7),
            *_lines(studio, (centre[0], y), words[1], studio.print(rest), 7),
        ],
    )


def _lines(studio: Studio, at: Point, word: str, figure: str, size: float = 8) -> list[str]:
    """A name and its hectares, one above the other around a point; ``size`` in pt. Below 8 pt in black only, because
    small type in several inks doesn't print clean."""
    night = studio.palette["night" if size >= 8 else "ink"]
    return [
        svg.text((at[0], at[1] - 0.7), word, size, night, studio.text, 600, "middle"),
        svg.text((at[0], at[1] + 0.41 * size), figure, size, night, studio.text, 400, "middle"),
    ]
