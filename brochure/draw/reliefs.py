"""What the zone takes off the taxes: each rate below the ordinary one, over the years where a term is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brochure.draw import svg
from brochure.draw.ruler import ruler
from brochure.draw.studio import Studio

STARTS = (0.0, 45.25, 120.667)  # mm: where the fields begin, on columns of the page's grid
YEAR, COLUMN = 6.6, 31.25  # mm: a year, and the width of a field without a term
PER_CENT, ABOVE = 16.5, 6.0  # mm: one per cent, the same for all taxes, and room above the tallest field
FIGURE, UNIT, HEAD, TYPE = 28.0, 12.5, 9.25, 8.0  # pt
INSET = 2.0  # mm from a field's edge to the words in it


@dataclass(frozen=True)
class Field:
    """A tax on the sheet, mm: its left edge and width, and the heights of nought, the zone's and the ordinary rate."""

    relief: Any
    left: float
    wide: float
    floor: float
    level: float
    ceiling: float
    years: int


@dataclass(frozen=True)
class Sheet:
    """The studio and the words by key."""

    studio: Studio
    words: Mapping[str, Mapping[str, str]]

    def say(self, kind: str, relief: Any, **figures: str) -> str:
        """A label of a relief with its figures filled in."""
        return self.words[kind][relief.name].format(**figures)

    def field(self, relief: Any, left: float, floor: float) -> Field:
        """Where a tax stands: its rates to one scale, its width by its years where a term is known."""
        zone, ordinary = (PER_CENT * (self.studio.number(fact) or 0) for fact in (relief.zone, relief.ordinary))
        years = int(self.studio.number(relief.term) or 0) if relief.term else 0
        return Field(relief, left, years * YEAR or COLUMN, floor, floor - zone, floor - ordinary, years)

    def text(self, at: svg.Point, words: str, colour: str = "ink", *, weight: int = 400, size: float = TYPE) -> str:
        """A line of type."""
        return svg.text(at, words, size, self.studio.palette[colour], self.studio.text, weight)


def reliefs(
    studio: Studio, shown: Sequence[Any], words: Mapping[str, Mapping[str, str]], *, width: float, height: float
) -> str:
    """The chart, ``width`` × ``height`` mm: fields side by side on one floor. ``shown``: things with a ``name``, the
    facts ``zone`` and ``ordinary`` and perhaps ``term``. ``words``: the labels taxes, since, zone and ordinary."""
    sheet = Sheet(studio, words)
    floor = ABOVE + max(PER_CENT * (studio.number(relief.ordinary) or 0) for relief in shown)
    body: list[str] = []
    for relief, left in zip(shown, STARTS, strict=True):
        field = sheet.field(relief, left, floor)
        body += [*_rates(sheet, field), *_labels(sheet, field), *_years(sheet, field)]
    return svg.svg(width, height, body)


def _rates(sheet: Sheet, field: Field) -> Iterator[str]:
    """The ordinary rate thin and dark, the zone's thick and gold: different in grey as well. In straw what the zone
    takes off, in mist what is left to pay."""
    palette, right = sheet.studio.palette, field.left + field.wide
    yield svg.rect(field.left, field.ceiling, field.wide, field.level - field.ceiling, fill=palette["straw"])
    yield svg.rect(field.left, field.level, field.wide, field.floor - field.level, fill=palette["mist"])
    yield svg.line((field.left, field.ceiling), (right, field.ceiling), **svg.stroke(palette["night"], 0.8))
    gold = {**svg.stroke(palette["gold"], 2.4), "stroke_linecap": "butt"}
    yield svg.line((field.left, field.level), (right, field.level), **gold)


def _labels(sheet: Sheet, field: Field) -> Iterator[str]:
    """The ordinary rate above its line, the zone's large above its own, the tax below the floor."""
    studio, relief, left = sheet.studio, field.relief, field.left
    ordinary = studio.print(relief.ordinary, "short")
    yield sheet.text((left, field.ceiling - 1.8), sheet.say("ordinary", relief, rate=ordinary))
    yield from _figure(sheet, (left + INSET, field.level - 6.6), relief.zone)
    term = studio.print(relief.term) if relief.term else ""
    yield sheet.text((left + INSET, field.level - 2.4), sheet.say("zone", relief, term=term), "night", weight=500)
    yield sheet.text((left, field.floor + 13.0), sheet.say("taxes", relief), "night", weight=600, size=HEAD)
    yield sheet.text((left, field.floor + 16.9), sheet.say("since", relief), "grey")


def _figure(sheet: Sheet, at: svg.Point, fact: str) -> Iterator[str]:
    """A rate with its number large and its unit small beside it."""
    studio = sheet.studio
    number = studio.print(fact, "number")
    unit = studio.print(fact, "short").replace(number, "").strip()
    wide = ruler(studio.assets)(number, studio.display, FIGURE, 300)
    yield svg.text(at, number, FIGURE, studio.palette["night"], studio.display, 300)
    yield sheet.text((at[0] + wide + 1.0, at[1]), unit, "night", size=UNIT)


def _years(sheet: Sheet, field: Field) -> Iterator[str]:
    """The years below a field with a term."""
    for year in range(field.years + 1 if field.years else 0):
        x, base = field.left + year * YEAR, field.floor + 1.4
        yield svg.line((x, base), (x, base + 1.2), **svg.stroke(sheet.studio.palette["silver"], 0.4))
        yield svg.text((x, base + 4.6), str(year), TYPE, sheet.studio.palette["grey"], sheet.studio.text, 400, "middle")
