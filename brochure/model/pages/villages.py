"""A spread about freight villages: the railway that feeds them on the left, the airport, the roads and customs on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import Field, model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.scalar import refuse
from brochure.model.shown import LabelledNumber, NamesFact, NumberFact, PointFact
from brochure.model.values import LabelledFact, Line, Model, NameRef, Passage
from brochure.model.words import PageWords


class Station(Model):
    """A stop of the railway: its place and its name."""

    place: PointFact
    name: NameRef


class Village(Model):
    """A freight village beside a ``station`` of the railway: its ``area`` and, within it, the ``part`` of the logistics
    park; without an area it is an open ring. ``serves``: the parks that it works for."""

    name: NameRef
    station: NameRef
    area: NumberFact | None = None
    part: NumberFact | None = None
    serves: NamesFact | None = None


class Show(Charted):
    """``railway``: its stops, the first at the top; ``villages``: two of them; ``runway``: its length and its width;
    ``figures``: the row of large figures below it; ``roads``: the table."""

    railway: tuple[Station, ...] = Field(min_length=2)
    villages: tuple[Village, ...] = Field(min_length=2, max_length=2)
    runway: tuple[LabelledNumber, LabelledNumber]
    figures: tuple[LabelledNumber, ...] = Field(min_length=3, max_length=3)
    roads: tuple[LabelledFact, ...]

    @model_validator(mode="after")
    def _villages_have_a_station(self) -> Show:
        stops = {station.name for station in self.railway}
        for index, village in enumerate(self.villages):
            if village.station not in stops:
                what = f"“{village.station}” is no station of this railway."
                raise refuse(what, "Write the name of one.", f"villages.{index}.station")
        return self


class Words(PageWords):
    """What the spread says. ``villages``: a text for each, by its name; ``part`` and ``serves`` stand in the drawing;
    ``bounds``: what limits a figure, by its fact."""

    kicker: Line
    title: Text
    lead: Text
    villages: dict[str, Text]
    part: Line
    alt: Passage
    caption: Text
    air_title: Text
    air: Text
    runway_alt: Passage
    bounds: dict[str, Line] = Field(default_factory=dict)
    roads_title: Text
    roads: Text
    customs_title: Text
    customs: tuple[Text, ...] = Field(min_length=1)


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "villages": lambda show: (village.name for village in show.villages),
}
KIND = Kind("villages", 2, Show, Words, needs=NEEDS)
