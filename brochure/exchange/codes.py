"""Inline markup as the protected codes of a translator's program: what is code in a text, and what is words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from brochure.model.markup import TOKEN

BRACED = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Piece:
    """Words (``kind`` empty) or a code: ``alone``, or the one that ``opens`` or ``closes`` a pair. ``what`` says what
    the code does."""

    text: str
    kind: str = ""
    what: str = ""
    pair: int = 0


def pieces(text: str, marked: bool) -> Iterator[Piece]:
    """A text in pieces; their texts one after the other are the text again. A text that isn't ``marked`` has only
    names in braces."""
    if not marked:
        yield from _braced(text)
        return
    pairs, opened, at = 0, 0, 0
    for token in TOKEN.finditer(text):
        if at < token.start():
            yield Piece(text[at : token.start()])
        at = token.end()
        if token["emphasis"]:
            kind = "closes" if opened else "opens"
            pairs += not opened
            yield Piece("*", kind, "emphasis", opened or pairs)
            opened = 0 if opened else pairs
        elif token["target"] is not None:
            pairs += 1
            yield Piece("[", "opens", "link", pairs)
            yield Piece(token["label"])
            yield Piece(f"]({token['target']})", "closes", "link", pairs)
        elif token["break"]:
            yield Piece("\\\\", "alone", "line break")
        elif token["escaped"] or token["space"]:
            yield Piece(token[0])
        else:
            yield Piece(token[0], "alone", "figure")
    if at < len(text):
        yield Piece(text[at:])


def _braced(text: str) -> Iterator[Piece]:
    at = 0
    for found in BRACED.finditer(text):
        yield Piece(text[at : found.start()])
        yield Piece(found[0], "alone", "name")
        at = found.end()
    yield Piece(text[at:])
