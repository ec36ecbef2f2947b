"""The preflight as a whole: files that can't be read, hostile ones, waivers, places, the report page, the command."""

from __future__ import annotations

import io
import json
import shutil
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT, shipped
from rawpdf import BASE, File, bar, sheet, text

import build
from brochure import deliver, preflight
from brochure.errors import AssetError, ExitCode
from brochure.model.printer import Waiver
from brochure.preflight import reader
from brochure.preflight.places import nearest, placed
from brochure.report import Finding, Rectangle, Report
from brochure.stages import KeyBox, Product

HOUSE = shipped()
PRINTER = HOUSE.printers[HOUSE.default_printer]
RGB = "0.2 0.4 0.6 rg\n" + bar(30, 60, 10, 10)


def examined(pdf: bytes, **changes: object) -> Report:
    """A file's report by way of the child."""
    return preflight.examine(pdf, PRINTER.model_copy(update=changes), HOUSE.brand, "x.pdf")


def locked() -> bytes:
    """A file that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="user", R=6))
    return out.getvalue()


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (lambda: b"", "the file is empty."),
        (lambda: b"GIF89a" * 99, "this is no PDF."),
        (lambda: sheet()[:400], "it is too damaged to be read."),
        (lambda: b"%PDF-1.6\n", "it is too damaged to be read."),
        (lambda: sheet(pages=[]), "it has no pages."),
        (lambda: sheet(pages=[""] * 501), "it has 501 pages."),
        (locked, "it is locked with a password."),
    ],
)
def test_what_can_t_be_read_is_one_line(pdf: Callable[[], bytes], words: str) -> None:
    """Empty, foreign, damaged, locked and endless files are refused as an asset, in one line."""
    with pytest.raises(AssetError) as caught:
        examined(pdf())

    assert caught.value.exit_code is ExitCode.ASSET
    assert str(caught.value).startswith(f"x.pdf: error: {words}")
    assert "\n" not in str(caught.value) and "0x" not in str(caught.value)


def test_a_large_file_isn_t_even_read(tmp_path: Path) -> None:
    """More than 100 MB is refused by its size."""
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(reader.MOST_BYTES + 1)

    with pytest.raises(AssetError, match="it is 100 MB large"):
        preflight.examine(path, PRINTER, HOUSE.brand)


def drawn(*bodies: bytes) -> bytes:
    """A sheet that draws the last of several forms, each of which may draw the one before as X."""
    file, before = File(), ""
    for body in bodies:
        number = file.add(f"<< /Type /XObject /Subtype /Form /BBox [0 0 300 300] /Resources << {before} >> >>", body)
        before = f"/XObject << /X {number} 0 R >>"
    return sheet("/X Do\n", file=file, resources=before)


def endless() -> bytes:
    """A form that draws itself."""
    file = File()
    file.add("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 1 0 R >> >> >>", b"/X Do")
    return sheet("/X Do\n", file=file, resources="/XObject << /X 1 0 R >>")


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (endless, "a form that draws itself"),
        (lambda: drawn(b"0 0 1 1 re f", *[b"/X Do " * 30] * 4), "more than 10000 forms on one page"),
        (lambda: drawn(b"0 0 1 1 re f", *[b"/X Do"] * 30), "forms more than 20 deep inside each other"),
        (lambda: sheet("q " * 9999), "q more than five hundred times without Q"),
        (lambda: sheet("q q "), "q and Q don't match"),
        (lambda: sheet("[" * 9999), "the pages' content is damaged"),
        (
            lambda: sheet("/None gs /Non Do 1 2 3 cm BT (x) Tj ET\n"),
            "the operator “gs” can't be carried out (KeyError)",
        ),
        (lambda: sheet().replace(b"startxref", b"startxxxx"), "the file is damaged and was mended for reading"),
    ],
)
def test_hostile_and_damaged_pages_are_findings(pdf: Callable[[], bytes], words: str) -> None:
    """Loops, depth, doubling and nonsense end as findings of one rule; nothing crashes, nothing goes on for ever."""
    findings = [finding for finding in examined(pdf()).findings if finding.rule == "X-damage"]

    assert words in [finding.what for finding in findings]
    assert all(finding.severity == "error" for finding in findings)


def test_a_bomb_of_a_picture_isn_t_unpacked() -> None:
    """A picture that unpacks to half a gigabyte is a warning that it wasn't measured."""
    file = File()
    packed = zlib.compress(bytes(1_000_000), 9)
    sizes = "/Width 40000 /Height 40000 /ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /FlateDecode"
    number = file.add(f"<< /Type /XObject /Subtype /Image {sizes} >>", packed)
    report = examined(sheet("q 72 0 0 72 100 100 cm /I Do Q\n", file=file, resources=f"/XObject << /I {number} 0 R >>"))

    assert [(finding.rule, finding.what) for finding in report.findings] == [
        ("R0026", "the ink of a picture can't be measured")
    ]


