"""Imposition: printers' sketches, folded back into reading order, and the booklet's PDF folded virtually."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from brochure import finish, load, press
from brochure.finish import booklet, imposition
from brochure.finish.imposition import Side, Turn
from brochure.model.booklet import Booklet
from brochure.paper import PAPERS, PT_PER_MM, SHEETS
from brochure.stages import Proof
from brochure.typeset import Setter

A4 = PAPERS["A4"]
Edit = Callable[[str, str, str], Path]


def sides(pages: int, sheet: str = "A3", margin: float = 5, caliper: float = 0.1,
          turn: Turn = "short edge") -> tuple[Side, ...]:  # fmt: skip
    """The plan of a booklet."""
    return imposition.plan(pages, imposition.layout(A4, SHEETS[sheet], margin), caliper, turn)


def sketch(pages: int) -> str:
    """The plan as a printer draws it: one line a sheet, front and back."""
    plan = sides(pages)
    return "\n".join(
        f"| {front.left.page:2} | {front.right.page:2} |   | {back.left.page:2} | {back.right.page:2} |"
        for front, back in zip(plan[::2], plan[1::2], strict=True)
    )


def test_four_pages_are_one_sheet() -> None:
    """The smallest booklet."""
    assert sketch(4) == "|  4 |  1 |   |  2 |  3 |"


def test_sixteen_pages_are_four_sheets() -> None:
    """Fronts on the left, backs on the right, the outermost sheet first."""
    assert (
        sketch(16)
        == """\
| 16 |  1 |   |  2 | 15 |
| 14 |  3 |   |  4 | 13 |
| 12 |  5 |   |  6 | 11 |
| 10 |  7 |   |  8 |  9 |"""
    )


def folded(plan: tuple[Side, ...]) -> list[int]:
    """The pages as they are read after folding and nesting: the right leaf of each sheet from the outermost inwards,
    then the left leaves back outwards. Turning a sheet like a page lays the back's left half behind the front's right."""
    sheets = list(zip(plan[::2], plan[1::2], strict=True))
    inwards = [page for front, back in sheets for page in (front.right.page, back.left.page)]
    outwards = [page for front, back in reversed(sheets) for page in (back.right.page, front.left.page)]
    return inwards + outwards


@pytest.mark.parametrize("pages", range(4, 65, 4))
def test_folding_brings_reading_order(pages: int) -> None:
    """Whatever its length, a booklet reads from 1 to its last page."""
    assert folded(sides(pages)) == list(range(1, pages + 1))


@pytest.mark.parametrize("pages", [0, 1, 2, 6, 23, -4])
def test_only_whole_sheets_can_be_folded(pages: int) -> None:
    """Any other number of pages is refused."""
    with pytest.raises(ValueError, match="can't be folded"):
        sides(pages)


def test_creep_moves_the_pages_of_inner_sheets_to_the_fold() -> None:
    """Sheet for sheet one caliper: the page's trim ends where one knife cuts all sheets, its own outer margin whole."""
    plan = sides(16, "SRA3", 0, caliper=0.25)
    for side in plan:
        moved = (side.sheet - 1) * 0.25
        # measured from the outer spine, sheet k's fold lies k calipers further out: there the trims coincide
        assert moved + (side.right.left - 225) == pytest.approx(0)
        assert moved + (225 - (side.left.left + A4.width)) == pytest.approx(0)
        assert (side.left.shows_to, side.right.shows_from) == (225, 225)


def test_nothing_passes_the_fold_and_nothing_is_lost_outside() -> None:
    """Each half shows from the fold to the outer edge of the outermost sheet's trim, also where its page has moved."""
    for side in sides(24, caliper=0.5):
        assert side.left.shows_to == side.right.shows_from == 210
        assert side.left.left >= side.left.shows_from


