"""Makes the screen file's pictures no finer than a screen shows: photographs at 150 ppi as JPEG. Line art, stencils
and soft masks stay as they are."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

import pikepdf
from pikepdf import Matrix, Name
from PIL import Image

PPI = 150  # one and a half times what a good screen shows at full size
QUALITY = 80  # of JPEG
SLACK = 1.1  # a picture hardly finer than that is only packed anew
WORTH = 0.9  # of the bytes it had: for less, JPEG isn't laid over JPEG
FLAT = 256  # colours: what has no more is a drawing, which JPEG would smear
DEPTH = 12  # forms inside each other
MODES: dict[object, str] = {Name.DeviceRGB: "RGB", Name.DeviceGray: "L"}

Size = tuple[float, float]
Found = tuple[pikepdf.Stream, Size]


def lightened(pdf: pikepdf.Pdf) -> None:
    """Photographs shrink to 150 ppi at the largest size at which they are shown; one that wouldn't get a tenth
    smaller in bytes is left alone, and none is ever blown up."""
    sizes: dict[tuple[int, int], Size] = {}
    pictures: dict[tuple[int, int], pikepdf.Stream] = {}
    for page in pdf.pages:
        for picture, (width, height) in _shown(page.obj, Matrix(), 0):
            known = sizes.get(picture.objgen, (0.0, 0.0))
            sizes[picture.objgen] = (max(width, known[0]), max(height, known[1]))
            pictures[picture.objgen] = picture
    for key, picture in pictures.items():
        _lighten(picture, sizes[key])


def _shown(holder: pikepdf.Object, matrix: Matrix, depth: int) -> Iterator[Found]:
    """Pictures that a page or form shows, each with the width and height in pt of one showing."""
    things = holder.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    if depth > DEPTH or not len(things):
        return
    stack: list[Matrix] = []
    for step in pikepdf.parse_content_stream(holder, "q Q cm Do"):
        operands = step.operands
        match str(step.operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop() if stack else matrix
            case "cm":
                matrix = Matrix(*map(float, operands)) @ matrix
            case "Do" if str(operands[0]) in things:
                yield from _done(things[str(operands[0])], matrix, depth)


def _done(thing: pikepdf.Object, matrix: Matrix, depth: int) -> Iterator[Found]:
    if thing.get("/Subtype") == Name.Form:
        own = Matrix(*map(float, thing.get("/Matrix", [1, 0, 0, 1, 0, 0])))
        yield from _shown(thing, own @ matrix, depth + 1)
    elif isinstance(thing, pikepdf.Stream):
        yield thing, (math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))


def _lighten(picture: pikepdf.Stream, shown: Size) -> None:
    image = _photograph(picture)
    if image is None:
        return
    wanted = [max(1, math.ceil(side / 72 * PPI)) for side in shown]
    if any(have > want * SLACK for have, want in zip(image.size, wanted, strict=True)):
        width, height = (min(have, want) for have, want in zip(image.size, wanted, strict=True))
        image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    if out.tell() < WORTH * len(picture.read_raw_bytes()):
        picture.write(out.getvalue(), filter=Name.DCTDecode)
        picture.Width, picture.Height = image.size


def _photograph(picture: pikepdf.Stream) -> Image.Image | None:
    """The pixels of a picture that may become a JPEG; None for stencils, colour keys, palettes and line art."""
    mode = MODES.get(picture.get("/ColorSpace"))
    special = [key for key in ("/ImageMask", "/Mask", "/Decode", "/Matte") if key in picture]
    if mode is None or special or picture.get("/BitsPerComponent") != 8:
        return None
    if picture.get("/Filter") in (Name.DCTDecode, pikepdf.Array([Name.DCTDecode])):
        with Image.open(io.BytesIO(picture.read_raw_bytes()), formats=("JPEG",)) as opened:
            return opened.copy() if opened.mode == mode else None
    image = Image.frombytes(mode, (int(picture.Width), int(picture.Height)), picture.read_bytes())
    return None if image.getcolors(FLAT) else image
