"""Pictures as inks: one grey image for each ink that a picture lays down, 255 where it is full."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name, StreamDecodeLevel
from PIL import Image, ImageChops

from brochure.preflight.spaces import NONE, PROCESS, Space, space

LONGEST = 900  # pixels: more isn't needed to see how much ink lies on a square of 15 mm
MOST_PIXELS = 400_000_000
MODES = {1: "L", 3: "RGB", 4: "CMYK"}

Inks = dict[str, Image.Image]


def inks(image: Any, resources: Any) -> Inks:
    """Ink → how much of it, made small. ValueError and its like for what can't be read."""
    width, height = int(image["/Width"]), int(image["/Height"])
    if width * height > MOST_PIXELS or width < 1 or height < 1:
        raise ValueError("a picture of impossible size")
    chosen = space(image["/ColorSpace"], resources) if "/ColorSpace" in image else None
    bands, chosen = _bands(image, width, height, chosen)
    return _printed([band if chosen.family == "Indexed" else _small(band) for band in bands], chosen)


def _small(band: Image.Image) -> Image.Image:
    factor = max(band.size) // LONGEST
    return band.reduce(factor) if factor > 1 else band


def _bands(image: Any, width: int, height: int, chosen: Space | None) -> tuple[list[Image.Image], Space]:
    """A picture's components as grey images, its Decode array applied, and its colour space."""
    listed = image.get("/Filter")
    filters = [str(name) for name in listed] if isinstance(listed, Array) else [str(listed)]
    if filters[-1] in ("/DCTDecode", "/JPXDecode", "/DCT") and len(filters) == 1:
        bands = _compressed(image.read_raw_bytes())
    elif filters[-1] in ("/CCITTFaxDecode", "/JBIG2Decode", "/CCF", "/DCTDecode", "/JPXDecode"):
        bands = list(
            pikepdf.PdfImage(image)
            .as_pil_image()
            .convert("L" if not chosen else MODES.get(chosen.components, "L"))
            .split()
        )
        chosen = chosen or space(Name.DeviceGray)
    else:
        assert chosen
        bands = _raw(
            image.read_bytes(StreamDecodeLevel.specialized),
            width,
            height,
            int(image.get("/BitsPerComponent", 8)),
            chosen.components,
        )
    if chosen is None:
        chosen = space(Name({1: "/DeviceGray", 4: "/DeviceCMYK"}.get(len(bands), "/DeviceRGB")))
    decode = [float(edge) for edge in image.get("/Decode", [])]
    turned = [decode[2 * at] > decode[2 * at + 1] for at in range(len(decode) // 2)]
    return [ImageChops.invert(b) if at < len(turned) and turned[at] else b for at, b in enumerate(bands)], chosen


def _compressed(raw: bytes) -> list[Image.Image]:
    """The components of a JPEG as the file stores them: Pillow turns Adobe's CMYK round, PDF doesn't."""
    picture: Image.Image = Image.open(io.BytesIO(raw))
    if picture.size[0] * picture.size[1] > MOST_PIXELS:
        raise ValueError("a picture of impossible size")
    picture.draft(None, (LONGEST, LONGEST))
    if picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB")
    bands = list(picture.split())
    turned = picture.mode == "CMYK" and "adobe" in picture.info
    return [ImageChops.invert(band) for band in bands] if turned else bands


def _raw(data: bytes, width: int, height: int, bits: int, components: int) -> list[Image.Image]:
    size = (width, height)
    if bits == 16:
        data, bits = data[::2], 8
    if bits == 8:
        needed = width * height * components
        data = data[:needed].ljust(needed, b"\0")
        return [Image.frombytes("L", size, data[at::components]) for at in range(components)]
    if components != 1:
        raise ValueError("packed components")
    row = (width * bits + 7) // 8
    data = data[: row * height].ljust(row * height, b"\0")
    whole = (
        Image.frombytes("1", size, data).convert("L")
        if bits == 1
        else Image.frombytes("L", size, data, "raw", f"L;{bits}")
    )
    whole.info["steps"] = 255 // ((1 << bits) - 1)
    return [whole]


def _printed(bands: list[Image.Image], chosen: Space) -> Inks:
    family = chosen.family
    if family == "Indexed" and chosen.base:
        return _indexed(bands[0], chosen)
    if family in ("Separation", "DeviceN"):
        return {name: band for name, band in zip(chosen.names, bands, strict=False) if name != NONE}
    if chosen.components == 4:
        return dict(zip(PROCESS, bands, strict=False))
    if chosen.components == 1 or family == "Lab":
        return {"Black": ImageChops.invert(bands[0])}
    inverted = [ImageChops.invert(band) for band in bands[:3]]
    black = ImageChops.darker(ImageChops.darker(*inverted[:2]), inverted[2])
    return {
        "Black": black,
        **{name: ImageChops.subtract(b, black) for name, b in zip(PROCESS[:3], inverted, strict=False)},
    }


def _indexed(band: Image.Image, chosen: Space) -> Inks:
    assert chosen.base
    count = max(1, len(chosen.table) // max(1, chosen.base.components))
    # packed indices were spread over 0–255 when they were unpacked
    steps = int(band.info.get("steps", 1))
    colours = [chosen.inks((float(min(index // steps, count - 1)),)) for index in range(256)]
    names = dict.fromkeys(name for colour in colours for name in colour)
    out: Inks = {}
    for name in names:
        table = [round(255 * min(1.0, max(0.0, colour.get(name, 0.0)))) for colour in colours]
        out[name] = _small(band.point(table))
    return out
