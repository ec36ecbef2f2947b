"""Companies over the same years on two facing pages: a line each that steps upwards at every event. Sums of one currency
are discs in one scale; those of others are rings whose size says nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from brochure.draw import labels, svg
from brochure.draw.obstacles import Obstacles
from brochure.draw.spline import within
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import Point
from brochure.draw.timeline import moment
from brochure.model.pages.growth import Company, Event, Show

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
LEFT, RIGHT, TOP, LANE = 83.0, 397.0, 85.15, 34.573  # mm: the years from and to, the first lane's top, its height
FOLD, EDGE = 6.5, 13.0  # mm kept free of words beside the fold and the trim
ROOT = 0.36  # mm, the radius of a disc of one million
RING, POINT = 2.3, 1.3  # mm, radii: a sum of another currency, an event without a sum
RISE, FOOT, HEAD = 6.0, 10.5, 9.0  # mm: a step, what lies below the lowest point and above the highest
SIZE = 8.0  # pt
YEAR = 6.0  # mm from the lanes up to the years
WAVE = 12  # points of a step's curve


@dataclass(frozen=True)
class Mark:
    """An event where it stands, mm. ``radius`` of its disc, ring or point."""

    at: Point
    event: Event
    radius: float
    solid: bool


@dataclass(frozen=True)
class Plan:
    """What both pages are drawn from."""

    studio: Studio
    show: Show
    words: Mapping[str, str]

    @cached_property
    def years(self) -> tuple[int, int]:
        """The first and the last year of the picture."""
        first, last = (self.studio.fact(it).value.year for it in (self.show.first, self.show.last))
        return first, last

    def across(self, fact: str) -> float:
        """Where a date stands, mm."""
        return self.at_year(moment(self.studio.fact(fact).value))

    def at_year(self, when: float) -> float:
        """Where a moment in years stands, mm."""
        return LEFT + (RIGHT - LEFT) * (when - self.years[0]) / (self.years[1] + 1 - self.years[0])

    def marks(self, company: Company, top: float) -> list[Mark]:
        """A company's events from the foot of its lane upwards."""
        count = max(len(company.events) - 1, 1)
        rise = min(RISE, (LANE - FOOT - HEAD) / count)
        return [self._mark(event, top + LANE - FOOT - rise * i) for i, event in enumerate(company.events)]

    def _mark(self, event: Event, y: float) -> Mark:
        at = self.across(event.when), y
        if event.money is None:
            return Mark(at, event, POINT, solid=not self.studio.fact(event.when).planned)
        fact = self.studio.fact(event.money)
        planned = fact.planned or self.studio.fact(event.when).planned
        if planned or fact.unit != self.show.currency:
            return Mark(at, event, RING, solid=False)
        return Mark(at, event, ROOT * math.sqrt((self.studio.number(event.money) or 0.0) / 1e6), solid=True)


def lanes(studio: Studio, page: Literal["left", "right"], show: Show, words: Mapping[str, str]) -> str:
    """One page of the lines, 220 × 307 mm with bleed. ``words``: what each event is called, by its key."""
    plan = Plan(studio, show, words)
    left = -BLEED if page == "left" else WIDTH - BLEED
    window = left, left + WIDTH + 2 * BLEED
    body = [*_years(plan, window)]
    for index, company in enumerate(show.companies):
        body += _lane(plan, company, TOP + index * LANE, window)
    shift = f"translate({svg.n(-left)} {svg.n(BLEED)})"
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=shift)])


def _years(plan: Plan, window: tuple[float, float]) -> Iterator[str]:
    """A pale strip for every other year, and its figure above each, clear of the fold."""
    ink, (first, last) = plan.studio.palette, plan.years
    low = TOP + LANE * len(plan.show.companies)
    for year in range(first, last + 1):
        a, b = max(plan.at_year(year), window[0]), min(plan.at_year(year + 1), window[1])
        if a >= b:
            continue
        if (year - first) % 2 == 0:
            yield svg.rect(a, TOP, b - a, low - TOP, fill=ink["mist"])
        middle = (plan.at_year(year) + plan.at_year(year + 1)) / 2
        if (middle < WIDTH) == (window[0] < 0):
            yield svg.text((middle, TOP - YEAR), str(year), SIZE, ink["night"], plan.studio.text, 600, "middle")


