"""How many personal copies of the real brochure a cluster makes, by workers, and what a million would cost by that figure.

Run by ``make bench``; prints, never fails on time. ``COPIES=96 WORKERS="1 2" CORE_HOUR=0.04`` change what is measured and at
which price, in whatever currency, a core is rented for an hour: an assumption of whoever reads the figure, not ours."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest
from clusters import Workshop
from conftest import ROOT

from brochure import load
from brochure.load.lettering import printable
from brochure.load.recipients import recipients
from brochure.press.machines.cluster import Cluster
from brochure.press.machines.far import far
from brochure.press.personal import BATCH, personalise

MILLION = 1_000_000
COLUMNS = "name,latin_name,company,country,language,email,interests,contact"


def cores(workshop: Workshop) -> float:
    """The seconds of a core that the workers and everything below them have used so far."""
    found = [*workshop.hands(), *(psutil.Process(worker.pid) for worker in workshop.workers)]
    return sum(it.cpu_times().user + it.cpu_times().system for it in found)


def measured(workers: int, copies: int, folder: Path) -> tuple[float, float, float]:
    """Of so many workers: seconds, and core seconds of the workers and of the master, for a copy, once all is warm."""
    house = load.house(ROOT)
    listed = folder / "list.csv"
    folder.mkdir()
    rows = (f"Guest {n},,Firm {n},,en,guest{n}@firm.example.com,," for n in range(copies))
    listed.write_text("\n".join((COLUMNS, *rows)), "utf-8")
    found, called = printable(house, recipients(house, house.default_edition, listed))
    marks: list[tuple[int, float, float, float]] = []
    with Workshop(folder / "workshop", workers) as workshop, Cluster(far(workshop.address)) as cluster:

        def step(what: str, done: int, total: int) -> None:
            if what == "copies":
                marks.append((done, time.perf_counter(), cores(workshop), time.process_time()))

        personalise(house, house.default_edition, found.people, called, folder / "out", step=step, cluster=cluster)
    first, last = marks[workers], marks[-1]  # each has bound the pages by then
    made = last[0] - first[0]
    second, worked, mastered = ((last[index] - first[index]) / made for index in (1, 2, 3))
    return second, worked, mastered


@pytest.mark.bench
def test_copies_by_workers(tmp_path: Path) -> None:
    """Copies for the screen, in one language, on one and on two workers of one core each, all on this machine."""
    asked = int(os.environ.get("COPIES", "160"))
    price = float(os.environ.get("CORE_HOUR", "0.04"))
    print()
    for workers in map(int, os.environ.get("WORKERS", "1 2").split()):
        copies = max(asked, BATCH * (workers + 3))  # fewer would be done before all workers are warm
        second, worked, mastered = measured(workers, copies, tmp_path / str(workers))
        hours = MILLION * (worked + mastered) / 3600
        print(
            f"{workers} worker{'s' * (workers > 1)}: {1 / second:6.2f} copies a second; a copy takes {worked:.3f} core seconds of a "
            f"worker, {mastered:.4f} of the master. A million: {MILLION * second / 3600:,.0f} hours at this pace, "
            f"{hours:,.0f} core hours, which is {hours * price:,.2f} where a core hour is rented for {price} (your assumption: CORE_HOUR=…)"
        )
        assert worked > 0
