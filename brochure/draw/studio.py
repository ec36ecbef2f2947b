"""What a drawing may know: the brand's colours, the facts through the register, names, and geometry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from brochure.draw.ruler import Ruler, faces, ruler
from brochure.draw.shaping import outlined
from brochure.model.facts import Fact


class NoDrawing(LookupError):
    """A template asked for a drawing, icon or detail that isn't there."""


@dataclass(frozen=True)
class Studio:
    """``palette`` holds sRGB hex values by token; ``print`` formats a fact without its mark, ``amount`` a number that
    is counted or marks a scale, ``measured`` one with a unit; ``text`` and ``display`` are font families with commas
    between them, the first that has a letter prints it. ``names`` and ``label`` give the language's words, ``comma`` what
    stands between the items of a list, ``names_comma`` between names, ``planned`` the words around a figure that is
    planned."""

    palette: Mapping[str, str]
    text: str
    display: str
    print: Callable[..., str]
    fact: Callable[[str], Fact]
    has: Callable[[str], bool]
    names: Mapping[str, str]
    label: Callable[[str], Any]
    assets: Mapping[str, bytes]
    amount: Callable[[Decimal], str] = str
    comma: str = ", "
    names_comma: str = ", "
    planned: Callable[[str], str] = str
    measured: Callable[[Decimal, str], str] = lambda value, unit: f"{value} {unit}"

    def number(self, name: str) -> float | None:
        """A fact's number with its scale, None when the fact isn't there: unknown is drawn as unknown."""
        if not self.has(name):
            return None
        value: Decimal | None = self.fact(name).number
        return None if value is None else float(value)

    def point(self, name: str) -> tuple[float, float] | None:
        """A place as latitude and longitude in degrees, None when its coordinates aren't known."""
        if not self.has(name) or self.fact(name).unit != "point":
            return None
        value = self.fact(name).value
        return float(value[0]), float(value[1])

    def listed(self, name: str) -> tuple[str, ...]:
        """The ids of the names that a fact lists, none when the fact isn't there or is no list."""
        return self.fact(name).value if self.has(name) and self.fact(name).unit == "names" else ()

    def first_day(self, name: str) -> date | None:
        """The first day of a fact's date, None when the fact isn't there or is no date."""
        if not self.has(name) or self.fact(name).unit != "date":
            return None
        value = self.fact(name).value
        first: date = (value[0] if isinstance(value, tuple) else value).first
        return first

    @cached_property
    def ruler(self) -> Ruler:
        """Measures words with the fonts of the house; made once for all drawings."""
        return ruler(self.assets)

    def width(self, words: str, size: float, weight: int = 400) -> float:
        """How wide words are in the text face, mm; ``size`` in pt."""
        return self.ruler(words, self.text, size, weight)

    def finished(self, drawing: str) -> str:
        """A drawing as the setter gets it: lines of type that it can't set are outlines."""
        return outlined(drawing, faces(self.assets))

    def geometry(self, name: str) -> Any:
        """Prepared geometry out of assets/geo/."""
        return _geometry(self.assets[f"geo/{name}.json"])


@lru_cache(maxsize=8)
def _geometry(raw: bytes) -> Any:
    return json.loads(raw)
