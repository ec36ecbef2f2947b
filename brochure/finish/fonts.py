"""Which fonts a finished file holds."""

from __future__ import annotations

import io
import re

import pikepdf


def names(pdf: bytes) -> frozenset[str]:
    """The PostScript names of the embedded fonts, without the mark of a subset (``ABCDEF+``)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return frozenset(
            re.sub(r"^[A-Z]{6}\+", "", str(item.FontName).removeprefix("/"))
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        )
