"""Bad files: told when the house is read, at the line that uses them, and refused again where they are set."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from PIL import Image

from brochure import load
from brochure.errors import BrochureError, ExitCode
from brochure.intake import drawing, font, picture, profile
from brochure.model.limits import Limits
from brochure.model.values import is_web_address

HARBOR = (Path(__file__).parent / "house/assets/images/harbor.jpg").read_bytes()
SMALL = (Path(__file__).parent / "house/assets/images/small.png").read_bytes()
GOLOS = (ROOT / "assets/fonts/golos-text/GolosText-Medium.ttf").read_bytes()
LITERATA = (ROOT / "assets/fonts/literata-display/LiterataDisplay-Light.ttf").read_bytes()
PRESS = (ROOT / "assets/icc/ISOcoated_v2_300_bas.icc").read_bytes()
SCREEN = (ROOT / "assets/icc/sRGB2014.icc").read_bytes()
LIMITS = Limits()


def told(root: Path) -> list[str]:
    """What loading the house complains of; every complaint is an asset's."""
    try:
        found = load.house(root).warnings
    except BrochureError as error:
        found = error.complaints
    assert {complaint.code for complaint in found} <= {ExitCode.ASSET}
    return [str(complaint) for complaint in found]


def shows(root: Path, file: str) -> None:
    """Both pages of the miniature show the picture."""
    edition = root / "content/editions/mini.yaml"
    photo = f"      image: {{file: {file}, credit: The press, licence: CC0}}\n"
    text = edition.read_text().replace("land.parks]\n", f"land.parks]\n{photo}")
    edition.write_text(text.rstrip("\n") + f"\n{photo}")
    page = root / "content/en/pages/first.yaml"
    page.write_text(page.read_text() + "image:\n  alt: A harbour\n")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """A piece of a PNG with its length and sum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, depth: int = 8) -> bytes:
    """A grey PNG that says how large it is and holds hardly anything."""
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


RED = Image.new("RGB", (40, 40), "red")
PICTURES: dict[str, tuple[str, bytes, str]] = {
    "nothing in it": ("x.jpg", b"", "is empty (0 bytes)."),
    "a third": ("x.jpg", HARBOR[: len(HARBOR) // 3], "is damaged (image file is truncated"),
    "all but the end": ("x.jpg", HARBOR[:-2], "is damaged (image file is truncated"),
    "half a PNG": ("x.png", SMALL[: len(SMALL) // 2], "is damaged ("),
    "a wrong sum": ("x.png", SMALL[:500] + bytes([SMALL[500] ^ 1]) + SMALL[501:], "is damaged ("),
    "text": ("x.jpg", b"This is a letter.", "is no JPEG picture, whatever its name says."),
    "a PNG as JPEG": ("x.jpg", SMALL, "is no JPEG picture, whatever its name says."),
    "a JPEG as PNG": ("x.png", HARBOR, "is no PNG picture, whatever its name says."),
    "a TIFF as PNG": ("x.png", saved(RED, "TIFF"), "is no PNG picture, whatever its name says."),
    "PostScript": ("x.png", b"%!PS-Adobe-3.0 EPSF-3.0\n", "is no PNG picture, whatever its name says."),
    "inks": ("x.jpg", saved(RED.convert("CMYK"), "JPEG"), "has the colours of CMYK. Save it in sRGB"),
    "16 bits": ("x.png", saved(Image.new("I;16", (40, 40)), "PNG"), "has 16 bits a channel. Save it with 8 bits a channel."),
    "moving": ("x.png", saved(RED, "PNG", save_all=True, append_images=[Image.new("RGB", (40, 40))]), "is animated."),
    "a bomb": ("x.png", png(13_000, 13_000), "has 169 Mpx; 100 are the limit."),
    "a monster": ("x.png", png(60_000, 60_000), "unpacks to a monstrous size; 100 Mpx are the limit."),
}  # fmt: skip


@pytest.mark.parametrize("what", PICTURES)
def test_a_bad_picture_is_told(what: str) -> None:
    """The quick look and the look at every row find the same."""
    name, content, said = PICTURES[what]
    slips = [picture.problem(content, name[-3:], LIMITS, every)[1] for every in (True, False)]

    assert [" ".join(slip or ())[: len(said)] == said or (slip or ("",))[0][:10] == said[:10] for slip in slips] == [
        True
    ] * 2


def test_bad_pictures_are_told_where_they_are_used(root: Path) -> None:
    """All in one run, each once, at the first line that shows it."""
    edition, words = root / "content/editions/mini.yaml", root / "content/en/pages/second.yaml"
    text, expected = edition.read_text(), []
    for number, (name, content, said) in enumerate(PICTURES.values()):
        file = f"bad-{number}.{name[-3:]}"
        (root / "assets/images" / file).write_bytes(content)
        (root / f"content/en/pages/page-{number}.yaml").write_text(words.read_text())
        text += f"  - id: page-{number}\n    kind: article\n    show:\n      facts: [land.money]\n"
        text += f"      image: {{file: {file}, credit: The press, licence: CC0}}\n"
        place = f"content/editions/mini.yaml:{text.count(chr(10))}:21"
        expected.append(f"{place}: error: the picture “assets/images/{file}” {said}")
    again = "  - id: again\n    kind: article\n    show:\n      facts: [land.money]\n      image: {file: bad-0.jpg, credit: The press, licence: CC0}\n"
    (root / "content/en/pages/again.yaml").write_text(words.read_text())
    edition.write_text(text + again)

    assert [line.startswith(said) for line, said in zip(told(root), expected, strict=True)] == [True] * len(PICTURES)


@pytest.mark.parametrize(("image", "options"), [
    (RED, {}), (RED.convert("L"), {}), (RED.convert("P"), {}), (RED.convert("RGBA"), {}), (RED.convert("1"), {}), (RED.convert("LA"), {}),
])  # fmt: skip
def test_good_pictures_are_let_in(image: Image.Image, options: dict[str, object], root: Path) -> None:
    """Every mode that a PDF holds without a conversion passes both looks, and a PNG's size is known."""
    content = saved(image, "PNG", **options)

    assert [picture.problem(content, "png", LIMITS, every) for every in (True, False)] == [(1600, None)] * 2
    shows(root, "harbor.jpg")
    assert told(root) == []