@pytest.mark.parametrize(("sheet", "margin", "scale", "bleed"), [
    ("A3", 5, 287 / 297, 0), ("A3", 0, 1, 0), ("SRA3", 5, 1, 3), ("A4", 5, 200 / 297, 0), ("A4", 0, 210 / 297, 0),
])  # fmt: skip
def test_pages_are_fitted_to_the_sheet(sheet: str, margin: float, scale: float, bleed: float) -> None:
    """A4 on A3 keeps its size but for the printer's margin, on SRA3 with bleed; A4 on A4 makes an A5 booklet."""
    lies = imposition.layout(A4, SHEETS[sheet], margin)

    assert (lies.scale, lies.bleed) == (pytest.approx(scale), bleed)
    assert lies.fold - lies.width >= margin - 1e-9 and lies.foot >= margin - 1e-9


@pytest.mark.parametrize("sheet", SHEETS)
def test_marks_stay_outside_the_page(sheet: str) -> None:
    """Fold marks on every side, staple marks on the outermost, all between the bleed and the sheet's edge."""
    lies = imposition.layout(A4, SHEETS[sheet], 5)
    for side in imposition.plan(8, lies, 0.1):
        lines = list(imposition.marks(side, lies))
        for x1, y1, x2, y2 in lines:
            beside = (
                max(x1, x2) < lies.fold - lies.width - lies.bleed or min(x1, x2) > lies.fold + lies.width + lies.bleed
            )
            above = max(y1, y2) < lies.foot - lies.bleed or min(y1, y2) > lies.head + lies.bleed
            assert beside or above
            assert (
                min(x1, x2) >= 0
                and max(x1, x2) <= lies.sheet.width
                and 0 <= min(y1, y2) <= max(y1, y2) <= lies.sheet.height
            )
        assert sum(x1 == x2 == lies.fold for x1, _, x2, _ in lines) == 2
        heights = {y1 for _, y1, _, y2 in lines if y1 == y2}
        staples = {lies.foot + part * lies.height for part in (0.25, 0.75)}
        assert staples <= heights if side.sheet == 1 and not side.back else not heights


def test_no_room_no_marks() -> None:
    """Pages in full size leave no white edge, and so no mark."""
    lies = imposition.layout(A4, SHEETS["A3"], 0)

    assert [list(imposition.marks(side, lies)) for side in imposition.plan(8, lies, 0.1)] == [[]] * 4


def test_a_sheet_can_be_chosen_on_the_command_line(root: Path, edit: Edit, setter: Setter) -> None:
    """--sheet A4 makes an A5 booklet beside the usual one, whatever content/booklet.yaml says."""
    edit("content/editions/mini.yaml", "binding: none", "binding: saddle stitch")
    edit("content/editions/mini.yaml", "  - id: second", "  - id: notes\n    kind: notes\n  - id: second")
    (root / "content/en/pages/notes.yaml").write_text("title: Notes\n")
    (root / "content/booklet.yaml").write_text("sheet: SRA3\nturn: long edge\n")
    house = load.house(root)
    usual, small = (press.orders(house, "mini", outputs=("booklet",), sheet=sheet)[0] for sheet in ("", "A4"))
    made = press.make(usual, house, setter)
    (chosen,) = finish.FINISHES["booklet"](made.proof, house, small)

    assert (made.products[0].name, chosen.name) == ("brochure.booklet.pdf", "brochure.booklet.a4.pdf")
    with pikepdf.open(io.BytesIO(chosen.content)) as pdf:
        assert [round(float(edge) / PT_PER_MM) for edge in pdf.pages[0].mediabox[2:]] == [297, 210]
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


