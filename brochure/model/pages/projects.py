"""A spread about who came: a table of projects and the curve of their openings, year by year."""

from __future__ import annotations

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import FactRef, LabelledFact, Line, Model, NameRef, Passage, Slug, Truth
from brochure.model.words import PageWords


class Project(Model):
    """A row of the table. ``since``: its opening. ``accent``: it stands out."""

    name: NameRef
    country: FactRef
    investment: FactRef
    since: FactRef
    accent: Truth = False


class Milestone(Model):
    """A point of the curve. ``what``: the key of a word beside its name. ``begins``: no opening but a first stone
    or an agreement, drawn as a ring. ``accent``: it stands out."""

    name: NameRef
    when: FactRef
    what: Slug | None = None
    begins: Truth = False
    accent: Truth = False


class Show(Charted):
    """``headline``: how many projects there are; ``projects``: the table, in its order; ``milestones``: the curve;
    ``first`` and ``last``: its years."""

    headline: LabelledFact
    projects: tuple[Project, ...]
    milestones: tuple[Milestone, ...]
    first: FactRef
    last: FactRef


class Words(PageWords):
    """``bound`` stands over the headline; ``makes``: what a project makes, by its name; ``marks``: what a milestone is, by its key."""

    kicker: Line
    title: Text
    bound: Line
    lead: Text
    caption: Text
    alt_left: Passage
    alt_right: Passage
    columns: dict[str, Line]
    makes: dict[str, Text]
    marks: dict[str, Line]


KIND = Kind("projects", 2, Show, Words)
