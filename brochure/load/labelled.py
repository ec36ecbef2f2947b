"""The facts of an edition that a table may print: known, fresh, and with a label in the written language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from brochure.house import House, PlannedPage
from brochure.model.facts import SPECIAL_UNITS
from brochure.model.handouts import HandoutWords
from brochure.model.pages.park import Resident
from brochure.model.scalar import NOWHERE
from brochure.model.shown import DateFact, LabelledNumber, NamesFact
from brochure.model.values import LabelledFact, NameRef
from brochure.model.words import PageWords

FIGURES = 6  # that are set large
#: What says since when a company works and how large it is, the last words of its facts; the first that is there.
OPENED = ("opened", "first_car", "truck_plant_opened", "start")
SUMS = ("investment", "investment_to_2017", "truck_investment", "capacity")


@dataclass(frozen=True)
class Shelf:
    """``page``: the brochure's page of the subject, whose labels go before the general ones."""

    house: House
    edition: str
    page: PlannedPage

    @property
    def words(self) -> PageWords:
        """What the page says in the written language."""
        found = self.house.words_of(self.edition, self._tag, self.page.id)
        assert found is not None  # a page that is planned has words in the written language
        return found

    @property
    def _tag(self) -> str:
        return str(self.house.editions[self.edition].languages[0])

    def fits(self, name: str) -> bool:
        """Whether a fact can stand in a table: a figure, a date or names, known on the edition's day and fresh."""
        fact, day = self.house.facts.get(name), self.house.editions[self.edition].date.first
        if fact is None or fact.unit in ("claim", "point"):
            return False
        return fact.known_on(day) and not fact.stale_on(day)

    def names(self, fact: str) -> tuple[str, ...]:
        """The names that a fact lists; none when it isn't there."""
        found = self.house.facts.get(fact)
        return tuple(found.value) if found and found.unit == "names" else ()

    def below(self, *prefixes: str) -> Iterator[str]:
        """The facts of these names that fit and that no other source disputes."""
        return (name for name in self.house.facts
                if name.startswith(prefixes) and self.fits(name) and not self.house.facts[name].disputed)  # fmt: skip

    def companies(self, names: Iterable[str]) -> tuple[Resident, ...]:
        """Companies with what the facts know of each: since when, from which country, one sum."""
        return tuple(
            Resident.model_construct(
                name=NameRef(name),
                since=self._first(name, OPENED, DateFact),
                country=self._first(name, ("country",), NamesFact),
                figure=self._first(name, SUMS, LabelledFact),
            )
            for name in names
            if any(fact.startswith(f"projects.{name}.") for fact in self.house.facts)
        )

    def _first(self, name: str, words: Iterable[str], kind: type[LabelledFact | DateFact | NamesFact]) -> Any:
        found = (f"projects.{name}.{word}" for word in words)
        return next(
            (kind(fact, self.house.places.get(f"fact:{fact}", NOWHERE)) for fact in found if self.fits(fact)), None
        )

    def of(self, companies: Sequence[Resident]) -> Iterator[str]:
        """What else the facts know of companies, and the language has words for."""
        own = self.house.languages[self._tag].handouts
        for it in companies if own else ():
            assert own is not None
            known = (f"projects.{it.name}.{word}" for word in own.of_company)
            said = (name for name in own.labels if name.startswith(f"projects.{it.name}."))
            yield from (name for name in (*known, *said) if self.fits(name) and name != it.figure)

    def listed(self, names: Iterable[str], companies: Iterable[str]) -> list[LabelledFact]:
        """The facts that fit and have a label, each label once: no table has two rows of one name."""
        language, rows = self.house.languages[self._tag], dict[str, str]()
        for name in names:
            if self.fits(name) and language.handouts:
                said = called(name, language.handouts, self.words, companies)
                if said := said or self._general(name):
                    rows.setdefault(said, name)
        return [
            LabelledFact(name, self.house.places.get(f"fact:{name}", NOWHERE)) for name in dict.fromkeys(rows.values())
        ]

    def _general(self, name: str) -> str:
        """The general label of a fact, by the last word only where that is a park's or cluster's own."""
        labels, parts = self.house.languages[self._tag].labels, name.split(".")
        own = len(parts) == 3 and parts[0] in ("parks", "clusters")
        found = labels.get(name) or (labels.get(parts[-1]) if own else None)
        return found.raw if found else ""

    def numbers(self, names: Iterable[LabelledFact], unit: str = "") -> list[LabelledNumber]:
        """Those that are numbers, of one unit when it is named."""
        facts = self.house.facts
        return [LabelledNumber(name, name.place) for name in names
                if facts[name].unit not in SPECIAL_UNITS and unit in ("", facts[name].unit)]  # fmt: skip

    def various(self, numbers: Iterable[LabelledNumber], most: int = FIGURES) -> tuple[LabelledNumber, ...]:
        """The few that are set large: of each unit the first, then of each the second, in their order."""
        turns: dict[str, int] = {}
        ranked = []
        for place, name in enumerate(dict.fromkeys(numbers)):
            unit = str(self.house.facts[name].unit)
            turns[unit] = turns.get(unit, 0) + 1
            ranked.append((turns[unit], place, name))
        chosen = sorted(ranked)[:most]
        return tuple(name for _, place, name in sorted(chosen, key=lambda it: it[1]))


def called(name: str, own: HandoutWords, page: PageWords, companies: Iterable[str]) -> str | None:
    """How a handout calls a fact: in words of its own, by its company and what it is of it, or as the brochure's page
    does; None when only the general labels know."""
    if name in own.labels:
        return own.labels[name].raw
    first, *rest = name.split(".")
    if first == "projects" and len(rest) == 2 and rest[0] in companies and rest[1] in own.of_company:
        return f"{rest[0]}, {own.of_company[rest[1]].raw}"
    return page.labels[name].raw if name in page.labels else None
