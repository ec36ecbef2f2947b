"""A worker: ``python -m brochure.press.worker``. It is handed a house, then task after task, and ends with its master.

What it hears and says are pickles on its pipes: both ends are this program. It has a setter of its own."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from typing import Any, BinaryIO

from brochure.errors import BrochureError
from brochure.press.bench import Bench, Task
from brochure.typeset import Setter


def main() -> None:
    """Answers tasks until the other side closes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    gc.set_threshold(100_000, 20, 50)  # as at the front door: a house is many small things that stay
    out: BinaryIO = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever native code prints must not mix with the answers
    try:
        house = pickle.load(sys.stdin.buffer)
        with Setter(limits=house.limits) as setter:
            bench = Bench(house, setter)
            while True:
                do, task = pickle.load(sys.stdin.buffer)
                say(out, *answer(bench, do, task, out))
    except (EOFError, BrokenPipeError):
        return  # the master is gone, or has no more to do


def answer(bench: Bench, do: str, task: Task, out: BinaryIO) -> tuple[str, Any]:
    """``done`` with what was made, ``slips`` with complaints, or ``bug`` with a traceback."""

    def progress(name: str, done: int, total: int) -> None:
        say(out, "step", (name, done, total))

    try:
        return "done", bench.do(do, task, progress)
    except BrochureError as error:
        return "slips", error.complaints
    except BrokenPipeError:
        raise
    except Exception:
        return "bug", traceback.format_exc()


def say(out: BinaryIO, kind: str, content: Any) -> None:
    """Something for the master."""
    pickle.dump((kind, content), out)
    out.flush()


if __name__ == "__main__":
    main()
