"""The strict grammar: what a text means, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic_core import PydanticCustomError

from brochure.load.yaml_text import read
from brochure.model import values
from brochure.model.facts import parse_value


@pytest.mark.parametrize("text", [
    "NO", "no", "Yes", "on", "off", "true", "null", "~", "12.50", "1.10", "12:30", "12:30:45", "007", "00123", "0123456", "1e3", "0x1F",
    "1_000", "2026-11-23", "+49 30 1", ".inf", "=", "y", "Null", "1504483200", "3.", "-0", "0o17", "12,50", "№ 5", "½", "NaN", "OFF", "N",
    "1.0", "2001-12-14t21:59:43.10-05:00", "190:20:30", "- 5", "a: b", "'", "5 %",
])  # fmt: skip
def test_text_means_what_it_looks_like(text: str) -> None:
    """A value in YAML comes out letter by letter as it went in."""
    quoted = f'"{text}"' if text in ("- 5", "a: b", "'") else text

    assert text == read(f"key: {quoted}\n".encode(), "x.yaml")["key"]


@pytest.mark.parametrize("key", ["on", "yes", "12", "1.10", "null"])
def test_keys_are_text_too(key: str) -> None:
    """The key on: is the word on."""
    assert [key] == list(read(f"{key}: x\n".encode(), "x.yaml"))


@pytest.mark.parametrize(("text", "value"), [("12.50", "12.50"), ("-2.83", "-2.83"), ("0", "0"), ("1837", "1837")])
def test_numbers_keep_their_digits(text: str, value: str) -> None:
    """A number is as exact as it was written."""
    assert value == str(values.parse_number(text)) and isinstance(values.parse_number(text), Decimal)


@pytest.mark.parametrize("text", ["007", "1,837", "1 837", "1e3", "0x1F", "٣", "+5", ".5", "5.", "", "NaN", "--5", "½"])
def test_what_only_resembles_a_number_is_refused(text: str) -> None:
    """No second meaning: leading noughts, separators, exponents and other scripts are refused."""
    with pytest.raises(PydanticCustomError):
        values.parse_number(text)


@pytest.mark.parametrize(("text", "last"), [("2016", date(2016, 12, 31)), ("2016-02", date(2016, 2, 29)), ("2015-12", date(2015, 12, 31)),
                                            ("2016-02-05", date(2016, 2, 5))])  # fmt: skip
def test_partial_dates_end_with_their_last_day(text: str, last: date) -> None:
    """A year and a month are as long as they are."""
    assert last == values.parse_date(text).last


@pytest.mark.parametrize(
    "text", ["1504483200", "2017-13", "2017-02-30", "17-01-01", "2017-1-1", "04.09.2017", "2017/09", "undated", "3017"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Seconds since 1970, impossible days and other notations are refused."""
    with pytest.raises(PydanticCustomError):
        values.parse_date(text)


def test_a_period_may_be_inferred_open_or_long() -> None:
    """c. 2014, 2012..2017 and undated print as they were written."""
    assert [str(values.parse_period(text)) for text in ("c. 2014", "2012..2017", "undated", "2017-09-04")] == [
        "c. 2014",
        "2012..2017",
        "undated",
        "2017-09-04",
    ]


def test_a_figure_goes_stale_when_its_age_is_over() -> None:
    """Three years after the last day of its period, to the day."""
    assert date(2016, 12, 31) == values.parse_age("3 years").expires(values.parse_period("2013"))
    assert date(2015, 8, 31) == values.parse_age("18 months").expires(values.parse_period("2014-02"))
    assert values.parse_age("never").expires(values.parse_period("2013")) is None


@pytest.mark.parametrize("text", ["[0, 1]", "{a: b}"])
def test_a_list_is_no_value(text: str) -> None:
    """A list or mapping where a value is expected is refused, not guessed at."""
    with pytest.raises(PydanticCustomError):
        parse_value(read(f"key: {text}\n".encode(), "x.yaml")["key"], "ha")


@pytest.mark.parametrize("raw", [b"[" * 100_000, b"a: " * 3000, b"x: &a [*a]", b"{" * 5000, b"- " * 5000, b"? " * 900])
def test_hostile_nesting_ends_at_once(raw: bytes) -> None:
    """No file, however deep, crashes or hangs the reader."""
    with pytest.raises(Exception) as caught:
        read(raw, "x.yaml")

    assert type(caught.value).__name__ == "ContentError"


def test_a_file_with_too_many_entries_is_refused() -> None:
    """Fifty thousand entries are the limit of one file."""
    with pytest.raises(Exception, match="more than 50,000 entries"):
        read(b"x:\n" + b"- 1\n" * 60_000, "x.yaml")
