"""What an edition's personal copies differ in: a line on the cover, a letter, the order of some sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field, model_validator

from brochure.model.scalar import refuse
from brochure.model.values import Model, PageRef


class LetterPage(Model):
    """The letter: its own page id (its words are content/<language>/pages/<id>.yaml), the section ``instead`` of
    whose first page it stands, and what it shows."""

    id: PageRef
    instead: PageRef
    show: Any = Field(default_factory=dict)


class Personal(Model):
    """``cover``: the page that carries the line “Prepared for …”. ``slots``: groups of sections of equal length; within
    a group they change places, what the recipient is interested in first."""

    cover: PageRef
    letter: LetterPage
    slots: tuple[tuple[PageRef, ...], ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Personal:
        seen: set[str] = {str(self.cover), str(self.letter.instead)}
        for index, group in enumerate(self.slots):
            if len(group) < 2:
                raise refuse("a group of one section has no order.", "Add another, or remove it.", f"slots.{index}")
            for step, page in enumerate(group):
                if page in seen:
                    what = f"“{page}” has its place already."
                    raise refuse(what, "Name each section once, without cover and letter.", f"slots.{index}.{step}")
                seen.add(page)
        return self


@dataclass(frozen=True)
class Arrangement:
    """The order of one copy's pages, by the pages of the master that all copies of a language share: ``pages``, the
    master's page at each place, None for the letter; ``folios``, the master's page whose folio is laid over it, None
    for one that has none; ``stands``, for each page of the master the place where it or its like stands in this copy."""

    pages: tuple[int | None, ...]
    folios: tuple[int | None, ...]
    stands: tuple[int | None, ...]
