"""The real brochure: it loads, fits, says what it must say where the flatplan says it, and passes the validators."""

from __future__ import annotations

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator

import page
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from conftest import Brochures, shipped

from brochure import finish, load
from brochure.house import House
from brochure.press import Made
from brochure.stages import Order


@pytest.fixture(scope="module")
def house() -> House:
    """The house that is shipped."""
    return shipped()


@pytest.fixture(scope="module")
def made(brochures: Brochures) -> Made:
    """The English edition as a screen file."""
    return brochures("en")


@pytest.fixture(scope="module")
def texts(made: Made) -> list[tuple[str, list[float]]]:
    """For each page its text in one line, and the size of each of its characters in points."""
    document = pypdfium2.PdfDocument(made.products[0].content)
    found = [_text(document[index]) for index in range(len(document))]
    document.close()
    return found


def _text(leaf: pypdfium2.PdfPage) -> tuple[str, list[float]]:
    words = leaf.get_textpage()
    characters, sizes = [], []
    for index in range(words.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(words.raw, index))
        space = character.isspace() or character == "\u00a0"
        if space and characters and characters[-1] == " ":
            continue
        characters.append(" " if space else character)
        sizes.append(_size(words, index))
    return "".join(characters), sizes


def _size(words: pypdfium2.PdfTextPage, index: int) -> float:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(words.raw, index, ctypes.byref(matrix))
    return float(pdfium.FPDFText_GetFontSize(words.raw, index) * abs(matrix.d))


MARK = r"[][0-9 ]*"
#: pages → what must be readable there, in 7 pt or more. A source's mark may follow a figure.
SAID = {
    (1,): ["Kaluga Region", "BRICS Summit, Xiamen", "3–5 September 2017"],
    (2, 3): [
        "ninth BRICS summit", f"opened on 4 September 2017{MARK}", "Brazil", "Russia", "India", "China", "South Africa", "Vladimir Popov",
        "Deputy Governor", "delegation", f"more than 160{MARK}investment projects", f"100 countries{MARK}", "Contents",
    ],
    (4, 5): ["Moscow", "M-3", "A-130", "A-108", "airport", "Smolensk", "Tula"],
    (6, 7): [f"12{MARK}industrial parks", f"more than 7,000 ha{MARK}", "Vorsino", "Grabtsevo", "Rosva", "Kaluga-Yug", "Detchino"],
    (8, 9): ["Vorsino", "freight village", f"1,837 ha{MARK}", "North", "South", "East", "West", "Central", "Samsung"],
    (10, 11): ["Grabtsevo", "Kaluga-Yug", "Rosva", "Volkswagen", "Volvo", "Fuyao Glass", "YAPP"],
    (12, 13): ["Obninsk", "A-Park", "I-Park", "Detchino", "K-Agro"],
    (14, 15): ["Special economic zone", "1,042", "Lyudinovo", "Borovsk", f"610.6 ha{MARK}", f"432 ha{MARK}"],
    (16, 17): [
        "[Mm]ore than (ten|10)", "cluster approach", "Pharmaceutical", "Transport and logistics", "Agroindustrial", "Automotive",
        "Building materials", "Metal processing", "Air and space",
    ],
    (18, 19): [f"more than 160{MARK}", f"100 countries{MARK}", "localis", "BRICS", "Volkswagen", "2006", "2017", r"Sources \[?[0-9]+\]?, \[?[0-9]+\]?"],
    (20, 21): [
        "New Silk Way", f"2016{MARK}", "Dalian", "Vorsino station", "port of Dalian", "shuttle trains", "by half", "Rotterdam", "Luxembourg",
        "planned", "plan", "first container train from Mumbai", f"September 2016{MARK}", "Guangzhou",
    ],
    (22,): ["How to invest", "Development Corporation"],
    (23,): ["Sources", "own statements"],
    (24,): ["investkaluga.com", "Natural Earth", "GeoNames", "Golos Text", "Literata", "not a public offer"],
}  # fmt: skip


@pytest.mark.parametrize("pages", SAID)
def test_everything_stands_where_the_flatplan_says(
    pages: tuple[int, ...], texts: list[tuple[str, list[float]]]
) -> None:
    """Each named thing is visible text of at least 7 pt on its page."""
    missing = [said for said in SAID[pages] if not any(_readable(said, *texts[number - 1]) for number in pages)]

    assert missing == []


