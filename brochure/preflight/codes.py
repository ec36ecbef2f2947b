"""Rules about QR codes. A code is what looks like one: a square of upright bars with the modules of a code, or a square
picture that a reader reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pypdfium2
import zxingcpp
from PIL import Image

from brochure.paper import mm_to_pt, pt_to_mm
from brochure.preflight.matrix import Box, grown
from brochure.preflight.paths import union
from brochure.preflight.raster import opened
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.spaces import laid, printed
from brochure.preflight.things import Fill, Paint, Picture

LEAST = 18.0  # mm, without the quiet zone
QUIET = 4  # modules (ISO/IEC 18004)
SMALLEST, LARGEST = mm_to_pt(4), mm_to_pt(120)
FEWEST_BARS = 30
PIXELS = 8  # of a module
DARKER = 60  # of 255: how much darker than the light modules nothing in the quiet zone may be


@dataclass(frozen=True)
class Code:
    """A code on a page: its bounds without the quiet zone, its modules across, its paint, what it says (nothing when no
    reader reads it), and whether its quiet zone is clear."""

    leaf: Leaf
    box: Box
    modules: int
    paint: Paint
    words: str
    quiet: bool


def codes(case: Case) -> tuple[Code, ...]:
    """All codes of a file, read once."""
    if "codes" not in case.parsed:
        case.parsed["codes"] = tuple(_codes(case)) if case.drawable else ()
    return tuple(case.parsed["codes"])


def _codes(case: Case) -> Iterator[Code]:
    document = None
    for leaf in case.leaves:
        for box, modules, paint in (*_drawn(leaf), *_pictured(leaf)):
            document = document or opened(case)
            picture, scale = _raster(document, leaf, grown(box, (box[2] - box[0]) / modules * (QUIET + 1)), modules)
            found = _read(picture)
            if found or modules in VERSIONS:
                yield Code(leaf, box, modules, paint, found, _quiet(picture, scale * (box[2] - box[0]) / modules))
    if document is not None:
        document.close()


#: Modules across of the forty versions of a code.
VERSIONS = frozenset(range(21, 178, 4))


def _drawn(leaf: Leaf) -> Iterator[tuple[Box, int, Paint]]:
    """Squares of bars of one colour: in one path, or in many small ones that follow each other."""
    group: list[Fill] = []
    for fill in [thing for thing in leaf.all(Fill) if thing.bars and not thing.paint.white and not thing.tiled]:
        if len(fill.parts) >= FEWEST_BARS:
            yield from _square(list(fill.parts), fill.paint)
            continue
        if group and (
            fill.paint != group[0].paint or abs(_module(fill) - _module(group[0])) > 0.05 * _module(group[0])
        ):
            yield from _square([part for one in group for part in one.parts], group[0].paint)
            group = []
        group.append(fill)
    if group:
        yield from _square([part for one in group for part in one.parts], group[0].paint)


def _module(fill: Fill) -> float:
    return min(min(part[2] - part[0], part[3] - part[1]) for part in fill.parts)


def _square(bars: list[Box], paint: Paint) -> Iterator[tuple[Box, int, Paint]]:
    if len(bars) < FEWEST_BARS:
        return
    box = union(bars)
    width, height = box[2] - box[0], box[3] - box[1]
    module = min(min(bar[2] - bar[0], bar[3] - bar[1]) for bar in bars)
    if not (SMALLEST <= width <= LARGEST) or abs(width - height) > 0.02 * width or module <= 0:
        return
    across = width / module
    if round(across) in VERSIONS and abs(across - round(across)) < 0.2:
        yield box, round(across), paint


def _pictured(leaf: Leaf) -> Iterator[tuple[Box, int, Paint]]:
    """Square pictures: codes if a reader can read them. Their modules are taken for those of the usual code."""
    for picture in leaf.all(Picture):
        box = picture.box
        width, height = box[2] - box[0], box[3] - box[1]
        if SMALLEST <= width <= LARGEST and abs(width - height) < 0.05 * width and not picture.tiled:
            yield box, 30, picture.paint


def _raster(document: pypdfium2.PdfDocument, leaf: Leaf, box: Box, modules: int) -> tuple[Image.Image, float]:
    """The page around a code in grey, and its pixels a pt."""
    page = document[leaf.number - 1]
    page.set_rotation(0)
    scale = min(PIXELS * (modules + 2 * QUIET + 2) / max(box[2] - box[0], 1e-6), 20.0)
    sheet = leaf.crop
    crop = (box[0] - sheet[0], box[1] - sheet[1], sheet[2] - box[2], sheet[3] - box[3])
    picture = (
        page.render(scale=scale, crop=tuple(max(0.0, edge) for edge in crop), draw_annots=False).to_pil().convert("L")
    )
    page.close()
    return picture, scale


def _read(picture: Image.Image) -> str:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)  # type: ignore[arg-type]
    return str(found[0].text) if found else ""


def _quiet(picture: Image.Image, module: float) -> bool:
    """Whether the outermost modules around the code are light. One module more than the zone is in the picture."""
    light = next(value for value, count in reversed(list(enumerate(picture.histogram()))) if count)
    width, height = picture.size
    near, far = round(1.2 * module), round((QUIET + 0.8) * module)
    bands = ((near, near, width - near, far), (near, height - far, width - near, height - near),
             (near, near, far, height - near), (width - far, near, width - near, height - near))  # fmt: skip
    return all(
        _darkest(picture.crop(band)) >= light - DARKER for band in bands if band[2] > band[0] and band[3] > band[1]
    )


def _darkest(band: Image.Image) -> int:
    """The darkest value that more than a stray pixel has."""
    counts, seen = band.histogram(), 0
    for value, count in enumerate(counts):
        seen += count
        if seen > 2:
            return value
    return 255


@cache
def _millimetres(pt: float) -> str:
    return f"{pt_to_mm(pt):.1f} mm"


def size(case: Case) -> Iterator[Slip]:
    """H-qr-size: a QR code is 18 mm wide or more, without its quiet zone.

    Why: A telephone reads it at arm's length only if its modules are large enough.

    Remedy: Print it larger, or shorten the address.
    """
    for code in codes(case):
        width = code.box[2] - code.box[0]
        if pt_to_mm(width) < LEAST - 0.05:
            yield Slip(
                "a QR code is too small",
                leaf=code.leaf,
                box=code.box,
                measured=_millimetres(width),
                limit=f"{LEAST:g} mm",
            )


def quiet_zone(case: Case) -> Iterator[Slip]:
    """H-qr-quiet: around a QR code four modules are left clear.

    Why: Without its quiet zone a reader doesn't see where the code ends (ISO/IEC 18004).

    Remedy: Leave four modules of light ground on every side.
    """
    for code in codes(case):
        if not code.quiet:
            yield Slip(
                "a QR code has no quiet zone",
                leaf=code.leaf,
                box=code.box,
                measured="something within 4 modules",
                limit="4 modules clear",
            )


def black(case: Case) -> Iterator[Slip]:
    """H-qr-black: a QR code is printed in black only.

    Why: In several inks its modules get blurred edges as soon as a plate shifts; colours may be too light to read.

    Remedy: Use K 100 for its modules.
    """
    for code in codes(case):
        inks = code.paint.inks
        if laid(inks) != ("Black",) or inks["Black"] < 0.95:
            yield Slip(
                "a QR code isn't black only", leaf=code.leaf, box=code.box, measured=printed(inks), limit="K 100"
            )


def readable(case: Case) -> Iterator[Slip]:
    """H-qr-read: a QR code can be read.

    Why: A code that nothing reads is a grey square.

    Remedy: Make it anew, black on a light ground, and leave its quiet zone clear.
    """
    for code in codes(case):
        if not code.words:
            yield Slip(
                "a QR code can't be read",
                leaf=code.leaf,
                box=code.box,
                measured="no reader reads it",
                limit="read by zxing-cpp",
            )
