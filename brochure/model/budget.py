"""content/<language>/budgets.yaml: how long a text may be in the box that it was laid out in."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from brochure.model.values import Line, Model, Whole


class Budget(Model):
    """What fits a text's box. ``fits``: letters, those of its facts left out; ``of``: the digest of the text that was
    laid out; ``box``: width and height of the room that it has, mm; ``page``: the page's number; ``element``: what it
    is set as, such as ``p.lead`` or ``td``."""

    fits: Whole
    of: Line
    box: Line
    page: Whole
    element: Line


def length(letters: str, factor: Decimal | float = 1) -> int:
    """How many letters wide a text is: ideographs count double (UAX #11, wide and full-width), marks that stand above or
    below a letter nothing. ``factor``: how wide the language's letters are beside those of the written language."""
    wide = sum(
        2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 1
        for c in letters
    )
    return round(wide * float(factor))


def written(key: str, budget: Budget) -> str:
    """A text's line in the file."""
    said = f"fits: {budget.fits}, of: {budget.of}, box: {budget.box}, page: {budget.page}, element: {budget.element}"
    return f'"{key}": {{{said}}}\n'
