"""The parts of a whole as one strip; what no part accounts for stays pale."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.lengths import SLICES, lying, tail
from brochure.draw.plot import GAP, ROW, Sheet
from brochure.draw.studio import NoDrawing
from brochure.model.series import Item

THICK = ROW  # mm
AIR = 0.5  # mm between parts
LINE = 3.7  # mm, 10.5 pt


def share(sheet: Sheet) -> list[str]:
    """The strip, the words below it. A whole of which more is said than is exact has an open end."""
    whole = sheet.whole
    assert whole is not None and whole.high
    scale = (sheet.width - tail(whole)) / float(whole.high)
    body, left, spots = [], 0.0, []
    for item in sheet.items:
        long = float(item.high or 0) * scale
        body += lying(
            sheet,
            item,
            (left, THICK / 2 + 0.3),
            THICK,
            (long - AIR) / float(item.high or 1) if long > 2 * AIR else scale,
        )
        spots.append((left, max(long - AIR, 0.2)))
        left += long
    end = float(whole.high) * scale
    body.append(svg.rect(left, 0.3, end - left, THICK, fill=sheet.paint("pale")))
    if tail(whole) > 1:
        body += [svg.rect(end + start, 0.3, long, THICK, fill=sheet.paint("pale")) for start, long in SLICES]
    if sheet.wide(sheet.rest) + 2 * GAP < end - left:
        body.append(sheet.text((left + GAP, 0.3 + THICK * 0.68), sheet.rest))
    return [*body, *_labels(sheet, spots)]


def _labels(sheet: Sheet, spots: list[tuple[float, float]]) -> Iterator[str]:
    """Two lines below each part; a label that is pushed aside keeps a line to its part."""
    free, top = 0.0, THICK + 0.3
    for item, (left, long) in zip(sheet.items, spots, strict=True):
        at = max(left, free)
        free = at + max(sheet.wide(sheet.label(item), 600), sheet.wide(sheet.figure(item))) + 1.6 * GAP
        if free - 1.6 * GAP > sheet.width:
            raise NoDrawing(f"the chart “{sheet.chart.id}” has no room for its labels. Shorten them or make it wider.")
        if at > left:
            middle = left + long / 2
            line = [(middle, top + 0.4), (middle, top + 1.1), (at + 0.6, top + 1.7), (at + 0.6, top + 2.2)]
            yield svg.path(line, **svg.stroke(sheet.paint("edge"), 0.35))
        yield from _words(sheet, item, at, top + 5.0)


def _words(sheet: Sheet, item: Item, at: float, y: float) -> Iterator[str]:
    yield sheet.text((at, y), sheet.label(item), weight=600)
    yield sheet.text((at, y + LINE), sheet.figure(item))
