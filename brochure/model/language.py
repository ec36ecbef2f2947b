"""A language: all that it says, but for the words of single pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from brochure.model.budget import Budget
from brochure.model.contacts import ContactWords
from brochure.model.handouts import HandoutWords
from brochure.model.leaflet import LeafletWords
from brochure.model.mail import MailWords
from brochure.model.markup import Text
from brochure.model.ticket import TicketWords
from brochure.model.values import Line
from brochure.model.words import CommonWords, EditionWords, LanguageWords, Unit


@dataclass(frozen=True)
class Language:
    """All words of one language that don't belong to a page. ``accepted``: which text each translation was made from, by
    its key; ``budgets``: how long a text of the written language may be, by its key; ``mail``: what the letters of each
    edition say, nothing in a house that sends none; ``contacts``: what it says of whom. ``ticket`` is missing in a house
    without printers, ``handouts`` and ``leaflet`` where there are none."""

    words: LanguageWords
    common: CommonWords
    units: dict[str, Unit]
    names: dict[str, Line]
    labels: dict[str, Text]
    editions: dict[str, EditionWords]
    accepted: dict[str, Line] = field(default_factory=dict)
    ticket: TicketWords | None = None
    budgets: dict[str, Budget] = field(default_factory=dict)
    mail: dict[str, MailWords] = field(default_factory=dict)
    handouts: HandoutWords | None = None
    leaflet: LeafletWords | None = None
    contacts: dict[str, ContactWords] = field(default_factory=dict)
