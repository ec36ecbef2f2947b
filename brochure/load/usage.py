"""The register as a list: where each fact is used, what is stale, what only the region claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from brochure.house import House
from brochure.model.facts import Fact


@dataclass(frozen=True)
class Entry:
    """A fact's line in the register. ``state``: fresh, stale, later (than the edition) or undated."""

    id: str
    fact: Fact
    pages: tuple[str, ...]
    state: str

    @property
    def claimed(self) -> bool:
        """Whether nobody but the region says so."""
        return self.fact.confidence == "statement"


def entries(house: House, edition: str, used: Mapping[str, tuple[str, ...]], day: date) -> Iterator[Entry]:
    """Every fact with the pages that print it and its state on a day."""
    for name, fact in house.facts.items():
        yield Entry(name, fact, used.get(name, ()), _state(fact, house.editions[edition].date.first, day))


def _state(fact: Fact, published: date, day: date) -> str:
    if not fact.known_on(published):
        return "later"
    if fact.stale_on(day):
        return "stale"
    return "undated" if fact.as_of.last is None and fact.max_age.months is not None else "fresh"
