"""Personal screen copies: the common pages bound once in a reader's order, and what is one recipient's own laid in.

A master has every page that copies of a language need, each once. A piece has three: the line on the cover, the letter,
and one with the anchors that the letter's links lead to, which goes into no copy. Both are tagged: each page is a section
of its own in the structure tree (WeasyPrint 70), so pages move with their tags, and ISO 32000-1, 14.7.4.4 (ParentTree)
is all that has to be written anew."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, OutlineItem

from brochure.finish.archive import archived, unambiguous
from brochure.finish.graft import Graft, stream, told_apart
from brochure.finish.lighter import lightened
from brochure.finish.screen import cropped, labels, opens_as_spreads, packed, saved
from brochure.model.personal import Arrangement
from brochure.stages import Proof

CLAIMS = ("PDF/UA-1", "PDF/A-2a")
LETTER = "letter"  # how the key of the letter's page among the anchors begins
COVER_LINE, LETTER_PAGE = 0, 1  # pages of a piece


def master(proof: Proof) -> bytes:
    """The pages that all copies share, finished for the screen but not yet bound."""
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        lightened(pdf)
        cropped(pdf)
        opens_as_spreads(pdf)
        archived(pdf, proof.sheet.profile, proof.sheet.language)
        return saved(pdf)


class Bound:
    """The common pages in one order with an empty page for the letter. ``copy`` may be called again and again: every
    object that it changes is written whole each time, and what the last recipient had is reachable no more."""

    def __init__(self, master: bytes, arrangement: Arrangement, letter_id: str, cover: int) -> None:
        self.pdf = pikepdf.open(io.BytesIO(master))
        self.arrangement, self.letter_id = arrangement, letter_id
        self.title = ""
        leaves = [page.obj for page in self.pdf.pages]
        self.index = {leaf.objgen: index for index, leaf in enumerate(leaves)}
        self.own = self.pdf.make_indirect(
            Dictionary(Type=Name.Page, MediaBox=leaves[0].MediaBox, Tabs=Name.S, StructParents=len(leaves))
        )
        self.pages = [self.own if index is None else leaves[index] for index in arrangement.pages]
        self.cover = self.pages[cover - 1]
        self._footed(leaves)
        self._bound()
        self._tagged()
        self._named()
        labels(self.pdf, list(range(1, len(self.pages) + 1)))
        self.cover_content = self._parts(self.cover)
        self.cover_resources = dict(self.cover.Resources.items())

    @property
    def place(self) -> int:
        """The index of the letter's page."""
        return self.arrangement.pages.index(None)

    def copy(self, piece: bytes) -> bytes:
        """One recipient's copy, complete."""
        with pikepdf.open(io.BytesIO(piece)) as own:
            for page in own.pages:
                for annotation in page.obj.get("/Annots", Array()):
                    annotation["/F"] = 4  # as archived() has it for the common pages
            unambiguous(own)
            told_apart(own)
            self._outlined(own)
            graft = Graft(self.pdf, own, self.first_key)
            line = graft.page(COVER_LINE, self.cover, len(self.mcids))
            letter = graft.page(LETTER_PAGE, self.own, 0)
            self.own.Contents = graft.content(LETTER_PAGE)
            self.own.Resources = graft.resources(LETTER_PAGE)
            self.own["/Annots"] = Array(letter.annotations)
            content, resources = graft.fragment(COVER_LINE, self.cover_resources, len(self.mcids))
            self.cover.Contents = Array([*self.cover_content, content])
            self.cover.Resources = resources
            sections = [*self.sections]
            sections[self.place] = letter.elements
            self.document.K = Array([element for group in sections for element in group])
            (root,) = self.sections[self.pages.index(self.cover)]
            root.K = Array([*self.cover_kids, *line.elements])
            for element in line.elements:
                element.P = root
            for element in letter.elements:
                element.P = self.document
            self._parents(line.owners, letter.owners, letter.linked)
        return packed(self.pdf)

    def _footed(self, leaves: Sequence[Any]) -> None:
        """Lays each folio over its page; both have the resources of the one master, so names agree."""
        self.open, self.close = stream(self.pdf, b"q\n"), stream(self.pdf, b"\nQ\n")
        for page, foot in zip(self.pages, self.arrangement.folios, strict=True):
            if foot is not None and page is not self.own:
                page.Contents = Array([self.open, *self._streams(page), self.close, *self._streams(leaves[foot])])

    def _parts(self, page: Any) -> list[Any]:
        """A page's content such that what follows it finds the page as it began."""
        return [self.open, *self._streams(page), self.close]

    @staticmethod
    def _streams(page: Any) -> list[Any]:
        return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]

    def _bound(self) -> None:
        del self.pdf.pages[:]
        self.pdf.pages.extend(pikepdf.Page(page) for page in self.pages)
        self.pages = [page.obj for page in self.pdf.pages]
        self.own, self.cover = self.pages[self.place], self.pages[self.pages.index(self.cover)]

    def _tagged(self) -> None:
        """The sections of the chosen pages in their order; the owners of marked content by their keys."""
        root = self.pdf.Root.StructTreeRoot
        (self.document,) = root.K
        by_page: dict[int, list[Any]] = {}
        for element in self.document.K:
            by_page.setdefault(self.index[element.Pg.objgen], []).append(element)
        self.sections = [[] if index is None else by_page.get(index, []) for index in self.arrangement.pages]
        (cover,) = self.sections[self.pages.index(self.cover)]
        self.cover_kids = list(cover.K)
        numbers = list(root.ParentTree.Nums)
        owners = {int(key): owner for key, owner in zip(numbers[::2], numbers[1::2], strict=True)}
        self.first_key = max(owners) + 1 + len(self.index)
        kept = {int(page.StructParents) for page in self.pages if page is not self.own}
        kept |= {int(link.StructParent) for page in self.pages for link in page.get("/Annots", Array())}
        self.cover_key = int(self.cover.StructParents)
        self.mcids = list(owners[self.cover_key])
        self.owners = [
            (key, self.pdf.make_indirect(owner))
            for key, owner in sorted(owners.items())
            if key in kept and key != self.cover_key
        ]

    def _parents(self, cover: Sequence[Any], letter: Sequence[Any], linked: Sequence[tuple[int, Any]]) -> None:
        """The tree from marked content to its owners, its keys ascending."""
        own = [(self.cover_key, Array([*self.mcids, *cover])), (int(self.own.StructParents), Array(letter)), *linked]
        pairs = sorted([*self.owners, *own], key=lambda pair: pair[0])
        self.pdf.Root.StructTreeRoot.ParentTree.Nums = Array([it for pair in pairs for it in pair])

    def _named(self) -> None:
        """Named places lead to the pages of this copy; those of pages that it hasn't are gone."""
        flat = list(self.pdf.Root.Names.Dests.Names)
        out: dict[str, Any] = {}
        for name, place in zip(flat[::2], flat[1::2], strict=True):
            at = self.arrangement.stands[self.index[place[0].objgen]]
            if at is not None:
                out[str(name)] = Array([self.pages[at], *list(place)[1:]])
        top = float(self.own.MediaBox[3])
        out[f"page-{self.letter_id}"] = Array([self.own, Name.XYZ, 0, top, 0])
        self.pdf.Root.Names.Dests.Names = Array(
            [it for name in sorted(out) for it in (pikepdf.String(name), out[name])]
        )
        self.marks = list(self._bookmarks())

    def _bookmarks(self) -> Iterator[tuple[int, int, str, Any]]:
        """Place in the copy, depth, title and destination of every bookmark whose page is in this copy."""
        with self.pdf.open_outline() as outline:
            stack = [(0, item) for item in reversed(outline.root)]
            while stack:
                depth, item = stack.pop()
                stack += [(depth + 1, child) for child in reversed(item.children)]
                index = self.index[item.destination[0].objgen]  # type: ignore[index]
                if index in self.arrangement.pages:
                    yield self.arrangement.pages.index(index), depth, item.title, item.destination

    def _outlined(self, own: pikepdf.Pdf) -> None:
        """Bookmarks in the copy's order; the letter's is the same for all recipients of a language."""
        with own.open_outline() as outline:
            title, place = outline.root[0].title, outline.root[0].destination
        if title == self.title:
            return
        self.title = title
        at = Array([self.own, *list(place)[1:]])  # type: ignore[arg-type]
        with self.pdf.open_outline() as outline:
            outline.root.clear()
            branch: list[OutlineItem] = []
            for _, depth, said, target in sorted([*self.marks, (self.place, 0, title, at)], key=lambda mark: mark[0]):
                item = OutlineItem(said, target)
                del branch[depth:]
                (branch[-1].children if branch else outline.root).append(item)
                branch.append(item)


def numbers(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The structure parents of a file by their keys, for whoever looks a copy through."""
    return dict(NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
