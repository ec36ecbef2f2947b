"""Ink: the plates that preflight draws hold what Ghostscript's separations hold."""

from __future__ import annotations

import io
import math
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from conftest import shipped
from PIL import Image
from rawpdf import MM, SIDE, File, bar, sheet, text
from test_preflight import judged

from brochure.preflight import coverage
from brochure.preflight.functions import function
from brochure.preflight.sheet import Case

HOUSE = shipped()
PLATES = ("Cyan", "Magenta", "Yellow", "Black", "Gold")
POINTS = 3.0  # percentage points between two ways of measuring
#: What Ghostscript 10.0 (tiffsep, 144 ppi, -dOverprint=/enable) measures on the sample: the mean of each plate, %.
MEANS = {"Cyan": 39.2, "Magenta": 28.2, "Yellow": 19.2, "Black": 9.0, "Gold": 3.5}
#: … and the inks' sum in five squares of 15 mm, by the left and top edge in mm.
SQUARES = {(28, 84): 291, (70, 84): 163, (35, 42): 149, (63, 42): 115, (0, 0): 49}

SHADING = (
    "<< /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 100 0] /Extend [true true]"
    " /Function << /FunctionType 2 /Domain [0 1] /N 1 /C0 [1 0 0 0] /C1 [0 0.2 1 0.5] >> >>"
)
SPOT = "[/Separation /Gold /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0.3 1 0] >>]"
STATES = "/All << /OP true /op true /OPM 1 >> /Half << /ca 0.5 /CA 0.5 >> /Mult << /BM /Multiply >>"
CONTENT = f"""0.6 0.4 0.4 0 k {bar(0, 0, 53, 53)}
q 100 0 0 100 20 20 cm /Pic Do Q q 60 0 0 60 130 20 cm /Gray Do Q q 70 0 0 70 200 20 cm /Jpg Do Q
q /Half gs 1 0 0 1 20 130 cm /Form Do Q
q /Mult gs 0 0.5 0.5 0 k 100 100 80 80 re f Q
/All gs 1 0 0 0 k 20 200 60 60 re f 0 1 0 0 k 50 210 60 60 re f
/All gs 0.5 0 0 0.3 k 60 180 30 60 re f /Knock gs
q 1 0 0 1 180 130 cm 0 0 100 60 re W n /Sh sh Q
/Pattern cs /T scn 180 200 80 40 re f
/Spot cs 0.8 scn 120 240 50 50 re f /All gs 0.5 scn 20 240 120 30 re f /Knock gs
0 0 0 1 k {text(20, 97, 10)}"""


def sample() -> bytes:
    """A page with everything that makes ink hard to add up: transparency, multiplying, overprint, a spot colour,
    pictures raw, masked and as an inverted JPEG, a gradient and a pattern."""
    file, side = File(), 200
    pixels = bytes(
        v for y in range(side) for x in range(side)
        for v in (x * 255 // side, y * 255 // side, (x + y) * 255 // (2 * side), x * y * 255 // (side * side))
    )  # fmt: skip
    head = f"<< /Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceCMYK /BitsPerComponent 8"
    raw = file.add(f"{head} >>", pixels)
    packed = io.BytesIO()
    Image.frombytes("CMYK", (side, side), pixels).save(packed, "JPEG", quality=95)  # Pillow inverts, as Adobe does
    jpeg = file.add(f"{head} /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0] >>", packed.getvalue())
    small = "<< /Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width 2 /Height"
    mask = file.add(f"{small} 1 >>", b"\xff\x40")
    gray = file.add(f"{small} 2 /SMask {mask} 0 R >>", b"\x20\x80\xc0\x40")
    group = "/Group << /S /Transparency /CS /DeviceCMYK /I true >>"
    form = file.add(
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] {group} /Resources << >> >>",
        b"1 0 0 0 k 0 0 70 70 re f 0 1 0 0 k 30 30 70 70 re f",
    )
    tile = file.add(
        "<< /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >> >>",
        b"0 0 0 1 k 0 0 5 5 re f 0 1 0 0 k 5 5 5 5 re f",
    )
    things = f"/XObject << /Pic {raw} 0 R /Gray {gray} 0 R /Jpg {jpeg} 0 R /Form {form} 0 R >>"
    resources = f"{things} /Shading << /Sh {SHADING} >> /Pattern << /T {tile} 0 R >> /ColorSpace << /Spot {SPOT} >>"
    return sheet(
        CONTENT, file=file, resources=resources, states=STATES, page="/Group << /S /Transparency /CS /DeviceCMYK >>"
    )


