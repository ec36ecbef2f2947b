"""The print job: files for a printer, the gate that they pass, and what is handed over with them."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from conftest import furnish, hire, shipped
from printroom import Leaf, master, printed, with_spot

import build
from brochure import compose, load, press
from brochure.deliver import package
from brochure.finish import fonts, parts
from brochure.finish.fonts import spots
from brochure.house import House
from brochure.model.job import Job, PrintFile
from brochure.model.printer import Printer, Waiver
from brochure.press import gate, handover
from brochure.report import Finding, Report
from brochure.stages import Manuscript, Order, Product, Proof
from brochure.typeset import Setter

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def shop(root: Path) -> Path:
    """The miniature with printers."""
    return hire(root)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A miniature with printers whose print order has been made. Read it; copy it before you change it."""
    root = hire(furnish(tmp_path_factory.mktemp("built") / "house"))
    assert build.main(["build", "--output", "print", "--house", str(root)]) == 0
    return root


@pytest.fixture(scope="module")
def real() -> House:
    """The house that is shipped."""
    return shipped()


def text(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = [document[index].get_textpage().get_text_range() for index in range(len(document))]
    document.close()
    return found


def test_a_print_order_makes_a_whole_package(built: Path) -> None:
    """Print file, report, job ticket, proof and zip; the manifest knows the verdict, the printer and the claim."""
    listed = {item["path"]: item for item in json.loads((built / "out/mini/manifest.json").read_text())["files"]}
    names = ("pdf", "proof.pdf", "report.html", "ticket.pdf", "zip")

    assert sorted(listed) == [f"en/brochure.print.{name}" for name in names]
    file = listed["en/brochure.print.pdf"]
    assert (file["printer"], file["claims"], file["pages"]) == ("offset", ["PDF/X-4"], 4)
    assert file["verdict"].startswith("fit for press")


def test_the_default_is_every_output(shop: Path, root: Path) -> None:
    """Screen, print and booklet; what a house or an edition can't have is left out."""

    def outputs(house: House) -> list[str]:
        return [order.output for order in press.orders(house, "mini")]

    assert outputs(load.house(shop)) == ["screen", "print", "booklet"]
    shutil.rmtree(shop / "content/printers")
    assert outputs(load.house(shop)) == ["screen", "booklet"]


def test_the_package_can_be_checked(built: Path) -> None:
    """Checksums fit the files; dates, order and rights are fixed."""
    with zipfile.ZipFile(built / "out/mini/en/brochure.print.zip") as archive:
        files = {Path(name).name: archive.read(name) for name in archive.namelist()}
        sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())
        assert {Path(item.filename).parent.name for item in archive.infolist()} == {"mini-en-offset"}
        assert {item.date_time for item in archive.infolist()} == {(2017, 9, 4, 0, 0, 0)}
        assert {stat.filemode(item.external_attr >> 16) for item in archive.infolist()} == {"-rw-r--r--"}

    assert sums == {name: hashlib.sha256(file).hexdigest() for name, file in files.items()}


def test_a_print_order_is_the_same_every_time(built: Path, setter: Setter) -> None:
    """Made again, in another process, every file has the same bytes."""
    house, order = load.house(built), Order("mini", "en", "print", (), "offset")
    proof = press.make(replace(order, output="screen"), house, setter).proof
    again = gate.passage(proof, load.manuscript(house, order), "offset", setter)
    files = {path.name: path.read_bytes() for path in (built / "out/mini/en").iterdir()}

    assert files == {product.name: product.content for product in again.products}


def test_a_package_begins_with_its_checksums() -> None:
    """Files follow in the order of their names, whatever order they came in."""
    day = date(2017, 9, 4)
    one, two = package("a", {"b.pdf": b"b", "a.pdf": b"a"}, day), package("a", {"a.pdf": b"a", "b.pdf": b"b"}, day)
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["a/SHA256SUMS", "a/a.pdf", "a/b.pdf"]
    assert one == two


