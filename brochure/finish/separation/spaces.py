"""Colour spaces of a PDF: what a colour in each of them is as grey, sRGB or CMYK (PDF 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Name
from PIL import Image, ImageCms

from brochure.finish.separation.cie import lab_to_rgb, xyz_to_rgb
from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.functions import Pairs, function, pairs
from brochure.finish.separation.inks import Device, Mixer, converted, transform

UNIT = (0.0, 1.0)
DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
#: What inline images may call them (PDF 32000-1, table 93).
SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}


@dataclass(frozen=True)
class Space:
    """A colour space: how many ``parts`` a colour has, what they may be (``ranges``), the colour it starts with, and
    what a colour is on a device. ``kind``: its family; ``palette``: the colours of an indexed space; ``spot``: the
    name of an ink that the brand declares; ``under``: what an uncoloured pattern is painted with."""

    kind: str
    parts: int
    device: Callable[[Sequence[float]], Device]
    ranges: Pairs
    initial: tuple[float, ...]
    palette: tuple[Device, ...] = ()
    spot: str = ""
    under: Space | None = None
    profile: bytes = b""


def _plain(kind: str, parts: int) -> Space:
    initial = (0.0, 0.0, 0.0, 1.0) if parts == 4 else (0.0,) * parts
    return Space(kind, parts, lambda values: tuple(min(max(v, 0.0), 1.0) for v in values), (UNIT,) * parts, initial)


GREY, RGB, CMYK = (_plain(kind, parts) for kind, parts in DEVICES.items())
PLAIN = {"/DeviceGray": GREY, "/DeviceRGB": RGB, "/DeviceCMYK": CMYK}


def space(obj: Any, mixer: Mixer, named: Any = None) -> Space:
    """The colour space behind a name or an array; ``named``: the resources' own, by name. Raises Unseparable."""
    if isinstance(obj, Array):
        if len(obj) == 1 or str(obj[0]) not in FAMILIES:
            return space(obj[0], mixer, named)
        return FAMILIES[str(obj[0])](obj, mixer, named)
    name = SHORT.get(str(obj), str(obj)) if isinstance(obj, Name | str) else ""
    if name in PLAIN:
        return PLAIN[name]
    if name == "/Pattern":
        return Space("/Pattern", 0, lambda values: (0.0,), (), ())
    if named is not None and name in named:
        return space(named[name], mixer, None)
    raise Unseparable(f"the colour space {name or repr(obj)[:60]} is unknown")


def _grey_calibrated(obj: Array, mixer: Mixer, named: Any) -> Space:
    about = obj[1]
    gamma = float(about.get("/Gamma", 1))
    white = [float(value) for value in about["/WhitePoint"]]

    def device(values: Sequence[float]) -> Device:
        light = min(max(values[0], 0.0), 1.0) ** gamma
        red, green, blue = xyz_to_rgb([part * light for part in white], white)
        return ((red + green + blue) / 3,)

    return Space("/CalGray", 1, device, (UNIT,), (0.0,))


def _rgb_calibrated(obj: Array, mixer: Mixer, named: Any) -> Space:
    about = obj[1]
    gamma = [float(value) for value in about.get("/Gamma", Array([1, 1, 1]))]
    matrix = [float(value) for value in about.get("/Matrix", Array([1, 0, 0, 0, 1, 0, 0, 0, 1]))]
    white = [float(value) for value in about["/WhitePoint"]]

    def device(values: Sequence[float]) -> Device:
        light = [min(max(value, 0.0), 1.0) ** power for value, power in zip(values, gamma, strict=True)]
        return xyz_to_rgb([sum(light[i] * matrix[3 * i + axis] for i in range(3)) for axis in range(3)], white)

    return Space("/CalRGB", 3, device, (UNIT,) * 3, (0.0,) * 3)


def _lab(obj: Array, mixer: Mixer, named: Any) -> Space:
    about = obj[1]
    white = [float(value) for value in about["/WhitePoint"]]
    ranges = ((0.0, 100.0), *pairs(about.get("/Range", Array([-100, 100, -100, 100]))))
    initial = (0.0, *(min(max(0.0, low), high) for low, high in ranges[1:]))
    return Space("/Lab", 3, lambda values: lab_to_rgb(values, white), ranges, initial)


