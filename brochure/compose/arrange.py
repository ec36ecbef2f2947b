"""The order of an edition's pages for one reader: what interests them stands first in its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.model.mentions import interests
from brochure.stages import Manuscript, PlannedPage

Plan = tuple[PlannedPage, ...]


def common(manuscript: Manuscript) -> Plan:
    """The flatplan without the page that the letter takes."""
    personal = manuscript.edition.personal
    assert personal is not None
    return tuple(
        replace(page, kind=replace(page.kind, pages=page.kind.pages - 1), first=page.first + 1)
        if page.id == personal.letter.instead
        else page
        for page in manuscript.plan
        if page.id != personal.letter.instead or page.kind.pages > 1
    )


def arranged(manuscript: Manuscript, wanted: Sequence[str]) -> Plan:
    """The common pages with the sections of each group in the order in which the reader ``wanted`` what they are about;
    the others follow as they always stand. Places and numbers of the group stay."""
    plan, personal = common(manuscript), manuscript.edition.personal
    assert personal is not None
    moved: dict[str, PlannedPage] = {}
    for group in personal.slots:
        home = [page for page in plan if page.id in group]
        ranked = sorted(home, key=lambda page: _rank(page, wanted))
        moved |= {old.id: replace(new, first=old.first) for old, new in zip(home, ranked, strict=True)}
    return tuple(moved.get(page.id, page) for page in plan)


def _rank(page: PlannedPage, wanted: Sequence[str]) -> int:
    """How early a reader wants a section: the rank of the dearest interest in it, the last when it has none."""
    about = set(interests(page.show))
    return next((rank for rank, name in enumerate(wanted) if name in about), len(wanted))


def leads(manuscript: Manuscript, plan: Plan, name: str) -> PlannedPage | None:
    """The section that says most of an interest: one that can move, else the first that names it; None where only the
    page that the letter took did."""
    personal = manuscript.edition.personal
    assert personal is not None
    about = [page for page in plan if name in set(interests(page.show))]
    movable = {page for group in personal.slots for page in group}
    return next((page for page in about if page.id in movable), about[0] if about else None)


def order(plan: Plan) -> tuple[str, ...]:
    """The ids of a plan's pages, which tell one order from another."""
    return tuple(page.id for page in plan)
