"""The back cover: contacts, QR code, imprint, and the cover's picture coming home."""

from __future__ import annotations

from pydantic import Field

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.logo import LogoRef
from brochure.model.markup import Text
from brochure.model.shown import NumberFact
from brochure.model.values import Line, NameRef, Number, Passage
from brochure.model.words import PageWords


class Show(Charted):
    """The edition's contacts, and its picture: ``park`` stands in the picture on the orbit of its ``distance``, ``bearing``
    degrees clockwise from the top; ``orbits``: distances of the other orbits. ``logos``: partners' logos in a row;
    ``publisher``: the logo above the imprint."""

    park: NameRef
    distance: NumberFact
    bearing: Number
    orbits: tuple[NumberFact, ...] = ()
    logos: tuple[LogoRef, ...] = Field(default=(), max_length=6)
    publisher: LogoRef | None = None


class Words(PageWords):
    """``credits``: fonts, maps, coordinates, icons, when they don't stand with the sources."""

    kicker: Line
    title: Text
    alt: Passage
    imprint: tuple[Text, ...]
    credits_title: Text | None = None
    credits: tuple[Text, ...] = ()


KIND = Kind("back", 1, Show, Words, marks=False, contacts=True)
