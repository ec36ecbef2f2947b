"""Logos as they come: which colours an SVG paints with, its proportion, and how several stand in a row."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import tinycss2.color3

from brochure.model.logo import Clear

SHAPES = {"path", "rect", "circle", "ellipse", "polygon", "text", "tspan"}
PAINTS = ("fill", "stroke", "stop-color", "color")
GAP = 8.0  # mm: logos that stand nearer are read as one
VEILS = ("opacity", "fill-opacity", "stroke-opacity")


@dataclass(frozen=True)
class Berth:
    """Where a logo stands: left, top, width, height and the free space around it, mm."""

    left: float
    top: float
    width: float
    height: float
    clear: float


def proportion(svg: bytes) -> float | None:
    """Width : height of a drawing by its viewBox; None when it has none that can be used."""
    try:
        parts = [float(part) for part in re.split(r"[\s,]+", (ET.fromstring(svg).get("viewBox") or "").strip())]
    except (ET.ParseError, ValueError):
        return None
    return parts[2] / parts[3] if len(parts) == 4 and min(parts[2:]) > 0 else None


def colours(svg: bytes) -> Iterator[str]:
    """Every colour that a drawing paints with, as six hexadecimal digits; ``…`` before what isn't a plain opaque
    colour, such as ``…currentColor`` or ``…opacity``. What isn't well-formed has none."""
    try:
        yield from dict.fromkeys(_painted(ET.fromstring(svg), {}))
    except ET.ParseError:
        return


def _painted(element: ET.Element, inherited: dict[str, str]) -> Iterator[str]:
    own = {**element.attrib, **dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+)", element.get("style", "")))}
    known = {**inherited, **{name: own[name].strip() for name in PAINTS if name in own}}
    yield from (f"…{name}" for name in VEILS if own.get(name, "1").strip() not in ("1", "1.0", "100%"))
    yield from (_hexadecimal(known[name]) for name in PAINTS if name in own and known[name] not in ("none", "inherit"))
    if str(element.tag).rpartition("}")[2] in SHAPES and "fill" not in known:
        yield "000000"  # SVG 1.1, 11.3: what says no fill is black
    for child in element:
        yield from _painted(child, known)


def _hexadecimal(paint: str) -> str:
    colour = tinycss2.color3.parse_color(paint)
    if colour is None or colour == "currentColor" or colour.alpha < 1:
        return f"…{paint}"
    return "".join(f"{round(channel * 255):02X}" for channel in colour[:3])


def row(ratios: Sequence[float], clears: Sequence[Clear], minima: Sequence[float], width: float,
        height: float) -> list[Berth] | int:  # fmt: skip
    """Logos side by side in a box, mm, equal in area so that none shouts, on one middle line, each with its free
    space; the first begins at the left edge. The index of the logo that would get too small when they don't fit."""
    low, high = 0.0, width * height
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(_sizes(ratios, [0] * len(ratios), middle), clears, width, height) else (low, middle)  # fmt: skip
    sizes = _sizes(ratios, minima, low)
    if not _fits(sizes, clears, width, height):
        short = [
            minimum / size[0] for size, minimum in zip(_sizes(ratios, [0] * len(ratios), low), minima, strict=True)
        ]
        return short.index(max(short))
    return _berths(sizes, clears, height)


def _sizes(ratios: Sequence[float], minima: Sequence[float], area: float) -> list[tuple[float, float]]:
    widths = [max(math.sqrt(area * ratio), minimum) for ratio, minimum in zip(ratios, minima, strict=True)]
    return [(wide, wide / ratio) for wide, ratio in zip(widths, ratios, strict=True)]


def _fits(sizes: list[tuple[float, float]], clears: Sequence[Clear], width: float, height: float) -> bool:
    berths = _berths(sizes, clears, height)
    last = berths[-1]
    inside = last.left + last.width + last.clear <= width + 1e-6
    return inside and all(berth.height + 2 * berth.clear <= height + 1e-6 for berth in berths)


def _berths(sizes: list[tuple[float, float]], clears: Sequence[Clear], height: float) -> list[Berth]:
    out: list[Berth] = []
    left, before = 0.0, 0.0
    for (wide, high), clear in zip(sizes, clears, strict=True):
        free = clear.beside(high)
        left += max(free, before, GAP) if out else 0
        out.append(Berth(left, (height - high) / 2, wide, high, free))
        left, before = left + wide, free
    return out
