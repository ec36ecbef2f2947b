"""How sources are called in their lists: in the reader's language, dates and figures undivided."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from brochure.compose.register import Register
from brochure.compose.render import ranged, whole
from brochure.language import JOINER, NBSP, held

#: Between a number and the word behind it, or the sign of a currency and its number.
TIED = re.compile(r"(?<=\d) (?=\w)|(?<=[$€£¥₽]) (?=\d)")


def cited(register: Register, name: str) -> dict[str, Any]:
    """A source in the list. A title or publisher that the language has no words for keeps its English ones, and says so
    to readers that speak it."""
    manuscript = register.manuscript
    source, tag = manuscript.house.sources[name], manuscript.language_id
    return {
        "number": register.numbers[name],
        "id": name,
        "source": source,
        "date": register.period(source.date),
        "year": tied(manuscript.language.words.between_cited, source.date.start.year) if source.date.start else "",
        "title": undivided(source.titles.get(tag, source.title)),
        "title_own": tag in source.titles,
        "publisher": source.publishers.get(tag, source.publisher),
        "publisher_own": tag in source.publishers,
    }


def undivided(title: str) -> Markup:
    """A title in which no line ends within a date, nor behind a number: 3 July, 2013年 | 7月3日."""
    return whole(TIED.sub(NBSP, ranged(held(str(title)))))


def tied(comma: str, year: int) -> str:
    """A year behind what it belongs to, such that it never begins a line."""
    return f"{comma.rstrip()}{NBSP if comma.endswith(' ') else JOINER}{year}"
