"""A hand of the cluster: ``python -m brochure.press.machines.hand`` in a folder that holds this program and a house. It
does job after job, matrix or personal copies, and ends as soon as its worker does.

A job comes as its length (8 bytes) and a pickle; an answer goes as length, sha256 and a pickle."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import shutil
import signal
import sys
import traceback
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, BinaryIO

from brochure.deliver.personal import put
from brochure.errors import BrochureError
from brochure.house import House
from brochure.press.bench import Bench
from brochure.press.copies.copyist import Copyist
from brochure.press.copies.errand import Done, Errand, Prepared
from brochure.press.machines import standing
from brochure.typeset import Setter

PARCEL = "parcel.pickle"
IDLE = 3600  # s without a job after which it ends: whoever sent for it is gone; longer than any job may take


def main() -> None:
    """Answers jobs until its worker closes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    gc.set_threshold(100_000, 20, 50)  # as at the front door
    os.umask(0o077)
    out: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever native code prints must not mix with the answers
    inbox: SimpleQueue[bytes] = SimpleQueue()
    alone = Event()
    try:
        Thread(target=_listen, args=(inbox, alone), daemon=True).start()  # who may be gone already
        _work(inbox, out)
        alone.set()
    finally:
        if alone.is_set():  # here and not in the thread, which a main one that misses its files would take along
            shutil.rmtree(Path.cwd(), ignore_errors=True)


def _work(inbox: SimpleQueue[bytes], out: BinaryIO) -> None:
    """Answers jobs until none has come for long."""
    with Path(PARCEL).open("rb") as packed:
        house, errand = pickle.load(packed)
    with Setter(limits=house.limits) as setter, contextlib.suppress(Empty):
        hand = Hand(house, setter, errand)
        while True:
            said = pickle.dumps(hand.answer(*pickle.loads(inbox.get(timeout=IDLE))))
            out.write(len(said).to_bytes(8, "big") + hashlib.sha256(said).digest())
            out.write(said)
            out.flush()


def _listen(inbox: SimpleQueue[bytes], alone: Event) -> None:
    """Hears jobs; when the worker is gone, the process ends in the midst of whatever it does, and nothing of the house
    or its recipients stays on the machine."""
    while head := sys.stdin.buffer.read(8):
        inbox.put(sys.stdin.buffer.read(int.from_bytes(head, "big")))
    alone.set()
    os.kill(os.getpid(), signal.SIGTERM)


class Hand:
    """What answers jobs: ``standing``, ``set`` and ``make`` for the matrix, ``prepare`` and ``copy`` for personal
    copies. A file that a copyist writes isn't written here: it goes back with the answer."""

    def __init__(self, house: House, setter: Setter, errand: Errand | None) -> None:
        self.house, self.setter = house, setter
        self.errand = replace(errand, folder=Path("copies"), workbench=Path()) if errand else None
        self.bench = Bench(house, setter)
        self.files: dict[str, bytes] = {}

    @cached_property
    def copyist(self) -> Copyist:
        """Its copyist."""
        assert self.errand is not None
        return Copyist(self.errand, self.house, self._keep, self.setter)

    def _keep(self, folder: Path, file: str, content: bytes) -> None:
        self.files[file] = content
        if self.errand and folder == self.errand.workbench:
            put(folder, file, content)

    def answer(self, do: str, job: Any) -> tuple[str, Any]:
        """``done`` with what was made, ``slips`` with complaints, or ``bug`` with a traceback."""
        try:
            if do == "standing":
                return "done", standing.here(self.setter)
            if do in ("prepare", "copy"):
                return "done", self._copied(do, job)
            return "done", self.bench.do(do, job)
        except BrochureError as error:
            return "slips", error.complaints
        except Exception:
            return "bug", traceback.format_exc()

    def _copied(self, do: str, job: Any) -> tuple[Prepared | Done, dict[str, bytes]]:
        self.files = {}
        try:
            made = self.copyist.prepare(job) if do == "prepare" else self.copyist.make(job)
        except BrochureError as error:
            made = Done(complaints=error.complaints, failed=True)
        return made, self.files


if __name__ == "__main__":
    main()
