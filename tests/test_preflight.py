"""Preflight: one file for each rule that breaks it and nothing else, written by hand; a clean one passes all."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pikepdf
import pytest
import segno
from conftest import ROOT, shipped
from rawpdf import BASE, BLEED, GROUND, MM, SIDE, XMP, File, bar, font, image, program, sheet, text

from brochure.model.brand import Brand
from brochure.model.printer import Printer, Stock
from brochure.preflight.judge import judged as found_in
from brochure.preflight.rules import RULES
from brochure.preflight.sheet import Case
from brochure.preflight.stitch import creep, reading
from brochure.report import Finding

HOUSE = shipped()
#: The house's brand, and Courier with it: so that R0014 has a file of its own.
BRAND: Brand = HOUSE.brand.model_copy(
    update={"fonts": (*HOUSE.brand.fonts, HOUSE.brand.fonts[0].model_copy(update={"family": "Courier"}))}
)
PRINTER: Printer = HOUSE.printers[HOUSE.default_printer]
WHITE = "0 0 0 0 k\n" + bar(15, 15, 76, 76)
SRGB = (ROOT / "assets/icc/sRGB2014.icc").read_bytes()


def judged(pdf: bytes, printer: Printer = PRINTER, brand: Brand = BRAND) -> tuple[Finding, ...]:
    """A file's findings, found in this process: starting a child for each would take most of the time."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return found_in(Case(opened, pdf, printer, brand))


def pictured(
    width: int, height: int, bits: int = 8, space: str = "/DeviceCMYK", sample: bytes = b"\x10\x20\x00\x00"
) -> bytes:
    """A sheet with a picture of 25.4 mm, so that its pixels are its ppi."""
    file = File()
    number = image(file, width, height, space, bits, sample)
    return sheet("q 72 0 0 72 100 100 cm /I Do Q\n", file=file, resources=f"/XObject << /I {number} 0 R >>")


def coded(side: float, colour: str = "0 0 0 1 k\n", near: str = "", spoilt: bool = False) -> bytes:
    """A sheet with a QR code of ``side`` mm on white."""
    rows = [list(row) for row in segno.make("https://example.org/kaluga", error="m", micro=False).matrix]
    chance, module, out = random.Random(1), side / len(rows), []
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            inner = spoilt and 8 < max(x, y) < len(rows) - 8
            if chance.random() < 0.5 if inner else dark:
                out.append(bar(45 + x * module, 40 + (len(rows) - 1 - y) * module, module, module).replace(" f", ""))
    return sheet(WHITE + near + colour + "".join(out) + "f\n", base=GROUND)


def locked(pdf: bytes) -> bytes:
    """The same file, encrypted without a password to open it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user="", R=4))
    return out.getvalue()


def spot(name: str) -> str:
    """A Separation colour space named S."""
    return f"/ColorSpace << /S [/Separation /{name} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 /C0 [0 0 0 0] /C1 [0 0 0 1] >>] >>"


def fonted(name: str, embedded: bool = True, words: str = "") -> bytes:
    """A sheet with a second font G."""
    file = File()
    number = font(file, name, embedded)
    line = text(20, 60, 10).replace("/F ", "/G ") if not words else f"BT /G 10 Tf 60 180 Td {words} Tj ET\n"
    return sheet("/Over gs 0 0 0 1 k\n" + line, file=file, fonts=f"/G {number} 0 R")


def type3() -> bytes:
    """A sheet with text in a Type 3 font of the brand's name."""
    file = File()
    glyph = file.add("<< >>", b"500 0 0 0 500 500 d1 0 0 500 500 re f")
    number = file.add(
        f"<< /Type /Font /Subtype /Type3 /Name /GolosText /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97"
        f" /Widths [500] /Encoding << /Differences [97 /a] >> /CharProcs << /a {glyph} 0 R >> /Resources << >> >>"
    )
    return sheet("/Over gs 0 0 0 1 k BT /T 12 Tf 100 180 Td (aa) Tj ET\n", file=file, fonts=f"/T {number} 0 R")


