"""What readers of plain text make of the screen file, in every language: the words as they were written, with their spaces,
in the order of the page; no letter of a broken word is lost or joined by a hyphen that isn't its own."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Callable

import lxml.html
import pytest
from conftest import TONGUES, Brochures, Screens, shipped

from brochure.typeset.titles import spoken

POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the pages")
#: A source's mark; where it stands raised, readers may begin a new line with the stop that follows it.
MARK = re.compile(r"\s*\[\d+\](?:\s*[,–]\s*\[\d+\])*(?:\s+(?=[.,;:)।»]))?")
FIGURE = re.compile(
    "number|giant|site-area"
)  # far larger than its unit: poppler takes the space between them for letter-spacing


#: Of a page: what stands in which element.
Texts = list[tuple[str, str]]


@functools.cache
def read(path: str, *options: str) -> list[str]:
    """The pages as pdftotext reads them."""
    return subprocess.run(["pdftotext", *options, path, "-"], check=True, capture_output=True).stdout.decode().split("\f")  # fmt: skip


def plain(text: str, tag: str) -> str:
    """A text on one line: words broken by a soft hyphen are whole again, marks of sources are left out."""
    text = re.sub("([-–])\n", r"\1", text.replace("\u00ad\n", ""))
    words = MARK.sub("", text).replace("\u2060", "").replace("\u200b", "").replace("\u00ad", "").split()
    return ("" if tag == "zh" else " ").join(words).casefold()  # Chinese is written without spaces


@pytest.fixture(scope="module")
def written(brochures: Brochures) -> Callable[[str], list[Texts]]:
    """Headings and paragraphs of each page with the element that they stand in; hidden tables and large figures aside."""

    @functools.cache
    def texts(tag: str) -> list[Texts]:
        galleys = brochures(tag).proof.sheet.galleys
        pages = [leaf for galley in galleys for leaf in lxml.html.fromstring(galley.html).find_class("leaf")]
        out = []
        for leaf in pages:
            found = [it for it in leaf.iter("h1", "h2", "h3", "p", "figcaption") if not FIGURE.search(it.get("class", ""))
                     and not any("unseen" in (up.get("class") or "") for up in it.iterancestors())]  # fmt: skip
            out.append(
                [(f"{it.tag}.{it.get('class', '')}", words) for it in found if (words := plain(spoken(it), tag))]
            )
        return out

    return texts


@POPPLER
@pytest.mark.parametrize("tag", TONGUES)
def test_every_text_reads_as_it_was_written(tag: str, screens: Screens, written: Callable[[str], list[Texts]]) -> None:
    """In the order of the file: every heading and paragraph of all pages, letter by letter and space by space."""
    lost, count = [], 0
    for number, (texts, page) in enumerate(zip(written(tag), read(str(screens(tag)), "-raw"), strict=False), 1):
        text, at = plain(page, tag), 0
        for _, words in texts:
            count += 1
            found = text.find(words, at)
            lost += [(number, words)] if found < 0 else []
            at = max(at, found + len(words))

    assert count > 220
    assert lost == []


@POPPLER
@pytest.mark.parametrize("tag", TONGUES)
def test_texts_read_whole_where_columns_are_guessed(
    tag: str, screens: Screens, written: Callable[[str], list[Texts]]
) -> None:
    """Readers that guess columns from where lines stand keep each text whole, the title before the lead. They take lines
    for one column when they are at most 1.5 times their size apart; a raised mark that ends a line may still stray."""
    lost = []
    for texts, page in zip(written(tag), read(str(screens(tag))), strict=False):
        text = plain(page, tag)
        lost += [words for _, words in texts if words not in text]
        first = [words for element, words in texts if element.startswith("h1") or element == "p.lead"]
        assert [words for words in first if words not in text] == []
        assert [text.index(words) for words in first] == sorted(text.index(words) for words in first)

    assert len(lost) <= 2, lost


@POPPLER
@pytest.mark.parametrize("tag", TONGUES)
def test_no_line_ends_with_a_hyphen_that_is_written(tag: str, screens: Screens) -> None:
    """Readers would drop it, and join the two halves of a compound; nor does a reader find signs that are never drawn."""
    text = "\n".join(read(str(screens(tag)), "-raw"))

    assert re.findall(r".*\w-\n.*", text) == []
    assert "\u2060" not in text


def test_hyphens_of_broken_words_are_soft(written: Callable[[str], list[Texts]]) -> None:
    """Languages that break words do so with a hyphen that isn't written anywhere: whatever ends a line with it, is broken."""
    hyphenated = {tag for tag in TONGUES if shipped().languages[tag].words.hyphens}
    texts = [words for tag in hyphenated for page in written(tag) for _, words in page]

    assert hyphenated
    assert not any("\u2010" in words for words in texts)
