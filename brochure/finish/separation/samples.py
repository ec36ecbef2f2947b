"""A picture's samples as Pillow sees them: filters undone, bits spread to bytes, Decode arrays applied."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Name
from PIL import Image, ImageChops

from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.functions import pairs
from brochure.finish.separation.spaces import Space

MODES = {1: "L", 3: "RGB", 4: "CMYK"}
#: Filters that qpdf undoes without loss.
PLAIN = {"/FlateDecode", "/LZWDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"}
PIXELS = 200_000_000  # what a print file never needs: 200 million samples are an A0 sheet at 300 ppi


def filters(obj: Any) -> list[str]:
    """The names of a stream's filters."""
    found = obj.get("/Filter")
    return [] if found is None else [str(found)] if isinstance(found, Name) else [str(name) for name in found]


def read(obj: Any, which: Space) -> Image.Image:
    """The raw samples of an image, one byte a part, before its Decode array. Raises Unseparable."""
    bits, width, height = int(obj.get("/BitsPerComponent", 8)), int(obj["/Width"]), int(obj["/Height"])
    if width < 1 or height < 1 or width * height > PIXELS:
        raise Unseparable(f"a picture of {width} × {height} samples is used")
    chain = filters(obj)
    if chain[-1:] == ["/DCTDecode"] and set(chain[:-1]) <= PLAIN:
        return _jpeg(obj, which.parts, (width, height))
    if not set(chain) <= PLAIN:
        raise Unseparable(f"a picture packed with {' '.join(chain)} is used")
    if bits not in (1, 2, 4, 8):
        raise Unseparable(f"a picture of {bits} bits a sample is used")
    if which.parts not in MODES:
        raise Unseparable(f"a picture of {which.parts} inks is used")
    row = (width * which.parts * bits + 7) // 8
    packed = obj.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    if len(packed) < row * height:
        raise Unseparable("a picture's samples are cut short")
    spread = packed[: row * height] if bits == 8 else _spread(packed, bits, row, width * which.parts, height)
    return Image.frombytes(MODES[which.parts], (width, height), spread)


def _jpeg(obj: Any, parts: int, size: tuple[int, int]) -> Image.Image:
    raw = obj.read_raw_bytes()
    if len(filters(obj)) > 1:
        raise Unseparable("a JPEG inside another filter is used")
    try:
        picture = Image.open(io.BytesIO(raw), formats=["JPEG"])
        picture.load()
    except (OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise Unseparable(f"a JPEG can't be read ({error})") from None
    if picture.mode != MODES.get(parts) or picture.size != size:
        raise Unseparable(f"a JPEG of {picture.mode} samples is said to have {parts} parts")
    # Pillow takes every CMYK JPEG for one of Adobe's, whose inks are inverted; a PDF says so in its Decode array
    return ImageChops.invert(picture) if picture.mode == "CMYK" else picture


def _spread(packed: bytes, bits: int, row: int, count: int, height: int) -> bytes:
    """Samples of 1, 2 or 4 bits as one byte each."""
    table = _bytes(bits)
    return b"".join(b"".join(table[byte] for byte in packed[at * row : (at + 1) * row])[:count] for at in range(height))


@cache
def _bytes(bits: int) -> tuple[bytes, ...]:
    """What each byte holds: its samples, one a byte."""
    return tuple(bytes(byte >> shift & (1 << bits) - 1 for shift in range(8 - bits, -1, -bits)) for byte in range(256))


def decoded(obj: Any, samples: Image.Image, which: Space) -> Image.Image:
    """The samples as 0–255 of their space's own range, or as an indexed space's numbers: the Decode array applied."""
    top = (1 << int(obj.get("/BitsPerComponent", 8))) - 1
    usual = ((0.0, float(top)),) if which.palette else which.ranges
    ranges = pairs(obj["/Decode"]) if "/Decode" in obj else usual
    if ranges == usual and (which.palette or top == 255):
        return samples
    table: list[int] = []
    for (low, high), (least, most) in zip(ranges, ((0.0, 255.0),) if which.palette else which.ranges, strict=True):
        for value in range(256):
            share = (low + min(value, top) / top * (high - low) - least) / (most - least)
            table.append(round(min(max(share, 0), 1) * 255))
    return samples.point(table)


def keyed(samples: Image.Image, key: Array) -> Image.Image:
    """A colour key as a picture: 255 where the samples lie inside every pair of bounds and so don't print."""
    bounds = [(int(low), int(high)) for low, high in pairs(key)]
    inside = [
        band.point([255 if low <= value <= high else 0 for value in range(256)])
        for band, (low, high) in zip(samples.split(), bounds, strict=True)
    ]
    whole = inside[0]
    for band in inside[1:]:
        whole = Image.composite(band, Image.new("L", band.size, 0), whole)
    return whole
