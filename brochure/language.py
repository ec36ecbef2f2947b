"""Numbers, dates, ranges and lists as a language writes them (CLDR through Babel)."""

from __future__ import annotations

import re
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
#: A digit of any script, a fraction such as ½, a Roman or circled number. A raised 2 belongs to a unit: km².
DIGIT = re.compile(r"[\d¼-¾⅐-↉①-⒛⓪-⓿❶-➓]")
#: The part of BCP 47 that says how people write: language, script, country.
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", re.ASCII)


def locale(tag: str) -> Locale:
    """The locale for a tag such as ``en-GB``; ValueError when CLDR doesn't know it."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except UnknownLocaleError as error:
        raise ValueError(tag) from error


def well_formed(tag: str) -> str:
    """The tag as BCP 47 writes it: ``en_gb`` is en-GB. Empty when no tag can be made of it."""
    parts = re.split(r"[-_]", tag.strip())
    cased = [p.lower() if i == 0 else p.title() if len(p) == 4 else p.upper() for i, p in enumerate(parts)]
    made = "-".join(cased)
    return made if TAG.fullmatch(made) else ""


def plurals(tag: str) -> tuple[str, ...]:
    """The plural categories of a language, in CLDR's order; ``other`` is always the last."""
    known = locale(tag).plural_form.tags
    return (*(form for form in ("zero", "one", "two", "few", "many") if form in known), "other")


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
