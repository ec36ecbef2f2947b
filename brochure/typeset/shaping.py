"""Text in drawings whose letters change beside each other. WeasyPrint 70 lays SVG text out letter by letter, which takes
scripts such as Devanagari apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weasyprint import svg

#: Letters of scripts that are shaped: Hebrew and Arabic, the scripts of India and South-East Asia.
SHAPED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff]")


class Whole(str):
    """A text that counts as one letter when it is taken letter by letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """The whole text, once."""
        yield str(self)


def install() -> None:
    """Has WeasyPrint lay such texts out in one piece; all others as before."""
    letter_by_letter = svg.TAGS["text"]

    def shaped(picture: Any, node: Any, font_size: float) -> None:
        if node.text and SHAPED.search(node.text):
            node._etree_node.text = Whole(node.text)
        letter_by_letter(picture, node, font_size)

    svg.TAGS |= {tag: shaped for tag, drawn in svg.TAGS.items() if drawn is letter_by_letter}
    svg.text = shaped  # what WeasyPrint knows texts by, to anchor them
