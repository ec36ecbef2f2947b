"""Looks at laid-out pages for what WeasyPrint never says: text that overflows, is clipped, leaves the safe
area or collides; characters and faces that no font of the brand has; pictures too coarse for their size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from brochure.language import UNSEEN
from brochure.paper import Paper, px_to_mm

TOLERANCE = 0.15  # mm
MIN_PPI = 150
FOLD = 3.0  # mm kept free of words on both sides of a fold
FLEX_DEPTH = 3  # flex boxes inside each other; each further level multiplies the time
HANG = 0.09  # em, the most that large type hangs into the margin
MIN_SIZE = 7.0  # pt; source marks may be smaller

Faces = Mapping[str, Mapping[tuple[str, str], frozenset[int]]]


@dataclass(frozen=True)
class Rect:
    """A rectangle in mm from the trim's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, other: Rect) -> float:
        """By how many mm this leaves the other; 0 when it stays inside."""
        return max(
            other.left - self.left, other.top - self.top, self.right - other.right, self.bottom - other.bottom, 0
        )

    def overlap(self, other: Rect) -> float:
        """The smaller side of what the two share, mm; 0 when they don't touch."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return min(width, height) if width > 0 and height > 0 else 0

    def joined(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Around:
    """What stands around a box: the nearest key, the frames that hold it, the block that sets its width; whether
    large type hangs into the margin."""

    key: str = ""
    element: str = ""
    frames: tuple[tuple[str, Rect], ...] = ()
    clips: tuple[Rect, ...] = ()
    column: Rect | None = None
    frame: int = 0
    quiet: bool = False
    mark: bool = False
    nested: int = 0
    hung: bool = False


@dataclass
class Finding:
    """Something wrong on a page; ``mm`` is by how much."""

    rule: str
    page: int
    element: str
    key: str
    mm: float = 0
    detail: str = ""

    def identity(self) -> tuple[str, int, str, str]:
        """What makes two findings the same but for the amount."""
        return (self.rule, self.page, self.key or self.element, self.detail)


@dataclass
class Inspector:
    """Walks the boxes of one page after another. ``faces``: family → (weight, style) → its characters."""

    paper: Paper
    faces: Faces
    found: dict[tuple[str, int, str, str], Finding] = field(default_factory=dict)
    lines: list[tuple[int, Rect, str, str]] = field(default_factory=list)
    boxes: dict[tuple[int, str], Rect] = field(default_factory=dict)
    page: int = 0

    def look(self, page_box: Any, number: int) -> None:
        """Inspects one page; ``number`` is its number in the brochure."""
        self.page, self.lines = number, []
        self._walk(page_box, Around())
        self._collisions()

    def report(self, rule: str, around: Around, mm: float = 0, detail: str = "") -> None:
        """Keeps the worst finding of a kind for each element."""
        finding = Finding(rule, self.page, around.element, around.key, round(mm, 1), detail)
        known = self.found.get(finding.identity())
        if known is None or known.mm < finding.mm:
            self.found[finding.identity()] = finding

    def _walk(self, box: Any, around: Around) -> None:
        stack = [(box, around)]
        while stack:
            box, around = stack.pop()
            box = getattr(box, "_box", box)  # an absolutely positioned box sits in a placeholder
            around = _inside(box, around)
            kind = type(box).__name__
            self._locate(box, kind, around)
            if around.nested > FLEX_DEPTH and "Flex" in kind:
                self.report("nested", around, detail=str(around.nested))
            if box.element_tag == "a" and "Block" in kind:
                self.report("block-link", around)
            if kind == "TextBox":
                self._text(box, around)
            elif "Replaced" in kind:
                self._picture(box, around)
            stack.extend((child, around) for child in reversed(list(getattr(box, "all_children", tuple)())))

    def _locate(self, box: Any, kind: str, around: Around) -> None:
        """Keeps where the element of a key is seen: its own box, and all text in it."""
        element = getattr(box, "element", None)
        own = element is not None and element.get("data-key") == around.key and kind not in ("LineBox", "PageBox")
        if around.key and not around.quiet and (kind == "TextBox" or own):
            spot, rect = (self.page, around.key), _rect(box)
            self.boxes[spot] = rect.joined(self.boxes[spot]) if spot in self.boxes else rect

    def _text(self, box: Any, around: Around) -> None:
        text = box.text.strip()
        if not text or around.quiet or box.style["visibility"] != "visible":
            return
        rect = _rect(box)
        if around.hung:  # what stands outside is the white of the first letter
            rect = replace(rect, left=rect.left + px_to_mm(HANG * box.style["font_size"]))
        pushed = around if around.key else replace(around, key=self._before(around.frame))
        for element, frame in around.frames:
            if (mm := rect.beyond(frame)) > TOLERANCE:
                self.report("overflow", pushed, mm, element)
        for clip in around.clips:
            if (mm := rect.beyond(clip)) > TOLERANCE:
                self.report("clipped", around, mm)
        if around.column and (mm := rect.right - around.column.right) > TOLERANCE:
            self.report("too-wide", around, mm, _short(text))
        paper = self.paper
        safe = Rect(paper.safe, paper.safe, paper.width - paper.safe, paper.height - paper.safe)
        if (mm := rect.beyond(safe)) > TOLERANCE:
            self.report("unsafe", around, mm, _short(text))
        self._fold(rect, text, around)
        self._type(box, text, around)
        self.lines.append((around.frame, rect, around.key, around.element))

    def _before(self, frame: int) -> str:
        """The last text above in a frame: it pushes out what stands below it and has no place of its own, such as the
        numbers of sources."""
        return next((key for other, _, key, _ in reversed(self.lines) if key and other == frame), "")

    def _fold(self, rect: Rect, text: str, around: Around) -> None:
        """No word stands on a fold, or so near that it runs into it when the sheet is folded a little beside it."""
        for fold in self.paper.folded(self.page):
            mm = min(rect.right - (fold - FOLD), fold + FOLD - rect.left)
            if mm > TOLERANCE:
                self.report("folded", around, mm, _short(text))

    def _type(self, box: Any, text: str, around: Around) -> None:
        style = box.style
        families = style["font_family"]
        face = (str(style["font_weight"]), style["font_style"])
        if families[0] not in self.faces:
            self.report("family", around, detail=families[0])
        elif face not in self.faces[families[0]]:
            self.report("face", around, detail=f"{families[0]} {' '.join(face)}")
        known = [characters for family in families for characters in self.faces.get(family, {}).values()]
        for character in sorted({c for c in text if not (_invisible(c) or any(ord(c) in font for font in known))}):
            self.report("glyph", around, detail=f"{character} U+{ord(character):04X}")
        if style["font_size"] * 0.75 < MIN_SIZE - 0.01 and not around.mark:
            self.report("small", around, detail=f"{style['font_size'] * 0.75:.1f} pt")

    def _picture(self, box: Any, around: Around) -> None:
        image = box.replacement
        pixels = getattr(image, "_pixel_width", None) or getattr(getattr(image, "image", None), "width", None)
        width = box.width / 96
        if type(image).__name__ == "RasterImage" and width:
            ppi = int(image.width / width) if pixels is None else int(pixels / width)
            if ppi < MIN_PPI:
                self.report("coarse", around, detail=f"{ppi} ppi at {px_to_mm(box.width):.0f} mm")

    def _collisions(self) -> None:
        """Lines of different frames that lie on each other. Lines are compared without their leading."""
        lines = sorted(self.lines, key=lambda line: line[1].top)
        for index, (frame, rect, key, element) in enumerate(lines):
            for other_frame, other, _, other_element in lines[index + 1 :]:
                if other.top > rect.bottom:
                    break
                if frame != other_frame and rect.overlap(other) > 0.4:
                    self.report("collision", Around(key=key, element=element), rect.overlap(other), other_element)


def _inside(box: Any, around: Around) -> Around:
    """What stands around the children of a box."""
    element = getattr(box, "element", None)
    attributes = element.attrib if element is not None else {}
    name = around.element if around.element.endswith(".mark") else _name(element) or around.element
    classes = attributes.get("class", "").split() if element is not None else []
    kind = type(box).__name__
    frames, clips, column, frame = around.frames, around.clips, around.column, around.frame
    if kind not in ("TextBox", "LineBox", "InlineBox", "PageBox") and box.element_tag not in ("html", "body"):
        rect = _rect(box)
        column = rect if "Block" in kind or "Cell" in kind or "Flex" in kind else column
        if "frame" in classes:
            frames, frame = (*frames, (name, rect)), id(box)
        elif box.style["height"] != "auto" and "Replaced" not in kind and kind != "PageBox":
            frames = (*frames, (name, rect)) if "leaf" not in classes else frames
        if box.style["overflow"] != "visible":
            clips = (*clips, rect)
    quiet = around.quiet or "unseen" in classes
    mark = around.mark or "mark" in classes
    nested = around.nested + ("Flex" in kind)
    hung = around.hung or "hung" in classes
    key = attributes.get("data-key", around.key)
    return Around(key, name, frames, clips, column, frame, quiet, mark, nested, hung)


def _name(element: Any) -> str:
    if element is None:
        return ""
    classes = element.attrib.get("class", "").split()
    return f"{element.tag}.{classes[0]}" if classes else str(element.tag)


def _rect(box: Any) -> Rect:
    if type(box).__name__ == "TextBox":
        # A line's ink, not its leading: from cap height to descender, about 0.75 and 0.22 of the size.
        size, base = box.style["font_size"], box.position_y + (box.baseline or 0)
        edges = (box.position_x, base - 0.75 * size, box.position_x + box.width, base + 0.22 * size)
    else:
        left, top = box.position_x + _px(box.margin_left), box.position_y + _px(box.margin_top)
        edges = (left, top, left + box.border_width(), top + box.border_height())
    return Rect(*(px_to_mm(edge) for edge in edges))


def _px(value: Any) -> float:
    return value if isinstance(value, (int, float)) else 0


def _invisible(character: str) -> bool:
    return character.isspace() or character in UNSEEN


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


def findings(inspector: Inspector) -> Iterator[Finding]:
    """What the inspector found, page by page."""
    yield from sorted(inspector.found.values(), key=lambda f: (f.page, f.rule, f.key))
