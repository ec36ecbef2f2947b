"""The setter: what it remembers, what it refuses, and that nothing it meets can hurt the rest."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from brochure import compose, load
from brochure.errors import AssetError, BrochureError, ContentError, ExitCode, MachineError, Place, TemplateError
from brochure.house import House
from brochure.stages import Order, Sheet
from brochure.typeset import Setter

ORDER = Order("mini", "en")
Edit = Callable[[str, str, str], Path]


def sheet(root: Path) -> Sheet:
    """The miniature's galleys."""
    return compose.sheet(load.manuscript(load.house(root), ORDER))


def with_html(it: Sheet, change: Callable[[str], str], files: dict[str, bytes] | None = None) -> Sheet:
    """The sheet with its first galley's HTML changed and files put beside it."""
    first = it.galleys[0]
    html = change(first.html)
    changed = replace(
        first, html=html, files={**first.files, **(files or {})}, digest=str(hash((html, *(files or {}))))
    )
    return replace(it, galleys=(changed, *it.galleys[1:]))


def complaints(setter: Setter, it: Sheet, kind: type[BrochureError]) -> list[str]:
    """What setting the sheet complains of."""
    with pytest.raises(kind) as caught:
        setter.proof(it)
    return [str(complaint) for complaint in caught.value.complaints]


def body(extra: str) -> Callable[[str], str]:
    """Puts HTML at the end of the first page."""
    return lambda html: html.replace("</section>", f"{extra}</section>", 1)


PHOTO = """    kind: article
    show:
      image: {file: harbor.jpg, credit: The press, licence: CC0}
      facts: [land.money]"""


def with_photo(root: Path) -> None:
    """Gives the second page a photograph, and the first an icon and a stylesheet of its own."""
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().replace("    kind: article\n    show:\n      facts: [land.money]", PHOTO))
    template = root / "templates/pages/article.html"
    template.write_text(
        template.read_text().replace(
            "{% if show.image %}",
            "{% if page.id == 'first' %}<div class=\"plate {{ ornament(icon('star', 'gold')) }}\"></div>{% endif %}\n{% if show.image %}",
        )
    )
    (root / "assets/icons").mkdir()
    (root / "assets/icons/star.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" fill="currentColor"><path d="M1 1h7v7z"/></svg>')  # fmt: skip


def append(file: str, text: str) -> Callable[[Path], None]:
    """A change that adds text to a file of the house."""

    def change(root: Path) -> None:
        path = root / file
        path.write_bytes(path.read_bytes() + text.encode())

    return change


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    """A change that replaces text in a file of the house."""

    def change(root: Path) -> None:
        path = root / file
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new))

    return change


