"""Bars from a common nought, and each beside the one that it is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from brochure.draw import svg
from brochure.draw.lengths import lying, tail
from brochure.draw.plot import BASE, GAP, ROW, TYPE, Sheet
from brochure.draw.ticks import ticks
from brochure.model.series import Item

THICK = 2.9  # mm
MIDDLE = svg.pt(TYPE) * 0.35  # mm from the baseline up to the middle of the figures


def bars(sheet: Sheet) -> list[str]:
    """A row for each: its name, its bar, its figure at the end of it."""
    left = sheet.column([sheet.label(item) for item in sheet.items], 600)
    scale, marks = fitted(sheet, sheet.items, left, [sheet.figure(item) for item in sheet.items])
    body = list(_ticks(sheet, marks, left, scale, len(sheet.items)))
    for row, item in enumerate(sheet.items):
        y = (row + BASE) * ROW
        body.append(sheet.text((0, y), sheet.label(item), weight=600 if item.look == "accent" else 400))
        body += _bar(sheet, item, (left, y), scale, sheet.figure(item))
    return [*body, _nought(sheet, left, len(sheet.items))]


def pairs(sheet: Sheet) -> list[str]:
    """Two bars for each: its own, and below it the one that it is compared with, drawn back. The words beside the
    figures say which is which."""
    rows = [(item, item.beside) for item in sheet.items if item.beside]
    said = [f"{sheet.figure(it)} {head}" for pair in rows for it, head in zip(pair, sheet.heads[1:], strict=False)]
    left = sheet.column([sheet.label(item) for item in sheet.items], 600)
    scale, _ = fitted(sheet, tuple(it for pair in rows for it in pair), left, said)
    body: list[str] = []
    for row, pair in enumerate(rows):
        body.append(sheet.text((0, (2 * row + BASE) * ROW), sheet.label(pair[0]), weight=600))
        for line, (item, head) in enumerate(zip(pair, sheet.heads[1:], strict=False)):
            y = (2 * row + BASE) * ROW + line * ROW * 0.78
            body += _bar(sheet, item, (left, y), scale, sheet.figure(item), head, thick=THICK - 1.7 * line)
    return [*body, _nought(sheet, left, 2 * len(rows))]


def fitted(sheet: Sheet, items: tuple[Item, ...], left: float, said: list[str]) -> tuple[float, tuple[Decimal, ...]]:
    """mm for one, so that the longest bar and its figure fit, and the ticks that are asked for."""
    most = max((item.reach for item in items), default=Decimal(0)) or Decimal(1)
    marks = ticks(most) if sheet.chart.ticks else ()
    room = sheet.room(left, "labels")
    scales = [room / float(most)]
    for item, words in zip(items, said, strict=True):
        taken = sheet.studio.width(words, TYPE, 500) + GAP + tail(item)
        scales.append(sheet.room(left + taken, "figures") / float(item.high or 1))
    return min(scales), marks


def _bar(
    sheet: Sheet, item: Item, at: svg.Point, scale: float, figure: str, head: str = "", thick: float = THICK
) -> Iterator[str]:
    """A bar and what is said at its end; only words when nothing is known."""
    x, y = at
    yield from lying(sheet, item, (x, y - MIDDLE), thick, scale)
    end = x + (float(item.high) * scale + tail(item) if item.high is not None else 0.0) + GAP * 0.8
    yield sheet.text((end, y), figure, "words" if item.known else "small", 500 if item.known else 400)
    if head:
        yield sheet.text((end + sheet.studio.width(figure + " ", TYPE, 500), y), head, "small")


def _nought(sheet: Sheet, x: float, rows: int) -> str:
    """The line that all bars begin at."""
    return svg.line(
        (x, 0.4), (x, rows * ROW + (0.2 if sheet.chart.ticks else -0.4)), **svg.stroke(sheet.paint("edge"), 0.5)
    )


def _ticks(sheet: Sheet, marks: tuple[Decimal, ...], left: float, scale: float, rows: int) -> Iterator[str]:
    """Short marks at round figures below the last bar, where they touch no words; every other figure where they are close."""
    spots = [(left + float(mark) * scale, sheet.studio.amount(mark)) for mark in marks]
    wide = max((sheet.wide(said) for _, said in spots), default=0.0)
    step = min((b[0] - a[0] for a, b in pairwise(spots)), default=0.0)
    floor = rows * ROW + 0.2
    for at, said in spots[:: 1 if step >= wide + GAP else 2]:
        yield svg.line((at, floor), (at, floor + 1.0), **svg.stroke(sheet.paint("edge"), 0.35))
        anchor = "end" if at + wide / 2 > sheet.width else "middle"
        yield sheet.text((at, floor + 4.2), said, "small", anchor=anchor)
    if spots:
        yield svg.line((left, floor), (spots[-1][0], floor), **svg.stroke(sheet.paint("edge"), 0.35))
