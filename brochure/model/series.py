"""What a chart shows: its facts one by one, with what is known of each and how exactly."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from brochure.model.charts import Chart, Entry, Look
from brochure.model.dates import PartialDate
from brochure.model.facts import Bound, Fact


@dataclass(frozen=True)
class Item:
    """One thing in a chart. ``key`` is its fact, or the id of a name that is counted or whose figure isn't known; ``facts``: all that it rests on.
    ``low`` and ``high`` differ for a range and are None when unknown. ``when``: first and last date of a date; ``year``: of a figure.
    ``shared``: how many of a count belong to others as well. ``exists``: the part of a planned figure that is there. ``term``: the fact that says for how many ``years`` it holds."""

    key: str
    name: str
    facts: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound | None = None
    planned: bool = False
    claimed: bool = False
    when: tuple[PartialDate, PartialDate] | None = None
    year: int = 0
    group: str = ""
    what: str = ""
    look: Look | None = None
    shared: int = 0
    exists: Decimal | None = None
    beside: Item | None = None
    term: str = ""
    years: int = 0

    @property
    def known(self) -> bool:
        """Whether there is something to draw."""
        return self.high is not None or self.when is not None

    @property
    def reach(self) -> Decimal:
        """How far it reaches, with what it is compared with; nought when unknown."""
        return max(self.high or Decimal(0), self.beside.reach if self.beside else Decimal(0))


Facts = Mapping[str, Fact]


def items(chart: Chart, facts: Facts, day: date) -> tuple[Item, ...]:
    """What the chart shows in an edition of that day, in its order. A form takes in the facts that may be printed
    then without a word: known by then and not stale."""
    found = list(_counted(chart, facts, day) if chart.count else _listed(chart, facts, day))
    known = {name for item in found for name in (item.name, item.key)}
    found += [Item(str(name), str(name)) for name in chart.unknown if name not in known]
    accented = [replace(item, look="accent") if item.name in chart.accent else item for item in found]
    return tuple(_ordered(accented, chart))


def selected(chart: Chart, entry: Entry, facts: Facts, day: date) -> list[str]:
    """The facts that an entry stands for, in the register's order. A form leaves out what another entry names."""
    if not entry.fact.many:
        return [str(entry.fact)]
    apart = {*chart.leave_out, *(other.fact for other in chart.series)}
    return [name for name in facts if entry.fact.selects(name) and name not in apart and _fit(facts[name], day)]


def _fit(fact: Fact, day: date) -> bool:
    return fact.known_on(day) and not fact.stale_on(day)


def _listed(chart: Chart, facts: Facts, day: date) -> Iterator[Item]:
    for entry in chart.series:
        for name in selected(chart, entry, facts, day):
            if name in facts:
                yield _item(entry, name, facts)


def _item(entry: Entry, name: str, facts: Facts) -> Item:
    exists = facts[entry.exists].number if entry.exists and entry.exists in facts else None
    beside = single(entry.beside, facts) if entry.beside and entry.beside in facts else None
    also = [str(ref) for ref in (entry.exists, entry.beside, entry.term) if ref]
    return replace(
        single(name, facts),
        name=str(entry.name or owner(name)),
        facts=(name, *also),
        group=str(entry.group or ""),
        what=str(entry.what or ""),
        look=entry.look,
        exists=exists,
        beside=beside,
        term=str(entry.term or ""),
        years=int(facts[entry.term].number or 0) if entry.term and entry.term in facts else 0,
    )


def single(name: str, facts: Facts) -> Item:
    """One fact by itself."""
    fact = facts[name]
    low, high = fact.span or (None, None)
    first, last = fact.value if isinstance(fact.value, tuple) and fact.unit == "date" else (fact.value, fact.value)
    return Item(
        name,
        owner(name),
        (name,),
        low,
        high,
        fact.bound,
        fact.planned,
        fact.confidence == "statement",
        (first, last) if fact.unit == "date" else None,
        fact.as_of.end.year if fact.as_of.end else 0,
    )


def owner(fact: str) -> str:
    """Whose fact it is: the second word of its id."""
    return fact.split(".")[1]


def _counted(chart: Chart, facts: Facts, day: date) -> Iterator[Item]:
    """Each name with the facts that hold it; a fact with several names counts for each and is shared."""
    holders: dict[str, list[str]] = {}
    for selector in chart.count:
        for name in selected(chart, Entry.model_construct(fact=selector), facts, day):
            for held in dict.fromkeys(facts[name].value) if name in facts and facts[name].unit == "names" else ():
                holders.setdefault(str(held), []).append(name)
    for held, names in holders.items():
        shared = sum(len(facts[name].value) > 1 for name in names)
        yield Item(held, held, tuple(names), Decimal(len(names)), Decimal(len(names)), shared=shared)


def _ordered(found: list[Item], chart: Chart) -> Sequence[Item]:
    """Unknown ones last; equal ones by name, so that the order is always the same."""
    if chart.order == "as written":
        return found
    if chart.order == "name":
        return sorted(found, key=lambda item: item.name)
    if chart.order == "earliest":
        return sorted(found, key=lambda item: (not item.known, _begins(item), item.name))
    sign = -1 if chart.order == "largest" else 1
    return sorted(found, key=lambda item: (not item.known, sign * (item.high or 0), item.shared, item.name))


def _begins(item: Item) -> date:
    return item.when[0].first if item.when else date(item.year or 1, 1, 1)


#: Rows of 14 pt that a chart's drawing needs whatever it shows.
LEAST = {"discs": 5, "columns": 6, "timeline": 6, "fields": 10, "share": 3}


def rows_needed(chart: Chart, found: Sequence[Item]) -> int:
    """How many rows of 14 pt the drawing takes, without title and note."""
    if chart.kind in LEAST:
        return LEAST[chart.kind]
    breaks = sum(a.group != b.group for a, b in itertools.pairwise(found))
    rows = len(found) * (2 if chart.kind == "pairs" else 1) + breaks
    return -(-rows // chart.lanes) + chart.ticks
