"""A recipient of a personal copy or a letter: one row of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from brochure.errors import Complaint, Place
from brochure.model.scalar import blank

COLUMNS = ("name", "latin_name", "company", "country", "language", "email", "interests", "contact")
NEEDED = ("name", "company", "language", "email")
#: What spreadsheets of Europe, Russia and China save in, by the name that people know: read without being told.
USUAL = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "gb18030": "GB 18030"}
#: What is seldom enough that it is never guessed: it is read when it is named, and named in what is said where it fits.
SELDOM = {"koi8-r": "KOI8-R", "cp866": "DOS Cyrillic", "mac-cyrillic": "Mac Cyrillic", "iso8859-5": "ISO 8859-5",
          "cp1250": "Windows-1250", "mac-roman": "Mac Roman", "cp850": "DOS Latin", "big5": "Big5",
          "shift_jis": "Shift JIS", "euc_kr": "EUC-KR"}  # fmt: skip
ENCODINGS = ("utf-8", "utf-16", "utf-32", *USUAL, *SELDOM)
#: The most that the letter and the cover line have room for, in characters.
LONGEST = {"name": 60, "latin_name": 60, "company": 100, "country": 40, "contact": 100}
LONGEST_WORD = 30  # characters: a longer one wouldn't fit a line of the letter
MOST_INTERESTS = 6  # what the letter has lines for
STACKED = 6  # marks on one letter; more would paint over the lines above
HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufff9-\ufffd]"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a copy is for. ``row``: which row of the list it is, from 1; ``place``: where that begins; ``language``: the
    tag of a language of the edition; ``email``: one address in ASCII; ``interests``: ids of names of parks, clusters
    and routes, dearest first; ``contact``: whom in the region the recipient may turn to. What may be missing is empty."""

    row: int
    place: Place
    name: str
    company: str
    language: str
    email: str
    latin_name: str = ""
    country: str = ""
    interests: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True)
class Recipients:
    """A list as far as it can be used: the recipients without a slip in the list's order, and every slip and warning.
    ``rows``: how many rows it has, bad ones among them; ``spots``: the places of cells, each given as a row's number
    and a column, when something is found out about them later."""

    file: str
    rows: int
    people: tuple[Recipient, ...]
    slips: tuple[Complaint, ...]
    spots: Callable[[Collection[tuple[int, str]]], Mapping[tuple[int, str], Place]] = field(
        default=lambda cells: {}, compare=False, repr=False
    )


def single_line(text: str) -> str:
    """A text in Unicode's composed form (NFC), every run of white space and line breaks as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def strange(column: str, text: str) -> tuple[str, str] | None:
    """What is wrong with a text of a column, and the remedy; None when it can be printed."""
    if hidden := HIDDEN.search(text):
        return f"the invisible character U+{ord(hidden[0]):04X} stands in “{column}”.", "Delete it."
    if blank(text):
        return f"nothing of “{column}” can be seen.", "Write it, or leave it empty."
    if len(text) > (most := LONGEST[column]):
        return f"“{column}” has {len(text)} characters; {most} are the limit.", "Shorten it."
    if long := next((word for word in text.split() if len(word) > LONGEST_WORD), ""):
        return f"“{long[:12]}…” is a word of {len(long)} characters; {LONGEST_WORD} are the limit.", "Shorten it."
    if _stacked(text):
        return f"more than {STACKED} marks stand on one letter of “{column}”.", "Delete them."
    return None


def _stacked(text: str) -> bool:
    run = 0
    for c in text:
        run = run + 1 if not c.isascii() and unicodedata.category(c) in ("Mn", "Me") else 0
        if run > STACKED:
            return True
    return False
