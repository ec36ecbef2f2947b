"""Rules about pictures: how many pixels there are to an inch of paper."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.preflight.matrix import stretch
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case
from brochure.preflight.things import Picture

LEAST_PIXELS = 16  # smaller pictures are colour fields and rules, no photographs
LINE_ART_BITS = 1


def _ppi(picture: Picture) -> float:
    """The effective resolution: pixels an inch across or down, whichever is less."""
    across, down = stretch(picture.matrix)
    width, height = picture.pixels
    return min(width / across * 72 if across else 1e9, height / down * 72 if down else 1e9)


def _tone(picture: Picture) -> bool:
    return not picture.mask and picture.bits > LINE_ART_BITS


def _measure(case: Case, tone: bool, error: float, warning: float) -> Iterator[Slip]:
    what = "a picture is too coarse" if tone else "a 1-bit picture is too coarse"
    for leaf, picture in case.pictures:
        if _tone(picture) is not tone or min(picture.pixels) <= LEAST_PIXELS:
            continue
        # a fraction of a pixel is a matter of rounding: 149.99 counts as 150
        ppi = int(_ppi(picture) + 0.5)
        if ppi <= warning:
            measured = f"{ppi} ppi ({picture.pixels[0]} × {picture.pixels[1]} pixels)"
            severe = ppi <= error
            limit = f"more than {error if severe else warning:g} ppi"
            yield Slip(what, "error" if severe else "warning", leaf, picture.seen, measured, limit, -ppi)


def resolution(case: Case) -> Iterator[Slip]:
    """R0031: colour and grey pictures have pixels enough (sheet-fed: 149 ppi or less is an error, 224 a warning).

    Why: Fewer pixels than about one and a half for each dot of the screen show as blur and steps. Taken: the smaller
    of both directions; pictures of more than 16 pixels each way.

    Remedy: Use a larger original, or print the picture smaller.
    """
    limits = case.limits
    yield from _measure(case, True, float(limits.picture_error or 0), float(limits.picture_warning or 0))


def bitmap_resolution(case: Case) -> Iterator[Slip]:
    """R0032: 1-bit pictures have pixels enough (549 ppi or less is an error, 799 a warning).

    Why: Black or nothing has no grey to hide its steps.

    Remedy: Scan line art at 1200 ppi, or draw it as a path.
    """
    limits = case.limits
    yield from _measure(case, False, float(limits.bitmap_error or 0), float(limits.bitmap_warning or 0))
