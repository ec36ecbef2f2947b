"""An order's manuscript: the edition in one language."""

from __future__ import annotations

from brochure.errors import Complaint, ContentError, suggestion
from brochure.stages import House, Manuscript, Order


def manuscript(house: House, order: Order) -> Manuscript:
    """What is said in the order's edition and language; ContentError when either is unknown."""
    edition = house.editions.get(order.edition)
    if edition is None:
        raise ContentError([_unknown("edition", order.edition, tuple(house.editions))])
    if order.language not in edition.languages:
        raise ContentError([_unknown("language", order.language, edition.languages)])
    return Manuscript(
        house.dressed(order.edition),
        order.edition,
        edition,
        order.language,
        house.languages[order.language],
        house.plans[order.edition],
    )


def _unknown(what: str, name: str, known: tuple[str, ...]) -> Complaint:
    remedy = suggestion(name, known) or f"There are: {', '.join(known)}."
    return Complaint("order", f"there is no {what} “{name}”.", remedy)
