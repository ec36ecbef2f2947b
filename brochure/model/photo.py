"""Photographs: whose they are, until when they may be printed, and which part of them is shown."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from brochure.model.markup import Text
from brochure.model.scalar import refuse, single_text
from brochure.model.values import Day, Line, Model, Passage, PictureRef, Url, parse_number

#: Where in the printed part the focus may stand, as shares: on a third or in the middle, whichever is nearest to
#: where it stands in the whole picture.
STANDS = (1 / 3, 1 / 2, 2 / 3)


@dataclass(frozen=True)
class Point:
    """A point of a picture, % from its left and upper edge."""

    across: float
    down: float


@dataclass(frozen=True)
class Part:
    """A rectangle of a picture, % of its width and height."""

    left: float
    top: float
    width: float
    height: float


WHOLE = Part(0, 0, 100, 100)


def _shares(value: Any, what: str, names: tuple[str, ...]) -> list[float]:
    parts = single_text(value, what).split()
    if len(parts) != len(names):
        raise refuse(f"{what} is {len(names)} numbers in %.", f"Write {', '.join(names)} with spaces between them.")
    return [float(parse_number(part)) for part in parts]


def _point(value: Any) -> Point:
    if isinstance(value, Point):
        return value
    point = Point(*_shares(value, "a focus", ("across", "down")))
    if not all(0 <= share <= 100 for share in astuple(point)):
        raise refuse("the focus lies outside the picture.", "Write 0 to 100 across and 0 to 100 down.")
    return point


def _part(value: Any) -> Part:
    if isinstance(value, Part):
        return value
    part = Part(*_shares(value, "a crop", ("left", "top", "width", "height")))
    if (
        min(astuple(part)) < 0
        or part.left + part.width > 100
        or part.top + part.height > 100
        or 0 in (part.width, part.height)
    ):
        raise refuse("the crop leaves the picture.", "Keep left + width and top + height within 100.")
    return part


class Photo(Model):
    """A photograph below assets/images/. ``credit``: who took it, as printed; ``owner``: who grants the ``licence``
    when that is someone else; ``source``: where it came from; ``expires``: the last day of the licence.
    ``focus``: the point that every crop keeps, across and down in %; ``crop``: the part that may be printed at all,
    left, top, width and height in %."""

    file: PictureRef
    credit: Line | None = None
    owner: Line | None = None
    licence: Line | None = None
    source: Url | None = None
    expires: Day | None = None
    focus: Annotated[Point, BeforeValidator(_point)] | None = None
    crop: Annotated[Part, BeforeValidator(_part)] = WHOLE

    @model_validator(mode="after")
    def _with_rights(self) -> Photo:
        if self.licence is None:
            raise refuse("this photograph has no licence.", "Write under which licence it may be printed.", "file")
        if self.credit is None:
            raise refuse("this photograph has no credit.", "Write who took it, as it should be printed.", "file")
        return self

    @model_validator(mode="after")
    def _focus_is_printed(self) -> Photo:
        left, top, width, height = astuple(self.crop)
        if self.focus and not (left <= self.focus.across <= left + width and top <= self.focus.down <= top + height):
            raise refuse("the focus lies outside the crop.", "Move one of the two.", "focus")
        return self

    @property
    def aim(self) -> Point:
        """The point that every crop keeps: the focus, else the middle of what may be printed."""
        left, top, width, height = astuple(self.crop)
        return self.focus or Point(left + width / 2, top + height / 2)


class PhotoWords(Model):
    """What a page says of its photograph: ``alt`` to readers who can't see it, ``caption`` below it."""

    alt: Passage
    caption: Text | None = None


def window(size: tuple[int, int], ratio: float, aim: Point, part: Part = WHOLE) -> tuple[int, int, int, int]:
    """The largest rectangle of a proportion (width : height) in a part of a picture of ``size`` pixels: left, top,
    right, bottom in pixels. The aim lies inside, on a third or in the middle where the part reaches far enough."""
    shares = astuple(part)
    spans = [(size[axis] * shares[axis] / 100, size[axis] * shares[axis + 2] / 100) for axis in (0, 1)]
    (_, width), (_, height) = spans
    lengths = (height * ratio, height) if width > height * ratio else (width, width / ratio)
    ends = [_placed(spans[axis], lengths[axis], size[axis] * astuple(aim)[axis] / 100) for axis in (0, 1)]
    (left, right), (top, bottom) = ends
    return left, top, right, bottom


def _placed(span: tuple[float, float], length: float, aim: float) -> tuple[int, int]:
    """Where a length lies within a span (start, length) so that the aim stands well in it; whole pixels."""
    start, whole = span
    own = (aim - start) / whole
    stand = min(STANDS, key=lambda share: abs(share - own))
    begin = min(max(aim - stand * length, start), start + whole - length)
    first = max(round(begin), 0)
    return first, max(first + 1, min(round(begin + length), round(start + whole)))
