"""Plain text as letters carry it: lines of 72 columns that flow together again (RFC 3676), in every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

COLUMNS = 72  # RFC 3676, 4.2 asks for at most 78 with the space at a line's end; answers add signs before each line
#: Where a line may end: behind a run of spaces, between two ideographs; not before what closes, nor behind what opens.
PIECES = re.compile(r"[^ ]+ *|^ +")
CLOSES, OPENS = frozenset("、。，．：；！？）〕］｝〉》」』】…—·’”"), frozenset("（〔［｛〈《「『【‘“")
STUFFED = (" ", ">", "From ")  # RFC 3676, 4.4: what another meaning would be found in at a line's head


def flowed(text: str) -> str:
    """The text in lines of 72 columns at most. A line that goes on in the next one ends with a space, which DelSp=yes
    takes away again: so words keep theirs, and ideographs get none. An address is never broken."""
    return "".join(f"{line}\n" for paragraph in text.rstrip("\n").split("\n") for line in _lines(paragraph.rstrip(" ")))


def width(text: str) -> int:
    """How many columns a text takes: wide and full-width signs two, signs that combine none (Unicode, UAX 11)."""
    return sum(_columns(sign) for sign in text)


@cache
def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _lines(paragraph: str) -> Iterator[str]:
    line, long = "", 0
    for piece in _pieces(paragraph):
        if line and long + width(piece.rstrip(" ")) > COLUMNS:
            yield _stuffed(f"{line} ")
            line, long = "", 0
        line, long = line + piece, long + width(piece)
    yield _stuffed(line)


def _stuffed(line: str) -> str:
    return f" {line}" if line.startswith(STUFFED) else line


def _pieces(paragraph: str) -> Iterator[str]:
    """What no line divides: words with the spaces behind them, ideographs with what belongs to them."""
    for word in PIECES.findall(paragraph):
        start = 0
        for at in range(1, len(word)):
            if _divides(word[at - 1], word[at]):
                yield word[start:at]
                start = at
        yield word[start:]


def _divides(before: str, after: str) -> bool:
    """Whether a line may end between two signs of one word."""
    if after in CLOSES or before in OPENS or after == " ":
        return False
    return _columns(before) == 2 or _columns(after) == 2
