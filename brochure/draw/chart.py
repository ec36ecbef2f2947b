"""Charts from facts: one drawing for each kind that the flatplan may ask for."""

from __future__ import annotations

from collections.abc import Callable

from brochure.draw import svg
from brochure.draw.bars import bars, pairs
from brochure.draw.columns import columns
from brochure.draw.dates import dates
from brochure.draw.disc_row import disc_row
from brochure.draw.fields import fields
from brochure.draw.marks import marks
from brochure.draw.plot import Sheet
from brochure.draw.share import share
from brochure.draw.studio import Studio

KINDS: dict[str, Callable[[Sheet], list[str]]] = {
    "bars": bars,
    "pairs": pairs,
    "dots": marks,
    "discs": disc_row,
    "columns": columns,
    "timeline": dates,
    "fields": fields,
    "share": share,
}


def chart(studio: Studio, **details: object) -> str:
    """A chart of its kind; ``details`` are the other fields of a Sheet."""
    sheet = Sheet(studio, **details)  # type: ignore[arg-type]
    return svg.svg(sheet.width, sheet.height, KINDS[sheet.chart.kind](sheet))
