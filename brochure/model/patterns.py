"""Patterns in which a language's words stand around a number, a name or a date."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

from pydantic import ValidationInfo

from brochure.errors import suggestion
from brochure.language import DIGIT, glued
from brochure.model.scalar import refuse
from brochure.model.values import Line


class Pattern(Line):
    """Words around ``{x}``; subclasses name other places. Nothing else may stand in braces."""

    places: ClassVar[tuple[str, ...]] = ("{x}",)

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The pattern; a refusal when a place is missing, unknown or doubled, or a figure stands in it."""
        text = super().read(value, info)
        found = re.findall(r"\{[^{}]*\}|[{}]", text)
        if sorted(found) != sorted(cls.places):
            wanted = " and ".join(cls.places)
            raise refuse(
                f"the pattern “{text}” doesn't say once where to put {wanted}.",
                f"Write {wanted}, each once, no other braces.",
            )
        if DIGIT.search(text):
            raise refuse(f"a figure stands in the pattern “{text}”.", "Figures come from facts.")
        return text

    def fill(self, *values: str) -> str:
        """The pattern with its places filled, in their order."""
        out = str(self)
        for place, value in zip(self.places, values, strict=True):
            out = out.replace(place, value)
        return out


class NumberPattern(Pattern):
    """Words around a number: ``{n} jobs``. No line ends between the number and what follows or precedes it."""

    places = ("{n}",)

    def fill(self, *values: str) -> str:
        """The pattern with its number, the two kept on one line."""
        before, _, after = self.partition("{n}")
        (number,) = values
        return glued(before, number, after)


class RangePattern(Pattern):
    """Words around two ends: ``{a}–{b}``."""

    places = ("{a}", "{b}")


class DatePattern(Line):
    """A CLDR pattern of day, month and year, such as ``d MMMM y``; words stand in single quotes."""

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The pattern; a refusal for letters that aren't a day, month or year."""
        text = super().read(value, info)
        if not re.fullmatch(r"(?:d{1,2}|[ML]{1,4}|y{1,4}|'[^']+'|[^A-Za-z'0-9])+", text):
            raise refuse(f"“{text}” is no pattern of a date.", "Write d, MMMM and y, words in single quotes: d MMMM y.")
        return text


class FileName(Line):
    """A file's name without ``.pdf``, made of plain letters and of {product}, {edition}, {language}, {printer},
    {part} and {date}."""

    places: ClassVar[tuple[str, ...]] = ("product", "edition", "language", "printer", "part", "date")

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The name; a refusal for an unknown place or for a sign that some system doesn't like in a file's name."""
        text = super().read(value, info)
        for found in re.findall(r"\{([^{}]*)\}", text):
            if found not in cls.places:
                near = suggestion(found, cls.places) or f"There are: {', '.join(cls.places)}."
                raise refuse(f"a file's name has no place “{{{found}}}”.", near)
        if not re.fullmatch(r"(?:\{[a-z]+\}|[A-Za-z0-9_-])(?:\{[a-z]+\}|[A-Za-z0-9._-])*", text, re.ASCII):
            raise refuse(
                f"“{text}” makes no safe file name.", "Write letters, digits, - _ and {places}; .pdf is added."
            )
        return text
