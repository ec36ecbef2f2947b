"""What each language says, text by text: the keys that translations are compared, exported and accepted by.

The first language of the house's default edition is the one that is written; all others are translations of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from brochure.errors import Place
from brochure.house import House
from brochure.model.markup import Figure, Link, Mark, Plain, Text, Words
from brochure.model.mentions import values
from brochure.model.values import Line

BRACED = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True)
class Saying:
    """One text of one language: where it stands, as written, the facts and targets that it mentions, the words in
    braces that a drawing fills, its letters without markup, and whether it may have any (``marked``)."""

    key: str
    place: Place
    raw: str
    mentions: frozenset[str]
    letters: str
    marked: bool = False

    @property
    def digest(self) -> str:
        """Twelve letters that change with the text."""
        return hashlib.sha256(self.raw.encode()).hexdigest()[:12]

    @property
    def file(self) -> str:
        """The file that it stands in, below the language's folder: ``pages/zone.yaml``."""
        return self.key.partition("#")[0]

    @property
    def name(self) -> str:
        """Its key within the file: ``sections.1.title``."""
        return self.key.partition("#")[2]


def source(it: House) -> str:
    """The language that the others are translated from."""
    return it.editions[it.default_edition].languages[0] if it.editions else ""


def sayings(it: House, tag: str) -> dict[str, Saying]:
    """Every text of a language by its key, such as ``pages/zone.yaml#lead``; not the ones that it borrows."""
    language = it.languages[tag]
    pages = [words for (spoken, _), words in it.words.items() if spoken == tag]
    found: dict[str, Saying] = {}
    folder = f"content/{tag}/"
    apart = [language.ticket, language.mail, language.handouts, language.leaflet, language.contacts]
    for value in values([language.common, language.names, language.labels, language.editions, *apart, *pages]):
        if isinstance(value, (Line, Text)) and value.place.file.startswith(folder):
            saying = _saying(value, folder)
            found[saying.key] = saying
    return found


def _saying(value: Line | Text, folder: str) -> Saying:
    key = f"{value.place.file.removeprefix(folder)}#{value.key}"
    if isinstance(value, Line):
        return Saying(key, value.place, str(value), frozenset(BRACED.findall(value)), BRACED.sub("", value))
    mentions, letters = set(), []
    for node in value.walk():
        if isinstance(node, (Figure, Mark)):
            mentions.add(str(node.fact))
        elif isinstance(node, Link):
            mentions.add(f"[…]({node.target})")
        elif isinstance(node, (Words, Plain)):
            letters.append(node.text)
    return Saying(key, value.place, value.raw, frozenset(mentions), " ".join(letters), marked=True)
