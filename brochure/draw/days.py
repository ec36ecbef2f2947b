"""Days by route and means of transport as rows of ticks: the same ticks as on the map of the corridors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from brochure.draw import svg
from brochure.draw.studio import Studio
from brochure.model.pages.corridors import Bar, Group

ROW = svg.pt(14)  # mm, the baseline grid
NAME, LABEL, END = 21.0, 52.0, 20.0  # mm: the corridor's column, where ticks begin, room for the longest figure
SIZE, BASE = 8.0, 0.73  # pt, share of a row above the baseline


def days(studio: Studio, groups: Sequence[Group], label: Callable[[str], Any], width: float, rows: int) -> str:
    """One row for each fact, ``width`` mm wide, ``rows`` of 14 pt high. Rail is heavy, the sea a row of dots, a
    target open; a range's last ticks are short. The scale begins at nought and is the same for all rows."""
    most = max(_span(studio, bar)[1] for group in groups for bar in group.bars)
    step = (width - LABEL - END) / most
    body: list[str] = []
    y = ROW * BASE
    for group in groups:
        body.append(svg.text((0, y), studio.names[group.name], SIZE, studio.palette["paper"], studio.text, 600))
        for bar in group.bars:
            body.extend(_row(studio, bar, str(label(bar.fact).raw), y, step))
            y += ROW
        y += ROW
    return svg.svg(width, rows * ROW, body)


def _span(studio: Studio, bar: Bar) -> tuple[int, int]:
    """The least and most days of a row."""
    value = studio.fact(bar.fact).value
    least, most = value if isinstance(value, tuple) else (value, value)
    return int(least), int(most)


def _row(studio: Studio, bar: Bar, words: str, y: float, step: float) -> Iterator[str]:
    palette = studio.palette
    least, most = _span(studio, bar)
    middle = y - svg.pt(SIZE) * 0.35
    xs = [LABEL + (day + 0.5) * step for day in range(most)]
    yield svg.text((NAME, y), words, SIZE, palette["haze"], studio.text, 400)
    if bar.by == "sea":
        yield svg.dots([(x, middle) for x in xs], 0.9, palette["haze"])
    elif studio.fact(bar.fact).planned:
        yield svg.group([svg.rect(x - 0.4, middle - 1.4, 0.8, 2.8, **svg.stroke(palette["gold"], 0.4)) for x in xs])
    else:
        yield svg.group([_tick(x, middle, 1.6 if i < least else 0.6, palette["gold"]) for i, x in enumerate(xs)])
    yield svg.text(
        (xs[-1] + step / 2 + 1.6, y), studio.print(bar.fact, "full"), SIZE, palette["paper"], studio.text, 600
    )


def _tick(x: float, middle: float, reach: float, colour: str) -> str:
    return svg.line((x, middle - reach), (x, middle + reach), **{**svg.stroke(colour, 2.0), "stroke_linecap": "butt"})
