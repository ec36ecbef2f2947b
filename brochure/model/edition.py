"""An edition: its event, date, languages and flatplan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from brochure.model.brand import Colour, TypeSize
from brochure.model.personal import Personal
from brochure.model.scalar import refuse
from brochure.model.shown import ColourRef, ContactRef, EditionRef, PrinterRef, SizeRef
from brochure.model.values import Day, Line, Model, NameRef, PageRef, Slug, Truth


class Entry(Model):
    """A place in the flatplan: a page's id, its kind, and what it shows (facts, parks, routes: no words). ``copies``:
    a page that only personal copies have."""

    id: PageRef
    kind: Line
    show: Any = Field(default_factory=dict)
    copies: Truth = False


class Tokens(Model):
    """Colours and type sizes of the brand that an edition sets otherwise: values, never rules."""

    colours: dict[ColourRef, Colour] = Field(default_factory=dict)
    type: dict[SizeRef, TypeSize] = Field(default_factory=dict)


class Edition(Model):
    """One brochure for one occasion. ``date`` is its day of publication: what may be printed, and every date
    inside the files, comes from it. A stale fact is an error when ``strict`` is true. ``extends``: the edition whose
    keys and pages it takes over; ``printer``: the profile that it is printed with when none is named;
    ``contacts``: whom its readers may turn to, the first with a QR code; ``personal``: how copies for single recipients
    differ."""

    extends: EditionRef | None = None
    date: Day
    place: NameRef
    languages: tuple[Slug, ...] = Field(min_length=1)
    default: Truth = False
    strict: Truth = False
    paper: Literal["A4"] = "A4"
    binding: Literal["saddle stitch", "none"] = "saddle stitch"
    printer: PrinterRef | None = None
    tokens: Tokens | None = None
    contacts: tuple[ContactRef, ...] = Field(default=(), max_length=3)
    flatplan: tuple[Entry, ...] = Field(min_length=1)
    personal: Personal | None = None

    @model_validator(mode="after")
    def _whole_day(self) -> Edition:
        if self.date.day is None:
            raise refuse("an edition's date is a day.", "Write it in full, such as 2017-09-04.", "date")
        return self

    @model_validator(mode="after")
    def _a_language_once(self) -> Edition:
        for index, tag in enumerate(self.languages):
            if tag in self.languages[:index]:
                raise refuse(f"the language “{tag}” stands here twice.", "Keep one of the two.", f"languages.{index}")
        return self

    @model_validator(mode="after")
    def _a_contact_once(self) -> Edition:
        for index, ref in enumerate(self.contacts):
            if ref in self.contacts[:index]:
                raise refuse(f"the contact “{ref}” stands here twice.", "Keep one of the two.", f"contacts.{index}")
        return self

    @model_validator(mode="after")
    def _a_page_once(self) -> Edition:
        seen: set[str] = set()
        for index, entry in enumerate(self.flatplan):
            if entry.id in seen:
                raise refuse(
                    f"the page “{entry.id}” stands twice in the flatplan.",
                    "Give each page its own id.",
                    f"flatplan.{index}.id",
                )
            seen.add(entry.id)
        return self


def lineage(editions: Mapping[str, Edition], name: str) -> tuple[str, ...]:
    """The edition of that name, the one that it extends, and so on."""
    line = [name]
    while (giver := editions[line[-1]].extends) is not None:
        line.append(str(giver))
    return tuple(line)
