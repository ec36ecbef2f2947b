"""Photographs and logos: what may be printed on the edition's date, and what is still missing for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from brochure.colour import Cmyk
from brochure.draw import logo as drawn
from brochure.errors import Complaint, ExitCode, Place, suggestion
from brochure.house import House, PlannedPage
from brochure.model.dates import PartialDate
from brochure.model.logo import DrawingRef, Logo, LogoRef
from brochure.model.mentions import refs
from brochure.model.scalar import Scalar
from brochure.model.words import PageWords

WARNING = timedelta(days=90)  # before the end of a licence


def photo(it: House, name: str, page: PlannedPage) -> Iterator[Complaint]:
    """The photograph and the logos of a page: their licences run on the edition's date, and for some time after."""
    image = getattr(page.show, "image", None)
    if image is not None and image.expires:
        yield from _term(it, name, image.file, f"the licence of “{image.file}”", image.expires)
    for ref in refs(page.show):
        logo = it.logos.get(ref) if isinstance(ref, LogoRef) else None
        if logo and logo.expires:
            yield from _term(it, name, logo.name, f"the permission for “{ref}”", logo.expires)


def _term(it: House, name: str, beside: Scalar, what: str, expires: PartialDate) -> Iterator[Complaint]:
    """Whether a right still runs; told at its last day, which stands beside a value of the same block."""
    file, key = beside.place.file, f"{beside.key.rpartition('.')[0]}.expires"
    place = it.places.get(f"{file}#{key}", beside.place)
    published = it.editions[name].date.first
    if expires.last < published:
        remedy = "Renew it, or use another picture."
        yield Complaint(place, f"{what} expired on {expires}.", remedy, ExitCode.ASSET)
    elif expires.last < published + WARNING:
        said = f"{what} runs out on {expires}, {(expires.last - published).days} days after the edition's date."
        yield Complaint(place, said, "Renew it before you print again.", warning=True)


def photo_words(it: House, name: str, tag: str, page: PlannedPage, words: PageWords) -> Iterator[Complaint]:
    """What a language must say of a page's photograph and logos."""
    place, common = it.words_place(name, tag, page.id), it.languages[tag].common
    image = getattr(page.show, "image", None)
    if image is not None and words.image is None:
        yield Complaint(place, "the photograph has no description.", "Add image: with alt: and say what it shows.")
    if words.image is not None and "image" not in page.kind.show.model_fields:
        said = f"a page of the kind “{page.kind.name}” has no place for a photograph."
        yield Complaint(words.image.alt.place, said, "Remove image:, or show it on another page.")
    logos = [ref for ref in refs(page.show) if isinstance(ref, LogoRef)]
    wanted = [key for key, needed in (("photograph", image), ("photographs", image), ("logos", logos)) if needed]
    for key in wanted:
        if getattr(common, key) is None:
            remedy = f"Add {key}: with {{x}} to content/{tag}/common.yaml."
            yield Complaint(
                Place(f"content/{tag}/common.yaml"), f"the language {tag} has no words for “{key}”.", remedy
            )


def logos(it: House) -> Iterator[Complaint]:
    """Every logo: its name, its drawings, a recipe for each of their colours, and no colour with two recipes."""
    own = {str(colour.screen).removeprefix("#"): colour.print for colour in it.brand.colours.values()}
    known = dict(own)
    for name, logo in it.logos.items():
        for tag, language in it.languages.items():
            if logo.name not in language.names and not it.spoiled & {str(logo.name), "name:*"}:
                hint = suggestion(logo.name, language.names) or f"Write one that stands in content/{tag}/names.yaml."
                yield Complaint(
                    logo.name.place, f"the logo “{name}” has no name “{logo.name}” in the language {tag}.", hint
                )
        if "brand:*" in it.spoiled:
            continue  # without the brand's colours nobody knows which recipes are missing
        found: set[str] = set()
        for file in logo.drawings:
            yield from _drawing(it, file, {**own, **logo.colours}, found)
        yield from _recipes(it, name, logo, known, found)


def _drawing(it: House, file: DrawingRef, recipes: Mapping[str, Cmyk], found: set[str]) -> Iterator[Complaint]:
    """A logo's drawing: it is there, it says how large it is, and each of its colours has a recipe."""
    svg = it.assets.get(f"logos/{file}")
    if svg is None:
        near = suggestion(file, [path.removeprefix("logos/") for path in it.assets if path.startswith("logos/")])
        what = f"there is no drawing “assets/logos/{file}”."
        yield Complaint(file.place, what, near or "Put the SVG there.", ExitCode.ASSET)
        return
    if drawn.proportion(svg) is None:
        what = f"“assets/logos/{file}” doesn't say how wide and high it is."
        yield Complaint(file.place, what, "Save it with a viewBox.", ExitCode.ASSET)
    for colour in drawn.colours(svg):
        found.add(colour)
        if colour[0] == "…":
            what = f"“assets/logos/{file}” paints with {colour[1:]}, which no recipe can hold."
            yield Complaint(file.place, what, "Save it with plain opaque colours.", ExitCode.ASSET)
        elif colour not in recipes:
            remedy = f"Add it under colours: with its four inks in %, such as {colour}: 18 36 88 4."
            yield Complaint(file.place, f"the colour {colour} of this drawing has no recipe.", remedy)


def _recipes(it: House, name: str, logo: Logo, known: dict[str, Cmyk], found: set[str]) -> Iterator[Complaint]:
    """A logo's own recipes: none is superfluous, and none says of a colour what another doesn't."""
    drawings = all(f"logos/{file}" in it.assets for file in logo.drawings)
    for colour, recipe in logo.colours.items():
        place = it.places.get(f"content/logos.yaml#{name}.colours.{colour}", logo.name.place)
        if known.setdefault(colour, recipe) != recipe:
            what = f"the colour {colour} is printed in two ways."
            yield Complaint(place, what, "Give it one recipe in content/brand.yaml and content/logos.yaml.")
        elif drawings and colour not in found:
            yield Complaint(place, f"no drawing of “{name}” has the colour {colour}.", "Remove its recipe.")
