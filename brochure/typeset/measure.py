"""Measures set lines: where each stands, how large and how long it is. What tests of the type are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.paper import px_to_mm

BLOCKS = ("p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "figcaption", "caption", "div")
DESCENDS = 0.22  # of the size of letters lies below their baseline, as the inspector takes it


def lines(page_box: Any, number: int) -> Iterator[dict[str, Any]]:
    """Every line of a page: page, baseline (mm from the trim's top), left edge and width (mm), size of its largest
    and its smallest text (pt), its lightest weight, text, element, its place in its block (``index`` of ``count``
    lines), its colours and the colour of the ground that it stands on (#RRGGBB; drawings and pictures between them
    aside)."""
    stack: list[tuple[Any, str, str]] = [(page_box, "", "")]
    while stack:
        box, element, ground = stack.pop()
        box = getattr(box, "_box", box)
        element, ground = _element(box) or element, _ground(box) or ground
        children = list(getattr(box, "children", ()) or ())
        found = [child for child in children if type(child).__name__ == "LineBox"]
        for index, line in enumerate(found):
            measured = _line(line)
            if measured:
                yield {
                    "page": number,
                    "element": element,
                    "index": index,
                    "count": len(found),
                    "ground": ground,
                    **measured,
                }
        stack.extend((child, element, ground) for child in reversed(children) if type(child).__name__ != "LineBox")
        for line in found:  # a line may hold inline blocks with lines of their own
            stack.extend(
                (child, element, ground) for child in line.descendants() if type(child).__name__ == "InlineBlockBox"
            )


def _element(box: Any) -> str:
    element = getattr(box, "element", None)
    if element is None or type(box).__name__ in ("InlineBox", "TextBox"):
        return ""
    classes = element.attrib.get("class", "").split()
    return f"{element.tag}.{classes[0]}" if classes else str(element.tag)


def _ground(box: Any) -> str:
    """The colour that a box paints below its texts; a leaf's is that of its first child, which reaches to the bleed."""
    classes = box.element.get("class", "").split() if getattr(box, "element", None) is not None else []
    for layer in [box, *(box.children[:1] if "leaf" in classes else ())]:
        colour = _colour(getattr(layer, "_box", layer), "background_color")
        if colour:
            return colour
    return ""


def _colour(box: Any, name: str) -> str:
    colour = box.style[name]
    if getattr(colour, "alpha", 0) == 0:
        return ""
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour.to("srgb").coordinates)


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
        "colours": sorted({_colour(box, "color") for box in texts}),
    }


def _unseen(box: Any) -> bool:
    colour = box.style["color"]
    return getattr(colour, "alpha", 1) == 0


def boxes(page_box: Any, number: int) -> list[dict[str, Any]]:
    """Every block of text on a page: page, element, the keys of the texts in it, its letters, the width that it has
    (mm), its lines and their height (mm), how many letters stand in the last one, the widths of all lines together (mm), its leading (mm, 0
    where its lines can't be broken), and ``free``: by how much it may grow downwards before it, or a block that it
    pushes, leaves a frame (mm)."""
    found: list[dict[str, Any]] = []
    frames: dict[int, list[dict[str, Any]]] = {}
    stack: list[tuple[Any, str, tuple[tuple[int, float], ...], tuple[float, float] | None]] = [(page_box, "", (), None)]
    while stack:
        box, element, around, row = stack.pop()
        box = getattr(box, "_box", box)
        element = _element(box) or element
        children = list(getattr(box, "all_children", tuple)())
        inner = [child for child in children if type(child).__name__ == "LineBox"]
        if _holds(box):
            around = (*around, (id(box), px_to_mm(box.position_y + _px(box.margin_top) + box.border_height())))
        if type(box).__name__ == "TableBox":
            row = _across(box)
        if inner and "unseen" not in element and (block := _block(box, inner, number, element)):
            found.append(block | {"edges": around, "across": row or _across(box)})
            for frame, _ in around:
                frames.setdefault(frame, []).append(found[-1])
        stack.extend((child, element, around, row) for child in reversed(children) if child not in inner)
    for block in found:
        block["free"] = _free(block, frames)
    return [{name: said for name, said in block.items() if name not in ("edges", "across")} for block in found]


def _holds(box: Any) -> bool:
    """Whether text that leaves a box is an overflow, as the inspector sees it: a frame, or a height that is set."""
    kind, classes = type(box).__name__, _classes(box)
    if kind in ("TextBox", "LineBox", "InlineBox", "PageBox") or box.element_tag in ("html", "body"):
        return False
    fixed = box.style["height"] != "auto" and "Replaced" not in kind and "leaf" not in classes
    return "frame" in classes or fixed or box.style["overflow"] != "visible"


def _across(box: Any) -> tuple[float, float]:
    """The left and right edge of a box, mm."""
    left = box.position_x + _px(box.margin_left)
    return px_to_mm(left), px_to_mm(left + box.border_width())


def _px(value: Any) -> float:
    return value if isinstance(value, (int, float)) else 0


def _free(block: dict[str, Any], frames: dict[int, list[dict[str, Any]]]) -> float:
    """How far a block may grow, mm: the room left in its own cell, and that below all that it pushes."""
    left = [edge - max(other["bottom"] for other in _pushed(block, frames[frame])) for frame, edge in block["edges"]]
    return round(max(0.0, min(left, default=0.0)) + block["slack"], 2) if block["leading"] else 0.0


def _pushed(block: dict[str, Any], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A block and those below it that share some of its width, and below those in turn."""
    found = [block]
    for other in sorted(others, key=lambda it: it["top"]):
        if any(other["top"] >= above["bottom"] - 0.5 and _shares(other["across"], above["across"]) for above in found):
            found.append(other)
    return found


def _shares(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 0.1


def _block(box: Any, inner: list[Any], number: int, element: str) -> dict[str, Any] | None:
    measured = [found for line in inner if (found := _line(line))]
    if not measured:
        return None
    keys = [key for line in inner for part in line.descendants() if (key := _attributes(part).get("data-key"))]
    leading = max(line["leading"] for line in measured) / 72 * 25.4
    breaks = box.style["white_space"] not in ("nowrap", "pre")
    bottom = inner[-1].position_y + inner[-1].height
    return {
        "page": number,
        "element": element,
        "keys": [key for key in dict.fromkeys(keys) if not key.startswith("fact:")],
        "text": " ".join("".join(line["text"] for line in measured).split()),
        "letters": sum(len(line["text"]) for line in measured),
        "last": len(measured[-1]["text"]),
        "width": round(px_to_mm(box.width), 2),
        "set": round(sum(line["width"] for line in measured), 2),
        "lines": len(measured),
        "height": round(len(measured) * leading, 2),
        "leading": round(leading, 2) if breaks else 0.0,
        "top": px_to_mm(inner[0].position_y),
        "bottom": measured[-1]["baseline"] + measured[-1]["size"] * DESCENDS / 72 * 25.4,
        "slack": max(0.0, px_to_mm(box.content_box_y() + box.height - bottom)),
    }


def _attributes(box: Any) -> Any:
    element = getattr(box, "element", None)
    return element.attrib if element is not None else {}


def _classes(box: Any) -> list[str]:
    inline = type(box).__name__ in ("InlineBox", "TextBox", "LineBox")
    return [] if inline else _attributes(box).get("class", "").split()
