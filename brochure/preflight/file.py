"""Rules about the file itself: what PDF/X-4 asks for, as print.md §2 lists it (ISO 15930-7 was not read)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from brochure.preflight.claims import claims
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case
from brochure.preflight.walk import UNREADABLE

NEWEST = "1.6"
#: What PDF/X-4 wants in its XMP, by local name.
XMP = {
    "GTS_PDFXVersion": "the version of PDF/X", "title": "a title", "CreateDate": "a date of creation",
    "ModifyDate": "a date of change", "MetadataDate": "a date of its own", "DocumentID": "an id of the document",
    "RenditionClass": "a rendition class", "VersionID": "an id of the version",
}  # fmt: skip


def damage(case: Case) -> Iterator[Slip]:
    """X-damage: the file is whole and every page can be read to its end.

    Why: What is mended by one program is left out by another; what can't be read isn't printed.

    Remedy: Export the file anew.
    """
    if case.repaired:
        yield Slip("the file is damaged and was mended for reading", measured=_told(case.repaired[0]))
    for leaf in case.leaves:
        for flaw in leaf.walk.flaws:
            yield Slip(flaw.what, leaf=leaf)
    for told in case.pdf.get_warnings()[:3]:  # what pikepdf only noticed while it read the pages
        yield Slip("the pages' content is damaged", measured=_told(told))


def _told(warning: Any) -> str:
    """What qpdf says of a damaged file, without the address of the stream that it was read from."""
    return re.sub(r"^(?:WARNING: )?stream <[^>]*>(?: \(|: )?", "", str(warning))[:120]


def version(case: Case) -> Iterator[Slip]:
    """X-version: the file says that it is PDF/X-4, and is no newer than PDF 1.6.

    Why: The name tells the printer's programs by which rules the file was made.

    Remedy: Export as PDF/X-4.
    """
    said = claims(case).get("GTS_PDFXVersion", "")
    if said != "PDF/X-4":
        yield Slip("the file doesn't say that it is PDF/X-4", measured=said or "nothing", limit="PDF/X-4")
    if case.pdf.pdf_version > NEWEST:
        yield Slip("the file is written in a newer PDF", measured=case.pdf.pdf_version, limit=NEWEST)


def metadata(case: Case) -> Iterator[Slip]:
    """X-metadata: the XMP has title, dates, document id, rendition class and version id.

    Why: PDF/X-4 asks for them; by them a printer tells one version of a file from the next.

    Remedy: Export as PDF/X-4.
    """
    said = claims(case)
    for name, what in XMP.items():
        if name != "GTS_PDFXVersion" and not said.get(name):
            yield Slip(f"the metadata lack {what}", measured="nothing", limit=name)


def trapped(case: Case) -> Iterator[Slip]:
    """X-trapped: the document information says whether the file is trapped, as a name.

    Why: Trapping twice, or not at all, shows; the printer has to know.

    Remedy: Export as PDF/X-4 (Trapped: False is right for nearly every file).
    """
    said = case.info.get("/Trapped")
    if said not in (Name.True_, Name.False_) and str(said) not in ("/True", "/False"):
        yield Slip(
            "the file doesn't say whether it is trapped",
            measured="nothing" if said is None else str(said),
            limit="/True or /False",
        )


def identifier(case: Case) -> Iterator[Slip]:
    """X-id: the file has an ID in its trailer.

    Why: By it two files are told apart, whatever they are called.

    Remedy: Export as PDF/X-4.
    """
    found = case.pdf.trailer.get("/ID")
    if not isinstance(found, Array) or len(found) != 2:
        yield Slip("the file has no ID", measured="nothing", limit="two strings")


def _intents(case: Case) -> list[Any]:
    listed = case.pdf.Root.get("/OutputIntents")
    return (
        [it for it in listed if isinstance(it, Dictionary) and it.get("/S") == Name.GTS_PDFX]
        if isinstance(listed, Array)
        else []
    )


def _profile(intent: Any) -> bytes:
    stream = intent.get("/DestOutputProfile")
    return bytes(stream.read_bytes()) if isinstance(stream, Stream) else b""


def intent(case: Case) -> Iterator[Slip]:
    """X-intent: one output intent with its profile embedded, for the printer's condition.

    Why: It says for which paper and press the inks were chosen.

    Remedy: Export as PDF/X-4 with the profile that the printer names.
    """
    found = _intents(case)
    if len(found) != 1:
        yield Slip(
            "the file has no output intent" if not found else "the file has several output intents",
            measured=str(len(found)),
            limit="1",
        )
    for it in found[:1]:
        said = str(it.get("/OutputConditionIdentifier", ""))
        if said != case.printer.condition:
            yield Slip(
                "the output intent isn't the printer's", measured=said or "nothing", limit=case.printer.condition
            )
        if len(_profile(it)) < 128:
            yield Slip("the output intent has no profile", measured="none", limit="embedded")


def intent_is_cmyk(case: Case) -> Iterator[Slip]:
    """R0035: the output intent's profile is a CMYK printer's.

    Why: The plates are cyan, magenta, yellow and black; a profile for anything else says nothing about them.

    Remedy: Choose a CMYK output profile, such as FOGRA39.
    """
    for it in _intents(case):
        head = _profile(it)[:128]
        if len(head) == 128 and (head[16:20] != b"CMYK" or head[12:16] != b"prtr"):
            kind = f"{head[16:20].decode('latin-1').strip()} {head[12:16].decode('latin-1')}"
            yield Slip("the output intent's profile isn't CMYK", measured=kind, limit="CMYK prtr")


def encryption(case: Case) -> Iterator[Slip]:
    """X-encryption: the file isn't encrypted.

    Why: PDF/X forbids it; a printer's programs can't place the pages.

    Remedy: Export without passwords and restrictions.
    """
    if case.pdf.is_encrypted:
        yield Slip("the file is encrypted", measured="encrypted", limit="none")


def scripts(case: Case) -> Iterator[Slip]:
    """X-actions: no JavaScript and no actions.

    Why: Paper does nothing; a file that acts is refused by PDF/X and by careful printers.

    Remedy: Export for print: without links, scripts and buttons.
    """
    root = case.pdf.Root
    for key, what in (("/OpenAction", "an action on opening"), ("/AA", "actions of the document")):
        if key in root and not isinstance(root[key], Array):  # a destination is an array, an action a dictionary
            yield Slip(f"the file has {what}", measured=key, limit="none")
    names = root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        yield Slip("the file has scripts", measured="/JavaScript", limit="none")
    for leaf in case.leaves:
        if "/AA" in leaf.page.obj:
            yield Slip("the page has actions", leaf=leaf, measured="/AA", limit="none")


def forms(case: Case) -> Iterator[Slip]:
    """X-forms: no form fields.

    Why: A field may look otherwise in every program; PDF/X forbids it on the page.

    Remedy: Flatten or remove the form.
    """
    if "/AcroForm" in case.pdf.Root:
        yield Slip("the file has a form", measured="/AcroForm", limit="none")


def comments(case: Case) -> Iterator[Slip]:
    """X-annotations: no annotations: links, notes, buttons.

    Why: Some programs print them. PDF/X allows them outside the bleed only; the house has none at all.

    Remedy: Export without links and comments.
    """
    for leaf in case.leaves:
        listed = leaf.page.obj.get("/Annots")
        if isinstance(listed, Array) and len(listed):
            yield Slip(
                "the page has annotations",
                leaf=leaf,
                box=_annotation(listed[0]),
                measured=f"{len(listed)}",
                limit="none",
            )


def _annotation(found: Any) -> tuple[float, float, float, float] | None:
    try:
        left, bottom, right, top = (float(edge) for edge in found["/Rect"])
    except UNREADABLE:
        return None
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def attachments(case: Case) -> Iterator[Slip]:
    """X-attachments: no embedded files.

    Why: They don't belong into a print job, and may carry what nobody looked at.

    Remedy: Export without attachments.
    """
    names = case.pdf.Root.get("/Names")
    if (isinstance(names, Dictionary) and "/EmbeddedFiles" in names) or "/AF" in case.pdf.Root:
        yield Slip("the file has attachments", measured="/EmbeddedFiles", limit="none")


def lzw(case: Case) -> Iterator[Slip]:
    """X-lzw: nothing is packed with LZW.

    Why: PDF/X forbids it; not every program unpacks it.

    Remedy: Export with Flate compression.
    """
    count = sum(1 for found in case.pdf.objects if isinstance(found, Stream) and "LZW" in str(found.get("/Filter", "")))
    inline = sum(1 for match in re.finditer(rb"/F\s*/LZW\b", case.raw))
    if count + inline:
        yield Slip("streams are packed with LZW", measured=f"{count + inline}", limit="none")


def empty_pages(case: Case) -> Iterator[Slip]:
    """R0005: no page is empty.

    Why: A blank page is most often one that was lost.

    Remedy: Look whether it is meant; a page for notes is better than none.
    """
    for leaf in case.leaves:
        if not any(not thing.paint.white for thing in leaf.things) and not leaf.walk.flaws:
            yield Slip("the page is empty", "warning", leaf)
