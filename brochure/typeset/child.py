"""The setter's own process: ``python -m brochure.typeset.child MEMORY FILE``. It reads jobs, lays out, remembers, writes.

Nothing is read from disk or network while it works: every address is answered from bytes that came with
the job. It may be killed at any time; the master process only ever loses the job in hand.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import hashlib
import io
import logging
import os
import resource
import shutil
import sys
import tempfile
import traceback
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import fontTools
import weasyprint
from fontTools.ttLib import TTFont
from PIL import ImageFile
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from brochure.model.limits import Limits
from brochure.native import opened
from brochure.paper import Paper
from brochure.typeset import wire
from brochure.typeset.fetcher import HOST, ShelfFetcher
from brochure.typeset.inspect import Inspector, findings
from brochure.typeset.measure import boxes, lines
from brochure.typeset.reach import reach
from brochure.typeset.sheets import Sheets
from brochure.typeset.spelling import spelling
from brochure.typeset.tagging import tagging
from brochure.typeset.titles import titles
from brochure.typeset.verify import drawings, problems

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000

CPU_SECONDS = 3600  # of the whole process; single jobs are ended by the clock on the other side

Answer = tuple[dict[str, Any], list[bytes]]


class Ear(logging.Handler):
    """Hears everything that WeasyPrint mutters."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what was said."""
        self.heard.append(record.getMessage()[:500])

    def taken(self) -> list[str]:
        """What was heard since the last time."""
        heard, self.heard = self.heard, []
        return list(dict.fromkeys(heard))


@dataclass
class Setter:
    """Blobs by digest, layouts by galley digest, one font configuration for each set of fonts."""

    ear: Ear
    blobs: dict[str, bytes] = field(default_factory=dict)
    layouts: dict[str, tuple[Any, ShelfFetcher, dict[str, Any]]] = field(default_factory=dict)
    fonts: dict[str, FontConfiguration] = field(default_factory=dict)
    faces: dict[str, dict[str, dict[tuple[str, str], frozenset[int]]]] = field(default_factory=dict)
    sheets: Sheets = field(default_factory=Sheets)

    def answer(self, job: dict[str, Any], blobs: list[bytes]) -> Answer:
        """One job done."""
        for blob in blobs:
            self.blobs[hashlib.sha256(blob).hexdigest()] = blob
        if job["do"] == "set":
            return self.set(job), []
        if job["do"] == "write":
            return self.write(job)
        if job["do"] == "pieces":
            return self.pieces(job)
        if job["do"] == "measure":
            return self.measure(job), []
        if job["do"] == "versions":
            return versions(), []
        raise ValueError(job["do"])

    def set(self, job: dict[str, Any]) -> dict[str, Any]:
        """Lays a galley out, unless its digest is remembered."""
        if job["digest"] in self.layouts:
            return {**self.layouts[job["digest"]][2], "fresh": False}
        files = {name: self.blobs[digest] for name, digest in job["files"].items()}
        key = job["files"]["css/fonts.css"]
        limits = Limits.model_construct(**job["limits"])
        bad = [list(problem) for problem in problems(files, limits)]
        if not bad:
            faces = self.characters(key, job, files)
            known = {family: frozenset().union(*styles.values()) for family, styles in faces.items()}
            bad = [list(problem) for problem in drawings(files, known, limits)]
        if bad:
            return {"bad": bad, "fresh": True, "pages": 0}
        fetcher = ShelfFetcher(files)
        config = self.fonts.setdefault(key, FontConfiguration())
        html = weasyprint.HTML(string=job["html"], base_url=f"https://{HOST}/", url_fetcher=fetcher)
        styles = tuple(sorted(it for it in job["files"].items() if it[0].endswith(".css")))
        with self.sheets.known(styles, lambda: not (self.ear.heard or fetcher.denied)):
            document = html.render(font_config=config)
        inspector = Inspector(Paper(**job["paper"]), faces)
        for index, page in enumerate(document.pages):
            inspector.look(page._page_box, job["first"] + index)
            titles(page)
            reach(page)
        answer = {
            "pages": len(document.pages),
            "findings": [asdict(found) for found in findings(inspector)],
            "boxes": [[page, key, *map(_tenth, astuple(rect))] for (page, key), rect in inspector.boxes.items()],
            "denied": fetcher.denied,
            "heard": self.ear.taken(),
            "bad": [],
        }
        self.layouts[job["digest"]] = (document, fetcher, answer)
        return {**answer, "fresh": True}

    def characters(self, key: str, job: dict[str, Any], files: dict[str, bytes]) -> Any:
        """Family → (weight, style) → characters, of the fonts that came with a job."""
        if key not in self.faces:
            out: dict[str, dict[tuple[str, str], frozenset[int]]] = {}
            for family, weight, style, name in job["faces"]:
                with TTFont(io.BytesIO(files[name]), lazy=True) as font:
                    out.setdefault(family, {})[weight, style] = frozenset(font.getBestCmap())
            self.faces[key] = out
        return self.faces[key]

    def measure(self, job: dict[str, Any]) -> dict[str, Any]:
        """The lines of remembered layouts, or their boxes."""
        look = {"lines": lines, "boxes": boxes}[job["what"]]
        return {
            "found": [
                found
                for digest, first in job["galleys"]
                for index, page in enumerate(self.layouts[digest][0].pages)
                for found in look(page._page_box, first + index)
            ]
        }

    def write(self, job: dict[str, Any]) -> Answer:
        """Joins remembered layouts and writes them once."""
        documents = [self.layouts[digest] for digest in job["digests"]]
        pdf = self._written(documents[0][0], [page for document, _, _ in documents for page in document.pages], job)
        denied = [url for _, fetcher, _ in documents for url in fetcher.denied]
        return {"heard": self.ear.taken(), "denied": denied}, [pdf]

    def pieces(self, job: dict[str, Any]) -> Answer:
        """Writes some pages of one layout as a file, then some others, and forgets the layout and its drawings."""
        document, fetcher, _ = self.layouts.pop(job["digest"])
        pieces = [self._written(document, [document.pages[index] for index in group], job) for group in job["groups"]]
        for digest in job["forget"]:
            self.blobs.pop(digest, None)
        return {"heard": self.ear.taken(), "denied": fetcher.denied}, pieces

    def _written(self, document: Any, pages: list[Any], job: dict[str, Any]) -> bytes:
        joined = document.copy(pages)
        joined.metadata = DocumentMetadata(
            title=job["title"],
            authors=[job["author"]],
            description=job["description"],
            lang=job["language"],
            created=job["created"],
            modified=job["created"],
            generator=job["generator"],
        )
        with tagging(pages), spelling():
            identifier = bytes.fromhex(job["identifier"])
            return bytes(joined.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier, pdf_tags=True))


