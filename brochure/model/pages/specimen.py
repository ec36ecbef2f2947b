"""A page of the specimen book: templates/specimens/<page id>.html draws it, with sample words of its own."""

from __future__ import annotations

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.logo import LogoRef
from brochure.model.markup import Text
from brochure.model.photo import Photo
from brochure.model.values import Line, Passage
from brochure.model.words import PageWords


class Show(Charted):
    """The template of the page's id says what is shown; ``image`` and ``logos`` are there to be shown."""

    image: Photo | None = None
    logos: tuple[LogoRef, ...] = ()


class Words(PageWords):
    """``lead`` is missing where a component's own head says what it is. ``cases``: captions of specimens; ``samples``: texts to set; ``lines``: words for
    drawings and tables; ``alts``: descriptions of pictures. Their keys are the template's own."""

    kicker: Line
    title: Text
    lead: Text | None = None
    cases: dict[str, Line] = Field(default_factory=dict)
    samples: dict[str, Text] = Field(default_factory=dict)
    lines: dict[str, Line] = Field(default_factory=dict)
    alts: dict[str, Passage] = Field(default_factory=dict)


KIND = Kind("specimen", 1, Show, Words)