def ours(pdf: bytes) -> tuple[Sequence[Image.Image], float]:
    """The plates that preflight draws, and the most ink that it finds, %."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        case = Case(opened, pdf, HOUSE.printers[HOUSE.default_printer], HOUSE.brand)
        plates = coverage.planes(case, 1)[0][0]
        return plates, coverage.heaviest(plates, case.leaves[0]).ink


def ghostscript(pdf: bytes, folder: Path, ppi: int = 144, plates: Sequence[str] = PLATES) -> list[Image.Image]:
    """The separations that Ghostscript makes, 255 where an ink is full."""
    (folder / "x.pdf").write_bytes(pdf)
    command = [
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=tiffsep",
        "-dOverprint=/enable",
        f"-r{ppi}",
        "-o",
        "o%d.tif",
        "x.pdf",
    ]
    subprocess.run(command, check=True, cwd=folder)
    return [Image.open(folder / f"o1({name}).tif").convert("L").point(lambda value: 255 - value) for name in plates]


def mean(plate: Image.Image, left: float, top: float, side: float, sheet: float = SIDE) -> float:
    """The average of a square, its edges in pt from the top left corner of a sheet of so many pt, %."""
    scale = plate.size[0] / sheet
    box = tuple(min(edge * scale, plate.size[0]) for edge in (left, top, left + side, top + side))
    return float(plate.resize((1, 1), Image.Resampling.BOX, box=box).getpixel((0, 0))) / 2.55  # type: ignore[arg-type]


def total(plates: Sequence[Image.Image], left: float, top: float, sheet: float = SIDE) -> float:
    """The inks' sum in a square of 15 mm, %; left and top in mm."""
    return sum(mean(plate, left * MM, top * MM, 15 * MM, sheet) for plate in plates)


def test_plates_hold_what_ghostscript_was_seen_to_measure() -> None:
    """Each plate's mean, and the sum in squares of 15 mm, lie within three points of the recorded separations."""
    plates, _ = ours(sample())
    means = {name: mean(plate, 0, 0, SIDE) for name, plate in zip(PLATES, plates, strict=True)}

    assert means == pytest.approx(MEANS, abs=0.5)
    assert {
        at: (total(plates, *at), ink) for at, ink in SQUARES.items() if abs(total(plates, *at) - ink) > POINTS
    } == {}


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript isn't here; its figures are in the test above")
def test_every_square_agrees_with_ghostscript(tmp_path: Path) -> None:
    """On a grid of 7 mm no square of 15 × 15 mm differs by more than three points, and neither does the heaviest."""
    pdf = sample()
    plates, most = ours(pdf)
    separated = ghostscript(pdf, tmp_path)
    grid = [(left, top) for left in range(0, 92, 7) for top in range(0, 92, 7)]
    apart = {at: total(plates, *at) - total(separated, *at) for at in grid}
    dense = max(total(separated, left, top) for left in range(20, 36) for top in range(76, 92))

    assert {at: difference for at, difference in apart.items() if abs(difference) > POINTS} == {}
    assert abs(most - dense) < POINTS


PITCH = 4.0  # pt
WAYS = {"short": "{x} {y} m {x}1 {y} l", "lengthless": "{x} {y} m {x} {y} l", "closed": "{x} {y} m h"}


def dotted(diameter: float, way: str = "short", colour: str = "0 0 0 1 K", pitch: float = PITCH) -> str:
    """A square of 200 pt, full of dots as maps and halftones are drawn of them: lines with round caps, no length."""
    steps = range(int(200 / pitch))
    at = [(f"{50 + pitch * x:.3f}", f"{50 + pitch * y:.3f}") for x in steps for y in steps]
    return f"{colour} 1 J {diameter} w {' '.join(WAYS[way].format(x=x, y=y) for x, y in at)} S\n"


def inside(plates: Sequence[Image.Image]) -> float:
    """The inks' sum in a square of 100 pt amid the dots, %: whole pitches, so that no edge cuts a row unevenly."""
    return sum(mean(plate, 100, SIDE - 200, 100) for plate in plates)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("diameter", [0.3, 0.5, 0.84, 1.45, 3.75])
def test_a_field_of_dots_holds_the_ink_of_true_circles(diameter: float, way: str) -> None:
    """However small and however they are written: PDFium's own dots would hold from none of it to twice as much."""
    plates, _ = ours(sheet(dotted(diameter, way), base=""))

    assert inside(plates) == pytest.approx(math.pi / 4 * (diameter / PITCH) ** 2 * 100, abs=0.8)


