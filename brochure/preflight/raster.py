"""Pages as pictures for the report: what PDFium shows of each page that has a finding."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2

from brochure.preflight.matrix import shared
from brochure.preflight.sheet import Case
from brochure.preflight.walk import UNREADABLE
from brochure.report import Rectangle

QUALITY = 72
MOST_PAGES = 60  # in one report
LONGEST = 2000  # pixels


@dataclass(frozen=True)
class Picture:
    """A page as a JPEG. ``area``: what it shows, and ``trim``: the cut page, both in mm from the trim's corner."""

    page: int
    jpeg: bytes
    area: Rectangle
    trim: Rectangle


def pictures(case: Case, pages: Iterable[int], ppi: int) -> list[Picture]:
    """The pages of these numbers, each with its bleed; without those that PDFium can't draw."""
    out: list[Picture] = []
    with contextlib.suppress(*UNREADABLE):
        document = opened(case)
        for number in sorted(set(pages))[:MOST_PAGES]:
            with contextlib.suppress(*UNREADABLE):
                out.append(_picture(document, case, number, ppi))
        document.close()
    return out


def opened(case: Case) -> pypdfium2.PdfDocument:
    """The file for PDFium, which mends less than qpdf: what it can't open is written anew first. Raises PdfiumError."""
    try:
        return pypdfium2.PdfDocument(case.raw)
    except pypdfium2.PdfiumError:
        mended = io.BytesIO()
        case.pdf.save(mended)
        return pypdfium2.PdfDocument(mended.getvalue())


def _picture(document: pypdfium2.PdfDocument, case: Case, number: int, ppi: int) -> Picture:
    leaf = case.leaves[number - 1]
    area = shared(leaf.bleed, leaf.crop) or leaf.crop
    page = document[number - 1]
    page.set_rotation(0)
    scale = min(ppi / 72, LONGEST / max(area[2] - area[0], area[3] - area[1], 1))
    crop = tuple(
        max(0.0, edge)
        for edge in (area[0] - leaf.crop[0], area[1] - leaf.crop[1], leaf.crop[2] - area[2], leaf.crop[3] - area[3])
    )
    out = io.BytesIO()
    page.render(scale=scale, crop=crop).to_pil().convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
    page.close()
    return Picture(number, out.getvalue(), leaf.rectangle(area), leaf.rectangle(leaf.trim))
