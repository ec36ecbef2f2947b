"""A spread about the special economic zone: its area, its sites, its reliefs beside the ordinary rates."""

from __future__ import annotations

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import FactRef, LabelledFact, Line, Model, NameRef, Passage, Slug
from brochure.model.words import PageWords


class Site(Model):
    """A site of the zone: its name and its area."""

    name: NameRef
    area: FactRef


class Relief(Model):
    """A tax in the zone beside the ordinary one. ``term``: for how many years, left out when no source says so."""

    name: Slug
    zone: FactRef
    ordinary: FactRef
    term: FactRef | None = None


class Show(Charted):
    """``figures``: the zone's key figures; ``reliefs``: what the chart compares, only taxes with both sides known."""

    area: FactRef
    sites: tuple[Site, Site]
    reliefs: tuple[Relief, ...]
    figures: tuple[LabelledFact, ...]


class Chart(Model):
    """The chart's direct labels, by relief; ``{rate}`` and ``{term}`` stand for its figures. ``zone`` goes on after the
    zone's rate, which is set large."""

    taxes: dict[str, Line]
    since: dict[str, Line]
    zone: dict[str, Line]
    ordinary: dict[str, Line]


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
    reliefs_alt: Passage
    chart: Chart
    further: tuple[Text, ...]
    residents_title: Text
    residents: tuple[Text, ...]
    bounds: dict[str, Line]


KIND = Kind("zone", 2, Show, Words)