def test_what_a_telephone_adds_to_a_picture_is_no_damage() -> None:
    """Some cameras write notes of their own behind the end of a JPEG."""
    assert picture.problem(HARBOR + b"SEFT" * 20, "jpg", LIMITS) == (1240 * 820, None)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999])
@pytest.mark.parametrize(("content", "suffix"), [(HARBOR, "jpg"), (saved(RED.resize((900, 900)), "JPEG", progressive=True), "jpg"), (SMALL, "png")],
                         ids=["baseline", "progressive", "png"])  # fmt: skip
def test_no_cut_picture_slips_through(content: bytes, suffix: str, share: float) -> None:
    """Wherever a picture is cut off, the quick look finds it as surely as the thorough one."""
    cut = content[: int(len(content) * share)]

    assert picture.problem(cut, suffix, LIMITS, every_row=False)[1] is not None
    assert picture.problem(cut, suffix, LIMITS)[1] is not None


@pytest.mark.parametrize(("name", "said"), [
    ("x.gif", "the picture “assets/images/x.gif” is of no kind that is read (.gif). Save it as .jpg, .png or .svg."),
    ("x.webp", "the picture “assets/images/x.webp” is of no kind that is read (.webp)."),
    ("X.PNG", "there is no picture “X.PNG”."),
])  # fmt: skip
def test_a_picture_of_another_kind_is_told(name: str, said: str, root: Path) -> None:
    """A file that lies there but is of no kind that is read is told by its kind, not as missing, wherever it is shown."""
    (root / "assets/images/x.gif").write_bytes(saved(RED, "GIF"))
    shows(root, name)

    assert [line.startswith(f"content/editions/mini.yaml:{number}:21: error: {said}")
            for number, line in zip((11, 16), told(root), strict=True)] == [True, True]  # fmt: skip


