"""What a content stream has set so far: as much of the graphics state as separating depends on."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from brochure.finish.separation.inks import BLACK, Mix
from brochure.finish.separation.spaces import GREY, Space

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)
START = Mix(BLACK, 0)


@dataclass(frozen=True)
class State:
    """A graphics state. ``ctm`` maps to points on the finished page; ``width``: of lines, ``size``: of type, both in
    user space; ``mode``: how text is rendered; ``over``: whether strokes and fills overprint; ``blended`` and
    ``masked``: whether a blend mode other than Normal, or a soft mask, applies to what is painted."""

    ctm: Matrix = SAME
    fill: Mix = START
    stroke: Mix = START
    fill_space: Space = GREY
    stroke_space: Space = GREY
    fill_alpha: float = 1
    stroke_alpha: float = 1
    width: float = 1
    size: float = 0
    mode: int = 0
    over: tuple[bool, bool] = (False, False)
    blended: bool = False
    masked: bool = False

    @property
    def plain(self) -> bool:
        """Whether a group that is painted now comes out as what is in it would without one."""
        return self.fill_alpha == 1 and not self.blended and not self.masked

    def inside(self, matrix: Matrix, group: bool) -> State:
        """The state that a form begins with; a transparency group begins opaque (PDF 32000-1, 11.6.6)."""
        inner = replace(self, ctm=times(matrix, self.ctm), over=(False, False))
        return replace(inner, fill_alpha=1, stroke_alpha=1, blended=False, masked=False) if group else inner

    @property
    def key(self) -> tuple[Any, ...]:
        """What a form's separation depends on: two uses with the same key are separated alike."""
        scales = (round(scale(self.ctm), 3), *(round(part, 3) for part in extent(self.ctm)))
        spaces = (self.fill_space, self.stroke_space)
        alphas = (self.fill_alpha, self.stroke_alpha, self.blended, self.masked)
        return (*scales, self.fill, self.stroke, *spaces, *alphas, self.width, self.size, self.mode)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Two transformations, one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def scale(matrix: Matrix) -> float:
    """By how much a transformation enlarges lengths, on average."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def extent(matrix: Matrix) -> tuple[float, float]:
    """Width and height of the unit square after a transformation."""
    return math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])


def matrix_of(obj: Any) -> Matrix:
    """A /Matrix entry, or the one that changes nothing."""
    if obj is None:
        return SAME
    a, b, c, d, e, f = (float(value) for value in obj)
    return (a, b, c, d, e, f)
