"""Logos, coats of arms and partners' marks: their drawings, whose they are, how small they may be printed, the
space that stays free around them, and a printing recipe for each of their colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from brochure.model.brand import Recipe
from brochure.model.scalar import refuse, single_text
from brochure.model.values import Day, Line, Model, NameRef, Number, Ref, parse_number


class LogoRef(Ref):
    """The id of a logo in content/logos.yaml."""

    kind = "logo"


class DrawingRef(Ref):
    """The path of an SVG below assets/logos/."""

    kind = "drawing"
    pattern = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,120}\.svg"


@dataclass(frozen=True)
class Clear:
    """Free space on every side: a ``share`` of the logo's height, or ``mm``."""

    share: float
    mm: float

    def beside(self, height: float) -> float:
        """The free space of a logo that is ``height`` mm high, mm."""
        return self.share * height + self.mm


def _clear(value: Any) -> Clear:
    if isinstance(value, Clear):
        return value
    text = single_text(value, "a clear space")
    match = re.fullmatch(r"([0-9.]+) ?(%|mm)", text)
    if not match:
        raise refuse(f"“{text}” is no clear space.", "Write a share of the logo's height, 25 %, or a length, 4 mm.")
    amount = float(parse_number(match[1]))
    return Clear(amount / 100, 0) if match[2] == "%" else Clear(0, amount)


def _hexadecimal(value: Any) -> str:
    text = single_text(value, "a colour")
    if not re.fullmatch("#?[0-9A-Fa-f]{6}", text):
        raise refuse(f"“{text}” can't be found in a drawing.", "Write its six hexadecimal digits, such as 0F2744.")
    return text.removeprefix("#").upper()


class Logo(Model):
    """``light`` and ``dark``: the drawings for light and for dark grounds, below assets/logos/. ``owner`` and
    ``permission``: whose it is and who allowed what when; ``expires``: the last day of the permission. ``minimum``:
    the smallest width, mm; ``clear``: the free space on every side. ``colours``: a recipe (%) for each sRGB colour
    of the drawings that isn't the brand's."""

    name: NameRef
    light: DrawingRef | None = None
    dark: DrawingRef | None = None
    owner: Line | None = None
    permission: Line | None = None
    expires: Day | None = None
    minimum: Number
    clear: Annotated[Clear, BeforeValidator(_clear)]
    colours: dict[Annotated[str, BeforeValidator(_hexadecimal)], Recipe] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _with_rights(self) -> Logo:
        if self.owner is None or self.permission is None:
            raise refuse("this logo comes without rights.", "Write its owner: and the permission: to print it.", "name")
        if self.light is None and self.dark is None:
            raise refuse("this logo has no drawing.", "Write light: with its SVG, and dark: for dark grounds.", "name")
        return self

    @property
    def drawings(self) -> tuple[DrawingRef, ...]:
        """Its drawings, each once."""
        return tuple(dict.fromkeys(file for file in (self.light, self.dark) if file is not None))
