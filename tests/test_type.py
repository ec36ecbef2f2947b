"""The type of the real brochure, measured on the set lines: baselines, sizes, measures, last lines."""

from __future__ import annotations

import collections
from typing import Any

import pytest
from conftest import Brochures, shipped

from brochure import load
from brochure.compose.register import Register
from brochure.stages import Order
from brochure.typeset import Setter

ROW = 14 * 25.4 / 72  # mm
TOP = 16.0  # mm, the top margin
FIRST = 3.71  # mm from a row's top to its baseline, in 14 pt of leading
TOLERANCE = 0.1  # mm
CELLS = ("td", "th")
LARGE = 30.0  # pt: from here on figures and titles are pictures
DARK = (1, 2, 8, 16, 17, 20, 21, 24)  # pages on night and deep

Lines = list[dict[str, Any]]


@pytest.fixture(scope="module")
def lines(setter: Setter, brochures: Brochures) -> Lines:
    """Every set line of the English edition."""
    sheet = brochures("en").proof.sheet
    setter.complaints(sheet)  # where another process has made it, it is set here
    return setter.measure(sheet)


def off(line: dict[str, Any], grid: float = ROW) -> float:
    """How far a line's baseline lies from the grid, mm."""
    rest = (line["baseline"] - TOP - FIRST) % grid
    return round(min(rest, grid - rest), 2)


def test_body_and_subheads_stand_on_the_baseline_grid(lines: Lines) -> None:
    """Running text and h3 sit on rows of 14 pt, table cells on half rows: lines of facing columns align."""
    wrong = [
        (line["page"], line["element"], off(line), line["text"][:30])
        for line in lines
        if line["size"] in (9.25, 11.0)
        and off(line, ROW / 2 if line["element"].split(".")[0] in CELLS else ROW) > TOLERANCE
    ]

    assert wrong == []


def test_a_page_has_four_sizes_of_text(lines: Lines) -> None:
    """Not more than four sizes on a page; large figures and marks aside."""
    sizes = collections.defaultdict(set)
    for line in lines:
        if line["size"] < LARGE:
            sizes[line["page"]].add(line["size"])

    assert {page: found for page, found in sizes.items() if len(found) > 4} == {}


def test_lines_are_easily_read(lines: Lines) -> None:
    """Running text has at most 75 characters a line."""
    wrong = [
        (line["page"], len(line["text"]), line["text"][:40])
        for line in lines
        if line["size"] == 9.25 and line["count"] > 2 and len(line["text"].strip()) > 78
    ]

    assert wrong == []


def test_no_paragraph_ends_with_a_lonely_word(lines: Lines) -> None:
    """The last line of a paragraph of three lines or more has at least two words or eight letters."""
    wrong = [
        (line["page"], line["text"])
        for line in lines
        if line["count"] >= 3
        and line["index"] == line["count"] - 1
        and len(line["text"].split()) < 2
        and len(line["text"].strip()) < 8
    ]

    assert wrong == []


def test_nothing_is_smaller_than_seven_points(lines: Lines) -> None:
    """The smallest text is a note of 7 pt; marks ride on lines of larger type."""
    assert min(line["size"] for line in lines) >= 7.0


def test_reversed_out_type_prints_clean(lines: Lines) -> None:
    """On dark grounds nothing, marks included, is smaller than 8 pt, nor lighter than medium below 20 pt."""
    wrong = [
        (line["page"], line["least"], line["lightest"], line["text"][:30])
        for line in lines
        if line["page"] in DARK and (line["least"] < 8 or (line["size"] < 20 and line["lightest"] < 500))
    ]

    assert {line["page"] for line in lines} >= set(DARK)
    assert wrong == []


def test_a_mark_is_never_read_as_a_power() -> None:
    """85 km with the mark 2 would be 85 km²: a source of lengths is never number 2 or 3."""
    register = Register(load.manuscript(shipped(), Order("brics-2017", "en")))
    names = ("brics.summit.delegation_head", "parks.vorsino.distance_moscow", "parks.vorsino.area", "region.area")
    numbers = [register.number(str(register.fact(name).source)) for name in names]

    assert str(register.fact(names[1]).source) in register.of_lengths
    assert numbers[0] == 1
    assert numbers[1] == 4
    assert sorted(set(numbers)) == sorted(numbers)


def test_every_printed_pair_of_colours_is_declared(lines: Lines) -> None:
    """Whatever text stands on whatever ground: the brand has declared the pair, and so its contrast is known; what is
    declared for large text only is printed at 18 pt or more (WCAG 2.2, 1.4.3)."""
    brand = shipped().brand
    names = {str(colour.screen).upper(): name for name, colour in brand.colours.items()}
    declared = {(pair.text, pair.ground): pair.large for pair in brand.pairs}
    printed = [(names.get(colour, colour), names.get(line["ground"], line["ground"]), line)
               for line in lines for colour in line["colours"]]  # fmt: skip
    wrong = {(text, ground, line["page"], line["text"][:30]) for text, ground, line in printed
             if declared.get((text, ground), True) and (line["size"] < 18 or (text, ground) not in declared)}  # fmt: skip

    assert wrong == set()
    assert {ground for _, ground, _ in printed} >= {"paper", "night", "deep", "mist"}