def _readable(said: str, text: str, sizes: list[float]) -> bool:
    """Whether the words stand in the text with letters of 7 pt or more."""
    return any(
        max(sizes[match.start() : match.end()]) >= 6.95
        and all(
            size >= 6.95 for size, c in zip(sizes[match.start() : match.end()], match[0], strict=True) if c.isalpha()
        )
        for match in re.finditer(said, text)
    )


def test_the_brochure_has_24_pages_and_is_light(made: Made) -> None:
    """24 pages, under 2 MB."""
    assert made.products[0].pages == 24
    assert len(made.products[0].content) < 2_000_000


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_validators_have_nothing_to_say(profile: str, made: Made) -> None:
    """PDF/UA-1 and PDF/A-2a without a failure."""
    assert [
        (f.rule_id, f.message) for f in page.validate_pdf_bytes(made.products[0].content, profile=profile).failures
    ] == []


def test_the_booklet_folds_into_the_brochure(house: House, made: Made) -> None:
    """The letters on each half sheet, folded and nested, are those of the pages in reading order."""
    order = Order("brics-2017", "en", "booklet")
    (booklet,) = finish.FINISHES["booklet"](made.proof, house, order)
    halves = _letters(booklet.content, 2)
    fronts, backs = halves[::4], halves[2::4]
    rights, lefts = halves[1::4], halves[3::4]
    inwards = [page for pair in zip(rights, backs, strict=True) for page in pair]
    outwards = [page for pair in reversed(list(zip(lefts, fronts, strict=True))) for page in pair]

    assert booklet.pages == 12
    for folded, read in zip([*inwards, *outwards], _letters(made.products[0].content, 1), strict=True):
        assert (read - folded).total() <= 0.02 * read.total()
        # what a spread's drawing says on the other page lies under the clip at the fold
        assert (folded - read).total() <= 0.3 * read.total()


def _letters(pdf: bytes, parts: int) -> list[Counter[str]]:
    """How often each letter stands on each of the upright parts of each page, from left to right."""
    document = pypdfium2.PdfDocument(pdf)
    out = []
    for index in range(len(document)):
        page_, (width, height) = document[index].get_textpage(), document[index].get_size()
        for part in range(parts):
            text = page_.get_text_bounded(part * width / parts, 0, (part + 1) * width / parts, height)
            out.append(Counter(character for character in text if character.isalnum()))
    document.close()
    return out


def test_nothing_is_left_to_warn_of(house: House, made: Made) -> None:
    """The shipped content has no warning: nothing stale is printed, nothing mutters while it is set."""
    assert [str(warning) for warning in (*house.warnings, *made.proof.warnings)] == []


def test_few_texts_are_marked_as_plain(house: House) -> None:
    """At most thirty texts a language print digits that are no figure."""
    assert max(len(load.plain_texts(house, name, "en")) for name in house.editions) <= 30


def test_every_mark_has_its_source(made: Made, texts: list[tuple[str, list[float]]]) -> None:
    """Sources are numbered from 1 without a gap, and each mark leads to the page that lists it."""
    with pikepdf.open(io.BytesIO(made.products[0].content)) as pdf:
        names = {str(name) for name in _names(pdf)}
        wanted = {
            str(annotation.A.D if "/A" in annotation else annotation.Dest)
            for leaf in pdf.pages
            for annotation in leaf.obj.get("/Annots", [])
            if "/Dest" in annotation or ("/A" in annotation and "/D" in annotation.A)
        }
    sources = sorted(int(name.removeprefix("source-")) for name in names if name.startswith("source-"))

    assert sources and list(range(1, len(sources) + 1)) == sources
    assert wanted <= names


def _names(pdf: pikepdf.Pdf) -> Iterator[object]:
    tree = pdf.Root.Names.Dests.Names
    for index in range(0, len(tree), 2):
        yield tree[index]


def test_no_fact_is_printed_from_the_future(house: House, made: Made) -> None:
    """Every printed fact was known on the edition's date."""
    day = house.editions["brics-2017"].date.first

    assert [name for name in made.proof.sheet.used if not house.facts[name].known_on(day)] == []
