"""Checks files before WeasyPrint sees them: pictures to the last row, drawings for what they may hold."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageFile, UnidentifiedImageError

from brochure.typeset import drawing

PIXELS_LIMIT = 100_000_000  # a picture
TOTAL_LIMIT = 500_000_000  # pixels, all pictures of a section
PICTURES_LIMIT = 300
FONTS_LIMIT = 20


def problems(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """(file, what, remedy) for each picture and font that must not be set."""
    pixels = pictures = fonts = 0
    for name, content in sorted(files.items()):
        suffix = name.rpartition(".")[2].lower()
        if suffix in ("png", "jpg", "jpeg"):
            size, slip = picture(content, suffix)
            pixels, pictures = pixels + size, pictures + 1
            if slip:
                yield (name, *slip)
        elif suffix in ("ttf", "otf"):
            fonts += 1
            if slip := font(content):
                yield (name, *slip)
    if pixels > TOTAL_LIMIT or pictures > PICTURES_LIMIT:
        yield (
            "pictures",
            f"this section has {pictures} pictures with {pixels / 1e6:.0f} Mpx.",
            f"Keep to {PICTURES_LIMIT} pictures and {TOTAL_LIMIT / 1e6:.0f} Mpx.",
        )
    if fonts > FONTS_LIMIT:
        yield ("fonts", f"this section loads {fonts} fonts.", f"Keep to {FONTS_LIMIT}.")


def drawings(files: Mapping[str, bytes], characters: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str, str]]:
    """(file, what, remedy) for each drawing that must not be set; ``characters``: family → what its fonts have."""
    for name, content in sorted(files.items()):
        if name.endswith(".svg"):
            yield from ((name, *slip) for slip in drawing.problems(content, characters))


def picture(content: bytes, suffix: str) -> tuple[int, tuple[str, str] | None]:
    """The number of pixels, and what is wrong with the picture. Every row is decoded: WeasyPrint switches
    Pillow's check for truncated files off when it is imported."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    formats = ("PNG",) if suffix == "png" else ("JPEG",)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=formats) as image:
                size = image.width * image.height
                if size > PIXELS_LIMIT:
                    return 0, (
                        f"this picture has {size / 1e6:.0f} Mpx.",
                        f"Save it with {PIXELS_LIMIT / 1e6:.0f} Mpx or less.",
                    )
                image.load()
    except UnidentifiedImageError:
        return 0, (f"this is no {formats[0]} picture, whatever its name says.", "Save it again from the original.")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return 0, ("this picture unpacks to a monstrous size.", f"Save it with {PIXELS_LIMIT / 1e6:.0f} Mpx or less.")
    except (OSError, SyntaxError, ValueError, IndexError) as error:
        return 0, (f"this picture is damaged ({str(error).rstrip('.')}).", "Save it again from the original.")
    if formats == ("JPEG",) and not content.rstrip(b"\x00").endswith(b"\xff\xd9"):
        return 0, ("this picture is cut off at its end.", "Save it again from the original.")
    return size, None


def font(content: bytes) -> tuple[str, str] | None:
    """What is wrong with a font file."""
    try:
        with TTFont(io.BytesIO(content), lazy=True, checkChecksums=2) as face:
            for table in face.reader.keys():  # noqa: SIM118  (reading a table is what checks its sum)
                face.reader[table]
            if "SVG " in face:
                return "this font draws its glyphs with SVG.", "Use a font with outlines."
            if face["OS/2"].fsType & 0x0002:
                return "this font forbids embedding.", "Use a font whose licence allows it."
            if not face.getBestCmap():
                return "this font has no characters.", "Take the file again from its origin."
    except (
        TTLibError,
        KeyError,
        ValueError,
        AssertionError,
        OSError,
        EOFError,
        IndexError,
        OverflowError,
        TypeError,
    ) as error:
        return f"this font is damaged ({type(error).__name__}).", "Take the file again from its origin."
    except Exception as error:  # fontTools raises whatever a broken table makes it stumble over
        return f"this font is damaged ({type(error).__name__}).", "Take the file again from its origin."
    return None
