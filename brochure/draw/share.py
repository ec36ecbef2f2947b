"""The parts of a whole as one strip; what no part accounts for stays pale."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.lengths import SLICES, lying, tail
from brochure.draw.plot import GAP, ROW, Sheet

THICK = ROW  # mm
MIDDLE = THICK / 2 + 0.3  # mm, of the strip
FLOOR = MIDDLE + THICK / 2  # mm, its lower edge
AIR = 0.5  # mm between parts
BODY = 9.25  # pt, of names and figures: they are all that the strip says
LINE = svg.pt(12)  # mm from a name to its figure


def share(sheet: Sheet) -> list[str]:
    """The strip, the words below it. A whole of which more is said than is exact has an open end."""
    whole = sheet.whole
    assert whole is not None and whole.high
    scale = (sheet.width - tail(whole)) / float(whole.high)
    body: list[str] = []
    spots: list[tuple[float, float]] = []
    left = 0.0
    for item in sheet.items:
        long = float(item.high or 0) * scale
        inked = long - min(AIR, long / 4)
        body += lying(sheet, item, (left, MIDDLE), THICK, inked / float(item.high or 1))
        spots.append((left, inked))
        left += long
    return [*body, *_rest(sheet, left, float(whole.high) * scale), *_labels(sheet, spots)]


def _rest(sheet: Sheet, left: float, end: float) -> Iterator[str]:
    """What no part accounts for, in slices beyond the figure when there is more than it says."""
    assert sheet.whole is not None
    top = MIDDLE - THICK / 2
    style = {"fill": sheet.paint("faint"), **svg.stroke(sheet.paint("pale"), 0.35)}
    yield svg.rect(left, top, end - left, THICK, **style)
    if sheet.whole.bound in ("more than", "at least"):
        yield from (svg.rect(end + start, top, long, THICK, **style) for start, long in SLICES)
    if sheet.wide(sheet.rest, 400, BODY) + 2 * GAP < end - left:
        yield sheet.text((left + GAP, MIDDLE + svg.pt(BODY) * 0.35), sheet.rest, size=BODY)


def _labels(sheet: Sheet, spots: list[tuple[float, float]]) -> Iterator[str]:
    """Two lines below each part; a label that is pushed away from its part keeps a line to it."""
    lefts, free = [], 0.0
    for item, (left, _) in zip(sheet.items, spots, strict=True):
        lefts.append(max(left, free))
        free = (
            lefts[-1]
            + max(sheet.wide(sheet.label(item), 600, BODY), sheet.wide(sheet.figure(item), 400, BODY))
            + 1.6 * GAP
        )
    if free - 1.6 * GAP > sheet.width:
        raise sheet.crowded("labels")
    pushed = [spot for spot, at in zip(spots, lefts, strict=True) if at > spot[0] + spot[1] / 2]
    for item, spot, at in zip(sheet.items, spots, lefts, strict=True):
        if spot in pushed:
            yield _leader(sheet, spot[0] + spot[1] / 2, at, (len(pushed) - pushed.index(spot)) / len(pushed))
        yield sheet.text((at, FLOOR + 4.6), sheet.label(item), weight=600, size=BODY)
        yield sheet.text((at, FLOOR + 4.6 + LINE), sheet.figure(item), size=BODY)


def _leader(sheet: Sheet, start: float, end: float, depth: float) -> str:
    """From a part down, across and down to its label. The first one turns lowest, so that none cross."""
    turn = FLOOR + 0.4 + 0.9 * depth
    points = [(start, FLOOR + 0.4), (start, turn), (end + 0.5, turn), (end + 0.5, FLOOR + 1.9)]
    return svg.path(points, **svg.stroke(sheet.paint("edge"), 0.35))
