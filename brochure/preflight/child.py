"""The reader's own process: ``python -m brochure.preflight.child MEMORY SECONDS``. It examines one file and ends.

pikepdf and PDFium are native code, and the file may come from anybody: what kills this process is told by the master.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import json
import os
import pickle
import re
import resource
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pikepdf
from pikepdf import settings

from brochure.model.brand import Brand
from brochure.model.printer import Printer
from brochure.preflight.judge import judged
from brochure.preflight.raster import pictures
from brochure.preflight.sheet import Case
from brochure.preflight.walk import UNREADABLE
from brochure.report import Finding

MOST_PAGES = 500  # threats.md §4.1
MOST_STREAM = 400_000_000  # bytes of one unpacked stream
CLONE_NEWNET = 0x40000000


@dataclass(frozen=True)
class Job:
    """What the master asks: what to hold the file against, whether PDFium may be used, and at how many pixels an inch
    pictures of the pages are wanted (0: none)."""

    printer: Printer
    brand: Brand
    raster: bool = True
    ppi: int = 0


class Refused(Exception):
    """A file that can't be examined: what is wrong, and the remedy."""


def examine(job: Job, raw: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The findings as plain values, and the pages' pictures."""
    try:
        with _opened(raw) as pdf:
            count = len(pdf.pages)
            if count > MOST_PAGES:
                raise Refused(f"it has {count} pages.", f"Split it: {MOST_PAGES} pages are read at most.")
            case = Case(pdf, raw, job.printer, job.brand, tuple(map(str, pdf.get_warnings())), job.raster)
            findings = judged(case)
            told = {"pages": count, "findings": [asdict(finding) for finding in findings]}
            drawn = pictures(case, _pictured(findings), job.ppi) if job.ppi and case.drawable else []
            shown = [[it.page, asdict(it.area), asdict(it.trim)] for it in drawn]
            return {**told, "pictures": shown}, [it.jpeg for it in drawn]
    except Refused as refused:
        return {"refused": list(refused.args)}, []


def _pictured(findings: Iterable[Finding]) -> Iterator[int]:
    """The pages that a report shows: those with a finding."""
    return (finding.page for finding in findings if finding.page)


def _opened(raw: bytes) -> pikepdf.Pdf:
    if not raw.strip():
        raise Refused("the file is empty.", "Export it anew.")
    if b"%PDF-" not in raw[:1024]:
        raise Refused("this is no PDF.", "Give a PDF file.")
    try:
        return pikepdf.open(io.BytesIO(raw))
    except pikepdf.PasswordError:
        raise Refused("it is locked with a password.", "Export it without a password.") from None
    except UNREADABLE as error:
        if "no pages found" in str(error):
            raise Refused("it has no pages.", "Export it anew.") from None
        raise Refused("it is too damaged to be read.", f"Export it anew ({_short(error)}).") from None


def _short(error: BaseException) -> str:
    told = str(error).splitlines()[0] if str(error) else type(error).__name__
    return re.sub(r"^stream <.*?>: ", "", told)[:120]


def limit(memory: int, seconds: int) -> None:
    """The limits of this process: address space in bytes, CPU time; no core dumps, no files, no network where the
    system allows that."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    settings.set_qpdf_limits(
        flate_max_memory=MOST_STREAM, run_length_max_memory=MOST_STREAM, dct_max_memory=MOST_STREAM,
        png_max_memory=MOST_STREAM, tiff_max_memory=MOST_STREAM, doc_max_warnings=1000, dct_max_progressive_scans=100,
    )  # fmt: skip
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET)


def main() -> None:
    """Answers the one job that comes on stdin."""
    gc.set_threshold(100_000, 20, 50)  # operators are many small things that stay
    limit(*map(int, sys.argv[1:3]))
    warnings.simplefilter("ignore")
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever native code prints must not mix with the answer
    given = sys.stdin.buffer
    job = pickle.loads(given.read(int.from_bytes(given.read(8), "big")))
    try:
        answer, blobs = examine(job, given.read())
    except MemoryError:
        answer, blobs = {"refused": ["it needs more than 2 GB of memory.", "Look for something huge in it."]}, []
    out.write(json.dumps({**answer, "blobs": [len(blob) for blob in blobs]}).encode() + b"\n")
    out.write(b"".join(blobs))
    out.flush()


if __name__ == "__main__":
    main()
