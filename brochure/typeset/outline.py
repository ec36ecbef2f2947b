"""Bookmarks as readers want them: a heading's words, without source marks, with a space where a line is broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

UNSAID = str.maketrans("", "", "\u00ad\u200b\u2060")


def label(heading: Any) -> str:
    """What the heading's element says in one line."""
    return " ".join("".join(_said(heading)).translate(UNSAID).split())


def _said(element: Any) -> Iterator[str]:
    """The words of an element in pieces; its tail belongs to its parent."""
    if element.tag == "br":
        yield " "
    elif "mark" not in (element.get("class") or "").split():
        yield element.text or ""
        for child in element:
            yield from _said(child)
            yield child.tail or ""


def relabel(page: Any) -> None:
    """Gives the bookmarks of a WeasyPrint page their labels anew; it has them in the order of their boxes, and says all
    that a box holds, marks included."""
    boxes = [box for box in _boxes(page._page_box) if box.bookmark_label and box.style["bookmark_level"] != "none"]
    page.bookmarks = [
        (level, label(box.element) or said, target, state)
        for (level, said, target, state), box in zip(page.bookmarks, boxes, strict=True)
    ]


def _boxes(box: Any) -> Iterator[Any]:
    """A box and all below it, in the order in which WeasyPrint gathers bookmarks."""
    yield box
    if hasattr(box, "all_children"):
        for child in box.all_children():
            yield from _boxes(child)
