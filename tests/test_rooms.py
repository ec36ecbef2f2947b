"""One name in every room, a licence for every asset, and a README that is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, shipped

import build
from brochure import finish
from brochure.load.papers import ACCEPTED, BUDGETS
from brochure.model.markup import FORMS
from brochure.model.pages import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_in_every_room(kind: str) -> None:
    """A kind of page has a model, a template and a stylesheet of the same name."""
    module = ROOT / f"brochure/model/pages/{kind.replace('-', '_')}.py"

    assert [path for path in (module, ROOT / f"templates/pages/{kind}.html", ROOT / f"assets/css/pages/{kind}.css")
                  if not path.exists()] == []  # fmt: skip


def test_no_room_has_strangers() -> None:
    """No template, stylesheet or model is left of a kind that is gone."""
    modules = {path.stem.replace("_", "-") for path in (ROOT / "brochure/model/pages").glob("*.py")} - {"--init--"}

    assert set(KINDS) == modules
    assert set(KINDS) == {path.stem for path in (ROOT / "templates/pages").glob("*.html")}
    assert set(KINDS) == {path.stem for path in (ROOT / "assets/css/pages").glob("*.css")}


def test_a_component_is_a_template_and_a_stylesheet() -> None:
    """Components have both, but for the page itself and the plate, which the base sheet draws."""
    templates = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    sheets = {path.stem for path in (ROOT / "assets/css/components").glob("*.css")}

    assert {"leaf", "plate"} == templates - sheets
    assert set() == sheets - templates


@pytest.mark.parametrize("folder", sorted((ROOT / "assets/fonts").iterdir()), ids=lambda path: path.name)
def test_every_font_has_its_licence_and_origin(folder: Path) -> None:
    """A family's folder holds its OFL and a log that names each file."""
    log = (folder / "FONTLOG.txt").read_text("utf-8")

    assert (folder / "OFL.txt").exists()
    assert [font.name for font in folder.glob("*.ttf") if font.name not in log] == []


def test_assets_have_an_origin() -> None:
    """Geometry, profiles and icons say where they came from and under which licence."""
    assert all(
        (ROOT / "assets" / name).exists()
        for name in ("geo/SOURCES.md", "icc/ORIGIN.md", "icons/ORIGIN.md", "icons/LICENSE")
    )


def test_assets_stay_small() -> None:
    """Everything that a clone brings for printing is under 25 MB."""
    assert sum(path.stat().st_size for path in (ROOT / "assets").rglob("*") if path.is_file()) < 25e6


def test_languages_say_the_same_things() -> None:
    """Every language of an edition has the same files; beside them only the list of what translations were made
    from, and of how much fits."""
    house = shipped()
    tags = {tag for edition in house.editions.values() for tag in edition.languages}
    files = {
        tag: {p.relative_to(ROOT / "content" / tag).as_posix() for p in (ROOT / "content" / tag).rglob("*.yaml")}
        - {ACCEPTED, BUDGETS}
        for tag in tags
    }

    assert len({frozenset(names) for names in files.values()}) == 1


README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("command", build.COMMANDS)
def test_the_readme_knows_every_command(command: str) -> None:
    """Each command stands in the README's table."""
    assert f"build.py {command}`" in README


def test_the_readme_knows_every_form_exit_code_and_room() -> None:
    """Forms of facts, exit codes, outputs and rooms are all told."""
    rooms = [
        path.stem for path in (ROOT / "brochure").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    ]

    assert [form for form in FORMS if f"`{form}`" not in README] == []
    assert all(re.search(rf"(?<!\d){code}(?!\d)", README) for code in (0, 1, 2, 3, 4, 5, 6, 7, 70, 130, 143))
    assert {"screen", "print", "booklet", "sheet", "pages"} == set(finish.FINISHES)
    assert [room for room in rooms if f"`{room}" not in README and room not in ("__init__", "__pycache__")] == []


def test_the_readme_s_files_exist() -> None:
    """Every path of the project that the README names is there, or is one that a house may have and the code reads."""
    named = re.findall(r"`((?:brochure|content|templates|assets|tests)/[a-z0-9_./-]*)`", README)
    code = "".join(path.read_text("utf-8") for path in (ROOT / "brochure").rglob("*.py"))

    assert named
    assert [path for path in named if not (ROOT / path).exists() and path.strip("/") not in code] == []


def test_every_word_of_the_glossary_is_spoken() -> None:
    """Each word of the glossary occurs in the code."""
    code = "\n".join(path.read_text("utf-8").lower() for path in (ROOT / "brochure").rglob("*.py"))
    glossary = README.partition("## Glossary")[2].partition("##")[0]
    words = [
        word.strip() for row in re.findall(r"^\| ([a-z, ]+) \|", glossary, re.MULTILINE) for word in row.split(",")
    ]

    assert len(words) > 12
    assert [word for word in words if word not in ("word",) and word not in code] == []
