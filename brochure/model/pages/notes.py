"""Notes: quiet pages to write on, as many as make whole sheets of the brochure."""

from __future__ import annotations

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import Model
from brochure.model.words import PageWords


class Show(Model):
    """Nothing: the page is for the reader's pen."""


class Words(PageWords):
    """What the page says."""

    title: Text


KIND = Kind("notes", 1, Show, Words, fills=True)
