"""Golden pictures: small PNGs of the specimen book and of the miniature edition, and an eye that compares them.

``make goldens`` renews them; look at every one that changed before it is committed."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from brochure import load, press
from brochure.finish.raster import pngs
from brochure.house import House
from brochure.stages import Order
from brochure.typeset import Setter

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent

GOLDENS, DIFFERENCES = TESTS / "goldens", TESTS / ".differences"
PPI = 72
COLOURS = 256  # of a golden's palette
BLUR = 1.2  # px: takes away what hinting and anti-aliasing do
TILE = 16  # px, 5.6 mm: as much as the eye compares at once
# Forgiven, of 255. The mean difference of a tile after the blur: a hair (0.1 mm) makes 14, 2 mm of text 30 to 50.
MOVED = 24.0
# How far a tile's mean colours lie apart: a hair makes 8, grey text for black 19.
TINTED = 12.0
REMEDY = "Look at it; if the change is meant, run make goldens."


def specimen_house() -> House:
    """The house of the specimen book."""
    return load.house(ROOT, ROOT / press.SPECIMENS)


def pictures(house: House, edition: str, setter: Setter) -> dict[str, Image.Image]:
    """Every page of an edition, by the name of its golden: ``<edition>-<page id>``."""
    made = press.make(Order(edition, "en"), house, setter)
    names = [f"{edition}-{galley.id}" for galley in made.proof.sheet.galleys]
    found = (Image.open(io.BytesIO(png)).convert("RGB") for png in pngs(made.products[0].content, PPI))
    return dict(zip(names, found, strict=True))


def difference(actual: Image.Image, expected: Image.Image) -> tuple[float, Image.Image]:
    """How much the two differ in the tile that differs most, 1 being all that is forgiven; and where they differ. What
    moved shows in a tile's single pixels, what changed its colour in its mean: neither is much for anti-aliasing and
    hair's breadths. Pictures of different sizes differ beyond measure."""
    if actual.size != expected.size:
        return float("inf"), Image.new("L", actual.size, 255)
    one, other = (picture.filter(ImageFilter.GaussianBlur(BLUR)) for picture in (actual, expected))
    where = _largest(ImageChops.difference(one, other))
    moved = _tiles(where.convert("F")).getextrema()[1]
    tinted = _largest(ImageChops.difference(_tiles(actual), _tiles(expected))).getextrema()[1]
    return max(float(moved) / MOVED, float(tinted) / TINTED), where


def _tiles(picture: Image.Image) -> Image.Image:
    """The mean of each tile as a pixel."""
    return picture.resize((-(-picture.width // TILE), -(-picture.height // TILE)), Image.Resampling.BOX)


def _largest(picture: Image.Image) -> Image.Image:
    """The largest of the three channels at each pixel."""
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def complaint(name: str, actual: Image.Image, folder: Path = DIFFERENCES) -> str:
    """What is wrong with a picture, in a line; nothing when it is as expected. Then ``folder`` holds the actual
    picture, the expected one and their difference, side by side."""
    golden = GOLDENS / f"{name}.png"
    if not golden.exists():
        return f"there is no golden {golden.relative_to(ROOT)}. {REMEDY}"
    expected = Image.open(golden).convert("RGB")
    amount, where = difference(actual, expected)
    if amount <= 1:
        return ""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.png"
    _beside(
        ("actual", actual), ("expected", expected), ("difference", where.point(lambda v: 255 - min(255, 3 * v)))
    ).save(path)
    return f"{name} differs {amount:.1f} times as much as is forgiven: see {path}. {REMEDY}"


def _beside(*pictures: tuple[str, Image.Image]) -> Image.Image:
    """Labelled pictures side by side."""
    gap, head = 12, 26
    width, height = (max(picture.size[axis] for _, picture in pictures) for axis in (0, 1))
    sheet = Image.new("RGB", (len(pictures) * (width + gap) + gap, height + head + gap), "#dddddd")
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(ROOT / "assets/fonts/golos-text/GolosText-Medium.ttf", 14)
    for index, (label, picture) in enumerate(pictures):
        left = gap + index * (width + gap)
        draw.text((left, 5), label, fill="#000000", font=font)
        sheet.paste(picture.convert("RGB"), (left, head))
    return sheet


def golden(picture: Image.Image) -> bytes:
    """A picture as it is kept: few colours, as small as a PNG gets."""
    out = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def renew() -> None:
    """Writes every golden anew and removes the ones of pages that are gone."""
    from conftest import furnish

    GOLDENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Setter() as setter:
        miniature = load.house(furnish(Path(folder) / "house"))
        found = pictures(specimen_house(), "specimen", setter) | pictures(miniature, "mini", setter)
    for old in GOLDENS.glob("*.png"):
        if old.stem not in found:
            old.unlink()
    for name, picture in found.items():
        path, kept = GOLDENS / f"{name}.png", golden(picture)
        if not path.exists() or path.read_bytes() != kept:
            path.write_bytes(kept)
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    renew()
