"""Rules about lines: strokes, and filled rectangles so thin that they are lines."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.preflight.matrix import Box
from brochure.preflight.over import adds, grounded, knocks_out
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.spaces import laid, printed
from brochure.preflight.things import Fill, Stroke, Thing

BLACK_LINE = 2.0  # pt
HAIRLINE = 0.125  # pt
TOLERANCE = 0.005  # pt


def _lines(leaf: Leaf) -> Iterator[tuple[int, Thing, float, Box]]:
    """Every line of a page with its index, its thickness in pt, and its bounds."""
    for index, thing in enumerate(leaf.things):
        if isinstance(thing, Stroke):
            yield index, thing, thing.width, thing.seen
        elif isinstance(thing, Fill) and thing.thin is not None and thing.thin_box is not None:
            yield index, thing, thing.thin, thing.thin_box


def white_path_overprints(case: Case) -> Iterator[Slip]:
    """R0008: no white path overprints.

    Why: White lays down no ink; set to overprint, it leaves what is below as it is and vanishes in print.

    Remedy: Switch overprint off for white.
    """
    for leaf in case.leaves:
        for thing in leaf.things:
            if isinstance(thing, (Fill, Stroke)) and thing.paint.white and thing.how.overprint and adds(thing):
                yield Slip("a white path overprints", "warning", leaf, thing.seen, "overprint", "knocks out")


def black_line_overprints(case: Case) -> Iterator[Slip]:
    """R0010: black (K only) lines below 2 pt overprint what they stand on.

    Why: Where they knock out, the slightest shift between plates shows a white edge along them. Taken: black of
    100 %, and only lines on ink.

    Remedy: Set black lines to overprint (OP true, OPM 1), outside isolated groups.
    """
    for leaf in case.leaves:
        for index, thing, width, box in _lines(leaf):
            if width >= BLACK_LINE or not thing.paint.full_black:
                continue
            if knocks_out(leaf.things, index, beside="Black"):
                yield Slip(
                    "a thin black line knocks out what it stands on",
                    "warning",
                    leaf,
                    box,
                    f"{width:.2f} pt",
                    "overprints below 2 pt",
                    -width,
                )


def white_lines(case: Case) -> Iterator[Slip]:
    """R0018: white lines on ink aren't thinner than the printer's limit (sheet-fed 0.25 pt).

    Why: The inks around a thin white line creep together and close it. Thin filled rectangles count as lines.

    Remedy: Draw it thicker.
    """
    least = float(case.limits.line or 0)
    for leaf in case.leaves:
        for index, thing, width, box in _lines(leaf):
            if thing.paint.white and width < least - TOLERANCE and grounded(leaf.things, index):
                yield Slip("a thin white line on ink", "warning", leaf, box, f"{width:.3f} pt", f"{least:g} pt", -width)


def coloured_lines(case: Case) -> Iterator[Slip]:
    """R0019: lines in more than one ink aren't thinner than the printer's limit (sheet-fed 0.25 pt).

    Why: Two plates never meet exactly; a thin line of several inks falls apart into coloured ones. Thin filled
    rectangles count as lines.

    Remedy: Draw it thicker, or in one ink.
    """
    least = float(case.limits.line or 0)
    for leaf in case.leaves:
        for _, thing, width, box in _lines(leaf):
            inks = len(laid(thing.paint.inks))
            if inks > 1 and width < least - TOLERANCE:
                measured = f"{width:.3f} pt ({printed(thing.paint.inks)})"
                yield Slip(f"a thin line in {inks} inks", "warning", leaf, box, measured, f"{least:g} pt", -width)


def hairlines(case: Case) -> Iterator[Slip]:
    """H-hairline: no stroke of 0.125 pt or less.

    Why: A plate can't hold it: it breaks up or isn't there. A width of 0 is one pixel of whatever device draws it.

    Remedy: Draw lines of 0.25 pt or more.
    """
    for leaf in case.leaves:
        for thing in leaf.all(Stroke):
            if thing.width <= HAIRLINE + 0.0005 and not thing.paint.white:
                yield Slip(
                    "a hairline",
                    "error",
                    leaf,
                    thing.seen,
                    f"{thing.width:.3f} pt",
                    f"more than {HAIRLINE} pt",
                    -thing.width,
                )
