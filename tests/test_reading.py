"""The screen file as it is read without eyes: order of the text, tags, links, bookmarks; asked of a reader that shares no
code with what wrote it (poppler). What validators say is in test_referees."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pikepdf
import pytest
from conftest import Brochures

from brochure.press import Made
from brochure.typeset.titles import spoken

POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler reads the pages")
PAGES = "{http://www.w3.org/1999/xhtml}page"
WORDS = "{http://www.w3.org/1999/xhtml}word"


@pytest.fixture(scope="module")
def made(brochures: Brochures) -> Made:
    """The English edition as a screen file."""
    return brochures("en")


@pytest.fixture(scope="module")
def pdf(made: Made) -> Iterator[pikepdf.Pdf]:
    """The same, opened."""
    with pikepdf.open(io.BytesIO(made.products[0].content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def leaves(made: Made) -> list[lxml.html.HtmlElement]:
    """Every page as the setter got it."""
    galleys = (lxml.html.fromstring(galley.html) for galley in made.proof.sheet.galleys)
    return [leaf for galley in galleys for leaf in galley.find_class("leaf")]


def read(content: bytes, folder: Path, *options: str) -> str:
    """What pdftotext makes of a file."""
    (folder / "read.pdf").write_bytes(content)
    command = ["pdftotext", *options, str(folder / "read.pdf"), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def bare(text: str) -> str:
    """A text without capitals, white space, invisible characters and raised numbers: lines are broken anywhere."""
    return re.sub(r"\[\d+\](?:[,–]\s*\[\d+\])*|[\s\u00ad\u200b\u2060]+", "", text).casefold()


def told(element: lxml.html.HtmlElement) -> str:
    """An element's text without raised numbers, bare."""
    copy = lxml.html.fromstring(lxml.html.tostring(element, with_tail=False))
    for mark in copy.find_class("mark"):
        mark.drop_tree()
    return bare(copy.text_content())


def texts(leaf: lxml.html.HtmlElement) -> list[str]:
    """Headings and paragraphs of a page in their order, hidden tables and running heads aside."""
    found = [element for element in leaf.iter("h1", "h2", "h3", "p", "figcaption")
             if not any("unseen" in (up.get("class") or "") for up in element.iterancestors())]  # fmt: skip
    return [text for element in found if (text := told(element))]


@POPPLER
def test_every_paragraph_reads_whole_and_in_its_order(
    made: Made, leaves: list[lxml.html.HtmlElement], tmp_path: Path
) -> None:
    """Headings, leads, paragraphs and captions of all pages stand in the file in the order of the page, each without
    anything between its lines: no label of a drawing, no cell of a hidden table."""
    pages = read(made.products[0].content, tmp_path, "-raw").split("\f")
    torn: list[tuple[int, str]] = []
    for number, (leaf, page) in enumerate(zip(leaves, pages, strict=False), 1):
        text, at = bare(page), 0
        for words in texts(leaf):
            found = text.find(words, at)
            torn += [(number, words)] if found < 0 else []
            at = max(at, found + len(words))

    assert torn == []


@POPPLER
def test_headings_and_leads_read_whole_where_columns_are_found_by_eye(
    made: Made, leaves: list[lxml.html.HtmlElement], tmp_path: Path
) -> None:
    """Readers that guess the order from where lines stand keep each heading and lead in one piece, the title first."""
    pages = read(made.products[0].content, tmp_path).split("\f")
    for leaf, page in zip(leaves, pages, strict=False):
        text = bare(page)
        title, lead = ([told(it) for it in leaf.xpath(path)] for path in (".//h1", './/p[@class="lead"]'))

        assert [words for words in (*title, *lead) if words not in text] == []
        assert not (title and lead) or text.index(title[0]) < text.index(lead[0])


@POPPLER
def test_hidden_tables_stand_apart_at_the_foot(made: Made, tmp_path: Path) -> None:
    """Words that nobody sees lie in the lowest 7 mm of the page, below everything that is printed there, none is lost,
    and no two of them lie on each other."""
    boxes = lxml.html.etree.fromstring(read(made.products[0].content, tmp_path, "-bbox").encode())
    for page in boxes.iter(PAGES):
        foot = float(page.get("height")) - 7 / 25.4 * 72
        spots = [tuple(float(word.get(side)) for side in ("xMin", "yMin", "xMax", "yMax")) for word in page.iter(WORDS)]
        hidden = [spot for spot in spots if spot[3] - spot[1] < 1]
        seen = max((spot[3] for spot in spots if spot[3] - spot[1] >= 1), default=0)

        assert all(foot - 0.1 <= top and bottom <= float(page.get("height")) for _, top, _, bottom in hidden)
        assert not hidden or seen <= min(spot[1] for spot in hidden)
        for index, one in enumerate(hidden):
            assert not any(one[0] < two[2] - 0.02 and two[0] < one[2] - 0.02 and one[1] < two[3] - 0.05 and two[1] < one[3] - 0.05
                           for two in hidden[index + 1 :])  # fmt: skip


