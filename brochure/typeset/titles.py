"""The words of an element as they are read aloud: on one line, without the raised numbers of sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.language import JOINER


def spoken(element: Any) -> str:
    """An element’s text with one space where a line or a part of it ends, and none doubled."""
    said = ""
    for piece in _pieces(element):
        parted = said[-1:].isalnum() and piece[:1].isalnum()
        said += f" {piece}" if parted else piece
    return " ".join(said.replace(JOINER, "").split())


def _pieces(element: Any) -> Iterator[str]:
    """Texts that may be parted by a space; what stands in one text stays as it is."""
    if "mark" in element.get("class", "").split():
        return
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        else:
            yield from _pieces(child)
        yield child.tail or ""


def titles(page: Any) -> None:
    """Gives the bookmarks of a laid-out page the words of their headings: WeasyPrint joins lines without a space and
    keeps raised numbers."""
    known: dict[str, str] = {}
    stack = [page._page_box]
    while stack:
        box = stack.pop()
        box = getattr(box, "_box", box)
        if box.bookmark_label and box.element is not None:
            known[box.bookmark_label] = spoken(box.element)
        stack.extend(getattr(box, "all_children", tuple)())
    page.bookmarks[:] = [(level, known.get(label, label), *rest) for level, label, *rest in page.bookmarks]
