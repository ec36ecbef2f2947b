"""The list of sources in the order in which they are marked, notes on disputed statements, credits."""

from __future__ import annotations

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import Line
from brochure.model.words import PageWords


class Show(Charted):
    """The list comes from the marks of all other pages."""


class Words(PageWords):
    """``statements``: what the region states and others dispute; ``credits``: fonts, maps, coordinates, icons,
    when they don't stand on another page."""

    kicker: Line
    title: Text
    intro: Text
    statements_title: Text
    statements: tuple[Text, ...]
    credits_title: Text
    credits: tuple[Text, ...] = ()


KIND = Kind("sources", 1, Show, Words, marks=False, gathers=True)
