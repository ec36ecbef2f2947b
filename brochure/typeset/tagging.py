"""What WeasyPrint 70’s tags leave out, put in while it writes: the scope of headers, the language of passages, boxes of
figures in the page’s own points, what a link leads to, page numbers and running heads as artifacts of pagination, and
raised source numbers that nobody reads as part of the figure before them. What single glyphs spell is in ``spelling``. Bookmarks get their titles from ``titles``.

ISO 14289-1: 7.5 (scope), 7.2 (language), 7.8 (running heads), 7.18.5 (links); ISO 32000-1: 14.8.5.4.3 (BBox in default user space),
14.8.2.2 (artifacts), 14.9.4 (replacement text). WeasyPrint is held at one version, and a test reads each of them back from a finished file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pydyf  # type: ignore[import-untyped]
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

from brochure.language import JOINER, joined
from brochure.typeset.titles import spoken

POINT = 0.75  # of a CSS pixel
PAGINATION = {"Type": "/Pagination", "Attached": pydyf.Array(["/Bottom"])}

_build, _marked = tags._build_box_tree, Stream.marked


@contextmanager
def tagging(pages: list[Any]) -> Iterator[None]:
    """Pages that are written inside carry whole tags; what is ``aria-hidden`` is painted and left out of them, and the
    text of a ``.mark`` is read in brackets: “2030[83]”, where “2030” and a raised “83” are seen. Lines in scripts whose
    letters join and change places are read as they were written, not in the order of their glyphs."""
    quiet = {box for page in pages for box in _inside(page._page_box, lambda it: it.get("aria-hidden") == "true")}
    notes = {box for page in pages for box in _inside(page._page_box, lambda it: "mark" in it.get("class", "").split())}
    ends = {
        f"#{box.element.get('id')}": spoken(box.element) for page in pages for box in _inside(page._page_box, _entry)
    }
    sizes = [(page.width, page.height) for page in pages]

    def build(box: Any, parent: Any, pdf: Any, number: int, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        if box in quiet:
            return
        for element in _build(box, parent, pdf, number, *rest):
            _complete(element, box, sizes[number])
            if box.link_annotation:
                box.link_annotation["Contents"] = pydyf.String(_leads(box.element, ends))
            if not _void(element):
                yield element

    def marked(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
        words = getattr(box, "text", "").replace(JOINER, "")
        if box in quiet:
            return _artifact(stream, words)
        if box in notes and words.isdigit():
            return _said(stream, box, tag, f"[{words}]")
        return _said(stream, box, tag, words) if joined(words) else _marked(stream, box, tag)

    tags._build_box_tree, Stream.marked = build, marked
    try:
        yield
    finally:
        tags._build_box_tree, Stream.marked = _build, _marked


@contextmanager
def _artifact(stream: Any, words: str) -> Iterator[None]:
    said = {"ActualText": pydyf.String(words)} if joined(words) else {}
    stream.begin_marked_content("Artifact", pydyf.Dictionary(PAGINATION | said))
    try:
        yield
    finally:
        stream.end_marked_content()


@contextmanager
def _said(stream: Any, box: Any, tag: str, words: str) -> Iterator[None]:
    stream._tags[box] = {"tag": tag, "mcid": (number := len(stream._tags))}
    said = pydyf.Dictionary({"MCID": number, "ActualText": pydyf.String(words)})
    stream.begin_marked_content(tag, said)
    try:
        yield
    finally:
        stream.end_marked_content()


def _inside(box: Any, asked: Callable[[Any], bool], found: bool = False) -> Iterator[Any]:
    """Every box of the elements that are asked for, with all boxes in them."""
    box = getattr(box, "_box", box)
    found = found or (box.element is not None and asked(box.element))
    if found:
        yield box
    for child in getattr(box, "all_children", tuple)():
        yield from _inside(child, asked, found)


def _entry(element: Any) -> bool:
    """Whether a link to the element is best told by the element’s words: an entry of a list, such as the sources."""
    return element.tag == "li" and bool(element.get("id"))


def _leads(link: Any, ends: Mapping[str, str]) -> str:
    """Where a link leads, in words: the entry of the list that it leads to, else its own text and the short address."""
    target = link.get("href", "")
    domain = (urlsplit(target).hostname or "").removeprefix("www.")
    own = spoken(link) or target
    return ends.get(target) or (f"{own} ({domain})" if domain and domain not in own else own)


def _void(element: Any) -> bool:
    """Whether an element holds nothing: the piece of a phrase that a line’s end left empty. Nobody refers to it then,
    and it isn't written."""
    return element["S"] == "/Span" and not element["K"] and not element.keys() & {"Alt", "ActualText", "E"}


def _complete(element: Any, box: Any, size: tuple[float, float]) -> None:
    """One structure element with what is known of its box. It may come by more than once."""
    kind, source = element["S"], box.element
    if source is None:
        return
    if kind == "/TH":
        element["A"]["Scope"] = "/Row" if source.get("scope") == "row" else "/Column"
    if kind == "/Figure":
        element["A"]["BBox"] = pydyf.Array(_box(box, *size))
    if source.get("lang") and box.element_tag != "html":
        element["Lang"] = pydyf.String(source.get("lang"))


def _box(box: Any, width: float, height: float) -> list[float]:
    """Left, bottom, right and top of what a figure shows inside the trim, in pt from its lower left corner."""
    left, top = box.content_box_x(), box.content_box_y()
    across = (min(max(x, 0), width) for x in (left, left + box.width))
    up = (height - min(max(y, 0), height) for y in (top + box.height, top))
    (x1, x2), (y1, y2) = across, up
    return [round(edge * POINT, 3) for edge in (x1, y1, x2, y2)]
