"""A page of running text with a table of facts and, where an editor has one, a photograph."""

from __future__ import annotations

from pydantic import Field, model_validator

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.photo import Photo
from brochure.model.scalar import refuse
from brochure.model.values import InterestRef, LabelledFact
from brochure.model.words import PageWords


class Show(Charted):
    """``facts`` make the table; ``image`` stands above the text; ``about``: parks, clusters or routes that it is about,
    by which readers find it."""

    facts: tuple[LabelledFact, ...] = ()
    image: Photo | None = None
    about: tuple[InterestRef, ...] = ()


class Words(PageWords):
    """What the page says."""

    kicker: Text | None = None
    title: Text
    lead: Text
    body: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _not_endless(self) -> Words:
        if len(self.body) > 40:
            raise refuse("an article has 40 paragraphs at most.", "Split it into two pages.", "body")
        return self


KIND = Kind("article", 1, Show, Words)
