"""The strict grammar of single values.

YAML hands over text with its position; these types decide what it means. ``NO`` stays the word NO,
``12.50`` keeps its nought, ``1504483200`` is no date, and what isn't in the grammar is refused with a
sentence that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from brochure.errors import Place

NOWHERE = Place("?")


class Scalar(str):
    """A text out of a file that knows its place and its key path, such as ``labels.area``."""

    place: Place
    key: str

    def __new__(cls, text: str, place: Place = NOWHERE, key: str = "") -> Self:
        self = super().__new__(cls, text)
        self.place, self.key = place, key
        return self


def place_of(node: object) -> Place:
    """Where a value or key out of a file stands."""
    found = getattr(node, "place", NOWHERE)
    return found if isinstance(found, Place) else NOWHERE


class Model(BaseModel):
    """The base of all that people write: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def refuse(what: str, remedy: str, at: str = "") -> PydanticCustomError:
    """A refusal in our own words; ``at`` names the key it is about when that isn't the value refused."""
    return PydanticCustomError("slip", "{what} {remedy}", {"what": what, "remedy": remedy, "at": at})


def single_text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise refuse(f"{what} is expected here, not a list or a mapping.", "Write a single value.")
    return value


def scalar_type(what: str, parse: Callable[[str], Any]) -> BeforeValidator:
    """A validator that refuses lists and mappings, then parses the text."""
    return BeforeValidator(lambda value: parse(single_text(value, what)) if not _done(value) else value)


def _done(value: Any) -> bool:
    return isinstance(value, (Decimal, bool, int, float, PartialDate, Period))


NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)


def parse_number(text: str) -> Decimal:
    """``1837``, ``-2.83``, ``12.50``; digits are kept as written."""
    if not NUMBER.fullmatch(text):
        raise refuse(
            f"“{text}” is not a number.", "Write plain digits with a point for decimals, such as 1837 or 12.50."
        )
    return Decimal(text)


def parse_whole(text: str) -> int:
    """``24``; no sign, no leading nought."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text, re.ASCII):
        raise refuse(f"“{text}” is not a whole number.", "Write plain digits, such as 24.")
    return int(text)


def parse_truth(text: str) -> bool:
    """``true`` or ``false``; nothing else is either."""
    if text not in ("true", "false"):
        raise refuse(f"“{text}” is neither true nor false.", "Write true or false.")
    return text == "true"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, a month or a year, as exact as its source."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The first day of it."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day of it."""
        if self.day:
            return self.first
        month, year = (self.month or 12) % 12 + 1, self.year + ((self.month or 12) == 12)
        return date.fromordinal(date(year, month, 1).toordinal() - 1)

    def __str__(self) -> str:
        return "-".join(f"{part:02d}" for part in (self.year, self.month, self.day) if part)


def parse_date(text: str) -> PartialDate:
    """``2016``, ``2016-02`` or ``2016-02-05``."""
    match = re.fullmatch(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text, re.ASCII)
    try:
        if match is None:
            raise ValueError
        parsed = PartialDate(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]
        assert parsed.first
    except ValueError:
        raise refuse(f"“{text}” is not a date.", "Write 2016, 2016-02 or 2016-02-05.") from None
    return parsed


