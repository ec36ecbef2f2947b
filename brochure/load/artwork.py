"""Pictures, drawings, fonts and profiles, looked at where the content uses them: a bad file is told at its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from brochure.errors import Complaint, ExitCode, Place, suggestion
from brochure.house import House
from brochure.intake import Slip, drawing, font, picture, profile
from brochure.model.brand import Font
from brochure.model.limits import raise_it
from brochure.model.mentions import refs
from brochure.model.values import PictureRef

PROFILE = "icc/sRGB2014.icc"  # what the screen file's colours are meant in


def slips(it: House, refused: Mapping[str, Slip]) -> Iterator[Complaint]:
    """Every file that can't be used, once, with where the content asks for it. ``refused``: files that weren't read."""
    told: set[str] = set()
    yield from _fonts(it, refused, told)
    for name in it.editions:
        yield from _pictures(it, name, refused, told)
    yield from _profiles(it, refused, told)
    yield from _drawings(it)
    for name in sorted(set(refused) - told):
        yield Complaint(Place(f"assets/{name}"), f"this file {refused[name][0]}", refused[name][1], ExitCode.ASSET)


def _bad(place: Place, what: str, slip: Slip) -> Complaint:
    return Complaint(place, f"{what} {slip[0]}", slip[1], ExitCode.ASSET)


def _fonts(it: House, refused: Mapping[str, Slip], told: set[str]) -> Iterator[Complaint]:
    fonts, most = it.brand.fonts, it.limits.fonts
    if len(fonts) > most:
        what = f"the brand has {len(fonts)} fonts; {most} are the limit."
        yield Complaint(fonts[most].file.place, what, f"Use fewer, {raise_it('fonts')}")
        return
    for index, face in enumerate(fonts):
        if face.file in told:
            continue
        told.add(str(face.file))
        if face.file in refused:
            yield _bad(face.file.place, f"the font “assets/{face.file}”", refused[face.file])
        elif face.file not in it.assets:
            yield _missing(it, face, index)
        elif slip := font.problem(it.assets[face.file], (face.family, face.weight, face.style), thorough=False):
            yield _bad(face.file.place, f"the font “assets/{face.file}”", slip)


def _missing(it: House, face: Font, index: int) -> Complaint:
    near = suggestion(face.file, [name for name in it.assets if name.endswith((".ttf", ".otf"))])
    what = f"there is no font file “assets/{face.file}” (font {index + 1})."
    return Complaint(face.file.place, what, near or "Put it there with its licence.", ExitCode.ASSET)


def shown(it: House, edition: str) -> dict[str, list[PictureRef]]:
    """The pictures of an edition by their paths below assets/, each with all its mentions."""
    out: dict[str, list[PictureRef]] = {}
    for page in it.pages(edition):
        words = [it.words_of(edition, tag, page.id) for tag in it.editions[edition].languages]
        for ref in refs([page.show, *words]):
            if isinstance(ref, PictureRef):
                out.setdefault(f"images/{ref}", []).append(ref)
    return out


def _pictures(it: House, edition: str, refused: Mapping[str, Slip], told: set[str]) -> Iterator[Complaint]:
    pixels = 0
    for count, (name, mentions) in enumerate(shown(it, edition).items(), 1):
        ref = mentions[0]
        if count == it.limits.pictures + 1:
            what = f"this is one picture more than the {it.limits.pictures} that an edition may have."
            yield Complaint(ref.place, what, f"Leave it out, {raise_it('pictures')}")
        if name not in it.assets and name not in refused:
            yield from (_unknown(it, name, mention) for mention in mentions)
            continue
        size, slip = (0, refused[name]) if name in refused else _looked_at(it, name)
        if slip and name not in told:
            yield _bad(ref.place, f"the picture “assets/{name}”", slip)
        told.add(name)
        before, pixels = pixels, pixels + size
        if before <= (most := it.limits.all_megapixels * 1_000_000) < pixels:
            what = (
                f"with “{ref}” the edition's pictures have {pixels / 1e6:.3g} Mpx; {most // 1_000_000} are the limit."
            )
            yield Complaint(ref.place, what, f"Save them smaller, {raise_it('all_megapixels')}", ExitCode.ASSET)


def _unknown(it: House, name: str, ref: PictureRef) -> Complaint:
    """A mention of a picture that isn't there, or is of a kind that nobody reads."""
    suffix = _suffix(name)
    if suffix not in (*picture.FORMATS, "svg"):
        slip = f"is of no kind that is read (.{suffix}).", "Save it as .jpg, .png or .svg."
        return _bad(ref.place, f"the picture “assets/{name}”", slip)
    near = suggestion(ref, [n.removeprefix("images/") for n in it.assets if n.startswith("images/")])
    remedy = near or "Write one that stands in assets/images/."
    return Complaint(ref.place, f"there is no picture “{ref}”.", remedy, ExitCode.ASSET)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _looked_at(it: House, name: str) -> tuple[int, Slip | None]:
    """How many pixels a picture has, and what is wrong with it."""
    suffix = _suffix(name)
    if suffix in picture.FORMATS:
        return picture.problem(it.assets[name], suffix, it.limits, every_row=False)
    if suffix == "svg":
        return 0, next(drawing.problems(it.assets[name], it.limits), None)
    return 0, (f"is no picture (.{suffix}).", "Save it as .jpg, .png or .svg.")


def _profiles(it: House, refused: Mapping[str, Slip], told: set[str]) -> Iterator[Complaint]:
    """The screen's profile, which no line of content names, and what each printer prints to."""
    looked_at: set[tuple[str, tuple[str, str, str]]] = set()
    wanted = [(PROFILE, Place(f"assets/{PROFILE}"), profile.SCREEN)]
    wanted += [(f"icc/{printer.profile}", printer.profile.place, profile.PRESS) for printer in it.printers.values()]
    for name, place, use in wanted:
        told.add(name)
        if name not in it.assets and name not in refused:
            near = [known.removeprefix("icc/") for known in it.assets if known.startswith("icc/")]
            what = f"there is no profile “{name.removeprefix('icc/')}”."
            remedy = suggestion(name.removeprefix("icc/"), near) or "Write one that stands in assets/icc/."
            yield Complaint(place, what, remedy, ExitCode.ASSET)
        elif (name, use) not in looked_at:
            looked_at.add((name, use))
            if slip := refused.get(name) or profile.problem(it.assets[name], use):
                yield _bad(place, f"the profile “assets/{name}”", slip)


def _drawings(it: House) -> Iterator[Complaint]:
    """Icons and other drawings that templates ask for by name; no line of content names them."""
    for name, content in it.assets.items():
        if name.lower().endswith(".svg") and not name.startswith("images/"):
            for slip in drawing.problems(content, it.limits):
                yield _bad(Place(f"assets/{name}"), "this drawing", slip)
