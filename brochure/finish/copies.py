"""Personal screen copies: the common pages bound once in a reader's order, and what is one recipient's own laid in.

A master has every page that copies of a language need, each once. A piece has three: the line on the cover, the letter,
and one with the anchors that the letter's links lead to, which goes into no copy. Both are tagged: each page is a section
of its own in the structure tree (WeasyPrint 70), so pages move with their tags, and ISO 32000-1, 14.7.4.4 (ParentTree)
is all that has to be written anew."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, String

from brochure.finish.archive import PRINT_FLAG, archived, unambiguous
from brochure.finish.binding import streams
from brochure.finish.graft import Graft, Grafted, stream, told_apart
from brochure.finish.lighter import lightened
from brochure.finish.screen import cropped, opens, packed, saved
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
    """The common pages in one order. ``copy`` may be called again and again: every object that it changes is written
    whole each time, and what the last recipient had is reachable no more."""

    def __init__(self, content: bytes, place: int, cover: int) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        pages = [page.obj for page in self.pdf.pages]
        self.own, self.cover = pages[place], pages[cover]
        root = self.pdf.Root.StructTreeRoot
        (self.document,) = root.K
        self.sections = list(self.document.K)
        self.section = next(it for it in self.sections if it.Pg.objgen == self.cover.objgen)
        before = {page.objgen for page in pages[:place]}
        self.before = sum(it.Pg.objgen in before for it in self.sections)
        self.kids = list(self.section.K)
        numbers = list(root.ParentTree.Nums)
        self.owners = {int(key): owner for key, owner in zip(numbers[::2], numbers[1::2], strict=True)}
        self.mcids = list(self.owners[int(self.cover.StructParents)])
        self.content = [stream(self.pdf, b"q\n"), *streams(self.cover), stream(self.pdf, b"\nQ\n")]
        self.resources = dict(self.cover.Resources.items())

    def copy(self, piece: bytes) -> bytes:
        """One recipient's copy, complete."""
        with pikepdf.open(io.BytesIO(piece)) as own:
            for page in own.pages:
                for annotation in page.obj.get("/Annots", Array()):
                    annotation["/F"] = PRINT_FLAG
            unambiguous(own)
            told_apart(own)
            graft = Graft(self.pdf, own, max(self.owners) + 1)
            line = graft.page(COVER_LINE, self.cover, len(self.mcids))
            letter = graft.page(LETTER_PAGE, self.own, 0)
            self.own.Contents = graft.content(LETTER_PAGE)
            self.own.Resources = graft.resources(LETTER_PAGE)
            self.own["/Annots"] = Array(letter.annotations)
            content, self.cover.Resources = graft.fragment(COVER_LINE, self.resources, len(self.mcids))
            self.cover.Contents = Array([*self.content, content])
            self._tag(line, letter)
            return packed(self.pdf)

    def _tag(self, line: Grafted, letter: Grafted) -> None:
        """Hangs what was grafted into the structure tree, and into the one from marked content to its owners."""
        for element, parent in [(it, self.section) for it in line.elements] + [
            (it, self.document) for it in letter.elements
        ]:
            element.P = parent
        self.section.K = Array([*self.kids, *line.elements])
        self.document.K = Array([*self.sections[: self.before], *letter.elements, *self.sections[self.before :]])
        owners = {
            **self.owners,
            int(self.cover.StructParents): Array([*self.mcids, *line.owners]),
            int(self.own.StructParents): Array(letter.owners),
            **dict(letter.linked),
        }
        self.pdf.Root.StructTreeRoot.ParentTree.Nums = Array(
            [it for key in sorted(owners) for it in (key, owners[key])]
        )
