"""Office sheets of handouts: two copies beside each other, front behind front and back behind back, to be cut apart.

Both halves of a side hold the same page, so the copies agree whichever edge a duplex printer turns the sheet over; only
one that turns it over its long edge prints the back upside down, and gets it turned beforehand::

      front            back
      +-----+-----+    +-----+-----+
      |  1  |  1  |    |  2  |  2  |
      +-----+-----+    +-----+-----+
            ^ one cut, and four around
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pikepdf

from brochure.finish import booklet, imposition
from brochure.finish.imposition import Half, Layout, Segment, Side
from brochure.model.booklet import Booklet
from brochure.paper import SHEETS, Format, Paper
from brochure.stages import Product, Proof

USUAL = "A4"  # which makes handouts of A5
AWAY, LEAST = 1.0, 2.0  # mm: between the bleed and a mark, and the shortest mark that is drawn
OVER = 1.5  # mm of colour beyond the cuts: a guillotine by hand is no truer


def finish(proof: Proof, office: Booklet) -> tuple[Product, ...]:
    """``handouts/<subject>.sheet.pdf`` (``….sheet.a3.pdf`` for another sheet than A4): two sides of one sheet, in RGB as
    office printers like it, without links and tags."""
    lies = layout(proof.sheet.paper, SHEETS[office.sheet], float(office.margin))
    with pikepdf.open(io.BytesIO(proof.pdf)) as master, pikepdf.new() as pdf:
        forms = [booklet.form(pdf, page) for page in master.pages]
        for number in range(1, len(forms) + 1):
            booklet.printed(pdf, _side(number, lies, office), lies, forms, marks(lies))
        booklet.described(pdf, master, office)
        content = booklet.saved(pdf)
    name = f"{proof.sheet.name}.sheet{'' if office.sheet == USUAL else f'.{office.sheet.lower()}'}.pdf"
    return (Product(name, content, len(forms), (), proof.sheet.digest),)


def layout(paper: Paper, sheet: Format, margin: float) -> Layout:
    """As a booklet lies, but that within the ``margin``, mm, the pages' colour runs over the cuts; copies that keep their
    size, without a margin, have what the sheet leaves."""
    if not margin:
        return imposition.layout(paper, sheet, margin)
    lies = imposition.layout(paper, sheet, margin + OVER)
    return replace(lies, bleed=max(lies.bleed, min(OVER, paper.bleed * lies.scale)))


def _side(number: int, lies: Layout, office: Booklet) -> Side:
    """A page twice beside each other: odd pages on fronts, even ones on backs."""
    back = number % 2 == 0
    left = Half(number, lies.fold - lies.width, lies.fold - lies.width - lies.bleed, lies.fold)
    right = Half(number, lies.fold, lies.fold, lies.fold + lies.width + lies.bleed)
    return Side((number + 1) // 2, back, left, right, back and office.turn == "long edge")


def marks(lies: Layout) -> Iterator[Segment]:
    """Where to cut: lines (x1, y1, x2, y2) in mm outside trim and bleed, at both ends of each cut, as long as the sheet's
    edge leaves room for."""
    top, bottom = lies.head + lies.bleed + AWAY, lies.foot - lies.bleed - AWAY
    above = min(imposition.MARK, lies.sheet.height - top)
    if above >= LEAST:
        for x in (lies.fold - lies.width, lies.fold, lies.fold + lies.width):
            yield x, top, x, top + above
            yield x, bottom, x, bottom - above
    left, right = lies.fold - lies.width - lies.bleed - AWAY, lies.fold + lies.width + lies.bleed + AWAY
    beside = min(imposition.MARK, left)
    if beside >= LEAST:
        for y in (lies.foot, lies.head):
            yield left, y, left - beside, y
            yield right, y, right + beside, y
