"""A spread about one large park: emblem, facts, its sites as a diagram, residents, freight village, railway."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.photo import Photo
from brochure.model.shown import DateFact, EmblemRef, LabelledNumber, NamesFact, PointFact
from brochure.model.values import InterestRef, LabelledFact, Line, Model, NameRef, Passage, Truth
from brochure.model.words import PageWords


class Resident(Model):
    """A company in a park: ``since`` when, from which ``country``, one ``figure``, each with its source.
    An ``accent`` sets it apart."""

    name: NameRef
    since: DateFact | None = None
    country: NamesFact | None = None
    figure: LabelledFact | None = None
    accent: Truth = False


class Village(Model):
    """A freight village: its area, the part of its logistics park and the rest, its capacity, and what the table shows."""

    whole: LabelledNumber
    part: LabelledNumber
    rest: LabelledNumber
    capacity: LabelledNumber
    facts: tuple[LabelledFact, ...] = ()


class Show(Charted):
    """``emblem``: whose facts the emblem is drawn from, parks.<emblem>.…; ``at``: the fact with its place;
    ``facts``: the table; ``sites``: areas of the diagram, their ids end in north, east, central, west, south;
    ``image``: a photograph under the emblem, in the page's blues."""

    park: InterestRef
    emblem: EmblemRef
    at: PointFact
    facts: tuple[LabelledFact, ...]
    sites: tuple[LabelledNumber, ...]
    residents: tuple[Resident, ...]
    village: Village
    image: Photo | None = None


class Words(PageWords):
    """What the spread says. ``makes``: what each resident makes, by its name's id; ``sites``: the sites' names
    by the last word of their facts; ``existing`` and ``planned`` stand beside the emblem's areas,
    ``village_part`` and ``village_rest`` beside the village's."""

    kicker: Line
    title: Text
    lead: Text
    emblem_caption: Text
    emblem_alt: Passage
    track_alt: Passage
    existing: Line
    planned: Line
    sites_title: Text
    sites_body: tuple[Text, ...]
    sites_caption: Text
    sites_alt: Passage
    sites: dict[str, Line]
    residents_title: Text
    makes: dict[str, Text]
    village_title: Text
    village_body: tuple[Text, ...]
    village_alt: Passage
    village_part: Line
    village_rest: Line
    capacity_bound: Line
    capacity_unit: Line


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "sites": lambda show: (site.rpartition(".")[2] for site in show.sites),
}
KIND = Kind("park", 2, Show, Words, needs=NEEDS)
