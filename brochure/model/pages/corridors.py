"""A spread about the railway corridors: one map over both pages, days by rail and by sea, partners."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.patterns import RangePattern
from brochure.model.shown import NumberFact, PointFact
from brochure.model.values import InterestRef, LabelledFact, Line, Model, NameRef, Number, Passage, Truth
from brochure.model.words import PageWords


class Stop(Model):
    """A node of a corridor. ``names`` are printed beside it; ``by`` says how the journey goes on from here."""

    place: PointFact
    names: tuple[NameRef, ...] = ()
    by: Literal["rail", "ship", "lorry"] = "rail"


class Route(Model):
    """A corridor through its nodes. ``bow`` bends its longest leg to the left of the way, as a share of the leg."""

    name: InterestRef
    stops: tuple[Stop, ...] = Field(min_length=2)
    bow: Number | None = None
    days: NumberFact | None = None
    length: NumberFact | None = None
    planned: Truth = False


class Show(Charted):
    """``gauges``: the two track gauges at the border station, the corridor's own first. ``lorry``: the length of the
    leg by road. ``saves``: the table of what a container saves."""

    routes: tuple[Route, ...]
    marks: tuple[Stop, ...] = ()
    gauges: tuple[NumberFact, NumberFact]
    gauge_at: NameRef
    lorry: NumberFact
    saves: tuple[LabelledFact, ...]


class Section(Model):
    """A heading and its text."""

    title: Text
    text: Text


class MapWords(Model):
    """The words in the map. ``routes``: what a corridor's days were measured on, by its name; ``gauge`` stands around the two gauges."""

    routes: dict[str, Line]
    gauge: RangePattern
    ship: Line
    lorry: Line
    planned: Line
    summit: Line


class Words(PageWords):
    """What the spread says. ``sections`` run down the left page; ``map_alt`` describes the left half and the right half."""

    kicker: Line
    title: Text
    lead: Text
    sections: tuple[Section, ...]
    map: MapWords
    map_alt: tuple[Passage, Passage]
    map_caption: Text
    saves_title: Text
    saves_note: Text
    partners_title: Text
    partners: Text


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "map.routes": lambda show: (route.name for route in show.routes if route.days),
}
KIND = Kind("corridors", 2, Show, Words, needs=NEEDS)
