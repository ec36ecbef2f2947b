"""How wide a line of type is, so that drawings can place labels without collisions."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache

from fontTools.ttLib import TTFont

from brochure.draw import svg

FACES = {400: "Regular", 500: "Medium", 600: "SemiBold"}


def width(words: str, size: float, assets: Mapping[str, bytes], weight: int = 400) -> float:
    """The width in mm of ``words`` set in the brand's Latin and Cyrillic text face at ``size`` pt. Characters that
    it hasn't count as an em, which is what Chinese takes."""
    advances, em = _advances(assets[f"fonts/golos-text/GolosText-{FACES[weight]}.ttf"])
    return svg.pt(size) * sum(advances.get(ord(letter), em) for letter in words) / em


@lru_cache(maxsize=4)
def _advances(raw: bytes) -> tuple[dict[int, int], int]:
    font = TTFont(io.BytesIO(raw), lazy=True)
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {code: metrics[glyph][0] for code, glyph in font.getBestCmap().items()}, em
