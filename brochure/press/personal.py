"""Personal copies: what is common to a language is set once, what is one recipient's own in batches, on several cores.

The main process keeps lock and journal and deals out work; the others set, bind and write. A process whose main one is gone ends itself. Nothing that a recipient is told of leaves the
folder of the copies."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from brochure import load
from brochure.compose import arrange
from brochure.deliver.naming import slug
from brochure.deliver.personal import Copies, put, secret
from brochure.errors import Complaint, ContentError, ExitCode, MachineError, TemplateError
from brochure.house import House
from brochure.model.recipients import Recipient
from brochure.press.copies import copyist
from brochure.press.copies.errand import Answer, Batch, Copy, Done, Errand, Prepared, Task, Volume
from brochure.press.copies.token import address, portal
from brochure.press.machines.courier import Courier
from brochure.stages import Order

if TYPE_CHECKING:
    from brochure.press.machines.cluster import Cluster

BATCH = 32  # recipients that are set together: more take longer to try again when one of them has a slip
ORDERS = 96  # orders of sections that one master holds: each needs a list of contents of its own
MEGABYTES = {"screen": 1.0, "print": 3.0}  # of a copy, for the look at the disk beforehand
AT_ONCE = 2  # batches that wait for each worker
WORK: Mapping[str, Callable[[Any], Any]] = {"prepare": copyist.prepare, "copy": copyist.make}

Step = Callable[[str, int, int], None]
Work = Callable[[Any], Prepared | Done]


@dataclass
class Finished:
    """What a run came to: the folder, how many copies were made and how many were there already, how many ``old`` ones
    were deleted since their row has changed, and everything told."""

    folder: Path
    made: int = 0
    there: int = 0
    old: int = 0
    complaints: list[Complaint] = field(default_factory=list)


def personalise(
    house: House,
    edition: str,
    people: Sequence[Recipient],
    called: Mapping[int, str],
    out: Path,
    outputs: Sequence[str] = ("screen",),
    printer: str = "",
    jobs: int = 2,
    step: Step | None = None,
    cluster: Cluster | None = None,
) -> Finished:
    """A copy for each recipient in ``out/<edition>/personal/``, ``called`` as the house can write it, by row; what is
    finished already stays. They are made on a ``cluster`` when there is one, else by ``jobs`` processes, or by this one when there is one job at a time. A letter that can't be
    set is told with its row and left out. Raises ContentError when the edition has no personal copies, and whatever the
    common pages have wrong."""
    if edition not in house.letters:
        what = f"the edition “{edition}” has no personal copies."
        others = f"Name one that has: {', '.join(house.letters)}; or write" if house.letters else "Write"
        raise ContentError([Complaint("order", what, f"{others} personal: into it, with cover, letter and slots.")])
    key = secret(house.root)
    with Copies(out / edition) as copies:
        errand = Errand(edition, copies.folder, copies.workbench, tuple(outputs), printer or house.default_printer)
        leads = portal(house, edition)
        wanted = [Copy(it, called[it.row], slug(it), *address(leads, key, edition, it)) for it in people]
        old = copies.outgrown({copy.token: copy.folder for copy in wanted})
        with _makers(house, errand, jobs, cluster) as pool:
            run = _Run(house, edition, copies, pool, Finished(copies.folder, old=old), step, outputs)
            run.all(wanted)
    return run.finished


def _makers(house: House, errand: Errand, jobs: int, cluster: Cluster | None) -> Makers:
    """Who makes the copies of a run."""
    if cluster:
        return Courier(cluster, house, errand)
    return Processes(house, errand, jobs) if jobs > 1 else Here(house, errand)


class Makers(AbstractContextManager["Makers"], Protocol):
    """Those who set and bind: here or far away."""

    def answers(self, tasks: deque[Task]) -> Iterator[Answer]:
        """What came of each task, as they are done. Whoever takes the answers may add tasks meanwhile, which come last."""


class Here:
    """This process itself, where one is enough: no other has to start. Use it as a context manager."""

    def __init__(self, house: House, errand: Errand) -> None:
        self.copyist = copyist.Copyist(errand, house)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.copyist.setter.stop()

    def answers(self, tasks: deque[Task]) -> Iterator[Answer]:
        """One after the other."""
        while tasks:
            do, job = tasks.popleft()
            work: Work = self.copyist.prepare if do == "prepare" else self.copyist.make
            yield do, copyist.answered(work, job)


class Processes:
    """Processes on this machine, each with its own setter. Use it as a context manager."""

    def __init__(self, house: House, errand: Errand, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would inherit threads and open files
        # not an argument: who starts a process waits forever on a full pipe to one that was killed at once
        put(errand.workbench, copyist.HOUSE, pickle.dumps(house))
        self.jobs = max(1, jobs)
        self.pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=copyist.begin, initargs=(errand,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:  # nobody waits for what they have in hand: a file half made is none
            for maker in multiprocessing.active_children():
                maker.terminate()
        self.pool.shutdown(cancel_futures=True)

    def answers(self, tasks: deque[Task]) -> Iterator[Answer]:
        """As they come, with a few tasks waiting for each process. MachineError when a process dies."""
        running: dict[Future[Prepared | Done], str] = {}
        try:
            while tasks or running:
                while tasks and len(running) < self.jobs * AT_ONCE:
                    do, job = tasks.popleft()
                    with _undisturbed():
                        running[self.pool.submit(WORK[do], job)] = do
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                yield from [(running.pop(future), future.result()) for future in done]
        except BrokenProcessPool:
            what = "a process that made copies died."
            remedy = "Start again: what is finished stays."
            raise MachineError([Complaint("machine", what, remedy, ExitCode.MACHINE)]) from None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """While a process starts, what would stop us is heard a moment later, whichever thread the system tells; and not by
    the process that is half there: it inherits the mask, until ``copyist.begin`` lifts it."""
    heard: list[int] = []
    ours = copyist.STOPPING if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, lambda it, _: heard.append(it)) for number in ours}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, copyist.STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in before.items():
            signal.signal(number, handler)
        for late in heard:
            signal.raise_signal(late)


@dataclass
class _Run:
    """Deals work out, at most so many pieces at a time, and keeps the journal."""

    house: House
    edition: str
    copies: Copies
    makers: Makers
    finished: Finished
    step: Step | None
    outputs: Sequence[str] = ()
    unprepared: int = 0
    total: int = 0

    def all(self, wanted: Sequence[Copy]) -> None:
        """Every language's common pages first, so that all their slips are told in one run; the copies of a language as
        soon as its pages are there, so that nobody is idle. After a slip no more are begun; what is made stays."""
        known = {file: record.job for file, record in self.copies.finished().items()}
        there = {(folder, name.split(".")[1]) for folder, _, name in (file.partition("/") for file in known)}
        missing = [output for copy in wanted for output in self.outputs if (copy.folder, output) not in there]
        self.copies.room(sum(MEGABYTES[output] for output in missing) / 2)
        volumes = list(self._volumes(wanted, known))
        tasks: deque[Task] = deque(("prepare", volume) for volume in volumes)
        self.unprepared, self.total = len(volumes), len(wanted)
        slips: list[Complaint] = []
        for do, answer in self.makers.answers(tasks):
            self.finished.complaints += answer.complaints
            if isinstance(answer, Done):
                self._note(answer)
                slips += answer.complaints if answer.failed else ()
            self.unprepared -= do == "prepare"
            if slips and not self.unprepared:
                raise TemplateError(slips)
            if isinstance(answer, Prepared):
                here = next(volume for volume in volumes if volume.name == answer.name)
                self.finished.there += len(here.copies) - len(answer.items)
                tasks.extend(("copy", batch) for batch in _batches(answer) if not slips)
            self._tell()

    def _note(self, made: Done) -> None:
        """Journal and count of what was made."""
        self.copies.note(made.records)
        self.finished.made += made.copies

    def _tell(self) -> None:
        if self.step:
            what = "common pages" if self.unprepared else "copies"
            self.step(what, self.finished.there + self.finished.made, self.total)

    def _volumes(self, wanted: Sequence[Copy], known: Mapping[str, str]) -> Iterator[Volume]:
        """The recipients of each language, in parts that don't have too many orders."""
        for language in dict.fromkeys(copy.recipient.language for copy in wanted):
            manuscript = load.manuscript(self.house, Order(self.edition, language, product="copy"))
            planner = arrange.Planner(manuscript)
            orders: dict[tuple[str, ...], list[Copy]] = {}
            for copy in wanted:
                if copy.recipient.language == language:
                    plan = planner.arranged(copy.recipient.interests)
                    orders.setdefault(arrange.order(plan), []).append(copy)
            groups = [orders[order] for order in sorted(orders)]
            for number, start in enumerate(range(0, len(groups), ORDERS)):
                chosen = tuple(copy for group in groups[start : start + ORDERS] for copy in group)
                files = {copy.folder for copy in chosen}
                mine = {file: job for file, job in known.items() if file.partition("/")[0] in files}
                yield Volume(language, number, chosen, mine)


def _batches(prepared: Prepared) -> Iterator[Batch]:
    """The copies of a volume in small numbers, neighbours in the same order of pages."""
    for start in range(0, len(prepared.items), BATCH):
        items = prepared.items[start : start + BATCH]
        orders = {item.order for item in items}
        arrangements = {order: it for order, it in (prepared.arrangements or {}).items() if order in orders}
        yield Batch(prepared.language, prepared.name, items, arrangements)
