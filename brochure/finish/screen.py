"""The screen file: the master cropped to its trim, for reading and e-mailing."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from brochure.finish.archive import archived, unambiguous
from brochure.finish.lighter import lightened
from brochure.stages import Product, Proof

TURNS = 16
FILLER = "/BP_Fill"


def finish(proof: Proof) -> tuple[Product, ...]:
    """``brochure.screen.pdf``: MediaBox = trim, page labels, bookmarks shown; a brochure opens as facing pages."""
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        lightened(pdf)
        cropped(pdf)
        opens(pdf, spreads=proof.sheet.name == "brochure")
        labels(pdf, [galley.first + index for galley in proof.sheet.galleys for index in range(galley.pages)])
        archived(pdf, proof.sheet.profile, proof.sheet.language)
        pages = len(pdf.pages)
        content = saved(pdf)
    return (Product(f"{proof.sheet.name}.screen.pdf", content, pages, ("PDF/UA-1", "PDF/A-2a"), proof.sheet.digest),)


def cropped(pdf: pikepdf.Pdf) -> None:
    """Every page's MediaBox is its trim; no other box remains, so nothing of the bleed shows."""
    for page in pdf.pages:
        box = page.obj.get("/TrimBox", page.mediabox)
        page.obj["/MediaBox"] = Array([round(float(edge), 3) for edge in box])
        for name in ("/TrimBox", "/BleedBox", "/CropBox", "/ArtBox"):
            if name in page.obj:
                del page.obj[name]


def opens(pdf: pikepdf.Pdf, spreads: bool = True) -> None:
    """Viewers show facing pages, or one page at a time, the bookmarks and the title."""
    pdf.Root.PageLayout = Name.TwoPageRight if spreads else Name.SinglePage
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def labels(pdf: pikepdf.Pdf, numbers: list[int]) -> None:
    """The page numbers that are printed, as the viewer's page labels."""
    tree = NumberTree.new(pdf)
    for index, number in enumerate(numbers):
        if index == 0 or number != numbers[index - 1] + 1:
            tree[index] = Dictionary(S=Name.D, St=number)
    pdf.Root.PageLabels = tree.obj


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same for the same content."""
    unambiguous(pdf)
    return packed(pdf)


def packed(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a file whose streams are unambiguous; the same whenever it is written."""
    if FILLER in pdf.Root:
        del pdf.Root[FILLER]
    written = b""
    for turn in range(TURNS):
        # a packed object stream may happen to end with a carriage return too: fillers shift which objects it holds
        if turn:
            pdf.Root[FILLER] = Array([pdf.make_indirect(Dictionary(N=index)) for index in range(turn)])
        written = _written(pdf)
        if b"\r\nendstream" not in written:
            break
    return written


def _written(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate
    pdf.save(out, deterministic_id=True, object_stream_mode=mode, compress_streams=True, recompress_flate=False)
    return out.getvalue()
