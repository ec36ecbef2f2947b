"""The street itself: an order goes in at one end, products come out at the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from brochure import compose, deliver, finish, load
from brochure.errors import Complaint, ContentError, suggestion
from brochure.stages import House, Manuscript, Order, Product, Proof, Sheet
from brochure.typeset import Setter
from brochure.typeset.setter import Progress

DEFAULT_OUTPUTS = ("screen",)


@dataclass(frozen=True)
class Made:
    """What an order came to: its products and the proof that they were finished from."""

    order: Order
    products: tuple[Product, ...]
    proof: Proof


def make(order: Order, house: House, setter: Setter, progress: Progress | None = None) -> Made:
    """The whole street for one order. Raises BrochureError with everything that was found on the way."""
    manuscript = load.manuscript(house, order)
    sheet = chosen(compose.sheet(manuscript), order.pages)
    proof = setter.proof(sheet, progress)
    return Made(order, finish.FINISHES[order.output](proof), proof)


def composed(order: Order, house: House) -> tuple[Manuscript, Sheet]:
    """The street up to the galleys: what ``check`` and ``facts`` need."""
    manuscript = load.manuscript(house, order)
    return manuscript, compose.sheet(manuscript)


def chosen(sheet: Sheet, pages: tuple[str, ...]) -> Sheet:
    """The sheet with only the pages of these ids; all of them when none is named."""
    if not pages:
        return sheet
    known = [galley.id for galley in sheet.galleys]
    unknown = [page for page in pages if page not in known]
    if unknown:
        raise ContentError([Complaint("order", f"the flatplan has no page “{page}”.",
                                      suggestion(page, known) or f"Pages: {', '.join(known)}.") for page in unknown])
    return replace(sheet, galleys=tuple(galley for galley in sheet.galleys if galley.id in pages))


def orders(house: House, edition: str, languages: tuple[str, ...] = (), outputs: tuple[str, ...] = (),
           pages: tuple[str, ...] = ()) -> list[Order]:
    """The orders that a command line comes to: every language and output unless some are named. Single pages
    are always printed as pictures."""
    if edition not in house.editions:
        load.manuscript(house, Order(edition, ""))
    wanted = ("pages",) if pages else outputs or DEFAULT_OUTPUTS
    return [Order(edition, language, output, pages)
            for language in languages or house.editions[edition].languages for output in wanted]


def run(house: House, wanted: Sequence[Order], out: Path, progress: Progress | None = None) -> list[dict[str, Any]]:
    """Makes the orders and swaps all their files into ``out/<edition>/`` at the end; the manifest's entries."""
    edition = wanted[0].edition
    entries: list[dict[str, Any]] = []
    with deliver.Output(out / edition) as output, Setter() as setter:
        versions: Mapping[str, str] = {}
        for order in wanted:
            made = make(order, house, setter, progress)
            versions = made.proof.versions
            places = {key: str(place) for galley in made.proof.sheet.galleys for key, place in galley.places.items()}
            for product in made.products:
                name = f"{order.language}/{product.name}"
                output.put(name, product.content)
                entries.append(deliver.entry(name, product, places if order.output != "pages" else {}))
        listed = out / edition / "manifest.json"
        old = listed.read_bytes() if listed.exists() else None
        output.put("manifest.json", deliver.manifest(old, edition, entries, versions, lambda name: (out / edition / name).exists()))
        output.publish()
    return [{**entry, "path": str(out / edition / entry["path"])} for entry in entries]
