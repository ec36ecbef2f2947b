"""The opening spread: who invites and why on the left, the list of contents on the right."""

from __future__ import annotations

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.photo import Photo
from brochure.model.values import Line, Model, NameRef, Passage
from brochure.model.words import PageWords


class Show(Charted):
    """``members``: the hosts and guests whom the region meets, as stations on the arc; ``image``: a portrait of
    whoever heads the delegation."""

    members: tuple[NameRef, ...] = Field(min_length=2)
    image: Photo | None = None


class Reason(Model):
    """A reason to meet: a ``figure`` where there is one, what it counts, and a short text."""

    figure: Text | None = None
    title: Text
    text: Text


class Words(PageWords):
    """``reasons`` stand in rows below the arc, under ``why``; ``reading`` says how the brochure's figures are marked."""

    kicker: Line
    title: Text
    lead: Text
    why: Line
    reasons: tuple[Reason, ...]
    alt: Passage
    arc_alt: Passage
    contents_kicker: Line
    reading: Text


KIND = Kind("invitation", 2, Show, Words, yields=True)
