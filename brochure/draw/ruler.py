"""How wide words are: measured with the brand's own fonts out of the assets."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache

from PIL import ImageFont

from brochure.draw import shaping
from brochure.draw.svg import pt
from brochure.language import joined

Ruler = Callable[[str, str, float, int], float]
"""(words, family or families with commas between them, size in pt, weight) → width in mm."""

STYLES = {"Light": 300, "Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 600}
EM = 200  # px, the size that fonts are measured at


def ruler(assets: Mapping[str, bytes]) -> Ruler:
    """A ruler for the fonts below assets/fonts/. A weight that a family lacks is measured with the next bolder. What the
    setter lays out letter by letter is measured so, words whose letters join as HarfBuzz shapes them."""
    fonts = faces(assets)

    def width(words: str, family: str, size: float, weight: int) -> float:
        files = shaping.files(fonts, family, weight)
        if joined(words):
            return shaping.line(words, files).width * pt(size)
        return sum(_face(file).getlength(run) for file, run in shaping.runs(words, files)) / EM * pt(size)

    return width


def baseline(assets: Mapping[str, bytes], family: str, size: float, leading: float) -> float:
    """Where the baseline of a line of type lies below the line's top, pt; ``size`` and ``leading`` in pt. The first of
    several families says so."""
    (regular, *_) = shaping.files(faces(assets), family, 400)
    ascent, descent = (part / EM * size for part in _face(regular).getmetrics())
    return (leading - ascent - descent) / 2 + ascent


def faces(assets: Mapping[str, bytes]) -> dict[str, dict[int, bytes]]:
    """family → weight → file, for the upright fonts below assets/fonts/."""
    fonts: dict[str, dict[int, bytes]] = {}
    for name in sorted(assets):
        if name.startswith("fonts/") and name.endswith(".ttf"):
            family, style = _face(assets[name]).getname()
            if family and style in STYLES:
                fonts.setdefault(family, {})[STYLES[style]] = assets[name]
    return fonts


@lru_cache(maxsize=32)
def _face(font: bytes) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font), EM, layout_engine=ImageFont.Layout.BASIC)
