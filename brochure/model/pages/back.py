"""The back cover: contacts, QR code, imprint, and the cover's picture coming home."""

from __future__ import annotations

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.shown import NumberFact
from brochure.model.values import Line, Model, NameRef, Number, Passage, Url
from brochure.model.words import PageWords


class Show(Model):
    """``portal``: where the QR code leads. ``telephone``, ``email`` and ``address`` are the editor's: the page
    looks finished without them. ``park`` stands in the picture on the orbit of its ``distance``, ``bearing``
    degrees clockwise from the top; ``orbits``: distances of the other orbits."""

    portal: Url
    telephone: Line | None = None
    email: Line | None = None
    address: Line | None = None
    park: NameRef
    distance: NumberFact
    bearing: Number
    orbits: tuple[NumberFact, ...] = ()


class Words(PageWords):
    """What the page says."""

    kicker: Line
    title: Text
    portal: Text
    portal_note: Text
    qr_alt: Passage
    alt: Passage
    imprint: tuple[Text, ...]


KIND = Kind("back", 1, Show, Words, marks=False)
