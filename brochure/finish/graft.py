"""Pages of a small tagged file brought into a large one: their content, resources, links and structure."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

OWN = "/Own_"  # before the names of resources that come from a recipient's piece; WeasyPrint's have no underscore
#: Operators that name a resource, and where it stands among their operands.
NAMING = {"Tf": ("/Font", 0), "gs": ("/ExtGState", 0), "Do": ("/XObject", 0), "sh": ("/Shading", 0),
          "cs": ("/ColorSpace", 0), "CS": ("/ColorSpace", 0), "scn": ("/Pattern", -1), "SCN": ("/Pattern", -1)}  # fmt: skip
COPIED = ("/Alt", "/ActualText", "/E", "/Lang", "/T", "/A", "/C")
DEVICES = ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern")


@dataclass
class Grafted:
    """What one page brought: its top elements, the owners of its marked content by number, its links, and the owner of
    each link by its key."""

    elements: list[Any] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)
    linked: list[tuple[int, Any]] = field(default_factory=list)


class Graft:
    """Brings pages of ``own`` into ``pdf``. ``key``: the first structure key that is free there."""

    def __init__(self, pdf: pikepdf.Pdf, own: pikepdf.Pdf, key: int) -> None:
        self.pdf, self.own, self.key = pdf, own, key
        self.pages = [page.obj for page in own.pages]
        (self.document,) = own.Root.StructTreeRoot.K
        self.shared: dict[tuple[int, int], Any] = {}

    def page(self, index: int, target: Any, before: int) -> Grafted:
        """The structure and links of a page, as those of the page ``target`` that has ``before`` numbers of marked
        content already."""
        out, source = Grafted(), self.pages[index]
        links: dict[tuple[int, int], Any] = {}
        for annotation in source.get("/Annots", Array()):
            kept = {key: value for key, value in annotation.items() if key not in ("/StructParent", "/P", "/Parent")}
            link = self.pdf.make_indirect(self._brought(Dictionary(kept)))
            links[annotation.objgen] = link
            out.annotations.append(link)
        owners: dict[int, Any] = {}
        for element in self.document.K:
            if element.Pg.objgen == source.objgen:
                out.elements.append(self._element(element, target, before, links, owners, out))
        out.owners = [owners[number] for number in sorted(owners)]
        return out

    def _element(
        self, element: Any, page: Any, before: int, links: Mapping[Any, Any], owners: dict[int, Any], out: Grafted
    ) -> Any:
        """A structure element with everything below it."""
        new = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=element.S, Pg=page))
        for key in COPIED:
            if key in element:
                new[key] = self._brought(element[key])
        kids: list[Any] = []
        for kid in element.get("/K", Array()):
            if isinstance(kid, int):
                owners[kid] = new
                kids.append(kid + before)
            elif "/S" in kid:
                child = self._element(kid, page, before, links, owners, out)
                child.P = new
                kids.append(child)
            else:
                link = links[kid.Obj.objgen]
                link.StructParent = self.key
                out.linked.append((self.key, new))
                self.key += 1
                kids.append(self.pdf.make_indirect(Dictionary(Type=Name.OBJR, Obj=link, Pg=page)))
        new.K = Array(kids)
        return new

    def content(self, index: int) -> Any:
        """A page's content as it is."""
        return stream(self.pdf, self.pages[index].Contents.read_bytes())

    def resources(self, index: int) -> Any:
        """A page's resources, brought once when several pages share them."""
        found = self.pages[index].Resources
        if found.objgen not in self.shared:
            self.shared[found.objgen] = self.pdf.copy_foreign(found)
        return self.shared[found.objgen]

    def fragment(self, index: int, base: Mapping[str, Any], before: int) -> tuple[Any, Any]:
        """A page as content to lay over another: its numbers of marked content begin at ``before``, its resources join
        those of the other, ``base``, under names of their own."""
        used: dict[str, set[str]] = {}
        out = []
        for step in pikepdf.parse_content_stream(self.pages[index]):
            operands, operator = list(step.operands), str(step.operator)
            kind, at = NAMING.get(operator, ("", 0))
            if kind and operands and isinstance(operands[at], Name) and str(operands[at]) not in DEVICES:
                used.setdefault(kind, set()).add(str(operands[at]))
                operands[at] = Name(OWN + str(operands[at])[1:])
            elif operator == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
                marked = Dictionary(dict(operands[1].items()))
                marked.MCID = int(marked.MCID) + before
                operands[1] = marked
            out.append((operands, Operator(operator)))
        brought, joined = self.resources(index), Dictionary(dict(base))
        for kind, names in used.items():
            both = dict(joined[kind].items()) if kind in joined else {}
            both |= {OWN + name[1:]: brought[kind][name] for name in sorted(names)}
            joined[kind] = Dictionary(both)
        return stream(self.pdf, pikepdf.unparse_content_stream(out)), joined

    def _brought(self, value: Any) -> Any:
        """A value of the other file that points at none of its pages."""
        if not isinstance(value, pikepdf.Object):
            return value
        if value.is_indirect:
            return self.pdf.copy_foreign(value)
        if isinstance(value, Dictionary):
            return Dictionary({key: self._brought(part) for key, part in value.items()})
        if isinstance(value, Array):
            return Array([self._brought(part) for part in value])
        return value


def stream(pdf: pikepdf.Pdf, content: bytes) -> Any:
    """Content as a packed stream whose last byte is no carriage return (ISO 19005-2, 6.1.7.1)."""
    packed = zlib.compress(content)
    if packed.endswith(b"\r"):
        packed = zlib.compress(content + b"\n")
    made = pdf.make_stream(b"")
    made.write(packed, filter=Name.FlateDecode)
    return made


def told_apart(own: pikepdf.Pdf) -> None:
    """Gives a piece's subsets of fonts other tags than the common pages have: two subsets of one font are never called
    alike (ISO 32000-1, 9.6.4)."""
    for page in own.pages[:1]:
        for font in page.obj.Resources.get("/Font", Dictionary()).values():
            for holder, key in _called(font):
                tag, plus, name = str(holder[key])[1:].partition("+")
                if plus:
                    holder[key] = Name(f"/{tag[::-1]}+{name}")


def _called(font: Any) -> list[tuple[Any, str]]:
    """Where a font's name stands."""
    found = [(font, "/BaseFont")]
    for descendant in font.get("/DescendantFonts", Array()):
        found.append((descendant, "/BaseFont"))
        found.append((descendant.FontDescriptor, "/FontName"))
    return found
