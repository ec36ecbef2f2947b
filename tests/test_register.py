"""How facts print: bound, number, scale, unit, date, names and marks."""

from __future__ import annotations

import pytest

from brochure import compose, load
from brochure.compose.register import NoSuchFact, Register
from brochure.house import House
from brochure.stages import Order


@pytest.fixture
def register(house: House) -> Register:
    """The miniature's register in English."""
    return Register(load.manuscript(house, Order("mini", "en")))


@pytest.mark.parametrize(("fact", "form", "printed"), [
    ("land.area", "full", "12.50\u00a0ha"),
    ("land.parks", "full", "more than 7,000\u00a0parks"),
    ("land.parks", "sentence", "More than 7,000\u00a0parks"),
    ("land.parks", "bare", "7,000\u00a0parks"),
    ("land.parks", "number", "7,000"),
    ("land.parks", "short", "> 7,000\u00a0parks"),
    ("land.money", "full", "EUR\u00a0570\u00a0million a year"),
    ("land.money", "short", "EUR\u00a0570\u00a0million"),
    ("land.days", "full", "15–18\u00a0days"),
    ("land.opened", "full", "5\u00a0February 2016"),
    ("land.opened", "month", "February 2016"),
    ("land.opened", "year", "2016"),
    ("land.fair", "full", "3–5\u00a0September 2017"),
    ("land.neighbours", "full", "Norway and the sea"),
    ("land.people", "full", "1\u00a0person"),
])  # fmt: skip
def test_a_fact_prints_in_each_form(register: Register, fact: str, form: str, printed: str) -> None:
    """Numbers, dates and names as English writes them."""
    assert printed == register.print(fact, form)


def test_sources_are_numbered_as_they_are_first_marked(register: Register) -> None:
    """One number a source, in the order of the pages."""
    marks = [register.mark(fact) for fact in ("land.money", "land.area", "land.days", "land.parks")]

    assert [mark.striptags().strip("\u2060") for mark in marks] == ["1", "2", "1", "2"]


def test_a_fact_from_after_the_edition_is_refused(register: Register) -> None:
    """A template can't print what nobody knew on the day."""
    with pytest.raises(NoSuchFact, match="after the edition's date"):
        register.print("land.later")


def test_a_misspelt_fact_has_a_suggestion(register: Register) -> None:
    """A template's slip is answered like an editor's."""
    with pytest.raises(NoSuchFact, match=r"Did you mean “land\.area”"):
        register.print("land.aera")


def test_the_register_knows_who_used_what(house: House) -> None:
    """Use in words, in tables and by templates is counted alike."""
    used = compose.sheet(load.manuscript(house, Order("mini", "en"))).used

    assert used["land.area"] == ("first",)
    assert used["land.neighbours"] == ("second",)
    assert "land.town" not in used