def test_a_rejected_file_never_has_the_good_name(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an error the run ends with 1, the last good files stay and are marked as old; a mended run sweeps up."""
    shop = tmp_path / "shop"
    shutil.copytree(built, shop)
    profile, folder = shop / "content/printers/offset.yaml", shop / "out/mini/en"
    command = ["build", "--output", "print", "--house", str(shop)]
    good = {path.name: path.read_bytes() for path in folder.iterdir()}
    profile.write_text(profile.read_text().replace("safe: 5", "safe: 15"))
    assert build.main(command) == 1
    said = capsys.readouterr().err
    listed = {item["path"]: item for item in json.loads((folder.parent / "manifest.json").read_text())["files"]}

    assert good == {
        name: content for path in folder.iterdir() if (name := path.name) in good and (content := path.read_bytes())
    }
    assert {path.name for path in folder.iterdir()} - set(good) == {
        "brochure.print.rejected.pdf",
        "brochure.print.rejected.report.html",
    }
    assert listed["en/brochure.print.pdf"]["outdated"] is True
    assert (
        listed["en/brochure.print.rejected.pdf"]["verdict"],
        listed["en/brochure.print.rejected.pdf"]["claims"],
    ) == ("not fit for press", [])
    assert "en/brochure.print.rejected.pdf: error: not fit for press" in said
    assert "en/brochure.print.pdf: error: this file is of an earlier run" in said

    profile.write_text(profile.read_text().replace("safe: 15", "safe: 5"))
    assert build.main(command) == 0
    listed = {item["path"]: item for item in json.loads((folder.parent / "manifest.json").read_text())["files"]}
    assert {path.name for path in folder.iterdir()} == set(good)
    assert "outdated" not in listed["en/brochure.print.pdf"]


def test_another_printer_has_names_of_its_own(shop: Path) -> None:
    """The profile's name stands in the file's, so that the usual printer's files aren't touched."""
    house = load.house(shop)
    usual, other = (set(gate.file_names(parts.stem(house, name))) for name in ("offset", "digital"))

    assert {"brochure.print.pdf", "brochure.print.rejected.pdf"} <= usual
    assert {"brochure.print.digital.cover.pdf", "brochure.print.digital.zip"} <= other
    assert not usual & other


def test_an_unknown_printer_has_a_suggestion(shop: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt printer, or none at all, is the editor's to mend."""
    assert build.main(["build", "--printer", "ofset", "--house", str(shop)]) == 3
    shutil.rmtree(shop / "content/printers")
    assert build.main(["build", "--output", "print", "--house", str(shop)]) == 3
    said = capsys.readouterr().err
    assert "there is no printer profile “ofset”. Did you mean “offset”?" in said
    assert "the house has no printer profile." in said


@pytest.mark.parametrize(("pages", "cover", "order", "expected"), [
    (24, False, "reading order", {"book": tuple(range(1, 25))}),
    (24, False, "cover first", {"book": (1, 2, 23, 24, *range(3, 23))}),
    (24, True, "reading order", {"cover": (1, 2, 23, 24), "text": tuple(range(3, 23))}),
    (4, True, "reading order", {"book": (1, 2, 3, 4)}),
])  # fmt: skip
def test_a_cover_of_its_own_is_a_file_of_its_own(
    pages: int, cover: bool, order: str, expected: dict[str, tuple[int, ...]], real: House
) -> None:
    """Cover 1, 2, n − 1, n and the text block; a brochure of one sheet is all cover."""
    offset = real.printers["offset"]
    printer = offset.model_copy(update={"cover": offset.paper if cover else None, "order": order})

    assert dict(parts.chosen(pages, printer)) == expected


def test_each_part_holds_its_pages(shop: Path, setter: Setter) -> None:
    """The pages of the parts read as those of the whole; each file is PDF/X-4 with an identity of its own."""
    house = load.house(shop)
    proof = _eight(press.make(Order("mini", "en"), house, setter).proof)
    book = parts.finish(proof, house, "offset")
    cover, block = parts.finish(proof, house, "digital")

    assert [part.name for part in (*book, cover, block)] == ["book", "cover", "text"]
    assert (cover.product.pages, block.product.pages) == (4, 4)
    whole = text(book[0].product.content)
    assert text(cover.product.content) == [whole[index - 1] for index in cover.numbers]
    assert text(block.product.content) == [whole[index - 1] for index in block.numbers]
    with pikepdf.open(io.BytesIO(cover.product.content)) as one, pikepdf.open(io.BytesIO(block.product.content)) as two:
        assert "/StructTreeRoot" not in one.Root
        assert one.open_metadata()["xmpMM:DocumentID"] != two.open_metadata()["xmpMM:DocumentID"]


def _eight(proof: Proof) -> Proof:
    """The proof with its pages twice: eight."""
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        pdf.pages.extend(list(pdf.pages))
        out = io.BytesIO()
        pdf.save(out)
    galleys = proof.sheet.galleys
    later = tuple(replace(galley, first=galley.first + 4) for galley in galleys)
    return replace(proof, pdf=out.getvalue(), sheet=replace(proof.sheet, galleys=(*galleys, *later)))


def test_waivers_count_the_brochure_s_pages(real: House) -> None:
    """What an editor accepts on page 5 is page 3 of the text block, and nothing of the cover's."""
    waivers = tuple(Waiver.model_validate({"rule": "R0016", "reason": "seen", "person": "Ann", **page})
                    for page in ({"page": "5"}, {"page": "24"}, {}))  # fmt: skip
    printer: Printer = real.printers["digital"].model_copy(update={"waivers": waivers})
    cover, block = gate.for_part(printer, (1, 2, 23, 24)), gate.for_part(printer, tuple(range(3, 23)))

    assert gate.for_part(printer, ()) == printer
    assert [waiver.page for waiver in cover.waivers] == [4, None]
    assert [waiver.page for waiver in block.waivers] == [3, None]


def test_a_printer_names_the_files_that_it_gets(shop: Path) -> None:
    """Places in the profile's naming are filled; without it files keep the house's names."""
    manuscript = load.manuscript(load.house(shop), Order("mini", "en"))
    part = parts.Part("cover", (1, 2, 3, 4), Product("brochure.print.cover.pdf", b"", 4, (), ""))

    assert handover.file_name(manuscript, "digital", part) == "mini_en_cover"
    assert handover.file_name(manuscript, "newsprint", part) == "2017-09-04_mini_en"
    assert handover.file_name(manuscript, "offset", part) == "brochure.print.cover"


JOB_FILE = PrintFile("mini.pdf", "book", 24, 1_234_567, "ab" * 32, "fit for press, with warnings", 0, 3, 2)


def ticket(manuscript: Manuscript, setter: Setter, job: Job) -> bytes:
    """A job ticket as a finished file."""
    from brochure.finish import screen

    assert manuscript.language.ticket is not None
    return screen.finish(setter.proof(compose.ticket(manuscript, manuscript.language.ticket, job)))[0].content


def test_the_ticket_says_what_a_printer_asks(real: House, setter: Setter) -> None:
    """Format, pages, bleed, binding, paper, inks, profile, fonts, files with checksums and verdict, on one page
    that is PDF/UA-1 and PDF/A-2a."""
    job = Job("offset", real.printers["offset"], (JOB_FILE,), ("Golos Text",), ("PDF/X-4",))
    made = ticket(load.manuscript(real, Order("brics-2017", "en")), setter, job)
    said = " ".join(text(made)[0].split())

    assert len(text(made)) == 1
    for words in ("A4, 210 × 297 mm", "24 pages, cover included", "Saddle stitch", "150 g/m² matt coated", "FOGRA39",
                  "300 %", "PDF/X-4", "Golos Text", "mini.pdf", "1.23 MB", "ab" * 16, "Fit for press, with warnings",
                  "errors: 0", "warnings: 3", "accepted findings: 2", "Quantity", "Language English", "Trapping None"):  # fmt: skip
        assert words in said
    for profile in ("ua1", "2a"):
        assert [failure.message for failure in page.validate_pdf_bytes(made, profile=profile).failures] == []


def test_the_ticket_names_spot_colours(real: House) -> None:
    """An ink of its own that the files hold stands beside the four: one that only the brand declares is no plate."""
    made = printed(master(Leaf(b"0.784314 0.607843 0.172549 rg 50 50 90 90 re f")), with_spot(), marks=("crop",))
    none = printed(master(Leaf(b"0.1 0.5 0.3 rg 50 50 90 90 re f")), with_spot(), marks=("crop",))
    assert (spots(made), spots(none)) == ({"PANTONE 131 C"}, frozenset())
    manuscript = load.manuscript(real, Order("brics-2017", "en"))
    job = Job("offset", real.printers["offset"], (JOB_FILE,), ("Golos Text",), ("PDF/X-4",), tuple(spots(made)))
    assert manuscript.language.ticket is not None

    assert "on both sides; PANTONE 131 C" in compose.ticket(manuscript, manuscript.language.ticket, job).galleys[0].html


@pytest.mark.parametrize("tag", ["ru", "zh", "pt", "hi"])
def test_the_ticket_translates_each_printer_and_paper(real: House, tag: str) -> None:
    """No name of a profile or a paper is left in the house's own language; an unknown one stands as it is."""
    manuscript = load.manuscript(real, Order("brics-2017", tag))
    words = manuscript.language.ticket
    assert words is not None
    for name, printer in real.printers.items():
        own = {printer.name, *(paper.name for paper in (printer.paper, printer.cover) if paper)}
        assert own <= set(words.printers)
        job = Job(name, printer, (JOB_FILE,), ("Golos Text",), ("PDF/X-4",))
        html = compose.ticket(manuscript, words, job).galleys[0].html
        assert all(words.printers[said] in html and said not in html for said in own)
        assert (
            printer.name in compose.ticket(manuscript, words.model_copy(update={"printers": {}}), job).galleys[0].html
        )


def test_the_ticket_of_two_files_lists_both(real: House, setter: Setter) -> None:
    """Cover and text block with their papers; the worst verdict counts."""
    files = (
        replace(JOB_FILE, part="cover", pages=4, name="c.pdf", verdict="fit for press"),
        replace(JOB_FILE, part="text", pages=20, name="t.pdf"),
    )
    job = Job("digital", real.printers["digital"], files, ("Golos Text",), ("PDF/X-4",))
    said = " ".join(text(ticket(load.manuscript(real, Order("brics-2017", "en")), setter, job))[0].split())

    for words in ("4 pages of cover and 20 pages of text", "250 g/m² matt coated", "c.pdf", "t.pdf", "Text block",
                  "Fit for press, with warnings", "warnings: 6"):  # fmt: skip
        assert words in said


def test_the_proof_shows_every_page(built: Path) -> None:
    """Small pictures of the print file's own pages, bleed included, each with a caption at its foot."""
    content = (built / "out/mini/en/brochure.print.proof.pdf").read_bytes()

    assert len(text(content)) == 4
    assert len(content) < 2_000_000
    with pikepdf.open(io.BytesIO(content)) as pdf:
        sizes = {tuple(float(edge) * 25.4 / 72 for edge in leaf.obj.MediaBox[2:]) for leaf in pdf.pages}
    assert [(round(width), round(height)) for width, height in sizes] == [(216, 308)]


def test_fonts_are_read_from_the_file(shop: Path, setter: Setter) -> None:
    """The ticket names the fonts that are in the print file, without the marks of subsets."""
    house = load.house(shop)
    content = parts.finish(press.make(Order("mini", "en"), house, setter).proof, house, "offset")[0].product.content

    assert {"Golos-Text", "Literata-Display-Light"} <= fonts.names(content)


def test_findings_of_many_pages_are_one_line() -> None:
    """Like errors are told once, with their pages; the file's own line closes."""
    findings = tuple(Finding("R0027", "error", number, "a drawing in DeviceRGB", "Convert it.") for number in (1, 2, 5))
    report = Report("x", "0", 4, "offset", "sheet-fed", findings, ())

    assert [str(complaint) for complaint in gate.told(report, "en/x.rejected.pdf")] == [
        "en/x.rejected.pdf page 1: error: R0027: a drawing in DeviceRGB (also on pages 2, 5). Convert it.",
        "en/x.rejected.pdf: error: not fit for press: 3 errors. Mend what en/x.rejected.report.html lists.",
    ]
