"""Personal print copies: the common pages separated once, bound in a reader's order; only the letter and the line on
the cover are separated for each recipient. A print file has no tags, so pages are laid over each other as forms."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from brochure.colour import Cmyk
from brochure.finish import x4
from brochure.finish.graft import stream
from brochure.finish.marks import marked
from brochure.finish.parts import BOOK, chosen
from brochure.finish.prepress import boxed, frame_of, shift_of, written
from brochure.finish.separation import separate
from brochure.finish.separation.inks import Mixer
from brochure.model.brand import Brand
from brochure.model.personal import Arrangement
from brochure.model.printer import Printer
from brochure.paper import Paper
from brochure.stages import Sheet

COVER_LINE, LETTER_PAGE = 0, 1  # pages of a piece


@dataclass(frozen=True)
class Shop:
    """A press and what it needs to know: the brand's colours, its own profile and that of the master."""

    brand: Brand
    printer: Printer
    profile: bytes
    srgb: bytes
    recipes: Mapping[str, Cmyk]

    @cached_property
    def mixer(self) -> Mixer:
        """Mixes the inks of all copies: what it has mixed once it knows."""
        return Mixer(self.brand, self.profile, self.srgb, float(self.printer.ink_limit) / 100, self.recipes)

    def separated(self, pdf: pikepdf.Pdf, paper: Paper) -> None:
        """Every page in inks, with the boxes of a print file."""
        frame, whole = frame_of(paper, self.printer)
        separate(pdf, self.mixer, self.printer.ppi, [shift_of(page, frame) for page in pdf.pages])
        for page in pdf.pages:
            boxed(page, frame, whole)

    def master(self, pdf: bytes, paper: Paper) -> bytes:
        """The pages that all copies share, separated but not yet bound."""
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            self.separated(opened, paper)
            return written(opened)


class Part:
    """A print file of the copies in one order: its pages ``numbers``, with an empty one for the letter if that is
    among them. ``copy`` may be called again and again."""

    def __init__(
        self,
        name: str,
        numbers: Sequence[int],
        master: bytes,
        arrangement: Arrangement,
        cover: int,
        sheet: Sheet,
        shop: Shop,
    ) -> None:
        self.name, self.sheet, self.shop = name, sheet, shop
        self.pdf = pikepdf.open(io.BytesIO(master))
        self.frame, self.whole = frame_of(sheet.paper, shop.printer)
        leaves = [page.obj for page in self.pdf.pages]
        feet = {
            index: pikepdf.Page(leaves[index]).as_form_xobject() for index in arrangement.folios if index is not None
        }
        boxes = {key: leaves[0][key] for key in ("/MediaBox", "/TrimBox", "/BleedBox")}
        self.own = self.pdf.make_indirect(Dictionary({"/Type": Name.Page, **boxes}))
        pages = [
            leaves[index] if (index := arrangement.pages[number - 1]) is not None else self.own for number in numbers
        ]
        for number, page in zip(numbers, pages, strict=True):
            if (foot := arrangement.folios[number - 1]) is not None:
                page.Contents, page.Resources = self._over(page, feet[foot], "Folio")
        del self.pdf.pages[:]
        self.pdf.pages.extend(pikepdf.Page(page) for page in pages)
        self.letter = (
            self.pdf.pages[arrangement.pages.index(None)].obj
            if None in [arrangement.pages[n - 1] for n in numbers]
            else None
        )
        self.cover = self.pdf.pages[list(numbers).index(cover)].obj if cover in numbers else None
        for leaf in self.pdf.pages if shop.printer.marks else ():
            if self.letter is None or leaf.obj.objgen != self.letter.objgen:
                marked(self.pdf, leaf, self.frame, shop.printer.marks)
        x4.exchanged(self.pdf, sheet, shop.printer, shop.mixer)
        self.front = (self.cover.Contents, self.cover.Resources) if self.cover is not None else None

    def _over(self, page: Any, form: Any, name: str) -> tuple[Any, Any]:
        """A page's content and resources with a form laid over it."""
        resources = Dictionary(dict(page.Resources.items()))
        things = dict(resources.XObject.items()) if "/XObject" in resources else {}
        resources.XObject = Dictionary({**things, f"/Own_{name}": self.pdf.make_indirect(form)})
        over = f"\nQ\nq /Own_{name} Do Q\n".encode()
        return stream(self.pdf, b"q\n" + page.Contents.read_bytes() + over), resources

    def copy(self, piece: pikepdf.Pdf, digest: str) -> bytes:
        """One recipient's file. ``piece`` is separated already; ``digest`` tells it from all others."""
        if self.letter is not None:
            page = piece.pages[LETTER_PAGE].obj
            for key in ("/Contents", "/Resources", "/Group"):
                self.letter[key] = self.pdf.copy_foreign(piece.make_indirect(page[key]))
        if self.cover is not None and self.front is not None:
            self.cover.Contents, self.cover.Resources = self.front
            line = self.pdf.copy_foreign(piece.make_indirect(piece.pages[COVER_LINE].as_form_xobject()))
            self.cover.Contents, self.cover.Resources = self._over(self.cover, line, "Line")
        x4.described(self.pdf, replace(self.sheet, digest=digest), self.shop.printer, self.shop.mixer)
        return written(self.pdf)


class PrintBound:
    """The print files of copies in one order: the whole brochure, or cover and text block apart."""

    def __init__(self, master: bytes, arrangement: Arrangement, cover: int, sheet: Sheet, shop: Shop) -> None:
        self.shop, self.paper = shop, sheet.paper
        self.parts = [Part(name, numbers, master, arrangement, cover, sheet, shop)
                      for name, numbers in chosen(len(arrangement.pages), shop.printer)]  # fmt: skip

    def copy(self, piece: bytes, digest: str) -> dict[str, bytes]:
        """The files of one recipient by the part that each is. ``digest``: of all that they are made from."""
        with pikepdf.open(io.BytesIO(piece)) as own:
            del own.pages[2:]
            self.shop.separated(own, self.paper)
            if self.shop.printer.marks:
                frame, _ = frame_of(self.paper, self.shop.printer)
                marked(own, own.pages[LETTER_PAGE], frame, self.shop.printer.marks)
            return {
                ("" if part.name == BOOK else f".{part.name}"): part.copy(own, f"{digest}:{part.name}")
                for part in self.parts
            }
