"""Pages as pictures: one PNG each, of the trimmed page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2

from brochure.finish.screen import cropped
from brochure.stages import Product, Proof

PPI = 150
MOST = 99  # pages whose pictures have numbers of two digits
THUMBNAIL = 320  # pixels: twice what a report shows, for fine screens


def finish(proof: Proof) -> tuple[Product, ...]:
    """``pages/NN.png`` for every page of the proof, numbered as in the brochure, at 150 ppi;
    ``handouts/vorsino-01.png`` of another product."""
    numbers = [galley.first + index for galley in proof.sheet.galleys for index in range(galley.pages)]
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        cropped(pdf)
        trimmed = io.BytesIO()
        pdf.save(trimmed)
    pictures = pngs(trimmed.getvalue(), PPI)
    name = "pages/" if proof.sheet.name == "brochure" else f"{proof.sheet.name}-"
    return tuple(
        Product(f"{name}{number:02d}.png", picture, 1, (), proof.sheet.digest)
        for number, picture in zip(numbers, pictures, strict=True)
    )


def beyond(products: Sequence[Product]) -> tuple[str, ...]:
    """What pictures of later pages would be called: an earlier run, when the brochure was longer, may have left some."""
    if not products or not products[-1].name.startswith("pages/"):
        return ()
    last = int(Path(products[-1].name).stem)
    return tuple(f"pages/{number:02d}.png" for number in range(last + 1, MOST + 1))


def pngs(pdf: bytes, ppi: int) -> list[bytes]:
    """Each page of a PDF as a PNG."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(document[index], ppi) for index in range(len(document))]
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage, ppi: int) -> bytes:
    out = io.BytesIO()
    page.render(scale=ppi / 72).to_pil().save(out, "PNG", optimize=False)
    return out.getvalue()


def thumbnail(pdf: bytes, width: int = THUMBNAIL) -> bytes:
    """The first page of a PDF as a small JPEG, ``width`` pixels wide."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        out = io.BytesIO()
        picture = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        picture.save(out, "JPEG", quality=80, optimize=True)
        return out.getvalue()
    finally:
        document.close()
