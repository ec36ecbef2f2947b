"""A spread about the clusters: a star chart of their companies, and what each of them is known for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import NumberFact
from brochure.model.values import InterestRef, Line, Model, NameRef, Passage
from brochure.model.words import PageWords


class Cluster(Model):
    """``companies``: the fact that says how many belong to it, left out when that isn't known; ``anchors``: the
    companies and places drawn around it."""

    name: InterestRef
    companies: NumberFact | None = None
    anchors: tuple[NameRef, ...] = ()


class Show(Charted):
    """``left`` and ``right``: the clusters of each page, in the order in which the line joins them."""

    left: tuple[Cluster, ...]
    right: tuple[Cluster, ...]


class Words(PageWords):
    """``about``: what is said of each cluster, by its name's id; ``caption`` explains the drawing."""

    kicker: Line
    title: Text
    lead: Text
    about: dict[str, Text]
    caption: Text
    alt_left: Passage
    alt_right: Passage


NEEDS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "about": lambda show: (cluster.name for cluster in (*show.left, *show.right)),
}
KIND = Kind("clusters", 2, Show, Words, needs=NEEDS)
