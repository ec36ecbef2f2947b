"""Ink of what is harder to add up: gradients in two directions, overprint in isolated groups, one picture many times."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from rawpdf import MM, SIDE, File, bar, font, image, sheet, text
from test_ink import POINTS, SPOT, ghostscript, mean, ours, total
from test_preflight import judged

from brochure.preflight.functions import function
from brochure.preflight.plates import Plates

GS = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript isn't here")
FOUR = ("Cyan", "Magenta", "Yellow", "Black")
RANGE = "/Range [0 1 0 1 0 1 0 1]"
#: name → a function of two inputs: its entries, its stream, and the ink in the middle of each quarter, %.
PLANES = {
    "a program": (f"/FunctionType 4 /Domain [0 1 0 1] {RANGE}", b"{ 0 0 }", (50, 100, 100, 150)),
    "a table": (
        f"/FunctionType 0 /Domain [0 1 0 1] {RANGE} /Size [2 2] /BitsPerSample 8",
        bytes((0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 255, 255, 255, 0)),
        (56, 119, 119, 206),
    ),
}


def plane(name: str, space: str = "/DeviceCMYK") -> bytes:
    """A sheet with a square of 200 pt, its corner at 50, 50 pt, filled by a function of its two coordinates."""
    about, stream, _ = PLANES[name]
    file = File()
    number = file.add(f"<< {about} >>", stream)
    shading = f"<< /ShadingType 1 /ColorSpace {space} /Matrix [200 0 0 200 50 50] /Function {number} 0 R >>"
    pattern = f"<< /PatternType 2 /Shading {shading} >>"
    resources = f"/Shading << /P {shading} >> /Pattern << /P {pattern} >>"
    drawn = "q 50 50 200 100 re W n /P sh Q /Pattern cs /P scn 50 150 200 100 re f\n"
    return sheet(drawn, base="", file=file, resources=resources)


@pytest.mark.parametrize("name", PLANES)
def test_the_ink_of_a_gradient_in_two_directions_is_measured(name: str) -> None:
    """As a shading and as a pattern, by a program and by a table: the middle of each quarter holds what was meant."""
    pdf = plane(name)
    plates, _ = ours(pdf)
    found = [
        sum(mean(plate, 50 + x * 200 - 2, SIDE - 50 - y * 200 - 2, 4) for plate in plates)
        for y in (0.25, 0.75) for x in (0.25, 0.75)
    ]  # fmt: skip

    assert found == pytest.approx(PLANES[name][2], abs=2)
    assert [finding.rule for finding in judged(pdf) if "measured" in finding.what] == []


@GS
@pytest.mark.parametrize("name", PLANES)
def test_a_gradient_in_two_directions_agrees_with_ghostscript(name: str, tmp_path: Path) -> None:
    """No square of 15 × 15 mm differs by more than three points."""
    pdf = plane(name)
    plates, _ = ours(pdf)
    separated = ghostscript(pdf, tmp_path, plates=FOUR)
    grid = [(left, top) for left in range(10, 92, 9) for top in range(10, 92, 9)]
    apart = {at: total(plates, *at) - total(separated, *at) for at in grid}

    assert {at: difference for at, difference in apart.items() if abs(difference) > POINTS} == {}


def test_a_program_that_can_t_be_evaluated_is_told() -> None:
    """What isn't in the sum isn't passed over in silence."""
    file = File()
    number = file.add(f"<< /FunctionType 4 /Domain [0 1 0 1] {RANGE} >>", b"{ nonsense }")
    shading = f"<< /ShadingType 1 /ColorSpace /DeviceCMYK /Function {number} 0 R >>"
    pdf = sheet("q 100 0 0 100 100 100 cm /P sh Q\n", file=file, resources=f"/Shading << /P {shading} >>")

    assert "the ink of a gradient in two directions can't be measured" in {finding.what for finding in judged(pdf)}


@pytest.mark.parametrize(("encode", "expected"), [("", 0.25), ("/Encode [1 0]", 0.75)])
def test_a_table_may_be_read_backwards(encode: str, expected: float) -> None:
    """Encode says where in the table a function's input lies."""
    about = f"<< /FunctionType 0 /Domain [0 1] /Range [0 1] /Size [2] /BitsPerSample 8 {encode} >>"
    with pikepdf.new() as pdf:
        made = pdf.make_stream(b"\0\xff", pikepdf.Object.parse(about.encode()))
        assert function(made)(0.25) == pytest.approx([expected])


