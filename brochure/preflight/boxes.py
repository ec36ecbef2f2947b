"""Rules about the sizes of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from brochure.paper import mm_to_pt, pt_to_mm
from brochure.preflight.matrix import Box, holds
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf

SLACK = 0.1  # pt


def _size(box: Box) -> str:
    return f"{pt_to_mm(box[2] - box[0]):.1f} × {pt_to_mm(box[3] - box[1]):.1f} mm"


def _alike(one: Box, other: Box, slack: float = SLACK) -> bool:
    return all(abs(a - b) <= slack for a, b in zip(one, other, strict=True))


def user_unit(case: Case) -> Iterator[Slip]:
    """R0002: no page has a UserUnit.

    Why: A unit other than 1/72 inch is overlooked by many programs, and the page comes out at another size.

    Remedy: Export at the real size.
    """
    for leaf in case.leaves:
        if "/UserUnit" in leaf.page.obj:
            yield Slip(
                "the page has a unit of its own",
                leaf=leaf,
                measured=f"UserUnit {leaf.page.obj['/UserUnit']}",
                limit="none",
            )


def crop_box(case: Case) -> Iterator[Slip]:
    """R0003: the CropBox is absent or equals the MediaBox.

    Why: Some programs place a page by its CropBox; a smaller one cuts bleed and marks away.

    Remedy: Remove the CropBox.
    """
    for leaf in case.leaves:
        crop = leaf.named_box("/CropBox")
        if crop and not _alike(crop, leaf.media):
            yield Slip(
                "the CropBox is smaller than the sheet",
                leaf=leaf,
                box=crop,
                measured=_size(crop),
                limit=_size(leaf.media),
            )


def page_sizes(case: Case) -> Iterator[Slip]:
    """R0004: all pages have one trim size, and none is rotated.

    Why: Pages of several sizes can't be imposed on one sheet; a rotated page may be placed the other way round.

    Remedy: Give every page one size, and turn the content instead of the page.
    """
    sizes = Counter(_size(leaf.trim) for leaf in case.leaves)
    usual = sizes.most_common(1)[0][0] if sizes else ""
    for leaf in case.leaves:
        if _size(leaf.trim) != usual:
            yield Slip(
                "the page has another size than the others", "warning", leaf, measured=_size(leaf.trim), limit=usual
            )
        if turn := _turn(leaf):
            yield Slip("the page is rotated", "warning", leaf, measured=f"{turn}°", limit="0°")


def _turn(leaf: Leaf) -> int:
    turn = leaf.page.obj.get("/Rotate", 0)
    return int(turn) % 360 if isinstance(turn, int) else 0


def trim_box(case: Case) -> Iterator[Slip]:
    """X-boxes: every page has a MediaBox at 0,0 and a TrimBox, and the boxes lie within each other.

    Why: PDF/X-4 asks for a trim or art box inside the bleed box inside the sheet; without it nobody knows where to cut.

    Remedy: Export with trim and bleed boxes (PDF/X-4 does so).
    """
    for leaf in case.leaves:
        media = leaf.named_box("/MediaBox")
        if media is None:
            yield Slip("the page has no MediaBox", leaf=leaf)
            continue
        if abs(media[0]) > SLACK or abs(media[1]) > SLACK:
            yield Slip(
                "the sheet doesn't begin at 0,0",
                "warning",
                leaf,
                measured=f"{media[0]:g}, {media[1]:g} pt",
                limit="0, 0",
            )
        trim, art = leaf.named_box("/TrimBox"), leaf.named_box("/ArtBox")
        if trim is None and art is None:
            yield Slip("the page has no TrimBox", leaf=leaf)
        if trim is not None and art is not None:
            yield Slip("the page has both a TrimBox and an ArtBox", leaf=leaf)
        if not (holds(leaf.bleed, leaf.trim, SLACK) and holds(media, leaf.bleed, SLACK)):
            yield Slip(
                "the boxes don't lie within each other",
                leaf=leaf,
                measured=f"trim {_size(leaf.trim)}, bleed {_size(leaf.bleed)}, sheet {_size(media)}",
            )


def bleed_box(case: Case) -> Iterator[Slip]:
    """H-bleedbox: the BleedBox is the trim with the printer's bleed on every side.

    Why: Paper moves a little when it is cut; what ends at the trim shows a white edge.

    Remedy: Export with the bleed that the printer asks for.
    """
    wanted = case.printer.bleed
    for leaf in case.leaves:
        least = min(
            leaf.trim[0] - leaf.bleed[0],
            leaf.trim[1] - leaf.bleed[1],
            leaf.bleed[2] - leaf.trim[2],
            leaf.bleed[3] - leaf.trim[3],
        )
        if least < mm_to_pt(float(wanted)) - SLACK:
            yield Slip(
                "the page has too little bleed",
                leaf=leaf,
                measured=f"{pt_to_mm(max(0.0, least)):.1f} mm",
                limit=f"{wanted} mm",
            )


def page_count(case: Case) -> Iterator[Slip]:
    """H-pages: a brochure of more than four pages has a multiple of four.

    Why: A sheet folded once has four pages; saddle stitching adds blank ones at the end where they are missing.

    Remedy: Add a page for notes, or leave one out. Waive it for a leaflet or a perfect-bound book.
    """
    count = len(case.leaves)
    if count > 4 and count % 4:
        yield Slip(
            "the number of pages isn't a multiple of four",
            "warning",
            measured=f"{count} pages",
            limit=f"{count + -count % 4}",
        )
