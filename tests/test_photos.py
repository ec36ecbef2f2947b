"""Photographs: what is cut from them, what becomes of their colours, and what is told of them."""

from __future__ import annotations

import io
import itertools
import re
import shutil
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import page
import pikepdf
import pytest
from conftest import ROOT, shipped, told
from PIL import Image, ImageCms

from brochure import compose, finish, load, press
from brochure.colour import contrast
from brochure.compose import darkroom
from brochure.compose.slots import box
from brochure.errors import ExitCode, TemplateError
from brochure.model.brand import CONTRAST
from brochure.model.photo import WHOLE, Part, Point, window
from brochure.paper import PAPERS
from brochure.stages import Order, Sheet
from brochure.typeset import Setter

PROFILE = (ROOT / "assets/icc/sRGB2014.icc").read_bytes()
PRESS = (ROOT / "assets/icc/ISOcoated_v2_300_bas.icc").read_bytes()
CENTRE = Point(50, 50)
RED, BLUE = (200, 30, 30), (30, 30, 200)
SHOWN = (
    "      facts: [land.money]\n      image: {{file: {0}, credit: The press, owner: The land, licence: CC BY 4.0{1}}}"
)

Edit = Callable[[str, str, str], Path]


def jpeg(
    size: tuple[int, int], parts: dict[tuple[int, int, int, int], tuple[int, int, int]] | None = None, **more: object
) -> bytes:
    """A picture of RED with rectangles in other colours."""
    image = Image.new("RGB", size, RED)
    for area, colour in (parts or {}).items():
        image.paste(colour, area)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, **more)
    return out.getvalue()


def near(one: object, other: tuple[int, int, int], by: int = 12) -> bool:
    """Whether two colours are the same to the eye."""
    assert isinstance(one, tuple)
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= by


def developed(content: bytes, width: float, height: float, aim: Point = CENTRE, part: Part = WHOLE) -> Image.Image:
    """The picture as it is printed in a box of mm."""
    made = darkroom.develop(content, PROFILE, width, height, aim, part)
    assert made is not None
    return Image.open(io.BytesIO(made))


def shown(root: Path, file: str, more: str = "") -> None:
    """Gives the miniature's second page a photograph."""
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().replace("      facts: [land.money]", SHOWN.format(file, more)))


def composed(root: Path) -> Sheet:
    """The miniature's galleys."""
    return compose.sheet(load.manuscript(load.house(root), Order("mini", "en")))


SIZES = [(300, 200), (200, 300), (640, 641), (1, 900), (4000, 7)]
RATIOS = [0.4, 1.0, 1.5, 2.236]
AIMS = [Point(x, y) for x, y in itertools.product((0, 20, 50, 71, 100), repeat=2)]


@pytest.mark.parametrize("part", [WHOLE, Part(10, 20, 60, 70), Part(33, 0, 12.5, 100)])
@pytest.mark.parametrize("size", SIZES)
def test_a_crop_keeps_its_focus_and_never_leaves_the_picture(size: tuple[int, int], part: Part) -> None:
    """For every proportion and focus: inside the part that may be shown, around the focus, as large as can be."""
    for ratio, share in itertools.product(RATIOS, AIMS):
        aim = Point(part.left + part.width * share.across / 100, part.top + part.height * share.down / 100)
        left, top, right, bottom = window(size, ratio, aim, part)
        shares = astuple(part)
        spans = [(size[i] * shares[i] / 100, size[i] * (shares[i] + shares[i + 2]) / 100) for i in (0, 1)]

        for (start, end), (first, last), focus in zip(
            spans, ((left, right), (top, bottom)), (size[0] * aim.across / 100, size[1] * aim.down / 100), strict=True
        ):
            assert start - 1 <= first < last <= end + 1
            assert first - 1 <= focus <= last + 1
        slack = [
            round(end - start) - length
            for (start, end), length in zip(spans, (right - left, bottom - top), strict=True)
        ]
        assert min(slack) <= 1


@pytest.mark.parametrize(("across", "left"), [(50, 150), (20, 47), (80, 253), (5, 0), (98, 300)])
def test_the_focus_stands_on_a_third_or_in_the_middle(across: float, left: int) -> None:
    """A square out of 400 × 100: a focus in the middle stays there, one at the side comes to its third if it can."""
    assert window((400, 100), 1, Point(across, 50))[0] == pytest.approx(left, abs=1)


