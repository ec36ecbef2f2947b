"""Personal screen copies: the common pages bound once in a reader's order, and what is one recipient's own laid in.

A master has every page that copies of a language need, each once. A piece has three: the line on the cover, the letter,
and one with the anchors that the letter's links lead to, which goes into no copy. Both are tagged: each page is a section
of its own in the structure tree (WeasyPrint 70), so pages move with their tags, and ISO 32000-1, 14.7.4.4 (ParentTree)
is all that has to be written anew."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, String

from brochure.finish.archive import PRINT_FLAG, archived, unambiguous
from brochure.finish.binding import streams
from brochure.finish.fixed import Fixed, Master
from brochure.finish.graft import Graft, Grafted, stream, told_apart
from brochure.finish.lighter import lightened
from brochure.finish.screen import cropped, opens, saved
from brochure.stages import Proof

COVER_LINE, LETTER_PAGE = 0, 1  # pages of a piece


def master(proof: Proof) -> bytes:
    """The pages that all copies share, finished for the screen but not yet bound."""
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        lightened(pdf)
        cropped(pdf)
        opens(pdf)
        archived(pdf, proof.sheet.profile, proof.sheet.language)
        _numbered(pdf)
        return saved(pdf)


def _numbered(pdf: pikepdf.Pdf) -> None:
    """Names the heads of tables by page and table: WeasyPrint calls them by what else the file holds."""
    (document,) = pdf.Root.StructTreeRoot.K
    names: dict[str, str] = {}
    for number, section in enumerate(document.K):
        stack = [section]
        while stack:
            element = stack.pop()
            stack += [
                kid for kid in reversed(list(element.get("/K", Array()))) if isinstance(kid, Dictionary) and "/S" in kid
            ]
            if "/ID" in element:
                element.ID = String(_name(names, number, str(element.ID)))
            if "/Headers" in element.get("/A", Dictionary()):
                element.A.Headers = Array([String(_name(names, number, str(head))) for head in element.A.Headers])


def _name(names: dict[str, str], number: int, said: str) -> str:
    table, _, cell = said.partition("-")
    return f"{number}-{names.setdefault(table, str(len(names)))}-{cell}"


class Bound:
    """The common pages in one order, packed once. ``copy`` leaves nothing behind: every recipient's objects are built in
    a small file of their own and written behind the common ones."""

    def __init__(self, pdf: pikepdf.Pdf, place: int, cover: int, master: Master) -> None:
        pages = [page.obj for page in pdf.pages]
        own, front = pages[place], pages[cover]
        root = pdf.Root.StructTreeRoot
        (document,) = root.K
        sections = list(document.K)
        section = next(it for it in sections if it.Pg.objgen == front.objgen)
        before = {page.objgen for page in pages[:place]}
        self.before = sum(it.Pg.objgen in before for it in sections)
        self.key = int(root.ParentTree.Nums[-2]) + 1
        for page in (own, front):  # whose owners are added to
            at = 2 * pages.index(page) + 1
            root.ParentTree.Nums[at] = Array(list(root.ParentTree.Nums[at]))
        self.owned = {"cover": 2 * cover + 1, "letter": 2 * place + 1}
        front.Contents = Array([stream(pdf, b"q\n"), *streams(front), stream(pdf, b"\nQ\n")])
        front.Resources = Dictionary({kind: _direct(it) for kind, it in front.Resources.items()})
        self.fixed = Fixed(pdf, (front, own, section, document, root.ParentTree), master)

    def copy(self, piece: bytes) -> bytes:
        """One recipient's copy, complete."""
        with pikepdf.open(io.BytesIO(self.fixed.outline)) as pdf, pikepdf.open(io.BytesIO(piece)) as own:
            for leaf in own.pages:
                for annotation in leaf.obj.get("/Annots", Array()):
                    annotation["/F"] = PRINT_FLAG
            unambiguous(own)
            told_apart(own)
            graft = Graft(pdf, own, self.key)
            cover, page, *tags = list(pdf.Root.Loose)
            marked = len(tags[-1].Nums[self.owned["cover"]])
            line = graft.page(COVER_LINE, cover, marked)
            letter = graft.page(LETTER_PAGE, page, 0)
            page.Contents = graft.content(LETTER_PAGE)
            page.Resources = graft.resources(LETTER_PAGE)
            page["/Annots"] = Array(letter.annotations)
            content, cover.Resources = graft.fragment(COVER_LINE, dict(cover.Resources.items()), marked)
            cover.Contents.append(content)
            self._tag(tags, line, letter)
            return self.fixed.file(pdf)

    def _tag(self, tags: Sequence[Any], line: Grafted, letter: Grafted) -> None:
        """Hangs what was grafted into the structure tree, and into the one from marked content to its owners."""
        section, document, tree = tags
        for element, parent in [(it, section) for it in line.elements] + [(it, document) for it in letter.elements]:
            element.P = parent
        section.K.extend(line.elements)
        sections = list(document.K)
        document.K = Array([*sections[: self.before], *letter.elements, *sections[self.before :]])
        for name, owners in (("cover", line.owners), ("letter", letter.owners)):
            tree.Nums[self.owned[name]].extend(owners)
        for key, owner in letter.linked:
            tree.Nums.extend([key, owner])


def _direct(resources: Any) -> Any:
    """A dictionary of resources that can be added to."""
    return Dictionary(dict(resources.items())) if isinstance(resources, Dictionary) else resources
