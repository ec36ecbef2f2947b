"""Stylesheets are read once by the setter, and only where that can't be seen."""

from __future__ import annotations

import logging

import pytest
import weasyprint

from brochure.typeset.fetcher import HOST, ShelfFetcher
from brochure.typeset.sheets import Sheets

MAIN = b"@layer base, pages; @import url(base.css) layer(base); @page { size: 40mm 30mm; margin: 3mm }"
BASE = b"p { color: #0000ff; margin: var(--gap) } :root { --gap: 2mm }"
LINK = '<link rel="stylesheet" href="/css/main.css">'


class Fetcher(ShelfFetcher):
    """One that counts what it is asked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.asked = 0

    def fetch(self, url: str, headers: object = None) -> object:
        """The file."""
        self.asked += 1
        return super().fetch(url, headers)


class Room:
    """A setter's stylesheets and the files that they are read from."""

    def __init__(self, **files: bytes) -> None:
        self.sheets, self.files = Sheets(), {"css/main.css": MAIN, "css/base.css": BASE}
        self.files |= {f"css/{name}.css": content for name, content in files.items()}
        self.muttered: list[str] = []

    def asked(self, head: str = LINK, text: str = "One.") -> tuple[int, bytes]:
        """How many files a document asked for, and what it came to."""
        fetcher = Fetcher(dict(self.files))
        html = weasyprint.HTML(
            string=f"<html><head>{head}</head><body><p>{text}</p></body></html>",
            base_url=f"https://{HOST}/",
            url_fetcher=fetcher,
        )
        with self.sheets.known(tuple(sorted(self.files.items())), lambda: not self.muttered):
            document = html.render()
        return fetcher.asked, document.write_pdf(pdf_identifier=b"1" * 16, uncompressed_pdf=True)


def test_the_same_sheets_are_read_once() -> None:
    """A second document with the same stylesheets asks for none of them and looks the same: rules, layers, page size."""
    room = Room()

    first, again = room.asked(), room.asked()

    assert (first[0], again[0]) == (2, 0)
    assert first[1] == again[1] and b"/MediaBox [0 0 113.385827 85.03937]" in again[1]


def test_a_changed_sheet_is_read_again() -> None:
    """What a stylesheet says now counts, also one that is imported."""
    room = Room()
    _, blue = room.asked()
    room.files["css/base.css"] = BASE.replace(b"#0000ff", b"#ff0000")

    asked, red = room.asked()

    assert asked == 2
    assert b"0 0 1 rg" in blue and b"1 0 0 rg" in red


def test_links_in_another_order_are_read_again() -> None:
    """The order of links decides which rule wins."""
    room = Room(late=b"@layer pages { p { color: #00ff00 } }")
    late = '<link rel="stylesheet" href="/css/late.css">'

    forth, back = room.asked(LINK + late), room.asked(late + LINK)

    assert (forth[0], back[0]) == (3, 3)
    assert b"0 1 0 rg" in forth[1] and b"0 1 0 rg" not in back[1]


def test_what_is_muttered_about_is_read_each_time() -> None:
    """A stylesheet with a slip is read again for each document, so that each hears of it."""
    room = Room(slip=b"p { colour: red }")
    ear = logging.Handler()
    ear.emit = lambda record: room.muttered.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("weasyprint").addHandler(ear)
    link = '<link rel="stylesheet" href="/css/slip.css">'
    try:
        asked = room.asked(link)[0], room.asked(link)[0]
    finally:
        logging.getLogger("weasyprint").removeHandler(ear)

    assert asked == (1, 1) and len(room.muttered) == 2


@pytest.mark.parametrize(
    "head", ["<style>p { color: #00ff00 }</style>", LINK + "<style>@layer pages { p { color: #00ff00 } }</style>"]
)
def test_a_document_s_own_rules_are_its_own(head: str) -> None:
    """Rules that are written into a document count there, and are no other's."""
    room = Room()

    plain, own, again = (room.asked(it)[1] for it in (LINK, head, LINK))

    assert [b"0 1 0 rg" in it for it in (plain, own, again)] == [False, True, False]


def test_counters_of_a_sheet_count_each_time() -> None:
    """A stylesheet that names a way of counting is read for each document, which needs it."""
    room = Room(stars=b"@counter-style stars { system: cyclic; symbols: '*'; suffix: ' ' } p::before { content: counter(page, stars) }")  # fmt: skip
    link = '<link rel="stylesheet" href="/css/stars.css">'

    first, again = room.asked(link), room.asked(link)

    assert first[1] == again[1]


def test_few_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were not asked for the longest are forgotten."""
    monkeypatch.setattr("brochure.typeset.sheets.MOST", 2)
    room = Room(a=b"p { color: red }", b=b"p { color: lime }")
    heads = [LINK, *(f'<link rel="stylesheet" href="/css/{name}.css">' for name in "ab")]
    for head in heads:
        room.asked(head)

    assert [room.asked(head)[0] for head in (heads[1], heads[2], heads[0])] == [0, 0, 2]
