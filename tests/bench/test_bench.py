"""How long the street's stages take on the real brochure. Run by ``make bench``; prints, never fails on time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from conftest import ROOT
from test_drawings import composed, redrawn

from brochure import compose, finish, load
from brochure.stages import Order
from brochure.typeset import Setter

T = TypeVar("T")


def timed(what: str, work: Callable[[], T]) -> T:
    """Does the work and prints how long it took."""
    started = time.perf_counter()
    result = work()
    print(f"{what:<34} {time.perf_counter() - started:6.2f} s")
    return result


@pytest.mark.bench
def test_the_street() -> None:
    """Reads, composes, sets, sets again and finishes the default edition."""
    print()
    house = timed("reading the house", lambda: load.house(ROOT))
    order = Order(house.default_edition, house.editions[house.default_edition].languages[0])
    manuscript = load.manuscript(house, order)
    sheet = timed("composing with all drawings", lambda: compose.sheet(manuscript))
    with Setter() as setter:
        timed("starting the setter", setter.versions)
        proof = timed("setting every section, writing", lambda: setter.proof(sheet))
        timed("setting from memory, writing", lambda: setter.proof(sheet))
    outputs = ("print", "booklet", "screen")
    for output in outputs:
        (product,) = timed(f"finishing: {output}", lambda output=output: finish.FINISHES[output](proof, house, order))

    assert sum(galley.pages for galley in sheet.galleys) == product.pages


@pytest.mark.bench
def test_the_drawings() -> None:
    """Draws every picture of the default edition once more; together they are meant to take less than 1.5 s."""
    desk = composed()
    print()
    timed("all drawings of the default edition", lambda: redrawn(desk))
