"""Separation: every colour space, operator and object of raw pages, and what is refused."""

from __future__ import annotations

import io
import itertools
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import raw_leaves
from conftest import ROOT
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageStat
from printroom import BLEED, PROFILE, SRGB, Leaf, brand, content, master, pictures, printed, printer, walked, with_spot
from raw_leaves import SQUARE, form, icc, image, parsed, shading, spaces

from brochure import compose, load
from brochure.colour import Cmyk
from brochure.errors import AssetError, ContentError
from brochure.finish import prepress
from brochure.finish.separation.calculator import parsed as program
from brochure.finish.separation.calculator import run
from brochure.finish.separation.functions import function
from brochure.finish.separation.inks import Mixer, limited
from brochure.finish.separation.tokens import Unreadable, operations, read
from brochure.stages import Order
from brochure.typeset import Setter

SUBJECT = (50, 121, 200, 271)  # of a page at 36 ppi: the square that each raw page paints, from its trim's corner
CLOSE = 13  # of 255: how far a page's printed colours may be from its master's, on average
#: What differs for reasons of its own: black ink is no rich black; Ghostscript draws DeviceGray by itself and not with
#: the press's black, and mixes RGB by light where inks mix by dots.
APART = {"colours: no colour at all": 25, "shadings: axial, grey": 32, "pictures: grey": 32, "pictures: grey, JPEG": 32,
         "pictures: grey, two bits": 20, "objects: a soft mask of luminosity": 34}  # fmt: skip


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """One master of all raw pages, and its print file."""
    whole = master(*raw_leaves.ALL.values())
    return whole, printed(whole)


@pytest.fixture(scope="module")
def drawn(
    raw: tuple[bytes, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Image.Image, Image.Image]]:
    """The subject of each raw page, of the master and of the print file, as Ghostscript draws them."""
    folders = [tmp_path_factory.mktemp(name) for name in ("master", "print")]
    before, after = (
        [page.crop(SUBJECT) for page in pictures(pdf, folder)] for pdf, folder in zip(raw, folders, strict=True)
    )
    return dict(zip(raw_leaves.ALL, zip(before, after, strict=True), strict=True))


@pytest.mark.parametrize("name", raw_leaves.ALL)
def test_it_looks_the_same_in_inks(name: str, drawn: dict[str, tuple[Image.Image, Image.Image]]) -> None:
    """Every colour space, shading, pattern, mask and picture prints what it shows, in the same place."""
    before, after = drawn[name]
    far = ImageStat.Stat(ImageChops.difference(before, after)).mean

    assert max(far) <= APART.get(name, CLOSE)
    assert max(high - low for low, high in before.getextrema()) > 8 or before.getpixel((75, 75)) != (255, 255, 255)


#: What pdfium draws otherwise for reasons of its own: it forgets the first colour of a space, and shows inks by rule
#: of thumb, without a profile.
OTHERWISE = {"colours: cs, its first colour"}


def test_another_renderer_sees_the_same(raw: tuple[bytes, bytes]) -> None:
    """pdfium, which comes with this project and knows no profiles, finds everything in its place too."""
    drawn = []
    for pdf, edge in zip(raw, (BLEED, 3 / 25.4 * 72), strict=True):
        document = pypdfium2.PdfDocument(pdf)
        places = tuple(round((at + edge) / 2) for at in (105, 841.89 - 595, 395, 841.89 - 305))
        drawn.append(
            [document[index].render(scale=0.5).to_pil().convert("RGB").crop(places) for index in range(len(document))]
        )
        document.close()
    far = {
        name: max(ImageStat.Stat(ImageChops.difference(before, after)).mean)
        for name, before, after in zip(raw_leaves.ALL, *drawn, strict=True)
    }

    assert {name: mean for name, mean in far.items() if mean > 36 and name not in OTHERWISE} == {}


def test_nothing_but_ink_is_left(raw: tuple[bytes, bytes], tmp_path: Path) -> None:
    """A walk that shares no code with the separation finds no RGB operator, space or group; it does in the master."""
    assert walked(raw[1], tmp_path) == []
    assert len(walked(raw[0], tmp_path)) > 40


EXACT = {
    "a brand colour by its recipe": (b"0.784314 0.607843 0.172549 rg", b"0.18 0.36 0.88 0.04 k\n"),
    "for strokes too": (b"0.784314 0.607843 0.172549 RG", b"0.18 0.36 0.88 0.04 K\n"),
    "rounded to three digits": (b"0.784 0.608 0.173 rg", b"0.18 0.36 0.88 0.04 k\n"),
    "black from black only": (b"0 0 0 rg", b"0 0 0 1 k\n"),
    "DeviceGray's black": (b"0 g", b"0 0 0 1 k\n"),
    "white from nothing": (b"1 1 1 rg", b"0 0 0 0 k\n"),
    "the brand's grey": (b"0.360784 0.360784 0.360784 rg", b"0 0 0 0.74 k\n"),
    "CMYK as it is": (b"0.1 0.2 0.3 0.4 k", b"0.1 0.2 0.3 0.4 k\n"),
    "out of range": (b"0 0 0 1.7 k", b"0 0 0 1 k\n"),
}