def grouped(inner: str, more: str = "", isolated: bool = True, around: str = "") -> bytes:
    """A sheet of four tints of which a group is painted; ``around`` stands before its Do."""
    file = File()
    states = "/ExtGState << /Over << /OP true /op true /OPM 1 >> /Half << /ca 0.5 >> >>"
    spaces = f"/ColorSpace << /Spot {SPOT} >>"
    plain = file.add(
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 999 999] /Resources << {states} >> >>",
        f"/Over gs 0 0 0 1 k {bar(70, 20, 25, 25)}".encode(),
    )
    group = file.add(
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 999 999] {more}"
        f" /Group << /S /Transparency /CS /DeviceCMYK /I {str(isolated).lower()} >>"
        f" /Resources << {states} {spaces} /XObject << /Plain {plain} 0 R >> >> >>",
        inner.encode(),
    )
    ground = f"0.6 0.3 0.2 0 k {bar(0, 0, 106, 106)}"
    return sheet(f"{ground} q {around} /G Do Q\n", base="", file=file, resources=f"/XObject << /G {group} 0 R >>",
                 states="/Half << /ca 0.5 >>", page="/Group << /S /Transparency /CS /DeviceCMYK >>")  # fmt: skip


BAR = f"/Over gs 0 0 0 1 k {bar(20, 20, 25, 25)}"
GROUPS = {
    "overprint alone in it": (BAR, {}),
    "overprint on what it painted": (f"0 0.4 0 0 k {bar(15, 15, 20, 40)} {BAR}", {}),
    "overprint below what it painted": (f"{BAR} 0 0.4 0 0 k {bar(15, 15, 20, 40)}", {}),
    "overprinting lines": (f"/Over gs 0 0 0 1 K 30 w {20 * MM} {40 * MM} m {90 * MM} {40 * MM} l S", {}),
    "a spot ink that overprints": (f"/Over gs /Spot cs 0.7 scn {bar(20, 20, 25, 25)}", {}),
    "overprint in a form in it": (f"{BAR} /Plain Do", {}),
    "moved": (f"q 1.2 0 0 1.2 9 9 cm {BAR} Q", {"more": "/Matrix [1 0 0 1 20 30]"}),
    "half transparent": (BAR, {"around": "/Half gs"}),
    "open to the page": (BAR, {"isolated": False}),
}


@GS
@pytest.mark.parametrize("name", GROUPS)
def test_overprint_ends_at_an_isolated_group(name: str, tmp_path: Path) -> None:
    """What overprints in a group spares only what the group painted: square by square as Ghostscript separates it."""
    inner, more = GROUPS[name]
    pdf = grouped(inner, **more)  # type: ignore[arg-type]
    plates, _ = ours(pdf)
    separated = ghostscript(pdf, tmp_path, plates=FOUR)
    grid = [(left, top) for left in range(4, 88, 7) for top in range(4, 88, 7)]
    apart = {at: total(plates[:4], *at) - total(separated, *at) for at in grid}

    assert {at: round(difference, 1) for at, difference in apart.items() if abs(difference) > POINTS} == {}


@pytest.mark.parametrize(("isolated", "found"), [(True, {"R0009", "R0010"}), (False, set())])
def test_fine_black_that_overprints_in_vain_is_told(isolated: bool, found: set[str]) -> None:
    """In an isolated group small black text and a thin line knock out the page's ink, whatever they are set to."""
    inner = f"/Over gs 0 0 0 1 k {text(20, 60, 10)} 0 0 0 1 K 1 w 100 200 m 200 200 l S"
    file = File()
    fonts = f"/Font << /F {font(file)} 0 R >>"
    group = file.add(
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 999 999] /Group << /S /Transparency /I {str(isolated).lower()} >>"
        f" /Resources << /ExtGState << /Over << /OP true /op true /OPM 1 >> >> {fonts} >> >>",
        inner.encode(),
    )
    pdf = sheet("/G Do\n", file=file, resources=f"/XObject << /G {group} 0 R >>")

    assert {finding.rule for finding in judged(pdf)} == found


def test_a_picture_on_many_pages_is_kept_once() -> None:
    """A logo on each of forty pages is one picture on each set of plates, not forty."""
    file = File()
    number = image(file, 300, 300)
    pdf = sheet(file=file, resources=f"/XObject << /I {number} 0 R >>", pages=["q 72 0 0 72 100 100 cm /I Do Q\n"] * 40)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        plates = Plates(opened, FOUR[:3], {}, {})
        for index in range(40):
            plates.page(index)
        out = io.BytesIO()
        opened.save(out, compress_streams=False)

    assert len(out.getvalue()) < 3 * 300 * 300 * 4 + len(pdf)
