"""Separated pictures kept between runs, under the digest of all that they were made from.

An entry begins with the digest of the rest, so that a spoiled one is noticed and made again. The folder holds
``ROOM`` bytes at most: the entries that were used longest ago go first. Whatever goes wrong with the folder, the
picture is simply made again: nothing here can stop a run."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import platformdirs

ROOM = 512 * 1024 * 1024
DIGEST = 32


def folder() -> Path:
    """Where this user's programs keep what they can make again."""
    return platformdirs.user_cache_path("brochure-press") / "pictures"


class Remembered:
    """A folder of entries by name; names are hexadecimal digests."""

    def __init__(self, where: Path, room: int = ROOM) -> None:
        self._where, self._room = where, room

    def get(self, name: str) -> bytes | None:
        """An entry, or None when there is none that is whole."""
        path = self._where / name
        try:
            stored = path.read_bytes()
            if hashlib.sha256(stored[DIGEST:]).digest() != stored[:DIGEST]:
                return None
            os.utime(path)
        except OSError:
            return None
        return stored[DIGEST:]

    def put(self, name: str, content: bytes) -> None:
        """Keeps an entry; it appears whole or not at all."""
        with contextlib.suppress(OSError):
            self._where.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self._where, suffix=".draft")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                Path(draft).replace(self._where / name)
            finally:
                Path(draft).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Makes room: the entries that were used longest ago go."""
        with contextlib.suppress(OSError):
            seen = sorted(
                ((entry.stat().st_mtime, entry.stat().st_size, entry) for entry in self._where.iterdir()), reverse=True
            )
            total = 0
            for _, size, entry in seen:
                total += size
                if total > self._room:
                    entry.unlink(missing_ok=True)
