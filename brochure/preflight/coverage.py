"""How much ink lies where: plates drawn by PDFium, averaged over squares of 15 × 15 mm."""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array
from PIL import Image, ImageChops, ImageFilter, ImageMath

from brochure.paper import mm_to_pt
from brochure.preflight.matrix import Box, shared
from brochure.preflight.pen import Mixed
from brochure.preflight.plates import Plates
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.spaces import ALL, NONE, PROCESS

PPI = 144  # PDFium draws nothing thinner than a pixel: on coarser plates fine dots and lines hold too much ink
COARSER = 4  # pixels that become one before squares are averaged: five hundred pages have to fit into memory
LONGEST = 3000  # pixels, of a poster
SQUARE = 15.0  # mm
MOST_SPOTS = 8

Sets = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Heaviest:
    """The square of a page with the most ink: its average, %, and where it lies."""

    ink: float
    box: Box


@dataclass(frozen=True)
class Coverage:
    """Of every page the heaviest square; and what couldn't be measured."""

    pages: tuple[Heaviest, ...]
    unmeasured: tuple[str, ...]


def coverage(case: Case) -> Coverage:
    """The heaviest square of every page, by what really comes onto the plates."""
    sums, unmeasured = planes(case)
    return Coverage(tuple(heaviest(planes, leaf) for planes, leaf in zip(sums, case.leaves, strict=True)), unmeasured)


def planes(case: Case, coarser: int = COARSER) -> tuple[list[list[Image.Image]], tuple[str, ...]]:
    """Of every page an image for each plate (255 is full ink) of the page with its bleed, and what isn't in them."""
    spots = tuple(
        sorted(
            {name for leaf in case.leaves for thing in leaf.things for name in thing.paint.space.names}
            - {*PROCESS, ALL, NONE}
        )
    )
    pictures = dict[Any, Any]()
    alone: Sets = tuple((ink,) for ink in (*PROCESS, *spots[:MOST_SPOTS]))
    try:
        return _drawn(case, (PROCESS[:3], *alone[3:]), coarser, pictures)
    except Mixed:
        return _drawn(case, alone, coarser, pictures)


def _drawn(
    case: Case, sets: Sets, coarser: int, pictures: dict[Any, Any]
) -> tuple[list[list[Image.Image]], tuple[str, ...]]:
    out: list[list[Image.Image]] = [[] for _ in case.leaves]
    unmeasured: set[str] = set()
    for inks in sets:
        with pikepdf.open(io.BytesIO(case.raw)) as pdf:
            plates = Plates(pdf, inks, case.parsed, pictures)
            for index, leaf in enumerate(case.leaves):
                plates.pixel = 1 / _scale(*_size(_area(leaf)))
                plates.page(index)
                pdf.pages[index].obj["/MediaBox"] = Array(list(_area(leaf)))
            written = io.BytesIO()
            pdf.save(written, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            unmeasured |= plates.unmeasured
        for index, picture in enumerate(_rasters(written.getvalue())):
            out[index] += ImageChops.invert(picture).reduce(coarser).split()[: len(inks)]
    return out, tuple(sorted(unmeasured))


def _area(leaf: Leaf) -> Box:
    """What of a page is printed: its bleed, as far as it lies on the sheet."""
    return shared(leaf.bleed, leaf.media) or leaf.media


def _size(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _scale(width: float, height: float) -> float:
    """Pixels a point that a page of this size is drawn in."""
    return min(PPI / 72, LONGEST / max(width, height, 1))


def _rasters(pdf: bytes) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            scale = _scale(*page.get_size())
            bitmap = page.render(scale=scale, draw_annots=False, prefer_bgrx=True, rev_byteorder=True)
            # four bytes a pixel in Pillow's own order: no copy is made
            yield Image.frombuffer(
                "RGBX", (bitmap.width, bitmap.height), bitmap.buffer, "raw", "RGBX", bitmap.stride, 1
            )
            page.close()
    finally:
        document.close()


def heaviest(planes: Sequence[Image.Image], leaf: Leaf) -> Heaviest:
    """The square with the most ink. Smaller pages are averaged as a whole."""
    area = _area(leaf)
    width, height = planes[0].size
    scale = width / max(area[2] - area[0], 1e-6)
    side = min(mm_to_pt(SQUARE) * scale, width, height)
    radius = max(0.0, (side - 1) / 2)
    blurred = [plane.filter(ImageFilter.BoxBlur(radius)) for plane in planes]
    total = blurred[0].convert("I")
    for plane in blurred[1:]:
        total = ImageMath.lambda_eval(_added, a=total, b=plane.convert("I"))
    edge = int(side / 2)  # nearer to the border, a square would leave the page
    inner = total.crop((edge, edge, max(edge + 1, width - edge), max(edge + 1, height - edge)))
    values = array("i", inner.tobytes())
    most = max(values)
    row, column = divmod(values.index(most), inner.size[0])
    left, top = (column + edge + 0.5) / scale + area[0], area[3] - (row + edge + 0.5) / scale
    half = side / scale / 2
    return Heaviest(most / 255 * 100, (left - half, top - half, left + half, top + half))


def _added(given: Any) -> Any:
    return given["a"] + given["b"]
