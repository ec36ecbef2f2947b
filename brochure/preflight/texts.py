"""Operators that set text (ISO 32000-1, 9.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import String

from brochure.preflight.matrix import IDENTITY, Matrix, placed, stretch, times, usable
from brochure.preflight.things import Text
from brochure.preflight.walk import Walk

#: A line's ink as parts of its size, as the layout's own inspection measures it: about from cap height to descender.
ABOVE, BELOW = 0.75, -0.22
SHOWN = 60  # characters of a run that are kept to name it


def _begin(walk: Walk, operands: Any) -> None:
    walk.matrix = walk.line_matrix = IDENTITY


def _font(walk: Walk, operands: Any) -> None:
    walk.state.face, walk.state.size = None, float(operands[1])
    walk.state.face = walk.font(operands[0])


def _set_matrix(walk: Walk, operands: Any) -> None:
    walk.matrix = walk.line_matrix = usable(operands)


def _step(walk: Walk, x: float, y: float) -> None:
    walk.matrix = walk.line_matrix = times((1, 0, 0, 1, x, y), walk.line_matrix)


def _next(walk: Walk, operands: Any) -> None:
    _step(walk, float(operands[0]), float(operands[1]))


def _next_leading(walk: Walk, operands: Any) -> None:
    walk.state.leading = -float(operands[1])
    _next(walk, operands)


def _new_line(walk: Walk, operands: Any) -> None:
    _step(walk, 0, -walk.state.leading)


def _show(walk: Walk, operands: Any) -> None:
    _run(walk, [operands[0]])


def _show_spaced(walk: Walk, operands: Any) -> None:
    _run(walk, list(operands[0]))


def _line_show(walk: Walk, operands: Any) -> None:
    _new_line(walk, operands)
    _run(walk, [operands[-1]])


def _line_show_spaced(walk: Walk, operands: Any) -> None:
    walk.state.word_spacing, walk.state.spacing = float(operands[0]), float(operands[1])
    _line_show(walk, operands)


def _run(walk: Walk, pieces: list[Any]) -> None:
    """Strings and adjustments in thousandths, shown as one run."""
    state, face = walk.state, walk.state.face
    if face is None:
        raise ValueError("text without a font")
    advance, missing, words = 0.0, 0, ""
    inked: list[float] = []  # where each piece that shows anything begins and ends
    for piece in pieces:
        if not isinstance(piece, String):
            advance -= float(piece) / 1000 * state.size * state.scale
            continue
        codes = face.cut(bytes(piece))
        for code in codes:
            space = state.word_spacing if face.codes == 1 and code == 32 else 0.0
            width = face.widths.get(code, face.width) / 1000 * state.size
            if not face.blank(code):
                inked += (advance, advance + width * state.scale)
            advance += (width + state.spacing + space) * state.scale
        if face.absent or face.known is not None:
            missing += sum(map(face.missing, codes))
        if len(words) < SHOWN:
            words += face.words(codes)
    if inked:
        _keep(walk, (min(inked), max(inked)), words[:SHOWN], missing)
    walk.matrix = times((1, 0, 0, 1, advance, 0), walk.matrix)


def _keep(walk: Walk, ends: tuple[float, float], words: str, missing: int) -> None:
    """Keeps a run from the first glyph that shows to the last: word processors set wide blanks around them."""
    state = walk.state
    ctm: Matrix = times(walk.matrix, state.ctm)
    size = abs(state.size) * stretch(ctm)[1]
    box = placed(ctm, (ends[0], state.rise + BELOW * state.size, ends[1], state.rise + ABOVE * state.size))
    stroked = state.rendering in (1, 5)
    paint = state.line if stroked else state.fill
    walk.draw(
        Text, box, paint, not stroked, face=state.face, size=size, words=words, missing=missing, mode=state.rendering
    )


OPERATORS: dict[str, Callable[[Walk, Any], None]] = {
    "BT": _begin, "ET": lambda walk, operands: None, "Tf": _font, "Tm": _set_matrix, "Td": _next, "TD": _next_leading,
    "T*": _new_line, "Tj": _show, "TJ": _show_spaced, "'": _line_show, '"': _line_show_spaced,
}  # fmt: skip
