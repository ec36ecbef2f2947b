"""Numbers, dates, ranges and lists as a language writes them (CLDR through Babel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

MINUS = "\u2212"
NBSP = "\u00a0"


def locale(tag: str) -> Locale:
    """The locale for a tag such as ``en-GB``; ValueError when CLDR doesn't know it."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except UnknownLocaleError as error:
        raise ValueError(tag) from error


def number(value: Decimal, tag: str) -> str:
    """The number with the language's separators and a real minus; its decimals as written."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=locale(tag))).replace("-", MINUS)


def plural(value: Decimal, tag: str) -> str:
    """The plural category of a number: one, few, many, other."""
    return str(locale(tag).plural_form(value))


def day(value: date, tag: str, pattern: str) -> str:
    """A date by a CLDR pattern such as ``d MMMM y``."""
    return str(format_date(value, format=pattern, locale=locale(tag)))


def listing(items: Sequence[str], tag: str) -> str:
    """“a, b and c” as the language joins a list."""
    return str(format_list(list(items), locale=locale(tag)))
