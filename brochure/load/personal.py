"""An edition's personal copies: that their letter, their cover and their slots stand in the flatplan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.errors import Complaint
from brochure.house import House, PlannedPage
from brochure.load.references import known
from brochure.load.slips import validated
from brochure.model.edition import Edition
from brochure.model.limits import Limits
from brochure.model.pages import KINDS

Plans = Mapping[str, tuple[PlannedPage, ...]]


def letters(
    editions: Mapping[str, Edition], plans: Plans, slips: list[Complaint], limits: Limits
) -> dict[str, PlannedPage]:
    """The letter of each edition that has personal copies, as a planned page at the number of the page that it takes;
    without those whose slips were told."""
    kind, out = KINDS["letter"], {}
    for name, plan in plans.items():
        personal = editions[name].personal
        if personal is None:
            continue
        said = personal.letter
        show = validated(kind.show, said.show, said.id.place, slips, limits)
        first = next((page.first for page in plan if page.id == said.instead), 0)
        if show is not None:
            out[name] = PlannedPage(str(said.id), kind, show, first)
    return out


def whole(plans: Plans, letters: Mapping[str, PlannedPage]) -> dict[str, tuple[PlannedPage, ...]]:
    """Every page that each edition may print: its flatplan, and its letter."""
    return {name: (*plan, letters[name]) if name in letters else plan for name, plan in plans.items()}


def slips(it: House, name: str) -> Iterator[Complaint]:
    """Every page that the personal copies name and can't have."""
    personal, plan = it.editions[name].personal, {page.id: page for page in it.copies.get(name, it.plans[name])}
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
