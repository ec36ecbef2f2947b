"""The parts of a whole as one strip; what no part accounts for stays pale."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.lengths import SLICES, lying, tail
from brochure.draw.plot import GAP, Sheet

THICK = 3.8  # mm
MIDDLE = THICK / 2 + 0.3  # mm, of the strip
FLOOR = MIDDLE + THICK / 2  # mm, its lower edge
AIR = 0.5  # mm between parts
BODY = 9.25  # pt, of names and figures: they are all that the strip says
LINE = svg.pt(12)  # mm from a name to its figure
APART = 2.4  # mm between names side by side
STEM = 1.1  # mm that names stand lower when a line leads to them


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
    """Two lines below each part; labels that are pushed away from their parts share a line to them."""
    lefts, free = [], 0.0
    for item, (left, _) in zip(sheet.items, spots, strict=True):
        lefts.append(max(left, free))
        free = (
            lefts[-1] + max(sheet.wide(sheet.label(item), 600, BODY), sheet.wide(sheet.figure(item), 400, BODY)) + APART
        )
    if free - APART > sheet.width:
        raise sheet.crowded("labels")
    pushed = [i for i, (spot, at) in enumerate(zip(spots, lefts, strict=True)) if at > spot[0] + spot[1] / 2]
    drop = STEM if pushed else 0.0
    for item, at in zip(sheet.items, lefts, strict=True):
        yield sheet.text((at, FLOOR + 4.6 + drop), sheet.label(item), weight=600, size=BODY)
        yield sheet.text((at, FLOOR + 4.6 + drop + LINE), sheet.figure(item), size=BODY)
    if pushed:
        yield _bracket(sheet, [spots[i] for i in pushed], [lefts[i] for i in pushed])


def _bracket(sheet: Sheet, spots: list[tuple[float, float]], lefts: list[float]) -> str:
    """One line for all parts that are too narrow for their names: gathered under the parts, led down, and parted
    again over the names, in the same order."""
    gathered, parted = FLOOR + 0.9, FLOOR + STEM + 0.9
    middle = (spots[0][0] + spots[-1][0] + spots[-1][1]) / 2
    strokes = [[(left + wide / 2, FLOOR + 0.4), (left + wide / 2, gathered)] for left, wide in spots]
    strokes += [[(spots[0][0] + spots[0][1] / 2, gathered), (spots[-1][0] + spots[-1][1] / 2, gathered)]]
    strokes += [[(middle, gathered), (middle, parted), (lefts[-1] + 0.5, parted)]]
    strokes += [[(left + 0.5, parted), (left + 0.5, parted + 0.9)] for left in lefts]
    path = "".join("M" + "L".join(f"{svg.n(x)} {svg.n(y)}" for x, y in stroke) for stroke in strokes)
    return svg.curve(path, **svg.stroke(sheet.paint("edge"), 0.35))