def test_a_reader_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that kills native code is refused by name of the signal, not by a traceback."""
    monkeypatch.setattr(reader, "CHILD", ("-c", "import os; os.kill(os.getpid(), 11)"))

    with pytest.raises(AssetError, match="the file kills the reader: it was ended by SIGSEGV"):
        examined(sheet())


def test_a_rasteriser_that_is_killed_leaves_the_other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """When only PDFium dies, the file is read again without it: one finding more, and all the others."""
    deadly = (
        "import os\nfrom brochure.preflight import child\nonce = child.judged\n"
        "child.judged = lambda case: os.kill(os.getpid(), 11) if case.raster else once(case)\nchild.main()"
    )
    monkeypatch.setattr(reader, "CHILD", ("-c", deadly))
    found = examined(sheet(RGB)).findings

    assert [finding.rule for finding in found] == ["X-damage", "R0027"]
    assert "the file kills the reader: it was ended by SIGSEGV" in found[0].what


def test_a_reader_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes too long is refused with the time that it took."""
    monkeypatch.setattr(reader, "CHILD", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(reader, "MOST_SECONDS", 0.5)

    with pytest.raises(AssetError, match=r"it took longer than 0\.5 seconds"):
        examined(sheet())


def test_a_waiver_silences_with_a_name() -> None:
    """A waived finding is kept with who and why, and no longer counts."""
    waiver = Waiver(rule="R0027", page=1, reason="a swatch of the screen colour", person="A. Printer")
    report = examined(sheet(RGB), waivers=(waiver,))

    assert report.verdict == "fit for press"
    assert [finding.waived for finding in report.findings] == ["A. Printer: a swatch of the screen colour"]


@pytest.mark.parametrize(("page", "pdf"), [(None, sheet()), (2, sheet(RGB))])
def test_a_waiver_that_nothing_needs_is_a_warning(page: int | None, pdf: bytes) -> None:
    """A waiver without its finding, or for another page, is told."""
    report = examined(pdf, waivers=(Waiver(rule="R0027", page=page, reason="old", person="A. Printer"),))

    assert "H-waiver" in [finding.rule for finding in report.warnings]


def test_like_findings_near_each_other_are_one() -> None:
    """Letters of one line aren't told one by one; a page's many spots are counted."""
    line = "".join(f"0.2 0.4 0.6 rg {bar(30 + 2 * n, 60, 1, 1)}" for n in range(5))
    field = "".join(f"0.2 0.4 0.6 rg {bar(15 + 10 * (n % 7), 30 + 10 * (n // 7), 1, 1)}" for n in range(28))
    one, many = examined(sheet(line)).findings, examined(sheet(field)).findings

    assert len(one) == 1 and one[0].rectangle and one[0].rectangle.width == pytest.approx(9, abs=0.1)
    assert (len(many) == 12 and many[-1].what.endswith("(and at 16 more spots on this page)")) or any(
        "(and at 16 more spots on this page)" in finding.what for finding in many
    )


def test_a_finding_is_given_the_smallest_element() -> None:
    """The element that holds a spot most closely is behind it; one that only covers part of it when none holds it."""
    page, word, far = KeyBox(1, "page", 0, 0, 100, 100), KeyBox(1, "word", 10, 10, 30, 20), KeyBox(2, "far", 0, 0, 5, 5)
    report = Report("x.pdf", "", 2, "", "", (
        Finding("R", "error", 1, "", "", rectangle=Rectangle(12, 12, 5, 5)),
        Finding("R", "error", 2, "", "", rectangle=Rectangle(50, 50, 5, 5)),
        Finding("R", "error", None, "", ""),
    ), ())  # fmt: skip
    told = placed(report, (page, word, far), {"word": "content/en/x.yaml:3:1"})

    assert [finding.place for finding in told.findings] == ["", "content/en/x.yaml:3:1", ""]
    assert nearest(Rectangle(25, 5, 90, 5), (word, page)) == page
    assert nearest(Rectangle(200, 200, 5, 5), (word, page)) is None


def test_the_report_page_is_whole_and_harmless() -> None:
    """One file: a strict policy, no script, no address that is fetched; what a file says of itself is only text."""
    evil = sheet("/Over gs 0 0 0 1 k\n" + text(5, 50, 10) + RGB)
    found = preflight.examined(evil, PRINTER, HOUSE.brand, "<script>alert(1)</script>.pdf", 40)
    page = found.page(HOUSE.brand).decode()

    assert "default-src 'none'" in page
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")
    assert page.count("data:image/jpeg;base64,") == 1
    assert "Not fit for press" in page and "H-safe" in page and "→" in page
    assert f"{len(found.report.rules)} rules tried" in page


@pytest.fixture
def shop(root: Path) -> Path:
    """The miniature with this house's printer profiles."""
    shutil.copytree(ROOT / "content/printers", root / "content/printers", dirs_exist_ok=True)
    return root


def run(shop: Path, *arguments: str) -> int:
    """The command on a house."""
    return build.main(["preflight", *arguments, "--house", str(shop)])


@pytest.mark.parametrize(
    ("pdf", "code"), [(sheet(), 0), (sheet("0 0 0 0 k\n" + text(20, 60, 7)), 0), (sheet(RGB), 1), (b"", 5)]
)
def test_the_command_ends_with_its_verdict(
    pdf: bytes, code: int, tmp_path: Path, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 fit, also with warnings; 1 errors; 5 can't be read; a report beside --out whenever there is one."""
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf)

    assert run(shop, str(path), "--out", str(tmp_path / "out")) == code
    assert (tmp_path / "out/x.report.html").exists() is (code != 5)
    assert "Traceback" not in capsys.readouterr().err


def test_the_command_speaks_json(tmp_path: Path, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json holds the whole report, with rule, spot, measure and limit of every finding."""
    path = tmp_path / "x.pdf"
    path.write_bytes(sheet(RGB))
    code = run(shop, str(path), "--out", str(tmp_path), "--json")
    told = json.loads(capsys.readouterr().out)

    assert told["exit"] == code == 1
    assert told["preflight"]["verdict"] == "not fit for press"
    (finding,) = told["preflight"]["findings"]
    assert (finding["rule"], finding["page"], finding["measured"]) == ("R0027", 1, "DeviceRGB")
    assert finding["rectangle"] == {"left": 27.0, "top": 33.0, "width": 10.0, "height": 10.0}


@pytest.mark.parametrize("columns", ["60", "160"])
def test_the_table_fits_its_terminal(columns: str, tmp_path: Path, shop: Path, capsys: pytest.CaptureFixture[str],
                                     monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """Narrow terminals get lines instead of columns; what, measure and remedy are there either way."""
    monkeypatch.setattr("brochure.teller.WIDE", int(columns))
    path = tmp_path / "x.pdf"
    path.write_bytes(sheet(RGB))
    run(shop, str(path), "--out", str(tmp_path))
    said = capsys.readouterr().out

    assert "R0027" in said and "DeviceRGB" in said and "not fit for press" in said


def test_an_unknown_printer_has_a_suggestion(tmp_path: Path, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt profile is answered with the one that was meant."""
    path = tmp_path / "x.pdf"
    path.write_bytes(sheet())

    assert run(shop, str(path), "--printer", "ofset", "--out", str(tmp_path)) == 3
    assert "there is no printer profile “ofset”. Did you mean “offset”?" in capsys.readouterr().err


def told_of(shop: Path, capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> list[dict[str, Any]]:
    """What the command finds in a file."""
    run(shop, str(path), "--json", *more)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["preflight"]["findings"]
    return found


def test_a_file_is_examined_whatever_state_the_brochures_are_in(shop: Path, tmp_path: Path) -> None:
    """A slip in the content stops no preflight of a file from elsewhere; one in a printer's profile is told."""
    file = tmp_path / "given.pdf"
    file.write_bytes(sheet())
    (shop / "content/sources.yaml").write_text("statement: [", "utf-8")
    assert run(shop, str(file)) == ExitCode.DONE
    (shop / "content/printers/second.yaml").write_bytes((shop / "content/printers/offset.yaml").read_bytes())
    assert run(shop, str(file)) == ExitCode.CONTENT
    (shop / "content/printers/second.yaml").write_text("colour: blue\n", "utf-8")
    assert run(shop, str(file)) == ExitCode.CONTENT


def test_our_own_files_name_the_line_behind_a_finding(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What preflight finds in a file that this house made leads to the line that caused it; its screen file is told in
    one line."""
    profile = (shop / "content/printers/offset.yaml").read_text("utf-8").replace("default: true\n", "")
    strict = profile.replace("limits:\n", "limits:\n  coloured_text: 90\n")
    (shop / "content/printers/strict.yaml").write_text(strict, "utf-8")
    assert build.main(["build", "--output", "screen", "--output", "print", "--house", str(shop), "--quiet"]) == 0
    made = shop / "out/mini/en"
    printed = told_of(shop, capsys, made / "brochure.print.pdf", "--printer", "strict")
    shown = told_of(shop, capsys, made / "brochure.screen.pdf")

    assert any(finding["place"].startswith("content/en/pages/") for finding in printed)
    assert [finding["rule"] for finding in shown if finding["page"] is None] == ["H-purpose"]
    assert len(shown) < 10
    assert (made / "brochure.print.report.html").exists()


def shelved(shop: Path, pdf: bytes, boxes: Sequence[KeyBox], numbers: tuple[int, ...] = ()) -> Path:
    """A file as a run leaves it, with what stands on its pages; every element's place is the line 1 of a file of its
    own."""
    product = Product("x.pdf", pdf, 4, (), "content", numbers=numbers)
    places = {box.key: f"content/{box.key.replace(':', '-')}.yaml:1:1" for box in boxes}
    with deliver.Output(shop / "out/mini") as output:
        output.put("en/x.pdf", pdf)
        output.record("mini", [deliver.entry("en/x.pdf", product)], {}, {"en/x.pdf": places})
        output.locate({"content": boxes})
        return output.publish()[0]


def test_a_part_s_pages_are_the_brochure_s(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second page of a text block is page 4 of the brochure: its findings lead to what stands there, and what an
    editor accepts on page 4 is accepted."""
    pdf = sheet(pages=[BASE, BASE + "0 0 0 0 k\n" + text(20, 60, 7), BASE, BASE])
    path = shelved(shop, pdf, [KeyBox(2, "wrong", 0, 0, 100, 100), KeyBox(4, "right", 0, 0, 100, 100)], (3, 4, 5, 6))
    (finding,) = told_of(shop, capsys, path)
    profile = shop / "content/printers/offset.yaml"
    waiver = "waivers:\n  - rule: R0016\n    page: 4\n    reason: seen on a proof\n    person: Ann\n"
    profile.write_text(profile.read_text("utf-8") + waiver, "utf-8")
    (accepted,) = told_of(shop, capsys, path)

    assert (finding["rule"], finding["page"], finding["place"]) == ("R0016", 2, "content/right.yaml:1:1")
    assert accepted["waived"] == "Ann: seen on a proof"


@pytest.mark.parametrize(
    ("key", "severity", "what"),
    [("logo:disc", "error", "a logo stands too close to the edge"),
     ("chart", "warning", "a drawing stands too close to the edge")],
)  # fmt: skip
def test_a_logo_near_the_edge_is_an_error(
    key: str, severity: str, what: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In our own files a logo is known for one; any other drawing may be an ornament."""
    drawn = sheet("0.6 0 0 0 k\n" + bar(5, 60, 10, 10))
    path = shelved(shop, drawn, [KeyBox(1, key, 2, 33, 12, 43), KeyBox(1, "page", 0, 0, 100, 100)])
    (finding,) = told_of(shop, capsys, path)

    assert (finding["rule"], finding["severity"], finding["what"]) == ("H-live", severity, what)
    assert finding["place"] == f"content/{key.replace(':', '-')}.yaml:1:1"
