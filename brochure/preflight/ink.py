"""The rule about how much ink the paper can take."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.preflight.coverage import coverage
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case

TOLERANCE = 1.0  # %: four plates of 255 steps each


def total(case: Case) -> Iterator[Slip]:
    """R0026: the inks come to no more than the printer's limit, on the average of any square of 15 × 15 mm.

    Why: Too much ink doesn't dry: sheets stick together and colour comes off on the next one. Measured on the plates
    as they come out, with transparency, overprint and pictures; RGB is counted as if converted with full black.

    Remedy: Convert with a profile for the right total ink, or lighten the colours under each other.
    """
    limit = case.limits.ink
    if limit is None or not case.drawable:
        return
    found = coverage(case)
    for leaf, spot in zip(case.leaves, found.pages, strict=True):
        if spot.ink > float(limit) + TOLERANCE:
            severity = case.limits.ink_severity or "warning"
            yield Slip("too much ink", severity, leaf, spot.box, f"{spot.ink:.0f} %", f"{limit} %", spot.ink)
    for what in found.unmeasured:
        yield Slip(f"the ink of {what} can't be measured", "warning")
