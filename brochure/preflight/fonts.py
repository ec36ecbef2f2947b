"""Rules about fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brochure.preflight.glyphs import Face
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.things import Text


def _used(case: Case) -> Iterator[tuple[Leaf, Text, Face]]:
    """Each font once, where it is first used."""
    known: set[int] = set()
    for leaf, text in case.texts:
        if text.face is not None and id(text.face) not in known:
            known.add(id(text.face))
            yield leaf, text, text.face


def embedded(case: Case) -> Iterator[Slip]:
    """X-fonts: every font that prints is embedded.

    Why: A font that isn't in the file is replaced by another one.

    Remedy: Embed all fonts on export.
    """
    for leaf, text, face in _used(case):
        if not face.embedded:
            yield Slip("a font isn't embedded", leaf=leaf, box=text.seen, measured=face.plain, limit="embedded")


def type3(case: Case) -> Iterator[Slip]:
    """X-type3: no Type 3 font.

    Why: Its glyphs are drawings without hinting; some programs make pixels of them.

    Remedy: Use OpenType or TrueType fonts.
    """
    for leaf, text, face in _used(case):
        if face.kind == "Type3":
            yield Slip("a Type 3 font", leaf=leaf, box=text.seen, measured=face.plain, limit="none")


def of_the_brand(case: Case) -> Iterator[Slip]:
    """H-fonts: every font is one of the brand's.

    Why: Another one means that something was replaced, or comes from somewhere else.

    Remedy: Set the text in a font of content/brand.yaml, or list it there.
    """
    families = {_bare(font.family) for font in case.brand.fonts}
    for leaf, text, face in _used(case):
        if not any(_bare(face.plain).startswith(family) for family in families):
            yield Slip(
                "a font that isn't the brand's", leaf=leaf, box=text.seen, measured=face.plain, limit="brand.yaml"
            )


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
