"""How languages write numbers: groups of digits, words for large numbers, plural forms and cases."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from brochure import load
from brochure.compose.register import Register
from brochure.language import Numerals, Step, month_in
from brochure.stages import Order

MYRIADS = (Step(Decimal(10**4), Decimal(10**4), "", "万"), Step(Decimal(10**8), Decimal(10**8), "", "亿"))
LAKHS = (Step(Decimal(10**5), Decimal(10**5), "", " लाख"), Step(Decimal(10**7), Decimal(10**7), "", " करोड़"))


@pytest.mark.parametrize(("tag", "group_from", "value", "written"), [
    ("en-GB", 0, "1837", "1,837"),
    ("ru", 10000, "1837", "1837"),
    ("ru", 10000, "25000", "25\u00a0000"),
    ("ru", 0, "12.50", "12,50"),
    ("pt-BR", 0, "1234567", "1.234.567"),
    ("hi", 0, "1234567", "12,34,567"),
    ("en-GB", 0, "-2.83", "−2.83"),
])  # fmt: skip
def test_digits_are_grouped_as_the_language_groups_them(tag: str, group_from: int, value: str, written: str) -> None:
    """Separators, the size of groups and the first number that is grouped come from the language."""
    assert Numerals(tag, group_from).digits(Decimal(value)) == written


@pytest.mark.parametrize(("steps", "value", "written"), [
    (MYRIADS, "9999", "9999"),
    (MYRIADS, "25000", "2.5万"),
    (MYRIADS, "570000000", "5.7亿"),
    (MYRIADS, "1234567", "1,234,567"),
    (LAKHS, "250000", "2.5 लाख"),
    (LAKHS, "10000000", "1 करोड़"),
])  # fmt: skip
def test_large_round_numbers_have_words_of_their_own(steps: tuple[Step, ...], value: str, written: str) -> None:
    """万 and 亿, lakh and crore; a number that isn't round keeps its digits."""
    assert Numerals("zh" if steps is MYRIADS else "en", 10000, steps).write(Decimal(value)) == written


def test_a_month_changes_with_its_case() -> None:
    """“In September” is another word than September where names of months change."""
    assert month_in(date(2016, 9, 20), "ru", "LLLL y", "сентябре") == "сентябре 2016"


PARKS = """parks:
  one: "{n}\u00a0парк"
  few: "{n}\u00a0парка"
  many: "{n}\u00a0парков"
  other: "{n}\u00a0парка"
  cases:
    genitive: {one: "{n}\u00a0парка", other: "{n}\u00a0парков"}
    prepositional: {other: "{n}\u00a0парках"}
"""


@pytest.fixture
def russian(root: Path, edit: Callable[[str, str, str], Path]) -> Register:
    """The miniature's register with Russian rules for one unit."""
    edit("content/en/language.yaml", "locale: en-GB", "locale: ru\nbounds_case: genitive")
    edit("content/en/language.yaml", "more than {x}", "более {x}")
    units = root / "content/en/units.yaml"
    stiff = re.sub(r"^  one: .*\n", "", units.read_text("utf-8"), flags=re.MULTILINE)
    units.write_text(re.sub(r"^parks:\n(  .*\n)+", PARKS, stiff, flags=re.MULTILINE), "utf-8")
    return Register(load.manuscript(load.house(root), Order("mini", "en")))


@pytest.mark.parametrize(("form", "printed"), [
    ("full", "более 7\u00a0000\u00a0парков"),
    ("bare", "7\u00a0000\u00a0парков"),
    ("prepositional", "более 7\u00a0000\u00a0парков"),
])  # fmt: skip
def test_units_follow_the_case_that_their_bound_asks_for(russian: Register, form: str, printed: str) -> None:
    """“More than” rules its unit's case, whatever case the sentence would ask for."""
    assert russian.print("land.parks", form) == printed


def test_a_bound_may_stand_between_a_number_and_its_unit(root: Path, edit: Callable[[str, str, str], Path]) -> None:
    """Hindi says “7,000 than more parks”."""
    edit("content/en/language.yaml", "locale: en-GB", "locale: hi\nbounds_inside: true")
    edit("content/en/language.yaml", "more than {x}", '"{x} से अधिक"')

    assert (
        Register(load.manuscript(load.house(root), Order("mini", "en"))).print("land.parks")
        == "7,000 से अधिक\u00a0parks"
    )
