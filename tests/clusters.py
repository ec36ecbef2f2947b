"""A real cluster for tests: a Dask scheduler and workers on loopback, each in an empty folder, none with this project."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

PATIENCE = 60  # s


def alone() -> dict[str, str]:
    """An environment without this project; Dask doesn't look a hundred times a second what its processes are at."""
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**plain, "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Workshop:
    """A scheduler and so many workers. Use it as a context manager. ``secure``: TLS options of the ``dask`` command."""

    def __init__(self, folder: Path, size: int, secure: Sequence[str] = ()) -> None:
        self.folder, self.size, self.secure = folder, size, list(secure)
        self.address = f"{'tls' if secure else 'tcp'}://127.0.0.1:{free_port()}"
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        where = [
            "--protocol",
            self.address.partition(":")[0],
            "--host",
            "127.0.0.1",
            "--port",
            self.address.rpartition(":")[2],
        ]
        self.scheduler = self._start("scheduler", ["scheduler", *where, "--dashboard-address", "127.0.0.1:0"])
        for _ in range(self.size):
            self.hire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self.workers, self.scheduler):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def hire(self) -> subprocess.Popen[bytes]:
        """Another worker, in an empty folder of its own."""
        name = f"worker-{len(self.workers)}"
        told = ["worker", self.address, "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--memory-limit", "0", "--local-directory", str(self.folder / name)]  # fmt: skip
        self.workers.append(self._start(name, told))
        return self.workers[-1]

    def _start(self, name: str, told: Sequence[str]) -> subprocess.Popen[bytes]:
        (self.folder / name).mkdir(parents=True)
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [str(Path(sys.executable).parent / "dask"), *told, *self.secure],
                cwd=self.folder / name, env=alone(), stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def hands(self) -> list[psutil.Process]:
        """The processes at work below the workers."""
        found = []
        for worker in self.workers:
            with contextlib.suppress(psutil.Error):
                found += psutil.Process(worker.pid).children(recursive=True)
        return found

    def idle(self) -> bool:
        """Whether within a few seconds no hand is left, and no folder of a run."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not self.hands() and not [*self.folder.glob("worker-*/dask-scratch-space/*/brochure-*")]:
                return True
            time.sleep(0.2)
        return False
