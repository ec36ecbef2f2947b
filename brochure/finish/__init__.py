"""Proof → Product: one finish for each purpose. The master is never laid out again."""

from collections.abc import Callable

from brochure.finish import booklet, parts, raster, screen, twins
from brochure.house import House
from brochure.stages import Order, Product, Proof

Finish = Callable[[Proof, House, Order], tuple[Product, ...]]


def _print(proof: Proof, house: House, order: Order) -> tuple[Product, ...]:
    return tuple(part.product for part in parts.finish(proof, house, order.printer or house.default_printer))


def _booklet(proof: Proof, house: House, order: Order) -> tuple[Product, ...]:
    office = house.booklet.model_copy(update={"sheet": order.sheet}) if order.sheet else house.booklet
    return booklet.finish(proof, office, house.booklet.sheet)


def _sheet(proof: Proof, house: House, order: Order) -> tuple[Product, ...]:
    return twins.finish(proof, house.booklet.model_copy(update={"sheet": order.sheet or twins.USUAL}))


#: output → the finish that makes its files.
FINISHES: dict[str, Finish] = {
    "screen": lambda proof, house, order: screen.finish(proof),
    "print": _print,
    "booklet": _booklet,
    "sheet": _sheet,
    "pages": lambda proof, house, order: raster.finish(proof),
}
