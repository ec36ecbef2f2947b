"""Saddle-stitch imposition by arithmetic: which page stands where on which side of which sheet.

Eight pages on two sheets, each folded once and nested into the one before it::

      sheet 1, front   sheet 1, back    sheet 2, front   sheet 2, back
      +-----+-----+    +-----+-----+    +-----+-----+    +-----+-----+
      |  8  |  1  |    |  2  |  7  |    |  6  |  3  |    |  4  |  5  |
      +-----+-----+    +-----+-----+    +-----+-----+    +-----+-----+

Creep. In the fold, sheet k + 1 lies inside k others and sticks out by k calipers of paper::

      outer spine  )________________________|   sheet 1
                    )________________________|   sheet 2: k = 1, one caliper further out
                     )________________________|   sheet 3
                                            ^ the knife: one cut for all

The paper moves outwards, so the pages on it move inwards, towards the fold, by k calipers: after the cut each page
has the outer margin that it was designed with. What passes the fold by that is cut off at the fold: in the book it
would lie within the thickness of the spine. (The thickness of folded paper in a sharp fold is taken as its caliper:
the usual rule of print shops.)

Turning. The sheet is landscape and its fold upright, so a printer that turns it over its short edge prints the back
upright; one that turns it over the long edge prints it upside down, and the back is turned by 180° beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from brochure.paper import Format, Paper

Turn = Literal["short edge", "long edge"]
BLEED = 3  # mm: what is shown of the bleed where the sheet has room for it
MARK, LEAST = 4, 2  # mm: the length of a mark that stands 1 mm off the bleed, and the shortest that is drawn
STAPLES = (0.25, 0.75)  # of the height of the trim


Segment = tuple[float, float, float, float]  # x1, y1, x2, y2 in mm


@dataclass(frozen=True)
class Half:
    """A page on one half of a side. ``page`` counts from 1. ``left`` is where its trim begins, mm from the sheet's
    left edge, already moved by the creep; what shows lies between ``shows_from`` and ``shows_to``."""

    page: int
    left: float
    shows_from: float
    shows_to: float


@dataclass(frozen=True)
class Side:
    """One side of a sheet. ``sheet`` counts from 1, the outermost; ``turned``: printed upside down."""

    sheet: int
    back: bool
    left: Half
    right: Half
    turned: bool


@dataclass(frozen=True)
class Layout:
    """How two pages lie on a sheet, mm: ``scale`` of the pages, ``fold`` from the left edge, ``foot`` of the trim
    above the sheet's lower edge, size of a scaled page, and ``bleed`` that shows around them."""

    sheet: Format
    scale: float
    fold: float
    foot: float
    width: float
    height: float
    bleed: float

    @property
    def head(self) -> float:
        """The upper edge of the trim, mm above the sheet's lower edge."""
        return self.foot + self.height


def pairs(pages: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """For each sheet, from the outermost: (left, right) of its front and of its back. ``pages`` is a multiple of 4."""
    if pages <= 0 or pages % 4:
        raise ValueError(f"{pages} pages can't be folded from whole sheets")
    for first in range(1, pages // 2, 2):
        last = pages + 1 - first
        yield (last, first), (first + 1, last - 1)


def creep(sheet: int, caliper: float) -> float:
    """How far the pages of a sheet (1 is the outermost) move towards the fold, mm."""
    return (sheet - 1) * caliper


def layout(paper: Paper, sheet: Format, margin: float) -> Layout:
    """Two pages side by side in the middle of a landscape sheet, never enlarged, with at least ``margin`` mm around
    them that an office printer may leave white and that holds the marks."""
    room = sheet.width - 2 * margin, sheet.height - 2 * margin
    scale = min(1.0, room[0] / (2 * paper.width), room[1] / paper.height)
    width, height = scale * paper.width, scale * paper.height
    around = min(sheet.width / 2 - width, (sheet.height - height) / 2)
    bleed = max(0.0, min(BLEED, paper.bleed * scale, around - MARK - 1))
    return Layout(sheet, scale, sheet.width / 2, (sheet.height - height) / 2, width, height, bleed)


def plan(pages: int, lies: Layout, caliper: float, turn: Turn = "short edge") -> tuple[Side, ...]:
    """Every side in the order that a duplex printer takes them: front and back of sheet 1, then of sheet 2."""
    sides = []
    for sheet, (front, back) in enumerate(pairs(pages), 1):
        moved = creep(sheet, caliper)
        for numbers, behind in ((front, False), (back, True)):
            left = Half(numbers[0], lies.fold - lies.width + moved, lies.fold - lies.width - lies.bleed, lies.fold)
            right = Half(numbers[1], lies.fold - moved, lies.fold, lies.fold + lies.width + lies.bleed)
            sides.append(Side(sheet, behind, left, right, behind and turn == "long edge"))
    return tuple(sides)


def marks(side: Side, lies: Layout) -> Iterator[Segment]:
    """Lines (x1, y1, x2, y2) in mm outside the bleed: the fold at head and foot of every side; on the outside of the
    outermost sheet also the heights of the staples, and the corners where the booklet is cut when it has bleed.
    Marks that the sheet has no room for are left out."""
    above = min(MARK, lies.sheet.height - lies.head - lies.bleed - 1)
    beside = min(MARK, lies.fold - lies.width - lies.bleed - 1)
    uprights, levels = [lies.fold], list[float]()
    if side.sheet == 1 and not side.back:
        levels = [lies.foot + part * lies.height for part in STAPLES]
        if lies.bleed:
            uprights += [lies.fold - lies.width, lies.fold + lies.width]
            levels += [lies.foot, lies.head]
    top, bottom, outer = lies.head + lies.bleed + 1, lies.foot - lies.bleed - 1, lies.width + lies.bleed + 1
    if above >= LEAST:
        for x in uprights:
            yield x, top, x, top + above
            yield x, bottom, x, bottom - above
    if beside >= LEAST:
        for y in levels:
            yield lies.fold - outer, y, lies.fold - outer - beside, y
            yield lies.fold + outer, y, lies.fold + outer + beside, y
