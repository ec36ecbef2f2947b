"""Dots: lines without length that round caps make visible, as halftones and maps are drawn of them.

PDFium draws each as a polygon of few corners, or makes it a unit longer, or leaves it out: at 144 ppi a field of dots
of 0.3 mm would hold a sixth less ink than it should, or half more."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

Step = tuple[str, Any, Any]  # an operator, its operands, and both as pikepdf gives them
Point = tuple[float, float]
LENGTHLESS = 0.02  # of the width: a line that is shorter is a dot
SPARK = 0.001  # of the width: the length that PDFium takes for a line and that adds no ink


@lru_cache(maxsize=4096)
def swollen(diameter: float) -> float:
    """How wide, in pixels, PDFium has to draw a dot for it to hold the ink of a true one."""
    low, high = diameter, 2 * diameter
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if area(middle) < math.pi / 4 * diameter * diameter else (low, middle)
    return round(high, 4)


def area(diameter: float) -> float:
    """What PDFium fills for a dot of so many pixels (agg_math_stroke.h, stroke_calc_cap): each half a polygon that
    leaves the circle by an eighth of a pixel at most, and begins anew at its end."""
    radius = max(diameter, 1.0) / 2
    step = 2 * math.acos(radius / (radius + 0.125))
    whole = max(0, math.ceil((math.pi - step / 4) / step) - 1)
    return radius * radius * (whole * math.sin(step) + math.sin(math.pi - whole * step))


def parted(path: Sequence[Step], width: float) -> tuple[list[Step], list[Point]]:
    """A path that is stroked with round caps: the steps that are lines, and the centres of its dots."""
    lines: list[Step] = []
    centres: list[Point] = []
    for sub in _subpaths(path):
        centre = _centre(sub, width)
        if centre is None:
            lines += sub if len(sub) > 1 or sub[0][0] == "re" else []
        else:
            centres.append(centre)
    return lines, centres


def _subpaths(path: Sequence[Step]) -> Iterator[list[Step]]:
    sub: list[Step] = []
    for step in path:
        if step[0] in ("m", "re") and sub:
            yield sub
            sub = []
        sub.append(step)
    if sub:
        yield sub


def _centre(sub: Sequence[Step], width: float) -> Point | None:
    """Where a subpath is a dot; None when it isn't one."""
    if len(sub) not in (2, 3) or sub[0][0] != "m" or sub[1][0] not in "lh" or sub[-1][0] not in "lh":
        return None
    x, y = map(float, sub[0][1])
    for operator, operands, _ in sub[1:]:
        if operator == "l" and math.dist((x, y), tuple(map(float, operands))) > LENGTHLESS * width:
            return None
    return x, y
