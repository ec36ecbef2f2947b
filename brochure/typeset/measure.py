"""Measures set lines: where each stands, how large and how long it is. What tests of the type are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.paper import px_to_mm

BLOCKS = ("p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "figcaption", "caption", "div")


def lines(page_box: Any, number: int) -> Iterator[dict[str, Any]]:
    """Every line of a page: page, baseline (mm from the trim's top), left edge and width (mm), size of its largest
    and its smallest text (pt), its lightest weight, text, element, and its place in its block (``index`` of ``count`` lines)."""
    stack: list[tuple[Any, str]] = [(page_box, "")]
    while stack:
        box, element = stack.pop()
        box = getattr(box, "_box", box)
        element = _element(box) or element
        children = list(getattr(box, "children", ()) or ())
        found = [child for child in children if type(child).__name__ == "LineBox"]
        for index, line in enumerate(found):
            measured = _line(line)
            if measured:
                yield {"page": number, "element": element, "index": index, "count": len(found), **measured}
        stack.extend((child, element) for child in reversed(children) if type(child).__name__ != "LineBox")
        for line in found:  # a line may hold inline blocks with lines of their own
            stack.extend((child, element) for child in line.descendants() if type(child).__name__ == "InlineBlockBox")


def _element(box: Any) -> str:
    element = getattr(box, "element", None)
    if element is None or type(box).__name__ in ("InlineBox", "TextBox"):
        return ""
    classes = element.attrib.get("class", "").split()
    return f"{element.tag}.{classes[0]}" if classes else str(element.tag)


def _line(line: Any) -> dict[str, Any] | None:
    texts = [box for box in line.descendants() if type(box).__name__ == "TextBox"]
    words = "".join(box.text for box in texts)
    if not words.strip() or any(_unseen(box) for box in texts):
        return None
    main = max(texts, key=lambda box: box.style["font_size"])
    left = min(box.position_x for box in texts)
    right = max(box.position_x + box.width for box in texts)
    return {
        "baseline": round(px_to_mm(main.position_y + main.baseline), 3),
        "left": round(px_to_mm(left), 2),
        "width": round(px_to_mm(right - left), 2),
        "size": round(main.style["font_size"] * 0.75, 2),
        "least": round(min(box.style["font_size"] for box in texts) * 0.75, 2),
        "lightest": min(box.style["font_weight"] for box in texts),
        "leading": round(line.height * 0.75, 2),
        "text": words,
    }


def _unseen(box: Any) -> bool:
    colour = box.style["color"]
    return getattr(colour, "alpha", 1) == 0
