"""The specimen book: an edition of a small house, set with the real house's brand, templates and stylesheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from brochure import deliver, load
from brochure.errors import BrochureError, Complaint, Place
from brochure.press.orders import orders
from brochure.press.street import make
from brochure.typeset import Setter
from brochure.typeset.setter import Progress

SPECIMENS = "templates/specimens"


@dataclass(frozen=True)
class Specimen:
    """The specimen book: where its files stand, how many pages it has, and the warnings on the way."""

    paths: tuple[Path, ...]
    pages: int
    warnings: tuple[Complaint, ...]


def specimen(root: Path, out: Path, pages: tuple[str, ...] = (), progress: Progress | None = None) -> Specimen:
    """The designer's book of the house at ``root``: ``out/specimen.pdf``, or single pages as pictures in
    ``out/specimen/``. It is an edition of a small house in templates/specimens/, set with the real brand, templates
    and stylesheets; complaints name its files from the house's own root."""
    try:
        book = load.house(root, root / SPECIMENS)
        order = orders(book, book.default_edition, outputs=("screen",), pages=pages)[0]
        with deliver.Output(out) as output, Setter(limits=book.limits) as setter:
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