@dataclass(frozen=True)
class Period:
    """When a figure holds: from one partial date to another; ``circa`` when inferred; undated when empty."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    circa: bool = False

    @property
    def last(self) -> date | None:
        """The last day of the period, None when undated."""
        return self.end.last if self.end else None

    def __str__(self) -> str:
        if self.start is None:
            return "undated"
        span = str(self.start) if self.start == self.end else f"{self.start}..{self.end}"
        return f"c. {span}" if self.circa else span


def parse_period(text: str) -> Period:
    """``2017-09-04``, ``c. 2014``, ``2012..2017`` or ``undated``."""
    if text == "undated":
        return Period()
    circa = text.startswith("c. ")
    first, _, last = text.removeprefix("c. ").partition("..")
    start = parse_date(first)
    end = parse_date(last) if last else start
    if end.last < start.first:
        raise refuse(f"“{text}” ends before it begins.", "Write the earlier date first.")
    return Period(start, end, circa)


@dataclass(frozen=True)
class Age:
    """How long a figure stays fit to print, in months; None is for ever."""

    months: int | None

    def expires(self, period: Period) -> date | None:
        """The day on which a figure of that period goes stale, None when it never does."""
        if self.months is None or period.last is None:
            return None
        total = period.last.year * 12 + period.last.month - 1 + self.months
        return PartialDate(total // 12, total % 12 + 1).last


def parse_age(text: str) -> Age:
    """``never``, ``18 months`` or ``3 years``."""
    match = re.fullmatch(r"([1-9][0-9]{0,2}) (month|months|year|years)", text, re.ASCII)
    if text != "never" and not match:
        raise refuse(f"“{text}” is no age.", "Write never, or a number of months or years, such as 3 years.")
    return Age(int(match[1]) * (12 if match[2].startswith("year") else 1) if match else None)


def parse_url(text: str) -> str:
    """An http or https address without white space."""
    if not re.fullmatch(r"https?://[^\s/?#\"'<>\\]+[^\s\"'<>\\]*", text):
        raise refuse(f"“{text}” is no web address.", "Write the whole address, beginning with https:// or http://.")
    return text


def parse_slug(text: str) -> str:
    """An id: lower-case letters, digits, ``-`` and ``_``, beginning with a letter."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,63}", text, re.ASCII):
        raise refuse(f"“{text}” is no id.", "Write lower-case letters, digits, - or _, beginning with a letter.")
    return text


Number = Annotated[Decimal, scalar_type("a number", parse_number)]
Whole = Annotated[int, scalar_type("a whole number", parse_whole)]
Truth = Annotated[bool, scalar_type("true or false", parse_truth)]
Day = Annotated[PartialDate, scalar_type("a date", parse_date)]
AsOf = Annotated[Period, scalar_type("a date", parse_period)]
MaxAge = Annotated[Age, BeforeValidator(lambda v: v if isinstance(v, Age) else parse_age(single_text(v, "an age")))]
Url = Annotated[str, scalar_type("a web address", parse_url)]
Slug = Annotated[str, scalar_type("an id", parse_slug)]


class Ref(Scalar):
    """A mention of something by its id, with its place; ``kind`` says of what."""

    kind: ClassVar[str] = "thing"
    pattern: ClassVar[str] = r"[a-z][a-z0-9_-]{0,63}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: Any) -> Self:
        """The value checked; a refusal when it doesn't obey the grammar."""
        text = single_text(value, f"the id of a {cls.kind}")
        if not re.fullmatch(cls.pattern, text, re.ASCII):
            raise refuse(f"“{text}” can't be the id of a {cls.kind}.", "Ids are lower-case letters, digits and _.")
        return cls(text, getattr(value, "place", NOWHERE), getattr(value, "key", ""))


class FactRef(Ref):
    """The id of a fact, such as ``parks.vorsino.area``."""

    kind = "fact"
    pattern = r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+"


class LabelledFact(FactRef):
    """A fact that is shown with a label: in the page's words, or in content/<language>/labels.yaml."""


class SourceRef(Ref):
    """The id of a source in content/sources.yaml."""

    kind = "source"


class NameRef(Ref):
    """The id of a name in content/<language>/names.yaml."""

    kind = "name"


class UnitRef(Ref):
    """The id of a unit in content/<language>/units.yaml."""

    kind = "unit"
    pattern = r"[A-Za-z][A-Za-z0-9_]*"


class PageRef(Ref):
    """The id of a page in the edition's flatplan."""

    kind = "page"


class PictureRef(Ref):
    """The path of a picture under assets/images/."""

    kind = "picture"
    pattern = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,120}"


class Line(Scalar):
    """A short text without markup: a name, a title, an alt text."""

    limit: ClassVar[int] = 500

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: Any) -> Self:
        """The value checked; a refusal when it doesn't obey the grammar."""
        text = single_text(value, "a text").strip()
        if not text:
            raise refuse("this text is empty.", "Write the text, or remove the key.")
        if len(text) > cls.limit:
            raise refuse(f"this text has {len(text)} characters.", f"Shorten it to {cls.limit} or fewer.")
        return cls(text, getattr(value, "place", NOWHERE), getattr(value, "key", ""))


class Passage(Line):
    """A longer text without markup, such as the description of a picture for readers who can't see it."""

    limit = 2000
