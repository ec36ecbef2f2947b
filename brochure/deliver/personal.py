"""Personal copies on the disk: readable by their owner only, in a folder for each recipient, with a journal by which a
run that was stopped goes on. ``out/<edition>/personal/<row>-<slug>-<hash>/``."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from brochure.deliver.output import STAGING, at_machine, synced
from brochure.errors import BusyError, Complaint, ExitCode, MachineError

FOLDER, JOURNAL, WORKBENCH = "personal", "journal.jsonl", f"{STAGING}personal"
LETTERS = "mail"  # the folder of the letters that carry them
STATE, KEY = ".brochure", "personal.key"
OWNER_FILE, OWNER_FOLDER = 0o600, 0o700
NAMED = re.compile(r"[0-9]+-([a-z0-9-]*-)?[0-9a-f]{6}")  # as naming.slug calls them
DAY = 24 * 3600
KEY_BYTES = 32


@dataclass(frozen=True)
class Record:
    """A finished copy: where it lies below the folder, what it was made from (``job``), its sha256 and bytes, and the
    token in its code."""

    file: str
    job: str
    sha256: str
    bytes: int
    token: str


def secret(root: Path) -> bytes:
    """The house's key for tokens, made when it is first asked for: ``.brochure/personal.key``, readable by its owner.
    MachineError when it is shorter than it was made: tokens of a spoilt key could be guessed."""
    path = root / STATE / KEY
    with at_machine("keep the key of the personal copies", path.parent):
        path.parent.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        if not path.exists():
            aside = path.with_name(f"{KEY}.{os.getpid()}")
            aside.unlink(missing_ok=True)  # of a run that was killed and had this process's number
            _written(aside, secrets.token_bytes(KEY_BYTES))
            try:
                os.link(aside, path)  # whoever comes second uses the key of the first
            except FileExistsError:
                pass
            finally:
                aside.unlink()
        path.chmod(OWNER_FILE)
        found = path.read_bytes()
    if len(found) < KEY_BYTES:
        what, remedy = (
            "the key of the personal copies is damaged.",
            "Restore it, or delete it: copies get other tokens.",
        )
        raise MachineError([Complaint(str(path), what, remedy, ExitCode.MACHINE)])
    return found


def put(folder: Path, file: str, content: bytes) -> None:
    """A file of the copies, in one step: whoever looks sees none, the old or the new one, whole."""
    path = folder / file
    with at_machine(f"write {len(content) / 1e6:.1f} MB", folder):
        if path.parent.is_symlink() and path.parent != folder:  # nothing of a recipient's goes elsewhere
            path.parent.unlink()
        path.parent.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=STAGING)  # 0600, and nobody's but ours (O_EXCL)
        try:
            with os.fdopen(handle, "wb") as written:
                written.write(content)
            Path(aside).replace(path)
        finally:
            Path(aside).unlink(missing_ok=True)


def _written(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_FILE)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


class Copies:
    """The folder of an edition's personal copies, held by one run at a time."""

    def __init__(self, out: Path) -> None:
        self.folder = out / FOLDER
        self.lock = FileLock(str(out / f".{FOLDER}.lock"), mode=OWNER_FILE)
        self.workbench = self.folder / WORKBENCH

    def __enter__(self) -> Self:
        with at_machine("make the folder of the personal copies", self.folder):
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            try:
                self.lock.acquire(timeout=0)
            except Timeout:
                what = "another run is making or deleting personal copies here."
                raise BusyError(
                    [Complaint(str(self.folder), what, "Wait for it, or stop it.", ExitCode.BUSY)]
                ) from None
            try:
                self._tidied()
            except BaseException:
                self.lock.release()
                raise
        return self

    def _tidied(self) -> None:
        """The folder as it was after the last finished copy; MachineError when it is a link to another."""
        if self.folder.is_symlink():
            what, remedy = "this folder is a link to another.", "Delete the link, or choose another folder with --out."
            raise MachineError([Complaint(str(self.folder), what, remedy, ExitCode.MACHINE)])
        self.folder.mkdir(mode=OWNER_FOLDER, exist_ok=True)
        self.folder.chmod(OWNER_FOLDER)
        for ours in (self.workbench, self.folder / JOURNAL):
            if ours.is_symlink():
                ours.unlink()
        shutil.rmtree(self.workbench, ignore_errors=True)
        self.workbench.mkdir(mode=OWNER_FOLDER)
        for left in self.folder.glob(f"*/{STAGING}*"):
            left.unlink(missing_ok=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        shutil.rmtree(self.workbench, ignore_errors=True)
        self.lock.release()

    def room(self, megabytes: float) -> None:
        """MachineError when the disk hasn't so much room."""
        free = shutil.disk_usage(self.folder).free / 1e6
        if free < megabytes:
            what = f"the copies need about {megabytes:,.0f} MB; {free:,.0f} MB are free."
            remedy = "Free some space, or choose another disk with --out."
            raise MachineError([Complaint(str(self.folder), what, remedy, ExitCode.MACHINE)])

    def finished(self) -> dict[str, Record]:
        """What the journal says is finished and the disk still holds byte for byte, by its file."""
        found = {record.file: record for record in _records(self.folder / JOURNAL)}
        return {file: record for file, record in found.items() if _whole(self.folder / file, record)}

    def outgrown(self, folders: Mapping[str, str]) -> int:
        """Deletes the copies that nobody may get any more; how many went. ``folders`` says by a token where its
        recipient's copies belong: those in another folder were made from an older row, those that the journal doesn't
        know were never finished."""
        records = _records(self.folder / JOURNAL)
        if not records:
            return 0
        home = {record.file.partition("/")[0]: record.token for record in records}
        wanted = set(folders.values())
        with at_machine("delete outgrown personal copies", self.folder):
            old = [
                path
                for path in sorted(self.folder.iterdir())
                if NAMED.fullmatch(path.name) and path.name not in wanted and home.get(path.name, "") in {"", *folders}
            ]
            for path in old:
                _deleted(path)
        return len(old)

    def note(self, records: Iterable[Record]) -> None:
        """Adds finished copies to the journal, down to the disk."""
        lines = "".join(json.dumps(asdict(record), sort_keys=True) + "\n" for record in records)
        path = self.folder / JOURNAL
        with at_machine("write the journal", self.folder):
            handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, OWNER_FILE)
            with os.fdopen(handle, "ab") as file:
                if file.tell() and not _ends_line(path):
                    lines = "\n" + lines  # a run was killed in the midst of its last line
                file.write(lines.encode())
                file.flush()
                os.fsync(file.fileno())

    def forget(self, days: float = 0) -> int:
        """Deletes the copies that are older than so many days, and their lines in the journal; how many went."""
        with at_machine("delete personal copies", self.folder):
            old = _aged((path for path in self.folder.iterdir() if NAMED.fullmatch(path.name)), days)
            for path in old:
                _deleted(path)
            kept = [record for record in _records(self.folder / JOURNAL) if (self.folder / record.file).exists()]
            (self.folder / JOURNAL).unlink(missing_ok=True)
            if kept:
                self.note(kept)
            synced(self.folder)
        return len(old)

    def forget_letters(self, days: float = 0) -> int:
        """Deletes the letters of the edition that are older than so many days, since they hold addresses and copies;
        how many went. What was sent to whom stays in the ledger."""
        folder = self.folder.parent / LETTERS
        if folder.is_symlink():
            return 0
        with at_machine("delete letters", folder):
            old = _aged(folder.glob("*.eml"), days)
            for path in old:
                path.unlink()
        return len(old)


