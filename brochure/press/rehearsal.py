"""The rehearsal: where one page has a slip the others are set all the same, so that one run tells everything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from brochure import compose, load
from brochure.errors import Complaint, ExitCode, errors_in
from brochure.house import House
from brochure.stages import Manuscript, Order
from brochure.typeset import Setter
from brochure.typeset.setter import Progress


def rehearse(
    root: Path, edition: str | None = None, languages: tuple[str, ...] = (), progress: Progress | None = None
) -> tuple[Complaint, ...]:
    """Layout slips of the pages that have no slip of content, in a house that can't be built because others have.
    Nothing when brand or assets are broken: then no page can be set as it will be."""
    house, slips = load.attempt(root)
    name = edition or (house.default_edition if house.editions else "")
    if name not in house.plans or "brand:*" in house.spoiled or any(slip.code is ExitCode.ASSET for slip in slips):
        return ()
    found: list[Complaint] = []
    with Setter(limits=house.limits) as setter:
        for language in languages or house.editions[name].languages:
            if _spoken(house, name, language):
                found += layout(load.manuscript(house, Order(name, language)), setter, (), progress)
    return tuple(found)


def layout(
    manuscript: Manuscript, setter: Setter, pages: tuple[str, ...] = (), progress: Progress | None = None
) -> tuple[Complaint, ...]:
    """Layout slips of the pages that can be composed (of these ids, when some are named). Nothing when a template
    or stylesheet breaks a rule: what it makes might never end."""
    if any(compose.lint.house(manuscript.house.templates, manuscript.house.assets)):
        return ()
    sheet = compose.sound(manuscript)
    wanted = tuple(galley for galley in sheet.galleys if not pages or galley.id in pages)
    return errors_in(setter.complaints(replace(sheet, galleys=wanted), progress))


def _spoken(house: House, edition: str, language: str) -> bool:
    """Whether a language has all that pages share."""
    return language in house.languages and edition in house.languages[language].editions
