"""The near side of the setter: starts the child, hands it galleys, and knows what to do when it dies."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from brochure import __version__
from brochure.errors import Complaint, ExitCode, MachineError, errors_in, tidy
from brochure.model.limits import DEFAULTS, LIMITS_FILE, Limits
from brochure.stages import Galley, KeyBox, Proof, Setting, Sheet, digest_of
from brochure.typeset import wire
from brochure.typeset.complaints import about_answer, about_writing, raise_for

FILE_LIMIT = 1024**3  # bytes that the child may write
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PYTHONPYCACHEPREFIX")  # where libraries lie

#: The child sees no fonts but the brand's: what a machine has installed can't change a page.
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{folder}/cache</cachedir></fontconfig>"""

Progress = Callable[[str, int, int], None]


class Died(Exception):
    """The child is gone; the message says how."""


class Setter:
    """A child process that lays out and remembers. Use it as a context manager; it may serve many sheets."""

    def __init__(
        self,
        seconds: Callable[[int], float] | None = None,
        memory: int | None = None,
        limits: Limits = DEFAULTS,
    ) -> None:
        self.limits = limits
        self.seconds = seconds or limits.seconds
        self.memory = memory or limits.setter_megabytes * 1024**2
        self.child: subprocess.Popen[bytes] | None = None
        self.folder: Path | None = None
        self.sent: set[str] = set()
        self.done = 0
        self.boxes: dict[str, tuple[KeyBox, ...]] = {}

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def proof(self, sheet: Sheet, progress: Progress | None = None) -> Proof:
        """Every galley set, joined and written as one master PDF. Raises ContentError, TemplateError, AssetError
        or MachineError with everything that was found in all galleys."""
        self._recycle()
        settings, complaints = self._set_all(sheet.galleys, sheet, progress)
        raise_for(complaints)
        job = {"do": "write", "digests": [galley.digest for galley in sheet.galleys], **_said(sheet)}
        try:
            answer, blobs = self._ask(job, [], sum(galley.pages for galley in sheet.galleys))
            versions = self.versions()
        except Died as death:
            raise MachineError([_death("writing the pages", death)]) from None
        complaints += about_writing(answer, sheet)
        raise_for(complaints)
        boxes = tuple(box for galley in sheet.galleys for box in self.boxes[galley.digest])
        return Proof(blobs[0], sheet, settings, versions, tidy(complaints), boxes)

    def pieces(self, sheet: Sheet, groups: Sequence[Sequence[int]]) -> tuple[list[bytes], tuple[Complaint, ...]]:
        """A sheet of one galley set, and groups of its pages (by index) each written as a file of its own: nothing of
        the other pages is in it, no letter of a font either. Then the layout is forgotten. No file, and what was found,
        when the layout has an error. Raises MachineError when the child dies."""
        self._recycle()
        _, complaints = self._set_all(sheet.galleys, sheet, None)
        if errors_in(complaints):
            return [], tidy(complaints)
        (galley,) = sheet.galleys
        drawings = [digest_of(content) for name, content in galley.files.items() if name.startswith("drawings/")]
        job = {"do": "pieces", "digest": galley.digest, "groups": groups, "forget": drawings, **_said(sheet)}
        try:
            answer, blobs = self._ask(job, [], galley.pages)
        except Died as death:
            raise MachineError([_death("writing the pages", death)]) from None
        self.sent -= set(drawings)
        self.boxes.pop(galley.digest, None)
        complaints += about_writing(answer, sheet)
        return ([] if errors_in(complaints) else blobs), tidy(complaints)

    def complaints(self, sheet: Sheet, progress: Progress | None = None) -> tuple[Complaint, ...]:
        """What is wrong with the layout of the galleys, without writing a file."""
        self._recycle()
        return tidy(self._set_all(sheet.galleys, sheet, progress)[1])

    def measure(self, sheet: Sheet, what: str = "lines") -> list[dict[str, Any]]:
        """Every set line of a sheet that was set before, or the ``boxes`` of its texts: see ``typeset.measure``."""
        job = {"do": "measure", "what": what, "galleys": [(galley.digest, galley.first) for galley in sheet.galleys]}
        try:
            return list(self._ask(job, [], len(sheet.galleys))[0]["found"])
        except Died as death:
            raise MachineError([_death("measuring", death)]) from None

    def versions(self) -> dict[str, str]:
        """What the layout depends on: WeasyPrint and the native libraries below it."""
        try:
            return dict(self._ask({"do": "versions"}, [], 1)[0]["versions"])
        except Died as death:
            raise MachineError([_death("starting", death)]) from None

    def _set_all(
        self, galleys: tuple[Galley, ...], sheet: Sheet, progress: Progress | None
    ) -> tuple[tuple[Setting, ...], list[Complaint]]:
        settings: dict[str, Setting] = {}
        complaints: list[Complaint] = []
        waiting, guilty = list(galleys), set[str]()
        while waiting:
            galley = waiting.pop(0)
            if progress:
                progress(galley.id, len(galleys) - len(waiting), len(galleys))
            try:
                answer = self._set(galley, sheet)
            except Died as death:
                complaints.append(_death(f"setting page {galley.first} ({galley.id})", death))
                guilty.add(galley.id)
                # its memory died with it: set the others again, without the guilty one
                waiting = [other for other in galleys if other.id not in guilty]
                complaints = [c for c in complaints if c.code is ExitCode.MACHINE]
                continue
            self.boxes[galley.digest] = tuple(KeyBox(*box) for box in answer.get("boxes", ()))
            settings[galley.id] = Setting(galley.id, answer.get("pages", 0), answer.get("fresh", True))
            complaints += about_answer(answer, galley, sheet.draft)
        return tuple(settings[g.id] for g in galleys if g.id in settings), complaints

    def _set(self, galley: Galley, sheet: Sheet) -> dict[str, Any]:
        digests = {name: digest_of(content) for name, content in galley.files.items()}
        self.begin()
        missing = {digest: galley.files[name] for name, digest in digests.items() if digest not in self.sent}
        job = {
            "do": "set",
            "digest": galley.digest,
            "html": galley.html,
            "files": digests,
            "first": galley.first,
            "paper": asdict(sheet.paper),
            "faces": list(sheet.faces),
            "limits": self.limits.model_dump(),
        }
        answer, _ = self._ask(job, list(missing.values()), galley.pages)
        self.sent |= set(missing)
        self.done += bool(answer.get("fresh"))
        return answer

    def _recycle(self) -> None:
        """A fresh child after many layouts: native libraries leak a little with each."""
        if self.done >= self.limits.setter_layouts:
            self.stop()

    def begin(self) -> None:
        """Starts a child, if none runs: it gets ready while others still compose."""
        if self.child is not None:
            return
        self.folder = Path(tempfile.mkdtemp(prefix="brochure-setter-"))
        (self.folder / "fonts.conf").write_text(FONTCONFIG.format(folder=self.folder), "utf-8")
        self.sent, self.done = set(), 0
        root = str(Path(__file__).resolve().parents[2])
        environment = {
            **{"PATH": "", "PYDANTIC_DISABLE_PLUGINS": "1"},  # no plugin; nor a compiler, asked where libraries are
            "PYTHONPATH": root,
            "PYTHONHASHSEED": "0",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "TMPDIR": str(self.folder),
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder),
            "FONTCONFIG_FILE": str(self.folder / "fonts.conf"),
            "SOURCE_DATE_EPOCH": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
        } | {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        with (self.folder / "said").open("wb") as said:
            self.child = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "brochure.typeset.child", str(self.memory), str(FILE_LIMIT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                env=environment,
                cwd=self.folder,
                start_new_session=True,
            )

    def _ask(self, job: dict[str, Any], blobs: list[bytes], pages: int) -> tuple[dict[str, Any], list[bytes]]:
        """Sends a job and waits for the answer; Died when the child dies, hangs or fails on it."""
        self.begin()
        assert self.child is not None
        assert self.child.stdin is not None
        try:
            self.child.stdin.write(wire.pack(job, blobs))
            self.child.stdin.flush()
            answer = wire.unpack(BytesIO(b"".join(self._hear(self.seconds(pages)))))
        except (BrokenPipeError, OSError):
            answer = None
        if answer is None:
            raise Died(self._autopsy())
        if "failed" in answer[0]:
            failed = answer[0]["failed"]
            if failed.startswith("MemoryError"):
                self.stop()
                raise Died("it ran out of memory")
            if answer[0].get("ours"):
                raise RuntimeError(f"the setter's own code failed: {failed}")
            answer[0].setdefault("pages", 0)
        return answer

    def _hear(self, seconds: float) -> Iterator[bytes]:
        """The child's answer in pieces, within a time limit."""
        assert self.child is not None
        assert self.child.stdout is not None
        deadline, size, got, head = time.monotonic() + seconds, None, 0, b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.child.stdout, selectors.EVENT_READ)
            while size is None or got < size:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    self.stop()
                    raise Died(f"it took longer than {seconds:g} seconds")
                piece = os.read(self.child.stdout.fileno(), 1 << 20)
                if not piece:
                    return
                got += len(piece)
                if size is None:
                    head += piece
                    size = wire.announced(head)
                yield piece

    def _autopsy(self) -> str:
        """How the child died, in a few words; its remains are removed."""
        child, said = self.child, ""
        if child is None:
            return "it could not be started"
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
        if self.folder and (self.folder / "said").exists():
            lines = (self.folder / "said").read_text("utf-8", "replace").strip().splitlines()
            said = f" ({lines[-1][:200]})" if lines else ""
        code = child.returncode
        self.stop()
        if code is not None and code < 0:
            return f"it was ended by {signal.Signals(-code).name}{said}"
        return f"it stopped with code {code}{said}"

    def stop(self) -> None:
        """Ends the child and all that it started, and removes its folder."""
        child, self.child = self.child, None
        if child is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            for stream in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    if stream:
                        stream.close()
            child.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None


def _said(sheet: Sheet) -> dict[str, str]:
    """What a file says of itself."""
    return {
        "title": sheet.title,
        "author": sheet.author,
        "description": sheet.description,
        "language": sheet.language,
        "created": sheet.created,
        "identifier": sheet.digest[:32],
        "generator": f"Brochure Press {__version__}",
    }


def _death(when: str, death: Died) -> Complaint:
    return Complaint(
        "machine",
        f"the setter died while {when}: {death}.",
        f"Look for something endless or huge on that page, or raise setter_megabytes or setter_seconds in {LIMITS_FILE}; run doctor.",
        ExitCode.MACHINE,
    )
