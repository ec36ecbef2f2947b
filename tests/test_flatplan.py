"""The flatplan: pages to write on fill what is missing to whole sheets."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from brochure import load, press
from brochure.errors import ContentError
from brochure.stages import Order
from brochure.typeset import Setter

Edit = Callable[[str, str, str], Path]
NOTES = "  - id: notes\n    kind: notes\n"


@pytest.fixture
def stitched(root: Path, edit: Edit) -> Path:
    """The miniature as a saddle-stitched brochure with a place for notes between its two pages."""
    edit("content/editions/mini.yaml", "binding: none", "binding: saddle stitch")
    edit("content/editions/mini.yaml", "  - id: second", f"{NOTES}  - id: second")
    (root / "content/en/pages/notes.yaml").write_text("title: Notes\n")
    return root


def pages(root: Path) -> list[tuple[str, int, int]]:
    """Each entry of the flatplan with its first and last page."""
    return [(page.id, page.first, page.last) for page in load.house(root).plans["mini"]]


def test_notes_fill_what_is_missing(stitched: Path) -> None:
    """Two pages become four: the page after the notes moves on."""
    assert pages(stitched) == [("first", 1, 1), ("notes", 2, 3), ("second", 4, 4)]


@pytest.mark.parametrize("more", [1, 2, 3])
def test_notes_shrink_as_pages_are_added(more: int, stitched: Path, edit: Edit) -> None:
    """None to three pages: with whole sheets the notes are gone, and nobody misses their words."""
    for index in range(more):
        edit("content/editions/mini.yaml", NOTES, f"  - id: more{index}\n    kind: article\n{NOTES}")
        words = (stitched / "content/en/pages/second.yaml").read_text()
        (stitched / f"content/en/pages/more{index}.yaml").write_text(words)
    last = pages(stitched)[-1][2]

    assert last == (4 if more <= 2 else 8)
    assert ("notes" in {name for name, _, _ in pages(stitched)}) is (more != 2)


def test_loose_sheets_need_no_notes(stitched: Path, edit: Edit) -> None:
    """What isn't folded isn't filled."""
    edit("content/editions/mini.yaml", "binding: saddle stitch", "binding: none")

    assert pages(stitched) == [("first", 1, 1), ("second", 2, 2)]


def test_only_one_entry_fills(stitched: Path, edit: Edit) -> None:
    """A second place for notes is refused where it stands."""
    edit("content/editions/mini.yaml", NOTES, f"{NOTES}  - id: more\n    kind: notes\n")
    (stitched / "content/en/pages/more.yaml").write_text("title: Notes\n")

    with pytest.raises(ContentError, match=r"mini\.yaml:13:9: error: “notes” fills the brochure already"):
        load.house(stitched)


def test_notes_are_pages_with_a_heading_and_dots(stitched: Path, setter: Setter) -> None:
    """The notes are set on facing pages, the heading on the first only, the dots as an ornament."""
    made = press.make(Order("mini", "en"), load.house(stitched), setter)
    notes = next(galley for galley in made.proof.sheet.galleys if galley.id == "notes")

    assert (made.products[0].pages, notes.html.count("<h1"), notes.html.count('class="painting')) == (4, 1, 2)
    with pikepdf.open(io.BytesIO(made.products[0].content)) as pdf:
        assert b"/Artifact" in pdf.pages[2].obj.Contents.read_bytes()


def test_a_booklet_is_made_of_a_filled_brochure(stitched: Path, setter: Setter) -> None:
    """Two pages and two of notes are one sheet."""
    made = press.make(Order("mini", "en", "booklet"), load.house(stitched), setter)

    assert [(product.name, product.pages) for product in made.products] == [("brochure.booklet.pdf", 2)]


def test_a_brochure_that_can_t_be_folded_makes_no_booklet(root: Path, setter: Setter) -> None:
    """Loose pages that are no multiple of four are told before anything is set."""
    with pytest.raises(ContentError, match="2 pages, which can't be folded into a booklet"):
        press.orders(load.house(root), "mini", outputs=("booklet",))
