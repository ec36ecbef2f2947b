"""A spread of small parks: a gallery of emblems, each with the few facts there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import EmblemRef, NumberFact, PointFact
from brochure.model.values import InterestRef, LabelledFact, Line, Model, Passage
from brochure.model.words import PageWords


class Card(Model):
    """One park. ``emblem``: whose facts it is drawn from, parks.<emblem>.…; ``at``: the fact with its place;
    ``distance``: the fact with its distance from Moscow, when that isn't the park's own; ``plot``: a plot in it
    whose area is known; ``facts``: the list or table under its text."""

    park: InterestRef
    emblem: EmblemRef
    at: PointFact | None = None
    distance: NumberFact | None = None
    plot: NumberFact | None = None
    facts: tuple[LabelledFact, ...] = ()


class Featured(Model):
    """A fact that stands out, in large type; ``form`` as in running text."""

    fact: LabelledFact
    form: Line


class Show(Charted):
    """``parks``: three on the left page, two with more facts on the right, below two ``featured`` facts."""

    parks: tuple[Card, ...] = Field(min_length=5, max_length=5)
    featured: tuple[Featured, ...] = Field(min_length=2, max_length=2)


class Words(PageWords):
    """What the spread says. ``about``: each park by its name's id; ``key``: how to read the emblems, in three
    columns; ``units``: what the featured figures count, by their facts' ids; ``note``: what is no park;
    ``unknown``: what stands in the place of the figures of a park that has none, by its name's id."""

    kicker: Line
    title: Text
    lead: Text
    left_alt: Passage
    right_alt: Passage
    about: dict[str, Text]
    key: tuple[Text, Text, Text]
    featured_title: Text
    units: dict[str, Line]
    note: Text
    unknown: dict[str, Text] = Field(default_factory=dict)


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "about": lambda show: (card.park for card in show.parks),
    "units": lambda show: (it.fact for it in show.featured),
}
KIND = Kind("park-gallery", 2, Show, Words, needs=NEEDS)
