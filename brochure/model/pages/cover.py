"""The front cover: title, event and one picture drawn from the parks' figures."""

from __future__ import annotations

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import Model, NameRef, Passage
from brochure.model.words import PageWords


class Show(Model):
    """``parks``: whose areas and distances the orbits are drawn from, by their name ids."""

    parks: tuple[NameRef, ...]


class Words(PageWords):
    """``caption`` says what the drawing shows, ``alt`` describes it to readers who can't see it."""

    kicker: Text
    title: Text
    event: Text
    caption: Text
    alt: Passage


KIND = Kind("cover", 1, Show, Words, marks=False)
