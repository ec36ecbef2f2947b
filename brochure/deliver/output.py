"""Output that is always whole: written aside, synced, then moved into place while a lock is held."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from brochure.deliver import manifest
from brochure.errors import BusyError, Complaint, ExitCode, MachineError
from brochure.stages import KeyBox

STAGING = ".brochure-"
STALE_SECONDS = 24 * 3600


class Output:
    """The folder ``out/<edition>``. Entering takes its lock; ``put`` writes aside; ``publish`` swaps everything in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / f"{STAGING}{os.getpid()}"
        self.lock = FileLock(str(folder / ".lock"))
        self.waiting: dict[str, Path] = {}
        self.going: set[str] = set()
        self.old: set[str] = set()

    def __enter__(self) -> Self:
        with at_machine("make the output folder", self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                self.lock.acquire(timeout=0)
            except Timeout:
                raise BusyError(
                    [
                        Complaint(
                            str(self.folder), "another run is writing here.", "Wait for it, or stop it.", ExitCode.BUSY
                        )
                    ]
                ) from None
            self._sweep()
            self.staging.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)
        self.lock.release()

    def _sweep(self) -> None:
        """Removes what runs that were killed have left."""
        for left in self.folder.glob(f"{STAGING}*"):
            owner = left.name.removeprefix(STAGING)
            if not _alive(owner) or time.time() - left.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)

    def put(self, name: str, content: bytes) -> None:
        """Writes a file aside, down to the disk."""
        path = self.staging / name
        with at_machine(f"write {len(content) / 1e6:.1f} MB", self.folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        self.waiting[name] = path

    def remove(self, name: str) -> None:
        """Takes a file of an earlier run away when everything else is swapped in."""
        self.going.add(name)

    def outdate(self, name: str) -> None:
        """A file of an earlier run stays, but the manifest says that it isn't of the latest."""
        self.old.add(name)

    def record(
        self,
        edition: str,
        entries: Sequence[dict[str, Any]],
        versions: Mapping[str, str],
        places: Mapping[str, Mapping[str, str]],
        failed: Sequence[dict[str, Any]] = (),
    ) -> dict[str, Any]:
        """Puts ``manifest.json`` and its sidecar ``places.json``: file's sha256 → page element → place in the
        content, given by the files' paths. Older entries stay as long as their files do; so do the orders that
        ``failed``, until they are made. Returns the manifest."""
        old = [
            item for item in manifest.entries(manifest.read(self.folder / "manifest.json")) if self._stays(item["path"])
        ]
        old = [item | {"outdated": True} if item["path"] in self.old else item for item in old]
        files = {item["path"]: item for item in [*old, *entries]}
        body = {"edition": edition, "versions": dict(versions), "files": [files[path] for path in sorted(files)]}
        if failed:
            body["failed"] = list(failed)
        self.put("manifest.json", manifest.listed(body))
        sidecar = manifest.read(self.folder / "places.json") | {
            item["sha256"]: dict(places[item["path"]]) for item in entries if places.get(item["path"])
        }
        kept = {item["sha256"] for item in files.values()}
        self.put("places.json", manifest.listed({digest: found for digest, found in sidecar.items() if digest in kept}))
        return body

    def thumbnails(self, found: Mapping[str, str]) -> dict[str, str]:
        """Puts the sidecar ``thumbnails.json``: file's sha256 → a JPEG of its first page in base64. After ``record``;
        returns all that are still in use."""
        used = {item["sha256"] for item in manifest.entries(manifest.read(self.staging / "manifest.json"))}
        both = manifest.pictures(self.folder) | dict(found)
        kept = {digest: both[digest] for digest in sorted(both) if digest in used}
        self.put("thumbnails.json", manifest.listed(kept))
        return kept

    def manifest(self) -> dict[str, Any]:
        """The manifest of the run before; what isn't what it should be is left out."""
        found = manifest.read(self.folder / "manifest.json")
        failed = found.get("failed")
        listed = [item for item in failed if isinstance(item, dict)] if isinstance(failed, list) else []
        return {**found, "files": manifest.entries(found), "failed": listed}

    def locate(self, boxes: Mapping[str, Sequence[KeyBox]]) -> None:
        """Puts the sidecar ``boxes.json``: content digest → where every element stands. After ``record``, whose
        manifest says which digests are still in use."""
        found = manifest.read(self.folder / "boxes.json")
        found |= {digest: [list(astuple(box)) for box in listed] for digest, listed in boxes.items()}
        used = {item.get("content") for item in manifest.entries(manifest.read(self.staging / "manifest.json"))}
        kept = {digest: listed for digest, listed in sorted(found.items()) if digest in used}
        self.put("boxes.json", (json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n").encode())

    def _stays(self, path: str) -> bool:
        return path not in self.going and (self.folder / path).exists()

    def publish(self) -> list[Path]:
        """Moves every file into place, each in one step, and removes what goes; returns where the new ones stand."""
        out = []
        with at_machine("move the new files into place", self.folder):
            for name, path in self.waiting.items():
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                out.append(target)
            for name in self.going - set(self.waiting):
                (self.folder / name).unlink(missing_ok=True)
            for folder in {target.parent for target in out}:
                synced(folder)
        self.waiting = {}
        return out


def written(path: Path, content: bytes, mode: int = 0o666) -> Path:
    """One file by itself, in one step: whoever reads it sees the old or the new one; where it stands. ``mode``: who may
    read it, as far as the system's own mask lets them."""
    aside = path.with_name(f"{STAGING}{os.getpid()}-{path.name}")
    with at_machine(f"write {path.name}", path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
                file.write(content)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    return path


def private(folder: Path) -> Path:
    """A folder that only its owner can look into; made when it isn't there."""
    with at_machine("make the output folder", folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    return folder


class at_machine(contextlib.AbstractContextManager[None]):
    """Turns the operating system's refusals into a machine's complaint."""

    def __init__(self, doing: str, folder: Path) -> None:
        self.doing, self.folder = doing, folder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise MachineError(
                [
                    Complaint(
                        str(self.folder),
                        f"can't {self.doing} ({error.strerror}).",
                        "Free some space, or choose a folder that can be written with --out.",
                        ExitCode.MACHINE,
                    )
                ]
            ) from error


def _alive(owner: str) -> bool:
    if not owner.isdigit() or len(owner) > 9:
        return False
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return int(owner) != os.getpid()


def synced(folder: Path) -> None:
    """Writes a folder's list of files down to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def draft_name(name: str) -> str:
    """The name of a file that isn't finished, so that nobody sends it: ``brochure.screen.draft.pdf``."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.draft{dot}{suffix}"