def _icc(obj: Array, mixer: Mixer, named: Any) -> Space:
    """A profile of one, three or four parts: its colours as sRGB, or as the press's CMYK."""
    parts, profile = int(obj[1]["/N"]), obj[1].read_bytes()
    if parts not in (1, 3, 4):
        raise Unseparable(f"an ICC profile of {parts} parts is unknown")
    plain = {1: GREY, 3: RGB, 4: CMYK}[parts]
    same = profile in (mixer.srgb, mixer.profile)
    device = plain.device if same else _through(profile, parts, mixer)
    return Space("/ICCBased", parts, device, plain.ranges, plain.initial, profile=b"" if same else profile)


def _through(profile: bytes, parts: int, mixer: Mixer) -> Callable[[Sequence[float]], Device]:
    """A profile's colours, one by one, 8 bits a part."""
    by = profiled(profile, parts, mixer, ImageCms.Intent.RELATIVE_COLORIMETRIC)

    def device(values: Sequence[float]) -> Device:
        packed = bytes(round(min(max(value, 0.0), 1.0) * 255) for value in values)
        return tuple(value / 255 for value in converted(Image.frombytes(by.input_mode, (1, 1), packed), by).tobytes())

    return device


def profiled(profile: bytes, parts: int, mixer: Mixer, intent: ImageCms.Intent) -> ImageCms.ImageCmsTransform:
    """From a picture's own profile to sRGB, or to the press's inks for one of four parts."""
    before, after = {1: ("L", "RGB"), 3: ("RGB", "RGB"), 4: ("CMYK", "CMYK")}[parts]
    target = mixer.profile if parts == 4 else mixer.srgb
    return transform(profile, target, before, after, intent, ImageCms.Flags.BLACKPOINTCOMPENSATION)


def _indexed(obj: Array, mixer: Mixer, named: Any) -> Space:
    base = space(obj[1], mixer, named)
    table = bytes(obj[3]) if isinstance(obj[3], pikepdf.String) else obj[3].read_bytes()
    count = min(int(obj[2]) + 1, len(table) // base.parts)
    rows = [table[index * base.parts : (index + 1) * base.parts] for index in range(count)]
    palette = tuple(
        base.device([low + value / 255 * (high - low) for value, (low, high) in zip(row, base.ranges, strict=True)])
        for row in rows
    )

    def device(values: Sequence[float]) -> Device:
        return palette[min(max(int(values[0]), 0), len(palette) - 1)]

    return Space("/Indexed", 1, device, ((0.0, 255.0),), (0.0,), palette)


def _separation(obj: Array, mixer: Mixer, named: Any) -> Space:
    """One ink by name. An ink that the brand declares stays itself; any other is printed from its alternate."""
    name = str(obj[1]).removeprefix("/")
    if name == "All":
        raise Unseparable("the registration colour /All is used for content")
    if name == "None":
        raise Unseparable("the invisible ink /None is used")
    declared = {colour.spot for colour in mixer.brand.colours.values() if colour.spot}
    made = _tinted(obj, mixer, named, 1)
    return Space(made.kind, 1, made.device, (UNIT,), (1.0,), spot=name if name in declared else "")


def _several_inks(obj: Array, mixer: Mixer, named: Any) -> Space:
    return _tinted(obj, mixer, named, len(obj[1]))


def _tinted(obj: Array, mixer: Mixer, named: Any, parts: int) -> Space:
    """A space whose colours are computed into another one's."""
    alternate, tint = space(obj[2], mixer, named), function(obj[3])
    return Space(str(obj[0]), parts, lambda values: alternate.device(tint(*values)), (UNIT,) * parts, (1.0,) * parts)


def _pattern(obj: Array, mixer: Mixer, named: Any) -> Space:
    under = space(obj[1], mixer, named)
    return Space("/Pattern", under.parts, under.device, under.ranges, under.initial, under=under)


FAMILIES: dict[str, Callable[[Array, Mixer, Any], Space]] = {
    "/CalGray": _grey_calibrated,
    "/CalRGB": _rgb_calibrated,
    "/Lab": _lab,
    "/ICCBased": _icc,
    "/Indexed": _indexed,
    "/I": _indexed,
    "/Separation": _separation,
    "/DeviceN": _several_inks,
    "/Pattern": _pattern,
}
