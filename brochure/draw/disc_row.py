"""Areas and sums as discs side by side: twice the figure, twice the paper."""

from __future__ import annotations

import math
from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.plot import GAP, ROW, Sheet
from brochure.model.series import Item

UNKNOWN = 3.0  # mm, the radius of a ring of unknown size
LEAST = 0.5  # mm, the smallest disc that is still seen


def disc_row(sheet: Sheet) -> list[str]:
    """The discs on one floor, each with its name and figure below. One whose size isn't known is a ring."""
    words = [max(sheet.wide(sheet.label(item), 600), sheet.wide(sheet.figure(item))) for item in sheet.items]
    floor = sheet.height - 2 * ROW - 1.0
    scale = _scale(sheet, words, floor)
    body: list[str] = []
    left = 0.0
    for item, wide in zip(sheet.items, words, strict=True):
        slot = max(2 * _radius(item, scale), wide)
        body += _disc(sheet, item, (left + slot / 2, floor), _radius(item, scale))
        left += slot + GAP
    return body


def _radius(item: Item, scale: float) -> float:
    return max(math.sqrt(float(item.high)) * scale, LEAST) if item.high is not None else UNKNOWN


def _scale(sheet: Sheet, words: list[float], tall: float) -> float:
    """mm for the root of one, as large as width and height allow (halving the interval)."""

    def width(scale: float) -> float:
        slots = [max(2 * _radius(item, scale), wide) for item, wide in zip(sheet.items, words, strict=True)]
        return sum(slots) + GAP * (len(slots) - 1)

    if width(0.0) > sheet.width:
        raise sheet.crowded("labels")
    most = max((math.sqrt(float(item.high)) for item in sheet.items if item.high), default=1.0)
    low, high = 0.0, (tall - 0.6) / 2 / most
    if width(high) <= sheet.width:
        return high
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if width(middle) <= sheet.width else (low, middle)
    return low


def _disc(sheet: Sheet, item: Item, foot: svg.Point, radius: float) -> Iterator[str]:
    x, y = foot
    yield from _round(sheet, item, (x, y - radius), radius)
    yield sheet.text((x, y + ROW * 0.85), sheet.label(item), weight=600, anchor="middle")
    yield sheet.text((x, y + ROW * 1.72), sheet.figure(item), "words" if item.known else "small", anchor="middle")


def _round(sheet: Sheet, item: Item, at: svg.Point, radius: float) -> Iterator[str]:
    """Solid; pale with a dashed edge when planned, with a solid core for what exists; faint with a firm edge for a
    statement; with a ring outside for “more than”, a rim of dots for “about” and nothing but dots for “up to”."""
    colour = sheet.paint("accent" if item.look == "accent" else "solid")
    edge, bound = sheet.paint("edge"), item.bound
    if not item.known:
        yield svg.circle(at, radius, fill=sheet.paint("ground"), **svg.stroke(edge, 0.9))
    elif item.planned:
        yield svg.circle(at, radius, fill=sheet.paint("pale"), **svg.stroke(edge, 0.7, dash="0.9 1.2"))
    elif item.claimed:
        yield svg.circle(at, radius, fill=sheet.paint("faint"), **svg.stroke(edge, 0.5))
    elif bound in ("about", "almost", "up to"):
        yield svg.circle(at, radius, fill=sheet.paint("faint"), **svg.stroke(edge, 0.9, dash="0.01 1.1"))
    if item.known and not item.planned and not item.claimed and bound != "up to":
        rim = 1.0 if bound in ("about", "almost") else 0.0
        yield svg.circle(at, max(radius - rim, LEAST), fill=colour)
    if item.exists:
        inner = radius * math.sqrt(float(item.exists / (item.high or 1)))
        yield svg.circle((at[0], at[1] + radius - inner), inner, fill=colour)
    if bound in ("more than", "at least"):
        yield svg.circle(at, radius + 0.9, **svg.stroke(edge, 0.5, dash="0.9 0.9"))
