"""Fonts as a page uses them: how codes are cut from a string, how wide each is, and which have no glyph."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Stream

SUBSET = re.compile(r"^[A-Z]{6}\+")
STANDARD_WIDTH = 500  # thousandths of the size, where a font doesn't say
FONT_LIMIT = 20_000_000  # bytes of one embedded font, threats.md §4.1


@dataclass
class Face:
    """One font of a page's resources. ``codes``: bytes a code takes; ``widths`` in thousandths of the size."""

    name: str
    kind: str
    codes: int = 1
    widths: dict[int, float] = field(default_factory=dict)
    width: float = STANDARD_WIDTH
    embedded: bool = False
    absent: frozenset[int] = frozenset()
    known: frozenset[int] | None = None
    unicode: dict[int, str] = field(default_factory=dict)
    upright: bool = True
    blanks: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)

    @property
    def plain(self) -> str:
        """Its name without the subset's prefix."""
        return SUBSET.sub("", self.name)

    def cut(self, text: bytes) -> list[int]:
        """The codes that a string is made of."""
        if self.codes == 1:
            return list(text)
        return [int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text) - 1, 2)]

    def missing(self, code: int) -> bool:
        """Whether a code shows the .notdef glyph."""
        return code in self.absent or (self.known is not None and code not in self.known)

    def blank(self, code: int) -> bool:
        """Whether a code is a blank by what the file says of it; a glyph that is missing shows as a box."""
        if code not in self.blanks:
            self.blanks[code] = self.words([code]).isspace() and not self.missing(code)
        return self.blanks[code]

    def words(self, codes: list[int]) -> str:
        """What the codes say, as far as the file tells."""
        return "".join(
            self.unicode.get(code, chr(code) if self.codes == 1 and 32 <= code < 127 else "") for code in codes
        )


def face(font: Any) -> Face:
    """A font dictionary, read."""
    kind = str(font.get("/Subtype", "/Unknown"))[1:]
    name = str(font.get("/BaseFont", font.get("/Name", "/unnamed")))[1:]
    out = Face(name, kind, unicode=_unicode(font.get("/ToUnicode")))
    if kind == "Type0":
        _composite(out, font)
    else:
        _simple(out, font)
    return out


def _simple(out: Face, font: Any) -> None:
    first = int(font.get("/FirstChar", 0))
    scale = 1000 * abs(float(font["/FontMatrix"][0])) if out.kind == "Type3" and "/FontMatrix" in font else 1
    out.widths = {first + at: float(width) * scale for at, width in enumerate(font.get("/Widths", []))}
    descriptor = font.get("/FontDescriptor", {})
    out.width = float(descriptor.get("/MissingWidth", 0 if out.widths else STANDARD_WIDTH))
    out.embedded = out.kind == "Type3" or _embedded(descriptor)
    encoding = font.get("/Encoding")
    if isinstance(encoding, Dictionary) and "/Differences" in encoding:
        out.absent = _undefined(encoding["/Differences"])
    elif out.kind == "TrueType" and "/FontFile2" in descriptor:
        out.known = _symbolic(descriptor, font)


def _undefined(differences: Any) -> frozenset[int]:
    """The codes that an encoding's Differences call .notdef."""
    code, absent = 0, set()
    for item in differences:
        if isinstance(item, int):
            code = int(item)
            continue
        if str(item) == "/.notdef":
            absent.add(code)
        code += 1
    return frozenset(absent)


def _symbolic(descriptor: Any, font: Any) -> frozenset[int] | None:
    """The codes for which a symbolic TrueType font has a glyph by its own cmap (ISO 32000-1, 9.6.6.4); None when that
    can't be told."""
    if not int(descriptor.get("/Flags", 4)) & 4 or "/Encoding" in font:
        return None
    try:
        with TTFont(io.BytesIO(_program(descriptor["/FontFile2"])), lazy=True) as program:
            tables = program["cmap"].tables
            return frozenset(code & 0xFF for table in tables for code, name in table.cmap.items() if name != ".notdef")
    except Exception:  # fontTools raises whatever a broken table leads it to
        return None


def _program(stream: Any) -> bytes:
    found = bytes(stream.read_bytes())
    if len(found) > FONT_LIMIT:
        raise ValueError("an embedded font of more than 20 MB")
    return found


def _composite(out: Face, font: Any) -> None:
    below = font["/DescendantFonts"][0]
    encoding = font.get("/Encoding")
    out.codes = (
        1 if isinstance(encoding, Stream) and re.search(rb"<\s*00\s*>\s*<\s*ff\s*>", encoding.read_bytes(), re.I) else 2
    )
    out.upright = str(encoding) not in ("/Identity-V",)
    out.width = float(below.get("/DW", 1000))
    out.widths = _cid_widths(list(below.get("/W", [])))
    descriptor = below.get("/FontDescriptor", {})
    out.embedded = _embedded(descriptor)
    out.kind = f"Type0 {str(below.get('/Subtype', '/Unknown'))[1:]}"
    mapping = below.get("/CIDToGIDMap")
    out.absent = frozenset({0})
    if isinstance(mapping, Stream):
        glyphs = _program(mapping)
        out.known = frozenset(at // 2 for at in range(0, len(glyphs) - 1, 2) if glyphs[at : at + 2] != b"\0\0")


def _cid_widths(listed: list[Any]) -> dict[int, float]:
    """A CID font's W array: ``first [w w …]`` or ``first last w`` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(listed):
        first, then = int(listed[at]), listed[at + 1]
        if isinstance(then, Array):
            widths.update({first + step: float(width) for step, width in enumerate(then)})
            at += 2
        elif at + 2 < len(listed):
            last = min(int(then), first + 65535)
            widths.update(dict.fromkeys(range(first, last + 1), float(listed[at + 2])))
            at += 3
        else:
            break
    return widths


def _embedded(descriptor: Any) -> bool:
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _unicode(stream: Any) -> dict[int, str]:
    """Code → characters of a ToUnicode CMap, as far as a simple reading goes; only used to name a text."""
    if not isinstance(stream, Stream):
        return {}
    text = _program(stream).decode("latin-1")
    out: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            out[int(code, 16)] = _utf16(value)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]{4})>", block):
            start, to, base = int(first, 16), int(last, 16), int(value, 16)
            out.update({start + step: chr(base + step) for step in range(min(to - start, 65535 - base) + 1)})
    return out


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0").decode("utf-16-be", "replace")
