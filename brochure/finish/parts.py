"""The print files of one job: the whole brochure in one, or the cover apart from the text block."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pikepdf

from brochure.finish import prepress
from brochure.house import House
from brochure.model.printer import Printer
from brochure.stages import Product, Proof

BOOK, COVER, TEXT = "book", "cover", "text"

BINDING = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/Dests", "/PageLabels", "/OpenAction")


@dataclass(frozen=True)
class Part:
    """A print file: which part of the brochure it is, and its pages' numbers in the file's order."""

    name: str
    numbers: tuple[int, ...]
    product: Product


def stem(house: House, printer: str, name: str = "brochure") -> str:
    """What the names of a printer's files begin with: ``brochure.print``, and the printer when it isn't the usual."""
    return f"{name}.print" if printer == house.default_printer else f"{name}.print.{printer}"


def finish(proof: Proof, house: House, printer: str) -> tuple[Part, ...]:
    """The print files for a printer of the house: ``brochure.print.pdf`` (or what the product is called), or ``….cover.pdf`` and ``….text.pdf``."""
    profile = house.printers[printer]
    icc = house.assets[f"icc/{profile.profile}"]
    out = []
    for name, numbers in chosen(len(_numbers(proof)), profile):
        (product,) = prepress.finish(_only(proof, numbers), house.brand, profile, icc, house.recipes)
        file = f"{stem(house, printer, proof.sheet.name)}{'' if name == BOOK else f'.{name}'}.pdf"
        product = replace(product, name=file, printer=printer, digest=proof.sheet.digest)
        if numbers != tuple(range(1, len(numbers) + 1)):
            product = replace(product, numbers=numbers)
        out.append(Part(name, numbers, product))
    return tuple(out)


def chosen(pages: int, printer: Printer) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Which pages each print file holds, in its order. A brochure of four pages is all cover."""
    cover, inside = (1, 2, pages - 1, pages), tuple(range(3, pages - 1))
    if not inside or (printer.cover is None and printer.order == "reading order"):
        yield BOOK, tuple(range(1, pages + 1))
    elif printer.cover is None:
        yield BOOK, (*cover, *inside)
    else:
        yield COVER, cover
        yield TEXT, inside


def _numbers(proof: Proof) -> list[int]:
    return [galley.first + index for galley in proof.sheet.galleys for index in range(galley.pages)]


def _only(proof: Proof, numbers: Sequence[int]) -> Proof:
    """The proof with only these pages, in this order. What binds pages to each other (tags, bookmarks, links'
    targets) goes: the print file has none of it."""
    if tuple(numbers) == tuple(range(1, len(_numbers(proof)) + 1)):
        return proof
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        pages = [pdf.pages[number - 1] for number in numbers]
        for owner, keys in ((pdf.Root, BINDING), *((page.obj, ("/Annots",)) for page in pdf.pages)):
            for key in keys:
                if key in owner:
                    del owner[key]
        del pdf.pages[:]
        pdf.pages.extend(pages)
        pdf.remove_unreferenced_resources()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    chosen_pages = ",".join(map(str, numbers))
    return replace(proof, pdf=out.getvalue(), sheet=replace(proof.sheet, digest=f"{proof.sheet.digest}:{chosen_pages}"))
