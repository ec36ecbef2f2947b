"""A small proof of the print files, to look through and to compare with: never to print from."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw, ImageFont

from brochure.colour import Rgb
from brochure.finish.parts import Part

PPI = 80
LIMIT = 2_000_000  # bytes: what goes through any mailbox
QUALITIES = (72, 60, 48, 36, 24)  # JPEG, until the file keeps to the limit
FOOT = 16  # pixels below a page for its caption
SIZE = 10  # pixels


def proof(parts: Sequence[Part], caption: str, ink: Rgb, ground: Rgb, font: bytes, title: str) -> bytes:
    """One PDF of all pages in reading order, each with its bleed, its trim as a line, and ``caption`` at its foot:
    rendered from the print files themselves, so what is missing there is missing here. RGB pictures, at most
    ``LIMIT`` bytes as long as that can be read."""
    type_ = ImageFont.truetype(io.BytesIO(font), SIZE)
    pages: dict[int, Image.Image] = {}
    for part in parts:
        document = pypdfium2.PdfDocument(part.product.content)
        try:
            for index, number in enumerate(part.numbers):
                pages[number] = _page(document[index], f"{caption} {number}", ink, ground, type_)
        finally:
            document.close()
    written = b""
    for quality in QUALITIES:
        written = _bound([pages[number] for number in sorted(pages)], quality, title)
        if len(written) <= LIMIT:
            break
    return written


def _page(page: pypdfium2.PdfPage, caption: str, ink: Rgb, ground: Rgb, type_: ImageFont.FreeTypeFont) -> Image.Image:
    picture = page.render(scale=PPI / 72).to_pil().convert("RGB")
    out = Image.new("RGB", (picture.width, picture.height + FOOT), str(ground))
    out.paste(picture, (0, 0))
    draw = ImageDraw.Draw(out)
    left, bottom, right, top = (edge * PPI / 72 for edge in page.get_trimbox())
    draw.rectangle((left, picture.height - top, right, picture.height - bottom), outline=str(ink))
    draw.text((left, picture.height + 2), caption, fill=str(ink), font=type_)
    return out


def _bound(pictures: Sequence[Image.Image], quality: int, title: str) -> bytes:
    """The pictures as pages of one PDF, the same bytes for the same pictures."""
    with pikepdf.new() as pdf:
        for picture in pictures:
            jpeg = io.BytesIO()
            picture.save(jpeg, "JPEG", quality=quality, optimize=True)
            width, height = picture.width * 72 / PPI, picture.height * 72 / PPI
            image = pdf.make_stream(
                jpeg.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
                ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
            )  # fmt: skip
            leaf = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
                Resources=Dictionary(XObject=Dictionary(I=image)),
                Contents=pdf.make_stream(f"{width:.3f} 0 0 {height:.3f} 0 0 cm /I Do".encode()),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(leaf)))
        pdf.docinfo["/Title"] = String(title)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
