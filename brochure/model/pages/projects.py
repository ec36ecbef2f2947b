"""A spread about who came: a table of projects and the curve of their openings, year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import DateFact, DayFact, LabelledNumber, NamesFact, NumberFact
from brochure.model.values import Line, Model, NameRef, Passage, Slug, Truth
from brochure.model.words import PageWords


class Project(Model):
    """A row of the table. ``since``: its opening. ``accent``: it stands out."""

    name: NameRef
    country: NamesFact
    investment: NumberFact
    since: DateFact
    accent: Truth = False


class Milestone(Model):
    """A point of the curve. ``what``: the key of a word beside its name. ``begins``: no opening but a first stone
    or an agreement, drawn as a ring. ``accent``: it stands out."""

    name: NameRef
    when: DayFact
    what: Slug | None = None
    begins: Truth = False
    accent: Truth = False


class Show(Charted):
    """``headline``: how many projects there are; ``projects``: the table, in its order; ``milestones``: the curve;
    ``first`` and ``last``: its years."""

    headline: LabelledNumber
    projects: tuple[Project, ...]
    milestones: tuple[Milestone, ...] = Field(min_length=2)
    first: DayFact
    last: DayFact


class Columns(Model):
    """The heads of the table's columns."""

    country: Line
    company: Line
    makes: Line
    investment: Line
    since: Line


class Words(PageWords):
    """``bound`` stands over the headline; ``makes``: what a project makes, by its name; ``marks``: what a milestone is, by its key."""

    kicker: Line
    title: Text
    bound: Line
    lead: Text
    caption: Text
    alt_left: Passage
    alt_right: Passage
    columns: Columns
    makes: dict[str, Text]
    marks: dict[str, Line]


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "makes": lambda show: (project.name for project in show.projects),
    "marks": lambda show: (stone.what for stone in show.milestones if stone.what),
}
KIND = Kind("projects", 2, Show, Words, needs=NEEDS)
