"""The specimen book: every component documented and shown, heads that agree with their macros, and the command."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT

import build
from brochure.compose import specimens
from brochure.errors import TemplateError
from brochure.load import shelf

COMPONENTS = {name.removeprefix("components/").removesuffix(".html"): source
              for name, source in shelf.templates(ROOT, []).items() if name.startswith("components/")}  # fmt: skip
#: The page itself and what a drawing stands in: they paint nothing of their own, the base sheet places them.
STRUCTURE = {"leaf", "plate"}
#: What the art direction asks for.
WANTED = {"key-figure", "fact-table", "pull-quote", "timeline", "contact-card", "steps", "map", "emblem", "note"}
GUIDE = (ROOT / "templates/specimens/README.md").read_text("utf-8")
BOOK = (ROOT / "templates/specimens/content/editions/specimen.yaml").read_text("utf-8")
STYLE = (ROOT / "assets/css/pages/specimen.css").read_text("utf-8")


def test_the_components_are_there() -> None:
    """The names that the art direction uses are names of components."""
    assert set(COMPONENTS) >= WANTED | STRUCTURE


@pytest.mark.parametrize("name", sorted(set(COMPONENTS) - STRUCTURE))
def test_a_component_is_documented_and_shown(name: str) -> None:
    """A component that paints has a head that agrees with its one macro, a stylesheet and a page in the book."""
    found = specimens.component(name, COMPONENTS[name])

    assert found.says and found.parameters
    assert (ROOT / f"assets/css/components/{name}.css").exists()
    assert f'components/{name}.css") layer(components);' in STYLE
    assert (ROOT / f"templates/specimens/{name}.html").exists()
    assert f"  - id: {name}\n    kind: specimen\n" in BOOK


@pytest.mark.parametrize(("source", "said"), [
    ("{% macro key_figure(id) %}{% endmacro %}", "no comment head"),
    ("{# It. -#}\n{% macro key_figure(id) %}{% endmacro %}", "“id” has no line"),
    ("{# It.\n\n   id (fact): which\n   unit (words): more\n-#}\n{% macro key_figure(id) %}{% endmacro %}", "tells of “unit”"),
    ("{# It.\n\n   id, which one\n-#}\n{% macro key_figure(id) %}{% endmacro %}", "what it takes"),
    ("{# It.\n\n   id (fact): which\n-#}\n{% macro figure(id) %}{% endmacro %}", "public macros are: figure"),
    ("{# It.\n\n   id (fact): which\n-#}\n{% macro key_figure(id) %}{% endmacro %}{% macro more() %}{% endmacro %}", "key_figure, more"),
])  # fmt: skip
def test_a_head_that_lies_is_refused(source: str, said: str) -> None:
    """What the book prints can't differ from the macro."""
    with pytest.raises(TemplateError) as error:
        specimens.component("key-figure", source)

    assert said in str(error.value)
    assert str(error.value).startswith("templates/components/key-figure.html:")


def test_defaults_are_the_macro_s_own() -> None:
    """A parameter without a default must be given; what is empty is none."""
    head = "{# It.\n\n" + "".join(f"   {name} (words): does\n     this\n" for name in "abcde") + "-#}\n"
    found = specimens.component("x", head + "{% macro x(a, b='', c='full', d=3, e=()) %}{% endmacro %}")

    assert [parameter.default for parameter in found.parameters] == ["", "none", "full", "3", "none"]
    assert {parameter.does for parameter in found.parameters} == {"does this"}


def test_the_guide_s_example_is_in_its_own_form() -> None:
    """The head that the guide shows is one that the program reads."""
    example = re.search(r"```\n(\{# What it is.*?)```", GUIDE, re.DOTALL)

    assert example
    assert len(specimens.component("key-figure", example[1] + "{% endmacro %}").parameters) == 3


@pytest.fixture
def leaflet(root: Path) -> Path:
    """The miniature with a specimen book of two pages."""
    content = root / "templates/specimens/content"
    shutil.copytree(ROOT / "templates/specimens", root / "templates/specimens")
    (content / "editions/specimen.yaml").write_text(
        BOOK.partition("flatplan:")[0]
        + "flatplan:\n  - id: colours\n    kind: specimen\n  - id: note\n    kind: specimen\n"
    )
    for path in (content / "en/pages").glob("*.yaml"):
        if path.stem not in ("colours", "note"):
            path.unlink()
    return root


def test_the_command_prints_the_book(leaflet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """out/specimen.pdf has a page for each entry of its flatplan, in the brand and fonts of the house."""
    assert build.main(["specimen", "--json", "--house", str(leaflet)]) == 0
    told = json.loads(capsys.readouterr().out)
    with pikepdf.open(io.BytesIO((leaflet / "out/specimen.pdf").read_bytes())) as pdf:
        assert len(pdf.pages) == told["pages"] == 2
    assert told["specimen"] == [str(leaflet / "out/specimen.pdf")]


def test_single_pages_of_the_book_are_pictures(leaflet: Path) -> None:
    """--page is the designer's quick loop here too."""
    assert build.main(["specimen", "--quiet", "--page", "note", "--house", str(leaflet)]) == 0
    assert [path.name for path in (leaflet / "out/specimen/pages").iterdir()] == ["02.png"]


def test_slips_of_the_book_are_named_from_the_house(leaflet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the sample words has the path that the designer opens."""
    words = leaflet / "templates/specimens/content/en/pages/note.yaml"
    words.write_text(words.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")

    assert build.main(["specimen", "--house", str(leaflet)]) == 3
    assert capsys.readouterr().err.startswith("templates/specimens/content/en/pages/note.yaml:")