@pytest.mark.parametrize("way", ["form", "scaled"])
def test_dots_in_other_units_hold_as_much(way: str) -> None:
    """What enlarges the page's units, in a form or on the page, enlarges the dots."""
    file, small = File(), "0.5 0 0 0.5 0 0 cm " + dotted(4, pitch=8)
    form = file.add("<< /Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << >> >>", small.encode())
    drawn = "/Fm Do" if way == "form" else f"q {small} Q"
    placed = f"q 1 0 0 1 70 70 cm {drawn} Q\n"
    plates, _ = ours(sheet(placed, base="", file=file, resources=f"/XObject << /Fm {form} 0 R >>"))

    assert mean(plates[3], 120, SIDE - 180, 60) == pytest.approx(math.pi / 4 * 0.25 * 100, abs=0.8)


def test_what_is_no_dot_stays_beside_dots() -> None:
    """Round caps on a path of frames, lines and dots: each of them is drawn."""
    frames = " ".join(f"{50 + 20 * x} {50 + 20 * y} 10 10 re {65 + 20 * x} {50 + 20 * y} m {65 + 20 * x} {60 + 20 * y} l"
                      f" {60 + 20 * x} {64 + 20 * y} m {60 + 20 * x} {64 + 20 * y} l" for x in range(10) for y in range(10))  # fmt: skip
    plates, _ = ours(sheet(f"0 0 0 1 K 1 J 2 w {frames} S\n", base=""))
    frame, line, dot = 40 * 2, 10 * 2 + math.pi, math.pi

    assert inside(plates) == pytest.approx((frame + line + dot) / 400 * 100, abs=0.8)


@pytest.mark.parametrize("width", [0.15, 0.25, 0.4, 0.75])
def test_lines_thinner_than_a_pixel_hold_no_more_than_they_are_wide(width: float) -> None:
    """PDFium widens them to a pixel, 0.5 pt at 144 ppi; hatching would hold three times its ink."""
    lines = " ".join(f"50 {50 + PITCH * at} m 250 {50 + PITCH * at} l" for at in range(50))
    plates, _ = ours(sheet(f"0 0 0 1 K {width} w {lines} S\n", base=""))

    assert inside(plates) == pytest.approx(width / PITCH * 100, abs=0.8)


@pytest.mark.skipif(
    shutil.which("gs") is None, reason="Ghostscript isn't here; circles are reckoned in the tests above"
)
def test_dots_of_a_cover_agree_with_ghostscript(tmp_path: Path) -> None:
    """A tone of dots on dark ground, as our front cover has one. Ghostscript fills every pixel that a dot touches:
    too much by a share that falls with the pixel, so twice what it finds at 1200 ppi, less what it finds at 600."""
    side, inks = 40 * MM, {3.6: "0.3 0.16 0.09 0 K", 1.4: "1 0.8 0.35 0.6 K"}
    tone = "".join(dotted(size, colour=ink, pitch=3.2) for size, ink in inks.items())
    pdf = sheet("1 0.8 0.35 0.6 k\n" + bar(0, 0, 106, 106) + "1 0 0 1 -50 -50 cm\n" + tone, base="", side=side)
    plates = ours(pdf)[0]
    fine, coarse = (ghostscript(pdf, tmp_path, ppi, PLATES[:4]) for ppi in (1200, 600))
    grid = [(left, top) for left in range(0, 25, 6) for top in range(0, 25, 6)]
    apart = {at: total(plates, *at, side) - 2 * total(fine, *at, side) + total(coarse, *at, side) for at in grid}

    assert {at: difference for at, difference in apart.items() if abs(difference) > POINTS} == {}


def mesh(kind: int, colours: Sequence[bytes], more: str = "") -> tuple[str, bytes]:
    """A shading over 100 × 100 pt, its corners in 8 bits, and its bytes. Points are given in 1/255 of the side."""
    head = f"<< /ShadingType {kind} /BitsPerCoordinate 8 /BitsPerComponent 8 {more}"
    corners = [(0, 0), (0, 255), (255, 0), (255, 255)]
    if kind == 5:
        return f"{head} /VerticesPerRow 2", b"".join(bytes(at) + ink for at, ink in zip(corners, colours, strict=True))
    if kind == 4:
        order = [0, 1, 2, 1, 2, 3]
        return f"{head} /BitsPerFlag 8", b"".join(b"\0" + bytes(corners[at]) + colours[at] for at in order)
    round_about = [
        (0, 0),
        (0, 85),
        (0, 170),
        (0, 255),
        (85, 255),
        (170, 255),
        (255, 255),
        (255, 170),
        (255, 85),
        (255, 0),
        (170, 0),
        (85, 0),
    ]
    inner = [(85, 85), (85, 170), (170, 170), (170, 85)] if kind == 7 else []
    points = b"".join(map(bytes, (*round_about, *inner)))
    return f"{head} /BitsPerFlag 8", b"\0" + points + b"".join(colours[at] for at in (0, 1, 3, 2))


