"""The second wall: every file is checked once more before WeasyPrint sees it, pictures to the last row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.intake import drawing, font, picture
from brochure.model.limits import Limits, raise_it


def problems(files: Mapping[str, bytes], limits: Limits) -> Iterator[tuple[str, str, str]]:
    """(file, what, remedy) for each picture and font that must not be set."""
    pixels = pictures = fonts = 0
    for name, content in sorted(files.items()):
        suffix = name.rpartition(".")[2].lower()
        if suffix in picture.FORMATS:
            size, slip = picture.problem(content, suffix, limits)
            pixels, pictures = pixels + size, pictures + 1
            if slip:
                yield name, f"this picture {slip[0]}", slip[1]
        elif suffix in ("ttf", "otf"):
            fonts += 1
            if slip := font.problem(content):
                yield name, f"this font {slip[0]}", slip[1]
    for what, count, name in (
        ("pictures", pictures, "pictures"),
        ("megapixels of pictures", pixels / 1e6, "all_megapixels"),
        ("fonts", fonts, "fonts"),
    ):
        if count > (most := getattr(limits, name)):
            yield what, f"this section has {count:.0f} {what}; {most} are the limit.", f"Use fewer, {raise_it(name)}"


def drawings(
    files: Mapping[str, bytes], characters: Mapping[str, frozenset[int]], limits: Limits
) -> Iterator[tuple[str, str, str]]:
    """(file, what, remedy) for each drawing that must not be set; ``characters``: family → what its fonts have."""
    for name, content in sorted(files.items()):
        if name.lower().endswith(".svg"):
            for what, remedy in drawing.problems(content, limits, characters):
                yield name, f"this drawing {what}", remedy