def lzw() -> bytes:
    """A sheet with an unused stream that is packed with LZW."""
    file = File()
    file.add("<< /Filter /LZWDecode >>", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01")
    return sheet(file=file)


def annotated() -> bytes:
    """A sheet with a link."""
    return sheet(page="/Annots [<< /Type /Annot /Subtype /Link /Rect [100 100 150 120] /Border [0 0 0] >>]")


def grouped() -> bytes:
    """A sheet whose page group mixes in RGB."""
    return sheet(page="/Group << /S /Transparency /CS /DeviceRGB >>")


LEFT = {
    "MediaBox": (10, 0, SIDE + 10, SIDE),
    "TrimBox": (10 + BLEED, BLEED, SIDE + 10 - BLEED, SIDE - BLEED),
    "BleedBox": (10, 0, SIDE + 10, SIDE),
}
TIGHT = {"BleedBox": (MM, MM, SIDE - MM, SIDE - MM)}


def for_screens() -> bytes:
    """A sheet that says it is PDF/UA and PDF/A, with a colour, a box and a link of screens."""
    says = '<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>'
    says += '<pdfaid:part xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">2</pdfaid:part>'
    says += '<pdfaid:conformance xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">A</pdfaid:conformance>'
    xmp = XMP.replace("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", says)
    link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [100 100 150 120] /Border [0 0 0] >>]"
    return sheet("0.2 0.4 0.6 rg\n" + bar(30, 60, 10, 10), xmp=xmp, page=link, intent=False, trapped="", version="1.7")


#: rule → a file that breaks it, and only it.
BROKEN: dict[str, Callable[[], bytes]] = {
    "H-purpose": for_screens,
    "X-damage": lambda: sheet("1 2 wobble\n"),
    "R0002": lambda: sheet(page="/UserUnit 2"),
    "R0003": lambda: sheet(boxes={"CropBox": (BLEED, BLEED, SIDE - BLEED, SIDE - BLEED)}),
    "R0004": lambda: sheet(page="/Rotate 90"),
    "R0005": lambda: sheet(pages=[BASE, ""]),
    "X-boxes": lambda: sheet("1 0 0 1 0 0 cm\n", base=GROUND.replace(bar(0, 0, 106, 106), f"10 0 {SIDE} {SIDE} re f\n"), boxes=LEFT),
    "H-bleedbox": lambda: sheet(boxes=TIGHT),
    "H-pages": lambda: sheet(pages=[BASE] * 5),
    "H-bleed": lambda: sheet("0.6 0 0 0 k\n" + bar(3, 20, 30, 30)),
    "H-safe": lambda: sheet("/Over gs 0 0 0 1 k\n" + text(5, 50, 10)),
    "H-live": lambda: sheet("0.6 0 0 0 k\n" + bar(5, 60, 10, 10)),
    "R0027": lambda: sheet("0.2 0.4 0.6 rg\n" + bar(30, 60, 10, 10)),
    "R0020": lambda: sheet("/S cs 0.5 scn\n" + bar(30, 60, 10, 10), resources=spot("Gold")),
    "R0024": lambda: sheet("/S cs 0.5 scn\n" + bar(30, 60, 10, 10), resources=spot("All")),
    "R0030": grouped,
    "R0007": lambda: sheet("/Over gs 0 0 0 0 k\n" + text(20, 60, 20)),
    "R0008": lambda: sheet("/Over gs 0 0 0 0 k\n" + bar(30, 60, 10, 10)),
    "R0009": lambda: sheet("/Knock gs 0 0 0 1 k\n" + text(20, 60, 10)),
    "R0010": lambda: sheet("/Knock gs 0 0 0 1 K 1 w 100 200 m 200 200 l S\n"),
    "R0014": lambda: fonted("ABCDEF+Courier"),
    "R0015": lambda: sheet("0.7 0.7 0.6 0.9 k\n" + text(20, 60, 14)),
    "R0016": lambda: sheet("0 0 0 0 k\n" + text(20, 60, 7)),
    "R0017": lambda: sheet("1 0.8 0 0 k\n" + text(20, 60, 7)),
    "R0018": lambda: sheet("0 0 0 0 K 0.2 w 100 200 m 200 200 l S\n"),
    "R0019": lambda: sheet("1 0.5 0 0 k 100 200 60 0.2 re f\n"),
    "H-hairline": lambda: sheet("/Over gs 0 0 0 1 K 0.1 w 100 200 m 200 200 l S\n"),
    "R0026": lambda: sheet("1 1 1 0.4 k\n" + bar(20, 60, 25, 25)),
    "R0031": lambda: pictured(200, 200),
    "R0032": lambda: pictured(600, 600, 1, "/DeviceGray"),
    "H-notdef": lambda: fonted("ABCDEF+GolosText-Medium", words="<00010000>"),
    "X-fonts": lambda: fonted("GolosText-Medium", embedded=False),
    "X-type3": type3,
    "H-fonts": lambda: fonted("ABCDEF+Arial"),
    "H-qr-size": lambda: coded(15),
    "H-qr-quiet": lambda: coded(25, near="0 0 0 1 k\n" + bar(42.5, 45, 1.5, 15)),
    "H-qr-black": lambda: coded(25, "1 0 0 1 k\n"),
    "H-qr-read": lambda: coded(25, spoilt=True),
    "X-version": lambda: sheet(version="1.7"),
    "X-metadata": lambda: sheet(xmp=XMP.replace("<xmpMM:RenditionClass>default</xmpMM:RenditionClass>", "")),
    "X-intent": lambda: sheet(condition="FOGRA51"),
    "R0035": lambda: sheet(profile=SRGB),
    "X-trapped": lambda: sheet(trapped="/Trapped /Unknown"),
    "X-id": lambda: sheet(identifier=False),
    "X-encryption": lambda: locked(sheet()),
    "X-actions": lambda: sheet(root="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"),
    "X-forms": lambda: sheet(root="/AcroForm << /Fields [] >>"),
    "X-annotations": annotated,
    "X-attachments": lambda: sheet(root="/Names << /EmbeddedFiles << /Names [] >> >>"),
    "X-lzw": lzw,
}  # fmt: skip


