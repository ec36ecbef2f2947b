"""Preflight and files of word processors: what they do that layout programs don't, each in a file of our own making."""

from __future__ import annotations

import io

import pikepdf
import pytest
from rawpdf import MM, SIDE, File, bar, sheet
from test_ink import ours
from test_preflight import judged

#: Text in a font that isn't embedded, as an office sets it: simple, its blanks code 32.
OFFICE = "/H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def rules(pdf: bytes) -> set[str]:
    """The rules that a file breaks."""
    return {finding.rule for finding in judged(pdf)}


def measured(pdf: bytes, rule: str) -> list[str]:
    """What a rule measured."""
    return [finding.measured for finding in judged(pdf) if finding.rule == rule]


def most(content: str, file: File | None = None, resources: str = "") -> float:
    """The most ink on a sheet of this content, %."""
    return ours(sheet(content, base="", file=file, resources=resources))[1]


def test_what_sets_no_colour_is_black_on_one_plate() -> None:
    """A page's first colour is black ink, not black in each ink: letters of an outline are 100 %, not 400 %."""
    assert most(bar(20, 20, 40, 40)) == pytest.approx(100, abs=1)


def test_a_tile_that_sets_no_colour_is_black_on_one_plate() -> None:
    """So is a pattern's; an uncoloured one has the colour that it is given."""
    file = File()
    head = "<< /PatternType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>"
    own = file.add(f"{head} /PaintType 1 >>", b"0 0 10 10 re f")
    bare = file.add(f"{head} /PaintType 2 >>", b"0 0 10 10 re f")
    spaces = "/ColorSpace << /P [/Pattern /DeviceCMYK] >>"
    resources = f"/Pattern << /A {own} 0 R /B {bare} 0 R >> {spaces}"

    assert most("/Pattern cs /A scn " + bar(20, 20, 40, 40), file, resources) == pytest.approx(100, abs=1)
    file.bodies = file.bodies[:2]
    assert most("/P cs 1 1 0 0 /B scn " + bar(20, 20, 40, 40), file, resources) == pytest.approx(200, abs=1)


BORDERS = "/Knock gs 0 0 0 1 k 100 100 0.48 60 re f 100 100 60 0.48 re f 100 100 0.48 0.48 re f 100 130 60 0.48 re f\n"
WHITE = "0 0 0 0 k\n" + bar(0, 0, 106, 106)


@pytest.mark.parametrize(
    ("ground", "expected"),
    [(WHITE, set()), (WHITE + "0 0 0 0.2 k\n" + bar(20, 20, 60, 60), set()),
     (WHITE + "0.2 0 0 0.2 k\n" + bar(20, 20, 60, 60), {"R0010"}),
     ("0.2 0 0 0 k\n" + bar(0, 0, 106, 106) + "0 0 0 0.2 k\n" + bar(20, 20, 60, 60), set())],
    ids=["paper", "grey", "tint", "grey on a tint"],
)  # fmt: skip
def test_black_borders_meet_in_their_corners(ground: str, expected: set[str]) -> None:
    """A table's black bars overlap each other, and stand on grey cells: one plate, which can't shift against itself."""
    assert rules(sheet(BORDERS, base=ground)) == expected


def test_a_black_line_over_black_over_colour_is_told() -> None:
    """What overprints hides nothing: the tint below it still counts."""
    ground = "0.2 0 0 0 k\n" + bar(0, 0, 106, 106) + "/Over gs 0 0 0 0.2 k\n" + bar(20, 20, 60, 60)

    assert rules(sheet(BORDERS, base=ground)) == {"R0010"}


def test_black_in_rgb_is_told_once() -> None:
    """Overprint is no question before a colour is ink: only R0027 is told, as often as it stands there."""
    content = f"1 1 0.8 rg\n{bar(20, 40, 60, 40)}0 0 0 rg BT /F 10 Tf 100 180 Td <00010002> Tj ET\n"

    assert rules(sheet(content, base=WHITE)) == {"R0027"}


@pytest.mark.parametrize("words", ["(1   )", "(   1)"])
def test_blanks_around_words_are_no_words(words: str) -> None:
    """A page number between blanks that justify it to 250 mm stands where its digit stands."""
    start = 60 if words.startswith("(1") else -3 * (72 + 2.78) + 60
    line = f"/Over gs 0 0 0 1 k BT /H 10 Tf 72 Tw {start:.2f} 150 Td {words} Tj ET\n"

    assert "H-safe" not in rules(sheet(line, fonts=OFFICE))


def test_a_line_of_blanks_is_nothing() -> None:
    """An empty paragraph prints nothing, wherever it stands."""
    assert rules(sheet("BT /H 10 Tf 10 10 Td (      ) Tj ET\n", fonts=OFFICE)) <= {"X-fonts", "H-fonts"}


def test_text_beyond_the_edge_says_how_far() -> None:
    """Nobody has to think about negative distances."""
    line = f"/Over gs 0 0 0 1 k BT /F 10 Tf {SIDE - 8 * MM:.2f} 150 Td <00010002000300010002> Tj ET\n"

    assert [told.partition(" mm")[2].split(" ")[1] for told in measured(sheet(line), "H-safe")] == ["beyond"]


def test_a_damaged_file_is_told_in_words() -> None:
    """qpdf's warning comes without the address in memory of what it read."""
    broken = sheet().replace(b"startxref\n", b"startxref\n9")
    with pikepdf.open(io.BytesIO(broken)) as opened:
        from test_preflight import BRAND, PRINTER

        from brochure.preflight.judge import judged as found_in
        from brochure.preflight.sheet import Case

        found = found_in(Case(opened, broken, PRINTER, BRAND, tuple(map(str, opened.get_warnings()))))

    (told,) = [finding.measured for finding in found if finding.rule == "X-damage"]
    assert told
    assert "BytesIO" not in told
