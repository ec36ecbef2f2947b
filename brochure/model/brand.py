"""The brand: colours with a screen value and a printing recipe, type sizes, fonts."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ValidationInfo, model_validator

from brochure.colour import Cmyk, Rgb, contrast
from brochure.model.scalar import refuse, single_text
from brochure.model.values import FontFile, Line, Model, Number, Slug, Truth, parse_number

INK_LIMIT = 300  # %, of any brand colour
#: Names that a PDF keeps for the four process inks, for all inks and for none (PDF 32000-1, 8.6.6.4).
TAKEN = ("Cyan", "Magenta", "Yellow", "Black", "All", "None")
#: What the base stylesheets and the flatplan's picture are made of.
RESERVED = {
    "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji", "fangsong", "inherit", "initial",
    "unset", "revert", "default", "sans", "mono",
}  # fmt: skip
COLOURS = ("night", "deep", "haze", "mist", "gold", "honey", "straw", "paper", "ember", "ink", "grey")
SIZES = ("note", "caption", "body", "lead", "h3", "h2", "h1")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3
CONTRAST_LARGE = 3.0  # from 18 pt


def _rgb(value: Any) -> Rgb:
    if isinstance(value, Rgb):
        return value
    text = single_text(value, "a colour")
    if not re.fullmatch("#?[0-9A-Fa-f]{6}", text):
        raise refuse(f"“{text}” is no colour.", "Write six hexadecimal digits, such as 0F2744.")
    return Rgb.parse("#" + text.removeprefix("#"))


def _cmyk(value: Any) -> Cmyk:
    if isinstance(value, Cmyk):
        return value
    parts = single_text(value, "a recipe").split()
    if len(parts) != 4:
        raise refuse("a recipe has four inks.", "Write cyan, magenta, yellow and black in %: 100 78 28 45.")
    inks = [float(parse_number(part)) for part in parts]
    if any(not 0 <= ink <= 100 for ink in inks):
        raise refuse("an ink is a percentage.", "Write 0 to 100 for each ink.")
    recipe = Cmyk(*inks)
    if recipe.ink > INK_LIMIT:
        raise refuse(f"this recipe lays down {recipe.ink:g} % of ink.", f"Keep the four inks at {INK_LIMIT} % or less.")
    return recipe


Recipe = Annotated[Cmyk, BeforeValidator(_cmyk)]


class Colour(Model):
    """One name, two values: sRGB on screen, a CMYK recipe (%) in print. With a ``spot`` it is printed with an ink of
    its own, called so by the print shop (PANTONE 131 C); the recipe is what stands in for that ink."""

    screen: Annotated[Rgb, BeforeValidator(_rgb)]
    print: Recipe
    spot: Line | None = None

    @model_validator(mode="after")
    def _spot_is_an_ink(self) -> Colour:
        if self.spot in TAKEN:
            raise refuse(
                f"“{self.spot}” is no ink of its own.", "Write the name on the ink's tin: PANTONE 131 C.", "spot"
            )
        return self


class Pair(Model):
    """A colour that carries text on a ground; ``large`` when it is only used from 18 pt."""

    text: Slug
    ground: Slug
    large: Truth = False


class TypeSize(Model):
    """A step of the type scale, pt."""

    size: Number
    leading: Number

    @model_validator(mode="after")
    def _can_be_seen(self) -> TypeSize:
        for key in ("size", "leading"):
            if getattr(self, key) <= 0:
                raise refuse(f"“{key}” is nought or less.", "Write a size in points, such as 9.25.", key)
        return self


class FontFamily(Line):
    """A font family as stylesheets, drawings and Pango's lists write it: nothing in it that any of them would have to
    escape, and no name that CSS keeps for itself (WeasyPrint issue 2684: Pango crashes on those)."""

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The name; a refusal for quotes, commas and the like."""
        text = super().read(value, info)
        if not re.fullmatch(r"\w[\w .-]{0,62}", text) or text.casefold() in RESERVED:
            what = f"“{text}” can't be the name of a font family."
            raise refuse(what, "Write the family's own name in letters, digits, spaces, - and .")
        return text


class Font(Model):
    """One family, weight and style: exactly one file under assets/."""

    family: FontFamily
    weight: Literal["300", "400", "500", "600", "700"]
    style: Literal["normal", "italic"] = "normal"
    file: FontFile


class Brand(Model):
    """Colours, type and fonts of the house."""

    colours: dict[Slug, Colour]
    pairs: tuple[Pair, ...]
    type: dict[Slug, TypeSize]
    fonts: tuple[Font, ...]

    @model_validator(mode="after")
    def _complete(self) -> Brand:
        for name, wanted, found in (("colours", COLOURS, self.colours), ("type", SIZES, self.type)):
            if missing := [key for key in wanted if key not in found]:
                raise refuse(
                    f"the brand's {name} lack {', '.join(missing)}.", "Add them: every page leans on them.", name
                )
        return self

    @model_validator(mode="after")
    def _one_colour_a_spot(self) -> Brand:
        spots = [colour.spot for colour in self.colours.values() if colour.spot]
        for spot in spots:
            if spots.count(spot) > 1:
                raise refuse(f"two colours are printed with the ink “{spot}”.", "Give it to one of them.", "colours")
        return self

    @model_validator(mode="after")
    def _pairs_are_legible(self) -> Brand:
        for pair in self.pairs:
            _legible(pair, self.colours)
        return self

    @model_validator(mode="after")
    def _one_file_a_face(self) -> Brand:
        faces = [(font.family, font.weight, font.style) for font in self.fonts]
        for face in faces:
            if faces.count(face) > 1:
                # WeasyPrint 70 merges two files of one face into one PDF font and prints wrong glyphs.
                raise refuse(
                    f"{' '.join(face)} has two files.", "Keep one file for each family, weight and style.", "fonts"
                )
        return self


def _legible(pair: Pair, colours: dict[Slug, Colour]) -> None:
    for name in (pair.text, pair.ground):
        if name not in colours:
            raise refuse(
                f"the pair {pair.text} on {pair.ground} names no colour “{name}”.",
                "Use the names under colours.",
                "pairs",
            )
    ratio = contrast(colours[pair.text].screen, colours[pair.ground].screen)
    needed = CONTRAST_LARGE if pair.large else CONTRAST
    if ratio < needed:
        raise refuse(
            f"{pair.text} on {pair.ground} has a contrast of {ratio:.1f}.", f"Text needs {needed:g} or more.", "pairs"
        )
