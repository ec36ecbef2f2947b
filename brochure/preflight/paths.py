"""Operators that make and paint paths, and shadings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from brochure.preflight.matrix import Box, Point, around, at, grown, joined, narrowest, shared
from brochure.preflight.spaces import Space, space
from brochure.preflight.state import Trace
from brochure.preflight.things import Fill, Paint, Shade, Stroke
from brochure.preflight.walk import Walk

MOST_PARTS = 2000  # subpaths of a path whose bounds are kept one by one


def _move(walk: Walk, operands: Any) -> None:
    walk.trace.move(float(operands[0]), float(operands[1]))


def _line(walk: Walk, operands: Any) -> None:
    walk.trace.line(float(operands[0]), float(operands[1]))


def _curve(walk: Walk, operands: Any) -> None:
    """``c``, ``v``, ``y``: pairs of coordinates."""
    values = list(map(float, operands))
    walk.trace.curve(*zip(values[::2], values[1::2], strict=True))


def _rectangle(walk: Walk, operands: Any) -> None:
    x, y, width, height = map(float, operands)
    walk.trace.rectangle(x, y, width, height)


def _close(walk: Walk, operands: Any) -> None:
    sub = walk.trace.subs[-1]
    sub.append(sub[0])


def _clip(walk: Walk, operands: Any) -> None:
    walk.trace.clips = True


def _painting(filled: bool, stroked: bool, closed: bool = False) -> Callable[[Walk, Any], None]:
    """A path-painting operator: fills, strokes, both or neither, then clips if ``W`` came before."""

    def act(walk: Walk, operands: Any) -> None:
        trace, walk.trace = walk.trace, Trace()
        ctm = walk.state.ctm
        if closed and trace.subs:
            trace.subs[-1].append(trace.subs[-1][0])
        # a lone move draws nothing; curves keep their numbers
        placed = [[at(ctm, x, y) for x, y in sub] for sub in trace.subs if len(sub) > 1]
        trace.curved = _renumbered(trace)
        boxes = [around(sub) for sub in placed]
        if boxes and filled:
            _fill(walk, placed, boxes, trace)
        if boxes and stroked:
            _stroke(walk, boxes)
        if trace.clips:
            walk.clipped(_all(boxes) if boxes else (0, 0, 0, 0))

    return act


def _renumbered(trace: Trace) -> set[int]:
    """Which subpaths are curved, counted without those of a single point."""
    kept = [index for index, sub in enumerate(trace.subs) if len(sub) > 1]
    return {number for number, index in enumerate(kept) if index in trace.curved}


def _all(boxes: Sequence[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _fill(walk: Walk, subs: list[list[Point]], boxes: list[Box], trace: Trace) -> None:
    thin, thin_box = None, None
    for index, sub in enumerate(subs):
        if index in trace.curved or len(sub) > 5:
            continue
        thickness = _thickness(sub)
        if thickness is not None and (thin is None or thickness < thin):
            thin, thin_box = thickness, boxes[index]
    bars = not trace.curved and all(_upright(sub, box) for sub, box in zip(subs, boxes, strict=True))
    fills(walk, boxes, walk.state.fill, thin=thin, thin_box=thin_box, bars=bars)


def fills(walk: Walk, boxes: list[Box], paint: Paint, **more: Any) -> None:
    """An area filled with a colour, a gradient, or a pattern's tiles."""
    box = _all(boxes)
    kind = _shading_kind(paint.pattern)
    if kind:
        walk.draw(Shade, box, paint, True, kind=kind)
        return
    walk.draw(Fill, box, paint, True, parts=tuple(boxes[:MOST_PARTS]), **more)
    if paint.pattern is not None:
        walk.cell(paint.pattern, box)


def _shading_kind(pattern: Any) -> int:
    """The type of the shading behind a pattern; 0 for tiles and plain colours."""
    if pattern is None or int(pattern.get("/PatternType", 1)) != 2:
        return 0
    return int(pattern["/Shading"].get("/ShadingType", 0))


def shading(walk: Walk, source: Any) -> Space:
    """The colour space of a shading."""
    return space(source["/ColorSpace"], walk.resources)


def _stroke(walk: Walk, boxes: list[Box]) -> None:
    state = walk.state
    width = state.width * narrowest(state.ctm)
    grow = width / 2
    kept = tuple(grown(box, grow) for box in boxes[:MOST_PARTS])
    walk.draw(Stroke, grown(_all(boxes), grow), state.line, False, width=width, parts=kept)


def _thickness(sub: list[Point]) -> float | None:
    """How thick a bar is: the shorter of a four-cornered subpath's first two sides, pt. None for other shapes, and
    for bars that aren't at least four times as long as thick."""
    if len(sub) < 4:
        return None
    one, two = math.dist(sub[0], sub[1]), math.dist(sub[1], sub[2])
    thin, long = sorted((one, two))
    return thin if long > 4 * thin else None


def _upright(sub: list[Point], box: Box) -> bool:
    """Whether all corners of a subpath lie on its bounds, as those of an upright rectangle do."""
    return len(sub) in (4, 5) and all(
        min(abs(x - box[0]), abs(x - box[2])) < 0.01 and min(abs(y - box[1]), abs(y - box[3])) < 0.01 for x, y in sub
    )


def over(one: Box, other: Box) -> bool:
    """Whether two boxes share an area."""
    found = shared(one, other)
    return found is not None and found[0] < found[2] and found[1] < found[3]


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    out = boxes[0]
    for box in boxes[1:]:
        out = joined(out, box)
    return out


OPERATORS: dict[str, Callable[[Walk, Any], None]] = {
    "m": _move, "l": _line, "c": _curve, "v": _curve, "y": _curve, "re": _rectangle, "h": _close,
    "W": _clip, "W*": _clip, "n": _painting(False, False), "f": _painting(True, False), "F": _painting(True, False),
    "f*": _painting(True, False), "S": _painting(False, True), "s": _painting(False, True, True),
    "B": _painting(True, True), "B*": _painting(True, True), "b": _painting(True, True, True),
    "b*": _painting(True, True, True),
}  # fmt: skip
