"""The street for one order by itself, and the flatplan's picture; whole editions go through ``press.matrix``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from brochure import deliver, finish
from brochure.finish import contact
from brochure.house import House
from brochure.press.bench import proof
from brochure.stages import Order, Product, Proof
from brochure.typeset import Setter
from brochure.typeset.setter import Progress


@dataclass(frozen=True)
class Made:
    """What an order came to: its products and the proof that they were finished from."""

    order: Order
    products: tuple[Product, ...]
    proof: Proof


def make(order: Order, house: House, setter: Setter, progress: Progress | None = None) -> Made:
    """The whole street for one order. Raises BrochureError with everything that was found on the way."""
    found = proof(order, house, setter, progress)
    return Made(order, finish.FINISHES[order.output](found, house.dressed(order.edition), order), found)


def flatplan(house: House, edition: str, language: str, out: Path, progress: Progress | None = None) -> Path:
    """``out/<edition>/flatplan.png``: the whole edition as one picture."""
    order = Order(edition, language)
    with deliver.Output(out / edition) as output, Setter(limits=house.limits) as setter:
        made = make(order, house, setter, progress)
        brand = house.dressed(edition).brand
        leaves = [
            contact.Leaf(page.first + index, page.id, page.kind.name)
            for page in house.plans[edition]
            for index in range(page.kind.pages)
        ]
        palette = {name: colour.screen for name, colour in brand.colours.items()}
        font = house.assets[brand.fonts[0].file]
        output.put("flatplan.png", contact.picture(made.products[0].content, leaves, palette, font))
        return output.publish()[0]