def test_pixels_that_are_cut_away_are_gone() -> None:
    """Only what is shown is in the printed picture: the blue half is left out, not hidden."""
    made = developed(jpeg((1000, 500), {(500, 0, 1000, 500): BLUE}), 40, 40, Point(10, 50))

    assert made.size[0] == pytest.approx(made.size[1], abs=1)
    assert all(near(made.getpixel((x, 9)), RED) for x in range(0, made.width, 7))


def test_a_picture_is_never_finer_than_print_needs_and_never_blown_up() -> None:
    """300 ppi at most; one that has fewer keeps its own pixels."""
    assert developed(jpeg((3000, 3000)), 50.8, 50.8).size == (600, 600)
    assert developed(jpeg((400, 400)), 50.8, 50.8).size == (400, 400)


def test_a_picture_stands_upright() -> None:
    """A camera held on its side says so in Exif; size, crop and picture follow it, and Exif is left behind."""
    exif = Image.Exif()
    exif[274] = 6  # the first row is the picture's right side
    lying = jpeg((600, 300), {(0, 0, 100, 300): BLUE}, exif=exif)
    made = developed(lying, 50, 100)

    assert darkroom.size(lying) == (300, 600)
    assert near(made.getpixel((made.width // 2, 5)), BLUE) and near(
        made.getpixel((made.width // 2, made.height - 5)), RED
    )
    assert not made.getexif() and made.size == (300, 600)


def test_colours_are_meant_in_their_own_profile() -> None:
    """A picture for press, with its profile, comes out in the colours that the profile means; so does one whose
    sRGB is spelt out."""
    press_ready = Image.new("CMYK", (300, 300), (255, 0, 0, 0))
    out = io.BytesIO()
    press_ready.save(out, "JPEG", quality=95, icc_profile=PRESS)
    cyan = developed(out.getvalue(), 25, 25).getpixel((9, 9))
    spelt = jpeg((300, 300), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())

    assert near(cyan, (0, 158, 224), 16)  # cyan of ISO Coated v2
    assert near(developed(spelt, 25, 25).getpixel((9, 9)), RED)


def test_a_profile_of_another_kind_is_passed_over() -> None:
    """A press profile in an RGB picture says nothing about it; the picture is taken as sRGB."""
    assert near(developed(jpeg((300, 300), icc_profile=PRESS), 25, 25).getpixel((9, 9)), RED)


def test_what_can_t_be_read_is_left_to_those_who_say_so(root: Path) -> None:
    """A damaged picture is not developed; its bytes go on as they are, and looking at them tells what is wrong."""
    assert darkroom.develop(jpeg((900, 900))[:2000], PROFILE, 25, 25, Point(50, 50), WHOLE) is None
    assert darkroom.size(b"nothing") is None


def test_two_tones_keep_text_legible() -> None:
    """A photograph under a drawing runs from the ground's own colour to one on which every text still has 4.5 : 1."""
    brand = shipped().brand
    tones = {tone for page in (ROOT / "templates/pages").glob("*.html")
             for pair in re.findall(r"tones=\('(\w+)', '(\w+)'\)", page.read_text()) for tone in pair}  # fmt: skip
    worst = {tone: min(contrast(brand.colours[text].screen, brand.colours[tone].screen) for text in ("paper", "honey", "haze"))
             for tone in tones}  # fmt: skip
    made = darkroom.develop(
        jpeg((300, 300), {(0, 0, 150, 300): BLUE}), PROFILE, 25, 25, Point(50, 50), WHOLE, ("#0A1C33", "#2C4A6E")
    )
    assert made is not None
    colours = Image.open(io.BytesIO(made))

    assert tones == {"deep", "night", "dusk"} and min(worst.values()) >= CONTRAST
    assert near(colours.getpixel((5, 5)), (10, 28, 51)) and near(colours.getpixel((290, 5)), (44, 74, 110))


def test_boxes_lie_on_the_grid_and_reach_the_bleed() -> None:
    """Columns and rows begin at the margins of right-hand and left-hand pages; named edges lie 5 mm outside the trim."""
    paper = PAPERS["A4"]
    right, left = box(paper, 1, 0, 12, 0, 1), box(paper, 2, 0, 12, 0, 1)
    full = box(paper, 2, 0, 12, 3, 10, "all")

    assert (right.left, left.left, right.top) == (18, 15, 16)
    assert right.width == left.width == pytest.approx(177) and right.height == pytest.approx(4.939, abs=0.001)
    assert (full.left, full.top, full.width, full.height) == (-5, -5, 220, 307)


def test_too_few_pixels_are_told_where_the_picture_is_named(root: Path) -> None:
    """Below 150 ppi an error of the asset's kind, below 225 a warning; both say the size and the pixels needed."""
    shown(root, "harbor.jpg")
    soft = told(root)
    shutil.copy(root / "assets/images/small.png", root / "assets/images/harbor.png")
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().replace("harbor.jpg", "harbor.png"))
    with pytest.raises(TemplateError) as caught:
        press.check(load.house(root))

    assert [str(c).partition(". ")[0] for c in soft] == [
        "content/editions/mini.yaml:15:21: warning: the picture is 178 ppi at 177 × 79 mm; 225 ppi need 1568 × 1037 pixels"
    ]
    assert caught.value.exit_code == ExitCode.ASSET and not caught.value.complaints[0].warning


def test_a_crop_needs_more_pixels(root: Path) -> None:
    """What counts is the resolution of the part that is printed."""
    shown(root, "wide.jpg")
    whole = told(root)
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().replace("4.0}", "4.0, crop: 0 0 50 100}"))

    assert whole == ()
    assert "is 115 ppi at 177 × 79 mm" in told(root)[0].what


def test_a_photograph_without_words_is_told(root: Path, edit: Edit) -> None:
    """Readers who can't see it need a description in every language."""
    shown(root, "wide.jpg")
    edit("content/en/pages/second.yaml", "image:\n  alt: A harbour\n", "")

    assert [str(c) for c in told(root)] == [
        "content/en/pages/second.yaml:1:1: error: the photograph has no description. Add image: with alt: and say what it shows."
    ]


def test_only_pages_with_a_slot_speak_of_a_photograph(root: Path) -> None:
    """Words for a photograph on a page that can't show one are told, instead of being kept silent."""
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text() + "  - id: list\n    kind: sources\n    show: {}\n")
    (root / "content/en/pages/list.yaml").write_text(SOURCES + "image:\n  alt: A harbour\n")

    assert [str(c) for c in told(root)] == [
        "content/en/pages/list.yaml:9:8: error: a page of the kind “sources” has no place for a photograph. Remove image:, or show it on another page."
    ]


def test_a_language_says_how_it_credits(root: Path, edit: Edit) -> None:
    """A language without words around a credit is told what to add."""
    shown(root, "wide.jpg")
    edit("content/en/common.yaml", 'photograph: "Photograph: {x}"\n', "")

    assert ["has no words for “photograph”" in c.what for c in told(root)] == [True]


SOURCES = """kicker: Sources
title: Sources
intro: Where figures come from.
statements_title: Statements
statements: [None.]
credits_title: Credits
credits: [Type by others.]
"""


def test_the_credit_stands_at_the_picture_and_in_the_list(root: Path, setter: Setter) -> None:
    """Whose photograph it is and its licence are printed below it, and with the page's number among the credits; the
    screen file carries the printed part only, and its description, and stays what it claims to be."""
    shown(root, "wide.jpg", ", focus: 80 50")
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text() + "  - id: list\n    kind: sources\n    show: {}\n")
    (root / "content/en/pages/list.yaml").write_text(SOURCES)
    it = composed(root)
    product = finish.screen.finish(setter.proof(it))[0]
    failures = [page.validate_pdf_bytes(product.content, profile=profile).failures for profile in ("ua1", "2a")]
    with pikepdf.open(io.BytesIO(product.content)) as pdf:
        pictures = [(int(x.Width), int(x.Height)) for x in pdf.objects
                    if isinstance(x, pikepdf.Stream) and x.get("/Subtype") == "/Image"]  # fmt: skip

    assert "Photograph: The press / The land · CC BY 4.0" in it.galleys[1].html
    assert "Photographs: The press / The land, CC BY 4.0 (2)." in it.galleys[2].html
    assert 'alt="A harbour"' in it.galleys[1].html
    assert pictures == [(1046, 467)]  # 150 ppi
    assert failures == [[], []]


def test_the_photograph_fills_its_slot_exactly(root: Path, setter: Setter) -> None:
    """What was cut has the slot's proportion to a pixel, so nothing is stretched."""
    shown(root, "wide.jpg")
    name, content = next((name, content) for name, content in composed(root).galleys[1].files.items() if "wide" in name)
    rule = composed(root).galleys[1].files["css/ornaments.css"].decode()
    width, height = (float(re.search(rf"photo-\w+ {{.*? {side}: ([0-9.]+)mm", rule)[1]) for side in ("width", "height"))  # type: ignore[index]
    image = Image.open(io.BytesIO(content))

    assert name.startswith("images/") and image.width / image.height == pytest.approx(width / height, rel=0.002)
