"""An edition's personal copies: that their letter, their cover and their slots stand in the flatplan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.errors import Complaint
from brochure.load.references import known
from brochure.load.slips import validated
from brochure.model.edition import Edition
from brochure.model.limits import Limits
from brochure.model.pages import KINDS
from brochure.stages import House, PlannedPage


def letter(edition: Edition, plan: Sequence[PlannedPage], slips: list[Complaint], limits: Limits) -> PlannedPage | None:
    """The letter as a planned page at the number of the page that it takes; None where an edition has none, or a slip
    of it was told."""
    if edition.personal is None:
        return None
    said = edition.personal.letter
    kind = KINDS["letter"]
    show = validated(kind.show, said.show, said.id.place, slips, limits)
    first = next((page.first for page in plan if page.id == said.instead), 0)
    return PlannedPage(str(said.id), kind, show, first) if show is not None else None


def slips(it: House, name: str) -> Iterator[Complaint]:
    """Every page that the personal copies name and can't have."""
    personal, plan = it.editions[name].personal, {page.id: page for page in it.plans[name]}
    if personal is None:
        return
    named = (personal.cover, personal.letter.instead, *(page for group in personal.slots for page in group))
    for ref in named:
        yield from known(it, ref, plan, "the flatplan")
    if personal.letter.id in plan:
        what = f"“{personal.letter.id}” stands in the flatplan: the letter is a page of its own."
        yield Complaint(personal.letter.id.place, what, "Give it another id.")
    instead = plan.get(personal.letter.instead)
    if instead and instead.kind.pages > 1 and not instead.kind.yields:
        what = f"a letter can't take the first page of “{instead.id}”: its pages belong together."
        yield Complaint(personal.letter.instead.place, what, "Name a single page, or the invitation.")
    for group in personal.slots:
        lengths = {plan[page].kind.pages for page in group if page in plan}
        if len(lengths) > 1:
            what = "these sections can't change places: they have different lengths."
            yield Complaint(group[0].place, what, "Group sections of equal length.")
