"""Which fonts and inks of their own a finished file holds."""

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


def spots(pdf: bytes) -> frozenset[str]:
    """The inks of their own that a separated file names; marks in every ink at once aren't one."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        items = [item for item in document.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
        return frozenset(name for item in items for space in _spaces(item) for name in _inks(space) if name != "All")


def _spaces(item: pikepdf.Object) -> list[pikepdf.Object]:
    """The colour spaces of an object: those of a page's or form's resources, that of a gradient."""
    own, resources = item.get("/ColorSpace"), item.get("/Resources")
    named = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
    return [*([own] if own is not None else []), *(named.values() if isinstance(named, pikepdf.Dictionary) else [])]


def _inks(space: pikepdf.Object) -> list[str]:
    """The ink of a Separation, also of one below an uncoloured pattern."""
    if not isinstance(space, pikepdf.Array):
        return []
    if space[0] == pikepdf.Name.Pattern and len(space) > 1:
        return _inks(space[1])
    return [str(space[1]).removeprefix("/")] if space[0] == pikepdf.Name.Separation else []
