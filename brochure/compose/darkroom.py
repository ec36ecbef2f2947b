"""Develops photographs: turned upright, cut to their slot, in sRGB, no finer than print needs."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageCms, ImageOps

from brochure.model.photo import Part, Point, window
from brochure.paper import MM_PER_INCH

FINE = 300  # ppi: finer than a 150 lpi screen can show (twice its ruling)
GOOD, COARSE = 225, 150  # ppi: one and a half times the ruling, and the ruling itself
QUALITY = 90  # of JPEG, without colour subsampling
TURNED = (5, 6, 7, 8)  # Exif 2.32, tag 274: orientations that lie on their side
ORIENTATION = 274
FORMATS = ("JPEG", "PNG")


def size(content: bytes) -> tuple[int, int] | None:
    """A picture's width and height in pixels, as it is meant to be looked at; None when it can't be read. Only its
    head is read."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            turned = image.getexif().get(ORIENTATION) in TURNED
            return (image.height, image.width) if turned else (image.width, image.height)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def resolution(content: bytes, width: float, height: float, aim: Point, part: Part) -> float | None:
    """How many pixels an inch has when the picture fills ``width`` × ``height`` mm; None when it can't be read."""
    found = size(content)
    if found is None:
        return None
    left, top, right, bottom = window(found, width / height, aim, part)
    return min((right - left) / width, (bottom - top) / height) * MM_PER_INCH


@lru_cache(maxsize=64)
def develop(content: bytes, profile: bytes, width: float, height: float, aim: Point, part: Part,
            tones: tuple[str, str] | None = None) -> bytes | None:  # fmt: skip
    """The picture as a JPEG in sRGB (``profile``) that fills ``width`` × ``height`` mm: only what is shown, at 300 ppi
    at most. ``tones``: two colours, #RRGGBB, for its shadows and its lights, instead of its own. None when the picture
    can't be read: whoever looks at files says what is wrong with it."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            embedded = opened.info.get("icc_profile")
            upright = ImageOps.exif_transpose(_opaque(opened))
    except (OSError, ValueError, SyntaxError, IndexError, Image.DecompressionBombError):
        return None
    box = window(upright.size, width / height, aim, part)
    ppi = min((box[2] - box[0]) / width * MM_PER_INCH, FINE)
    target = tuple(max(1, round(side / MM_PER_INCH * ppi)) for side in (width, height))
    small = upright.resize((target[0], target[1]), Image.Resampling.LANCZOS, box, reducing_gap=3)
    out = io.BytesIO()
    image = _srgb(small, embedded, profile)
    (_toned(image, *tones) if tones else image).save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def _opaque(image: Image.Image) -> Image.Image:
    """The picture without transparency, on white, in a mode that can be scaled."""
    if image.has_transparency_data:
        veiled = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", veiled.size, "white"), veiled).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _srgb(image: Image.Image, embedded: bytes | None, profile: bytes) -> Image.Image:
    """The picture in sRGB by its own profile; one without a profile is taken as sRGB."""
    if embedded:
        try:
            converted = ImageCms.profileToProfile(
                image, io.BytesIO(embedded), io.BytesIO(profile), ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )  # fmt: skip
        except ImageCms.PyCMSError:  # a profile for another kind of picture says nothing about this one
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _toned(image: Image.Image, shadows: str, lights: str) -> Image.Image:
    """The picture in two colours, its own range of tones spread over both."""
    return ImageOps.colorize(ImageOps.autocontrast(image.convert("L"), cutoff=1), shadows, lights)
