"""Pictures: a PNG or JPEG that the PDF can hold as it is, whole to its last row."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageFile, UnidentifiedImageError

from brochure.intake import Slip
from brochure.model.limits import Limits, raise_it

#: Suffix → Pillow's name of the format. Pillow could read forty more; none of them is let in.
FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
ANEW = "Save it again from the original."


def problem(content: bytes, suffix: str, limits: Limits, every_row: bool = True) -> tuple[int, Slip | None]:
    """The number of pixels, and what is wrong with the picture. ``every_row`` decodes all of it; without, a JPEG's
    stream is read to its end at an eighth of its size and a PNG's sums are compared, which is ten times as fast.
    Pillow must not forgive cut-off files, as WeasyPrint makes it do when it is imported."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if not content:
        return 0, ("is empty (0 bytes).", ANEW)
    try:
        return _looked_at(content, FORMATS[suffix], limits, every_row)
    except UnidentifiedImageError:
        return 0, (f"is no {FORMATS[suffix]} picture, whatever its name says.", ANEW)
    except Image.DecompressionBombError:
        most = limits.picture_megapixels
        return 0, (f"unpacks to a monstrous size; {most} Mpx are the limit.", "Save it smaller.")
    except Exception as error:  # Pillow raises whatever a broken file makes it stumble over
        return 0, (f"is damaged ({str(error).rstrip('.')}).", ANEW)


def _looked_at(content: bytes, wanted: str, limits: Limits, every_row: bool) -> tuple[int, Slip | None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we have a limit of our own
        with Image.open(io.BytesIO(content), formats=(wanted,)) as image:
            if slip := _unfit(image, content, limits):
                return 0, slip
            size = image.width * image.height  # before a draft makes it smaller
            _decode(image, wanted, every_row)
            return size, None


def _decode(image: Image.Image, wanted: str, every_row: bool) -> None:
    if every_row:
        image.load()
    elif wanted == "JPEG":
        image.draft("L", (max(image.width // 8, 1), max(image.height // 8, 1)))
        image.load()
    else:
        image.verify()


def _unfit(image: Image.Image, content: bytes, limits: Limits) -> Slip | None:
    """What the header already tells: nothing is decoded for it."""
    megapixels, most = image.width * image.height / 1e6, limits.picture_megapixels
    if megapixels > most:
        remedy = f"Save it smaller, {raise_it('picture_megapixels')}"
        return f"has {megapixels:.3g} Mpx; {most} are the limit.", remedy
    if image.format == "PNG" and content[24:25] == b"\x10":  # IHDR's bit depth (PNG specification, 11.2.2)
        return "has 16 bits a channel.", "Save it with 8 bits a channel."
    if image.format == "PNG" and getattr(image, "is_animated", False):
        return "is animated.", "Save one picture of it: paper holds still."
    if image.mode not in ("1", "L", "LA", "P", "RGB", "RGBA"):
        # the master is sRGB (PDF/A-2 allows no DeviceCMYK beside it); the print finish separates
        return f"has the colours of {image.mode}.", "Save it in sRGB; it is separated when it is printed."
    return None
