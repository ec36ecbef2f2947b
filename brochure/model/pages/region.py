"""A spread about the region: a map that reaches to Moscow, large figures, the national ranking, ways there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.patterns import NumberPattern
from brochure.model.scalar import refuse
from brochure.model.shown import LabelledNumber, NamedTown, NumberOfYear, PlaceFact
from brochure.model.values import LabelledFact, Line, Model, NameRef, Passage, Truth
from brochure.model.words import PageWords


class Airport(Model):
    """An airport on the map: its name and its coordinates."""

    name: NameRef
    at: PlaceFact


class Step(Model):
    """A year of the ranking: the ``rank`` when it is known, else the number of ``top`` regions it is among.
    ``pilot``: a trial whose result doesn't compare with later years."""

    rank: NumberOfYear | None = None
    top: NumberOfYear | None = None
    pilot: Truth = False

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Step:
        if (self.rank is None) == (self.top is None):
            raise refuse("a step of the ranking is either a rank or a top.", "Write rank: or top: with a fact.")
        return self


class Show(Charted):
    """``towns`` are labelled on the map by their places.* coordinates; ``headline`` is the largest figure; the
    units of ``figures`` are in the words."""

    towns: tuple[NamedTown, ...]
    airports: tuple[Airport, ...]
    headline: LabelledNumber
    figures: tuple[LabelledNumber, ...]
    ranking: tuple[Step, ...]
    distances: tuple[LabelledFact, ...]

    def airport_places(self) -> dict[str, str]:
        """Name id → the part of the fact's id after ``places.``."""
        return {str(airport.name): str(airport.at).partition(".")[2] for airport in self.airports}


class Topic(Model):
    """A short text with its subject."""

    title: Line
    text: Text


class Words(PageWords):
    """What the spread says. ``units`` follow the large figures, ``ranking`` says for each step what its rank means, ``top`` stands
    around a number of regions."""

    kicker: Line
    title: Text
    unit: Line
    units: tuple[Text, ...]
    map_alt: Passage
    map_right_alt: Passage
    europe_alt: Passage
    caption: Text
    ranking_title: Text
    ranking: tuple[Text, ...]
    ranking_alt: Passage
    top: NumberPattern
    topics: tuple[Topic, ...]


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "units": lambda show: show.figures,
    "ranking": lambda show: show.ranking,
}
KIND = Kind("region", 2, Show, Words, needs=NEEDS)