def test_a_link_out_of_the_house_is_told_where_it_is_used(root: Path) -> None:
    """A picture that is a link to somewhere else is not read."""
    (root / "assets/images/x.jpg").symlink_to(Path(__file__).parent / "house/assets/images/harbor.jpg")
    shows(root, "x.jpg")

    what = "the picture “assets/images/x.jpg” is a link that leads out of assets/. Copy the file itself into assets/."
    assert told(root) == [f"content/editions/mini.yaml:11:21: error: {what}"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
DRAWINGS: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "is empty (0 bytes)."),
    "broken": (b"<svg", "is not well-formed XML ("),
    "text": (b"a letter", "is not well-formed XML ("),
    "HTML": (b"<html><body/></html>", "begins with <html>, not with <svg> of the SVG namespace."),
    "no namespace": (b"<svg viewBox='0 0 9 9'/>", "begins with <svg>, not with <svg> of the SVG namespace."),
    "a DOCTYPE": (b"<!DOCTYPE svg>" + SVG.format("").encode(), "declares a document type."),
    "a DOCTYPE in UTF-16": (("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG.format("&a;")).encode("utf-16"), "declares a document type."),
    "a DOCTYPE in UTF-16 without a mark": (("<?xml version='1.0' encoding='UTF-16LE'?><!DOCTYPE svg>" + SVG.format("")).encode("utf-16-le"), "declares a document type."),
    "a stylesheet": (b'<?xml-stylesheet href="https://evil.example/"?>' + SVG.format("").encode(), "holds the instruction <?xml-stylesheet?>."),
    "a picture inside": (SVG.format("<image/>").encode(), "holds <image>, which doesn't print safely."),
    "an address": (SVG.format('<use href="https://evil.example/#a"/>').encode(), "reaches outside (href)."),
    "an address in a mask": (SVG.format('<g mask="url(https://evil.example/#a)"/>').encode(), "reaches outside (mask)."),
    "an address in a style": (SVG.format('<g style="fill: URL( \'https://evil.example/\')"/>').encode(), "reaches outside (style)."),
    "a disguised address": (SVG.format('<g style="fill: u\\72l(https://evil.example/)"/>').encode(), "reaches outside (style)."),
    "a base": (SVG.format('<g xml:base="https://evil.example/"/>').encode(), "reaches outside (base)."),
    "a bomb": (SVG.format('<g id="a"><path d="M0 0h1"/></g>' + "".join(
        f'<g id="{b}">' + f'<use href="#{a}"/>' * 10 + "</g>" for a, b in zip("abcdef", "bcdefg", strict=True))).encode(), "unfolds to more than 5000 elements."),
    "deep": (SVG.format("<g>" * 5_000 + "</g>" * 5_000).encode(), "is nested more than 100 levels deep."),
}  # fmt: skip


@pytest.mark.parametrize("what", DRAWINGS)
def test_a_bad_drawing_is_told(what: str) -> None:
    """At once, with its reason; in whatever encoding it is written."""
    content, said = DRAWINGS[what]
    began = time.process_time()

    assert [slip[0][: len(said)] for slip in drawing.problems(content, LIMITS)] == [said]
    assert time.process_time() - began < 5


def test_bad_drawings_are_told_by_their_name_or_where_they_are_used(root: Path) -> None:
    """An icon is told by its own name, a drawing that the flatplan shows at the line that shows it."""
    (root / "assets/icons").mkdir()
    for number, (content, _) in enumerate(DRAWINGS.values(), 10):
        (root / f"assets/icons/bad-{number}.svg").write_bytes(content)
    (root / "assets/images/bad.svg").write_bytes(b"<html/>")
    shows(root, "bad.svg")
    expected = [
        f"assets/icons/bad-{number}.svg:1:1: error: this drawing {said}"
        for number, (_, said) in enumerate(DRAWINGS.values(), 10)
    ]
    expected.append("content/editions/mini.yaml:11:21: error: the picture “assets/images/bad.svg” begins with <html>")

    assert [line.startswith(said) for line, said in zip(told(root), expected, strict=True)] == [True] * len(expected)


@pytest.mark.parametrize("inside", [
    '<rect width="' + "1" * 1_900_000 + 'x"/>', '<rect width="1' + " " * 1_900_000 + 'x"/>', f'<path d="M0 0{"h1" * 900_000}"/>',
    f'<path d="M0 0 L{"1 " * 900_000}"/>', f'<g style="{"url( " * 300_000}"/>', f'<rect fill="{"(" * 1_000_000}"/>', "<g/>" * 400_000,
    f'<path d="M{"0" * 1_900_000}"/>', f'<text>{"x" * 1_900_000}</text>',
], ids=["digits", "spaces", "steps", "numbers", "addresses", "brackets", "elements", "noughts", "letters"])  # fmt: skip
def test_a_hostile_drawing_takes_no_longer_than_its_size(inside: str) -> None:
    """Two megabytes of whatever are looked through in a moment: it happens in the process that must not hang."""
    began = time.process_time()
    list(drawing.problems(SVG.format(inside).encode(), LIMITS))

    assert time.process_time() - began < 20


def test_good_drawings_are_let_in() -> None:
    """Gradients' grounds, masks and clips of a drawing's own are no reach outside; nor is a hundred levels too deep."""
    good = '<clipPath id="c"><path d="M0 0h1v1z"/></clipPath><g clip-path="url(#c)" mask="url( &quot;#c&quot;)"/>'

    assert list(drawing.problems(SVG.format(good).encode(), LIMITS)) == []
    assert list(drawing.problems(SVG.format("<g>" * 90 + "</g>" * 90).encode("utf-16"), LIMITS)) == []


def changed(content: bytes, change: Callable[[TTFont], None]) -> bytes:
    """A font with something else said in its tables."""
    out = io.BytesIO()
    with TTFont(io.BytesIO(content)) as it:
        change(it)
        it.save(out)
    return out.getvalue()


def rights(bits: int) -> Callable[[TTFont], None]:
    """Sets what a font's licence allows."""
    return lambda it: setattr(it["OS/2"], "fsType", bits)


def slanted(it: TTFont) -> None:
    """Says that a font is italic."""
    it["OS/2"].fsSelection = it["OS/2"].fsSelection & ~0x40 | 1


def bold(it: TTFont) -> None:
    """Says that a font is bold."""
    it["OS/2"].usWeightClass = 700


FONTS: dict[str, tuple[bytes, str]] = {
    "nothing in it": (b"", "is empty (0 bytes)."),
    "text": (b"This is a letter.", "is no TrueType or OpenType font, whatever its name says."),
    "a picture": (SMALL, "is no TrueType or OpenType font, whatever its name says."),
    "half": (GOLOS[: len(GOLOS) // 2], "is damaged ("),
    "another family": (LITERATA, "is the family “Literata Display”, not “Golos Text”."),
    "another weight": (changed(GOLOS, bold), "has the weight 700, not 500. Write weight: 700, or use the right file."),
    "another style": (changed(GOLOS, slanted), "has the style italic, not normal."),
    "not to be embedded": (changed(GOLOS, rights(0x0002)), "forbids embedding."),
    "only bitmaps": (changed(GOLOS, rights(0x0200)), "forbids embedding."),
    "not to be cut": (changed(GOLOS, rights(0x0100)), "forbids subsetting, and every PDF holds subsets."),
}  # fmt: skip


@pytest.mark.parametrize("what", FONTS)
def test_a_bad_font_is_told(what: str) -> None:
    """Damage, rights and another face under this one's name."""
    content, said = FONTS[what]
    slip = font.problem(content, ("Golos Text", "500", "normal"), thorough=False)

    assert slip is not None and " ".join(slip).startswith(said)


def test_bad_fonts_are_told_where_the_brand_names_them(root: Path) -> None:
    """At the file's line in content/brand.yaml."""
    for weight, what in (("Regular", "half"), ("Medium", "another family"), ("SemiBold", "text")):
        (root / f"assets/fonts/golos-text/GolosText-{weight}.ttf").write_bytes(FONTS[what][0])
    lines = (root / "content/brand.yaml").read_text().split("\n")
    expected = [
        f"content/brand.yaml:{number}:11: error: the font “assets/{line[10:]}” {FONTS[what][1]}"
        for number, line in enumerate(lines, 1)
        for weight, what in (("Regular", "half"), ("Medium", "another family"), ("SemiBold", "text"))
        if line.endswith(f"GolosText-{weight}.ttf")
    ]

    assert [line.startswith(said) for line, said in zip(told(root), expected, strict=True)] == [True] * 3


def test_a_flipped_bit_is_found_before_a_font_is_set() -> None:
    """The thorough look adds up every table."""
    flipped = GOLOS[:30_000] + bytes([GOLOS[30_000] ^ 1]) + GOLOS[30_001:]

    assert font.problem(flipped) == ("is damaged (AssertionError).", "Take the file again from its origin.")


@pytest.mark.parametrize("file", sorted((ROOT / "assets/fonts").rglob("*.ttf")), ids=lambda path: path.stem)
def test_every_font_says_its_own_family(file: Path) -> None:
    """The family that a font says of itself is the one that fontTools finds, in the first place."""
    with TTFont(file) as it:
        family, weight = it["name"].getBestFamilyName(), str(it["OS/2"].usWeightClass)
        style = "italic" if it["post"].italicAngle else "normal"

    assert font.problem(file.read_bytes(), (family, weight, style), thorough=False) is None
    slip = font.problem(file.read_bytes(), ("Another", weight, style), thorough=False)
    assert slip is not None and slip[0] == f"is the family “{family}”, not “Another”."


def test_rights_that_allow_a_document_are_enough() -> None:
    """Preview & print, editable and installable fonts may be embedded (OpenType, OS/2 fsType)."""
    assert [font.problem(changed(GOLOS, rights(bits))) for bits in (0, 0x0004, 0x0008, 0x0006)] == [None] * 4


OFFSET = "ISOcoated_v2_300_bas.icc"


@pytest.mark.parametrize(("name", "content", "said"), [
    ("sRGB2014.icc", b"", "is no ICC profile, whatever its name says."),
    ("sRGB2014.icc", SMALL, "is no ICC profile, whatever its name says."),
    ("sRGB2014.icc", SCREEN[:2000], "is cut off: it has 2000 bytes and says that it has 3024."),
    ("sRGB2014.icc", PRESS, "is not a screen's RGB profile (its class is prtr, its colours are CMYK)."),
    ("sRGB2014.icc", SCREEN[:128] + b"\xff" * (len(SCREEN) - 128), "is damaged ("),
    (OFFSET, SCREEN, "is not a printing condition's CMYK profile (its class is mntr, its colours are RGB)."),
    (OFFSET, PRESS[:-1], "is cut off: "),
])  # fmt: skip
def test_a_bad_profile_is_told(name: str, content: bytes, said: str) -> None:
    """A profile is whole and of the device and colours that it is used for."""
    slip = profile.problem(content, profile.PRESS if name == OFFSET else profile.SCREEN)

    assert slip is not None and slip[0].startswith(said)


def test_bad_profiles_are_told_where_they_are_used(root: Path) -> None:
    """A printer's profile at the first printer that names it; the screen's by its own name, for no line names it."""
    (root / "assets/icc" / OFFSET).write_bytes(SCREEN)
    (root / "assets/icc/sRGB2014.icc").write_bytes(PRESS)
    (root / "content/printers").mkdir()
    for printer in ("one", "two"):
        text = (ROOT / "content/printers/offset.yaml").read_text()
        (root / f"content/printers/{printer}.yaml").write_text(
            text.replace("default: true", f"default: {str(printer == 'one').lower()}")
        )

    assert [line[:90] for line in told(root)] == [
        "assets/icc/sRGB2014.icc:1:1: error: the profile “assets/icc/sRGB2014.icc” is not a screen's"[:90],
        "content/printers/one.yaml:5:10: error: the profile “assets/icc/ISOcoated_v2_300_bas.icc” is not"[:90],
    ]


def test_a_missing_profile_is_told(root: Path) -> None:
    """The screen's profile is needed by every house."""
    (root / "assets/icc/sRGB2014.icc").unlink()

    assert told(root)[0].startswith("assets/icc/sRGB2014.icc:1:1: error: there is no profile “sRGB2014.icc”.")


def test_the_house_s_own_profiles_are_what_they_are_used_for() -> None:
    """The screen's profile and the printing condition's."""
    assert profile.problem(SCREEN, profile.SCREEN) is None
    assert profile.problem(PRESS, profile.PRESS) is None


@pytest.mark.parametrize("address", [
    "https://[::1", "https://", "https://?x", "https:///path", "http://a b", "https://a\u00a0b.org", "https://a\u2028b.org", "ftp://a.org",
    "https://a.org:port/", "https://a.org:99999/", "https://a..org/", "https://-a.org/", "https://user:word@a.org/", "https://a.org/<b>",
    "https://a.org/\u202ex", "https://a.org\\b", "//a.org", "a.org",
])  # fmt: skip
def test_what_is_no_web_address_is_refused(address: str) -> None:
    """Addresses without a host that can exist, or with characters that no address has."""
    assert not is_web_address(address)


@pytest.mark.parametrize("address", [
    "https://example.org", "http://example.org:8080/a/b?c=d&e#f", "https://[::1]/", "https://en.wikipedia.org./wiki/A_(b)",
    "https://калуга.рф/", "https://127.0.0.1/x", "https://example.org/%20",
])  # fmt: skip
def test_a_web_address_is_let_in(address: str) -> None:
    """Names of any script, IPv4 and IPv6."""
    assert is_web_address(address)
