"""The flatplan: kinds and page numbers, known before anything is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brochure.errors import Complaint, Place, suggestion
from brochure.house import PlannedPage
from brochure.load.slips import validated
from brochure.model.edition import Edition
from brochure.model.kind import Kind
from brochure.model.limits import Limits, raise_it
from brochure.model.pages import KINDS

SIGNATURE = 4  # pages on a folded sheet


def planned(
    edition: Edition, place: Place, slips: list[Complaint], spoiled: set[str], limits: Limits
) -> tuple[PlannedPage, ...]:
    """The flatplan with kinds and page numbers; unknown kinds and bad ``show`` are slips, their pages ``spoiled``.
    A page that fills takes what a saddle-stitched brochure lacks: it may have no page at all. ``place``: where a
    flatplan that is too long is told."""
    slips += _twice(edition)
    missing = _lacking(edition, [KINDS[entry.kind] for entry in edition.flatplan if entry.kind in KINDS])
    out, first = [], 1
    for entry in edition.flatplan:
        kind = KINDS.get(entry.kind)
        if kind is None:
            hint = suggestion(entry.kind, KINDS) or f"Kinds: {', '.join(KINDS)}."
            slips.append(Complaint(entry.kind.place, f"there is no page kind “{entry.kind}”.", hint))
            spoiled.add(str(entry.id))
            continue
        if kind.fills:
            kind = replace(kind, pages=missing)
        show = validated(kind.show, entry.show, entry.id.place, slips, limits)
        if show is None:
            spoiled.add(str(entry.id))
        else:
            out.append(PlannedPage(str(entry.id), kind, show, first))
        first += kind.pages
    if first - 1 > limits.pages:
        what = f"the flatplan has {first - 1} pages; {limits.pages} are the limit."
        slips.append(Complaint(place, what, f"Shorten it, {raise_it('pages')}"))
    return tuple(out)


def brochure(edition: Edition, whole: Sequence[PlannedPage]) -> tuple[PlannedPage, ...]:
    """The flatplan without the pages that only personal copies have."""
    apart = {str(entry.id) for entry in edition.flatplan if entry.copies}
    kept = [page for page in whole if page.id not in apart]
    missing = _lacking(edition, [page.kind for page in kept])
    out, first = [], 1
    for page in kept:
        kind = replace(page.kind, pages=missing) if page.kind.fills else page.kind
        out.append(replace(page, kind=kind, first=first))
        first += kind.pages
    return tuple(out)


def printed(plan: Sequence[PlannedPage]) -> tuple[PlannedPage, ...]:
    """The entries that have a page."""
    return tuple(page for page in plan if page.kind.pages)


def _lacking(edition: Edition, kinds: Sequence[Kind]) -> int:
    """How many pages a saddle-stitched brochure lacks to whole sheets."""
    pages = sum(kind.pages for kind in kinds if not kind.fills)
    return -pages % SIGNATURE if edition.binding == "saddle stitch" else 0


def _twice(edition: Edition) -> Iterator[Complaint]:
    """A second place that fills: the first has filled already."""
    filling = [entry for entry in edition.flatplan if entry.kind in KINDS and KINDS[entry.kind].fills]
    for entry in filling[1:]:
        what = f"“{filling[0].id}” fills the brochure already."
        yield Complaint(entry.id.place, what, "Keep one page of this kind.")
