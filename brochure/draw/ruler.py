"""How wide words are: measured with the brand's own fonts out of the assets."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from fontTools.ttLib import TTFont
from PIL import ImageFont

from brochure.draw.svg import pt

Ruler = Callable[[str, str, float, int], float]
"""(words, families with commas between them, size in pt, weight) → width in mm."""

STYLES = {"Light": 300, "Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 600}
EM = 200  # px, the size that fonts are measured at


def ruler(assets: Mapping[str, bytes]) -> Ruler:
    """A ruler for the fonts below assets/fonts/. A weight that a family lacks is measured with the next bolder."""
    fonts = _fonts(assets)

    def face(family: str, weight: int) -> bytes:
        weights = fonts[family]
        return weights[min(weights, key=lambda known: (known < weight, abs(known - weight)))]

    def width(words: str, family: str, size: float, weight: int) -> float:
        stack = [face(one, weight) for one in family.split(",")]
        runs = groupby(words, key=lambda letter: _prints(stack, letter)) if len(stack) > 1 else [(stack[0], words)]
        return sum(_face(font).getlength("".join(run)) for font, run in runs) / EM * pt(size)

    return width


def _prints(stack: Sequence[bytes], letter: str) -> bytes:
    """The first font of a stack that has a letter; the first of all when none has."""
    return next((font for font in stack if ord(letter) in _letters(font)), stack[0])


@lru_cache(maxsize=32)
def _letters(font: bytes) -> frozenset[int]:
    with TTFont(io.BytesIO(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def baseline(assets: Mapping[str, bytes], family: str, size: float, leading: float) -> float:
    """Where the baseline of a line of type lies below the line's top, pt; ``size`` and ``leading`` in pt."""
    regular = _fonts(assets)[family.split(",", maxsplit=1)[0]][400]
    ascent, descent = (part / EM * size for part in _face(regular).getmetrics())
    return (leading - ascent - descent) / 2 + ascent


def _fonts(assets: Mapping[str, bytes]) -> dict[str, dict[int, bytes]]:
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
