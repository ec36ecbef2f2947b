"""The screen file: what it claims, what validators say, and that the same order gives the same bytes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import page
import pikepdf
import pytest
from conftest import ROOT, Brochures, furnish, hire, shipped

import build
from brochure import load, press
from brochure.stages import Order
from brochure.typeset import Setter


@pytest.fixture
def screen(root: Path, setter: Setter) -> bytes:
    """The miniature's screen file."""
    return press.make(Order("mini", "en"), load.house(root), setter).products[0].content


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_screen_file_is_accessible_and_archivable(profile: str, screen: bytes) -> None:
    """PDF/UA-1 and PDF/A-2a in one file, without a failure."""
    report = page.validate_pdf_bytes(screen, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_the_page_is_its_trim(screen: bytes) -> None:
    """MediaBox is 210 × 297 mm from the trim's corner, and no other box says otherwise."""
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        for leaf in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in leaf.mediabox)

            assert (round((right - left) / 72 * 25.4, 2), round((top - bottom) / 72 * 25.4, 2)) == (210.0, 297.0)
            assert not {"/TrimBox", "/BleedBox", "/CropBox"} & set(leaf.obj.keys())


def test_the_master_has_five_millimetres_of_bleed(root: Path, setter: Setter) -> None:
    """One sRGB master for all purposes: every page is 220 × 307 mm with the trim inside it."""
    with pikepdf.open(io.BytesIO(press.make(Order("mini", "en"), load.house(root), setter).proof.pdf)) as pdf:
        boxes = [[round((float(b) - float(a)) / 72 * 25.4, 2) for a, b in zip(leaf.mediabox[:2], leaf.mediabox[2:], strict=True)]
                 for leaf in pdf.pages]  # fmt: skip
        kinds = {str(operator) for leaf in pdf.pages for _, operator in pikepdf.parse_content_stream(leaf)}

        assert boxes == [[220.0, 307.0]] * 2
        assert "/StructTreeRoot" in pdf.Root
        assert not kinds & {"k", "K"}


def test_it_opens_as_a_book(screen: bytes) -> None:
    """Facing pages with the cover alone, title in the window, bookmarks shown, printed page numbers as labels."""
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        assert (
            str(pdf.Root.PageLayout), str(pdf.Root.PageMode), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == ("/TwoPageRight", "/UseOutlines", True)  # fmt: skip
        assert [str(item.title) for item in pdf.open_outline().root] == ["A first page", "A second page"]
        assert [leaf.label for leaf in pdf.pages] == ["1", "2"]


def test_nothing_of_ours_is_inside(screen: bytes, root: Path) -> None:
    """No path of the house, no attachment, no script and no key of the content goes into the file."""
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        streams = b"".join(obj.read_bytes() for obj in pdf.objects if isinstance(obj, pikepdf.Stream))
        everything = streams + screen

        assert not pdf.attachments
        for word in (str(root).encode(), b"content/", b"data-key", b"/JavaScript", b"/OpenAction", b"/EmbeddedFile"):
            assert word not in everything
        uris = {str(a.A.URI) for leaf in pdf.pages for a in leaf.obj.get("/Annots", []) if "/A" in a and "/URI" in a.A}
        assert {"https://example.org/"} == uris


def built(folder: Path, **environment: str) -> dict[str, bytes]:
    """A build of the miniature's screen file, print file and booklet in its own folder; with an ``environment``, in a
    process of its own."""
    hire(furnish(folder))
    told = ["--house", str(folder), "--quiet"]
    if environment:
        command = [sys.executable, str(ROOT / "build.py"), *told]
        subprocess.run(command, check=False, env={**os.environ, **environment}, cwd=folder)
    else:
        build.main(told)
    return {path.name: path.read_bytes() for path in (folder / "out/mini/en").iterdir() if path.is_file()}


def test_the_same_order_gives_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed, home and number of processors change nothing in any file."""
    one = built(tmp_path / "one")
    two = built(tmp_path / "a folder with ümlauts", OMP_NUM_THREADS="1", PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C", LANG="ru_RU.UTF-8",
                HOME="/nowhere", PYTHON_CPU_COUNT="1", COLUMNS="40")  # fmt: skip

    assert {"brochure.screen.pdf", "brochure.booklet.pdf"} <= set(one)
    assert any("print" in name and name.endswith(".pdf") for name in one)
    assert [name for name in sorted({*one, *two}) if one.get(name) != two.get(name)] == []


#: Pages that ask most of the setter: a photograph with type on it, drawings, a table, a map, the sources.
INTRICATE = ("cover", "region", "parks", "corridors", "sources")
ELSEWHERE = """
import pathlib, sys
from brochure import compose, load, press
from brochure.stages import Order
from brochure.typeset import Setter
house = load.house(pathlib.Path(sys.argv[1]))
with Setter() as setter:
    made = press.make(Order("brics-2017", "hi", pages=tuple(sys.argv[3:])), house, setter)
pathlib.Path(sys.argv[2]).write_bytes(made.products[0].content)
for tag in house.editions["brics-2017"].languages:
    print(compose.sheet(load.manuscript(house, Order("brics-2017", tag))).digest)
"""


def test_all_languages_are_the_same_elsewhere(tmp_path: Path, setter: Setter, brochures: Brochures) -> None:
    """Our own edition in a copy of the house, by another process under another locale, time zone and hash seed: what goes
    to the setter is the same in every language, and the most intricate pages in Hindi are the same file byte for byte."""
    house = tmp_path / "eine Kopie"
    for folder in ("content", "templates", "assets"):
        shutil.copytree(ROOT / folder, house / folder)
    elsewhere = {
        "PYTHONHASHSEED": "23",
        "TZ": "America/Sao_Paulo",
        "LC_ALL": "C",
        "LANG": "zh_CN.GB18030",
        "COLUMNS": "40",
    }
    command = [sys.executable, "-c", ELSEWHERE, str(house), str(tmp_path / "hi.pdf"), *INTRICATE]
    environment = {**os.environ, **elsewhere, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, check=True, env=environment, cwd=tmp_path, capture_output=True).stdout

    here = [brochures(tag).proof.sheet.digest for tag in shipped().editions["brics-2017"].languages]
    assert said.decode().split() == here
    made = press.make(Order("brics-2017", "hi", pages=INTRICATE), shipped(), setter)
    assert made.products[0].pages >= len(INTRICATE)
    assert (tmp_path / "hi.pdf").read_bytes() == made.products[0].content


def test_a_remembered_layout_gives_the_same_bytes(root: Path, setter: Setter, screen: bytes) -> None:
    """Whether a section was set now or before makes no difference to the file."""
    again = press.make(Order("mini", "en"), load.house(root), setter)

    assert not any(setting.fresh for setting in again.proof.settings)
    assert screen == again.products[0].content


def test_only_the_brand_s_fonts_are_embedded(screen: bytes) -> None:
    """Every font is embedded as a subset and belongs to the brand; what a machine has installed is never used."""
    with pikepdf.open(io.BytesIO(screen)) as pdf:
        fonts = [
            obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
        ]
        names = [str(font.FontName) for font in fonts]

        assert names
        assert [name for name in names if "+Golos-Text" not in name and "+Literata-Display" not in name] == []
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
