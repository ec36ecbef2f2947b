"""Optical margins: large type hangs into the margin by the white that its first letter brings along, so that its stem
stands over the stems of the text below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from brochure.draw import shaping

LETTER = r"((?:\s|<[^>]*>)*)(&[#\w]+;|[^<&\s])"  # what stands before the first letter, and that letter
#: A first-rank heading or what a template calls ``hung``, up to its first letter.
HUNG = re.compile(r'<(?:(h1)(?: class="([^"]*)")?|(h2|p|span) class="(hung[^"]*)")>' + LETTER)
TITLE = re.compile(r'<h1\b.*?</h1>|<h2 class="hung.*?</h2>', re.DOTALL)
NEXT_LINE = re.compile("<br>" + LETTER)
TEXT, MOST = 1, 9  # hundredths of an em: what text stands in by itself; more than the most is meant to stand in


def hung(html: str, fonts: Sequence[bytes]) -> str:
    """HTML in which every hung element, called ``hung``, and each further line of a title has the class ``hang-N``: N
    hundredths of an em, the side bearing of its first letter in the first of the ``fonts`` that has it. What the class means stands in
    assets/css/base/type.css."""
    html = TITLE.sub(lambda title: NEXT_LINE.sub(lambda line: _line(line, fonts), title[0]), html)
    return HUNG.sub(lambda found: _begin(found, fonts), html)


def _begin(found: re.Match[str], fonts: Sequence[bytes]) -> str:
    heading, classes, tag, hung_classes, inner, letter = found.groups()
    names = filter(None, (hung_classes or "hung", classes, _class(letter, fonts)))
    return f'<{heading or tag} class="{" ".join(names)}">{inner}{letter}'


def _line(found: re.Match[str], fonts: Sequence[bytes]) -> str:
    inner, letter = found.groups()
    name = _class(letter, fonts)
    before = re.sub(r"(?<![^>])\s+(?![^<])", "", inner)  # behind an element the line would begin with its space
    return f'<br>{before}<span class="{name}"></span>{letter}' if name else found[0]


def _class(letter: str, fonts: Sequence[bytes]) -> str:
    by = round(100 * shaping.bearing(unescape(letter)[0], fonts)) - TEXT
    return f"hang-{by}" if 0 < by <= MOST else ""
