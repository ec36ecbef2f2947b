"""The common pages of personal copies bound in one order, as a file of its own: numbered anew, so that a copy's bytes
depend on its own content only, not on the other orders that the master was made for."""

from __future__ import annotations

import io
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from brochure.finish.fixed import Master
from brochure.finish.graft import stream
from brochure.finish.screen import labels
from brochure.model.personal import Arrangement

TOP = "page-"  # before a page's id: what its anchor is called


@contextmanager
def bound(
    master: Master, arrangement: Arrangement, letter_id: str, heading: tuple[str, Any]
) -> Generator[pikepdf.Pdf, None, None]:
    """The pages of a master in one order with an empty page for the letter. ``heading``: the letter's bookmark, its
    title and what follows the page in its destination."""
    with master.open() as pdf:
        _Binding(pdf, arrangement).bind(letter_id, heading)
        yield pdf


def heading_of(piece: bytes) -> tuple[str, Any]:
    """The first bookmark of a recipient's piece: title, and the kind and place of its destination."""
    with pikepdf.open(io.BytesIO(piece)) as own, own.open_outline() as outline:
        mark = outline.root[0]
        return mark.title, [it if isinstance(it, Name) else float(it) for it in list(mark.destination)[1:]]  # type: ignore[arg-type]


class _Binding:
    """One master being bound."""

    def __init__(self, pdf: pikepdf.Pdf, arrangement: Arrangement) -> None:
        self.pdf, self.arrangement = pdf, arrangement
        self.leaves = [page.obj for page in pdf.pages]
        self.index = {leaf.objgen: index for index, leaf in enumerate(self.leaves)}
        box = self.leaves[0].MediaBox
        own = pikepdf.Page(pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=box, Tabs=Name.S)))
        chosen = [own if index is None else pikepdf.Page(self.leaves[index]) for index in arrangement.pages]
        del pdf.pages[:]
        pdf.pages.extend(chosen)
        self.pages = [page.obj for page in pdf.pages]
        self.place = arrangement.pages.index(None)
        self.own = self.pages[self.place]

    def bind(self, letter_id: str, heading: tuple[str, Any]) -> None:
        """Everything that leads from page to page follows the order."""
        self._tagged()
        self._named(letter_id)
        self._outlined(heading)
        self._footed()
        self._lightened()
        labels(self.pdf, list(range(1, len(self.pages) + 1)))

    def _tagged(self) -> None:
        """The sections of the chosen pages in their order; the owners of marked content by keys that are counted anew."""
        root = self.pdf.Root.StructTreeRoot
        (document,) = root.K
        by_page: dict[int, list[Any]] = {}
        for element in document.K:
            by_page.setdefault(self.index[element.Pg.objgen], []).append(element)
        document.K = Array(
            [it for index in self.arrangement.pages if index is not None for it in by_page.get(index, [])]
        )
        numbers = list(root.ParentTree.Nums)
        owners = {int(key): owner for key, owner in zip(numbers[::2], numbers[1::2], strict=True)}
        kept: list[Any] = []
        for number, page in enumerate(self.pages):
            owner = Array() if number == self.place else owners[int(page.StructParents)]
            kept += [number, self.pdf.make_indirect(owner)]
            page.StructParents = number
        for key, link in enumerate(
            (link for page in self.pages for link in page.get("/Annots", Array())), len(self.pages)
        ):
            kept += [key, owners[int(link.StructParent)]]
            link.StructParent = key
        root.ParentTree.Nums = Array(kept)

    def _named(self, letter_id: str) -> None:
        """Named places lead to the pages of this copy; those of pages that it hasn't are gone."""
        flat = list(self.pdf.Root.Names.Dests.Names)
        out: dict[str, Any] = {}
        for name, place in zip(flat[::2], flat[1::2], strict=True):
            at = self.arrangement.stands[self.index[place[0].objgen]]
            if at is not None:
                out[str(name)] = Array([self.pages[at], *list(place)[1:]])
        out[f"{TOP}{letter_id}"] = Array([self.own, Name.XYZ, 0, float(self.own.MediaBox[3]), 0])
        self.pdf.Root.Names.Dests.Names = Array(
            [it for name in sorted(out) for it in (pikepdf.String(name), out[name])]
        )

    def _outlined(self, heading: tuple[str, Any]) -> None:
        """Bookmarks in the copy's order, the letter's among them."""
        title, place = heading
        marks = [*self._bookmarks(), (self.place, 0, title, Array([self.own, *place]))]
        with self.pdf.open_outline() as outline:
            outline.root.clear()
            branch: list[OutlineItem] = []
            for _, depth, said, target in sorted(marks, key=lambda mark: mark[0]):
                item = OutlineItem(said, target)
                del branch[depth:]
                (branch[-1].children if branch else outline.root).append(item)
                branch.append(item)

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

    def _footed(self) -> None:
        """Lays each folio over its page; both have the resources of the one master, so names agree."""
        opening, closing = stream(self.pdf, b"q\n"), stream(self.pdf, b"\nQ\n")
        for page, foot in zip(self.pages, self.arrangement.folios, strict=True):
            if foot is not None and page.objgen != self.own.objgen:
                page.Contents = Array([opening, *streams(page), closing, *streams(self.leaves[foot])])

    def _lightened(self) -> None:
        """Pages keep those resources only that they use: what other orders need is in no copy of this one."""
        first = next(page for page in self.pages if page.objgen != self.own.objgen)
        resources, used = first.Resources, set(self._things())
        kept = Dictionary({name: it for name, it in resources.get("/XObject", Dictionary()).items() if name in used})
        shared = self.pdf.make_indirect(Dictionary({**dict(resources.items()), "/XObject": kept}))
        for page in self.pages:
            page.Resources = shared

    def _things(self) -> Sequence[str]:
        """The names of forms and pictures that the pages show."""
        contents = b"\n".join(part.read_bytes() for page in self.pages if "/Contents" in page for part in streams(page))
        return [name.decode() for name in re.findall(rb"(/[^\s/<>\[\]()]+) Do\b", contents)]


def streams(page: Any) -> list[Any]:
    """The parts of a page's content."""
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]
