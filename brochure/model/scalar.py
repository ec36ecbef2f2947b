"""A text out of a file with its place, and how a value is refused."""

from __future__ import annotations

import unicodedata
from typing import Any, Self

from pydantic_core import PydanticCustomError

from brochure.errors import Place

NOWHERE = Place("?")


class Scalar(str):
    """A text out of a file that knows its place and its key path, such as ``labels.area``."""

    place: Place
    key: str

    def __new__(cls, text: str, place: Place = NOWHERE, key: str = "") -> Self:
        self = super().__new__(cls, text)
        self.place, self.key = place, key
        return self


def place_of(node: object) -> Place:
    """Where a value or key out of a file stands."""
    found = getattr(node, "place", NOWHERE)
    return found if isinstance(found, Place) else NOWHERE


def refuse(what: str, remedy: str, at: str = "") -> PydanticCustomError:
    """A refusal in our own words; ``at`` names the key it is about when that isn't the value refused."""
    return PydanticCustomError("slip", "{what} {remedy}", {"what": what, "remedy": remedy, "at": at})


#: Letters and marks that print nothing, which Unicode counts among the letters, symbols and marks.
HOLLOW = "\u2800\u3164\u115f\u1160\uffa0\u034f" + "".join(map(chr, range(0xFE00, 0xFE10)))


def blank(text: str) -> bool:
    """Whether nothing of a text can be seen: only spaces of any width, joiners and controls."""
    return all(c in HOLLOW or unicodedata.category(c)[0] in "ZC" for c in text)


def single_text(value: Any, what: str) -> str:
    """The value when it is a text; a refusal for a list or a mapping."""
    if not isinstance(value, str):
        raise refuse(f"{what} is expected here, not a list or a mapping.", "Write a single value.")
    return value
