"""A runway from above, its length and its width in one scale, measured as on a plan."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.studio import NoDrawing, Studio

SIZE = 8.0  # pt
MEASURE = 6.0  # mm from the runway to the line that measures it
BARS, BAR = 4, 9.0  # stripes at each end, their length in mm
DASH = "5 3.4"  # mm, of the middle line


def runway(studio: Studio, length: str, width: str, span: float, height: float) -> str:
    """In a frame of ``span`` × ``height`` mm: as long as the frame but for the label of its width at the right."""
    long, wide = studio.number(length), studio.number(width)
    if not long or not wide:
        raise NoDrawing("a runway has a length and a width.")
    side = studio.print(width)
    room = studio.width(side, SIZE, 500) + 5.0
    scale = (span - room) / long
    top = 2.0
    body = [*_strip(studio, long * scale, wide * scale, top)]
    body += _measures(studio, (long * scale, wide * scale), top, studio.print(length), side)
    return svg.svg(span, height, body)


def _strip(studio: Studio, long: float, wide: float, top: float) -> Iterator[str]:
    ink = studio.palette
    yield svg.rect(0, top, long, wide, fill=ink["night"])
    line = {**svg.stroke(ink["paper"], 0.5, DASH), "stroke_linecap": "butt"}
    middle = top + wide / 2
    yield svg.line((BAR + 5.0, middle), (long - BAR - 5.0, middle), **line)
    for i in range(BARS):
        y = top + wide * (i + 0.5) / BARS
        for start in (1.4, long - 1.4 - BAR):
            yield svg.line((start, y), (start + BAR, y), **{**svg.stroke(ink["paper"], 0.45), "stroke_linecap": "butt"})


def _measures(studio: Studio, size: tuple[float, float], top: float, along: str, across: str) -> Iterator[str]:
    """The lines that measure it, with the figures; the long one is broken by its figure."""
    ink, (long, wide) = studio.palette, size
    style = {**svg.stroke(ink["night"], 0.5), "stroke_linecap": "butt"}
    y = top + wide + MEASURE
    half = studio.width(along, SIZE, 500) / 2 + 2.0
    for a, b in (((0.0, y), (long / 2 - half, y)), ((long / 2 + half, y), (long, y))):
        yield svg.line(a, b, **style)
    for x in (0.0, long):
        yield svg.line((x, y - 1.4), (x, y + 1.4), **style)
    yield svg.text((long / 2, y + 1.0), along, SIZE, ink["night"], studio.text, 500, "middle")
    x = long + 2.6
    yield svg.line((x, top), (x, top + wide), **style)
    for end in (top, top + wide):
        yield svg.line((x - 1.2, end), (x + 1.2, end), **style)
    yield svg.text((x + 2.4, top + wide / 2 + 1.0), across, SIZE, ink["night"], studio.text, 500)
