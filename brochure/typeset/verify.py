"""Checks files before WeasyPrint sees them: pictures to the last row, drawings for what they may hold."""

from __future__ import annotations

import io
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageFile, UnidentifiedImageError

PIXELS_LIMIT = 100_000_000  # a picture
TOTAL_LIMIT = 500_000_000  # pixels, all pictures of a section
PICTURES_LIMIT = 300
USES_LIMIT = 5_000  # expanded elements of a drawing
FONTS_LIMIT = 20
#: Elements that reach outside, run, or hide text in a drawing.
FORBIDDEN = {
    "script",
    "foreignObject",
    "image",
    "style",
    "iframe",
    "animate",
    "set",
    "a",
    "linearGradient",
    "radialGradient",
}
XLINK = "{http://www.w3.org/1999/xlink}href"


def problems(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """(file, what, remedy) for each file that must not be set."""
    pixels = pictures = fonts = 0
    for name, content in sorted(files.items()):
        suffix = name.rpartition(".")[2].lower()
        if suffix == "svg":
            yield from ((name, *slip) for slip in svg(content))
        elif suffix in ("png", "jpg", "jpeg"):
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


def svg(content: bytes) -> Iterator[tuple[str, str]]:
    """What is wrong with a drawing: a document type, forbidden elements, references that leave it, use bombs."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield "this drawing declares a document type.", "Save it as plain SVG without DOCTYPE and entities."
        return
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, ValueError, LookupError) as error:
        yield f"this drawing is not well-formed XML ({error}).", "Save it again as plain SVG."
        return
    for element in root.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in FORBIDDEN:
            yield f"this drawing holds <{tag}>, which doesn't print safely.", "Remove it, or draw it with paths."
        for name, value in element.attrib.items():
            if name.lower().startswith("on") or (name in ("href", XLINK) and not value.startswith("#")):
                yield f"this drawing reaches outside ({name.rpartition('}')[2]}).", "Remove the reference."
    if (count := _expanded(root)) > USES_LIMIT:
        yield (
            f"this drawing unfolds to {count} elements.",
            f"Draw it with {USES_LIMIT} or fewer: join dots into one path.",
        )


def _expanded(root: ET.Element) -> int:
    """How many elements are drawn once every <use> is unfolded; counting stops far beyond the limit."""
    known = {element.get("id"): element for element in root.iter() if element.get("id")}
    waiting, count = [(root, 0)], 0
    while waiting and count <= USES_LIMIT * 2:
        element, depth = waiting.pop()
        count += 1
        waiting.extend((child, depth) for child in element)
        target = element.get("href") or element.get(XLINK) or ""
        if str(element.tag).endswith("use") and target[1:] in known and depth < 32:
            waiting.append((known[target[1:]], depth + 1))
    return count


def font(content: bytes) -> tuple[str, str] | None:
    """What is wrong with a font file."""
    try:
        with TTFont(io.BytesIO(content), lazy=True) as face:
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
