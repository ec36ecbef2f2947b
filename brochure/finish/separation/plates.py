"""A picture's samples made into what is printed: inks or grey, no finer than the press needs, packed."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageMath

from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.inks import Device, Mixer, converted, grey_of
from brochure.finish.separation.spaces import Space, profiled

QUALITY = 92  # of JPEGs
LINE_ART = 256  # colours: a picture without loss that has no more is drawn, not photographed, and keeps each of them
GREY_ART = 64
GRID = 33  # nodes of each side of a table for colours of three parts


@dataclass(frozen=True)
class Plate:
    """A separated picture, as it goes into the file. ``palette``: CMYK bytes of an indexed picture, in hexadecimal;
    ``turned``: its samples are inverted, as JPEG's are when they hold inks."""

    width: int
    height: int
    inks: str
    filter: str
    content: bytes
    palette: str = ""
    turned: bool = False

    def stored(self) -> bytes:
        """The plate as bytes, to be kept."""
        about = {key: value for key, value in asdict(self).items() if key != "content"}
        return json.dumps(about).encode() + b"\n" + self.content

    @classmethod
    def restored(cls, stored: bytes) -> Plate:
        """A plate from its bytes."""
        about, _, content = stored.partition(b"\n")
        return cls(**json.loads(about), content=content)


@dataclass(frozen=True)
class Wish:
    """How a picture is wanted: at most ``size`` samples, and grey when it is a ``mask``."""

    size: tuple[int, int]
    mask: bool


def plate(picture: Image.Image, which: Space, lossy: bool, wish: Wish, mixer: Mixer) -> Plate:
    """A picture of a space, its samples spread over the space's ranges, separated."""
    if which.palette:
        return _indexed(picture, which.palette, wish, mixer)
    if which.parts == 1:
        return _one_part(picture, which, lossy, wish, mixer)
    if not lossy and which.kind in {"/DeviceRGB", "/ICCBased"} and which.parts == 3:
        few = picture.getcolors(LINE_ART)
        if few:
            return _drawn(picture, which, wish, mixer)
    small = _smaller(picture, wish)
    if wish.mask:
        return _grey(_rgb(small, which, mixer).convert("L"), True)
    return _inked(small, which, mixer)


def veil(picture: Image.Image, size: tuple[int, int]) -> Plate:
    """A soft mask brought down to a size, without loss."""
    return _grey(_smaller(picture, Wish(size, True)), False)


def _drawn(picture: Image.Image, which: Space, wish: Wish, mixer: Mixer) -> Plate:
    """A picture of few colours as an indexed one."""
    packed = picture.tobytes()
    pixels = list(zip(packed[::3], packed[1::3], packed[2::3], strict=True))
    places = {colour: index for index, colour in enumerate(sorted(set(pixels)))}
    numbers = Image.frombytes("L", picture.size, bytes(map(places.__getitem__, pixels)))
    return _indexed(numbers, [which.device([part / 255 for part in colour]) for colour in places], wish, mixer)


def _smaller(picture: Image.Image, wish: Wish) -> Image.Image:
    return picture if wish.size == picture.size else picture.resize(wish.size, Image.Resampling.LANCZOS)


def _indexed(numbers: Image.Image, palette: Sequence[Device], wish: Wish, mixer: Mixer) -> Plate:
    """Drawn pictures keep their size and each colour, brand colours their recipe."""
    if wish.mask:
        greys = [round(grey_of(device) * 255) for device in palette] + [0] * 256
        return _grey(numbers.point(greys[:256]), False)
    mixes = [mixer.mix(device) for device in palette]
    spot = next((mix.spot for mix in mixes if mix.spot), "")
    if spot:
        raise Unseparable(f"a picture holds the spot colour “{spot}”, which only text and drawings can print")
    table = bytes(round(ink * 255) for mix in mixes for ink in mix.inks)
    return Plate(*numbers.size, "/DeviceCMYK", "/FlateDecode", zlib.compress(numbers.tobytes(), 9), table.hex())


def _one_part(picture: Image.Image, which: Space, lossy: bool, wish: Wish, mixer: Mixer) -> Plate:
    """Greys stay grey, on this press's own scale; tints of an ink become an indexed picture."""
    if which.spot and not wish.mask:
        raise Unseparable(f"a picture in the spot colour “{which.spot}” is used")
    low, high = which.ranges[0]
    devices = [which.device([low + value / 255 * (high - low)]) for value in range(256)]
    if which.spot:
        devices = [(round(value / 255, 4),) for value in range(256)]
    neutral = all(len(device) == 1 or max(device[:3]) - min(device[:3]) < 2 / 255 for device in devices)
    neutral = neutral and all(len(device) != 4 for device in devices)
    if not neutral and not wish.mask:
        return _indexed(_smaller(picture, wish), devices, wish, mixer)
    lossy = lossy or picture.getcolors(GREY_ART) is None
    tones = [grey_of(device) if wish.mask else 1 - mixer.black(grey_of(device)) for device in devices]
    return _grey((_smaller(picture, wish) if lossy else picture).point([round(tone * 255) for tone in tones]), lossy)


