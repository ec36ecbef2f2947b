"""What the zone takes off the taxes: each rate beside the ordinary one, over the years where a term is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from brochure.draw import svg
from brochure.draw.studio import Studio

SPAN, LAST = 10, 138.0  # years on the axis, and where they end, mm
FIELD = 49.0  # mm: where the years begin, right of the columns without term
PER_CENT = 12.0  # mm for one per cent, the same for all taxes
HEADING, BETWEEN = 9.5, 11.0  # mm for a field's heading, and between two fields
COLUMN, APART = 12.0, 3.0  # mm: width of a column, and between two of them
TYPE, HEAD = 8.0, 9.25  # pt


@dataclass(frozen=True)
class Sheet:
    """The studio, the words by key, and the height of one per cent for all fields."""

    studio: Studio
    words: Mapping[str, Mapping[str, str]]
    axis: str

    def say(self, kind: str, relief: Any, **figures: str) -> str:
        """A label of a relief with its figures filled in."""
        return self.words[kind][relief.name].format(**figures)

    def height(self, fact: str) -> float:
        """A rate's height above nought, mm."""
        return PER_CENT * (self.studio.number(fact) or 0)

    def text(
        self,
        at: svg.Point,
        words: str,
        colour: str = "ink",
        *,
        weight: int = 400,
        size: float = TYPE,
        anchor: str = "start",
    ) -> str:
        """A line of type."""
        return svg.text(at, words, size, self.studio.palette[colour], self.studio.text, weight, anchor)


def reliefs(
    studio: Studio,
    shown: Sequence[Any],
    words: Mapping[str, Mapping[str, str]],
    axis: str,
    *,
    width: float,
    height: float,
) -> str:
    """The chart, ``width`` × ``height`` mm. ``shown``: things with a ``name``, the facts ``zone`` and ``ordinary``
    and perhaps ``term``. ``words``: the labels taxes, since, zone and ordinary by name; ``axis`` names the years."""
    sheet = Sheet(studio, words, axis)
    over_years = [relief for relief in shown if relief.term]
    tallest = max(sheet.height(relief.ordinary) for relief in shown)
    body: list[str] = []
    floor = HEADING + tallest
    for relief in shown:
        if not relief.term:
            body += _columns(sheet, relief, floor)
    for index, relief in enumerate(over_years):
        floor += (BETWEEN + HEADING + sheet.height(relief.ordinary)) if index else 0
        body += _field(sheet, relief, floor)
    return svg.svg(width, height, [*body, *_axis(sheet, floor)])


def across(year: float) -> float:
    """Where a year stands, mm."""
    return FIELD + (LAST - FIELD) * year / SPAN


def _columns(sheet: Sheet, relief: Any, floor: float) -> Iterator[str]:
    """Two columns for a rate without a term: ordinary and zone."""
    palette, top = sheet.studio.palette, floor - sheet.height(relief.ordinary)
    yield sheet.text((0, top - HEADING + 2.6), sheet.say("taxes", relief), "night", weight=600, size=HEAD)
    yield sheet.text((0, top - HEADING + 6.2), sheet.say("since", relief), "grey")
    for index, (fact, kind) in enumerate(((relief.ordinary, "ordinary"), (relief.zone, "zone"))):
        left, tall = index * (COLUMN + APART), sheet.height(fact)
        paint: dict[str, object] = {"fill": palette["straw"]} if index else {"fill": palette["mist"]}
        yield svg.rect(left, floor - tall, COLUMN, tall, **paint)
        yield svg.line((left, floor - tall), (left + COLUMN, floor - tall), **_rule(sheet, kind))
        yield sheet.text(
            (left + 1.5, floor - tall + 4.6), sheet.studio.print(fact, "short"), "night", weight=600, size=HEAD
        )
        yield sheet.text((left, floor + 4.3), sheet.say(kind, relief))


def _rule(sheet: Sheet, kind: str) -> dict[str, object]:
    """The zone's line is thick and gold, the ordinary one thin and dark: different in grey as well."""
    return (
        svg.stroke(sheet.studio.palette["gold"], 2.4)
        if kind == "zone"
        else svg.stroke(sheet.studio.palette["night"], 0.8)
    )


def _field(sheet: Sheet, relief: Any, floor: float) -> Iterator[str]:
    """A rate over the years: the zone's until its term ends, the ordinary one all along, what lies between in straw."""
    palette, term = sheet.studio.palette, sheet.studio.number(relief.term) or 0
    ceiling, level, end = floor - sheet.height(relief.ordinary), floor - sheet.height(relief.zone), across(term)
    yield sheet.text((FIELD, ceiling - HEADING + 2.6), sheet.say("taxes", relief), "night", weight=600, size=HEAD)
    yield sheet.text((FIELD, ceiling - HEADING + 6.2), sheet.say("since", relief), "grey")
    yield svg.rect(FIELD, ceiling, end - FIELD, level - ceiling, fill=palette["straw"])
    yield svg.line((FIELD, ceiling), (LAST, ceiling), **_rule(sheet, "ordinary"))
    yield svg.line((FIELD, level), (end, level), **_rule(sheet, "zone"))
    yield svg.circle((end, level), 1.3, fill=palette["gold"])
    ordinary, zone = (sheet.studio.print(fact, "short") for fact in (relief.ordinary, relief.zone))
    yield sheet.text((LAST + 4, ceiling + 1.1), sheet.say("ordinary", relief, rate=ordinary))
    yield sheet.text(
        (end + 4, level + 1.1),
        sheet.say("zone", relief, rate=zone, term=sheet.studio.print(relief.term)),
        "night",
        weight=600,
    )


def _axis(sheet: Sheet, floor: float) -> Iterator[str]:
    """The years below the last field."""
    thin = svg.stroke(sheet.studio.palette["silver"], 0.4)
    base = floor + 5
    yield svg.line((FIELD, base), (LAST, base), **thin)
    for year in range(SPAN + 1):
        yield svg.line((across(year), base), (across(year), base + 1.2), **thin)
        yield sheet.text((across(year), base + 4.8), str(year), "grey", anchor="middle")
    yield sheet.text((LAST + 4, base + 4.8), sheet.axis, "grey")