CHANGES = {
    "a word": (swap("content/en/pages/first.yaml", "A first page", "A changed page"), {"first"}),
    "a fact": (swap("content/facts/land.yaml", "value: 570", "value: 571"), {"second"}),
    "the line that a fact stands on": (swap("content/facts/land.yaml", "land.area:", "# a remark\nland.area:"), set()),
    "a template": (swap("templates/pages/article.html", "opening", "opening again"), {"first", "second"}),
    "an imported stylesheet": (append("assets/css/components/fact-table.css", ".x { color: var(--night); }"), {"first", "second"}),
    "a stylesheet that nobody imports": (append("assets/css/components/key-figure.css", ".x { color: var(--night); }"), set()),
    "a drawing": (swap("assets/icons/star.svg", "M1 1h7v7z", "M1 1h7v6z"), {"first"}),
    "a font": (append("assets/fonts/golos-text/GolosText-Medium.ttf", "\0\0\0\0"), {"first", "second"}),
    "a picture": (append("assets/images/harbor.jpg", "\0"), {"second"}),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_only_what_changed_is_set_again(what: str, root: Path, setter: Setter) -> None:
    """A change in one input sets exactly the sections again that it touches."""
    change, touched = CHANGES[what]
    with_photo(root)
    setter.proof(sheet(root))
    change(root)

    assert touched == {setting.id for setting in setter.proof(sheet(root)).settings if setting.fresh}


def test_a_new_version_sets_everything_again(root: Path, setter: Setter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of this program may lay out in another way."""
    setter.proof(sheet(root))
    monkeypatch.setattr(importlib.import_module("brochure.compose.sheet"), "__version__", "99")

    assert [setting.fresh for setting in setter.proof(sheet(root)).settings] == [True, True]


def test_a_cut_off_picture_is_refused(root: Path, setter: Setter) -> None:
    """WeasyPrint prints a third of a JPEG without a word; the setter reads each picture to its last row."""
    photo = (root / "assets/images/harbor.jpg").read_bytes()
    it = with_html(sheet(root), body(""), {"images/x/harbor.jpg": photo[: len(photo) // 3]})

    assert "this picture is damaged" in complaints(setter, it, AssetError)[0]


def test_a_coarse_picture_is_refused(root: Path, setter: Setter) -> None:
    """A picture under 150 ppi at its printed size is an error with page and size, however it got onto the page."""
    picture = (root / "assets/images/small.png").read_bytes()
    html = '<figure class="plate"><img src="https://brochure.invalid/images/x/images/small.png" alt="x"></figure>'
    it = with_html(sheet(root), body(html), {"images/x/images/small.png": picture})

    assert "page 1: the picture in img has only 43 ppi at 177 mm" in complaints(setter, it, AssetError)[0]


@pytest.mark.parametrize("svg", [
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(https://evil.example/)</style></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://evil.example/x.svg#a"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M x y"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0 L"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><polygon points="1 2 3"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><rect width="wide"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1" stroke="nocolour"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1" fill="url(#none)"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><text font-family="Arial">x</text></svg>',
], ids=["image", "import", "entity", "use", "script", "broken", "path", "command", "points", "length", "colour", "ground", "font"])  # fmt: skip
def test_a_drawing_that_reaches_out_is_refused(svg: str, root: Path, setter: Setter) -> None:
    """WeasyPrint swallows what goes wrong inside an SVG; the setter looks into it beforehand."""
    it = with_html(
        sheet(root),
        body('<img src="https://brochure.invalid/drawings/x.svg" alt="">'),
        {"drawings/x.svg": svg.encode()},
    )

    assert all("page 1: " in line and "this drawing" in line for line in complaints(setter, it, AssetError))


def test_a_use_bomb_is_refused(root: Path, setter: Setter) -> None:
    """A drawing of one kilobyte that unfolds to a million elements is counted, not drawn."""
    levels = '<g id="a0"><path d="M0 0h1"/></g>'
    for i in range(1, 7):
        levels += f'<g id="a{i}">' + f'<use href="#a{i - 1}"/>' * 10 + "</g>"
    it = with_html(sheet(root), body('<img src="https://brochure.invalid/drawings/x.svg" alt="">'),
                   {"drawings/x.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{levels}<use href="#a6"/></svg>'.encode()})  # fmt: skip
    started = time.monotonic()

    assert "unfolds to" in complaints(setter, it, AssetError)[0]
    assert time.monotonic() - started < 60  # drawn, it would take hours


@pytest.mark.parametrize("html", [
    '<img src="file:///etc/passwd" alt="">', '<img src="https://example.org/x.png" alt="">', '<img src="//example.org/x.png" alt="">',
    '<link rel="stylesheet" href="file:///etc/passwd">', '<img src="https://brochure.invalid/../../etc/passwd" alt="">',
    '<img src="data:image/png;base64,AAAA" alt="">', '<object data="file:///etc/passwd"></object>',
])  # fmt: skip
def test_nothing_is_fetched_from_outside(html: str, root: Path, setter: Setter) -> None:
    """Every address but the galley's own files is refused, also when WeasyPrint raises no Exception for it."""
    assert any("was refused" in line for line in complaints(setter, with_html(sheet(root), body(html)), AssetError))


def test_the_child_lives_on_after_a_refusal(root: Path, setter: Setter) -> None:
    """A refusal costs one job, not the remembered layouts."""
    setter.proof(sheet(root))
    complaints(setter, with_html(sheet(root), body('<img src="file:///x" alt="">')), AssetError)

    assert not any(setting.fresh for setting in setter.proof(sheet(root)).settings)


def test_an_endless_page_is_ended(root: Path) -> None:
    """A page that never ends costs its time limit; the error names it, and the others are still set."""
    endless = "<div style='display:flex;flex-direction:column'>" * 14 + "word " * 40 + "</div>" * 14
    patience = iter((60.0, 0.5))  # for the start and for the page; then more than enough again
    with Setter(seconds=lambda _: next(patience, 60.0)) as setter:
        setter.versions()
        said = complaints(setter, with_html(sheet(root), body(endless)), MachineError)

        assert (
            "machine: error: the setter died while setting page 1 (first): it took longer than 0.5 seconds." in said[0]
        )
        assert len(setter.proof(sheet(root)).settings) == 2


def test_a_killed_setter_is_one_error(root: Path) -> None:
    """A crash of native code is told as the death of one page; the next order finds a fresh setter."""
    with Setter() as setter:
        setter.proof(sheet(root))
        assert setter.child is not None
        os.kill(setter.child.pid, signal.SIGSEGV)
        it = with_html(sheet(root), body("<p>x</p>"))
        said = complaints(setter, it, MachineError)

        assert "was ended by SIGSEGV" in said[0]
        assert setter.proof(sheet(root)).pdf.startswith(b"%PDF")


def test_a_page_that_eats_memory_is_ended(root: Path) -> None:
    """The child has a limit on its memory; the master process never swells with it."""
    hungry = '<div style="display:grid;grid-template-columns:repeat(30000000,1px)">cell</div>'
    with Setter(seconds=lambda _: 60.0, memory=400 * 1024**2) as setter:
        said = complaints(setter, with_html(sheet(root), body(hungry)), MachineError)

        assert "setting page 1 (first): it ran out of memory" in said[0]


def test_no_folder_is_left_behind(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setter's folder, with WeasyPrint's fonts in it, goes with the setter."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Setter() as setter:
        setter.proof(sheet(root))
        assert list(tmp_path.glob("brochure-setter-*"))

    assert not list(tmp_path.glob("brochure-setter-*"))


def test_the_setter_starts_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking for native libraries, Python would ask a compiler and a linker for each name: none is within its reach."""
    for name in ("gcc", "cc", "ld", "objdump"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho asked >> {tmp_path}/asked\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with Setter() as setter:
        assert setter.versions()["pango"]

    assert not (tmp_path / "asked").exists()


def test_a_child_whose_master_is_killed_cleans_up(tmp_path: Path) -> None:
    """When the master process is killed, its setter ends and takes its folder along."""
    code = "import os, signal\nfrom brochure.typeset import Setter\nSetter().versions()\nos.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    deadline = time.monotonic() + 60
    while list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert list(tmp_path.iterdir()) == []


def test_a_hung_child_doesn_t_outlive_its_master(root: Path) -> None:
    """Stopping the setter while it works ends the child and everything it started."""
    with Setter() as setter:
        setter.versions()
        child = setter.child
        assert child is not None
        threading.Timer(0.2, setter.stop).start()

        assert child.wait(60) is not None


LAYOUT = {
    "overflow": ('<div class="frame" data-key="k"><p>' + "A long text. " * 400 + "</p></div>", "too long for div.frame", ExitCode.CONTENT),
    "clipped": ('<div class="plate clip"><p>' + "A long text. " * 400 + "</p></div>", "is cut off by", ExitCode.CONTENT),
    "too wide": ('<div class="frame"><p>' + "long" * 60 + "</p></div>", "mm too wide", ExitCode.CONTENT),
    "unsafe": ('<p class="edge">word</p>', "outside the safe area", ExitCode.CONTENT),
    "collision": ('<div class="frame"><p>one</p></div><div class="frame two"><p>two</p></div>', "runs into", ExitCode.CONTENT),
    "glyph": ('<div class="frame low"><p>漢字</p></div>', "has the character 字 U+5B57", ExitCode.ASSET),
    "family": ('<div class="frame low"><p class="arial">word</p></div>', "the font family “Arial”", ExitCode.TEMPLATE),
    "face": ('<div class="frame low"><p class="slanted">word</p></div>', "Golos Text 400 italic, which has no file", ExitCode.TEMPLATE),
    "small": ('<div class="frame low"><p class="tiny">word</p></div>', "is only 5.0 pt", ExitCode.TEMPLATE),
    "pages": ('</section><section class="leaf"><p class="low">more</p>', "fills 2 pages; the flatplan gives it 1", ExitCode.CONTENT),
    "block link": ('<a class="frame low" href="https://example.org/">word</a>', "the link a.frame is a block", ExitCode.TEMPLATE),
    "nested": ("<div class='flex'>" * 5 + "x" + "</div>" * 5, "levels deep", ExitCode.TEMPLATE),
    "css": ('<p class="unknown low">word</p>', "WeasyPrint says: Ignored", ExitCode.TEMPLATE),
    "missing": ('<img src="https://brochure.invalid/images/none.png" alt="">', "was refused", ExitCode.ASSET),
}  # fmt: skip
STYLE = """
.clip { overflow: hidden; --h: 2; --r: 40 } .edge { position: absolute; top: 1mm; left: 1mm } .low { --r: 40 }
.arial { font-family: Arial } .slanted { font-style: italic } .tiny { font-size: 5pt } .flex { display: flex }
"""


@pytest.mark.parametrize("rule", LAYOUT)
def test_what_layout_shows_is_told(rule: str, root: Path, setter: Setter) -> None:
    """What WeasyPrint lays out without a word is found on the page and told with its page and amount."""
    html, said, code = LAYOUT[rule]
    path = root / "assets/css/pages/article.css"
    path.write_text(path.read_text() + STYLE + ("\n.unknown { colr: 1 }" if rule == "css" else ""))
    it = with_html(sheet(root), body(html))
    with pytest.raises(BrochureError) as caught:
        setter.proof(it)

    assert any(said in str(complaint) and complaint.code is code for complaint in caught.value.complaints)


def test_a_place_is_told_with_the_overflow(root: Path, edit: Edit, setter: Setter) -> None:
    """A text that is too long is told at its line in the content, with page, element and millimetres."""
    edit("content/en/pages/second.yaml", "title: A second page", "title: " + "A second page that never ends " * 6)
    said = complaints(setter, sheet(root), ContentError)

    assert "content/en/pages/second.yaml:1:8: error: page 2: the text in span.text is" in said[0]
    assert "mm too long for div.frame. Shorten it, or give it more room." in said[0]


def test_what_has_no_place_is_told_at_the_text_above_it(setter: Setter, root: Path) -> None:
    """Sources that a text has pushed out of their frame are told at the text, whatever of them is seen, and once."""
    pushed = (
        '<div class="frame" style="--r: 30; --h: 3"><p data-key="above">A text.</p><p class="c">'
        + "1 2 3 " * 200
        + "</p></div>"
    )
    it = with_html(sheet(root), body(pushed))
    first = replace(it.galleys[0], places={"above": Place("content/en/pages/first.yaml", 3, 5)})
    found = complaints(setter, replace(it, galleys=(first, *it.galleys[1:])), ContentError)

    assert [line.partition(" page")[0] for line in found if "too long for div.frame" in line] == [
        "content/en/pages/first.yaml:3:5: error:"
    ]


def test_a_template_error_in_the_house_is_no_content_error(house: House) -> None:
    """A sheet with a broken template never reaches the setter."""
    with pytest.raises(TemplateError):
        compose.sheet(
            load.manuscript(replace(house, templates={**house.templates, "pages/article.html": "{{ nothing }}"}), ORDER)
        )
