"""Partial dates, periods and ages, as exact as their sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from brochure.model.scalar import refuse


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
    first, dots, last = text.removeprefix("c. ").partition("..")
    if dots and not (first and last):
        raise refuse(f"the period “{text}” has one end only.", "Write both, such as 2012..2017, or a single date.")
    start = parse_date(first)
    end = parse_date(last) if dots else start
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