@pytest.mark.parametrize("name", EXACT)
def test_a_colour_comes_out_exactly(name: str) -> None:
    """Recipes are kept to the digit; greys and black are black ink only."""
    written, expected = EXACT[name]

    assert expected in content(printed(master(Leaf(written + SQUARE))))


@pytest.mark.parametrize("value", [20, 77, 130, 200, 250])
def test_greys_are_black_ink_only(value: int) -> None:
    """An sRGB grey that is no brand colour takes black ink, more for a darker one."""
    share = f"{value / 255:.6f}"
    found = re.search(
        rb"0 0 0 (\S+) k\n100 300", content(printed(master(Leaf(f"{share} {share} {share} rg".encode() + SQUARE))))
    )

    assert found is not None
    assert abs(float(found[1]) - (1 - value / 255)) < 0.12


def test_a_brand_colour_at_alpha_stays_recipe_and_alpha() -> None:
    """Transparency isn't mixed into the colour."""
    state = lambda pdf: {"/ExtGState": {"/H": Dictionary(ca=0.4, CA=0.4)}}  # noqa: E731
    made = printed(master(Leaf(b"/H gs 0.784314 0.607843 0.172549 rg" + SQUARE, state)))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert b"/H gs\n0.18 0.36 0.88 0.04 k\n" in pdf.pages[0].obj.Contents.read_bytes()
        assert float(pdf.pages[0].obj.Resources.ExtGState.H.ca) == 0.4


def test_a_gradient_keeps_recipes_at_its_ends() -> None:
    """From gold to night: both recipes, and in between no jump."""
    ramp = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[200 / 255, 155 / 255, 44 / 255], C1=[15 / 255, 39 / 255, 68 / 255], N=1
    )
    made = printed(master(Leaf(raw_leaves.INSIDE, shading(**raw_leaves.AXIAL, Function=ramp))))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = function(pdf.pages[0].obj.Resources.Shading.S.Function)
    steps = [found(index / 200) for index in range(201)]
    assert [round(ink, 3) for ink in steps[0]] == [0.18, 0.36, 0.88, 0.04]
    assert [round(ink, 3) for ink in steps[-1]] == [1, 0.78, 0.28, 0.45]
    assert max(abs(a - b) for one, other in itertools.pairwise(steps) for a, b in zip(one, other, strict=True)) < 0.03


def test_a_spot_colour_stays_an_ink_of_its_own() -> None:
    """A colour with a spot is printed as Separation with its recipe as the alternate; tints of it survive too."""
    own = spaces(
        C=parsed(
            "[/Separation /PANTONE#20131#20C /DeviceRGB << /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0.8 0.6 0.2] /N 1 >>]"
        )
    )
    leaf = Leaf(b"0.784314 0.607843 0.172549 rg" + SQUARE + b"/C CS 0.25 SCN 0 0 m 9 9 l S\n", own)
    made = printed(master(leaf), with_spot())

    with pikepdf.open(io.BytesIO(made)) as pdf:
        page = pdf.pages[0].obj
        name, space = next(iter(page.Resources.ColorSpace.items()))
        words = page.Contents.read_bytes()
    assert f"{name} cs 1 scn\n".encode() in words
    assert f"{name} CS 0.25 SCN\n".encode() in words
    assert (str(space[0]), str(space[1]), str(space[2])) == ("/Separation", "/PANTONE 131 C", "/DeviceCMYK")
    assert [round(float(ink), 2) for ink in space[3].C1] == [0.18, 0.36, 0.88, 0.04]
    assert b"/PANTONE" not in printed(master(leaf)) and b" scn" not in content(printed(master(leaf)))


def flowing(*stops: tuple[float, float, float]) -> Dictionary:
    """A function of colours that run into each other."""
    parts = [
        Dictionary(FunctionType=2, Domain=[0, 1], C0=list(one), C1=list(other), N=1)
        for one, other in itertools.pairwise(stops)
    ]
    if len(parts) == 1:
        return parts[0]
    bounds = [(index + 1) / len(parts) for index in range(len(parts) - 1)]
    return Dictionary(FunctionType=3, Domain=[0, 1], Functions=Array(parts), Bounds=bounds, Encode=[0, 1] * len(parts))


