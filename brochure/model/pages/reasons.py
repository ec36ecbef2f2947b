"""A spread of reasons: the list of contents on the left, on the right five reasons, each with a small picture of its own
figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from pydantic import Field, model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.scalar import refuse
from brochure.model.shown import NumberFact
from brochure.model.values import Line, Model, Passage, Slug
from brochure.model.words import PageWords

#: How many figures each picture is drawn from.
PICTURES = {"orbits": (2, 3), "part": (2, 2), "rows": (2, 4), "ticks": (2, 2), "relief": (3, 3)}


class Reason(Model):
    """``figure`` is set large, ``picture`` drawn from ``facts``: distances as ``orbits``, the existing ``part`` and the
    whole of an area, counts as ``rows`` of dots, days as ``ticks`` beside the days of another way, a rate in ``relief``: its
    own, the ordinary one, for how many years."""

    id: Slug
    figure: NumberFact
    picture: Literal["orbits", "part", "rows", "ticks", "relief"]
    facts: tuple[NumberFact, ...]

    @model_validator(mode="after")
    def _enough_facts(self) -> Reason:
        least, most = PICTURES[self.picture]
        if not least <= len(self.facts) <= most:
            few = str(least) if least == most else f"{least} to {most}"
            raise refuse(f"the picture “{self.picture}” is drawn from {few} facts.", "Name as many.", "picture")
        return self


class Show(Charted):
    """The ``reasons``, in their order from the top."""

    reasons: tuple[Reason, ...] = Field(min_length=5, max_length=5)


class Told(Model):
    """A reason in words: what its figure counts, its text, and what the picture shows."""

    title: Text
    text: Text
    alt: Passage


class Words(PageWords):
    """What the spread says. ``reasons``: by their ids; ``arc_alt`` describes the arc above the contents."""

    kicker: Line
    title: Text
    lead: Text
    arc_alt: Passage
    reasons_title: Line
    reasons: dict[str, Told]
    caption: Text


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "reasons": lambda show: (reason.id for reason in show.reasons),
}
KIND = Kind("reasons", 2, Show, Words, needs=NEEDS)
