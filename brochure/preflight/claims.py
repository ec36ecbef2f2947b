"""What a file says of itself in its XMP, and whether that makes it one for screens."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from pikepdf import Stream

from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case
from brochure.preflight.walk import UNREADABLE

MOST_XMP = 2_000_000  # bytes
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
#: What files for screens and archives call themselves, and the XMP namespace of part and conformance.
SCREEN = {"PDF/UA-": "{http://www.aiim.org/pdfua/ns/id/}", "PDF/A-": "{http://www.aiim.org/pdfa/ns/id/}"}


def purpose(case: Case) -> Iterator[Slip]:
    """H-purpose: the file was made for a press, not for screens or archives.

    Why: A screen file has another colour space, coarser pictures, links, and no bleed. What only follows from that
    isn't told line by line: it can't be mended in this file.

    Remedy: Take the print file (build.py build --output print), or export as PDF/X-4.
    """
    if screened(case):
        said = claims(case)
        made = [f"{name}{said[f'{space}part']}{said.get(f'{space}conformance', '').lower()}"
                for name, space in SCREEN.items() if f"{space}part" in said]  # fmt: skip
        yield Slip(
            "this is a file for screens and archives, not for a press", measured=", ".join(made), limit="PDF/X-4"
        )


def screened(case: Case) -> bool:
    """Whether a file says that it is for screens or archives, and not that it is for a press."""
    said = claims(case)
    return not said.get("GTS_PDFXVersion") and any(f"{space}part" in said for space in SCREEN.values())


def claims(case: Case) -> dict[str, str]:
    """What the document's XMP says, by local and by whole name; empty when it can't be read."""
    stream = case.pdf.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        return {}
    try:
        text = bytes(stream.read_bytes())
        # entities are where XML grows without end
        if len(text) > MOST_XMP or b"<!ENTITY" in text or b"<!DOCTYPE" in text:
            return {}
        root = ElementTree.fromstring(text)
    except (*UNREADABLE, ElementTree.ParseError):
        return {}
    out: dict[str, str] = {}
    for node in root.iter():
        if node.tag == f"{RDF}Description":
            out.update({name: value for key, value in node.attrib.items() for name in (key, _local(key))})
        for name in (node.tag, _local(node.tag)):
            out.setdefault(name, " ".join("".join(node.itertext()).split()))
    return out


def _local(name: str) -> str:
    return name.rpartition("}")[2]