GOLD, PAPER, NIGHT = (200 / 255, 155 / 255, 44 / 255), (1.0, 1.0, 1.0), (15 / 255, 39 / 255, 68 / 255)


@pytest.mark.parametrize(
    ("stops", "tints"),
    [((GOLD, PAPER), [1, 0.5, 0]), ((PAPER, GOLD, PAPER), [0, 1, 0]), ((GOLD, GOLD), [1, 1, 1])],
)  # fmt: skip
def test_a_gradient_between_tints_stays_one_ink(
    stops: tuple[tuple[float, float, float], ...], tints: list[float]
) -> None:
    """Between a spot colour and paper a gradient is a Separation's: no process ink is in it."""
    made = printed(master(Leaf(raw_leaves.INSIDE, shading(**raw_leaves.AXIAL, Function=flowing(*stops)))), with_spot())

    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = pdf.pages[0].obj.Resources.Shading.S
        space, ramp = found.ColorSpace, function(found.Function)
        assert [str(part) for part in space[:3]] == ["/Separation", "/PANTONE 131 C", "/DeviceCMYK"]
    assert [ramp(at)[0] for at in (0, 0.5, 1)] == pytest.approx(tints, abs=0.01)


def refused(leaf: Leaf) -> str:
    """What is said of a page that can't be printed with the spot colour; without it the page can."""
    printed(master(leaf))
    with pytest.raises(AssetError) as caught:
        printed(master(leaf), with_spot())
    (complaint,) = caught.value.complaints
    return str(complaint)


def test_a_gradient_from_a_spot_into_another_colour_is_refused() -> None:
    """Nobody can print it as it shows: it is told, not quietly printed without the ink that was paid for."""
    leaf = Leaf(raw_leaves.INSIDE, shading(**raw_leaves.AXIAL, Function=flowing(GOLD, NIGHT)))

    assert "a gradient runs from the spot colour “PANTONE 131 C” into another colour than white" in refused(leaf)


def test_a_picture_of_a_spot_colour_is_refused() -> None:
    """A drawn picture that holds the colour itself: a drawing could print it, a picture can't."""
    leaf = Leaf(raw_leaves.PLACE, image(2, 1, bytes((200, 155, 44, 255, 255, 255)), Name.DeviceRGB))

    assert "a picture holds the spot colour “PANTONE 131 C”" in refused(leaf)


def test_a_house_declares_a_spot_in_its_brand(root: Path, setter: Setter) -> None:
    """One line in brand.yaml, and whatever is set in that colour takes an ink of its own."""
    path = root / "content/brand.yaml"
    path.write_text(path.read_text().replace("print: 100 78 28 45", "print: 100 78 28 45\n    spot: PANTONE 2767 C"))
    house = load.house(root)
    proof = setter.proof(compose.sheet(load.manuscript(house, Order("mini", "en"))))
    made = prepress.finish(proof, house.brand, printer(), PROFILE)[0].content

    with pikepdf.open(io.BytesIO(made)) as pdf:
        spots = [space for page in pdf.pages for space in page.obj.Resources.get("/ColorSpace", {}).values()]
    assert {str(space[1]) for space in spots} == {"/PANTONE 2767 C"}
    assert all([float(ink) for ink in space[3].C1] == [1, 0.78, 0.28, 0.45] for space in spots)


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("Black", "", "“Black” is no ink of its own"),
        ("PANTONE 1 C", "PANTONE 1 C", "two colours are printed with the ink “PANTONE 1 C”"),
    ],
)
def test_a_spot_is_one_ink(first: str, second: str, sentence: str, root: Path) -> None:
    """A process ink is no spot, and an ink has one recipe."""
    path = root / "content/brand.yaml"
    text = path.read_text().replace("print: 100 78 28 45", f"print: 100 78 28 45\n    spot: {first}")
    path.write_text(text.replace("print: 18 36 88 4", f"print: 18 36 88 4\n    spot: {second}") if second else text)

    with pytest.raises(ContentError, match=sentence):
        load.house(root)


# -- overprint and what isn't seen ----------------------------------------------------------------------------


def painted(pdf: bytes) -> list[tuple[str, bool, bool]]:
    """Each painting operator of the first page with the OP and op it paints under, read by pikepdf's own parser."""
    found, over, kept = [], (False, False), []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "q":
                    kept.append(over)
                case "Q":
                    over = kept.pop()
                case "gs":
                    state = page.obj.Resources.ExtGState[str(operands[0])]
                    if "/OP" in state:
                        assert int(state.OPM) == 1
                        over = (bool(state.OP), bool(state.op))
                case "f" | "S" | "B" | "f*" | "Tj" | "TJ" | "Do" | "sh" | "n" | "'" | '"' as paints:
                    found.append((paints, *over))
    return found


