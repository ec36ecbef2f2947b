"""The print file: the master separated, cropped to its bleed, and made PDF/X-4."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array

from brochure.finish import x4
from brochure.finish.separation import separate
from brochure.finish.separation.inks import Mixer
from brochure.finish.separation.state import Matrix
from brochure.model.brand import Brand
from brochure.model.printer import Printer
from brochure.paper import Paper, mm_to_pt
from brochure.stages import Product, Proof


def finish(proof: Proof, brand: Brand, printer: Printer, profile: bytes) -> tuple[Product, ...]:
    """``brochure.print.pdf`` for one press; ``profile`` is the ICC file that the printer profile names. Raises
    AssetError when the master holds something that can't be separated."""
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        mixer = Mixer(brand, profile, proof.sheet.profile, float(printer.ink_limit) / 100)
        shifts = _boxed(pdf, proof.sheet.paper, float(printer.bleed))
        separate(pdf, mixer, printer.ppi, shifts)
        x4.exchanged(pdf, proof.sheet, printer, profile)
        pages = len(pdf.pages)
        content = _written(pdf)
    return (Product("brochure.print.pdf", content, pages, (x4.CLAIM,), proof.sheet.digest),)


def _boxed(pdf: pikepdf.Pdf, paper: Paper, bleed: float) -> list[Matrix]:
    """MediaBox from 0, 0 around the bleed, TrimBox the paper inside it: by how much each page's content must move."""
    shifts: list[Matrix] = []
    edge, width, height = mm_to_pt(bleed), mm_to_pt(paper.width), mm_to_pt(paper.height)
    for page in pdf.pages:
        left, bottom = (float(value) for value in page.trimbox[:2])
        whole = [0, 0, width + 2 * edge, height + 2 * edge]
        for name, box in (("/MediaBox", whole), ("/BleedBox", whole), ("/TrimBox", [edge, edge, edge + width, edge + height])):  # fmt: skip
            page.obj[name] = Array([round(value, 4) for value in box])
        shifts.append((1, 0, 0, 1, round(edge - left, 4), round(edge - bottom, 4)))
    return shifts


def _written(pdf: pikepdf.Pdf) -> bytes:
    """The file's bytes, the same for the same content; no stream stays in a filter such as LZW."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        force_version=x4.VERSION,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        compress_streams=True,
        recompress_flate=False,
    )
    return out.getvalue()
