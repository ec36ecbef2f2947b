"""The letter of a personal copy, with the line on its cover: the only pages that are set for each recipient."""

from __future__ import annotations

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.patterns import Pattern
from brochure.model.values import Line, Model, Passage, Url
from brochure.model.words import PageWords


class Show(Model):
    """``portal``: where the QR code leads, with the recipient's own token behind it, when that isn't the portal of the
    edition's first contact."""

    portal: Url | None = None


class Words(PageWords):
    """``prepared`` stands on the cover and ``salutation`` over the letter, both around the recipient's name and neither
    bound to a gender. ``chosen`` introduces the recipient's interests with their pages (``page`` around the number),
    ``open`` takes its place where there are none. ``contact``: around whom the recipient may turn to."""

    kicker: Line
    title: Text
    prepared: Pattern
    salutation: Pattern
    body: tuple[Text, ...]
    chosen: Text
    open: Text
    page: Pattern
    closing: Text
    signature: Text
    contact: Pattern
    code: Text
    code_alt: Passage


KIND = Kind("letter", 1, Show, Words, marks=False, contacts=True)
