"""How wide words are: measured with the brand's own fonts out of the assets."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache

from PIL import ImageFont

from brochure.draw.svg import pt

Ruler = Callable[[str, str, float, int], float]
"""(words, family, size in pt, weight) → width in mm."""

STYLES = {"Light": 300, "Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 600}
EM = 200  # px, the size that fonts are measured at


def ruler(assets: Mapping[str, bytes]) -> Ruler:
    """A ruler for the fonts below assets/fonts/. A weight that a family lacks is measured with the next bolder."""
    fonts: dict[str, dict[int, bytes]] = {}
    for name in sorted(assets):
        if name.startswith("fonts/") and name.endswith(".ttf"):
            family, style = _face(assets[name]).getname()
            if family and style in STYLES:
                fonts.setdefault(family, {})[STYLES[style]] = assets[name]

    def width(words: str, family: str, size: float, weight: int) -> float:
        weights = fonts[family]
        nearest = min(weights, key=lambda known: (known < weight, abs(known - weight)))
        return _face(weights[nearest]).getlength(words) / EM * pt(size)

    return width


@lru_cache(maxsize=32)
def _face(font: bytes) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font), EM, layout_engine=ImageFont.Layout.BASIC)
