"""Proof → Product: one finish for each purpose. The master is never laid out again."""

from collections.abc import Callable

from brochure.finish import booklet, parts, raster, screen
from brochure.stages import House, Order, Product, Proof

Finish = Callable[[Proof, House, Order], tuple[Product, ...]]


def _print(proof: Proof, house: House, order: Order) -> tuple[Product, ...]:
    return tuple(part.product for part in parts.finish(proof, house, order.printer or house.default_printer))


#: output → the finish that makes its files.
FINISHES: dict[str, Finish] = {
    "screen": lambda proof, house, order: screen.finish(proof),
    "print": _print,
    "booklet": lambda proof, house, order: booklet.finish(proof, house.booklet),
    "pages": lambda proof, house, order: raster.finish(proof),
}
