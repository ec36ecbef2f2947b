"""A file that is examined: its pages with their boxes and what they draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import pikepdf

from brochure.model.brand import Brand
from brochure.model.printer import Limits, Printer
from brochure.paper import mm_to_pt, pt_to_mm
from brochure.preflight.content import walked
from brochure.preflight.glyphs import Face
from brochure.preflight.matrix import Box, shared
from brochure.preflight.stitch import creep, reading
from brochure.preflight.things import Picture, Shade, Text, Thing
from brochure.preflight.walk import UNREADABLE, Walk
from brochure.report import Rectangle

A4: Box = (0, 0, 595.276, 841.89)
Kind = TypeVar("Kind", bound=Thing)


@dataclass
class Leaf:
    """One page. Boxes in points of its default space; the missing ones are as PDF says: crop and bleed and trim fall
    back on the next larger box."""

    number: int
    page: Any
    faces: dict[Any, Face]
    parsed: dict[Any, Any]

    def named_box(self, name: str) -> Box | None:
        """A box as the file gives it, sides sorted; inherited for the MediaBox and CropBox; None when there is none."""
        node = self.page.obj
        for _ in range(32):
            if name in node:
                try:
                    left, bottom, right, top = (float(edge) for edge in node[name])
                except UNREADABLE:
                    return None
                return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
            if name not in ("/MediaBox", "/CropBox", "/Rotate") or not isinstance(
                node.get("/Parent"), pikepdf.Dictionary
            ):
                return None
            node = node["/Parent"]
        return None

    @cached_property
    def media(self) -> Box:
        """The sheet."""
        return self.named_box("/MediaBox") or A4

    @cached_property
    def crop(self) -> Box:
        """What a viewer shows."""
        return self.named_box("/CropBox") or self.media

    @cached_property
    def trim(self) -> Box:
        """The cut page."""
        return self.named_box("/TrimBox") or self.named_box("/ArtBox") or self.crop

    @cached_property
    def bleed(self) -> Box:
        """The cut page with its bleed."""
        return self.named_box("/BleedBox") or self.trim

    @cached_property
    def walk(self) -> Walk:
        """Its content, walked once."""
        return walked(self.page, self.number, self.faces, self.parsed)

    @property
    def things(self) -> list[Thing]:
        """All that it draws, in painting order."""
        return self.walk.things

    def all(self, kind: type[Kind]) -> Iterator[Kind]:
        """What it draws of one kind."""
        return (thing for thing in self.things if isinstance(thing, kind))

    def rectangle(self, box: Box) -> Rectangle:
        """A box as people measure: mm from the trim's top left corner, y downwards. What reaches beyond the sheet ends
        with it."""
        box = shared(box, self.media) or box
        box = (max(box[0], -1e5), max(box[1], -1e5), min(box[2], 1e5), min(box[3], 1e5))
        left, top = pt_to_mm(box[0] - self.trim[0]), pt_to_mm(self.trim[3] - box[3])
        return Rectangle(
            round(left, 2), round(top, 2), round(pt_to_mm(box[2] - box[0]), 2), round(pt_to_mm(box[3] - box[1]), 2)
        )

    def inside(self, by: float) -> Box:
        """The trim less a margin of so many mm; a negative one adds."""
        margin = mm_to_pt(by)
        left, bottom, right, top = self.trim
        return (left + margin, bottom + margin, right - margin, top - margin)


@dataclass
class Case:
    """A file with what it is held against."""

    pdf: Any
    raw: bytes
    printer: Printer
    brand: Brand
    repaired: tuple[str, ...] = ()
    raster: bool = True
    faces: dict[Any, Face] = field(default_factory=dict)
    parsed: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def leaves(self) -> Sequence[Leaf]:
        """The pages in order."""
        return [Leaf(number, page, self.faces, self.parsed) for number, page in enumerate(self.pdf.pages, 1)]

    @cached_property
    def drawable(self) -> bool:
        """Whether PDFium may draw the pages: not when it was told not to, and not what goes on without end."""
        return self.raster and not any(leaf.walk.exhausted for leaf in self.leaves)

    @cached_property
    def limits(self) -> Limits:
        """The printer's limits in force."""
        return self.printer.measured

    def all(self, kind: type[Kind]) -> Iterable[tuple[Leaf, Kind]]:
        """What all pages draw of one kind, each with its page."""
        return ((leaf, thing) for leaf in self.leaves for thing in leaf.all(kind))

    def safe(self, leaf: Leaf) -> Box:
        """Where on a page nothing is cut off: the printer's safe distance from every edge, and at the fore edge the
        creep of its sheet too."""
        pages = len(self.leaves)
        moved = creep(leaf.number, pages, self.printer)
        left, bottom, right, top = leaf.inside(float(self.printer.safe))
        if reading(leaf.number, pages, self.printer) % 2:
            return (left, bottom, right - mm_to_pt(moved), top)
        return (left + mm_to_pt(moved), bottom, right, top)

    @cached_property
    def texts(self) -> list[tuple[Leaf, Text]]:
        """All text that is printed."""
        return [(leaf, text) for leaf, text in self.all(Text) if text.visible]

    @cached_property
    def pictures(self) -> list[tuple[Leaf, Picture]]:
        """All pictures."""
        return list(self.all(Picture))

    @cached_property
    def shades(self) -> list[tuple[Leaf, Shade]]:
        """All gradients."""
        return list(self.all(Shade))

    @cached_property
    def info(self) -> Any:
        """The document information; empty when there is none."""
        found = self.pdf.trailer.get("/Info")
        return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()
