"""Fonts: really a font, whole, allowed in a PDF, and the face that the brand says it is."""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont

from brochure.intake import Slip

AGAIN = "Take the file again from its origin."
# OS/2 fsType, OpenType 1.9: restricted, preview & print, editable, no subsetting, bitmaps only
RESTRICTED, OTHERWISE, WHOLE, BITMAPS = 0x0002, 0x000C, 0x0100, 0x0200
FAMILY = (16, 1, 21)  # name ids: typographic family, family, WWS family


@lru_cache(maxsize=64)
def problem(content: bytes, face: tuple[str, str, str] | None = None, thorough: bool = True) -> Slip | None:
    """What is wrong with a font file. ``face``: the family, weight and style that content/brand.yaml says it has.
    ``thorough`` also adds up every table and unpacks the list of characters: 0.1 s for a Chinese font, so each is looked at once."""
    if not content:
        return "is empty (0 bytes).", AGAIN
    try:
        with TTFont(io.BytesIO(content), lazy=True, checkChecksums=2 * thorough) as font:
            for table in font.reader.keys():  # noqa: SIM118  (reading a table is what finds it cut off)
                font.reader[table]
            return _unfit(font, thorough) or (_other(font, *face) if face else None)
    except Exception as error:  # fontTools raises whatever a broken table makes it stumble over
        if content[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
            return "is no TrueType or OpenType font, whatever its name says.", AGAIN
        return f"is damaged ({type(error).__name__}).", AGAIN


def _unfit(font: TTFont, thorough: bool) -> Slip | None:
    rights = font["OS/2"].fsType
    if "SVG " in font:
        return "draws its glyphs with SVG.", "Use a font with outlines."
    if (rights & RESTRICTED and not rights & OTHERWISE) or rights & BITMAPS:
        return "forbids embedding.", "Use a font whose licence allows it."
    if rights & WHOLE:
        return "forbids subsetting, and every PDF holds subsets.", "Use a font whose licence allows it."
    if "cmap" not in font or (thorough and not font.getBestCmap()):
        return "has no characters.", AGAIN
    return None


def _other(font: TTFont, family: str, weight: str, style: str) -> Slip | None:
    """What says that this is another face than the brand's: WeasyPrint would set it without a word."""
    names = _families(font.reader["name"])
    if family.casefold() not in {name.casefold() for name in names}:
        said = names[0] if names else "nothing"
        return f"is the family “{said}”, not “{family}”.", f"Write family: {said}, or use the right file."
    lightest, heaviest = _weights(font)
    if not lightest <= int(weight) <= heaviest:
        return f"has the weight {lightest:g}, not {weight}.", f"Write weight: {lightest:g}, or use the right file."
    found = "italic" if font["OS/2"].fsSelection & 1 or font["head"].macStyle & 2 else "normal"
    if found != style:
        return f"has the style {found}, not {style}.", f"Write style: {found}, or use the right file."
    return None


def _families(table: bytes) -> list[str]:
    """The family's names out of a name table, the typographic one first (OpenType 1.9, name). fontTools would load
    every layout table's code for it, which takes longer than all the rest of the check."""
    count, start = struct.unpack(">HH", table[2:6])
    found = []
    for index in range(count):
        platform, _, _, name, length, at = struct.unpack(">6H", table[6 + 12 * index : 18 + 12 * index])
        if name in FAMILY:
            text = table[start + at : start + at + length]
            found.append((FAMILY.index(name), text.decode("mac-roman" if platform == 1 else "utf-16-be", "replace")))
    return [text for _, text in sorted(found)]


def _weights(font: Any) -> tuple[float, float]:
    """The lightest and the heaviest weight of a font; they differ in a variable one."""
    if "fvar" in font:
        for axis in font["fvar"].axes:
            if axis.axisTag == "wght":
                return axis.minValue, axis.maxValue
    return (font["OS/2"].usWeightClass,) * 2


@lru_cache(maxsize=64)
def characters(content: bytes) -> frozenset[int] | None:
    """The characters that a font has, or None when it can't be told: a broken font is a slip elsewhere. 0.15 s for a
    Chinese one."""
    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # fontTools raises whatever a broken table makes it stumble over
        return None
