"""What is mentioned by its id: that it exists, that it fits its place, and that it may be printed on that day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from brochure.errors import Complaint, suggestion
from brochure.house import House
from brochure.model.facts import SPECIAL_UNITS, Fact
from brochure.model.logo import LogoRef
from brochure.model.shown import ColourRef, EmblemRef, NamedTown, TownRef
from brochure.model.values import FactRef, NameRef, PageRef, Ref

GEOMETRY = "geo/region.json"  # the outline, towns and rivers that the maps are made of
#: What a place asks of a fact, by ``FactRef.holds``.
FITS: dict[str, Callable[[Fact], bool]] = {
    "": lambda fact: True,
    "a number, a date or names": lambda fact: fact.unit not in ("claim", "point"),
    "a number": lambda fact: fact.unit not in SPECIAL_UNITS,
    "a date": lambda fact: fact.unit == "date",
    "a single date": lambda fact: fact.unit == "date" and not isinstance(fact.value, tuple),
    "names": lambda fact: fact.unit == "names",
    "a point": lambda fact: fact.unit == "point",
}


#: What a fact is, by its unit; all others are numbers.
HELD = {"claim": "a claim", "point": "a point on the map", "date": "a date", "names": "a list of names"}


#: Where the ids of other kinds stand, in an edition of a house.
SHELVES: dict[type[Ref], Callable[[House, str], tuple[list[str], str]]] = {
    PageRef: lambda it, edition: ([page.id for page in it.plans[edition]], "the flatplan"),
    LogoRef: lambda it, _: ([*it.logos], "content/logos.yaml"),
    ColourRef: lambda it, _: ([*it.brand.colours], "content/brand.yaml"),
    EmblemRef: lambda it, _: (
        sorted({fact.split(".")[1] for fact in it.facts if fact.startswith("parks.")}),
        "content/facts/parks.yaml",
    ),
}


def known(it: House, ref: Ref, ids: Iterable[str], where: str) -> Iterator[Complaint]:
    """A complaint when no such thing is there. ``where`` says in which file it would stand."""
    names = list(ids)
    if ref not in names and not excused(it, ref):
        remedy = suggestion(ref, names) or f"Write one that stands in {where}."
        yield Complaint(ref.place, f"there is no {ref.kind} “{ref}”.", remedy)


def excused(it: House, ref: Ref) -> bool:
    """Whether the thing is there but has a slip of its own, or stands in a file that can't be read."""
    if isinstance(ref, FactRef):
        family = f"fact:{ref.partition('.')[0]}.*"
    else:
        family = {"colour": "brand:*", "park": "fact:parks.*"}.get(ref.kind, f"{ref.kind}:*")
    return bool(it.spoiled & {str(ref), family})


def reference(it: House, edition: str, ref: Ref) -> Iterator[Complaint]:
    """A reference that an edition prints: it exists, it fits, and it may be printed on the edition's date."""
    if isinstance(ref, FactRef) and "*" not in ref:  # a chart's form is looked at with its chart
        yield from known(it, ref, it.facts, "content/facts/")
        if ref in it.facts:
            yield from _fitting(ref, it.facts[ref])
            yield from _printable(it, edition, ref, it.facts[ref])
    elif type(ref) in SHELVES:
        ids, where = SHELVES[type(ref)](it, edition)
        yield from known(it, ref, ids, where)
    elif isinstance(ref, NameRef):
        for tag in it.editions[edition].languages:
            if tag in it.languages:
                yield from known(it, ref, it.languages[tag].names, f"content/{tag}/names.yaml")
    if isinstance(ref, (TownRef, NamedTown)):
        yield from _placed(it, ref)


def _placed(it: House, ref: Ref) -> Iterator[Complaint]:
    """A complaint for a town that neither a fact nor the prepared geometry puts on the map."""
    point = FactRef(f"places.{ref}", ref.place, ref.key)
    if (point in it.facts and it.facts[point].unit == "point") or excused(it, point) or ref in _towns(it):
        return
    remedy = f"Write the fact {point} with its point into content/facts/places.yaml."
    yield Complaint(ref.place, f"the town “{ref}” has no place on the map.", suggestion(ref, _towns(it)) or remedy)


def _towns(it: House) -> list[str]:
    try:
        geometry = json.loads(it.assets[GEOMETRY])
        return [*geometry["towns"], *geometry["cities"]]
    except (KeyError, ValueError):
        return []


def fits(it: House, ref: FactRef) -> bool:
    """Whether the fact is there and is what its place asks for."""
    return ref in it.facts and FITS[ref.holds](it.facts[ref])


def _fitting(ref: FactRef, fact: Fact) -> Iterator[Complaint]:
    if not FITS[ref.holds](fact):
        held = "a range of dates" if isinstance(fact.value, tuple) and fact.unit == "date" else HELD.get(fact.unit)
        what = f"“{ref}” is {held or 'a number'}; this place needs {ref.holds}."
        yield Complaint(ref.place, what, "Choose another fact, or leave it out.")
    elif ref.of_year and fact.as_of.end is None:
        remedy = "Choose one with a date, or find out of when it is."
        yield Complaint(ref.place, f"“{ref}” is undated, but its year is printed here.", remedy)


def _printable(it: House, name: str, ref: FactRef, fact: Fact) -> Iterator[Complaint]:
    edition = it.editions[name]
    day = edition.date.first
    if not fact.known_on(day):
        since = f"holds from {fact.valid_from} (its valid_from)" if fact.valid_from else f"is of {fact.as_of}"
        yield Complaint(
            ref.place,
            f"“{ref}” {since}, after the edition's date {edition.date}.",
            "Use an earlier figure, or leave it out.",
        )
    elif fact.stale_on(day):
        yield Complaint(
            ref.place,
            f"“{ref}” is of {fact.as_of} and went stale on {fact.expires}.",
            "Find a newer figure, or say its date in the text and set max_age: never.",
            warning=not edition.strict,
        )


def shown(it: House, node: Any) -> Iterator[Complaint]:
    """What the parts of a ``show`` must agree on: nothing twice in one list."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from shown(it, getattr(node, name))
    elif isinstance(node, tuple):
        yield from _twice(node)
        for part in node:
            yield from shown(it, part)


def _twice(items: tuple[Any, ...]) -> Iterator[Complaint]:
    for index, item in enumerate(items):
        if isinstance(item, Ref) and item in items[:index]:
            yield Complaint(item.place, f"“{item}” stands a second time in this list.", "Keep one of the two.")