def _lane(plan: Plan, company: Company, top: float, window: tuple[float, float]) -> Iterator[str]:
    marks = plan.marks(company, top)
    line = list(_line(marks))
    ink = plan.studio.palette
    for piece in within(line, *window):
        yield svg.path(piece, **svg.stroke(ink["gold"], 1.1))
    yield from _pause(plan, company, line, window)
    for mark in marks:
        if window[0] < mark.at[0] < window[1]:
            yield _disc(plan.studio, mark)
    yield from _labels(plan, marks, line, top, window[0] < 0)


def _line(marks: Sequence[Mark]) -> Iterator[Point]:
    """From event to event, level at each; behind the last one it goes on a little."""
    for a, b in pairwise(mark.at for mark in marks):
        for i in range(WAVE):
            share = i / WAVE
            ease = (1 - math.cos(math.pi * share)) / 2
            yield a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * ease
    x, y = marks[-1].at
    yield x, y
    yield max(x, RIGHT), y


def _pause(plan: Plan, company: Company, line: Sequence[Point], window: tuple[float, float]) -> Iterator[str]:
    """A gap in the line: the ground, and the line broken into dots."""
    if company.pause is None:
        return
    a, b = (plan.across(it) for it in company.pause)
    for piece in within(line, max(a, window[0]), min(b, window[1])):
        wide = {**svg.stroke(plan.studio.palette["paper"], 2.2), "stroke_linecap": "butt"}
        yield svg.path(piece, **wide)
        yield svg.path(piece, **svg.stroke(plan.studio.palette["signal"], 1.3, "0.01 2.2"))


def _disc(studio: Studio, mark: Mark) -> str:
    ink = studio.palette
    if mark.solid:
        return svg.circle(mark.at, mark.radius, fill=ink["night"])
    return svg.circle(mark.at, mark.radius, fill=ink["paper"], **svg.stroke(ink["night"], 0.9))


def _labels(plan: Plan, marks: Sequence[Mark], line: Sequence[Point], top: float, left: bool) -> Iterator[str]:
    """What happened, below it when and for how much, clear of the lines, the discs and the fold."""
    here = [mark for mark in marks if (mark.at[0] < WIDTH) == left]
    ground = Obstacles()
    ground.add_line(line)
    for mark in marks:
        ground.add_disc(mark.at, mark.radius)
    sides = (LEFT - 8.0, WIDTH - FOLD) if left else (WIDTH + FOLD, 2 * WIDTH - EDGE)
    words = [
        labels.Label(plan.words[mark.event.what], mark.at, SIZE, plan.studio.text, 600, mark.radius + 1.1,
                     leader=True, mark=mark.radius + 0.4, under=_under(plan, mark.event))
        for mark in here
    ]  # fmt: skip
    try:
        placed = labels.place(words, ground, (sides[0], top + 0.8, sides[1], top + LANE - 0.8), plan.studio.ruler)
    except labels.NoRoom as error:
        raise NoDrawing(f"in a line of the picture there is {error}.") from error
    ink = plan.studio.palette
    for it in placed:
        if it.leader:
            yield svg.line(*it.leader, **svg.stroke(ink["grey"], 0.35))
        yield svg.text(it.at, it.label.text, SIZE, ink["night"], plan.studio.text, 600, it.anchor)
        low = it.at[0], it.at[1] + svg.pt(labels.LEADING)
        yield svg.text(low, it.label.under, labels.UNDER, ink["grey"], plan.studio.text, 400, it.anchor)


def _under(plan: Plan, event: Event) -> str:
    when = plan.studio.print(event.when, "full")
    if event.money is None:
        return when
    return f"{when}{plan.studio.comma}{plan.studio.print(event.money, 'short')}"
