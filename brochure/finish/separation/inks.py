"""From a device colour to inks: brand colours by recipe, greys from black only, all else through the press's profile."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from PIL import Image, ImageCms

from brochure.colour import Cmyk
from brochure.errors import AssetError, Complaint
from brochure.finish.separation.errors import Unseparable
from brochure.model.brand import Brand

Inks = tuple[float, float, float, float]  # cyan, magenta, yellow, black: 0–1
Device = tuple[float, ...]  # 1 grey, 3 sRGB or 4 CMYK values, 0–1
PAPER_WHITE: Inks = (0, 0, 0, 0)
BLACK: Inks = (0, 0, 0, 1)
NEAR = 0.4 / 255  # how far a rounded number may lie from the eighth of a byte that it was: WeasyPrint writes six digits
LUMINOSITY = (0.3, 0.59, 0.11)  # of red, green and blue (PDF 32000-1, 10.3.2)


@dataclass(frozen=True)
class Mix:
    """What a colour is printed from. ``inks``: its recipe; ``spot``: the ink of its own that takes the recipe's
    place, if it has one, in a tint of 0–1; ``grey``: its luminosity, for masks; ``pattern``: a pattern paints."""

    inks: Inks
    grey: float
    spot: str = ""
    tint: float = 1
    pattern: bool = False

    @property
    def full_black(self) -> bool:
        """Printed with black ink only, and all of it."""
        return not self.spot and not self.pattern and self.inks == BLACK


def grey_of(device: Device) -> float:
    """A device colour's luminosity, 0–1 (PDF 32000-1, 10.3)."""
    if len(device) == 1:
        return device[0]
    if len(device) == 3:
        return sum(part * weight for part, weight in zip(device, LUMINOSITY, strict=True))
    return 1 - min(1.0, sum(part * weight for part, weight in zip(device, (*LUMINOSITY, 1), strict=True)))


def limited(inks: Inks, limit: float) -> Inks:
    """The inks brought down to ``limit`` (1 = 100 %), continuously: nothing below the limit changes.

    First as grey component replacement does it: equal parts of cyan, magenta and yellow are a grey, and one part of
    black prints the same; so x of each goes and x of black comes, which saves 2x without changing hue or depth. What
    that can't save is taken from cyan, magenta and yellow in proportion, which keeps the hue."""
    cyan, magenta, yellow, black = inks
    over = cyan + magenta + yellow + black - limit
    if over <= 0:
        return inks
    swap = min(over / 2, cyan, magenta, yellow, 1 - black)
    cyan, magenta, yellow, black = cyan - swap, magenta - swap, yellow - swap, black + swap
    colour = cyan + magenta + yellow
    share = min(1.0, max(0.0, limit - black) / colour) if colour else 1.0
    return (cyan * share, magenta * share, yellow * share, black)