@pytest.mark.parametrize("kind", [4, 5, 6, 7])
@pytest.mark.parametrize("space", ["/DeviceCMYK", "/Spot"])
def test_the_ink_of_meshes_is_measured(kind: int, space: str) -> None:
    """Triangles, lattices and patches: half of their corners hold two inks, or all of one of its own."""
    parts = 4 if space == "/DeviceCMYK" else 1
    full, none = (b"\xff\xff\0\0", b"\0\0\0\0") if parts == 4 else (b"\xff", b"\0")
    head, packed = mesh(kind, [full, none, full, none])
    file = File()
    decode = " ".join(["0 100 0 100", *["0 1"] * parts])
    described = SPOT if parts == 1 else space
    number = file.add(f"{head} /ColorSpace {described} /Decode [{decode}] >>", packed)
    pdf = sheet("q 1 0 0 1 100 100 cm /M sh Q\n", base="", file=file, resources=f"/Shading << /M {number} 0 R >>")
    plates, most = ours(pdf)

    assert sum(mean(plate, 105, SIDE - 195, 90) for plate in plates) == pytest.approx(100 if parts == 4 else 50, abs=2)
    assert most > 80 if parts == 4 else most > 40
    assert [finding.rule for finding in judged(pdf) if "measured" in finding.what] == []


def test_a_mesh_that_can_t_be_read_is_told() -> None:
    """What isn't in the sum isn't passed over in silence."""
    file = File()
    number = file.add("<< /ShadingType 4 /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /ColorSpace /DeviceCMYK"
                      " /Decode [0 100 0 100 0 1 0 1 0 1 0 1] >>", b"\0\0")  # fmt: skip
    pdf = sheet("q /M sh Q\n", file=file, resources=f"/Shading << /M {number} 0 R >>")

    assert "the ink of a mesh gradient can't be measured" in {finding.what for finding in judged(pdf)}


RISING = "<< /FunctionType 2 /Domain [0 1] /N 1 >>"
STITCHED = f"<< /FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 1 0] /Functions [{RISING} {RISING}] >>"
CURVED = "<< /FunctionType 2 /Domain [0 1] /N 2 /C0 [0 1] /C1 [1 0] >>"


@pytest.mark.parametrize(("source", "at", "expected"), [(CURVED, 0.5, [0.25, 0.75]), (STITCHED, 0.75, [0.5])])
def test_functions_are_evaluated(source: str, at: float, expected: list[float]) -> None:
    """Gradients' functions come to the colours that the standard gives."""
    assert function(pikepdf.Object.parse(source.encode()))(at) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("program", "expected"),
    [("{ dup 1 exch sub }", [0.3, 0.7]), ("{ dup 0.5 gt { 0.1 } { 0.9 } ifelse exch }", [0.9, 0.3]),
     ("{ 0.1 0.2 3 1 roll pop }", [0.2, 0.3]), ("{ 0.5 mul 0.4 add 100 mul cvi 100 div 0 }", [0.55, 0.0])],
)  # fmt: skip
def test_programs_are_calculated(program: str, expected: list[float]) -> None:
    """PostScript functions, run with 0.3."""
    with pikepdf.new() as pdf:
        domain = pikepdf.Array([0, 1])
        made = pdf.make_stream(program.encode(), FunctionType=4, Domain=domain, Range=pikepdf.Array([0, 1, 0, 1]))

        assert function(made)(0.3) == pytest.approx(expected)


def test_samples_are_joined_by_straight_lines() -> None:
    """A table of 4-bit samples, read between two of them."""
    with pikepdf.new() as pdf:
        made = pdf.make_stream(
            b"\x0f\x00", FunctionType=0, Domain=pikepdf.Array([0, 1]), Range=pikepdf.Array([0, 1]),
            Size=pikepdf.Array([3]), BitsPerSample=4,
        )  # fmt: skip

        assert function(made)(0.25) == pytest.approx([0.5])
