"""The print file: what it claims, what others make of it, and that the same proof gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import itertools
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import raw_leaves
from conftest import ROOT, shipped
from pikepdf import Dictionary, Name
from PIL import Image, ImageChops, ImageCms, ImageStat
from printroom import PROFILE, SRGB, Leaf, brand, content, master, pictures, printed, printer, proof, tool, walked
from raw_leaves import PLACE, image

from brochure import compose, load, press
from brochure.errors import AssetError
from brochure.finish import prepress, separation
from brochure.finish.separation.remembered import Remembered
from brochure.stages import Order, Proof
from brochure.typeset import Setter

MM = 72 / 25.4

#: What a page of the setter's brings: everything that CSS and SVG paint with, in the brand's colours.
PAINTED = """<style>
.pp > * { position: absolute; width: 40mm; height: 40mm; margin: 0 }
.pp b, .pp i { font: 400 8pt Golos Text }
.pp b { color: #000000 } .pp i { color: #ffffff; background: #0F2744 }
</style><div class="pp">
<p style="left: 20mm; top: 20mm; background: linear-gradient(90deg, #C89B2C, #FAF6EC) no-repeat"></p>
<p style="left: 65mm; top: 20mm; background: linear-gradient(30deg, rgba(15, 39, 68, 0.2), #0F2744 60%) no-repeat"></p>
<p style="left: 110mm; top: 20mm; background: radial-gradient(circle, #C89B2C 0, #C89B2C 30%, #E6EAEE 30%, #E6EAEE 100%) no-repeat"></p>
<p style="left: 155mm; top: 20mm; background: #C89B2C; opacity: 0.5"></p>
<p style="left: 20mm; top: 65mm; box-shadow: 2mm 2mm 0 #2C4A6E; border: 1mm ridge #C89B2C; width: 30mm; height: 30mm"></p>
<p style="left: 65mm; top: 65mm; background: lab(60% 30 -20)"></p>
<p style="left: 110mm; top: 65mm; background: repeating-linear-gradient(45deg, #0F2744 0, #0F2744 2mm, #FAF6EC 2mm, #FAF6EC 4mm)"></p>
<svg style="left: 155mm; top: 65mm" viewBox="0 0 40 40"><defs><linearGradient id="g"><stop offset="0" stop-color="#B8391A"/>
<stop offset="1" stop-color="#E3C276"/></linearGradient><pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse">
<rect width="2" height="2" fill="#0F2744"/></pattern><mask id="m"><circle cx="20" cy="20" r="15" fill="white"/></mask></defs>
<rect width="40" height="20" fill="url(#g)"/><rect y="20" width="20" height="20" fill="url(#p)"/>
<rect x="20" y="20" width="20" height="20" fill="#C89B2C" mask="url(#m)" opacity="0.7"/></svg>
<img style="left: 20mm; top: 110mm" src="https://brochure.invalid/clear.png" alt="a">
<img style="left: 65mm; top: 110mm" src="https://brochure.invalid/grey.png" alt="b">
<img style="left: 110mm; top: 110mm" src="https://brochure.invalid/photo.jpg" alt="c">
<p style="left: 155mm; top: 110mm; background: #FAF6EC; outline: 0.2mm solid black"><b>Black</b> <i>White</i></p>
<p style="left: 20mm; top: 155mm; color: transparent">Nobody sees this</p>
</div>"""


def files() -> dict[str, bytes]:
    """The pictures of that page: with alpha, grey, a JPEG."""
    made = {}
    clear = raw_leaves.photograph("RGB", 300).convert("RGBA")
    clear.putalpha(Image.radial_gradient("L").resize(clear.size))
    for name, picture in (
        ("clear.png", clear),
        ("grey.png", raw_leaves.photograph("L", 300)),
        ("photo.jpg", raw_leaves.photograph("RGB", 300)),
    ):
        out = io.BytesIO()
        picture.save(out, "PNG" if name.endswith("png") else "JPEG")
        made[name] = out.getvalue()
    return made


@pytest.fixture(scope="module")
def set_proof(tmp_path_factory: pytest.TempPathFactory, setter: Setter) -> Proof:
    """The miniature's proof with a page of everything that CSS and SVG paint with."""
    from conftest import furnish

    root = furnish(tmp_path_factory.mktemp("prepress") / "house")
    sheet = compose.sheet(load.manuscript(load.house(root), Order("mini", "en")))
    first = sheet.galleys[0]
    html = first.html.replace("</section>", f"{PAINTED}</section>", 1)
    galley = replace(
        first, html=html, files={**first.files, **files()}, digest=hashlib.sha256(html.encode()).hexdigest()
    )
    return setter.proof(replace(sheet, galleys=(galley, *sheet.galleys[1:])))


@pytest.fixture(scope="module")
def made(set_proof: Proof) -> bytes:
    """Its print file."""
    return prepress.finish(set_proof, brand(), printer(), PROFILE)[0].content


def test_what_css_and_svg_paint_prints_as_it_shows(set_proof: Proof, made: bytes, tmp_path: Path) -> None:
    """The setter's gradients, shadows, masks, patterns and pictures look alike in sRGB and in inks."""
    before, after = pictures(set_proof.pdf, tmp_path), pictures(made, tmp_path)

    assert len(before) == len(after) == 2
    for one, other in zip(before, after, strict=True):
        difference = ImageChops.difference(one, other)
        assert max(ImageStat.Stat(difference).mean) < 6
        for left, top in itertools.product((20, 65, 110, 155), (20, 65, 110)):
            box = tuple(round(mm / 25.4 * 36) for mm in (left + 1, top + 1, left + 39, top + 39))
            assert max(ImageStat.Stat(difference.crop(box)).mean) < 24, (left, top)


def test_no_colour_of_a_screen_is_left(set_proof: Proof, made: bytes, tmp_path: Path) -> None:
    """Nothing in RGB, calibrated or tagged reaches the press: a walk of its own finds none."""
    assert walked(made, tmp_path) == []
    assert len(walked(set_proof.pdf, tmp_path)) > 10


def test_text_that_only_readers_hear_is_gone(set_proof: Proof, made: bytes) -> None:
    """Transparent text is in the master and not in the print file."""
    import pypdfium2

    def text(pdf: bytes) -> str:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return document[0].get_textpage().get_text_range()
        finally:
            document.close()

    assert "Nobody sees this" in text(set_proof.pdf)
    assert "Nobody" not in text(made)
    assert "Black White" in text(made)


OTHERS = [
    ["qpdf", "--check", "--no-warn", "FILE"],
    ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", "FILE"],
    ["pdftoppm", "-r", "20", "-png", "FILE", "OUT"],
]  # fmt: skip


def heard(command: list[str], pdf: bytes, folder: Path) -> tuple[int, bytes]:
    """How another program ends with a file, and what it says of it."""
    path = folder / "print.pdf"
    path.write_bytes(pdf)
    names = {"FILE": str(path), "OUT": str(folder / "out")}
    words = [tool(command[0]), *(names.get(word, word) for word in command[1:])]
    run = subprocess.run(words, capture_output=True, check=False)
    return run.returncode, run.stderr


@pytest.mark.parametrize("command", OTHERS, ids=lambda it: it[0])
def test_others_open_it_without_a_word(command: list[str], made: bytes, tmp_path: Path) -> None:
    """qpdf, Ghostscript and poppler read the file and have nothing to say."""
    assert heard(command, made, tmp_path) == (0, b"")


@pytest.fixture(scope="module")
def hindi(setter: Setter) -> bytes:
    """Three pages of the real brochure in Hindi, printed: the script with the most ligatures, a map, and a QR code."""
    house = shipped()
    edition = house.default_edition
    made = press.make(Order(edition, "hi", "print", ("cover", "region", "back")), house, setter)
    return made.products[0].content


@pytest.mark.parametrize("command", OTHERS, ids=lambda it: it[0])
def test_others_open_a_real_brochure_too(command: list[str], hindi: bytes, tmp_path: Path) -> None:
    """So they do with pages as they are shipped."""
    assert heard(command, hindi, tmp_path) == (0, b"")


def test_a_real_brochure_is_ink_only(hindi: bytes, tmp_path: Path) -> None:
    """No colour of a screen is left in pages as they are shipped."""
    assert walked(hindi, tmp_path) == []


# -- boxes and marks ------------------------------------------------------------------------------------------


def box(page: Any, name: str) -> list[float]:
    """A page's box in mm."""
    return [float(edge) / MM for edge in page[name]]


@pytest.mark.parametrize("bleed", [0, 3, 5])
@pytest.mark.parametrize("marks", [(), ("crop", "registration", "colour bar")])
def test_boxes_are_exact_and_nested(bleed: int, marks: tuple[str, ...]) -> None:
    """MediaBox from 0, 0; BleedBox around the TrimBox by the bleed; TrimBox the paper to a hundredth of a millimetre."""
    from decimal import Decimal

    file = printed(master(Leaf(b"1 0 0 rg -20 -20 700 900 re f"), Leaf(b"")), bleed=Decimal(bleed), marks=marks)
    margin = 11 if marks else 0
    with pikepdf.open(io.BytesIO(file)) as pdf:
        for page in pdf.pages:
            inset = margin + bleed
            assert box(page.obj, "/TrimBox") == pytest.approx([inset, inset, inset + 210, inset + 297], abs=0.005)
            assert box(page.obj, "/BleedBox") == pytest.approx(
                [margin, margin, inset + 210 + bleed, inset + 297 + bleed], abs=0.005
            )
            assert box(page.obj, "/MediaBox") == pytest.approx([0, 0, 210 + 2 * inset, 297 + 2 * inset], abs=0.005)
            assert not {"/CropBox", "/ArtBox", "/Rotate", "/UserUnit", "/Annots"} & set(page.obj.keys())


def test_marks_stay_outside_and_content_inside_the_bleed(tmp_path: Path) -> None:
    """Around the bleed is paper and marks in every ink; the content is cut at the bleed."""
    file = printed(master(Leaf(b"1 0.2 0.2 rg -20 -20 700 900 re f")), marks=("crop", "registration", "colour bar"))
    (tmp_path / "marks.pdf").write_bytes(file)
    command = [tool("gs"), "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72",
               f"-sOutputFile={tmp_path / 'marks.tif'}", str(tmp_path / "marks.pdf")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    plates = {
        ink: ImageChops.invert(Image.open(next(tmp_path.glob(f"*({ink}).tif"))).convert("L"))
        for ink in ("Cyan", "Magenta", "Yellow", "Black")
    }
    inside = tuple(round(mm * MM) for mm in (12, 12, 226, 313))
    outside = {}
    for ink, plate in plates.items():
        around = plate.copy()
        around.paste(0, inside)
        around.paste(0, (0, round(313.5 * MM), round(120 * MM), plate.height))  # where the colour bar is
        outside[ink] = around.getbbox()
        assert around.getbbox() is not None

    assert len(set(outside.values())) == 1
    assert plates["Cyan"].crop(inside).getextrema()[1] < 40
    assert plates["Magenta"].crop(inside).getextrema()[0] > 150
    assert re.search(rb"/Marks CS 1 SCN 0\.25 w", content(file))


def test_marks_are_drawn_only_on_request() -> None:
    """Many printers forbid marks: without a wish there are none."""
    assert b"/Marks" not in content(printed(master(Leaf(b"0 g 0 0 9 9 re f"))))
    assert content(printed(master(Leaf(b"")), marks=("crop",))).count(b" S\n") == 8


# -- PDF/X-4 --------------------------------------------------------------------------------------------------


def test_it_says_what_pdf_x_4_asks_for(made: bytes, set_proof: Proof) -> None:
    """Version, output intent with the profile, metadata in both forms, dates of the edition, trapping, identifiers."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert pdf.pdf_version == "1.6"
        assert (str(intent.S), str(intent.OutputConditionIdentifier), str(intent.RegistryName)) == (
            "/GTS_PDFX",
            "FOGRA39",
            "http://www.color.org",
        )
        assert str(intent.Info)
        assert (intent.DestOutputProfile.read_bytes(), int(intent.DestOutputProfile.N)) == (PROFILE, 4)
        assert pdf.docinfo["/Trapped"] == Name("/False")
        assert str(pdf.docinfo["/Title"]) == set_proof.sheet.title
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"])
        assert len(pdf.trailer.ID) == 2
        assert not pdf.is_encrypted
    day = set_proof.sheet.created
    for wanted in (f"<xmp:CreateDate>{day}T", f"<xmp:ModifyDate>{day}T", f"<xmp:MetadataDate>{day}T", f">{set_proof.sheet.title}</rdf:li>",
                   "<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<xmpMM:VersionID>1<", "<xmpMM:RenditionClass>default<", "<pdf:Trapped>False<"):  # fmt: skip
        assert wanted in metadata
    assert re.search("<xmpMM:DocumentID>uuid:[0-9a-f-]{36}<", metadata)


def test_nothing_of_a_screen_file_is_left(made: bytes) -> None:
    """No tags, bookmarks, links, actions, forms, attachments, layers, old filters or bitmap fonts."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages", "/OutputIntents", "/Metadata", "/Lang"}
        kinds = {
            str(obj.get(key))
            for obj in pdf.objects
            if isinstance(obj, Dictionary | pikepdf.Stream)
            for key in ("/Type", "/Subtype", "/Filter", "/S")
        }
        operators = {str(operator) for page in pdf.pages for _, operator in pikepdf.parse_content_stream(page)}
        fonts = [obj for obj in pdf.objects if isinstance(obj, Dictionary) and obj.get("/Type") == "/FontDescriptor"]

    assert not kinds & {
        "/StructElem",
        "/Annot",
        "/Link",
        "/Outlines",
        "/Action",
        "/URI",
        "/JavaScript",
        "/EmbeddedFile",
        "/OCG",
        "/LZWDecode",
        "/Type3",
        "/Filespec",
    }
    assert not operators & {"BDC", "BMC", "EMC", "ri", "BI"}
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_a_profile_of_a_screen_is_refused() -> None:
    """The output intent is a press's; anything else is told by the name of its file."""
    with pytest.raises(
        AssetError, match=r"assets/icc/ISOcoated_v2_300_bas\.icc: error: this isn't a profile of a press"
    ):
        prepress.finish(proof(master(Leaf(b""))), brand(), printer(), SRGB)
    with pytest.raises(AssetError, match="it can't be used"):
        prepress.finish(proof(master(Leaf(b"1 0 0 rg"))), brand(), printer(), PROFILE[:200])


SCRIPT = """import sys; sys.path[:0] = {paths!r}
from pathlib import Path
import printroom
from brochure.finish import prepress, separation
separation.folder = lambda: Path("kept")
made = prepress.finish(printroom.proof(Path({master!r}).read_bytes()), printroom.brand(), printroom.printer(), printroom.PROFILE)
sys.stdout.buffer.write(made[0].content)"""


def identifier(pdf: bytes) -> str:
    """A file's DocumentID."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return re.findall("DocumentID>([^<]+)<", opened.Root.Metadata.read_bytes().decode())[0]


def test_the_same_proof_gives_the_same_bytes(set_proof: Proof, tmp_path: Path) -> None:
    """Another folder, process, hash seed, time zone and an empty cache change nothing."""
    (tmp_path / "master.pdf").write_bytes(set_proof.pdf)
    script = SCRIPT.format(paths=[str(ROOT), str(ROOT / "tests")], master=str(tmp_path / "master.pdf"))
    (tmp_path / "a folder with ümlauts").mkdir()
    other = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, cwd=tmp_path / "a folder with ümlauts",
                           env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}).stdout  # fmt: skip
    here = prepress.finish(proof(set_proof.pdf), brand(), printer(), PROFILE)[0].content

    assert here == other
    tuned = brand().model_copy(update={"colours": {**brand().colours, "gold": brand().colours["honey"]}})
    assert identifier(prepress.finish(proof(set_proof.pdf), tuned, printer(), PROFILE)[0].content) != identifier(here)
    assert prepress.finish(proof(set_proof.pdf, "another digest"), brand(), printer(), PROFILE)[0].content != here


# -- pictures -------------------------------------------------------------------------------------------------


def picture(pdf: bytes) -> Any:
    """The first picture of a file's first page, with its samples: (its dictionary, an image)."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        obj = next(it for it in opened.pages[0].obj.Resources.XObject.values() if it.Subtype == Name.Image)
        about = {key: str(value) for key, value in obj.items()}
        raw = obj.read_raw_bytes() if about["/Filter"] == "/DCTDecode" else obj.read_bytes()
    return about, raw


@pytest.mark.parametrize(
    ("size", "place", "expected"),
    [
        (1500, b"q 72 0 0 72 0 0 cm /I Do Q", 350),
        (1500, b"q 72 0 0 72 0 0 cm /I Do Q q 144 0 0 72 0 0 cm /I Do Q", 700),
        (1500, b"q 144 0 0 72 0 0 cm /I Do Q q 72 0 0 72 0 0 cm /I Do Q", 700),
        (370, b"q 72 0 0 72 0 0 cm /I Do Q", 370),
        (100, b"q 72 0 0 72 0 0 cm /I Do Q", 100),
        (1500, b"q 0 36 -36 0 0 0 cm 2 0 0 2 0 0 cm /I Do Q", 350),
    ],
)
def test_pictures_are_no_finer_than_the_press_needs(size: int, place: bytes, expected: int) -> None:
    """Each way at most 350 ppi at the largest size it is printed at; a little more is left alone."""
    samples = raw_leaves.photograph("RGB", 60).resize((size, size)).tobytes()
    about, _ = picture(printed(master(Leaf(place, image(size, size, samples, Name.DeviceRGB)))))

    assert int(about["/Width"]) == expected
    assert (about["/Filter"], about["/ColorSpace"]) == ("/DCTDecode", "/DeviceCMYK")


def test_a_soft_mask_comes_down_with_its_picture() -> None:
    """Alpha is no finer than what it veils, and keeps its levels: it is packed without loss."""
    alpha = Image.radial_gradient("L").resize((900, 900))
    soft = raw_leaves.plain_image(900, 900, alpha.tobytes(), ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    samples = raw_leaves.photograph("RGB").resize((900, 900)).tobytes()
    made = printed(master(Leaf(b"q 72 0 0 72 0 0 cm /I Do Q", image(900, 900, samples, Name.DeviceRGB, SMask=soft))))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        veil = pdf.pages[0].obj.Resources.XObject.I.SMask

        assert (int(veil.Width), int(veil.Height), str(veil.ColorSpace), str(veil.Filter)) == (
            350,
            350,
            "/DeviceGray",
            "/FlateDecode",
        )
        assert veil.read_bytes()[175 * 350 + 175] == pytest.approx(alpha.getpixel((450, 450)), abs=3)


def test_drawn_pictures_keep_their_colours_and_size() -> None:
    """Few colours without loss stay indexed and whole, brand colours by recipe."""
    made = printed(
        master(
            Leaf(
                b"q 9 0 0 9 0 0 cm /I Do Q", image(200, 200, bytes([200, 155, 44, 15, 39, 68]) * 20_000, Name.DeviceRGB)
            )
        )
    )
    with pikepdf.open(io.BytesIO(made)) as pdf:
        obj = pdf.pages[0].obj.Resources.XObject.I
        table = bytes(obj.ColorSpace[3])

        assert (int(obj.Width), str(obj.ColorSpace[1]), int(obj.ColorSpace[2])) == (200, "/DeviceCMYK", 1)
        assert {tuple(round(ink / 2.55) for ink in row) for row in (table[:4], table[4:])} == {
            (18, 36, 88, 4),
            (100, 78, 28, 45),
        }


def test_pictures_keep_the_ink_limit() -> None:
    """A picture of inks above the press's limit comes down to it."""
    dark = Image.merge("CMYK", [Image.linear_gradient("L")] * 4).resize((64, 64)).tobytes()
    about, raw = picture(printed(master(Leaf(PLACE, image(64, 64, dark, Name.DeviceCMYK)))))
    inks = ImageChops.invert(Image.open(io.BytesIO(raw)))

    assert (
        max(sum(pixel) for pixel in zip(*[iter(inks.tobytes())] * 4, strict=True)) <= 3.0 * 255 + 12
    )  # JPEG's own error
    assert about["/ColorSpace"] == "/DeviceCMYK"


def test_greys_print_in_black_only(tmp_path: Path) -> None:
    """A grey picture stays DeviceGray: on the plates it is black ink, and the other three are empty."""
    file = tmp_path / "grey.pdf"
    file.write_bytes(printed(master(raw_leaves.PICTURES["grey"])))
    command = [
        tool("gs"),
        "-q",
        "-dSAFER",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiffsep",
        "-r36",
        f"-sOutputFile={tmp_path / 'grey.tif'}",
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True)
    plates = {
        ink: Image.open(next(tmp_path.glob(f"*({ink}).tif"))).convert("L").getextrema()
        for ink in ("Cyan", "Magenta", "Yellow", "Black")
    }

    assert [plates[ink] for ink in ("Cyan", "Magenta", "Yellow")] == [(255, 255)] * 3
    assert plates["Black"][0] < 120


PHOTO = Leaf(PLACE, image(60, 60, raw_leaves.photograph("RGB").tobytes(), Name.DeviceRGB))


@pytest.mark.parametrize(
    "spoil", [lambda path: path.write_bytes(path.read_bytes()[:-9]), lambda path: path.write_bytes(b"")]
)
def test_a_spoiled_picture_is_made_again(
    spoil: Callable[[Path], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kept picture is used again; one that was cut short or emptied is made again, and both give the same file."""
    monkeypatch.setattr(separation, "folder", lambda: tmp_path)
    first = printed(master(PHOTO))
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    spoil(kept)

    assert printed(master(PHOTO)) == first
    assert kept.read_bytes() == whole
    monkeypatch.setattr("brochure.finish.separation.pictures.plate", lambda *_: pytest.fail("it was kept"))
    assert printed(master(PHOTO)) == first


def test_another_press_is_another_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Profile, limit and size are part of what a picture is kept under."""
    monkeypatch.setattr(separation, "folder", lambda: tmp_path)
    from decimal import Decimal

    for changes in ({}, {"ink_limit": Decimal(250)}, {"ppi": 72}, {"ppi": 72}):
        printed(master(Leaf(b"q 30 0 0 30 0 0 cm /I Do Q", PHOTO.resources)), **changes)

    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    """The entries that were used longest ago go first; a folder that can't be written to stops nobody."""
    kept = Remembered(tmp_path / "kept", room=300)
    for index, name in enumerate("abcd"):
        kept.put(name, bytes(100))
        os.utime(tmp_path / "kept" / name, (index, index))
    kept.tidy()
    (tmp_path / "a file").write_bytes(b"")
    hopeless = Remembered(tmp_path / "a file")
    hopeless.put("a", b"x")
    hopeless.tidy()

    assert [kept.get(name) is not None for name in "abcd"] == [False, False, True, True]
    assert hopeless.get("a") is None


# -- colours --------------------------------------------------------------------------------------------------


def lab(profile: bytes, mode: str, values: list[int]) -> tuple[float, float, float]:
    """A colour as CIE L*a*b*, the press's white taken for white and its black for black."""
    by = ImageCms.buildTransform(ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("LAB"), mode, "LAB",
                                 ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION)  # fmt: skip
    light, a, b = ImageCms.applyTransform(Image.frombytes(mode, (1, 1), bytes(values)), by).tobytes()
    return light / 2.55, (a ^ 128) - 128, (b ^ 128) - 128


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """ΔE00 (CIE 142-2001; Sharma, Wu and Dalal 2005)."""
    (light_1, a_1, b_1), (light_2, a_2, b_2) = one, other
    chroma = (math.hypot(a_1, b_1) + math.hypot(a_2, b_2)) / 2
    more = 1 + 0.5 * (1 - math.sqrt(chroma**7 / (chroma**7 + 25**7)))
    c_1, c_2 = math.hypot(a_1 * more, b_1), math.hypot(a_2 * more, b_2)
    h_1, h_2 = (math.degrees(math.atan2(b, a * more)) % 360 for a, b in ((a_1, b_1), (a_2, b_2)))
    turn = (h_2 - h_1 + 180) % 360 - 180 if c_1 * c_2 else 0
    hue = 2 * math.sqrt(c_1 * c_2) * math.sin(math.radians(turn / 2))
    light, c, h = (light_1 + light_2) / 2, (c_1 + c_2) / 2, (h_1 + turn / 2) % 360
    t = 1 - 0.17 * _cos(h - 30) + 0.24 * _cos(2 * h) + 0.32 * _cos(3 * h + 6) - 0.2 * _cos(4 * h - 63)
    s_light = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c, 1 + 0.015 * c * t
    rotation = -2 * math.sqrt(c**7 / (c**7 + 25**7)) * math.sin(math.radians(60 * math.exp(-(((h - 275) / 25) ** 2))))
    parts = ((light_2 - light_1) / s_light, (c_2 - c_1) / s_c, hue / s_h)
    return math.sqrt(sum(part**2 for part in parts) + rotation * parts[1] * parts[2])


def _cos(degrees: float) -> float:
    return math.cos(math.radians(degrees))


def test_the_colour_difference_is_the_published_one() -> None:
    """Three of the pairs that Sharma, Wu and Dalal published."""
    pairs = [((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425), ((50, 2.5, 0), (73, 25, -18), 27.1492),
             ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082)]  # fmt: skip
    assert [round(difference(one, other), 4) for one, other, _ in pairs] == [expected for *_, expected in pairs]


@pytest.mark.parametrize("name", list(brand().colours))
def test_a_recipe_prints_what_the_screen_shows(name: str) -> None:
    """Each brand colour's recipe is within ΔE00 4 of its sRGB value on the press; ink is as black on screens as black ink
    alone is on paper."""
    colour = brand().colours[name]
    screen = lab(SRGB, "RGB", [colour.screen.red, colour.screen.green, colour.screen.blue])
    recipe = (colour.print.cyan, colour.print.magenta, colour.print.yellow, colour.print.black)

    assert difference(screen, lab(PROFILE, "CMYK", [round(ink * 2.55) for ink in recipe])) <= 4
    assert colour.print.ink <= 300
