"""One run tells everything: slips of one language or page don't hide those of the others."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import build
from brochure import load

Edit = Callable[[str, str, str], Path]
LONG = "A sentence that goes on and on. " * 60


@pytest.fixture
def bilingual(root: Path, edit: Edit) -> Path:
    """The miniature in English and in a second language: German, in English words."""
    shutil.copytree(root / "content/en", root / "content/de")
    edit("content/editions/mini.yaml", "languages: [en]", "languages: [en, de]")
    edit("content/de/language.yaml", "locale: en-GB", "locale: de-DE")
    return root


def accept(root: Path) -> None:
    """Somebody says that the second language's texts translate the first's, also those that are the same."""
    house, _ = load.attempt(root)
    keys = frozenset(load.parity.sayings(house, "en"))
    (root / "content/de" / load.parity.ACCEPTED).write_text(load.parity.accept(house, "de", keys)[0])


def long(edit: Edit, language: str, page: str = "second") -> None:
    """Makes a page's text too long for its frame."""
    edit(f"content/{language}/pages/{page}.yaml", f"title: A {page} page", f"title: A {page} page, {LONG}")


def told(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, set[str]]:
    """The exit code of a build, and the lines that its errors lie on."""
    accept(root)
    code = build.main(["build", "--output", "screen", "--jobs", "1", "--house", str(root)])
    return code, {":".join(line.split(":")[:2]) for line in capsys.readouterr().err.splitlines()}


def test_both_languages_are_made(bilingual: Path) -> None:
    """Each language has its folder, each file its own places in the content."""
    accept(bilingual)
    assert build.main(["build", "--output", "screen", "--jobs", "1", "--house", str(bilingual)]) == 0
    assert all((bilingual / f"out/mini/{tag}/brochure.screen.pdf").exists() for tag in ("en", "de"))
    places = (bilingual / "out/mini/places.json").read_text()
    assert "content/de/pages/first.yaml" in places and "content/en/pages/first.yaml" in places


def test_layout_slips_of_all_languages_are_told(
    bilingual: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text that is too long in one language doesn't hide the one in the other; nothing is published."""
    long(edit, "en")
    long(edit, "de", "first")

    code, lines = told(bilingual, capsys)

    assert code == 3
    assert {"content/de/pages/first.yaml:2", "content/en/pages/second.yaml:1"} <= lines
    assert not (bilingual / "out/mini/manifest.json").exists()


def test_a_slip_of_content_doesn_t_hide_those_of_layout(
    bilingual: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages and languages without a slip are set all the same: an unknown fact, a missing key, two long texts."""
    edit("content/en/pages/first.yaml", "{land.parks}", "{land.packs}")
    edit("content/de/pages/second.yaml", "title: A second", "titel: A second")
    long(edit, "en")
    long(edit, "de", "first")
    code, lines = told(bilingual, capsys)

    assert code == 3
    assert {"content/en/pages/first.yaml:3", "content/de/pages/second.yaml:1"} <= lines  # content
    assert {"content/en/pages/second.yaml:1", "content/de/pages/first.yaml:2"} <= lines  # layout


def test_a_slip_in_a_template_doesn_t_hide_layout(
    bilingual: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template that fails on one page is told with the layout slips of the others; the worst code wins."""
    edit("templates/pages/article.html", "<h1>{{ words.title }}</h1>",
         "<h1>{{ words.title if page.id == 'second' else words.titel }}</h1>")  # fmt: skip
    long(edit, "de")
    code, lines = told(bilingual, capsys)

    assert code == 4
    assert "content/de/pages/second.yaml:1" in lines
    assert any(line.startswith("templates/pages/article.html") for line in lines)


def test_broken_assets_are_told_alone(bilingual: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """Without its fonts no page looks as it will: nothing is set."""
    edit("content/brand.yaml", "GolosText-Medium.ttf", "None.ttf")
    long(edit, "en")

    assert told(bilingual, capsys) == (5, {"content/brand.yaml:121"})
