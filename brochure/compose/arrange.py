"""The order of an edition's pages for one reader: what interests them stands first in its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.house import PlannedPage
from brochure.model.mentions import interests
from brochure.stages import Manuscript

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


class Planner:
    """Arranges the pages of one manuscript for many readers; what a page is about is looked up once."""

    def __init__(self, manuscript: Manuscript) -> None:
        personal = manuscript.edition.personal
        assert personal is not None
        self.home, self.slots = common(manuscript), personal.slots
        self.about = {page.id: frozenset(map(str, interests(page.show))) for page in self.home}
        self.movable = {str(page) for group in self.slots for page in group}
        self.known: dict[tuple[str, ...], Plan] = {}

    def arranged(self, wanted: Sequence[str]) -> Plan:
        """The common pages with the sections of each group in the order in which the reader ``wanted`` what they are
        about; the others follow as they always stand. Places and numbers of the group stay."""
        ranks = tuple(str(page) for group in self.slots for page in self._ranked(group, wanted))
        if ranks not in self.known:
            self.known[ranks] = self._plan(ranks)
        return self.known[ranks]

    def _ranked(self, group: Sequence[str], wanted: Sequence[str]) -> list[str]:
        home = [page.id for page in self.home if page.id in group]
        return sorted(home, key=lambda page: self._rank(page, wanted))

    def _rank(self, page: str, wanted: Sequence[str]) -> int:
        """How early a reader wants a section: the rank of the dearest interest in it, the last when it has none."""
        return next((rank for rank, name in enumerate(wanted) if name in self.about[page]), len(wanted))

    def _plan(self, ranks: Sequence[str]) -> Plan:
        by_id, left = {page.id: page for page in self.home}, list(ranks)
        moved: dict[str, PlannedPage] = {}
        for group in self.slots:
            homes = [page for page in self.home if page.id in group]
            mine, left = left[: len(homes)], left[len(homes) :]
            moved |= {old.id: replace(by_id[new], first=old.first) for old, new in zip(homes, mine, strict=True)}
        return tuple(moved.get(page.id, page) for page in self.home)

    def leads(self, plan: Plan, name: str) -> PlannedPage | None:
        """The section that says most of an interest: one that can move, else the first that names it; None where only
        the page that the letter took did."""
        found = [page for page in plan if name in self.about[page.id]]
        return next((page for page in found if page.id in self.movable), found[0] if found else None)


def order(plan: Plan) -> tuple[str, ...]:
    """The ids of a plan's pages, which tell one order from another."""
    return tuple(page.id for page in plan)
