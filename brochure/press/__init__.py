"""The street itself: an order goes in at one end, products come out at the other."""

from brochure.press.orders import check, composed, house, orders, printer, register
from brochure.press.rehearsal import rehearse
from brochure.press.street import Made, Outcome, flatplan, make, run

__all__ = [
    "Made",
    "Outcome",
    "check",
    "composed",
    "flatplan",
    "house",
    "make",
    "orders",
    "printer",
    "register",
    "rehearse",
    "run",
]
