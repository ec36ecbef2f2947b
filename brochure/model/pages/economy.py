"""A spread about people and the economy: everybody in the region as dots on the left, charts of work and output on the
right."""

from __future__ import annotations

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import LabelledNumber, NumberFact
from brochure.model.values import LabelledFact, Line, Model, Passage
from brochure.model.words import PageWords


class Crowd(Model):
    """A dot for every thousand: ``all`` of them, the ``share`` in towns, those in the ``capital``."""

    all: LabelledNumber
    share: NumberFact
    capital: NumberFact


class Show(Charted):
    """``crowd``: the picture of the left page; ``facts``: the table below it; ``figures``: the row of large figures on the
    right page."""

    crowd: Crowd
    facts: tuple[LabelledFact, ...]
    figures: tuple[LabelledNumber, ...] = Field(min_length=3, max_length=3)


class Words(PageWords):
    """What the spread says. ``key``: what the three kinds of dots are, the capital first; ``bounds``: what limits a figure,
    by its fact; ``sections``: texts below the charts."""

    kicker: Line
    title: Text
    lead: Text
    unit: Line
    alt: Passage
    key: tuple[Text, Text, Text]
    caption: Text
    work_title: Text
    output_title: Text
    output: Text
    trade_title: Text
    trade: Text
    bounds: dict[str, Line] = Field(default_factory=dict)
    sections: tuple[Text, ...] = Field(min_length=2, max_length=2)


KIND = Kind("economy", 2, Show, Words)
