"""The contacts of an edition as its pages, sheets and letters print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from brochure.compose.render import Renderer
from brochure.errors import Place
from brochure.model.markup import Text
from brochure.stages import Manuscript

FILE = "content/contacts.yaml"


@dataclass(frozen=True)
class Card:
    """A contact in one language. ``note``: what it does; ``role``: the same without marks, for those that stand in small
    beside the first (the page of steps names their sources; a card has no room for more of them). ``site``: its portal as a link; ``portal``: the bare address that a code leads to."""

    id: str
    name: Text
    note: Text
    role: Markup
    site: Markup
    portal: str
    telephone: str
    email: str
    address: str
    code_alt: str


def cards(manuscript: Manuscript, renderer: Renderer) -> Iterator[Card]:
    """The edition's contacts in their order."""
    for ref in manuscript.edition.contacts:
        it, words = manuscript.house.contacts[ref], manuscript.language.contacts[ref]
        site = _site(str(ref), manuscript, renderer) if it.portal else Markup("")
        yield Card(str(ref), words.name, words.note, _unmarked(words.note, renderer), site, it.portal or "", str(it.telephone or ""), it.email or "",
                   str(it.address or ""), str(words.code_alt or ""))  # fmt: skip


def _unmarked(text: Text, renderer: Renderer) -> Markup:
    marked, renderer.register.marks = renderer.register.marks, False
    try:
        return renderer.text(text)
    finally:
        renderer.register.marks = marked


def _site(ref: str, manuscript: Manuscript, renderer: Renderer) -> Markup:
    """The portal as a link that the setter can name when it doesn't fit."""
    it, key = manuscript.house.contacts[ref], f"{FILE}#{ref}.portal"
    renderer.places[key] = manuscript.house.places.get(key, Place(FILE))
    link = Markup('<span class="text" data-key="{}"><a href="{}">{}</a></span>')
    return link.format(key, it.portal, it.site)
