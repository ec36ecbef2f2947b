"""Every page of the specimen book and of the miniature looks as it did, to an eye that forgives hair's breadths only."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pictures
import pypdfium2
import pytest
from conftest import furnish
from PIL import Image

from brochure import load, press
from brochure.house import House
from brochure.stages import Order
from brochure.typeset import Setter


@pytest.fixture(scope="module")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The miniature, read once."""
    return load.house(furnish(tmp_path_factory.mktemp("goldens") / "house"))


def told(found: dict[str, Image.Image], folder: Path = pictures.DIFFERENCES) -> list[str]:
    """What is wrong with pictures."""
    return [line for name, picture in found.items() if (line := pictures.complaint(name, picture, folder))]


def test_every_page_looks_as_it_did(miniature: House, setter: Setter) -> None:
    """Each page is as its golden, and there is no golden without a page."""
    found = pictures.pictures(pictures.specimen_house(), "specimen", setter)
    found |= pictures.pictures(miniature, "mini", setter)

    assert told(found) == []
    assert {path.stem for path in pictures.GOLDENS.glob("*.png")} == set(found)


def test_goldens_stay_small() -> None:
    """60 kB each at most, 1 MB all of them: they are part of every clone."""
    sizes = [path.stat().st_size for path in pictures.GOLDENS.glob("*.png")]

    assert max(sizes) <= 60_000
    assert sum(sizes) <= 1_000_000


@pytest.mark.parametrize(("sheet", "old", "new"), [
    ("css/pages/article.css", ".opening { --r: 0;", ".opening { margin-top: 2mm; --r: 0;"),
    ("css/pages/article.css", ".lead-frame { --r: 10;", ".lead-frame { margin-left: 2mm; --r: 10;"),
    ("css/pages/article.css", ".facts-frame { --r: 18;", ".facts-frame { margin-top: -2mm; --r: 18;"),
    ("css/components/fact-table.css", "text-align: right; color: var(--night)", "text-align: right; color: var(--gold)"),
    ("css/base/type.css", "font-weight: 400; color: var(--ink)", "font-weight: 400; color: var(--grey)"),
    ("css/base/leaf.css", ".ground-paper > .ground { background: var(--paper)", ".ground-paper > .ground { background: var(--mist)"),
])  # fmt: skip
def test_what_changes_is_seen(sheet: str, old: str, new: str, miniature: House, setter: Setter, tmp_path: Path) -> None:
    """A frame that moves by two millimetres is seen, however small, and so is another colour."""
    style = miniature.assets[sheet].decode()
    assert old in style
    changed = replace(miniature, assets={**miniature.assets, sheet: style.replace(old, new).encode()})

    assert told(pictures.pictures(changed, "mini", setter), tmp_path)


@pytest.fixture(scope="module")
def seen(miniature: House, setter: Setter) -> Callable[[int, int], Iterator[tuple[str, Image.Image]]]:
    """The miniature's pages in 288 ppi, moved by so many pixels to the right and down, reduced to a golden's size."""
    made = press.make(Order("mini", "en"), miniature, setter)
    factor = 4

    def moved(x: int, y: int) -> Iterator[tuple[str, Image.Image]]:
        document = pypdfium2.PdfDocument(made.products[0].content)
        for page, galley in zip(document, made.proof.sheet.galleys, strict=True):
            fine = page.render(scale=pictures.PPI * factor / 72).to_pil().convert("RGB")
            sheet = Image.new("RGB", fine.size, fine.getpixel((2, 2)))
            sheet.paste(fine, (x, y))
            golden = Image.open(pictures.GOLDENS / f"mini-{galley.id}.png")
            yield f"mini-{galley.id}", sheet.resize(golden.size, Image.Resampling.BOX)
        document.close()

    return moved


@pytest.mark.parametrize(("x", "y"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_a_hair_is_forgiven(
    x: int, y: int, seen: Callable[[int, int], Iterator[tuple[str, Image.Image]]], tmp_path: Path
) -> None:
    """Another way of anti-aliasing, and a shift by 0.09 mm, are nothing."""
    assert told(dict(seen(x, y)), tmp_path) == []


def test_a_failure_leaves_three_pictures(tmp_path: Path) -> None:
    """Actual, expected and difference stand side by side; the message names the file and the remedy."""
    golden = Image.open(pictures.GOLDENS / "mini-first.png").convert("RGB")
    golden.paste((200, 30, 30), (100, 100, 140, 140))
    message = pictures.complaint("mini-first", golden, tmp_path)
    left = Image.open(tmp_path / "mini-first.png")

    assert str(tmp_path / "mini-first.png") in message and "make goldens" in message
    assert left.width > 3 * golden.width and left.height > golden.height
    assert len({left.getpixel((x, 150)) for x in (130, 130 + golden.width + 12, 130 + 2 * golden.width + 24)}) == 3


def test_a_new_page_asks_for_its_golden(tmp_path: Path) -> None:
    """A page without a golden is told with the command that makes one."""
    message = pictures.complaint("mini-third", Image.new("RGB", (10, 10)), tmp_path)

    assert "tests/goldens/mini-third.png" in message and "make goldens" in message


def test_another_size_is_a_difference() -> None:
    """A picture of another size never passes."""
    assert pictures.difference(Image.new("RGB", (10, 10)), Image.new("RGB", (10, 11)))[0] > 1


def test_a_golden_is_what_was_painted() -> None:
    """Keeping a picture in few colours costs less than a tenth of what is forgiven."""
    painted = Image.radial_gradient("L").convert("RGB")

    assert pictures.difference(painted, Image.open(io.BytesIO(pictures.golden(painted))).convert("RGB"))[0] < 0.1