def _tenth(mm: float) -> float:
    return round(mm, 1)


def versions() -> dict[str, Any]:
    """What the layout depends on, native libraries included."""
    return {
        "versions": {
            "weasyprint": weasyprint.__version__,
            "fonttools": fontTools.version,
            "python": sys.version.split()[0],
            "pango": _native("pango", "pango_version_string"),
            "harfbuzz": _native("harfbuzz", "hb_version_string"),
            "harfbuzz-subset": _native("harfbuzz-subset", "hb_version_string"),
        }
    }


def _native(library: str, function: str) -> str:
    """The version that a native library tells of itself."""
    found = opened(library)
    if found is None:
        return "unknown"
    ask = getattr(found, function)
    ask.restype = ctypes.c_char_p
    return str(ask().decode())


def limit(memory: int, file: int) -> None:
    """The limits of this process, bytes: address space, and what it may write; no core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))


def isolate() -> None:
    """A network namespace of its own where the system allows it: a second wall behind the fetcher."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.unshare(CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER)


def ours(error: BaseException) -> bool:
    """Whether an error was raised by this program's own code, which makes it a bug, not a page that can't be set."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = bool(frames) and "/brochure/" in frames[-1].filename.replace("\\", "/")
    return inside and not isinstance(error, (FatalURLFetchingError, MemoryError))


def main() -> None:
    """Answers jobs until the other side closes."""
    gc.set_threshold(100_000, 20, 50)  # boxes are many small things that stay: looking for garbage cost a sixth
    limit(*map(int, sys.argv[1:3]))
    isolate()
    out: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever native code prints must not mix with the answers
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint switches this on when imported
    ear = Ear()
    logging.getLogger("weasyprint").addHandler(ear)
    setter = Setter(ear)
    try:
        serve(setter, ear, out)
    except BrokenPipeError:
        pass  # the other side died while we worked
    finally:
        if Path(tempfile.gettempdir()).name.startswith("brochure-setter-"):  # nobody else will tidy up
            shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)


def serve(setter: Setter, ear: Ear, out: BinaryIO) -> None:
    """Answers one job after another until the other side closes."""
    while (job := wire.unpack(sys.stdin.buffer)) is not None:
        try:
            answer = setter.answer(*job)
        except KeyboardInterrupt:
            return
        except BaseException as error:  # FatalURLFetchingError is no Exception
            failed = {"failed": f"{type(error).__name__}: {error}"[:500], "ours": ours(error), "heard": ear.taken()}
            answer = (failed, [])
        out.write(wire.pack(*answer))
        out.flush()


if __name__ == "__main__":
    main()