def journal(out: Path) -> dict[str, Record]:
    """The finished copies of an edition by their file below its folder, as the journal says: whoever reads one compares
    its sha256."""
    return {f"{FOLDER}/{record.file}": record for record in _records(out / FOLDER / JOURNAL)}


def _records(path: Path) -> list[Record]:
    """The journal's lines; one that is broken or of another version counts as not written."""
    out = []
    for line in path.read_bytes().splitlines() if path.exists() else ():
        with contextlib.suppress(ValueError, TypeError, AttributeError, RecursionError):
            record = Record(**json.loads(line))
            folder, _, name = record.file.partition("/")
            if NAMED.fullmatch(folder) and "/" not in name and all(map(str.isprintable, (record.job, record.token))):
                out.append(record)
    return out


def _aged(paths: Iterable[Path], days: float) -> list[Path]:
    """Those that were last written so many days ago or earlier."""
    latest = time.time() - days * DAY
    return [path for path in sorted(paths) if path.lstat().st_mtime <= latest]


def _deleted(path: Path) -> None:
    """Deletes a recipient's folder, or what stands in its place; a link is not followed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _whole(path: Path, record: Record) -> bool:
    try:
        return (
            not (path.is_symlink() or path.parent.is_symlink())
            and hashlib.sha256(path.read_bytes()).hexdigest() == record.sha256
        )
    except OSError:
        return False


def _ends_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
