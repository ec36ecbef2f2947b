"""Figures in running text that no fact prints, and the few that are marked as plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from brochure.errors import Complaint
from brochure.house import House
from brochure.language import DIGIT
from brochure.model.limits import raise_it
from brochure.model.markup import MarkedLine, Plain, Text
from brochure.model.mentions import values


def digits(text: str) -> str:
    """The first word with a digit in it, in quotation marks."""
    match = re.search(rf"\S*{DIGIT.pattern}\S*", text)
    return f"“{match[0]}”" if match else ""


def plain_texts(it: House, edition: str, tag: str) -> list[tuple[Text | MarkedLine, str]]:
    """Every text that an edition marks as plain in a language, {=…} with a digit in it, with the text that it stands in."""
    pages = [words for page in it.pages(edition) if (words := it.words_of(edition, tag, page.id))]
    language = it.languages[tag]
    apart = replace(language, editions={edition: language.editions[edition]} if edition in language.editions else {})
    everything: list[Any] = [*pages, apart]
    return [
        (text, node.text)
        for text in values(everything)
        if isinstance(text, (Text, MarkedLine))
        for node in text.walk()
        if isinstance(node, Plain) and DIGIT.search(node.text)
    ]


def plain_count(it: House, edition: str, tag: str) -> Iterator[Complaint]:
    """A complaint when an edition marks more texts as plain in a language than it may."""
    plain = plain_texts(it, edition, tag)
    if len(plain) > (most := it.limits.plain_texts):
        text = plain[most][0]
        yield Complaint(
            text.place,
            f"the language {tag} marks {len(plain)} texts as plain; {most} are the limit.",
            f"Print figures through facts, {raise_it('plain_texts')}",
        )
