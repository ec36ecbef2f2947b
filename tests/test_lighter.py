"""Pictures of the screen file: photographs get lighter, line art and masks stay, and a heavy file is told."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from brochure import load, press
from brochure.errors import ExitCode
from brochure.finish.lighter import lightened
from brochure.press import weight
from brochure.stages import Order, Product

NOISE = Image.merge("RGB", [Image.effect_noise((1000, 500), 60) for _ in range(3)])


def jpeg(image: Image.Image, quality: int = 95) -> bytes:
    """A picture as a camera gives it."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def picture(pdf: pikepdf.Pdf, image: Image.Image, content: bytes | None = None, **more: object) -> pikepdf.Stream:
    """An image XObject: a JPEG when its bytes are given, else packed without loss."""
    space = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    told = {"Type": Name.XObject, "Subtype": Name.Image, "Width": image.width, "Height": image.height,
            "ColorSpace": space, "BitsPerComponent": 8, **more}  # fmt: skip
    if content is None:
        return pdf.make_indirect(pikepdf.Stream(pdf, image.tobytes(), **told))
    return pdf.make_indirect(pikepdf.Stream(pdf, content, Filter=Name.DCTDecode, **told))


def shown(pdf: pikepdf.Pdf, content: bytes, **pictures: pikepdf.Object) -> None:
    """Adds a page that shows pictures."""
    page = pdf.add_blank_page(page_size=(600, 400))
    page.obj.Resources = Dictionary(XObject=Dictionary(**pictures))
    page.obj.Contents = pdf.make_stream(content)


def test_a_photograph_gets_150_ppi_where_it_is_largest() -> None:
    """Of two showings the larger counts, also within a form with a matrix of its own; the picture is a JPEG again."""
    with pikepdf.new() as pdf:
        photo = picture(pdf, NOISE, jpeg(NOISE))
        form = pikepdf.Stream(pdf, b"q 20 0 0 10 0 0 cm /P Do Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 400]),
                              Matrix=Array([12, 0, 0, 12, 0, 0]), Resources=Dictionary(XObject=Dictionary(P=photo)))  # fmt: skip
        shown(pdf, b"q 72 0 0 36 0 0 cm /P Do Q /F Do", P=photo, F=pdf.make_indirect(form))
        lightened(pdf)

        assert (photo.Width, photo.Height) == (500, 250)  # 240 × 120 pt
        assert Image.open(io.BytesIO(photo.read_raw_bytes())).size == (500, 250)


def test_a_picture_is_never_blown_up_and_not_packed_anew_for_nothing() -> None:
    """One that is coarser than 150 ppi keeps its pixels; one that gains nothing keeps its bytes."""
    small = jpeg(NOISE.resize((50, 25)), 30)
    with pikepdf.new() as pdf:
        coarse = picture(pdf, NOISE.resize((50, 25)), small)
        fine = picture(pdf, NOISE, jpeg(NOISE))
        shown(pdf, b"q 500 0 0 250 0 0 cm /A Do Q q 600 0 0 300 0 0 cm /B Do Q", A=coarse, B=fine)
        lightened(pdf)

        assert coarse.read_raw_bytes() == small
        assert (fine.Width, fine.Height) == (1000, 500)
        assert len(fine.read_raw_bytes()) < len(jpeg(NOISE))


def test_line_art_stencils_and_soft_masks_stay() -> None:
    """A drawing of few colours, a stencil and a picture with a colour key stay to the byte; a photograph with a soft
    mask becomes a JPEG under the same mask."""
    art = Image.new("RGB", (900, 900), "white")
    art.paste((200, 30, 30), (100, 100, 500, 500))
    with pikepdf.new() as pdf:
        mask = picture(pdf, Image.new("L", NOISE.size, 120))
        kept = [picture(pdf, art), picture(pdf, NOISE, Mask=Array([0, 9, 0, 9, 0, 9])), mask]
        stencil = pikepdf.Stream(
            pdf, bytes(125 * 500), Subtype=Name.Image, ImageMask=True, Width=1000, Height=500, BitsPerComponent=1
        )
        veiled = picture(pdf, NOISE, SMask=mask)
        before = [it.read_raw_bytes() for it in kept]
        shown(
            pdf,
            b"q 72 0 0 36 0 0 cm /A Do /K Do /S Do /V Do Q",
            A=kept[0],
            K=kept[1],
            S=pdf.make_indirect(stencil),
            V=veiled,
        )
        lightened(pdf)

        assert [it.read_raw_bytes() for it in kept] == before
        assert stencil.read_bytes() == bytes(125 * 500)
        assert veiled.SMask.objgen == mask.objgen and veiled.Filter == Name.DCTDecode
        assert (veiled.Width, veiled.Height) == (150, 75)


@pytest.mark.parametrize(("megabytes", "warned"), [(4.9, []), (5.0, [True]), (6.9, [True]), (7.0, [False])])
def test_a_heavy_file_is_told(megabytes: float, warned: list[bool]) -> None:
    """From 5 MB on a warning, from 7 MB on a finding, with the file's name, its weight and what to do."""
    told = list(weight.told([Product("brochure.screen.pdf", bytes(int(megabytes * 1e6)), 24, (), "")], "en"))

    assert [one.warning for one in told] == warned
    assert all(str(one).startswith("en/brochure.screen.pdf: ") and f"{megabytes:.1f} MB" in str(one) for one in told)


def test_a_file_too_heavy_to_mail_is_kept_and_found(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file stands under its own name, and the run ends as one with findings; pictures of pages are not weighed."""
    monkeypatch.setattr(weight, "WARNING", 0)
    house = load.house(root)
    warned = press.run(house, [Order("mini", "en")], tmp_path / "out")
    monkeypatch.setattr(weight, "MOST", 0)
    found = press.run(house, [Order("mini", "en"), Order("mini", "en", "pages")], tmp_path / "out")

    assert (warned.findings, [one.warning for one in warned.warnings]) == ((), [True])
    assert [(one.where, one.code) for one in found.findings] == [("en/brochure.screen.pdf", ExitCode.FINDINGS)]
    assert (tmp_path / "out/mini/en/brochure.screen.pdf").exists()
