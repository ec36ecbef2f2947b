"""A spread about the special economic zone: its area, its sites, its reliefs beside the ordinary rates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Self

from pydantic import ValidationInfo

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.scalar import refuse
from brochure.model.shown import NumberFact
from brochure.model.values import LabelledFact, Line, Model, NameRef, Passage, Slug
from brochure.model.words import PageWords


class Site(Model):
    """A site of the zone: its name and its area."""

    name: NameRef
    area: NumberFact


class Relief(Model):
    """A tax in the zone beside the ordinary one. ``term``: for how many years, left out when no source says so."""

    name: Slug
    zone: NumberFact
    ordinary: NumberFact
    term: NumberFact | None = None


class Show(Model):
    """``figures``: the zone's key figures; ``reliefs``: what the chart compares, only taxes with both sides known."""

    area: NumberFact
    sites: tuple[Site, Site]
    reliefs: tuple[Relief, ...]
    figures: tuple[LabelledFact, ...]


class ReliefLine(Line):
    """A label in which nothing stands in braces but the figures of its relief."""

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The line; a refusal for other braces."""
        line = super().read(value, info)
        if re.search(r"[{}]", re.sub(r"\{(rate|term)\}", "", line)):
            raise refuse(f"“{line}” has braces that stand for nothing.", "Write {rate} or {term}, and no other braces.")
        return line


class Chart(Model):
    """The chart's direct labels, by relief; ``{rate}`` and ``{term}`` stand for its figures. ``zone`` goes on after the
    zone's rate, which is set large."""

    taxes: dict[str, ReliefLine]
    since: dict[str, ReliefLine]
    zone: dict[str, ReliefLine]
    ordinary: dict[str, ReliefLine]


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
    residents: tuple[Text, Text]
    bounds: dict[str, Line]


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "sites": lambda show: (site.name for site in show.sites),
    "chart.taxes": lambda show: (relief.name for relief in show.reliefs),
    "chart.since": lambda show: (relief.name for relief in show.reliefs),
    "chart.zone": lambda show: (relief.name for relief in show.reliefs),
    "chart.ordinary": lambda show: (relief.name for relief in show.reliefs),
}
KIND = Kind("zone", 2, Show, Words, needs=NEEDS)
