"""Handouts: a sheet of two sides for one park, one cluster, the zone or the corridors.

What a handout shows is worked out from the edition and the facts (``load/subjects.py``), so its models are filled by
the program; only ``HandoutWords`` is written by people."""

from __future__ import annotations

from pydantic import Field, model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text, Words
from brochure.model.pages import back, corridors, parks, zone
from brochure.model.pages.park import Resident
from brochure.model.patterns import Pattern
from brochure.model.scalar import refuse
from brochure.model.shown import EmblemRef, LabelledNumber, NumberFact, PointFact
from brochure.model.values import LabelledFact, Line, Model, NameRef
from brochure.model.words import PageWords

ENOUGH = 8  # facts that fill two sides; a subject with fewer gets no handout
SORTS = ("park", "cluster", "zone", "corridors")


class Show(Charted):
    """``figures``: four to six that are set large on the front; ``facts``: the table on the back; ``distances``: the
    one below its map; ``companies`` with what each makes; ``spots``: what the map marks; ``back``: where to turn."""

    subject: NameRef
    figures: tuple[LabelledNumber, ...]
    facts: tuple[LabelledFact, ...]
    distances: tuple[LabelledNumber, ...] = ()
    companies: tuple[Resident, ...] = ()
    spots: tuple[parks.Spot, ...] = ()
    back: back.Show


class ParkShow(Show):
    """``emblem``: whose facts it is drawn from; ``at``, ``plot``, ``distance``: as in the brochure's emblem."""

    emblem: EmblemRef
    at: PointFact | None = None
    plot: NumberFact | None = None
    distance: NumberFact | None = None


class ClusterShow(Show):
    """``members``: how many belong to it, left out when that isn't known; ``anchors``: its companies and places."""

    members: NumberFact | None = None
    anchors: tuple[NameRef, ...] = ()


class ZoneShow(Show):
    """``zone``: what the brochure's spread shows."""

    zone: zone.Show


class CorridorsShow(Show):
    """``corridors``: what the brochure's spread shows."""

    corridors: corridors.Show


class Emblem(Model):
    """How to read an emblem, a line for each of its parts."""

    disc: Text
    planned: Text
    plot: Text
    open: Text
    power: Text
    orbit: Text
    no_orbit: Text
    satellites: Text
    rail: Text


class Stars(Model):
    """How to read the picture of a cluster, a line for each of its parts."""

    members: Text
    unknown: Text
    anchors: Text


class Alts(Model):
    """Descriptions for readers who can't see: ``{x}`` is what the picture is of."""

    emblem: Pattern
    stars: Pattern
    sites: Pattern
    map: Pattern


class HandoutWords(Model):
    """content/<language>/handouts.yaml: what all handouts say. ``kickers`` by the sort of subject; ``titles`` of
    subjects whose name alone is no title; ``of_company``: what follows a company's name and a comma in a table, by the
    last word of the fact's id; ``labels`` of facts, before all others; ``dated``: of which day the sheet is, ``{x}``."""

    kickers: dict[str, Line]
    titles: dict[str, Line] = Field(default_factory=dict)
    facts: Text
    companies: Text
    members: Text
    where: Text
    emblem: Emblem
    stars: Stars
    alts: Alts
    map_note: Text
    dated: Pattern
    legal: Text
    of_company: dict[str, Text]
    labels: dict[str, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _a_kicker_for_each_sort(self) -> HandoutWords:
        if set(self.kickers) != set(SORTS):
            raise refuse(
                f"“kickers” are for {', '.join(SORTS)}.", "Write a line for each, and nothing else.", "kickers"
            )
        return self


class Said(PageWords):
    """What one handout says: its own head, the brochure's words of its subject, and what all handouts say.
    ``makes``: what each company makes, ``sums``: what its figure is; ``page``: the words of the subject's page."""

    kicker: Line
    title: Line | Text
    lead: Text
    body: tuple[Text, ...] = ()
    makes: dict[str, Text] = Field(default_factory=dict)
    sums: dict[str, Text] = Field(default_factory=dict)
    page: PageWords
    back: back.Words
    own: HandoutWords

    @property
    def heading(self) -> str:
        """The title without markup, for a file's own title."""
        if not isinstance(self.title, Text):
            return str(self.title)
        return " ".join(node.text for node in self.title.walk() if isinstance(node, Words)).strip()


def _kind(name: str, show: type[Show]) -> Kind:
    return Kind(name, 2, show, Said, gathers=True, room="handouts", file="handouts")


HANDOUTS: dict[str, Kind] = {
    "park": _kind("park", ParkShow),
    "cluster": _kind("cluster", ClusterShow),
    "zone": _kind("zone", ZoneShow),
    "corridors": _kind("corridors", CorridorsShow),
}

__all__ = ["ENOUGH", "HANDOUTS", "SORTS", "HandoutWords", "Said", "Show"]
