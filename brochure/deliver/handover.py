"""The hand-over package: everything that a print shop needs, in one file with checksums."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date

SUMS = "SHA256SUMS"
EARLIEST = 1980  # a zip archive knows no earlier year
MODE = 0o100644 << 16  # an ordinary file that everybody may read


def package(folder: str, files: Mapping[str, bytes], day: date) -> bytes:
    """A zip of the files and their ``SHA256SUMS`` (as ``sha256sum --check`` reads it) in one folder: the same bytes
    for the same files and day. Nothing is packed twice: PDFs are packed already, and stored files are the same with
    every version of zlib."""
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [(SUMS, sums.encode()), *sorted(files.items())]:
            entry = zipfile.ZipInfo(f"{folder}/{name}", (max(day.year, EARLIEST), day.month, day.day, 0, 0, 0))
            entry.external_attr, entry.create_system = MODE, 3
            archive.writestr(entry, content)
    return out.getvalue()
