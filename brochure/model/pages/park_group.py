"""A spread about parks that belong together: one large on the left page, two on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.pages.park import Resident
from brochure.model.shown import EmblemRef, LabelledNumber, NumberFact, PointFact
from brochure.model.values import InterestRef, LabelledFact, Line, Model, Passage
from brochure.model.words import PageWords


class Park(Model):
    """One of the parks. ``emblem``: whose facts it is drawn from, parks.<emblem>.…; ``at``: the fact with its
    place; ``plot``: a plot in it whose area is known; ``facts``: the table."""

    park: InterestRef
    emblem: EmblemRef
    at: PointFact | None = None
    plot: NumberFact | None = None
    facts: tuple[LabelledFact, ...] = ()
    residents: tuple[Resident, ...] = ()


class Featured(Resident):
    """A resident that stands out with its figure."""

    figure: LabelledNumber


class Show(Charted):
    """``parks``: the large one first. ``featured``: the residents that stand out with a large figure."""

    parks: tuple[Park, ...] = Field(min_length=3, max_length=3)
    featured: tuple[Featured, ...] = Field(min_length=2, max_length=2)


class Words(PageWords):
    """What the spread says. ``about``: each park by its name's id; ``makes``: each resident by its name's id;
    ``units``: what a featured resident's large figure counts."""

    kicker: Line
    title: Text
    lead: Text
    caption: Text
    left_alt: Passage
    right_alt: Passage
    about: dict[str, tuple[Text, ...]]
    featured_title: Text
    units: dict[str, Line]
    makes: dict[str, Text]


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "about": lambda show: (park.park for park in show.parks),
    "units": lambda show: (it.name for it in show.featured),
}
KIND = Kind("park-group", 2, Show, Words, needs=NEEDS)
