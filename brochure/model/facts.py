"""Facts and their sources: every number of the brochure, once, without a language."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from brochure.model.dates import Age, PartialDate, Period, parse_date
from brochure.model.scalar import refuse
from brochure.model.values import (
    AsOf,
    Day,
    Line,
    MaxAge,
    Model,
    NameRef,
    Slug,
    SourceRef,
    Truth,
    UnitRef,
    Url,
    parse_number,
)

T = TypeVar("T")
Bound = Literal["more than", "about", "up to", "almost", "at least"]
Scale = Literal["thousand", "million", "billion"]
SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
Per = Literal["year", "month", "week", "day"]
Confidence = Literal["sourced", "statement", "general knowledge"]
SourceKind = Literal["official", "company", "press", "encyclopedia", "dataset", "book", "web", "unverified"]

#: Units whose value isn't a number.
SPECIAL_UNITS = ("date", "names", "point", "claim")


class Source(Model):
    """Where a figure comes from. ``date`` may be undated or inferred (``c. 2013``). ``titles`` and ``publishers`` are what
    other languages call it, by their tag."""

    title: Line
    publisher: Line
    titles: dict[Slug, Line] = Field(default_factory=dict)
    publishers: dict[Slug, Line] = Field(default_factory=dict)
    url: Url | None = None
    date: AsOf
    kind: SourceKind
    language: Slug | None = None


def _raw(value: Any) -> Any:
    """A value as written; which grammar it obeys depends on the unit, so the fact decides."""
    return value


class Figure(Model):
    """What a fact and its rivals have in common: a value with unit, date and source."""

    value: Annotated[Any, BeforeValidator(_raw)] = None
    bound: Bound | None = None
    scale: Scale | None = None
    unit: UnitRef
    per: Per | None = None
    as_of: AsOf
    source: SourceRef
    note: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _parse_value(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "unit" not in data or "value" not in data:
            return data
        return {**data, "value": parse_value(data["value"], str(data["unit"]))}

    @model_validator(mode="after")
    def _only_numbers_are_scaled(self) -> Figure:
        for key in ("scale", "bound", "per"):
            if self.unit in SPECIAL_UNITS and getattr(self, key) is not None:
                raise refuse(
                    f"“{key}” says nothing of a fact with the unit {self.unit}.", "Remove it, or correct the unit.", key
                )
        return self

    @property
    def number(self) -> Decimal | None:
        """The number multiplied by its scale; the first of a range; None for dates, names and claims."""
        first = self.value[0] if isinstance(self.value, tuple) and self.value else self.value
        if not isinstance(first, Decimal):
            return None
        return first * (SCALES[self.scale] if self.scale else 1)

    @property
    def span(self) -> tuple[Decimal, Decimal] | None:
        """The least and most that it says, multiplied by its scale; None for dates, names, points and claims."""
        ends = self.value if isinstance(self.value, tuple) else (self.value, self.value)
        if self.unit in SPECIAL_UNITS or not all(isinstance(end, Decimal) for end in ends):
            return None
        times = SCALES[self.scale] if self.scale else 1
        return ends[0] * times, ends[-1] * times


class Rival(Figure):
    """What another source says of the same thing."""

    @model_validator(mode="after")
    def _has_a_value(self) -> Rival:
        if self.value is None:
            raise refuse("this rival has no value.", "Write value: and what the other source says.")
        return self


class Fact(Figure):
    """A fact. ``max_age`` says how long it stays fit to print, ``valid_from`` since when it held when that
    differs from ``as_of``, ``disputed`` what other sources object."""

    claim: Line | None = None
    planned: Truth = False
    valid_from: Day | None = None
    confidence: Confidence
    max_age: MaxAge
    rivals: tuple[Rival, ...] = ()
    disputed: Line | None = None

    @model_validator(mode="after")
    def _value_or_claim(self) -> Fact:
        if self.unit == "claim" and (self.claim is None or self.value is not None):
            raise refuse(
                "a fact with the unit claim has a claim and no value.",
                "Write claim: and what the source says.",
                "unit",
            )
        if self.unit != "claim" and self.value is None:
            raise refuse(
                "this fact has no value.", "Write value:, or unit: claim and claim: for a statement without figure."
            )
        return self

    def known_on(self, day: date) -> bool:
        """Whether it was true and knowable on that day (an edition's date)."""
        if self.valid_from:
            return self.valid_from.first <= day
        return self.as_of.last is None or self.as_of.last <= day

    @property
    def expires(self) -> date | None:
        """The day on which it goes stale, None for never."""
        return self.max_age.expires(self.as_of)

    def stale_on(self, day: date) -> bool:
        """Whether it is too old to print on that day without a word."""
        return self.expires is not None and self.expires < day


def parse_value(raw: Any, unit: str) -> Any:
    """The value in the grammar that its unit asks for."""
    if unit == "names":
        items = raw if isinstance(raw, list) else [raw]
        if not items:
            raise refuse("this list of names is empty.", "Name one or more, or remove the fact.", "value")
        return tuple(_name(items, index) for index in range(len(items)))
    if not isinstance(raw, str):
        raise refuse(
            "a value is a single number, date or range.",
            "Write one value, or unit: names for a list of names.",
            "value",
        )
    if unit == "point":
        return _point(raw)
    first, dots, last = raw.partition("..")
    ends = [_end(part, unit) for part in ((first, last) if dots else (first,))]
    if dots and _order(ends[1]) < _order(ends[0]):
        raise refuse(f"the range “{raw}” runs backwards.", "Write the smaller end first.", "value")
    return tuple(ends) if dots else ends[0]


def _name(items: list[Any], index: int) -> NameRef:
    """A name of a list, which stands there once; its refusal is at its own place."""
    item, at = items[index], f"value.{index}"
    if isinstance(item, str) and "," in item:
        raise refuse(f"“{item}” is no list.", f"Write brackets round it: [{item}].", at)
    if item in items[:index]:
        raise refuse(f"“{item}” stands twice in this list of names.", "Keep one of the two.", at)
    return _at(at, lambda: NameRef.read(item))


def _at(key: str, read: Callable[[], T]) -> T:
    """What is read there; a refusal names the key that it stands at."""
    try:
        return read()
    except PydanticCustomError as error:
        context = error.context or {}
        raise refuse(context["what"], context["remedy"], key) from None


def _end(text: str, unit: str) -> Decimal | PartialDate:
    return _at("value", lambda: parse_date(text) if unit == "date" else parse_number(text))


def _order(end: Decimal | PartialDate) -> Any:
    return end.first if isinstance(end, PartialDate) else end


def _point(raw: str) -> tuple[Decimal, Decimal]:
    parts = re.fullmatch(r"(-?[0-9]{1,2}(?:\.[0-9]+)?) (-?[0-9]{1,3}(?:\.[0-9]+)?)", raw, re.ASCII)
    if not parts or abs(Decimal(parts[1])) > 90 or abs(Decimal(parts[2])) > 180:
        raise refuse(f"“{raw}” is no point.", "Write latitude and longitude in degrees: 55.2403 36.6675.", "value")
    return Decimal(parts[1]), Decimal(parts[2])


__all__ = ["Age", "Fact", "Figure", "Period", "Rival", "Source", "parse_value"]
