"""That brand, fonts, profiles and printers agree with what lies in assets/."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.errors import Complaint, ExitCode, Place, suggestion
from brochure.load.known import known
from brochure.model.printer import RESERVED
from brochure.stages import House

PROFILE = "icc/sRGB2014.icc"  # what the screen file's colours are meant in
ICC_SPACE = slice(16, 20)  # where an ICC profile says what colours it is for (ICC.1:2010, 7.2)


def workshop(it: House) -> Iterator[Complaint]:
    """Every disagreement between the designer's and the printers' files of a house."""
    yield from _brand(it)
    yield from _defaults(it)
    yield from _printers(it)


def _brand(it: House) -> Iterator[Complaint]:
    if "brand:*" in it.spoiled:
        return
    for index, font in enumerate(it.brand.fonts):
        if font.file not in it.assets:
            near = suggestion(font.file, [name for name in it.assets if name.endswith(".ttf")])
            yield Complaint(
                font.file.place,
                f"there is no font file “assets/{font.file}” (font {index + 1}).",
                near or "Put it there with its licence.",
                ExitCode.ASSET,
            )
    if PROFILE not in it.assets:
        yield Complaint(
            Place(f"assets/{PROFILE}"), "the colour profile is missing.", "Take it from another house.", ExitCode.ASSET
        )
    families = {font.family for font in it.brand.fonts}
    for tag, language in it.languages.items():
        for family in (*language.words.text, *language.words.display):
            if family not in families:
                yield Complaint(
                    family.place,
                    f"the brand has no font family “{family}” (language {tag}).",
                    suggestion(family, families) or "Add its files to content/brand.yaml.",
                )


def _defaults(it: House) -> Iterator[Complaint]:
    defaults = [name for name, edition in it.editions.items() if edition.default]
    if len(defaults) > 1:
        yield Complaint(
            Place(f"content/editions/{defaults[1]}.yaml"),
            f"“{defaults[0]}” and “{defaults[1]}” are both the default edition.",
            "Leave default: true in one.",
        )


def _printers(it: House) -> Iterator[Complaint]:
    profiles = [name.removeprefix("icc/") for name in it.assets if name.startswith("icc/")]
    for name, printer in it.printers.items():
        if name in RESERVED:
            place = Place(f"content/printers/{name}.yaml")
            yield Complaint(place, f"a printer can't be called “{name}”.", "Its files would be taken for others.")
        yield from known(it, printer.profile, profiles, "assets/icc/")
        icc = it.assets.get(f"icc/{printer.profile}")
        if icc is not None and icc[ICC_SPACE] != b"CMYK":
            what = f"the profile “{printer.profile}” isn't one for four inks."
            yield Complaint(printer.profile.place, what, "Take the print shop's CMYK profile.", ExitCode.ASSET)
    defaults = [name for name, printer in it.printers.items() if printer.default]
    if len(defaults) > 1:
        yield Complaint(
            Place(f"content/printers/{defaults[1]}.yaml"),
            f"“{defaults[0]}” and “{defaults[1]}” are both the default printer.",
            "Leave default: true in one.",
        )
