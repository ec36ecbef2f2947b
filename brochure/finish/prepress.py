"""The print file: the master separated, cropped to its bleed, and made PDF/X-4."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf
from pikepdf import Array

from brochure.colour import Cmyk
from brochure.errors import AssetError, Complaint
from brochure.finish import x4
from brochure.finish.marks import Frame, margin, marked
from brochure.finish.separation import separate
from brochure.finish.separation.inks import Mixer
from brochure.model.brand import Brand
from brochure.model.printer import Printer
from brochure.paper import Paper, mm_to_pt
from brochure.stages import Product, Proof

CMYK_SIGNATURE = b"CMYK"  # bytes 16–19 of an ICC profile: the colours it is for (ICC.1, 7.2.6)


def finish(
    proof: Proof, brand: Brand, printer: Printer, profile: bytes, recipes: Mapping[str, Cmyk] | None = None
) -> tuple[Product, ...]:
    """``brochure.print.pdf`` for one press; ``profile`` is the ICC file that the printer profile names, ``recipes``
    are those of colours beyond the brand's, such as logos have, by six hexadecimal digits of sRGB. Raises AssetError when the profile isn't a press's, or the master holds something that can't be separated."""
    if profile[16:20] != CMYK_SIGNATURE:
        raise AssetError([Complaint(f"assets/icc/{printer.profile}", "this isn't a profile of a press in four inks.",
                                    "Name the printer's CMYK profile.", AssetError.code)])  # fmt: skip
    mixer = Mixer(brand, profile, proof.sheet.profile, float(printer.ink_limit) / 100, recipes or {})
    frame, whole = frame_of(proof.sheet.paper, printer)
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        shifts = [shift_of(page, frame) for page in pdf.pages]
        separate(pdf, mixer, printer.ppi, shifts)
        for number, page in enumerate(pdf.pages, 1):
            boxed(page, frame, whole)
            folds = proof.sheet.paper.folded(number)
            if printer.marks or folds:
                marked(pdf, page, frame, printer.marks, folds)
        x4.exchanged(pdf, proof.sheet, printer, mixer)
        pages = len(pdf.pages)
        content = written(pdf)
    return (Product("brochure.print.pdf", content, pages, (x4.CLAIM,), proof.sheet.digest),)


def frame_of(paper: Paper, printer: Printer) -> tuple[Frame, tuple[float, float]]:
    """Where trim and bleed lie on the sheet, and the sheet's width and height, pt."""
    bleed, edge = mm_to_pt(float(printer.bleed)), mm_to_pt(margin(printer.marks or paper.folds))
    width, height = mm_to_pt(paper.width), mm_to_pt(paper.height)
    inset = edge + bleed
    trim = (inset, inset, inset + width, inset + height)
    return Frame(trim, (edge, edge, trim[2] + bleed, trim[3] + bleed)), (width + 2 * inset, height + 2 * inset)


def shift_of(page: pikepdf.Page, frame: Frame) -> tuple[float, float, float, float, float, float]:
    """How a page's content moves, so that its trim comes to lie where the frame has it."""
    left, bottom = (float(value) for value in page.trimbox[:2])
    return (1, 0, 0, 1, round(frame.trim[0] - left, 4), round(frame.trim[1] - bottom, 4))


def boxed(page: pikepdf.Page, frame: Frame, whole: tuple[float, float]) -> None:
    """MediaBox from 0, 0; bleed and trim inside it."""
    for name, box in (("/MediaBox", (0, 0, *whole)), ("/BleedBox", frame.bleed), ("/TrimBox", frame.trim)):
        page.obj[name] = Array([round(value, 4) for value in box])


def written(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same for the same content; no stream stays in a filter such as LZW."""
    out = io.BytesIO()
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]  # half of it would stay the master's
    pdf.save(
        out,
        deterministic_id=True,
        force_version=x4.VERSION,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        compress_streams=True,
        recompress_flate=False,
        fix_metadata_version=False,
    )
    return out.getvalue()