@pytest.fixture(scope="module")
def proof() -> Proof:
    """Eight pages of 210 × 297 mm with 5 mm bleed: each says its number and is painted to the bleed's edge."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica))  # fmt: skip
        edge, width, height = (mm * PT_PER_MM for mm in (5, 210, 297))
        for number in range(1, 9):
            content = (f"0.9 g {-edge} {-edge} {width + 2 * edge} {height + 2 * edge} re f /P <</MCID 0>> BDC "
                       f"0 g BT /F 40 Tf 200 400 Td (page {number}) Tj ET EMC")  # fmt: skip
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page, MediaBox=[-edge, -edge, width + edge, height + edge], TrimBox=[0, 0, width, height],
                Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)), Contents=pdf.make_stream(content.encode()),
                StructParents=number, Annots=[pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])],
            )  # fmt: skip
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.docinfo["/Title"] = "Eight pages"
        out = io.BytesIO()
        pdf.save(out)
    sheet = type("Sheet", (), {"paper": A4, "digest": "d"})()
    return Proof(out.getvalue(), sheet, (), {})


def halves(pdf: bytes, turn: Turn) -> Iterator[tuple[str, str]]:
    """The text of the left and right half of each side as it lies on the table. A printer that turns the sheet over
    its long edge brings what was the left half of the back to the right."""
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        page = document[index]
        width, height = page.get_size()
        text = page.get_textpage()
        found = [text.get_text_bounded(0, 0, width / 2, height), text.get_text_bounded(width / 2, 0, width, height)]
        if turn == "long edge" and index % 2:
            found.reverse()
        yield found[0].strip(), found[1].strip()
    document.close()


@pytest.mark.parametrize("turn", ["short edge", "long edge"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_printed_sheets_fold_into_a_booklet(sheet: str, turn: Turn, proof: Proof) -> None:
    """The text of each half sheet, folded and nested, reads from the first page to the last."""
    made = booklet.finish(proof, Booklet.model_validate({"sheet": sheet, "turn": turn}))[0]
    found = [(re.findall(r"\d", left), re.findall(r"\d", right)) for left, right in halves(made.content, turn)]
    fronts, backs = found[::2], found[1::2]
    inwards = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    outwards = [page for front, back in reversed(list(zip(fronts, backs, strict=True))) for page in (back[1], front[0])]

    assert [*inwards, *outwards] == [[str(number)] for number in range(1, 9)]


def test_a_long_edge_printer_gets_its_backs_upside_down(proof: Proof) -> None:
    """The sheet is landscape: turned over its long edge, head and foot change places."""

    def pixels(turn: str) -> list[bytes]:
        content = booklet.finish(proof, Booklet.model_validate({"turn": turn, "caliper": "0"}))[0].content
        document = pypdfium2.PdfDocument(content)
        pictures = [document[index].render(scale=0.3, grayscale=True).to_pil() for index in range(len(document))]
        return [(picture.rotate(180) if turn == "long edge" and index % 2 else picture).resize((60, 42)).tobytes()
                for index, picture in enumerate(pictures)]  # fmt: skip

    short, long = pixels("short edge"), pixels("long edge")
    assert all(
        sum(abs(a - b) for a, b in zip(one, two, strict=True)) / len(one) < 2
        for one, two in zip(short, long, strict=True)
    )


def test_a_booklet_has_neither_links_nor_tags(proof: Proof) -> None:
    """Forms without marked content, pages without annotations, no structure; the title stays, the print dialogue is
    told how to turn the sheets."""
    made = booklet.finish(proof, Booklet())[0]
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert [key for key in ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names") if key in pdf.Root] == []
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert str(pdf.docinfo["/Title"]) == "Eight pages"
        for page in pdf.pages:
            assert "/Annots" not in page.obj
            assert [b"BDC" in form.read_bytes() for form in page.obj.Resources.XObject.values()] == [False, False]


def test_a_booklet_is_the_same_every_time(proof: Proof) -> None:
    """Byte for byte; another sheet has another name."""
    a4 = booklet.finish(proof, Booklet.model_validate({"sheet": "A4"}))[0]

    assert booklet.finish(proof, Booklet())[0] == booklet.finish(proof, Booklet())[0]
    assert (booklet.finish(proof, Booklet())[0].name, a4.name) == ("brochure.booklet.pdf", "brochure.booklet.a4.pdf")
