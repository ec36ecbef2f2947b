"""The street itself: an order goes in at one end, products come out at the other."""

from brochure.press.book import SPECIMENS, Specimen, specimen
from brochure.press.orders import check, chosen, composed, house, orders, printer, register
from brochure.press.rehearsal import rehearse
from brochure.press.street import Made, Outcome, flatplan, make, run

__all__ = [
    "SPECIMENS",
    "Made",
    "Outcome",
    "Specimen",
    "check",
    "chosen",
    "composed",
    "flatplan",
    "house",
    "make",
    "orders",
    "printer",
    "register",
    "rehearse",
    "run",
    "specimen",
]
