"""What stands around galleys: what a file says of itself, digests, folios, the two halves of a line of contents."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import NamedTuple

from brochure.compose import styles
from brochure.stages import Galley, Manuscript, Sheet

COLON = re.compile(r": |：")


def framed(manuscript: Manuscript, galleys: tuple[Galley, ...], used: Mapping[str, tuple[str, ...]]) -> Sheet:
    """Galleys with what the file says of itself."""
    title, assets = manuscript.title, manuscript.house.assets
    return Sheet(
        galleys=galleys,
        title=manuscript.heading,
        author=title.author,
        description=title.description,
        language=manuscript.language.words.locale,
        created=str(manuscript.edition.date),
        paper=manuscript.paper,
        digest=digest([galley.digest for galley in galleys] + [manuscript.heading, str(manuscript.edition.date)]),
        faces=tuple(
            (font.family, font.weight, font.style, styles.font_address(font, assets))
            for font in styles.faces(manuscript.house.brand, manuscript.language.words)
        ),
        profile=assets["icc/sRGB2014.icc"],
        name=manuscript.name,
        draft=manuscript.house.draft,
        used=used,
    )


def headed(line: str) -> dict[str, str]:
    """A line of contents in two: before its colon, of any script, and after it with a capital."""
    head, *tail = COLON.split(line, maxsplit=1)
    return {"head": head, "tail": "".join(tail)[:1].upper() + "".join(tail)[1:]}


def digest(parts: list[str]) -> str:
    """One digest of many texts, in their order."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Folio(NamedTuple):
    """What a page prints at its foot: its number on a ground, and the running head beside it."""

    number: int
    ground: str
    running: str
