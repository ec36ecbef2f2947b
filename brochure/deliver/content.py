"""Writes files of content/: all of them or none, each in one step, and none that somebody has changed meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from brochure.deliver.output import at_machine, synced
from brochure.errors import BusyError, Complaint, ExitCode


def write(root: Path, files: Mapping[str, tuple[bytes, bytes]]) -> list[Path]:
    """Writes each file: what it held when it was read (empty when it wasn't there), and what it shall hold. Nothing is
    changed when one of them holds something else by now (BusyError) or can't be written (MachineError)."""
    changed = {(root / file).resolve(): pair for file, pair in files.items() if pair[0] != pair[1]}
    with at_machine("write into content/", root / "content"):
        staged = {path: _aside(path, new) for path, (_, new) in changed.items()}
        try:
            for path, (old, _) in changed.items():
                if (path.read_bytes() if path.exists() else b"") != old:
                    raise _meanwhile(path)
            _swapped(changed, staged)
        finally:
            for aside in staged.values():
                aside.unlink(missing_ok=True)
    return list(changed)


def _aside(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, aside)
    return aside


def _swapped(changed: Mapping[Path, tuple[bytes, bytes]], staged: Mapping[Path, Path]) -> None:
    """Moves every file into place; when one refuses, those before it get back what they held."""
    done: list[Path] = []
    try:
        for path, aside in staged.items():
            aside.replace(path)
            done.append(path)
    except OSError:
        for path in done:
            path.write_bytes(changed[path][0]) if changed[path][0] else path.unlink()
        raise
    for folder in {path.parent for path in done}:
        synced(folder)


def _meanwhile(path: Path) -> BusyError:
    what = "somebody has changed this file while it was worked on."
    return BusyError([Complaint(str(path), what, "Say the command again.", ExitCode.BUSY)])
