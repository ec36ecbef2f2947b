"""The foreman of a cluster: deals jobs out, one to each hand, and knows where each is.

A hand that dies or falls silent, a worker that goes away, bytes that come damaged: each costs the job in hand another
attempt, elsewhere if there is an elsewhere, and nothing else. Workers may come while a run goes on."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from brochure.errors import Complaint, ExitCode
from brochure.house import House
from brochure.press.copies.errand import Errand
from brochure.press.machines import standing
from brochure.press.machines.far import loopback
from brochure.press.machines.parcel import parcel
from brochure.typeset import Setter

if TYPE_CHECKING:
    from brochure.press.machines.cluster import Cluster

ATTEMPTS = 3  # at one job
LONELY = 60  # s that a run waits for a worker when there is none: one that died may be started again
SILENCE = 1200  # s for one job: longer than the longest section may take
LOOK = 1.0  # s between two looks at who is there
FAREWELL = 15  # s
NEED = 1_000_000_000  # bytes of memory for a hand, as for a local worker


@dataclass(eq=False)
class Hand:
    """A place at a worker where one job at a time is done."""

    address: str
    folder: str
    number: int


@dataclass(eq=False)
class Job:
    """Something to do: what a hand is told, what a complaint calls it, files by name that the hand must have beside it,
    the hand that has begun it; how often it was tried, and the worker where it failed last."""

    do: str
    content: Any
    name: str
    needs: Mapping[str, Path] = field(default_factory=dict)
    owner: Hand | None = None
    attempts: int = 0
    shunned: str = ""


@dataclass(eq=False)
class _Sent:
    """A job on its way; without a job it is a worker's first word."""

    future: Any
    hand: Hand
    job: Job | None
    since: float = field(default_factory=time.monotonic)


Answered = tuple[Job, Hand | None, str, Any]


