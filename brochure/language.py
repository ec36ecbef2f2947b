"""Numbers, dates, ranges and lists as a language writes them (CLDR through Babel)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from fontTools.unicodedata import script

MINUS = "\u2212"
NBSP = "\u00a0"
#: Forbids a line break where it stands, and takes no room.
JOINER = "\u2060"
#: Controls that shape or break a line and are never drawn: soft hyphen, joiners, word joiner, variation selectors.
UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
#: Signs that lines break between without a space: Han, kana, their punctuation.
UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: A unit of so many signs is never divided; a longer one is a phrase.
SHORT = 4
#: A digit of any script, a fraction such as ½, a Roman or circled number. A raised 2 belongs to a unit: km².
DIGIT = re.compile(r"[\d¼-¾⅐-↉①-⒛⓪-⓿❶-➓]")
#: The part of BCP 47 that says how people write: language, script, country.
TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", re.ASCII)

#: Scripts written from left to right whose letters join, move or stack (Unicode 16, chapters 12 to 17).
JOINED = frozenset(
    [
        "Beng",
        "Cakm",
        "Deva",
        "Gran",
        "Gujr",
        "Guru",
        "Java",
        "Khmr",
        "Knda",
        "Kthi",
        "Lana",
        "Laoo",
        "Limb",
        "Mlym",
        "Modi",
        "Mymr",
        "Newa",
        "Orya",
        "Saur",
        "Sinh",
        "Sund",
        "Sylo",
        "Talu",
        "Taml",
        "Telu",
        "Thai",
        "Tibt",
        "Tirh",
    ]
)


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


def glued(before: str, number: str, after: str) -> str:
    """A number between the words of its unit, such that no line ends between number and unit: the space that follows
    becomes a fixed one, and signs that lines break between are joined. A long unit is a phrase: only its first sign
    stays with the number."""
    if after.startswith(" "):
        return before + number + NBSP + after[1:]
    run = next((index for index, sign in enumerate(after) if not UNSPACED.match(sign)), len(after))
    held = run if run <= SHORT else 1
    joined = "".join(JOINER + sign for sign in after[:held])
    return before + JOINER * bool(UNSPACED.search(before[-1:])) + number + joined + after[held:]


def joined_to(before: str) -> str:
    """The words before a number, such that no line ends among signs that lines break between, nor behind them: 最多."""
    return "".join(sign + JOINER if UNSPACED.match(sign) else sign for sign in before)


@dataclass(frozen=True)
class Step:
    """A word for large numbers, such as 万 or lakh: from ``start`` on they are counted in units of ``by`` and written
    as ``before`` + number + ``after``; a number that would need more ``decimals`` keeps its digits."""

    start: Decimal
    by: Decimal
    before: str
    after: str
    decimals: int = 2


@dataclass(frozen=True)
class Numerals:
    """How a language writes numbers. ``group_from``: the first number whose digits are grouped (0: as the locale
    has it); ``steps``: words for large numbers, smallest first."""

    tag: str
    group_from: int = 0
    steps: tuple[Step, ...] = ()

    def write(self, value: Decimal) -> str:
        """The number with the language's digits groups, a real minus and, where the language has them, words for
        large round numbers: 250000 is 25万 and 2.5 लाख."""
        step = next((step for step in reversed(self.steps) if abs(value) >= step.start), None)
        if step:
            count = (value / step.by).normalize()
            if _decimals(count) <= step.decimals:
                return glued(step.before, self.digits(count), step.after)
        return self.digits(value)

    def digits(self, value: Decimal) -> str:
        """The number in digits, its decimals as written."""
        primary, secondary = _grouping(self.tag)
        whole = "#," + "#" * secondary + "," + "#" * (primary - 1) + "0" if secondary != primary else "#,##0"
        decimals = _decimals(value)
        pattern = whole + ("." + "0" * decimals if decimals else "")
        grouped = abs(value) >= self.group_from
        text = format_decimal(value, format=pattern, locale=locale(self.tag), group_separator=grouped)
        return str(text).replace("-", MINUS)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


@lru_cache
def _grouping(tag: str) -> tuple[int, int]:
    """How many digits the locale groups: 3 and 3, or 3 and 2 for lakhs."""
    primary, secondary = locale(tag).decimal_formats[None].grouping
    return int(primary), int(secondary)


def plural(value: Decimal, tag: str) -> str:
    """The plural category of a number: one, few, many, other."""
    return str(locale(tag).plural_form(value))


def day(value: date, tag: str, pattern: str) -> str:
    """A date by a CLDR pattern such as ``d MMMM y``."""
    return str(format_date(value, format=pattern, locale=locale(tag)))


def month_in(value: date, tag: str, pattern: str, name: str) -> str:
    """A month and year by a pattern, with the month's name in another grammatical case: сентябре 2016."""
    said = day(value, tag, pattern)
    for month in ("LLLL", "MMMM"):
        said = said.replace(day(value, tag, month), name)
    return said


def held(said: str) -> str:
    """A date in signs that lines break between, such that a line ends in it only after its year: 2016年 | 1月27日."""
    return re.sub(rf"(?<=\d)(?={UNSPACED.pattern})|(?<={UNSPACED.pattern})(?<!\d{{4}}.)(?=\d)", JOINER, said)


def listing(items: Sequence[str], tag: str) -> str:
    """“a, b and c” as the language joins a list."""
    return str(format_list(list(items), locale=locale(tag)))


def joined(words: str) -> bool:
    """Whether words hold letters whose form depends on their neighbours."""
    return not words.isascii() and any(map(_joins, words))


@lru_cache(maxsize=4096)
def _joins(letter: str) -> bool:
    return script(letter) in JOINED
