"""The flatplan as a picture: facing spreads in order, with page numbers and kinds."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from brochure.colour import Rgb
from brochure.finish.raster import pngs

PPI = 40
ACROSS = 4  # spreads in a row
GAP, CAPTION, MARGIN = 22, 26, 30  # pixels


@dataclass(frozen=True)
class Leaf:
    """A page of the flatplan: its number, and the id and kind of the section it belongs to."""

    number: int
    id: str
    kind: str


def picture(pdf: bytes, leaves: Sequence[Leaf], palette: Mapping[str, Rgb], font: bytes) -> bytes:
    """One PNG of all pages as facing spreads; ``font`` is the file that the captions are set in."""
    pages = [Image.open(io.BytesIO(png)) for png in pngs(pdf, PPI)]
    width, height = pages[0].size
    spreads = _spreads(leaves)
    rows = -(-len(spreads) // ACROSS)
    size = (
        2 * MARGIN + ACROSS * 2 * width + (ACROSS - 1) * GAP,
        2 * MARGIN + rows * (height + CAPTION) + (rows - 1) * GAP,
    )
    sheet = Image.new("RGB", size, str(palette["mist"]))
    draw = ImageDraw.Draw(sheet)
    type_ = ImageFont.truetype(io.BytesIO(font), 12)
    for index, spread in enumerate(spreads):
        left = MARGIN + index % ACROSS * (2 * width + GAP)
        top = MARGIN + index // ACROSS * (height + CAPTION + GAP)
        for leaf in spread:
            at = left + (0 if leaf.number % 2 == 0 else width)
            sheet.paste(pages[leaves.index(leaf)], (at, top))
            caption = (
                f"{leaf.number}  {leaf.kind}" if leaf == spread[0] or leaf.id != spread[0].id else f"{leaf.number}"
            )
            draw.text((at, top + height + 7), caption, fill=str(palette["night"]), font=type_)
        if len(spread) == 2:
            draw.line([(left + width, top), (left + width, top + height)], fill=str(palette["haze"]), width=1)
    out = io.BytesIO()
    sheet.quantize(192, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _spreads(leaves: Sequence[Leaf]) -> list[list[Leaf]]:
    """The pages in pairs as they lie open: an even page with the odd one that follows it."""
    out: list[list[Leaf]] = []
    for leaf in leaves:
        if leaf.number % 2 and out and out[-1][-1].number == leaf.number - 1 and leaf.number > 1:
            out[-1].append(leaf)
        else:
            out.append([leaf])
    return out