class Foreman:
    """One run on a cluster. Use it as a context manager: a house is sent out, jobs are done, and at the end, however it
    comes, nothing of it is left there."""

    def __init__(self, cluster: Cluster, house: House, errand: Errand | None = None) -> None:
        self.cluster = cluster
        self.parcel = parcel(house, errand)
        self.digest = hashlib.sha256(self.parcel).hexdigest()
        self.run = f"brochure-{uuid4().hex}"
        self.there: dict[str, str] = {}  # workers that are used, or asked whether they may be: their folders
        self.left: list[tuple[str, str]] = []
        self.hands: list[Hand] = []
        self.waiting: list[Job] = []  # the next one is last: of a million, each is taken in no time
        self.sent: dict[str, _Sent] = {}
        self.stored: dict[tuple[str, str], Any] = {}
        self.events: SimpleQueue[Any] = SimpleQueue()
        self.looked, self.alone, self.wait = 0.0, time.monotonic(), 0.0
        alongside = ThreadPoolExecutor(1)  # while the workers unpack
        self.ours = alongside.submit(_ours, house)
        alongside.shutdown(wait=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        farewell = Thread(target=self._leave, daemon=True)
        farewell.start()
        farewell.join(FAREWELL)

    def _leave(self) -> None:
        """What waits is cancelled, what is being done is stopped, and the folders go."""
        self.cluster.cancel([sent.future for sent in self.sent.values()])
        with contextlib.suppress(Exception):
            here = self.cluster.workers()
            for address, folder in self.left:
                if address in here:
                    self.cluster.call_now("leave", address, folder)

    def add(self, jobs: Sequence[Job]) -> None:
        """More to do, after all that waits."""
        self.waiting[:0] = reversed(jobs)

    def work(self, jobs: Sequence[Job]) -> Iterator[Answered]:
        """Every job once, and those that are added meanwhile, as they are done: by which hand, ``done``, ``slips`` or
        ``bug``, and the answer. A job that can't be done in a few attempts, or when no worker is left, has that as its
        slip."""
        self.add(jobs)
        while self.waiting or any(sent.job for sent in self.sent.values()):
            yield from self._deal()
            for lost, how in self._look():
                yield from self._failed(lost, how)
            if sent := self._hear():
                if sent.job is None:
                    self._admit(sent)
                    continue
                yield from self._deal()  # first the hand goes on; then we take our time with what it has made
                yield from self._taken(sent, sent.job)
            elif complaints := self._deserted():
                left, self.waiting = self.waiting, []
                yield from ((job, None, "slips", complaints) for job in reversed(left))

    def _taken(self, sent: _Sent, job: Job) -> Iterator[Answered]:
        try:
            kind, content = pickle.loads(self.cluster.fetched(sent.future, sent.hand.address))
        except RuntimeError as failure:
            yield from self._failed(sent, str(failure))
        else:
            sent.future = None  # the worker may forget it while we write
            yield job, sent.hand, kind, content

    def _deal(self) -> Iterator[Answered]:
        """A job for each hand that has none: one that it has begun, or that belongs to no other."""
        busy = {sent.hand for sent in self.sent.values()}
        several = len({hand.address for hand in self.hands}) > 1
        for hand in [hand for hand in self.hands if hand not in busy]:
            for index in range(len(self.waiting) - 1, -1, -1):
                job = self.waiting[index]
                anothers = job.owner in self.hands and job.owner is not hand
                if not anothers and not (several and job.shunned == hand.address):
                    yield from self._ask(hand, self.waiting.pop(index))
                    break

    def _ask(self, hand: Hand, job: Job) -> Iterator[Answered]:
        try:
            after = [self._stored(hand, name, file) for name, file in job.needs.items()]
        except RuntimeError as failure:
            yield from self._failed(_Sent(None, hand, job), str(failure))
            return
        frame = pickle.dumps((job.do, job.content))
        self._send(_Sent(self.cluster.submit("ask", hand.address, hand.folder, hand.number, frame, *after), hand, job))

    def _send(self, sent: _Sent) -> None:
        self.sent[sent.future.key] = sent
        sent.future.add_done_callback(self.events.put)

    def _stored(self, hand: Hand, name: str, file: Path) -> Any:
        """A file at a worker, sent there when it is first needed."""
        if (hand.folder, name) not in self.stored:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            there = self.cluster.sent(hand.address, content)
            self.stored[hand.folder, name] = self.cluster.submit(
                "store", hand.address, hand.folder, name, there, digest
            )
        return self.stored[hand.folder, name]

    def _hear(self) -> _Sent | None:
        """What was answered, if anything soon is; an answer that nobody waits for any more is not."""
        try:
            return self.sent.pop(self.events.get(timeout=LOOK / 2).key, None)
        except Empty:
            return None

    def _look(self) -> Iterator[tuple[_Sent, str]]:
        """Now and then: who has come is asked, and what was in the hands of who is gone or silent has failed."""
        now = time.monotonic()
        if now - self.looked < LOOK:
            return
        self.looked, here = now, self.cluster.workers()
        self._ask_new({address: told for address, told in here.items() if address not in self.there})
        for address in [address for address in self.there if address not in here]:
            del self.there[address]
            self.hands = [hand for hand in self.hands if hand.address != address]
        for key, sent in list(self.sent.items()):
            silent = now - sent.since > SILENCE
            if silent and sent.hand.address in here:
                self.cluster.call_now("drop", sent.hand.address, sent.hand.folder, sent.hand.number)
            if silent or sent.hand.address not in here:
                del self.sent[key]
                self.cluster.cancel([sent.future])
                yield sent, "said nothing for too long" if silent else "went away"

    def _failed(self, sent: _Sent, how: str) -> Iterator[Answered]:
        """A job goes back, or after some attempts becomes a slip."""
        if (job := sent.job) is None:
            return
        job.attempts += 1
        job.shunned, job.owner = sent.hand.address, None
        if job.attempts < ATTEMPTS:
            self.waiting.append(job)
            return
        what = f"{ATTEMPTS} workers of the cluster have failed at this; the last one, {job.shunned}, {how}."
        remedy = "Run it again without --cluster, or look at that machine."
        yield job, None, "slips", (Complaint(job.name, what, remedy, ExitCode.MACHINE),)

    def _ask_new(self, new: Mapping[str, Mapping[str, Any]]) -> None:
        """Those who have just come are sent the house, and asked what they stand on."""
        try:
            pythons, ours = self.cluster.pythons() if new else ({}, "")
        except RuntimeError:
            return  # one of them went away: the next look is soon
        for address, told in new.items():
            folder = str(PurePosixPath(told["local_directory"]) / f"{self.run}-{len(self.left)}")
            self.there[address] = folder
            if not self.cluster.far.secure and not loopback(address):
                self._refuse(address, "is on another machine, and what goes there isn't encrypted", "Use tls://.")
            elif pythons.get(address) != ours:
                self._refuse(address, f"has Python {pythons.get(address) or 'of some kind'} instead of {ours}")
            else:
                self._furnish(address, folder, told)

    def _furnish(self, address: str, folder: str, told: Mapping[str, Any]) -> None:
        try:
            content = self.cluster.sent(address, self.parcel)
        except RuntimeError:
            del self.there[address]
            return
        self.left.append((address, folder))
        frame = pickle.dumps(("standing", None))
        first = self.cluster.submit("furnish", address, folder, content, self.digest, frame)
        memory = int(told["memory_limit"] or 0)
        hands = max(1, min(told["nthreads"], memory // NEED if memory else told["nthreads"]))
        self._send(_Sent(first, Hand(address, folder, hands), None))

    def _admit(self, sent: _Sent) -> None:
        """A worker whose files will be ours byte for byte is given hands; any other is refused."""
        address = sent.hand.address
        if self.there.get(address) != sent.hand.folder:
            return None  # gone in the meantime
        try:
            kind, content = pickle.loads(self.cluster.fetched(sent.future, address))
        except RuntimeError as failure:
            return self._refuse(address, f"can't work: its hand {str(failure).rstrip('.')}")
        if kind != "done":
            told = content[0].what if kind == "slips" else content.strip().splitlines()[-1]
            return self._refuse(address, f"can't work: {told.rstrip('.')}")
        if found := list(standing.differences(content, self.ours.result())):
            return self._refuse(address, f"would make other bytes: it has {', '.join(found)}")
        self.hands += [Hand(address, sent.hand.folder, number) for number in range(sent.hand.number)]
        self.wait = LONELY
        return None

    def _refuse(self, address: str, why: str, remedy: str = "Give it what this machine has: see README.") -> None:
        what = f"the worker {address} is left out: it {why}."
        self.cluster.refused[address] = Complaint("cluster", what, remedy, ExitCode.MACHINE, warning=True)

    def _deserted(self) -> tuple[Complaint, ...]:
        """What is told when there is nobody to do anything, and nobody comes."""
        if self.hands or self.sent:
            self.alone = time.monotonic()
            return ()
        if time.monotonic() - self.alone < (self.wait if self.there else LONELY):
            return ()
        what = f"no worker that could be used is left at {self.cluster.far.address}."
        refused = {str(address) for address in self.there} & set(self.cluster.refused)
        remedy = "Look at the lines on them." if refused else f"Start one: dask worker {self.cluster.far.address}"
        return (Complaint("cluster", what, remedy, ExitCode.MACHINE),)


def _ours(house: House) -> dict[str, str]:
    with Setter(limits=house.limits) as setter:
        return standing.here(setter)