@dataclass(frozen=True)
class Mixer:
    """Where inks are mixed: the brand's recipes, the press's ICC ``profile``, the master's ``srgb`` profile and the
    ink limit (1 = 100 %). ``recipes``: those of logos, by six hexadecimal digits of sRGB."""

    brand: Brand
    profile: bytes
    srgb: bytes
    limit: float
    recipes: Mapping[str, Cmyk] = field(default_factory=dict)
    _known: dict[Device, Mix] = field(default_factory=dict, compare=False)

    def mix(self, device: Device) -> Mix:
        """The mix for a device colour."""
        found = self._known.get(device)
        if found is None:
            found = self._known[device] = self._mixed(device)
        return found

    def _mixed(self, device: Device) -> Mix:
        if len(device) == 4:
            return Mix(limited((device[0], device[1], device[2], device[3]), self.limit), grey_of(device))
        red, green, blue = device if len(device) == 3 else device * 3
        name = self.named(red, green, blue)
        if name:
            recipe = self.brand.colours[name]
            return Mix(limited(_inks(recipe.print), self.limit), grey_of(device), recipe.spot or "")
        own = self.recipes.get(bytes(_bytes(red, green, blue)).hex().upper())
        if own:
            return Mix(limited(_inks(own), self.limit), grey_of(device))
        if max(red, green, blue) - min(red, green, blue) < 1 / 255:
            return Mix((0, 0, 0, self.black(grey_of(device))), grey_of(device))
        return Mix(self.through_profile([(red, green, blue)])[0], grey_of(device))

    @cached_property
    def digest(self) -> str:
        """A digest of all that mixing depends on."""
        told = f"{self.brand.colours} {sorted(self.recipes.items())} {self.limit}".encode()
        return hashlib.sha256(
            b"".join(hashlib.sha256(it).digest() for it in (told, self.profile, self.srgb))
        ).hexdigest()

    def within(self, inks: Inks) -> Inks:
        """The inks within the press's limit."""
        return limited(inks, self.limit)

    def named(self, red: float, green: float, blue: float) -> str:
        """The brand colour that an sRGB colour is, or nothing."""
        return self._names.get(_bytes(red, green, blue), "")

    @cached_property
    def _names(self) -> dict[tuple[int, ...], str]:
        names: dict[tuple[int, ...], str] = {}
        for name, colour in self.brand.colours.items():
            names.setdefault((colour.screen.red, colour.screen.green, colour.screen.blue), name)
        return names

    def through_profile(self, colours: list[tuple[float, float, float]]) -> list[Inks]:
        """sRGB colours through the profile (relative colorimetric, with black-point compensation), within the limit."""
        packed = bytes(round(part * 255) for colour in colours for part in colour)
        found = converted(Image.frombytes("RGB", (len(colours), 1), packed), self._flat).tobytes()
        inks = [value / 255 for value in found]
        return [self.within((c, m, y, k)) for c, m, y, k in zip(*[iter(inks)] * 4, strict=True)]

    def black(self, grey: float) -> float:
        """How much black ink looks like an sRGB grey of 0–1 on this press."""
        place = min(max(grey, 0.0), 1.0) * 255
        low = min(int(place), 254)
        return self.blacks[low] + (self.blacks[low + 1] - self.blacks[low]) * (place - low)

    @cached_property
    def blacks(self) -> tuple[float, ...]:
        """The black ink for each of the 256 sRGB greys: of the same lightness, with the darkest that black ink alone
        prints taken for black and the paper for white (black-point compensation for one ink)."""
        ramp = Image.frombytes("CMYK", (256, 1), b"".join(bytes((0, 0, 0, value)) for value in range(256)))
        printed = [light / 255 for light in converted(ramp, self._lightness).tobytes()[::3]]
        darkest, paper = _luminance(printed[-1]), _luminance(printed[0])
        scale = [(_luminance(light) - darkest) / (paper - darkest) for light in printed]  # falls from 1 to 0
        return tuple(_crossing(scale, _linear(value / 255)) for value in range(256))

    @cached_property
    def _flat(self) -> ImageCms.ImageCmsTransform:
        flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
        return transform(self.srgb, self.profile, "RGB", "CMYK", ImageCms.Intent.RELATIVE_COLORIMETRIC, flags)

    @cached_property
    def pictorial(self) -> ImageCms.ImageCmsTransform:
        """sRGB pictures to inks: perceptual."""
        return transform(self.srgb, self.profile, "RGB", "CMYK", ImageCms.Intent.PERCEPTUAL)

    @cached_property
    def _lightness(self) -> ImageCms.ImageCmsTransform:
        return transform(self.profile, None, "CMYK", "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC)


def _bytes(*parts: float) -> tuple[int, ...]:
    """The bytes that sRGB values of 0–1 were written from; nothing when one lies between two bytes."""
    whole = tuple(min(max(round(part * 255), 0), 255) for part in parts)
    near = all(abs(part * 255 - value) <= NEAR * 255 for part, value in zip(parts, whole, strict=True))
    return whole if near else ()


def _inks(recipe: Cmyk) -> Inks:
    return (recipe.cyan / 100, recipe.magenta / 100, recipe.yellow / 100, recipe.black / 100)


@lru_cache(maxsize=16)
def transform(
    source: bytes,
    target: bytes | None,
    before: str,
    after: str,
    intent: ImageCms.Intent,
    flags: ImageCms.Flags = ImageCms.Flags.NONE,
) -> ImageCms.ImageCmsTransform:
    """A LittleCMS transform between two profiles' bytes; ``target`` None is Lab. Raises AssetError."""
    try:
        first = ImageCms.ImageCmsProfile(io.BytesIO(source))
        last = ImageCms.ImageCmsProfile(io.BytesIO(target) if target else ImageCms.createProfile("LAB"))
        return ImageCms.buildTransform(first, last, before, after, intent, flags)
    except (OSError, ImageCms.PyCMSError) as error:
        raise AssetError(
            [
                Complaint(
                    "colour profile",
                    f"it can't be used ({error}).",
                    f"Use an ICC profile from {before} to {after}.",
                    AssetError.code,
                )
            ]
        ) from None


def converted(picture: Image.Image, by: ImageCms.ImageCmsTransform) -> Image.Image:
    """The picture through a transform. ``ImageCms.applyTransform`` does the same, and copies the whole profile into
    each picture's notes: 9 ms for a single colour."""
    out = Image.new(by.output_mode, picture.size)
    by.transform.apply(picture.getim(), out.getim())
    return out


def _linear(value: float) -> float:
    """An sRGB value as a share of light."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _luminance(lightness: float) -> float:
    """CIE L*, 0–1, as a share of light."""
    step = (lightness * 100 + 16) / 116
    return step**3 if step > 6 / 29 else 3 * (6 / 29) ** 2 * (step - 4 / 29)


def _crossing(falling: list[float], level: float) -> float:
    """Where, 0–1, a falling curve comes down to a level."""
    for index in range(1, len(falling)):
        if falling[index] <= level:
            step = falling[index - 1] - falling[index]
            part = (falling[index - 1] - level) / step if step > 0 else 0
            return max(0.0, (index - 1 + part) / (len(falling) - 1))
    raise Unseparable("the printer's profile prints no darker with more black ink")
