"""Translations that are longer than the box of their original: told before anything is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.errors import Complaint, Place
from brochure.house import House
from brochure.load.papers import BUDGETS
from brochure.load.sayings import Saying, sayings, source
from brochure.model.budget import Budget, length, written

SLACK = 1.05  # a budget is an estimate: letters differ in width, and lines break where words end
MEASURE = "Measure again: build.py translations measure."


def slips(it: House, tag: str, original: Saying, saying: Saying) -> Iterator[Complaint]:
    """A warning when a translation is clearly longer than fits; silent when the budget is of another text. A language
    that was never laid out is measured by the letters of the original."""
    written_in = source(it)
    budget = it.languages[written_in].budgets.get(original.key)
    if budget is None or budget.of != original.digest:
        return
    long, fits = length(saying.letters, it.languages[tag].words.length), within(budget, tag, written_in)
    if long > fits * SLACK:
        yield Complaint(
            saying.place,
            f"this translation is {long} letters long; {fits} fit its box ({budget.box} mm, {budget.where}).",
            "Say it shorter, or look at the page.",
            warning=True,
        )


def within(budget: Budget, tag: str, written_in: str) -> int:
    """How many letters of a language fit."""
    return budget.fits.get(tag, budget.fits.get(written_in, 0))


def stale(it: House) -> Iterator[Complaint]:
    """A warning when texts have changed since they were measured; nothing in a house that never measured."""
    written_in = source(it)
    if written_in not in it.languages or len(it.languages) == 1:
        return
    found = it.languages[written_in].budgets
    said = sayings(it, written_in)
    changed = sum(key not in said or said[key].digest != budget.of for key, budget in found.items())
    if changed:
        what = f"{changed} of {len(found)} texts have changed since their boxes were measured."
        yield Complaint(Place(f"content/{written_in}/{BUDGETS}"), what, MEASURE, warning=True)


def file(found: Mapping[str, Budget]) -> str:
    """``budgets.yaml`` as a whole."""
    head = "# How many letters fit the box of each text, by language. Written by build.py translations measure.\n"
    return head + "".join(written(key, found[key]) for key in sorted(found))
