"""Emblems and lines over a spread as one picture: each page draws its own part, bleed included."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from brochure.draw import svg
from brochure.draw.emblem import figure
from brochure.draw.look import Look
from brochure.draw.rings import track
from brochure.draw.studio import Studio
from brochure.draw.svg import Point, stroke

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
STEP = 24  # computed points between two given ones


def parkscape(
    studio: Studio,
    side: str,
    emblems: Sequence[Mapping[str, Any]] = (),
    arcs: Sequence[Mapping[str, Any]] = (),
    rails: Sequence[Mapping[str, Any]] = (),
) -> str:
    """One page (220 × 307 mm) of a spread; ``side`` is left or right. Places are mm from the left page's trim,
    x from 0 to 420. ``emblems``: the details of each, see Look. ``arcs`` and ``rails``: ``points`` that a
    smooth line runs through, ``colour``, and the colour of the ``ground`` under a rail."""
    shift = BLEED - (WIDTH if side == "right" else 0)
    body = _scene(studio, emblems, arcs, rails)
    return svg.svg(
        WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=f"translate({svg.n(shift)} {svg.n(BLEED)})")]
    )


def emblem(
    studio: Studio,
    width: float,
    height: float,
    emblems: Sequence[Mapping[str, Any]],
    arcs: Sequence[Mapping[str, Any]] = (),
    rails: Sequence[Mapping[str, Any]] = (),
) -> str:
    """The same in a frame of ``width`` × ``height`` mm; places are mm from its top left corner."""
    return svg.svg(width, height, _scene(studio, emblems, arcs, rails))


def _scene(
    studio: Studio,
    emblems: Sequence[Mapping[str, Any]],
    arcs: Sequence[Mapping[str, Any]],
    rails: Sequence[Mapping[str, Any]],
) -> list[str]:
    """Arcs lie below the emblems, rails above them."""
    body: list[str] = []
    for arc in arcs:
        ink = studio.palette[arc.get("colour", "gold")]
        body.append(svg.path(smooth(arc["points"]), **stroke(ink, arc.get("weight", 0.6), dash=arc.get("dash"))))
    for look in emblems:
        body += figure(studio, Look(**look))
    for rail in rails:
        body += track(smooth(rail["points"]), studio.palette[rail["colour"]], studio.palette[rail["ground"]])
    return body


def smooth(points: Sequence[Sequence[float]]) -> list[Point]:
    """A smooth line through the points (Catmull–Rom), its ends straight."""
    given = [(float(x), float(y)) for x, y in points]
    if len(given) < 3:
        return given
    padded = [_mirror(given[1], given[0]), *given, _mirror(given[-2], given[-1])]
    out = [given[0]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        out += [_between(a, b, c, d, k / STEP) for k in range(1, STEP + 1)]
    return [out[0], *(q for p, q in itertools.pairwise(out) if math.dist(p, q) > 1e-6)]


def _mirror(of: Point, at: Point) -> Point:
    return 2 * at[0] - of[0], 2 * at[1] - of[1]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    x, y = (
        0.5
        * (
            2 * b[i]
            + (c[i] - a[i]) * t
            + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
            + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )
        for i in (0, 1)
    )
    return x, y
