"""What each glyph of a font spells. WeasyPrint 70 notes for a glyph the letters of the first cluster that it meets it in,
all of them for the cluster's last glyph and none for the others: where letters join, most glyphs spell too much or
nothing. A font's own tables know better: its list of characters, and the substitutions that lead to all other glyphs.

ISO 14289-1, 7.21.7 and ISO 19005-2, 6.2.11.7.2: every glyph that is shown has a Unicode value, and no empty one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import weasyprint.pdf
from fontTools.ttLib import TTFont

from brochure.language import joined

ROUNDS = 8  # substitutions of substitutions; Devanagari takes three
EXTENSION = 7  # GSUB lookup type that only wraps another
UNKNOWN = "\ufffd"
HYPHEN, SOFT = (
    "\u2010",
    "\u00ad",
)  # what hyphenation prints at a line's end, and what it is to readers: no letter of the word

_fonts = weasyprint.pdf.build_fonts_dictionary


@contextmanager
def spelling() -> Iterator[None]:
    """Fonts that are written inside say what each of their glyphs spells."""

    def fonts(pdf: Any, found: Any, *rest: Any) -> Any:
        for font in found.values():
            font.to_unicode = mended(font.to_unicode, font.file_content)
        return _fonts(pdf, found, *rest)

    weasyprint.pdf.build_fonts_dictionary = fonts
    try:
        yield
    finally:
        weasyprint.pdf.build_fonts_dictionary = _fonts


def mended(said: dict[int, str], font: bytes) -> dict[int, str]:
    """Glyph → letters, with those of scripts whose letters join taken from the font, and none empty; the hyphens of
    broken words as soft ones (ISO 32000-1, 14.8.2.2.3)."""
    said = {glyph: SOFT if letters == HYPHEN else letters for glyph, letters in said.items()}
    doubtful = {glyph for glyph, letters in said.items() if not letters or joined(letters)}
    if not doubtful:
        return said
    known = spelled(font)
    return said | {glyph: known.get(glyph) or said[glyph] or UNKNOWN for glyph in doubtful}


@lru_cache(maxsize=16)
def spelled(font: bytes) -> dict[int, str]:
    """Glyph → letters, as far as a font's characters and its substitutions (GSUB) tell; a file is read once."""
    with TTFont(io.BytesIO(font), lazy=True) as program:
        names: dict[str, str] = {}
        for code, name in sorted(program.getBestCmap().items()):
            names.setdefault(name, chr(code))
        rules = list(_rules(program))
        for _ in range(ROUNDS):
            before = len(names)
            for parts, name in rules:
                if name not in names and all(part in names for part in parts):
                    names[name] = "".join(names[part] for part in parts)
            if len(names) == before:
                break
        return {program.getGlyphID(name): letters for name, letters in names.items()}


def _rules(program: TTFont) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is replaced by which glyph: one by one, one of several, and several by one."""
    lookups = program["GSUB"].table.LookupList.Lookup if "GSUB" in program else ()
    for table in (table for lookup in lookups for table in lookup.SubTable):
        inner = table.ExtSubTable if table.LookupType == EXTENSION else table
        if hasattr(inner, "ligatures"):
            for first, found in inner.ligatures.items():
                yield from (((first, *it.Component), it.LigGlyph) for it in found)
        elif hasattr(inner, "alternates"):
            yield from (((name,), other) for name, others in inner.alternates.items() for other in others)
        elif inner.LookupType == 1:
            yield from (((name,), other) for name, other in inner.mapping.items())