def typed(words: bytes) -> Leaf:
    """A page of text in an embedded font."""

    def named(pdf: Any) -> Any:
        file = (ROOT / "assets/fonts/golos-text/GolosText-Regular.ttf").read_bytes()
        about = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Golos,
            Flags=32,
            FontBBox=[0, 0, 1000, 1000],
            ItalicAngle=0,
            Ascent=900,
            Descent=-200,
            CapHeight=700,
            StemV=80,
            FontFile2=pdf.make_stream(file),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name.Golos,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=65,
            LastChar=67,
            Widths=[600, 600, 600],
            FontDescriptor=pdf.make_indirect(about),
        )
        states = {"/H": Dictionary(ca=0.5), "/Z": Dictionary(ca=0, CA=0), "/F": Dictionary(ca=0)}
        forms = {
            "/X": form(pdf, b"0 0 9 9 re f", Group=Dictionary(S=Name.Transparency)),
            "/Y": form(pdf, b"0 0 9 9 re B"),
        }
        return {"/Font": {"/T": pdf.make_indirect(font)}, "/ExtGState": states, "/XObject": forms}

    return Leaf(words, named)  # fmt: skip


YES, NO = (False, True), (False, False)
OVERPRINTS: dict[str, tuple[bytes, list[tuple[str, bool, bool]]]] = {
    "small black text": (b"BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *YES)]),
    "in RGB": (b"0 0 0 rg BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *YES)]),
    "small by its matrix": (b"BT /T 1 Tf 9 0 0 9 10 10 Tm (A) Tj ET", [("Tj", *YES)]),
    "large by its matrix": (b"BT /T 9 Tf 2 0 0 2 10 10 Tm (A) Tj ET", [("Tj", *NO)]),
    "large by the page": (b"2 0 0 2 0 0 cm BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *NO)]),
    "large text": (b"BT /T 12 Tf 10 10 Td (A) Tj ET", [("Tj", *NO)]),
    "white text": (b"1 g BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *NO)]),
    "grey text": (b"0.5 g BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *NO)]),
    "rich black text": (b"0.5 0.5 0.5 1 k BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *NO)]),
    "half transparent text": (b"/H gs BT /T 9 Tf 10 10 Td (A) Tj ET", [("Tj", *NO)]),
    "white after black": (b"BT /T 9 Tf 10 10 Td (A) Tj 1 g (B) Tj ET", [("Tj", *YES), ("Tj", *NO)]),
    "white after black and Q": (b"q BT /T 9 Tf 10 10 Td (A) Tj ET Q 1 g 0 0 9 9 re f", [("Tj", *YES), ("f", *NO)]),
    "a thin black line": (b"1 w 0 0 m 9 9 l S", [("S", True, False)]),
    "a thick black line": (b"3 w 0 0 m 9 9 l S", [("S", *NO)]),
    "a thin line enlarged": (b"4 0 0 4 0 0 cm 1 w 0 0 m 9 9 l S", [("S", *NO)]),
    "a white line": (b"1 G 1 w 0 0 m 9 9 l S", [("S", *NO)]),
    "a thin black rule": (b"0 0 200 0.5 re f", [("f", *YES)]),
    "a black area": (b"0 0 200 50 re f", [("f", *NO)]),
    "an area after a line": (b"1 w 0 0 m 9 9 l S 0 0 200 50 re f 1 G 0 0 m 9 9 l S", [("S", True, False), ("f", True, False), ("S", *NO)]),
    "a framed area": (b"1 w 1 0 0 rg 0 0 m 50 0 l 50 50 l B", [("B", True, False)]),
}  # fmt: skip


@pytest.mark.parametrize("name", OVERPRINTS)
def test_fine_black_overprints_and_nothing_else(name: str) -> None:
    """Text below 12 pt and lines below 2 pt in full black overprint; white, grey, colour and areas never do."""
    words, expected = OVERPRINTS[name]

    assert painted(printed(master(typed(words)))) == expected


HIDDEN: dict[str, tuple[bytes, list[str]]] = {
    "text that renders nothing": (b"BT /T 9 Tf 3 Tr 10 10 Td (A) Tj ET", []),
    "transparent text": (b"/Z gs BT /T 9 Tf 10 10 Td [(A) 20 (B)] TJ ET", []),
    "visible text after it, placed": (b"BT /T 9 Tf 3 Tr 10 10 Td (A) Tj 0 Tr 0 20 Td (B) Tj ET", ["Tj"]),
    "its line feeds": (b"BT /T 9 Tf 12 TL 3 Tr 10 10 Td (A) ' 1 2 (B) \" 0 Tr T* (B) Tj ET", ["Tj"]),
    "a transparent area": (b"/Z gs 0 0 200 50 re f 0 0 m 9 9 l S", ["n", "n"]),
    "an area of which the line shows": (b"/F gs 0 0 200 50 re B 0 0 200 50 re b*", ["S", "s"]),
    "a transparent group and shading": (b"/Z gs /X Do /S sh", []),
    "a form of which the line shows": (b"/F gs /Y Do", ["Do"]),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_nobody_sees_is_gone(name: str) -> None:
    """Tables for readers and anything else that is fully transparent don't reach the press."""
    words, expected = HIDDEN[name]
    made = printed(master(typed(words)))

    with pikepdf.open(io.BytesIO(made)) as pdf:
        operators = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])]
    assert [
        operator for operator in operators if operator in {"Tj", "TJ", "'", '"', "f", "S", "s", "B", "n", "Do", "sh"}
    ] == expected


# -- what is refused ------------------------------------------------------------------------------------------

TWO = lambda pdf: {"/Font": {"/T": Dictionary(Type=Name.Font, Subtype=Name.Type3)}}  # noqa: E731
OUTSIDE = lambda pdf: {"/Font": {"/T": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)}}  # noqa: E731


def ringed(pdf: Any) -> Any:
    """A form that draws itself."""
    it = form(pdf, b"/F Do")
    it["/Resources"] = Dictionary(XObject=Dictionary(F=it))
    return {"/XObject": {"/F": it}}


def graphics(**entries: Any) -> Any:
    """Resources with one graphics state."""
    return lambda pdf: {"/ExtGState": {"/G": Dictionary({f"/{key}": value for key, value in entries.items()})}}


PAINT = raw_leaves.PLACE
REFUSED: dict[str, tuple[Leaf, str]] = {
    "an operator": (Leaf(b"0 0 m 9 9 l XX"), "the operator XX is unknown"),
    "a stream that breaks off": (Leaf(b"1 0 0 rg (abc"), "the content can't be read at “(abc”"),
    "too few numbers": (Leaf(b"1 0 rg"), "a colour in /DeviceRGB has 3 numbers, not 2"),
    "a colour of names": (Leaf(b"/A /B /C rg"), "the content can't be read at “/A /B /C”"),
    "a font of no size": (typed(b"BT /T Tf ET"), "“/T Tf” isn't used as it should be"),
    "a missing space": (Leaf(b"/C cs"), "the colour space /C is unknown"),
    "an unknown space": (Leaf(b"/C cs 1 scn", spaces(C=Array([Name.CIEBasedABC, Dictionary()]))), "the colour space /CIEBasedABC is unknown"),
    "a default space": (Leaf(b"1 0 0 rg", spaces(DefaultRGB=icc(SRGB, 3))), "/DefaultRGB stands in for device colours"),
    "registration colour": (Leaf(b"/C cs 1 scn", spaces(C=parsed("[/Separation /All /DeviceGray << /FunctionType 2 /Domain [0 1] /N 1 >>]"))), "registration colour"),
    "an ICC profile of two parts": (Leaf(b"/C cs 1 1 scn", spaces(C=icc(SRGB, 2))), "an ICC profile of 2 parts"),
    "a function": (Leaf(b"/C cs 1 scn", spaces(C=parsed("[/Separation /X /DeviceRGB << /FunctionType 7 /Domain [0 1] >>]"))), "a function of type 7 is unknown"),
    "a shading": (Leaf(b"/S sh", shading(ShadingType=9, ColorSpace=Name.DeviceRGB)), "a shading of type 9 is unknown"),
    "a shading without a function": (Leaf(b"/S sh", shading(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 1])), "a shading has no function"),
    "a mesh cut short": (Leaf(b"/S sh", raw_leaves.mesh(4, raw_leaves.TRIANGLE[:-2], BitsPerFlag=8)), "a mesh is cut short"),
    "a pattern": (Leaf(b"/Pattern cs /P scn", lambda pdf: {"/Pattern": {"/P": Dictionary(PatternType=3)}}), "a pattern of type 3 is unknown"),
    "a transfer curve": (Leaf(b"/G gs", graphics(TR=Dictionary(FunctionType=2, Domain=[0, 1], N=2))), "a transfer curve"),
    "a graphics state's entry": (Leaf(b"/G gs", graphics(XX=1)), "an entry /XX, which is unknown"),
    "a soft mask": (Leaf(b"/G gs", graphics(SMask=Dictionary(S=Name.Weight))), "a soft mask of kind /Weight is unknown"),
    "a layer": (Leaf(b"/OC /L BDC EMC"), "a layer (optional content) is used"),
    "PostScript": (Leaf(b"/F Do", lambda pdf: {"/XObject": {"/F": pdf.make_stream(b"", Subtype=Name.PS)}}), "an object of kind /PS is unknown"),
    "a form in itself": (Leaf(b"/F Do", ringed), "contain themselves"),
    "a group": (Leaf(b"/F Do", lambda pdf: {"/XObject": {"/F": form(pdf, b"", Group=Dictionary(S=Name.Other))}}), "a group of kind /Other is unknown"),
    "a Type 3 font": (Leaf(b"BT /T 9 Tf ET", TWO), "a Type 3 font"),
    "a font that isn't there": (Leaf(b"BT /T 9 Tf ET", OUTSIDE), "the font /Courier isn't embedded"),
    "visible text after invisible": (typed(b"BT /T 9 Tf 3 Tr 10 10 Td (A) Tj 0 Tr (B) Tj ET"), "visible text goes on from invisible text"),
    "sixteen bits": (Leaf(PAINT, image(1, 1, bytes(6), Name.DeviceRGB, 16)), "a picture of 16 bits a sample"),
    "JPEG 2000": (Leaf(PAINT, image(1, 1, b"x", Name.DeviceRGB, Filter=Name.JPXDecode)), "packed with /JPXDecode"),
    "a broken JPEG": (Leaf(PAINT, image(1, 1, b"\xff\xd8x", Name.DeviceRGB, Filter=Name.DCTDecode)), "a JPEG can't be read"),
    "a JPEG of other parts": (Leaf(PAINT, image(60, 60, raw_leaves.jpeg("L"), Name.DeviceRGB, Filter=Name.DCTDecode)), "a JPEG of L samples"),
    "samples cut short": (Leaf(PAINT, image(9, 9, bytes(5), Name.DeviceRGB)), "a picture's samples are cut short"),
    "a picture of two inks": (Leaf(PAINT, image(1, 1, bytes(2), parsed("[/DeviceN [/A /B] /DeviceCMYK << /FunctionType 2 /Domain [0 1 0 1] /N 1 >>]"))), "a picture of 2 inks"),
    "a soft mask mixed with its ground": (Leaf(PAINT, image(1, 1, bytes(3), Name.DeviceRGB, SMask=raw_leaves.plain_image(
        1, 1, b"\0", ColorSpace=Name.DeviceGray, BitsPerComponent=8, Matte=Array([1, 1, 1])))), "/Matte"),
    "a picture that isn't described": (Leaf(PAINT, lambda pdf: {"/XObject": {"/I": pdf.make_stream(b"", Subtype=Name.Image)}}), "isn't described as it should be"),
    "a bomb": (Leaf(PAINT, image(90000, 90000, b"", Name.DeviceRGB)), "a picture of 90000 × 90000 samples"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_unknown_is_refused(name: str) -> None:
    """Whatever no separation is known for is one sentence with its page, never passed on."""
    leaf, sentence = REFUSED[name]
    with pytest.raises(AssetError) as caught:
        printed(master(Leaf(b"1 0 0 rg" + SQUARE), leaf))

    (complaint,) = caught.value.complaints
    assert sentence in str(complaint)
    assert str(complaint).startswith("brochure.print.pdf page 2: error: no separation is known: ")


def test_all_pages_slips_are_told_at_once() -> None:
    """Two pages with a slip make two lines, each with the operator that it stopped at."""
    with pytest.raises(AssetError) as caught:
        printed(master(Leaf(b"/C cs"), Leaf(b"q Q"), Leaf(b"1 XX")))

    assert [str(complaint).split(". ")[0] for complaint in caught.value.complaints] == [
        "brochure.print.pdf page 1: error: no separation is known: at “/C cs”: the colour space /C is unknown",
        "brochure.print.pdf page 3: error: no separation is known: at “1 XX”: the operator XX is unknown",
    ]


# -- sharing --------------------------------------------------------------------------------------------------


def test_a_form_is_separated_once() -> None:
    """Forms, patterns and shadings that many pages share stay shared; what a page doesn't use, it doesn't carry."""
    with pikepdf.new() as pdf:
        shared = form(pdf, b"0.2 0.5 0.3 rg" + SQUARE)
        named = Dictionary(XObject=Dictionary(F=shared, Unused=form(pdf, b"1 0 0 rg")), Properties=Dictionary())
        for _ in range(3):
            page = Dictionary(Type=Name.Page, MediaBox=[0, 0, 595, 842], TrimBox=[0, 0, 595, 842], Resources=named,
                              Contents=pdf.make_stream(b"/F Do"))  # fmt: skip
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        out = io.BytesIO()
        pdf.save(out)

    with pikepdf.open(io.BytesIO(printed(out.getvalue()))) as pdf:
        rows = [dict(page.obj.Resources.XObject.items()) for page in pdf.pages]
        assert {len({row["/F"].objgen for row in rows}), *(len(row) for row in rows)} == {1}


def test_patterns_move_with_the_page_and_not_with_forms() -> None:
    """A pattern lies in the space of the stream that names it: a page's moves along with its content, a form's is moved
    by the form; its own cm moves neither (print.md, trap 18)."""
    moved = Leaf(b"1 0 0 1 50 50 cm /Pattern cs /P scn" + SQUARE, raw_leaves.shaded)
    edge = 3 / 25.4 * 72
    with pikepdf.open(io.BytesIO(printed(master(moved, raw_leaves.NAMED["a shading pattern in a form"])))) as pdf:
        page, inner = pdf.pages[0].obj.Resources, pdf.pages[1].obj.Resources.XObject.F.Resources

        assert [float(value) for value in page.Pattern.P.Matrix] == pytest.approx(
            [0.5, 0, 0, 1, 130 + edge, edge], abs=1e-3
        )
        assert [float(value) for value in inner.Pattern.P.Matrix] == [0.5, 0, 0, 1, 130, 0]


def test_a_group_begins_opaque() -> None:
    """Half alpha around a group isn't alpha in it: its fine black overprints, and that of a plain form doesn't."""
    line = b"1 w 0 0 m 9 9 l S"

    def named(pdf: Any) -> Any:
        forms = {"/G": form(pdf, line, Group=raw_leaves.group(Name.DeviceRGB)), "/F": form(pdf, line)}
        return {"/XObject": forms, "/ExtGState": {"/H": Dictionary(ca=0.5, CA=0.5)}}

    with pikepdf.open(io.BytesIO(printed(master(Leaf(b"/H gs /G Do /F Do", named))))) as pdf:
        forms = pdf.pages[0].obj.Resources.XObject
        assert b"/OverLine gs" in forms.G.read_bytes()
        assert b"/OverLine gs" not in forms.F.read_bytes()


def test_a_group_blends_in_inks() -> None:
    """Transparency groups, the page's own too, blend in DeviceCMYK; masks of luminosity in DeviceGray."""
    leaf = raw_leaves.NAMED["a group at half alpha"]
    with pikepdf.open(io.BytesIO(printed(master(leaf, raw_leaves.NAMED["a soft mask with a backdrop"])))) as pdf:
        first, second = (page.obj for page in pdf.pages)
        mask = next(
            state.SMask for state in second.Resources.ExtGState.values() if isinstance(state.get("/SMask"), Dictionary)
        )

        assert first.Group.CS == first.Resources.XObject.F.Group.CS == Name.DeviceCMYK
        assert Name.DeviceGray == mask.G.Group.CS
        assert [round(float(value), 2) for value in mask.BC] == [0.59]  # 0.3 × 1 + 0.59 × 0.5


# -- inks, functions, tokens ----------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [2.2, 2.8, 3.0])
def test_the_ink_limit_is_kept_without_a_jump(limit: float) -> None:
    """Nothing below the limit changes, nothing comes out above it, and neighbours stay neighbours."""
    steps = [index / 20 for index in range(21)]
    for c, m, k in ((c, m, k) for c in steps for m in steps for k in (0, 0.4, 0.9, 1)):
        row = [limited((c, m, y, k), limit) for y in steps]
        for y, inks in zip(steps, row, strict=True):
            assert sum(inks) <= limit + 1e-9
            assert min(inks) >= 0
            assert inks == (c, m, y, k) or c + m + y + k > limit
        assert max(abs(a - b) for one, two in itertools.pairwise(row) for a, b in zip(one, two, strict=True)) < 0.11


def test_a_colour_over_the_limit_is_brought_down() -> None:
    """A master's own CMYK and the profile's mixes both keep a lower limit."""
    words = content(
        printed(master(Leaf(b"0.9 0.8 0.7 0.8 k" + SQUARE + b"0.1 0.05 0.02 rg" + SQUARE)), ink_limit=Decimal(240))
    )
    found = [sum(map(float, row.split())) for row in re.findall(rb"([\d. ]+) k\n100 300", words)]

    assert len(found) == 2
    assert max(found) <= 2.401


@pytest.mark.parametrize(
    ("source", "stack", "expected"),
    [
        ("{ add 2 mul }", [1, 2], [6]), ("{ dup 0 lt { neg } { 3 add } ifelse }", [-2], [2]), ("{ 1 3 2 roll }", [5, 6], [6, 1, 5]),
        ("{ 2 copy }", [1, 2], [1, 2, 1, 2]), ("{ 1 index }", [7, 8], [7, 8, 7]), ("{ exch pop }", [7, 8], [8]),
        ("{ 3 1 roll }", [1, 2, 3], [3, 1, 2]), ("{ 3 -1 roll }", [1, 2, 3], [2, 3, 1]), ("{ 7 2 idiv 7 2 mod }", [], [3, 1]),
        ("{ 0.5 gt { 9 } if 1 }", [0.7], [9, 1]), ("{ 90 sin 2 sqrt 2 exp }", [], [1, 2]), ("{ -1.5 round 2.5 truncate cvi }", [], [-1, 2]),
        ("{ true false or 5 3 and }", [], [1, 1]), ("{ 1 1 atan 8 -2 bitshift % a comment\n }", [], [45, 2]),
    ],
)  # fmt: skip
def test_the_calculator(source: str, stack: list[float], expected: list[float]) -> None:
    """Programs of type 4 functions come to what PostScript comes to."""
    assert run(program(source.encode()), list(stack)) == pytest.approx(expected)


def test_a_sampled_function_of_two_inputs() -> None:
    """A table is read linearly in both directions, from samples of odd widths too."""
    with pikepdf.new() as pdf:
        table = pdf.make_stream(bytes.fromhex("000FFF FFF000".replace(" ", "")), FunctionType=0, Domain=[0, 1, 0, 1],
                                Range=[0, 1], Size=[2, 2], BitsPerSample=12)  # fmt: skip
        found = function(table)

        assert [found(x, y)[0] for x, y in ((0, 0), (1, 0), (0, 1), (1, 1), (0.5, 0), (0.5, 0.5))] == pytest.approx(
            [0, 1, 1, 0, 0.5, 0.5]
        )


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"(a(b)c\\)) Tj", [("Tj", [b"(a(b)c\\))"])]),
        (b"[(x) 1 -2.5 <00>] TJ", [("TJ", [[b"(x)", 1.0, -2.5, b"<00>"]])]),
        (b"/A <</B [1 <<>>] /C true>> BDC % a comment\n1 0 0 rg", [("BDC", ["/A", {"/B": [1.0, {}], "/C": True}]), ("rg", [1.0, 0.0, 0.0])]),
        (b"0 0 m 1 1 l h 2 2 3 3 re f*", [("PATH", []), ("f*", [])]),
        (b".5 -.5 +1. 4 5 6 cm/F#20 1 Do", [("cm", [0.5, -0.5, 1.0, 4.0, 5.0, 6.0]), ("Do", ["/F ", 1.0])]),
        (b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID EI  EI Q", [("BI", ["/W", 1.0, "/H", 1.0, "/CS", "/RGB", "/BPC", 8.0]), ("Q", [])]),
        (b" % only a comment", []),
    ],
)  # fmt: skip
def test_content_is_read_operation_by_operation(stream: bytes, expected: list[Any]) -> None:
    """Strings in strings, nested arrays, comments, odd numbers and inline pictures don't confuse the reader."""
    found = [(it.operator.decode(), [] if it.operator == b"PATH" else it.operands) for it in operations(stream)]

    assert found == expected


@pytest.mark.parametrize(
    "stream", [b"1 2 3", b"(open Tj", b"1 0 --5 rg", b"<zz> Tj", b"] f", b"BI /W 1 ID", b"\x80\x81"]
)
def test_what_is_no_content_is_unreadable(stream: bytes) -> None:
    """Loose operands, open brackets and stray bytes are told, not skipped."""
    with pytest.raises(Unreadable):
        list(operations(stream))


def test_a_hostile_stream_is_read_in_no_time() -> None:
    """Brackets without end don't make the reader slow."""
    with pytest.raises(Unreadable):
        list(operations(b"(" * 50_000 + b"[" * 50_000 + b"1 " * 50_000))
    assert read(b"[" * 3 + b"]" * 3) == [[[[]]]]


def test_brand_names_its_colours_once() -> None:
    """Every brand colour is recognised from what the setter writes of it."""
    mixer = Mixer(brand(), PROFILE, SRGB, 3)
    for colour in brand().colours.values():
        written = [float(f"{part / 255:.6f}") for part in (colour.screen.red, colour.screen.green, colour.screen.blue)]
        recipe = (colour.print.cyan, colour.print.magenta, colour.print.yellow, colour.print.black)

        assert mixer.mix(tuple(written)).inks == tuple(ink / 100 for ink in recipe)


def test_a_logo_keeps_its_recipe() -> None:
    """A colour that only a logo has is printed by the logo's recipe; without one it goes through the profile."""
    green = (0x1E / 255, 0x9E / 255, 0x4E / 255)

    assert Mixer(brand(), PROFILE, SRGB, 3, {"1E9E4E": Cmyk(80, 5, 90, 0)}).mix(green).inks == (0.8, 0.05, 0.9, 0)
    assert Mixer(brand(), PROFILE, SRGB, 3).mix(green).inks != (0.8, 0.05, 0.9, 0)
