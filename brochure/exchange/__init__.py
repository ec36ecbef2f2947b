"""Texts out to a translation office and back, as XLIFF 1.2 or PO. The only room that knows these files."""

from __future__ import annotations

from brochure.exchange import po, xliff
from brochure.exchange.guard import MOST_MEGABYTES, damaged
from brochure.model.phrase import Delivery, Parcel

#: How a file is called, and who writes and reads it.
FORMATS = {"xliff": ".xlf", "po": ".po"}
READERS = {".xlf": xliff.read, ".xliff": xliff.read, ".po": po.read}

__all__ = ["FORMATS", "MOST_MEGABYTES", "damaged", "read", "written"]


def written(parcel: Parcel, form: str) -> bytes:
    """The parcel as a file of one of the FORMATS."""
    return xliff.written(parcel) if form == "xliff" else po.written(parcel)


def read(content: bytes, name: str) -> Delivery:
    """What an office's file holds. AssetError when it is damaged, hostile, or no file of these kinds."""
    suffix = "." + name.rpartition(".")[2].lower()
    if suffix not in READERS:
        raise damaged(name, "is no file that can be imported.", f"Name it with {', '.join(READERS)}.")
    return READERS[suffix](content, name)
