"""content/<language>/budgets.yaml: how long a text may be in the box that it was laid out in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from brochure.model.scalar import refuse, single_text

#: A budget on one line: thousands of them are read in each check.
LINE = re.compile(
    r"(?P<fits>[a-z][a-z0-9_-]* [0-9]{1,6}(?:, [a-z][a-z0-9_-]* [0-9]{1,6})*) · (?P<box>[0-9]{1,4} × [0-9]{1,4}) mm · "
    r"(?:(?P<sheet>[a-z][a-z0-9_-]{0,79}) )?page (?P<page>[0-9]{1,6}) · (?P<element>[^ ]{1,80}) · (?P<of>[0-9a-f]{12})",
    re.ASCII,
)
LEAFLET = "leaflet"


@dataclass(frozen=True)
class Budget:
    """What fits a text's box. ``fits``: for each language that was laid out, letters, those of its facts left out;
    ``of``: the digest of the original; ``box``: width and height of the room that it has, mm; ``page``: the page's
    number; ``element``: what it is set as, such as ``p.lead`` or ``td``; ``sheet``: the leaflet, or the subject of a
    handout, where the box is in one and not in the brochure."""

    fits: Mapping[str, int]
    of: str
    box: str
    page: int
    element: str
    sheet: str = ""

    @property
    def where(self) -> str:
        """“page 24”, “page 2 of the leaflet”, “page 2 of the handout vorsino”."""
        of = {"": "", LEAFLET: " of the leaflet"}.get(self.sheet, f" of the handout {self.sheet}")
        return f"page {self.page}{of}"

    def __str__(self) -> str:
        fits = ", ".join(f"{tag} {self.fits[tag]}" for tag in sorted(self.fits))
        page = f"{self.sheet} page {self.page}".lstrip()
        return f"{fits} · {self.box} mm · {page} · {self.element} · {self.of}"


def parse_budget(text: str) -> Budget:
    """``en 165, pt 158 · 56 × 17 mm · page 24 · p.caption · cb1ec15526fd``; ``· vorsino page 2 ·`` on a handout."""
    found = LINE.fullmatch(text)
    if found is None:
        raise refuse(f"“{text}” is no budget.", "Let it be written anew: build.py translations measure.")
    fits = {tag: int(letters) for tag, letters in (part.split(" ") for part in found["fits"].split(", "))}
    return Budget(fits, found["of"], found["box"], int(found["page"]), found["element"], found["sheet"] or "")


def _read(value: Any) -> Budget:
    return value if isinstance(value, Budget) else parse_budget(single_text(value, "a budget"))


ABudget = Annotated[Budget, BeforeValidator(_read)]


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
    return f'"{key}": "{budget}"\n'