def test_every_rule_has_a_file_that_breaks_it() -> None:
    """A rule without a fixture can't be trusted."""
    assert [rule.id for rule in RULES if rule.id not in BROKEN] == []
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_clean_file_passes() -> None:
    """The sheet that the others are made from has no finding at all, and neither has a code of the right size."""
    assert judged(sheet()) == ()
    assert judged(coded(25)) == ()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_file_breaks_its_rule_and_no_other(rule: str) -> None:
    """Each fixture has findings of its own rule only, each with a remedy."""
    findings = judged(BROKEN[rule]())

    assert {finding.rule for finding in findings} == {rule}
    assert all(finding.remedy and finding.what for finding in findings)


@pytest.mark.parametrize(
    ("ppi", "variant", "severity"),
    [(149, "sheet-fed", "error"), (150, "sheet-fed", "warning"), (224, "sheet-fed", "warning"), (225, "sheet-fed", None),
     (149, "newsprint", "warning"), (99, "newsprint", "error"), (150, "digital", None), (95, "digital", "error")],
)  # fmt: skip
def test_a_way_of_printing_has_its_own_limits(ppi: int, variant: str, severity: str | None) -> None:
    """Pictures are measured against the printer's variant, to the pixel."""
    printer = PRINTER.model_copy(update={"variant": variant})
    found = [finding.severity for finding in judged(pictured(ppi, ppi), printer) if finding.rule == "R0031"]

    assert found == ([severity] if severity else [])


def test_a_profile_sets_what_too_much_ink_is() -> None:
    """The variant's limit is a warning; a profile may set less and make it an error."""
    heavy = BROKEN["R0026"]()
    plain = PRINTER.model_copy(update={"limits": PRINTER.limits.model_copy(update={"ink": None, "ink_severity": None})})
    digital = plain.model_copy(update={"variant": "digital"})

    assert [(f.severity, f.limit) for f in judged(heavy)] == [("error", "300 %")]
    assert [(f.severity, f.limit) for f in judged(heavy, plain)] == [("warning", "320 %")]
    assert judged(heavy, digital) == ()


def test_a_screen_file_is_told_in_one_line() -> None:
    """What it says of itself, and nothing that only follows from that: nobody can mend four hundred RGB colours."""
    (finding,) = judged(for_screens())

    assert (finding.severity, finding.page, finding.measured) == ("error", None, "PDF/UA-1, PDF/A-2a")
    assert "--output print" in finding.remedy


