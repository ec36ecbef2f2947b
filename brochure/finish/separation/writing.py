"""Inks as content operators."""

from __future__ import annotations

from typing import Any, Protocol

from brochure.finish.separation.inks import Mix


class Inkwell(Protocol):
    """Where a spot ink's colour space gets its name."""

    def spot(self, mix: Mix) -> bytes:
        """The resource name of a spot ink."""

    def under(self, mix: Mix, mask: bool) -> bytes:
        """The resource name of the space of an uncoloured pattern painted with a mix."""


def number(value: Any) -> bytes:
    """A number with four decimals at most."""
    return (f"{float(value):.4f}".rstrip("0").rstrip(".") or "0").replace("-0", "-0").encode() if value else b"0"


def numbers(values: Any) -> bytes:
    """Numbers with spaces between."""
    return b" ".join(map(number, values))


def colour(mix: Mix, fill: bool, mask: bool, inkwell: Inkwell) -> bytes:
    """The operator that sets a mix for fills or strokes; grey in a mask."""
    if mask:
        return number(mix.grey) + (b" g\n" if fill else b" G\n")
    if mix.spot:
        name, tint = inkwell.spot(mix), number(mix.tint)
        return b"%s cs %s scn\n" % (name, tint) if fill else b"%s CS %s SCN\n" % (name, tint)
    return numbers(mix.inks) + (b" k\n" if fill else b" K\n")


def pattern(name: bytes, under: Mix | None, fill: bool, mask: bool, inkwell: Inkwell) -> bytes:
    """The operators that set a pattern; ``under``: what an uncoloured one is painted with."""
    first, then = (b"cs", b"scn") if fill else (b"CS", b"SCN")
    if under is None:
        return b"/Pattern %s %s %s\n" % (first, name, then)
    values = numbers((under.grey,) if mask else (under.tint,) if under.spot else under.inks)
    return b"%s %s %s %s %s\n" % (inkwell.under(under, mask), first, values, name, then)
