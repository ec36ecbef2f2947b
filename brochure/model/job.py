"""What goes to a print shop, as its job ticket lists it."""

from __future__ import annotations

from dataclasses import dataclass

from brochure.model.printer import Printer


@dataclass(frozen=True)
class PrintFile:
    """A print file as its job ticket lists it: ``name`` in the hand-over package, which ``part`` of the brochure it
    is, and what its preflight found."""

    name: str
    part: str
    pages: int
    size: int
    sha256: str
    verdict: str
    errors: int
    warnings: int
    waived: int


@dataclass(frozen=True)
class Job:
    """What a job ticket says: the printer's id and profile, the print files, and the fonts and the inks of their own
    (``spots``) found in them."""

    printer_id: str
    printer: Printer
    files: tuple[PrintFile, ...]
    fonts: tuple[str, ...]
    claims: tuple[str, ...]
    spots: tuple[str, ...] = ()
