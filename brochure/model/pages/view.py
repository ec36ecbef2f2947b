"""A full page that is one photograph, with a line about what it shows."""

from __future__ import annotations

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.photo import Photo
from brochure.model.values import Line, Model
from brochure.model.words import PageWords


class Show(Model):
    """``image`` bleeds on three sides; the words stand below it, on paper."""

    image: Photo


class Words(PageWords):
    """``title`` says what the picture shows, ``lead`` why it is here."""

    kicker: Line | None = None
    title: Text
    lead: Text | None = None


KIND = Kind("view", 1, Show, Words)
