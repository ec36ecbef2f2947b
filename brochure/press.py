"""The street itself: an order goes in at one end, products come out at the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from brochure import compose, deliver, finish, load
from brochure.errors import BrochureError, Complaint, ContentError, Place, TemplateError, errors_in, suggestion, tidy
from brochure.finish import contact
from brochure.load import Entry
from brochure.stages import House, Manuscript, Order, Product, Proof, Sheet
from brochure.typeset import Setter
from brochure.typeset.setter import Progress

DEFAULT_OUTPUTS = ("screen",)
SPECIMENS = "templates/specimens"


@dataclass(frozen=True)
class Made:
    """What an order came to: its products and the proof that they were finished from."""

    order: Order
    products: tuple[Product, ...]
    proof: Proof


@dataclass(frozen=True)
class Specimen:
    """The specimen book: where its files stand, how many pages it has, and the warnings on the way."""

    paths: tuple[Path, ...]
    pages: int
    warnings: tuple[Complaint, ...]


def house(root: Path) -> House:
    """The house at ``root``. Slips of content don't hide the ones in templates and stylesheets: all are told in
    one ContentError."""
    try:
        return load.house(root)
    except ContentError as error:
        slips = list(error.complaints)
        slips += compose.lint.house(load.shelf.templates(root, []), load.shelf.assets(root, {}))
        raise ContentError(slips) from None


def make(order: Order, house: House, setter: Setter, progress: Progress | None = None) -> Made:
    """The whole street for one order. Raises BrochureError with everything that was found on the way."""
    manuscript = load.manuscript(house, order)
    sheet = chosen(compose.sheet(manuscript), order.pages)
    proof = setter.proof(sheet, progress)
    return Made(order, finish.FINISHES[order.output](proof), proof)


def composed(order: Order, house: House) -> tuple[Manuscript, Sheet]:
    """The street up to the galleys, without drawings: what ``check`` and ``facts`` need."""
    manuscript = load.manuscript(house, order)
    return manuscript, compose.sheet(manuscript, draw=False)


def check(house: House, edition: str | None = None) -> tuple[Complaint, ...]:
    """Composes every language of one edition, or of all: the warnings; raises BrochureError with everything that was
    found when there is an error."""
    slips: list[Complaint] = []
    for order in [order for name in ([edition] if edition else house.editions) for order in orders(house, name)]:
        try:
            slips.extend(composed(order, house)[1].warnings)
        except BrochureError as error:
            slips.extend(error.complaints)
    if errors_in(slips):
        raise TemplateError(slips)
    return tidy(slips)


def chosen(sheet: Sheet, pages: tuple[str, ...]) -> Sheet:
    """The sheet with only the pages of these ids; all of them when none is named."""
    if not pages:
        return sheet
    known = [galley.id for galley in sheet.galleys]
    unknown = [page for page in pages if page not in known]
    if unknown:
        raise ContentError(
            [
                Complaint(
                    "order",
                    f"the flatplan has no page “{page}”.",
                    suggestion(page, known) or f"Pages: {', '.join(known)}.",
                )
                for page in unknown
            ]
        )
    return replace(sheet, galleys=tuple(galley for galley in sheet.galleys if galley.id in pages), partial=True)


def orders(
    house: House,
    edition: str,
    languages: tuple[str, ...] = (),
    outputs: tuple[str, ...] = (),
    pages: tuple[str, ...] = (),
) -> list[Order]:
    """The orders that a command line comes to: every language and output unless some are named. Single pages
    are always printed as pictures."""
    if edition not in house.editions:
        load.manuscript(house, Order(edition, ""))
    wanted = ("pages",) if pages else outputs or DEFAULT_OUTPUTS
    return [
        Order(edition, language, output, pages)
        for language in languages or house.editions[edition].languages
        for output in wanted
    ]


def run(
    house: House, wanted: Sequence[Order], out: Path, progress: Progress | None = None
) -> tuple[list[dict[str, Any]], tuple[Complaint, ...]]:
    """Makes the orders and swaps all their files into ``out/<edition>/`` at the end: the manifest's entries with
    whole paths, and the warnings on the way."""
    edition = wanted[0].edition
    entries: list[dict[str, Any]] = []
    with deliver.Output(out / edition) as output, Setter(limits=house.limits) as setter:
        proof: Proof | None = None
        for order in wanted:
            made = make(order, house, setter, progress)
            proof = made.proof
            for product in made.products:
                name = f"{order.language}/{product.name}"
                output.put(name, product.content)
                entries.append(deliver.entry(name, product))
        assert proof is not None
        places = {key: str(place) for galley in proof.sheet.galleys for key, place in galley.places.items()}
        output.record(edition, entries, proof.versions, places)
        output.publish()
    return [{**entry, "path": str(out / edition / entry["path"])} for entry in entries], tidy(
        (*proof.sheet.warnings, *proof.warnings)
    )


def flatplan(house: House, edition: str, language: str, out: Path, progress: Progress | None = None) -> Path:
    """``out/<edition>/flatplan.png``: the whole edition as one picture."""
    order = Order(edition, language)
    with deliver.Output(out / edition) as output, Setter(limits=house.limits) as setter:
        made = make(order, house, setter, progress)
        leaves = [
            contact.Leaf(page.first + index, page.id, page.kind.name)
            for page in house.plans[edition]
            for index in range(page.kind.pages)
        ]
        palette = {name: colour.screen for name, colour in house.brand.colours.items()}
        font = house.assets[house.brand.fonts[0].file]
        output.put("flatplan.png", contact.picture(made.products[0].content, leaves, palette, font))
        return output.publish()[0]


def register(house: House, edition: str, day: date | None) -> tuple[dict[str, str], list[Entry]]:
    """The register of an edition in its first language: every fact as it prints, and its entry on a day (the
    edition's own when none is given)."""
    order = orders(house, edition)[0]
    manuscript, sheet = composed(order, house)
    found = list(load.entries(house, edition, sheet.used, day or manuscript.edition.date.first))
    return {entry.id: compose.printed(manuscript, entry.id) for entry in found}, found


def specimen(root: Path, out: Path, pages: tuple[str, ...] = (), progress: Progress | None = None) -> Specimen:
    """The designer's book of the house at ``root``: ``out/specimen.pdf``, or single pages as pictures in
    ``out/specimen/``. It is an edition of a small house in templates/specimens/, set with the real brand, templates
    and stylesheets; complaints name its files from the house's own root."""
    try:
        book = load.house(root, root / SPECIMENS)
        order = orders(book, book.default_edition, pages=pages)[0]
        with deliver.Output(out) as output, Setter() as setter:
            made = make(order, book, setter, progress)
            for product in made.products:
                output.put(f"specimen/{product.name}" if pages else "specimen.pdf", product.content)
            paths = tuple(output.publish())
    except BrochureError as error:
        raise type(error)(_in_the_book(slip) for slip in error.complaints) from None
    warnings = tuple(map(_in_the_book, (*book.warnings, *made.proof.warnings)))
    return Specimen(paths, len(made.proof.sheet.galleys), warnings)


def _in_the_book(slip: Complaint) -> Complaint:
    """A complaint of the specimen house, named from the root of the house that it stands in."""
    place = slip.where
    if not isinstance(place, Place) or not place.file.startswith("content/") or place.file == "content/brand.yaml":
        return slip
    return replace(slip, where=replace(place, file=f"{SPECIMENS}/{place.file}"))
