"""A miniature house to test in, copied afresh for each test, and a setter that all tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from brochure import load, press
from brochure.errors import BrochureError, Complaint
from brochure.finish import separation
from brochure.stages import House, Order
from brochure.typeset import Setter

ROOT = Path(__file__).resolve().parents[1]
MINIATURE = Path(__file__).parent / "house"
TONGUES = ("en", "ru", "zh", "pt", "hi")
Screens = Callable[[str], Path]


def furnish(root: Path) -> Path:
    """The miniature's content with this project's templates, stylesheets and two font families."""
    shutil.copytree(MINIATURE, root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "templates", root / "templates", dirs_exist_ok=True)
    shutil.copytree(ROOT / "assets/css", root / "assets/css", dirs_exist_ok=True)
    for family in ("golos-text", "literata-display"):
        shutil.copytree(ROOT / "assets/fonts" / family, root / "assets/fonts" / family, dirs_exist_ok=True)
    shutil.copytree(ROOT / "assets/icc", root / "assets/icc", dirs_exist_ok=True)
    (root / "assets/images").mkdir(parents=True, exist_ok=True)
    return root


def hire(root: Path) -> Path:
    """Gives the miniature this project's printers, and four pages to fold."""
    shutil.copytree(ROOT / "content/printers", root / "content/printers")
    edition = root / "content/editions/mini.yaml"
    edition.write_text(
        edition.read_text().replace("binding: none", "binding: saddle stitch") + "  - id: notes\n    kind: notes\n"
    )
    (root / "content/en/pages/notes.yaml").write_text("title: Notes\n")
    return root


def told(root: Path) -> tuple[Complaint, ...]:
    """What reading and composing the house complains of."""
    try:
        house = load.house(root)
        return (*house.warnings, *press.check(house))
    except BrochureError as error:
        return error.complaints


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A miniature house on disk."""
    return furnish(tmp_path / "house")


@pytest.fixture
def house(root: Path) -> House:
    """The miniature, read."""
    return load.house(root)


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text in one of the miniature's files, which must hold it."""

    def change(file: str, old: str, new: str) -> Path:
        path = root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return change


@pytest.fixture(autouse=True, scope="session")
def kept_pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Separated pictures are kept in a folder of the run's own, not in the user's."""
    folder = tmp_path_factory.mktemp("pictures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(separation, "folder", lambda: folder)
        yield


@pytest.fixture(scope="session")
def setter() -> Iterator[Setter]:
    """One setter for the whole run: starting it takes most of a second."""
    with Setter() as shared:
        yield shared


@pytest.fixture(scope="session")
def screens(tmp_path_factory: pytest.TempPathFactory, setter: Setter) -> Screens:
    """The screen file of our own edition in a language: made once in a run, by whichever process asks first."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if folder.name.startswith("popen-") else folder

    def screen(tag: str) -> Path:
        path = folder / f"own-{tag}.pdf"
        with FileLock(f"{path}.lock"):
            if not path.exists():
                path.write_bytes(press.make(Order("brics-2017", tag), load.house(ROOT), setter).products[0].content)
        return path

    return screen


def translate(root: Path) -> Path:
    """The house at ``root`` with a German translation that everybody agrees to."""
    shutil.copytree(Path(__file__).parent / "german", root / "content/de")
    shutil.copy(root / "content/en/units.yaml", root / "content/de/units.yaml")
    (root / "content/en/ticket.yaml").unlink()  # a house without printers may do without
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text("utf-8").replace("[en]", "[en, de]"), "utf-8")
    accepted, _ = load.parity.accept(load.house(root, draft=True), "de", None)
    (root / "content/de/translated.yaml").write_text(accepted, "utf-8")
    return root


@pytest.fixture
def german(root: Path) -> Path:
    """A miniature house in two languages."""
    return translate(root)
