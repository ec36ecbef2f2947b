"""What a foreign file is held against: the brand and the printer profiles, without the brochures of the house."""

from __future__ import annotations

from pathlib import Path

from brochure.errors import ContentError, errors_in, tidy
from brochure.house import House
from brochure.load import check
from brochure.load.papers import BRAND
from brochure.load.reader import Reader
from brochure.model.brand import Brand
from brochure.model.limits import LIMITS_FILE, Limits
from brochure.model.printer import Printer
from brochure.model.shown import PrinterRef


def profiles(root: Path) -> House:
    """A house that knows its brand and its printers only: reading the rest took longer than a file's examination may.
    ContentError with every slip of these files in one run; slips of the brochures' content don't matter here."""
    reader = Reader(root, root, (), {})
    if (root / LIMITS_FILE).exists():
        reader.limits = reader.papers.limits = reader.file(LIMITS_FILE, Limits) or reader.limits
    brand = reader.file(BRAND, Brand)
    printers = reader.folder("content/printers", Printer, PrinterRef)
    found = House(
        root, brand or Brand.model_construct(colours={}, pairs=(), type={}, fonts=()), {}, {}, reader.places, {}, {}, {}, {}, {}, {},
        printers=printers, limits=reader.limits,
    )  # fmt: skip
    slips = tidy([*reader.slips, *check.printers(found)])
    if errors_in(slips):
        raise ContentError(slips)
    return found
