"""A spread about the special economic zone: its area, its sites, its reliefs beside the ordinary rates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import NumberFact
from brochure.model.values import InterestRef, LabelledFact, Line, Model, Passage
from brochure.model.words import PageWords


class Site(Model):
    """A site of the zone: its name and its area."""

    name: InterestRef
    area: NumberFact


class Show(Charted):
    """``figures``: the zone's key figures. Its chart compares the reliefs, only taxes with both sides known."""

    area: NumberFact
    sites: tuple[Site, Site]
    figures: tuple[LabelledFact, ...]


class Words(PageWords):
    """``sites``: what is said of each site, by its name's id; ``further``: other reliefs; ``residents``: paragraphs;
    ``bounds``: the word before a key figure, by its fact."""

    kicker: Line
    title: Text
    unit: Line
    lead: Text
    sites: dict[str, Text]
    sites_caption: Text
    sites_alt: Passage
    reliefs_title: Text
    reliefs_note: Text
    further: tuple[Text, ...]
    residents_title: Text
    residents: tuple[Text, Text]
    bounds: dict[str, Line]


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "sites": lambda show: (site.name for site in show.sites),
}
KIND = Kind("zone", 2, Show, Words, needs=NEEDS)
