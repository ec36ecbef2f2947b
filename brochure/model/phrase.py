"""A text on its way to a translation office and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from brochure.errors import Place


class State(StrEnum):
    """How far a text is translated; ``CHANGED``: nobody has read the translation beside the text as it is now;
    ``SAME``: it is still the original."""

    DONE = "translated"
    CHANGED = "to be checked"
    MISSING = "missing"
    SAME = "still the original"


@dataclass(frozen=True)
class Phrase:
    """A text with its translation, both as written in YAML; ``marked``: it is running text with inline markup.
    ``notes`` tell the translator what it is and how long it may be; ``printed``: how a figure in braces prints."""

    key: str
    place: Place
    source: str
    target: str
    state: State
    marked: bool
    notes: tuple[str, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Parcel:
    """The texts of one language that go out together; languages are locales, such as pt-BR. ``about``: what the
    office must know of all of them; ``day``: ISO date that is written into the file."""

    source: str
    target: str
    about: tuple[str, ...]
    day: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Returned:
    """A text that came back, with its place in the office's file; ``target`` is empty when it isn't translated."""

    key: str
    place: Place
    source: str
    target: str


@dataclass(frozen=True)
class Delivery:
    """A file that came back: its languages as it names them, and its texts."""

    source: str
    target: str
    returned: tuple[Returned, ...]
