"""Measures set lines: where each stands, how large and how long it is. What tests of the type are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.paper import px_to_mm

BLOCKS = ("p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "figcaption", "caption", "div")


def lines(page_box: Any, number: int) -> Iterator[dict[str, Any]]:
    """Every line of a page: page, baseline (mm from the trim's top), left edge and width (mm), size of its largest
    and its smallest text (pt), its lightest weight, text, element, its place in its block (``index`` of ``count`` lines),
    its colours and the colour of the ground that it stands on (#RRGGBB; drawings and pictures between them aside)."""
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
    (mm), its lines, how many letters stand in the last one, the widths of all lines together (mm), its leading (mm),
    and ``free``: the height that its frame has left for it (mm), shared among the frame's blocks by their lines."""
    found: list[dict[str, Any]] = []
    frames: dict[int, list[dict[str, Any]]] = {}
    edges: dict[int, float] = {}
    stack: list[tuple[Any, str, Any]] = [(page_box, "", None)]
    while stack:
        box, element, frame = stack.pop()
        box = getattr(box, "_box", box)
        element = _element(box) or element
        frame = box if "frame" in _classes(box) else frame
        children = list(getattr(box, "all_children", tuple)())
        inner = [child for child in children if type(child).__name__ == "LineBox"]
        if inner and "unseen" not in element and (block := _block(box, inner, number, element)):
            found.append(block)
            if frame is not None:
                frames.setdefault(id(frame), []).append(block)
                edges[id(frame)] = px_to_mm(frame.content_box_y() + frame.height)
        stack.extend((child, element, frame) for child in reversed(children) if child not in inner)
    for key, blocks in frames.items():
        _share(blocks, edges[key])
    return found


def _share(blocks: list[dict[str, Any]], edge: float) -> None:
    left = max(0.0, edge - max(block["bottom"] for block in blocks))
    lines = sum(block["lines"] for block in blocks)
    for block in blocks:
        block["free"] = round(left * block["lines"] / lines, 2)


def _block(box: Any, inner: list[Any], number: int, element: str) -> dict[str, Any] | None:
    measured = [found for line in inner if (found := _line(line))]
    if not measured:
        return None
    keys = [key for line in inner for part in line.descendants() if (key := _attributes(part).get("data-key"))]
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
        "leading": round(max(line["leading"] for line in measured) / 72 * 25.4, 2),
        "bottom": px_to_mm(box.position_y + box.margin_height()),
        "free": 0.0,
    }


def _attributes(box: Any) -> Any:
    element = getattr(box, "element", None)
    return element.attrib if element is not None else {}


def _classes(box: Any) -> list[str]:
    inline = type(box).__name__ in ("InlineBox", "TextBox", "LineBox")
    return [] if inline else _attributes(box).get("class", "").split()
