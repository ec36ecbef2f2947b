"""What shows when a path or text is painted, and what of it is fine enough to overprint."""

from __future__ import annotations

from brochure.finish.separation.state import State, scale
from brochure.finish.separation.tokens import numbers

SMALL_TEXT = 12  # pt: black text below this overprints (GWG 2022, R0009)
THIN_LINE = 2  # pt: black lines below this overprint (R0010)
#: Painting a path: whether it strokes, whether it fills, and what is left when only one of them shows.
PAINTS: dict[bytes, tuple[bool, bool, bytes, bytes]] = {
    b"S": (True, False, b"S", b"n"),
    b"s": (True, False, b"s", b"n"),
    b"f": (False, True, b"n", b"f"),
    b"F": (False, True, b"n", b"f"),
    b"f*": (False, True, b"n", b"f*"),
    b"B": (True, True, b"S", b"f"),
    b"B*": (True, True, b"S", b"f*"),
    b"b": (True, True, b"s", b"f"),
    b"b*": (True, True, b"s", b"f*"),
    b"n": (False, False, b"n", b"n"),
}
_SHOWN = {0: (False, True), 1: (True, False), 2: (True, True), 4: (False, True), 5: (True, False), 6: (True, True)}


def shown(operator: bytes, state: State) -> tuple[bytes, bool, bool]:
    """A path painting operator without what is fully transparent, and whether it still strokes and fills."""
    strokes, fills, stroke_only, fill_only = PAINTS[operator]
    stroke, fill = strokes and state.stroke_alpha > 0, fills and state.fill_alpha > 0
    if (stroke, fill) != (strokes, fills):
        operator = stroke_only if stroke else fill_only if fill else b"n"
    return operator, stroke, fill


def text_shown(state: State) -> tuple[bool, bool]:
    """Whether text strokes and fills visibly in a text rendering mode."""
    strokes, fills = _SHOWN.get(state.mode, (False, False))
    return strokes and state.stroke_alpha > 0, fills and state.fill_alpha > 0


def fine_line(state: State) -> bool:
    """Whether strokes are thin enough to overprint."""
    return state.width * scale(state.ctm) < THIN_LINE


def fine_text(state: State, text_scale: float) -> bool:
    """Whether text is small enough to overprint; ``text_scale``: what the text matrix enlarges."""
    return abs(state.size) * text_scale * scale(state.ctm) < SMALL_TEXT


def fine_bar(path: bytes, state: State) -> bool:
    """Whether a path is one rectangle as thin as a line: that is how rules and borders are set."""
    if not path.rstrip().endswith(b"re") or path.count(b"re") != 1:
        return False
    _, _, width, height = numbers(path.rstrip()[:-2])
    return min(abs(width), abs(height)) * scale(state.ctm) < THIN_LINE


def overprinting(state: State, stroke: tuple[bool, bool], fill: tuple[bool, bool]) -> tuple[bool, bool]:
    """Whether strokes and fills are to overprint: ``stroke`` and ``fill`` say whether they paint, and whether what
    they paint is fine enough. Only full, opaque black does: a grey would take on its ground's colour."""
    return (
        stroke[1] and state.stroke.full_black and state.stroke_alpha == 1 if stroke[0] else state.over[0],
        fill[1] and state.fill.full_black and state.fill_alpha == 1 if fill[0] else state.over[1],
    )
