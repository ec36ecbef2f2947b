"""The near side of the preflight: starts a child that reads the file, and tells how it fared."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brochure.errors import AssetError, Complaint, ExitCode
from brochure.model.brand import Brand
from brochure.model.printer import Printer
from brochure.preflight.child import Job
from brochure.preflight.page import page
from brochure.preflight.places import placed
from brochure.preflight.raster import Picture
from brochure.preflight.rules import RULES
from brochure.report import Finding, Rectangle, Report

if TYPE_CHECKING:
    from brochure.stages import KeyBox

MEMORY_LIMIT = 2 * 1024**3  # bytes of address space
BASE_SECONDS, BYTES_A_SECOND, MOST_SECONDS = 60, 50_000, 600  # wall clock and CPU, by the size of a file
CHILD = ("-m", "brochure.preflight.child")
PASSED_ON = ("LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PYTHONPYCACHEPREFIX")  # where libraries lie
MOST_BYTES = 100_000_000  # of a file, threats.md §4.1


@dataclass(frozen=True)
class Examination:
    """A report, and pictures of the pages that have findings, where they were asked for."""

    report: Report
    pictures: tuple[Picture, ...] = ()

    def placed(self, boxes: Sequence[KeyBox], places: Mapping[str, str], numbers: Sequence[int] = ()) -> Examination:
        """The same with the place in the content behind each finding: see ``places.placed``."""
        return replace(self, report=placed(self.report, boxes, places, numbers))

    def page(self, brand: Brand) -> bytes:
        """The report as one HTML file."""
        return page(self.report, self.pictures, brand)


class Killed(Exception):
    """The child is gone; the message says how."""


def examine(pdf: bytes | Path, printer: Printer, brand: Brand, name: str = "") -> Report:
    """Holds a PDF (its bytes or its path) against every rule, with a printer's limits, waivers and the brand's fonts.
    ``name``: what the file is called in the report. AssetError when it can't be read at all."""
    return examined(pdf, printer, brand, name).report


def examined(pdf: bytes | Path, printer: Printer, brand: Brand, name: str = "", ppi: int = 0) -> Examination:
    """The same with pictures of the pages that have findings, ``ppi`` pixels an inch; none when it is 0."""
    name = name or (str(pdf) if isinstance(pdf, Path) else "file.pdf")
    raw = _read(pdf, name)
    job = Job(printer, brand, True, ppi)
    extra: list[Finding] = []
    try:
        answer, blobs = _ask(job, raw)
    except Killed as death:
        extra = [_kills(str(death))]
        try:  # once more without PDFium, so that what the other rules find is told too
            answer, blobs = _ask(replace(job, raster=False, ppi=0), raw)
        except Killed:
            raise AssetError([_complaint(name, f"the file kills the reader: {death}.", "Export it anew.")]) from None
    if "refused" in answer:
        raise AssetError([_complaint(name, *answer["refused"])])
    findings = sorted([*extra, *map(_finding, answer["findings"])], key=lambda finding: finding.order)
    report = Report(
        name, hashlib.sha256(raw).hexdigest(), answer["pages"], printer.name, printer.variant, tuple(findings),
        tuple(rule.id for rule in RULES),
    )  # fmt: skip
    shown = [
        Picture(number, blob, Rectangle(**area), Rectangle(**trim))
        for (number, area, trim), blob in zip(answer["pictures"], blobs, strict=True)
    ]
    return Examination(report, tuple(shown))


def _read(pdf: bytes | Path, name: str) -> bytes:
    try:
        size = len(pdf) if isinstance(pdf, bytes) else pdf.stat().st_size
        if size > MOST_BYTES:
            raise AssetError([_complaint(name, f"it is {size / 1e6:.0f} MB large.", "100 MB are read at most.")])
        return pdf if isinstance(pdf, bytes) else pdf.read_bytes()
    except OSError as error:
        raise AssetError([_complaint(name, f"it can't be read ({error.strerror}).", "Look at the path.")]) from None


def _complaint(name: str, what: str, remedy: str) -> Complaint:
    return Complaint(name, what, remedy, ExitCode.ASSET)


def _kills(how: str) -> Finding:
    what = f"the file kills the reader: {how}"
    return Finding(
        "X-damage", "error", None, what, "Export the file anew; rules that need a picture of the page weren't tried."
    )


def _ask(job: Job, raw: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The child's answer; Killed when it dies or takes too long."""
    packed, seconds = pickle.dumps(job), min(BASE_SECONDS + len(raw) // BYTES_A_SECOND, MOST_SECONDS)
    root = str(Path(__file__).resolve().parents[2])
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        run = subprocess.run(
            [sys.executable, "-W", "ignore", *CHILD, str(MEMORY_LIMIT), str(max(1, int(seconds)))],
            input=len(packed).to_bytes(8, "big") + packed + raw,
            capture_output=True, timeout=seconds, check=False, start_new_session=True,
            env={"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1",
                 "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "PYDANTIC_DISABLE_PLUGINS": "1"} | kept,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Killed(f"it took longer than {seconds} seconds") from None
    head, newline, rest = run.stdout.partition(b"\n")
    if run.returncode < 0:
        raise Killed(f"it was ended by {signal.Signals(-run.returncode).name}")
    if run.returncode or not newline:
        said = run.stderr.decode("utf-8", "replace").strip()
        if "MemoryError" in said:
            raise Killed("it ran out of memory")
        raise RuntimeError(f"the preflight's own code failed: {said[-2000:]}")
    answer = json.loads(head)
    blobs, at = [], 0
    for length in answer.pop("blobs"):
        blobs.append(rest[at : at + length])
        at += length
    return answer, blobs


def _finding(told: dict[str, Any]) -> Finding:
    spot = told.pop("rectangle")
    return Finding(**told, rectangle=Rectangle(**spot) if spot else None)
