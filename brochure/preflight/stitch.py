"""What folding does to a page: in a stitched brochure inner sheets stick out, and the knife takes it off their edges.

Eight pages are two sheets, one inside the other. The inner one is pushed out by the outer one's thickness, so what stands
5 mm from the fore edge of page 3 stands a caliper less than that after the cut: its safe distance grows by as much."""

from __future__ import annotations

from brochure.model.printer import Printer

FEWEST, MOST = 8, 96  # pages: less is one sheet; more is glued


def reading(page: int, pages: int, printer: Printer) -> int:
    """Which page of the file's own sequence a page is when it is read; files may begin with the four of the cover."""
    if printer.order != "cover first" or printer.cover is not None or pages < FEWEST:
        return page
    return page if page < 3 else pages - 4 + page if page < 5 else page - 2


def creep(page: int, pages: int, printer: Printer) -> float:
    """By how much the sheet of a page sticks out, mm: the caliper of each sheet around it, the cover's own among them
    when that is a file by itself. 0 where nothing is stitched: a sheet, or pages that no sheets can be folded from."""
    if pages % 4 or not FEWEST <= pages <= MOST:
        return 0.0
    number = reading(page, pages, printer)
    around = min(number - 1, pages - number) // 2
    cover = float(printer.cover.caliper) if printer.cover else 0.0
    return around * float(printer.paper.caliper) + cover
