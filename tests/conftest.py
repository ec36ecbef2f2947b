"""A miniature house to test in, copied afresh for each test, and a setter that all tests share."""

from __future__ import annotations

import functools
import gc
import importlib.util
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from filelock import FileLock
from xdist.scheduler import LoadScopeScheduling

from brochure import doctor, load, press
from brochure.commands import translations
from brochure.errors import BrochureError, Complaint
from brochure.finish import separation
from brochure.house import House
from brochure.model.limits import DEFAULTS, Limits
from brochure.press import Made, book, crew, rehearsal, street
from brochure.press.copies import copyist
from brochure.stages import Order
from brochure.typeset import Setter

ROOT = Path(__file__).resolve().parents[1]
MINIATURE = Path(__file__).parent / "house"
gc.set_threshold(100_000, 20, 50)  # as at the front door: looking for garbage would cost a sixth of the run

TONGUES = ("en", "ru", "zh", "pt", "hi")
Screens = Callable[[str], Path]
Brochures = Callable[[str], Made]

#: What takes long comes first, so that no worker idles at the end; modules that ask for our own edition go together.
OWN = ("pdf", "plain_text", "brochure", "reading", "type", "referees")
FIRST = (OWN[0], "cluster", "matrix", "personal", "setter", "handouts", "reader", "goldens", "logos", "drawings", "slips",
         "limits", "prepress", "mail", "output", "charts", "parity", "print_job", "leaflet", "content", "separation")  # fmt: skip


class Rota(LoadScopeScheduling):
    """Tests of a module run in one worker and share what it makes; modules in their order, the long ones first."""

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return OWN[0] if _name(module) in OWN else module


def _name(module: str) -> str:
    """The word by which a test module is called."""
    return Path(module).stem.removeprefix("test_")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Rota:
    """Who runs what, where several workers do."""
    config.option.loadscopereorder = False
    return Rota(config, log)  # type: ignore[arg-type]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long modules first, each whole."""
    rank = {name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: rank.get(_name(item.nodeid.partition("::")[0]), len(rank)))


@functools.cache
def shipped() -> House:
    """The house that is shipped, read once in a process; nobody changes it."""
    return load.house(ROOT)


#: Whole folders without their times and rights, which is most of the work with small files.
copied = functools.partial(shutil.copytree, dirs_exist_ok=True, copy_function=shutil.copyfile)


def furnish(root: Path) -> Path:
    """The miniature's content with this project's templates, stylesheets and two font families; the specimen book stays at home."""
    copied(MINIATURE, root)
    for folder in ("templates", "assets/css", "assets/fonts/golos-text", "assets/fonts/literata-display", "assets/icc"):
        copied(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("specimens"))
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
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its processes share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if folder.name.startswith("popen-") else folder


@pytest.fixture(autouse=True, scope="session")
def bytecode(shelf: Path) -> Iterator[None]:
    """Every process that the tests start finds its modules compiled, also where nothing may be written beside them: half
    of what starting a setter costs is the compiling of WeasyPrint, else done anew each time. Compiled once in a run,
    beside the modules where others already are."""
    library = importlib.util.find_spec("weasyprint")
    beside = library and library.cached and Path(library.cached).exists() and not sys.dont_write_bytecode
    with pytest.MonkeyPatch.context() as patch:
        if not beside:
            patch.setenv("PYTHONPYCACHEPREFIX", str(shelf / "bytecode"))
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        with FileLock(shelf / "bytecode.lock"):
            if not (shelf / "bytecode.done").exists():
                rooms = "import brochure.typeset.child, brochure.preflight.child, brochure.press.worker"
                subprocess.run([sys.executable, "-c", rooms], cwd=ROOT, check=True)
                (shelf / "bytecode.done").touch()
        yield


@pytest.fixture(scope="session")
def setter(bytecode: None) -> Iterator[Setter]:
    """One setter for the whole run: starting it takes most of a second."""
    with Setter() as shared:
        yield shared


class Lent:
    """A setter that goes on when whoever has it is done."""

    def __init__(self, shared: Setter) -> None:
        self.shared = shared

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shared, name)

    def __enter__(self) -> Lent:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def stop(self) -> None:
        """It isn't ours to stop."""


@pytest.fixture(autouse=True, scope="session")
def lent(setter: Setter) -> Iterator[None]:
    """Whatever opens a setter in this process gets the one that all tests share, unless it has limits of its own; those
    that a run in a process of its own starts, and those of test_setter, are as ever."""

    def hired(limits: Limits = DEFAULTS) -> Setter:
        return cast(Setter, Lent(setter)) if limits == DEFAULTS else Setter(limits=limits)

    with pytest.MonkeyPatch.context() as patch:
        for room in (book, copyist, crew, doctor, rehearsal, street, translations):
            patch.setattr(room, "Setter", hired)
        yield


@pytest.fixture(scope="session")
def brochures(shelf: Path, setter: Setter) -> Brochures:
    """Our own edition in a language as a screen file: made once in a run, by whichever process asks first."""

    @functools.cache
    def brochure(tag: str) -> Made:
        path = shelf / f"own-{tag}.made"
        with FileLock(f"{path}.lock"):
            if path.exists():
                return pickle.loads(path.read_bytes())
            made = press.make(Order("brics-2017", tag), shipped(), setter)
            path.with_suffix(".pdf").write_bytes(made.products[0].content)
            path.write_bytes(pickle.dumps(made))
        return made

    return brochure


@pytest.fixture(scope="session")
def screens(shelf: Path, brochures: Brochures) -> Screens:
    """The same as files."""

    def screen(tag: str) -> Path:
        brochures(tag)
        return shelf / f"own-{tag}.pdf"

    return screen


AGREED: list[str] = []  # what the German translation was made from, reckoned once: it is of the untouched miniature


def translate(root: Path) -> Path:
    """The house at ``root`` with a German translation that everybody agrees to."""
    shutil.copytree(Path(__file__).parent / "german", root / "content/de")
    shutil.copy(root / "content/en/units.yaml", root / "content/de/units.yaml")
    (root / "content/en/ticket.yaml").unlink()  # a house without printers may do without
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text("utf-8").replace("[en]", "[en, de]"), "utf-8")
    if not AGREED:
        AGREED.append(load.parity.accept(load.house(root, draft=True), "de", None)[0])
    (root / "content/de/translated.yaml").write_text(AGREED[0], "utf-8")
    return root


@pytest.fixture
def german(root: Path) -> Path:
    """A miniature house in two languages."""
    return translate(root)
