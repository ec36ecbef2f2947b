"""The courier: personal copies from a cluster. What is common to many copies is sent there once a worker; what comes
back is held against its digest, and only then lies in the folder of the copies and may stand in the journal."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from brochure.deliver.personal import put
from brochure.errors import Complaint, ExitCode, MachineError
from brochure.house import House
from brochure.press.copies.errand import Answer, Batch, Done, Errand, Prepared, Task
from brochure.press.machines.foreman import Foreman, Job

if TYPE_CHECKING:
    from brochure.press.machines.cluster import Cluster


class Courier:
    """Makers of copies far away. Use it as a context manager."""

    def __init__(self, cluster: Cluster, house: House, errand: Errand) -> None:
        self.errand = errand
        self.foreman = Foreman(cluster, house, errand)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.foreman.__exit__(kind, error, trace)

    def answers(self, tasks: deque[Task]) -> Iterator[Answer]:
        """All that ``tasks`` hold, one at a time for each hand; their files are on the disk when an answer comes.
        MachineError for a file that isn't what its worker says or nobody asked for."""
        for job, _, kind, content in self.foreman.work(self._jobs(tasks)):
            if kind == "bug":
                raise RuntimeError(content)
            if kind == "slips":
                yield job.do, Done(complaints=content, failed=True)
            else:
                made, files = content
                self._keep(job.content, made, files)
                yield job.do, made
            self.foreman.add(self._jobs(tasks))

    def _jobs(self, tasks: deque[Task]) -> list[Job]:
        """Takes the tasks over."""
        jobs = [Job(do, content, "personal copies", self._needs(content)) for do, content in tasks]
        tasks.clear()
        return jobs

    def _needs(self, job: Any) -> Mapping[str, Path]:
        """The masters that a batch is bound from."""
        if not isinstance(job, Batch):
            return {}
        outputs = {output for item in job.items for output in item.jobs}
        names = [f"{job.volume}.{output}" for output in self.errand.outputs if output in outputs]
        return {name: self.errand.workbench / name for name in names}

    def _keep(self, job: Any, made: Prepared | Done, files: Mapping[str, bytes]) -> None:
        if isinstance(made, Prepared):
            for name in {f"{made.name}.{output}" for output in self.errand.outputs} & set(files):
                put(self.errand.workbench, name, files[name])
            return
        asked = {item.copy.folder for item in job.items} if isinstance(job, Batch) else set()
        for record in made.records:
            folder, _, name = record.file.partition("/")
            content = files.get(record.file, b"")
            if folder not in asked or "/" in name or hashlib.sha256(content).hexdigest() != record.sha256:
                what = f"a worker of the cluster sent {record.file}, which isn't what it says."
                remedy = "Start again: what is finished stays."
                raise MachineError([Complaint("cluster", what, remedy, ExitCode.MACHINE)])
            put(self.errand.folder, record.file, content)
