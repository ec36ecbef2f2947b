"""The crew: tasks done one after the other, or by several workers at once, each a process with its own setter."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from brochure.errors import BrochureError, Complaint, ExitCode
from brochure.house import House
from brochure.press.bench import Bench, Cell, Task
from brochure.press.machines.foreman import Foreman, Hand, Job
from brochure.stages import Order
from brochure.typeset import Setter
from brochure.typeset.setter import Progress

if TYPE_CHECKING:
    from brochure.press.machines.cluster import Cluster

NEED = (
    1_000_000_000  # bytes of memory: a worker, its setter and a preflight at their peaks (0.8 GB measured), with room
)
SILENCE = 1200  # s without a word from any worker: longer than the longest section may take
PATIENCE = 3  # s that a worker has to end its own children

Slips = tuple[Complaint, ...]
Answer = Cell | Slips


def hands(tasks: int) -> int:
    """How many workers a run may have: one a core, as far as the machine's memory goes."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(memory // NEED), tasks))


def work(
    house: House,
    tasks: Sequence[Task],
    jobs: int,
    together: bool,
    progress: Progress | None = None,
    cluster: Cluster | None = None,
) -> Generator[tuple[Task, Answer], None, None]:
    """Every task with what was made of it, or with its slips; on a ``cluster`` when there is one, else by so many
    ``jobs`` here. ``together``: all are set before any is finished, and when one has slips none is: then only the slips
    come."""
    steps = Steps(house, tasks, progress)
    if cluster and tasks:
        with Foreman(cluster, house) as foreman:
            yield from _far(foreman, tasks, together, steps)
    elif min(jobs, len(tasks)) <= 1:
        with Setter(limits=house.limits) as setter:
            yield from _alone(Bench(house, setter), tasks, together, steps)
    else:
        with Crew(house, min(jobs, len(tasks)), steps) as crew:
            yield from crew.work(tasks, together)


def _alone(
    bench: Bench, tasks: Sequence[Task], together: bool, steps: Steps
) -> Generator[tuple[Task, Answer], None, None]:
    """All tasks in this process. A bug ends the run, unless tasks are to be done each for itself."""
    failed = False
    for do in ("set", "make") if together else ("make",):
        for task in [] if failed and do == "make" else tasks:
            try:
                made = bench.do(do, task, steps.of(task))
            except BrochureError as error:
                failed = True
                yield task, error.complaints
            except Exception:
                if together:
                    raise
                yield task, (bug(task, traceback.format_exc()),)
            else:
                if made is not None:
                    yield task, made


def _far(
    foreman: Foreman, tasks: Sequence[Task], together: bool, steps: Steps
) -> Generator[tuple[Task, Answer], None, None]:
    """All tasks on a cluster; who has set a task finishes it, as long as it lives."""
    owners: dict[Order, Hand | None] = {}
    failed = False
    for do in ("set", "make") if together else ("make",):
        todo = [] if failed and do == "make" else tasks
        jobs = [Job(do, it, f"{it.setting.edition}/{it.name}", owner=owners.get(it.setting)) for it in todo]
        for job, hand, kind, content in foreman.work(jobs):
            task: Task = job.content
            if kind != "done":
                failed = True
                yield task, (bug(task, content),) if kind == "bug" else content
            elif do == "set":
                owners[task.setting] = hand
            else:
                steps.of(task)(task.orders[-1].output, -len(task.orders), len(task.orders))
                yield task, content


class Steps:
    """Counts sections and finishes of all tasks as one progress."""

    def __init__(self, house: House, tasks: Sequence[Task], progress: Progress | None) -> None:
        self.progress = progress
        self.long = len({task.setting.edition for task in tasks}) > 1
        plans = {task.setting: len(task.setting.pages) or _sections(house, task.setting) for task in tasks}
        self.total = {task.setting: plans[task.setting] + len(task.orders) for task in tasks}
        self.done = dict.fromkeys(self.total, 0)

    def of(self, task: Task) -> Progress:
        """The progress of one task within the whole; a finish counts from the task's end: −1 is the first."""

        def tell(name: str, done: int, total: int) -> None:
            setting, outputs = task.setting, len(task.orders)
            if done > 0:
                self.total[setting] = total + outputs
            self.done[setting] = done if done > 0 else self.total[setting] - outputs - done
            said = f"{setting.edition} {task.name} {name}" if self.long else f"{task.name} {name}"
            if self.progress:
                self.progress(said, sum(self.done.values()), sum(self.total.values()))

        return tell


def _sections(house: House, setting: Order) -> int:
    """How many galleys are set: a page or spread of the flatplan each; handouts and leaflets are one."""
    return len(house.plans[setting.edition]) if setting.product == "brochure" else 1


