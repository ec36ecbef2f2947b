"""A spread about all industrial parks: a map with discs in proportion to hectares, and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import Field, model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.scalar import refuse
from brochure.model.shown import (
    LabelledNumber,
    NamedTown,
    NumberFact,
    NumberOfYear,
    PlaceFact,
    TownRef,
)
from brochure.model.values import FactRef, InterestRef, Line, Model, NameRef, Number, Passage, Whole
from brochure.model.words import PageWords


class Spot(Model):
    """Where a park stands on the map: at a point or a town, ``away`` from it by a distance that a fact gives, in the
    ``bearing`` given in degrees from north, or ``aside`` by km east and north where only the side is known.
    ``area`` is the size of its disc; without it the size isn't known. ``built``: the part that isn't only planned."""

    park: NameRef
    at: PlaceFact | None = None
    town: TownRef | None = None
    away: NumberFact | None = None
    bearing: Whole | None = None
    aside: tuple[Number, ...] = Field(default=(), max_length=2)
    area: NumberFact | None = None
    built: NumberFact | None = None

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Spot:
        if (self.at is None) == (self.town is None):
            raise refuse("a spot is either at a place or in a town.", "Write at: with a fact, or town:.", "park")
        if len(self.aside) == 1:
            raise refuse("“aside” has one number.", "Write two: km to the east and km to the north.", "aside")
        return self

    def details(self) -> dict[str, Any]:
        """The same in plain words for the drawing; places.* ids lose their first word."""
        place = str(self.at).partition(".")[2] if self.at else str(self.town)
        return {
            "park": str(self.park),
            "place": place,
            "away": str(self.away or ""),
            "bearing": self.bearing or 0,
            "aside": tuple(float(km) for km in self.aside) or (0.0, 0.0),
            "area": str(self.area or ""),
            "built": str(self.built or ""),
        }


class Resident(Model):
    """A company and the fact that says it is in the park."""

    name: NameRef
    by: FactRef


class Row(Model):
    """A park in the table; only what has a fact."""

    park: InterestRef
    area: NumberOfYear | None = None
    residents: tuple[Resident, ...] = ()


class Show(Charted):
    """``headline``: the region's statement of the parks' area; ``figures``: of the registered parks."""

    towns: tuple[NamedTown, ...]
    spots: tuple[Spot, ...]
    headline: LabelledNumber
    figures: tuple[NumberOfYear, ...]
    rows: tuple[Row, ...]


class Words(PageWords):
    """What the spread says. ``units`` follow the figures, ``figures`` says of which parks they are; ``where`` tells by the park's name id where it lies."""

    kicker: Line
    title: Text
    map_alt: Passage
    map_right_alt: Passage
    caption: Text
    bound: Line
    unit: Line
    units: tuple[Text, ...]
    figures: Text
    columns: tuple[Line, ...] = Field(min_length=4, max_length=4)
    where: dict[str, Text]
    note: Text


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "units": lambda show: show.figures,
}
KIND = Kind("parks", 2, Show, Words, needs=NEEDS)
