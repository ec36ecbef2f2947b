"""Separation: every colour of a master to inks, in one place. ``separate`` is the room's door."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name

from brochure.errors import AssetError, Complaint
from brochure.finish.separation import writing
from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.inks import Mixer
from brochure.finish.separation.pictures import Pictures
from brochure.finish.separation.remembered import Remembered, folder
from brochure.finish.separation.state import Matrix, State
from brochure.finish.separation.things import Workshop, opening
from brochure.finish.separation.walk import Stream

REMEDY = "Take it out of the page, or have it redrawn in plain colours."


def separate(
    pdf: pikepdf.Pdf, mixer: Mixer, ppi: int, shifts: list[Matrix], remembered: Remembered | None = None
) -> None:
    """Rewrites every page in inks, its content moved by the page's ``shift``. Raises AssetError with each page that
    holds something no separation is known for."""
    pictures = Pictures(pdf, mixer, ppi, remembered or Remembered(folder()))
    workshop = Workshop(pdf, mixer, pictures)
    slips: list[tuple[int, Unseparable]] = []
    for number, (page, shift) in enumerate(zip(pdf.pages, shifts, strict=True), 1):
        pictures.page = number
        try:
            _page(pdf, page, shift, workshop)
        except Unseparable as error:
            slips.append((number, error))
    slips += pictures.separate()
    if slips:
        raise AssetError(_slip(number, error) for number, error in slips)


def _page(pdf: pikepdf.Pdf, page: pikepdf.Page, shift: Matrix, workshop: Workshop) -> None:
    contents = page.obj.get("/Contents")
    parts = [] if contents is None else [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    content = b"\n".join(part.read_bytes() for part in parts)
    stream = Stream(content, page.obj.get("/Resources"), State(ctm=shift), shift=shift)
    walked, resources = workshop.walked(stream)
    move = b"" if shift == State().ctm else writing.numbers(shift) + b" cm\n"
    page.obj["/Contents"] = pdf.make_stream(opening() + move + walked)
    page.obj["/Resources"] = resources
    page.obj["/Group"] = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


def _slip(page: int, error: Unseparable) -> Complaint:
    where = f"brochure.print.pdf page {page}"
    return Complaint(where, f"no separation is known: {error}.", error.remedy or REMEDY, AssetError.code)
