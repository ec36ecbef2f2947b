"""A spread of small parks: a gallery of emblems, each with the few facts there are."""

from __future__ import annotations

from pydantic import Field

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import FactRef, LabelledFact, Line, Model, NameRef, Passage, Slug
from brochure.model.words import PageWords


class Card(Model):
    """One park. ``emblem``: whose facts it is drawn from, parks.<emblem>.…; ``at``: the fact with its place;
    ``plot``: a plot in it whose area is known; ``facts``: the table under its text."""

    park: NameRef
    emblem: Slug
    at: FactRef | None = None
    plot: FactRef | None = None
    facts: tuple[LabelledFact, ...] = ()


class Show(Model):
    """``parks``: two on the left page, three on the right."""

    parks: tuple[Card, ...] = Field(min_length=5, max_length=5)


class Words(PageWords):
    """What the spread says. ``about``: each park by its name's id; ``note``: what is no park."""

    kicker: Line
    title: Text
    lead: Text
    caption: Text
    left_alt: Passage
    right_alt: Passage
    about: dict[str, Text]
    note: Text


KIND = Kind("park-gallery", 2, Show, Words)