class Worker:
    """One worker's process, and the thread that talks to it: what it says goes into the crew's ``events``."""

    def __init__(self, house: bytes, events: SimpleQueue[tuple[Worker, str, Any]]) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self.inbox: SimpleQueue[tuple[str, Task]] = SimpleQueue()
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the worker is stopped
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "brochure.press.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            env={**os.environ, "PYTHONPATH": root},
            start_new_session=True,  # Ctrl-C is the master's: it ends its workers itself
        )
        Thread(target=self._talk, args=(house, events), daemon=True).start()

    def _talk(self, house: bytes, events: SimpleQueue[tuple[Worker, str, Any]]) -> None:
        into, out = self.process.stdin, self.process.stdout
        assert into is not None
        assert out is not None
        try:
            into.write(house)
            while True:
                pickle.dump(self.inbox.get(), into)
                into.flush()
                kind = "step"
                while kind == "step":
                    kind, content = pickle.load(out)
                    events.put((self, kind, content))
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            events.put((self, "died", ()))

    def autopsy(self) -> str:
        """How it died, in a few words."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        code = self.process.returncode
        self.said.seek(0)
        lines = self.said.read().decode("utf-8", "replace").strip().splitlines()
        last = f" ({lines[-1][:200]})" if lines else ""
        how = f"was ended by {signal.Signals(-code).name}" if code is not None and code < 0 else f"stopped with {code}"
        return how + last

    def stop(self) -> None:
        """Ends it; it has a moment to end its own children."""
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError, ValueError):
                if stream:
                    stream.close()
        self.said.close()


class Crew:
    """Some workers at once. Use it as a context manager: whatever happens, none outlives it."""

    def __init__(self, house: House, size: int, steps: Steps) -> None:
        self.house, self.steps, self.size = pickle.dumps(house), steps, size
        self.events: SimpleQueue[tuple[Worker, str, Any]] = SimpleQueue()
        self.workers: list[Worker] = []

    def __enter__(self) -> Self:
        self._hire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.stop()

    def _hire(self) -> None:
        while len(self.workers) < self.size:
            self.workers.append(Worker(self.house, self.events))

    def work(self, tasks: Sequence[Task], together: bool) -> Generator[tuple[Task, Answer], None, None]:
        """As the module's ``work`` does."""
        owners: dict[Order, Worker] = {}
        failed = False
        for worker, task, answer in self._round("set", tasks, {}) if together else ():
            owners[task.setting] = worker
            if answer is not None:
                failed = True
                yield task, answer
        for _, task, answer in () if failed else self._round("make", tasks, owners):
            assert answer is not None
            yield task, answer

    def _round(
        self, do: str, tasks: Sequence[Task], owners: Mapping[Order, Worker]
    ) -> Iterator[tuple[Worker, Task, Answer | None]]:
        """Every task once; who has set a task finishes it, as long as it lives."""
        waiting, busy = list(tasks), dict[Worker, Task]()
        while waiting or busy:
            for worker in [worker for worker in self.workers if worker not in busy]:
                mine = (task for task in waiting if self._owner(owners, task, worker) is worker)
                if task := next(mine, None):
                    waiting.remove(task)
                    busy[worker] = task
                    worker.inbox.put((do, task))
            worker, kind, content = self._hear(busy)
            if kind == "step":
                self.steps.of(busy[worker])(*content)
                continue
            task = busy.pop(worker, None)
            answer = self._death(worker, task) if kind == "died" else content
            if kind == "bug" and task:
                answer = (bug(task, content),)
            if task:
                yield worker, task, answer

    def _owner(self, owners: Mapping[Order, Worker], task: Task, free: Worker) -> Worker:
        found = owners.get(task.setting, free)
        return found if found in self.workers else free

    def _hear(self, busy: Mapping[Worker, Task]) -> tuple[Worker, str, Any]:
        while True:
            try:
                return self.events.get(timeout=SILENCE)
            except Empty:
                for worker in busy:
                    worker.process.kill()

    def _death(self, worker: Worker, task: Task | None) -> Slips:
        """What is told when a worker is gone; another takes its place."""
        how = worker.autopsy()
        worker.stop()
        self.workers.remove(worker)
        self._hire()
        where = f"{task.setting.edition}/{task.name}" if task else "machine"
        what = f"the worker that made this {how}."
        remedy = "Run it again; with --jobs 1 when memory is short."
        return (Complaint(where, what, remedy, ExitCode.MACHINE),)


def bug(task: Task, told: str) -> Complaint:
    """A bug in one task: the traceback goes into a file, whoever looks on sees one line."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="brochure-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as it:
        it.write(told)
    what = f"internal error; the report is in {it.name}."
    remedy = "Send it to the developers; your files are as they were."
    return Complaint(f"{task.setting.edition}/{task.name}", what, remedy, ExitCode.INTERNAL)