def _grey(picture: Image.Image, lossy: bool) -> Plate:
    packed = _jpeg(picture) if lossy else zlib.compress(picture.tobytes(), 9)
    return Plate(*picture.size, "/DeviceGray", "/DCTDecode" if lossy else "/FlateDecode", packed)


def _inked(picture: Image.Image, which: Space, mixer: Mixer) -> Plate:
    if which.parts == 4:
        inks = converted(picture, profiled(which.profile, 4, mixer, _PERCEPTUAL)) if which.profile else picture
        if which.kind not in {"/DeviceCMYK", "/ICCBased"}:
            raise Unseparable(f"a picture in {which.kind} of four inks is used")
    else:
        seen = _rgb(picture, which, mixer)
        inks = seen if seen.mode == "CMYK" else converted(seen, mixer.pictorial)
    packed = _jpeg(ImageChops.invert(capped(inks, mixer.limit)))
    # Pillow turns inks round for Adobe's sake: what it gets inverted stands upright in the file
    return Plate(*picture.size, "/DeviceCMYK", "/DCTDecode", packed)


_PERCEPTUAL = ImageCms.Intent.PERCEPTUAL


def _rgb(picture: Image.Image, which: Space, mixer: Mixer) -> Image.Image:
    """A picture of three or four parts as sRGB; as CMYK when that is what its space is computed into."""
    if which.kind == "/DeviceRGB" or (which.kind == "/ICCBased" and not which.profile and which.parts == 3):
        return picture
    if which.parts == 4:
        return Image.merge("RGB", [ImageChops.subtract(ImageChops.invert(band), picture.getchannel(3)) for band in picture.split()[:3]])  # fmt: skip
    if which.kind == "/ICCBased":
        return converted(picture, profiled(which.profile, 3, mixer, _PERCEPTUAL))

    def node(*parts: float) -> Device:
        return which.device([low + part * (high - low) for part, (low, high) in zip(parts, which.ranges, strict=True)])

    channels = len(node(0, 0, 0))
    if channels == 1:
        raise Unseparable(f"a picture in {which.kind} computed into grey is used")
    table = ImageFilter.Color3DLUT.generate(GRID, node, channels, "CMYK" if channels == 4 else "RGB")
    return picture.filter(table)


def capped(picture: Image.Image, limit: float) -> Image.Image:
    """A CMYK picture within the ink limit, by the rule of ``inks.limited``."""
    top = round(limit * 255)
    bands = picture.split()
    total = ImageMath.lambda_eval(_total, c=bands[0], m=bands[1], y=bands[2], k=bands[3])
    if total.getextrema()[1] <= top:
        return picture
    named = dict(zip("cmyk", bands, strict=True))
    swap = ImageMath.lambda_eval(lambda it: _swapped(it, top), total=total, **named)
    cmy = {name: ImageMath.lambda_eval(lambda it: it["ink"] - it["swap"], ink=named[name], swap=swap) for name in "cmy"}
    black = ImageMath.lambda_eval(lambda it: it["k"] + it["swap"], k=named["k"], swap=swap)
    made = [
        ImageMath.lambda_eval(lambda it: _share(it, top), ink=cmy[name], k=black, **cmy).convert("L") for name in "cmy"
    ]
    return Image.merge("CMYK", [*made, black.convert("L")])


def _total(it: dict[str, Any]) -> Any:
    return it["c"] + it["m"] + it["y"] + it["k"]


def _swapped(it: dict[str, Any], top: int) -> Any:
    """How much of cyan, magenta and yellow black takes the place of."""
    least = it["min"](it["min"](it["c"], it["m"]), it["min"](it["y"], 255 - it["k"]))
    return it["max"](it["min"]((it["total"] - top + 1) / 2, least), 0)


def _share(it: dict[str, Any], top: int) -> Any:
    """An ink brought down in proportion to what the limit leaves for the three."""
    colour = it["max"](it["c"] + it["m"] + it["y"], 1)
    return it["min"](it["ink"], it["ink"] * it["max"](top - it["k"], 0) / colour)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return out.getvalue()
