"""The few SVG words that drawings are made of. User units are millimetres, y grows downwards.

Colours are written as hex values: page CSS, ``var()`` and ``currentColor`` don't reach an SVG in
WeasyPrint 70, gradients are invisible in some viewers, and every dot field is one path with round caps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

MM_PER_PT = 25.4 / 72
HAIRLINE = 0.25  # pt, the thinnest stroke that prints
MIN_TYPE = 7.0  # pt

Point = tuple[float, float]


def n(value: float) -> str:
    """A coordinate with at most three decimals: small files, the same bytes everywhere."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def attributes(**values: object) -> str:
    """Attributes in the order given; ``stroke_width=…`` becomes ``stroke-width``; None is left out."""
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(n(value) if isinstance(value, float) else str(value))}"
        for name, value in values.items()
        if value is not None
    )


def svg(width: float, height: float, body: Iterable[str]) -> str:
    """A drawing of that size in mm. Nothing is filled unless it says so."""
    size = f'width="{n(width)}mm" height="{n(height)}mm" viewBox="0 0 {n(width)} {n(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">{"".join(body)}</svg>'


def pt(value: float) -> float:
    """Points as the user units of a drawing, mm."""
    return value * MM_PER_PT


def stroke(colour: str, weight: float, dash: str | None = None, opacity: float | None = None) -> dict[str, Any]:
    """Stroke attributes; ``weight`` in pt, never thinner than a hairline. ``dash`` in mm."""
    return {
        "stroke": colour,
        "stroke_width": pt(max(weight, HAIRLINE)),
        "stroke_dasharray": dash,
        "stroke_opacity": opacity,
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }


def line(a: Point, b: Point, **style: object) -> str:
    """A straight line."""
    return f'<path d="M{n(a[0])} {n(a[1])}L{n(b[0])} {n(b[1])}"{attributes(**style)}/>'


def path(points: Sequence[Point], closed: bool = False, **style: object) -> str:
    """A polyline."""
    d = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + ("Z" if closed else "")
    return f'<path d="{d}"{attributes(**style)}/>'


def shape(rings: Iterable[Sequence[Point]], **style: object) -> str:
    """Closed rings as one path; holes by the even-odd rule."""
    d = "".join("M" + "L".join(f"{n(x)} {n(y)}" for x, y in ring) + "Z" for ring in rings)
    return f'<path d="{d}"{attributes(fill_rule="evenodd", **style)}/>'


def curve(d: str, **style: object) -> str:
    """A path by its commands."""
    return f'<path d="{d}"{attributes(**style)}/>'


def circle(centre: Point, radius: float, **style: object) -> str:
    """A circle."""
    return f'<circle cx="{n(centre[0])}" cy="{n(centre[1])}" r="{n(radius)}"{attributes(**style)}/>'


def rect(left: float, top: float, width: float, height: float, **style: object) -> str:
    """A rectangle."""
    return f'<rect x="{n(left)}" y="{n(top)}" width="{n(width)}" height="{n(height)}"{attributes(**style)}/>'


def dots(points: Iterable[Point], diameter: float, colour: str, opacity: float | None = None) -> str:
    """A field of dots as one path; ``diameter`` in mm."""
    d = "".join(f"M{n(x)} {n(y)}h.001" for x, y in points)
    return (
        f'<path d="{d}"{attributes(stroke=colour, stroke_width=float(diameter), stroke_linecap="round", stroke_opacity=opacity)}/>'
        if d
        else ""
    )


def text(
    at: Point,
    words: str,
    size: float,
    colour: str,
    family: str,
    weight: int = 400,
    anchor: str = "start",
    spacing: float | None = None,
    style: str | None = None,
) -> str:
    """A line of type on its baseline; ``size`` in pt, 7 at least. ``anchor``: start, middle or end."""
    if size < MIN_TYPE:
        raise ValueError(f"type of {size} pt is too small to read; {MIN_TYPE:g} is the least")
    settings = attributes(
        font_family=family,
        font_size=pt(size),
        font_weight=weight,
        fill=colour,
        text_anchor=None if anchor == "start" else anchor,
        letter_spacing=spacing,
        font_style=style,
    )
    return f'<text x="{n(at[0])}" y="{n(at[1])}"{settings}>{escape(words)}</text>'


def group(body: Iterable[str], **style: object) -> str:
    """Things drawn together."""
    return f"<g{attributes(**style)}>{''.join(body)}</g>"
