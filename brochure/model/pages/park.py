"""A spread about one large park: emblem, facts, residents, its sites as a diagram, its railway."""

from __future__ import annotations

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import FactRef, LabelledFact, Line, Model, NameRef, Passage
from brochure.model.words import PageWords


class Resident(Model):
    """A company in the park: who, and the facts that say what and how much."""

    name: NameRef
    country: NameRef
    facts: tuple[FactRef, ...] = ()


class Show(Model):
    """``sites``: areas that the diagram is drawn from; ``figures``: the large figures; ``facts``: the table."""

    park: NameRef
    figures: tuple[LabelledFact, ...]
    facts: tuple[LabelledFact, ...]
    sites: tuple[LabelledFact, ...]
    residents: tuple[Resident, ...]
    freight: tuple[LabelledFact, ...]


class Words(PageWords):
    """What the spread says."""

    kicker: Line
    title: Text
    lead: Text
    body: tuple[Text, ...]
    sites_title: Text
    sites_note: Text
    sites_alt: Passage
    emblem_alt: Passage
    residents_title: Text
    makes: dict[str, Text]
    freight_title: Text
    freight: tuple[Text, ...]
    labels: dict[str, Text] = {}


KIND = Kind("park", 2, Show, Words)
