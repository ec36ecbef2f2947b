"""The street itself: an order goes in at one end, products come out at the other.

The rooms that make files are opened when they are first asked for: ``check`` needs none of them, and stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from brochure.press.orders import check, chosen, composed, handouts, house, orders, printer, register

if TYPE_CHECKING:
    from brochure.press.book import SPECIMENS, Specimen, specimen
    from brochure.press.crew import hands
    from brochure.press.letters.posting import send, write
    from brochure.press.matrix import Outcome, everything, run, run_all
    from brochure.press.rehearsal import rehearse
    from brochure.press.street import Made, flatplan, make

OPENED_LATER = {
    "SPECIMENS": "book", "Specimen": "book", "specimen": "book", "rehearse": "rehearsal",
    "send": "letters.posting", "write": "letters.posting",
    "Made": "street", "Outcome": "matrix", "everything": "matrix", "flatplan": "street", "hands": "crew",
    "make": "street", "run": "matrix", "run_all": "matrix",
}  # fmt: skip

__all__ = [
    "SPECIMENS",
    "Made",
    "Outcome",
    "Specimen",
    "check",
    "chosen",
    "composed",
    "everything",
    "flatplan",
    "handouts",
    "hands",
    "house",
    "make",
    "orders",
    "printer",
    "register",
    "rehearse",
    "run",
    "run_all",
    "send",
    "specimen",
    "write",
]


def __getattr__(name: str) -> Any:
    """What a room further down the street offers (PEP 562)."""
    if name in OPENED_LATER:
        return getattr(import_module(f"brochure.press.{OPENED_LATER[name]}"), name)
    raise AttributeError(name)
