"""A spread about companies that came and grew: a line for each over the same years, a step upwards at each event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import DayFact, LabelledNumber, NamesFact, NumberFact
from brochure.model.values import Line, Model, NameRef, Passage, Slug
from brochure.model.words import PageWords


class Event(Model):
    """A point of a line. ``what``: the key of its word; ``money``: what was invested, drawn as a disc when it is in the
    spread's currency."""

    when: DayFact
    what: Slug
    money: NumberFact | None = None


class Company(Model):
    """A line: whose, from which ``country``, its ``events`` in their order. ``pause``: from when to when it stood still."""

    name: NameRef
    country: NamesFact
    events: tuple[Event, ...] = Field(min_length=2, max_length=6)
    pause: tuple[DayFact, DayFact] | None = None


class Show(Charted):
    """``currency``: the unit whose sums are discs in one scale; ``first`` and ``last``: the years of the picture;
    ``figures``: the row of large figures."""

    companies: tuple[Company, ...] = Field(min_length=5, max_length=5)
    currency: Literal["EUR", "USD", "RUB"]
    first: DayFact
    last: DayFact
    figures: tuple[LabelledNumber, ...] = Field(min_length=3, max_length=3)


class Words(PageWords):
    """What the spread says. ``companies``: a text for each, by its name; ``events``: what happened, by its key; ``bounds``:
    what limits a figure, by its fact."""

    kicker: Line
    title: Text
    lead: Text
    companies: dict[str, Text]
    events: dict[str, Line]
    bounds: dict[str, Line] = Field(default_factory=dict)
    alt: tuple[Passage, Passage]
    caption: Text


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "companies": lambda show: (company.name for company in show.companies),
    "events": lambda show: (event.what for company in show.companies for event in company.events),
}
KIND = Kind("growth", 2, Show, Words, needs=NEEDS)
