"""A park's residents as satellites of its emblem, each on an orbit of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from brochure.draw import svg
from brochure.draw.look import TYPE, Look, Tag, distance, fact_id, paint
from brochure.draw.rings import Box, circles, place
from brochure.draw.studio import Studio
from brochure.draw.svg import Point, stroke

RESIDENTS = ("residents_named", "companies", "anchor", "resident", "first_customer")
NEVER = date.max
PAD = 3.2  # mm from a satellite to its name


def residents(studio: Studio, look: Look) -> list[str]:
    """The residents that the park's facts name, in the order of their opening; without a date last."""
    found = next((names for fact in RESIDENTS if (names := studio.listed(fact_id(look, fact)))), ())
    return sorted(found, key=lambda name: _opened(studio, name))


def _opened(studio: Studio, name: str) -> date:
    known = (
        studio.first_day(f"projects.{name}.{what}") for what in ("opened", "first_car", "truck_plant_opened", "start")
    )
    return next((day for day in known if day is not None), NEVER)


def orbits(studio: Studio, look: Look, boxes: Sequence[Box]) -> list[str]:
    """The orbits of all residents, broken where words stand."""
    radii = [look.near + index * look.gap for index in range(len(residents(studio, look)))]
    return [circles((look.x, look.y), radii, boxes, **stroke(paint(studio, look, "faint"), 0.4))]


def spots(studio: Studio, look: Look) -> list[tuple[str, Point]]:
    """The residents and their places, each on its own orbit."""
    names = residents(studio, look)
    fan = look.fan or 360 / max(len(names), 1)
    angles = look.angles or [look.turn + index * fan for index in range(len(names))]
    return [
        (name, place((look.x, look.y), look.near + index * look.gap, angle))
        for index, (name, angle) in enumerate(zip(names, angles, strict=False))
    ]


def satellites(studio: Studio, look: Look) -> list[str]:
    """The residents themselves; the ones that stand out in the signal colour."""
    parts = []
    for name, at in spots(studio, look):
        ink = studio.palette["signal"] if name in look.accent else paint(studio, look, "satellite")
        parts += [
            svg.circle(at, 2.1, fill=paint(studio, look, "ground"), **stroke(ink, 0.4)),
            svg.circle(at, 1.25, fill=ink),
        ]
    return parts


def tags(studio: Studio, look: Look) -> list[Tag]:
    """The residents' names, each beside its satellite: outwards where that stays within the outer orbit."""
    if not look.named:
        return []
    km = studio.number(distance(look))
    outer = look.far if km is None else look.km * km
    return [_beside(studio, look, at, studio.names[name], outer) for name, at in spots(studio, look)]


def _beside(studio: Studio, look: Look, at: Point, words: str, outer: float) -> Tag:
    wide, right = studio.width(words, TYPE, 500), at[0] >= look.x
    if math.hypot(abs(at[0] - look.x) + PAD + wide, at[1] - look.y) > outer - 1.5:
        right = not right
    x = at[0] + (PAD if right else -PAD)
    left = x if right else x - wide
    return Tag(
        (x, at[1] + 0.96), words, "start" if right else "end", (left - 0.9, at[1] - 2.0, left + wide + 0.9, at[1] + 2.0)
    )
