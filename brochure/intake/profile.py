"""ICC profiles: whole, and of the device and colours that they are used for."""

from __future__ import annotations

import io

from PIL import ImageCms

from brochure.intake import Slip

#: Device class and colour space (ICC.1:2022, 7.2.5 and 7.2.6) of what the house uses profiles for.
SCREEN = ("mntr", "RGB", "a screen's RGB profile")
PRESS = ("prtr", "CMYK", "a printing condition's CMYK profile")


def problem(content: bytes, wanted: tuple[str, str, str]) -> Slip | None:
    """What is wrong with a profile that is used as ``wanted``: SCREEN or PRESS."""
    if len(content) < 132 or content[36:40] != b"acsp":  # the header's 128 bytes and the count of tags
        return "is no ICC profile, whatever its name says.", "Take the file again from its origin."
    if int.from_bytes(content[:4], "big") != len(content):
        said = f"is cut off: it has {len(content)} bytes and says that it has {int.from_bytes(content[:4], 'big')}."
        return said, "Take the file again from its origin."
    device, space = (content[at : at + 4].decode("latin-1").strip() for at in (12, 16))
    if (device, space) != wanted[:2]:
        return f"is not {wanted[2]} (its class is {device}, its colours are {space}).", "Use the right profile."
    try:
        ImageCms.ImageCmsProfile(io.BytesIO(content))
    except Exception as error:  # LittleCMS tells what it can't read in its own way
        return f"is damaged ({str(error).rstrip('.') or type(error).__name__}).", "Take the file again from its origin."
    return None