@POPPLER
def test_no_hidden_cell_is_lost(made: Made, leaves: list[lxml.html.HtmlElement], tmp_path: Path) -> None:
    """Every cell of every hidden table can be read on the page of its drawing."""
    pages = read(made.products[0].content, tmp_path, "-raw").split("\f")
    cells = [[told(cell) for table in leaf.find_class("unseen") for cell in table.iter("th", "td")] for leaf in leaves]

    assert sum(map(len, cells)) > 100
    assert [
        words for found, page in zip(cells, pages, strict=False) for words in found if words not in bare(page)
    ] == []


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element, in reading order."""
    stack: list[Any] = [pdf.Root.StructTreeRoot.K]
    while stack:
        it = stack.pop()
        if isinstance(it, pikepdf.Array):
            stack.extend(reversed(list(it)))
        elif isinstance(it, pikepdf.Dictionary) and it.get("/Type") == "/StructElem":
            yield it
            stack.append(it.get("/K", pikepdf.Array()))


def test_headers_say_what_they_head(pdf: pikepdf.Pdf) -> None:
    """Every header cell has a scope: columns in the head, rows in the body (ISO 14289-1, 7.5)."""
    headers = [it for it in elements(pdf) if it.S == "/TH"]
    scopes = {(str(it.P.P.S), str(it.A.Scope)) for it in headers if it.P.S == "/TR"}

    assert len(headers) > 50
    assert scopes == {("/THead", "/Column"), ("/TBody", "/Row")}


def test_figures_say_what_they_show_and_where(pdf: pikepdf.Pdf) -> None:
    """Every figure has a description, and a box in points inside its page."""
    figures = [it for it in elements(pdf) if it.S == "/Figure"]

    assert len(figures) > 20
    for it in figures:
        left, bottom, right, top = map(float, it.A.BBox)
        assert str(it.Alt).strip()
        assert 0 <= left < right <= float(it.Pg.MediaBox[2]) + 0.01
        assert 0 <= bottom < top <= float(it.Pg.MediaBox[3]) + 0.01


def test_page_numbers_are_no_content(pdf: pikepdf.Pdf) -> None:
    """Page numbers and running heads are artifacts of pagination (ISO 14289-1, 7.8): on all pages but the bare ones."""
    marked = [any(str(step.operator) == "BDC" and step.operands[0] == "/Artifact" and step.operands[1].get("/Type") == "/Pagination"
                  for step in pikepdf.parse_content_stream(page, "BDC")) for page in pdf.pages]  # fmt: skip

    assert marked == [False, *[True] * 22, False]


def test_passages_in_another_language_say_so(made: Made, pdf: pikepdf.Pdf) -> None:
    """The document has its language, and titles of sources, which are English everywhere, theirs."""
    assert str(pdf.Root.Lang) == "en-GB"
    assert sum(str(it.get("/Lang", "")) == "en" for it in elements(pdf)) >= 100


def test_raised_numbers_don_t_run_into_figures(pdf: pikepdf.Pdf) -> None:
    """“2030” with a raised 83 is read as 2030[83], not as 203083: every mark of a source has its replacement text."""
    said = [str(step.operands[1]["/ActualText"]) for page in pdf.pages for step in pikepdf.parse_content_stream(page, "BDC")
            if "/ActualText" in step.operands[1]]  # fmt: skip

    assert len(said) > 200
    assert all(re.fullmatch(r"\[\d+\]", words) for words in said)


def test_links_say_where_they_lead(made: Made, pdf: pikepdf.Pdf, leaves: list[lxml.html.HtmlElement]) -> None:
    """Every link is described in words: one to a site by its text and short address, one to a source by its entry."""
    sources = {f"source-{number}" for number in range(1, 400)}
    listed = {it.get("id"): spoken(it) for leaf in leaves for it in leaf.iter("li") if it.get("id")}
    found = [annotation for page in pdf.pages for annotation in page.obj.get("/Annots", [])]

    assert len(found) > 400
    for annotation in found:
        said = str(annotation.Contents)
        assert "/StructParent" in annotation
        if "/A" in annotation:
            domain = (urlsplit(str(annotation.A.URI)).hostname or "").removeprefix("www.")
            assert domain in said and not said.startswith("http")
        elif str(annotation.Dest) in sources:
            assert said == listed[str(annotation.Dest)]
        else:
            assert said and "page-" not in said


def test_links_can_be_hit(pdf: pikepdf.Pdf) -> None:
    """Every link's area is as high as small type, also where its line has no height of its own."""
    areas = [[float(edge) for edge in a.Rect] for page in pdf.pages for a in page.obj.get("/Annots", [])]

    assert min(abs(top - bottom) for _, bottom, _, top in areas) >= 5


def test_links_lead_to_their_pages(made: Made, pdf: pikepdf.Pdf) -> None:
    """The list of contents opens each section's first page, and a raised number the page of the sources."""
    plan = {f"page-{galley.id}": galley.first for galley in made.proof.sheet.galleys}
    labels = {page.obj.objgen: page.label for page in pdf.pages}
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    found = {str(a.Dest) for page in pdf.pages for a in page.obj.get("/Annots", []) if "/Dest" in a}
    leads = {name: int(labels[names[name][0].objgen]) for name in found}

    assert len([name for name in found if name in plan]) == 12
    assert all(page == (plan[name] if name in plan else plan["page-sources"]) for name, page in leads.items())


def test_bookmarks_are_the_headings_in_words(pdf: pikepdf.Pdf) -> None:
    """A bookmark for each section with its headings below it, in order; no raised number, no words run together."""
    with pdf.open_outline() as outline:
        chapters = {str(item.title): [str(child.title) for child in item.children] for item in outline.root}

    assert len(chapters) == 14
    assert chapters["Vorsino and its freight village"] == ["Five sites", "Who makes what here", "The freight village"]
    assert chapters["Who answers your questions"][0] == "1 Where do I begin?"
    assert chapters["Meet us in Xiamen"][0] == "85 km to Moscow"
