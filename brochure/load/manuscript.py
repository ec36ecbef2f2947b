"""An order's manuscript: the edition in one language."""

from __future__ import annotations

from brochure.errors import Complaint, ContentError, suggestion
from brochure.house import House
from brochure.load.handouts import handout
from brochure.load.leaflet import leaflet
from brochure.stages import Manuscript, Order


def manuscript(house: House, order: Order) -> Manuscript:
    """What is said in the order's edition and language; ContentError when either is unknown, or has no such product."""
    edition = house.editions.get(order.edition)
    if edition is None:
        raise ContentError([_unknown("edition", order.edition, tuple(house.editions))])
    if order.language not in edition.languages:
        raise ContentError([_unknown("language", order.language, edition.languages)])
    if order.product == "handout":
        return handout(house, order)
    if order.product == "leaflet":
        return leaflet(house, order)
    plan = house.plans[order.edition]
    return Manuscript(
        house.dressed(order.edition),
        order.edition,
        edition,
        order.language,
        house.languages[order.language],
        house.copies.get(order.edition, plan) if order.product == "copy" else plan,
    )


def _unknown(what: str, name: str, known: tuple[str, ...]) -> Complaint:
    remedy = suggestion(name, known) or f"There are: {', '.join(known)}."
    return Complaint("order", f"there is no {what} “{name}”.", remedy)
