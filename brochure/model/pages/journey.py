"""A spread about one train's way: the track over both pages with its days, and below it the stages in words."""

from __future__ import annotations

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import DayFact, LabelledNumber, NumberFact, PointFact
from brochure.model.values import Line, Model, NameRef, Passage
from brochure.model.words import PageWords


class Station(Model):
    """Where the track begins, ends or changes its gauge. ``names`` are printed there: at the border one for each side."""

    place: PointFact
    names: tuple[NameRef, ...] = Field(min_length=1, max_length=2)


class Show(Charted):
    """``length`` and ``days`` of the whole way; ``gauges``: before the border and behind it; ``left`` and ``arrived``:
    the train's days; ``figures``: the row of large figures."""

    start: Station
    border: Station
    end: Station
    length: LabelledNumber
    days: NumberFact
    gauges: tuple[NumberFact, NumberFact]
    left: DayFact
    arrived: DayFact
    figures: tuple[LabelledNumber, ...] = Field(min_length=3, max_length=3)


class Section(Model):
    """A heading and its text."""

    title: Line
    text: Text


class Words(PageWords):
    """What the spread says. ``unit`` stands beside the large length; ``stages`` below the track, two on each page; ``notes``
    at the foot, two on each page; ``bounds``: what limits a figure, by its fact."""

    kicker: Line
    title: Text
    lead: Text
    unit: Line
    alt: tuple[Passage, Passage]
    caption: Text
    stages: tuple[Section, ...] = Field(min_length=4, max_length=4)
    service_title: Text
    service: Text
    bounds: dict[str, Line] = Field(default_factory=dict)
    notes: tuple[Section, ...] = Field(min_length=4, max_length=4)


KIND = Kind("journey", 2, Show, Words)
