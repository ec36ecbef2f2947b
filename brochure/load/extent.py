"""How much a page says: what is far too long is told before WeasyPrint tries to set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pydantic import BaseModel

from brochure.errors import Complaint, Place
from brochure.house import House, PlannedPage
from brochure.model.limits import raise_it
from brochure.model.markup import Text
from brochure.model.mentions import refs, values
from brochure.model.values import LabelledFact, Line, NameRef
from brochure.model.words import PageWords


def slips(it: House) -> Iterator[Complaint]:
    """Cells and pages that say more than the limits allow."""
    for language in it.languages.values():
        for label in language.labels.values():
            yield from _cell(it, label)
    for name, edition in it.editions.items():
        for tag in edition.languages:
            for page in it.pages(name):
                if tag in it.languages and (words := it.words_of(name, tag, page.id)):
                    yield from _page(it, tag, page, words)
    for words in it.words.values():
        for text in cells(words):
            yield from _cell(it, text)


def cells(words: BaseModel) -> Iterator[Text]:
    """The texts of a page that stand in tables, lists and grids: all but its own running texts and paragraphs."""
    for name in type(words).model_fields:
        value = getattr(words, name)
        inner = [value] if isinstance(value, (BaseModel, Mapping)) else value if isinstance(value, tuple) else []
        yield from (v for v in chain.from_iterable(_nested(part) for part in inner) if isinstance(v, Text))


def _nested(part: Any) -> Iterator[Any]:
    """Everything below a model or mapping; a paragraph of a list is no cell."""
    return values(part) if isinstance(part, (BaseModel, Mapping)) else iter(())


def _cell(it: House, text: Text) -> Iterator[Complaint]:
    if len(text.raw) > (most := it.limits.cell_characters):
        what = f"this text of a table or list has {len(text.raw)} characters; {most} are the limit."
        yield Complaint(text.place, what, f"Shorten it, {raise_it('cell_characters')}")


def _page(it: House, tag: str, page: PlannedPage, words: PageWords) -> Iterator[Complaint]:
    """A section whose texts, names and labels can't stand on its pages, told at the text that is too much."""
    room, said = it.limits.page_characters * page.kind.pages, 0
    over: Place | None = None
    for length, place in _said(it, tag, page, words):
        said += length
        if said > room and over is None:
            over = place
    if over:
        what = f"with this text “{page.id}” has {said} characters; {room} are the limit of {_pages(page)}."
        yield Complaint(over, what, f"Shorten it, {raise_it('page_characters')}")


def _pages(page: PlannedPage) -> str:
    return "its page" if page.kind.pages == 1 else f"its {page.kind.pages} pages"


def _said(it: House, tag: str, page: PlannedPage, words: PageWords) -> Iterator[tuple[int, Place]]:
    """Lengths and places of all that a page prints in a language: its words, then the labels and names it shows."""
    language = it.languages[tag]
    for value in values(words):
        if isinstance(value, (Text, Line)):
            yield len(value.raw if isinstance(value, Text) else value), value.place
    for ref in refs(page.show):
        if isinstance(ref, LabelledFact) and ref not in words.labels:
            label = language.labels.get(ref) or language.labels.get(ref.rpartition(".")[2])
            yield len(label.raw) if label else 0, ref.place
        elif isinstance(ref, NameRef):
            yield len(language.names.get(ref, "")), ref.place
