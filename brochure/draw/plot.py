"""The sheet that a chart is drawn on, and how certain what it shows is.

What is known exactly is solid. What isn't says so by its form, so that it shows in grey as well: planned is pale
with a dashed edge, a mere statement faint with a firm one, “more than” goes on in slices, “up to” is thin with a cap,
“about” breaks up round its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from brochure.draw import svg
from brochure.draw.studio import NoDrawing, Studio
from brochure.model.charts import Chart
from brochure.model.patterns import Pattern
from brochure.model.series import Item

ROW = svg.pt(14)  # mm, the baseline grid
BASE = 0.73  # share of a row above the baseline
TYPE = 8.0  # pt
GAP = 2.0  # mm between words and marks
LEAST = 12.0  # mm, the shortest room in which lengths can still be compared


@dataclass(frozen=True)
class Dress:
    """The colours of a chart on a ground, by their tokens: what is solid, pale, faint and edged, what stands out or back,
    words and small words."""

    ground: str
    solid: str
    pale: str
    faint: str
    edge: str
    accent: str
    quiet: str
    words: str
    small: str
    least: int = 400  # the lightest weight of type: 500 reversed out


DRESSES = {
    "paper": Dress("paper", "night", "haze", "mist", "night", "signal", "silver", "night", "grey"),
    "mist": Dress("mist", "night", "haze", "paper", "night", "signal", "silver", "night", "grey"),
    "night": Dress("night", "gold", "dusk", "deep", "gold", "signal", "haze", "paper", "haze", 500),
}


@dataclass(frozen=True)
class Sheet:
    """What a chart is drawn from: ``width`` and ``height`` in mm, ``labels`` by an item's key and by words asked for,
    ``planned`` and ``unknown`` the language's words, ``heads`` those of the
    table, ``rest`` what a share leaves over of its ``whole``, ``term`` how a term is said."""

    studio: Studio
    chart: Chart
    items: tuple[Item, ...]
    labels: Mapping[str, str]
    planned: str
    unknown: str
    width: float
    height: float
    heads: tuple[str, ...] = ()
    rest: str = ""
    whole: Item | None = None
    term: Pattern | None = None

    @cached_property
    def dress(self) -> Dress:
        """The colours on the chart's ground."""
        return DRESSES[self.chart.ground]

    def paint(self, part: str) -> str:
        """A colour by its part in the dress."""
        return self.studio.palette[getattr(self.dress, part)]

    def label(self, item: Item) -> str:
        """What an item is called."""
        return self.labels[item.key]

    def figure(self, item: Item) -> str:
        """What is printed at an item, the same as in the table for readers who can't see the chart."""
        return figure(self.studio, item, self.planned, self.unknown)

    def wide(self, words: str, weight: int = 400, size: float = TYPE) -> float:
        """How wide words of the chart are, mm; ``size`` in pt."""
        return self.studio.width(words, size, max(weight, self.dress.least))

    def text(
        self,
        at: svg.Point,
        words: str,
        part: str = "words",
        weight: int = 400,
        anchor: str = "start",
        size: float = TYPE,
    ) -> str:
        """A line of type, ``size`` in pt; reversed out never lighter than medium."""
        heavy = max(weight, self.dress.least)
        return svg.text(at, words, size, self.paint(part), self.studio.text, heavy, anchor)

    def column(self, words: list[str], weight: int = 400) -> float:
        """The width of a column of words, with the gap behind it; nothing for no words."""
        wide = max((self.wide(word, weight) for word in words), default=0.0)
        return wide + 2 * GAP if wide else 0.0

    def room(self, taken: float, what: str) -> float:
        """The width in mm that ``taken`` leaves for marks; NoDrawing when that is too little to compare lengths."""
        if (left := self.width - taken) < LEAST:
            raise self.crowded(what)
        return left

    def crowded(self, what: str) -> NoDrawing:
        """What is said when words have no room."""
        return NoDrawing(f"the chart “{self.chart.id}” has no room for its {what}.")


def figure(studio: Studio, item: Item, planned: str, unknown: str) -> str:
    """An item's figure in words: as the register prints it, a count by itself, or that it isn't known."""
    if not item.known:
        return unknown
    if item.key not in item.facts:
        return studio.amount(item.high or Decimal(0))
    printed = studio.print(item.key, "full")
    return studio.planned(printed) if item.planned else printed
