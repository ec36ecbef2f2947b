"""Output that is always whole: written aside, synced, then moved into place while a lock is held."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from filelock import FileLock, Timeout

from brochure.errors import BusyError, Complaint, ExitCode, MachineError
from brochure.stages import KeyBox, Order, Product

STAGING = ".brochure-"
LEVELS = 3  # folders between a file and its edition's
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
        old = [item for item in _entries(_read(self.folder / "manifest.json")) if self._stays(item["path"])]
        old = [item | {"outdated": True} if item["path"] in self.old else item for item in old]
        files = {item["path"]: item for item in [*old, *entries]}
        body = {"edition": edition, "versions": dict(versions), "files": [files[path] for path in sorted(files)]}
        if failed:
            body["failed"] = list(failed)
        self.put("manifest.json", _listed(body))
        sidecar = _read(self.folder / "places.json") | {
            item["sha256"]: dict(places[item["path"]]) for item in entries if places.get(item["path"])
        }
        kept = {item["sha256"] for item in files.values()}
        self.put("places.json", _listed({digest: found for digest, found in sidecar.items() if digest in kept}))
        return body

    def thumbnails(self, found: Mapping[str, str]) -> dict[str, str]:
        """Puts the sidecar ``thumbnails.json``: file's sha256 → a JPEG of its first page in base64. After ``record``;
        returns all that are still in use."""
        used = {item["sha256"] for item in _entries(_read(self.staging / "manifest.json"))}
        both = pictures(self.folder) | dict(found)
        kept = {digest: both[digest] for digest in sorted(both) if digest in used}
        self.put("thumbnails.json", _listed(kept))
        return kept

    def manifest(self) -> dict[str, Any]:
        """The manifest of the run before; what isn't what it should be is left out."""
        found = _read(self.folder / "manifest.json")
        failed = found.get("failed")
        listed = [item for item in failed if isinstance(item, dict)] if isinstance(failed, list) else []
        return {**found, "files": _entries(found), "failed": listed}

    def locate(self, boxes: Mapping[str, Sequence[KeyBox]]) -> None:
        """Puts the sidecar ``boxes.json``: content digest → where every element stands. After ``record``, whose
        manifest says which digests are still in use."""
        found = _read(self.folder / "boxes.json")
        found |= {digest: [list(astuple(box)) for box in listed] for digest, listed in boxes.items()}
        used = {item.get("content") for item in _entries(_read(self.staging / "manifest.json"))}
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


def asked(order: Order) -> dict[str, str]:
    """An order as manifests name it: what it asks for beside the edition."""
    said = {field.name: getattr(order, field.name) for field in fields(order)}
    return {key: str(value) for key, value in said.items() if value and key not in ("edition", "pages", "sheet")}


def entry(path: str, product: Product, order: Order | None = None) -> dict[str, Any]:
    """A file's line in the manifest; a print file also has its printer and its preflight's verdict."""
    judged = {"printer": product.printer, "verdict": product.verdict, "order": asked(order) if order else {}}
    return {
        "path": path,
        "sha256": hashlib.sha256(product.content).hexdigest(),
        "bytes": len(product.content),
        "pages": product.pages,
        "claims": list(product.claims),
        "content": product.digest,
    } | {key: value for key, value in judged.items() if value}


def behind(path: Path, sha256: str) -> tuple[tuple[KeyBox, ...], dict[str, str]]:
    """Where the elements of one of our files stand, and the place in the content behind each: from the sidecars in
    the folders above it. Both empty for a file that isn't ours."""
    for folder in list(path.resolve().parents)[:LEVELS]:
        entry_ = next((it for it in _entries(_read(folder / "manifest.json")) if it["sha256"] == sha256), None)
        if entry_ is not None:
            boxes = _read(folder / "boxes.json").get(str(entry_.get("content")), ())
            places = _read(folder / "places.json").get(sha256, {})
            return tuple(KeyBox(*box) for box in boxes), {str(key): str(place) for key, place in places.items()}
    return (), {}


def pictures(folder: Path) -> dict[str, str]:
    """The pictures of an edition's folder: a JPEG in base64 by the sha256 of its file."""
    return {str(digest): str(said) for digest, said in _read(folder / "thumbnails.json").items()}


def _read(path: Path) -> dict[str, Any]:
    """An older list, empty when it is missing or damaged: it can be made again."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


def _entries(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The entries of an older manifest that are what they should be."""
    items = found.get("files")
    return [
        item
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict) and all(isinstance(item.get(key), str) for key in ("path", "sha256"))
    ]


def _listed(body: Mapping[str, Any]) -> bytes:
    return (json.dumps(body, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