def test_a_declared_spot_colour_is_no_finding() -> None:
    """An ink of its own that brand.yaml declares is meant; another one is told with those that are."""
    printed = sheet("/S cs 0.5 scn\n" + bar(30, 60, 10, 10), resources=spot("Gold"))
    gold = BRAND.colours["gold"]

    def held(ink: str) -> Brand:
        return BRAND.model_copy(update={"colours": {**BRAND.colours, "gold": gold.model_copy(update={"spot": ink})}})

    assert judged(printed, brand=held("Gold")) == ()
    assert [(f.rule, f.limit) for f in judged(printed, brand=held("Silver"))] == [("R0020", "Silver")]


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [(1, 24, 0), (2, 24, 0), (3, 24, 0.12), (12, 24, 0.6), (13, 24, 0.6), (22, 24, 0.12), (24, 24, 0), (4, 4, 0), (3, 10, 0),
     (60, 120, 0)],
)  # fmt: skip
def test_inner_sheets_creep(page: int, pages: int, expected: float) -> None:
    """Each sheet sticks out by the calipers of those around it; a single sheet, and a glued book, not at all."""
    assert creep(page, pages, PRINTER) == pytest.approx(expected)


def test_a_text_block_lies_within_its_cover() -> None:
    """A cover of its own is one more sheet around all others; a file that begins with its cover is read in its order."""
    apart = PRINTER.model_copy(update={"cover": Stock(name="board", caliper="0.3")})  # type: ignore[arg-type]
    first = PRINTER.model_copy(update={"order": "cover first"})

    assert [round(creep(page, 20, apart), 2) for page in (1, 10)] == [0.3, 0.78]
    assert [reading(page, 24, first) for page in (1, 2, 3, 4, 5, 24)] == [1, 2, 23, 24, 3, 22]
    assert [creep(page, 24, first) for page in (3, 4, 5)] == [0, 0, 0.12]


@pytest.mark.parametrize(("page", "edge", "found"), [(12, "fore", 1), (12, "spine", 0), (1, "fore", 0)])
def test_the_safe_area_shrinks_by_creep(page: int, edge: str, found: int) -> None:
    """Text 5.3 mm from the fore edge is safe on the outermost sheet, and not on the innermost of six; on page 12 the fore
    edge is the left one. At the spine nothing is cut."""
    wide = 10 * sum(program()[2][program()[1][letter]] for letter in "Kaluga") / 1000 / MM
    left = (edge == "fore") == (page % 2 == 0)
    line = "/Over gs 0 0 0 1 k\n" + text(8.3 if left else 97.7 - wide, 50, 10, "Kaluga")
    pages = [BASE + (line if number == page else "") for number in range(1, 25)]

    assert [(f.rule, f.page, f.limit) for f in judged(sheet(pages=pages))] == [("H-safe", page, "5.6 mm")] * found


def test_a_code_near_the_edge_is_an_error() -> None:
    """A code that is cut is no code."""
    with pikepdf.open(io.BytesIO(coded(25))) as pdf:
        moved = pikepdf.Array([round(41 * MM, 3), BLEED, SIDE - BLEED, SIDE - BLEED])
        pdf.pages[0].obj["/TrimBox"] = moved
        out = io.BytesIO()
        pdf.save(out)

    assert ("H-safe", "a code stands too close to the edge") in {(f.rule, f.what) for f in judged(out.getvalue())}


def test_pages_of_several_sizes_are_told() -> None:
    """A page of another trim than most is found by its number."""
    with pikepdf.open(io.BytesIO(sheet(pages=[BASE] * 3))) as pdf:
        pdf.pages[1].obj["/TrimBox"] = pikepdf.Array([BLEED, BLEED, SIDE - BLEED, SIDE - 2 * BLEED])
        out = io.BytesIO()
        pdf.save(out)

    assert [(f.rule, f.page) for f in judged(out.getvalue()) if f.rule == "R0004"] == [("R0004", 2)]


def test_text_says_where_it_stands() -> None:
    """A finding's rectangle is the text's ink, in mm from the trim's top left corner."""
    (finding,) = judged(BROKEN["H-safe"]())
    assert finding.rectangle

    assert finding.rectangle.left == pytest.approx(2, abs=0.1)
    assert finding.rectangle.top + finding.rectangle.height == pytest.approx(103 - 50 + 0.22 * 10 / MM, abs=0.1)
