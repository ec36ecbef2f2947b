"""How many personal copies a second, and how much memory they take. Run by ``make bench``; prints, never fails on time."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from conftest import ROOT
from test_personal import HEAD, dear

from brochure import load
from brochure.load.lettering import printable
from brochure.load.recipients import recipients
from brochure.model.mentions import interests
from brochure.press.personal import personalise

COUNT = int(os.environ.get("COPIES", "200"))
LANGUAGES = os.environ.get("LANGUAGES", "").split()
OUTPUTS = tuple(os.environ.get("OUTPUTS", "screen").split())
NAMES = {"en": "James Okafor", "ru": "Сергей Королёв", "zh": "王伟", "pt": "João Gonçalves", "hi": "राजेश शर्मा"}
WISHES = ("", "Rail route; Harbour park", "Harbour park")
TICKS = os.sysconf("SC_CLK_TCK")


def descendants() -> dict[int, tuple[float, int]]:
    """Every process below this one: seconds of CPU and resident MB, by its number."""
    found: dict[int, tuple[int, float, int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parts = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(entry.name)] = (int(parts[1]), (int(parts[11]) + int(parts[12])) / TICKS, int(parts[21]) * 4096 >> 20)
    ours, size = {os.getpid()}, 0
    while len(ours) > size:
        size = len(ours)
        ours |= {pid for pid, (parent, _, _) in found.items() if parent in ours}
    return {pid: found[pid][1:] for pid in ours - {os.getpid()}}


def resident() -> str:
    """Resident MB of the process that deals work out, and of each of those that make copies."""
    own = int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20
    return f"{own}; {sorted(mb for _, mb in descendants().values() if mb > 50)}"


def rows(count: int) -> str:
    """A list of recipients with up to four interests each, the same every time."""
    house = load.house(ROOT)
    edition = house.default_edition
    ids = sorted({str(ref) for plan in house.plans[edition] for ref in interests(plan.show)})
    chance, out = random.Random(7), ["name,company,language,email,interests"]
    for number in range(count):
        tag = chance.choice(LANGUAGES or list(house.editions[edition].languages))
        wanted = "; ".join(house.languages[tag].names[key] for key in chance.sample(ids, chance.randint(0, 4)))
        out.append(f"{NAMES[tag]} {number},Company {number},{tag},p{number}@c.example.com,{wanted}")
    return "\n".join(out) + "\n"


@pytest.mark.bench
def test_copies_a_second(tmp_path: Path) -> None:
    """Copies of the real brochure on two processes: the rate from the first batch on, CPU seconds, memory on the way."""
    path = tmp_path / "list.csv"
    path.write_text(rows(COUNT), "utf-8")
    house = load.house(ROOT)
    found, called = printable(house, recipients(house, house.default_edition, path))
    marks: list[tuple[int, float, dict[int, tuple[float, int]]]] = []

    def step(what: str, done: int, total: int) -> None:
        if what == "copies":
            marks.append((done, time.perf_counter(), descendants()))
            if len(marks) % 8 == 1 or done == total:
                print(f"{done:6} copies, resident MB of the main process and of the others: {resident()}", flush=True)

    print()
    started = time.perf_counter()
    made = personalise(house, house.default_edition, found.people, called, tmp_path / "out", OUTPUTS, step=step)
    (first, begun, before), (last, ended, after) = marks[0], marks[-1]
    cpu = sum(seconds - before.get(pid, (0.0, 0))[0] for pid, (seconds, _) in after.items())
    print(f"common pages of all languages      {begun - started:6.1f} s")
    print(f"copies a second from then on       {(last - first) / (ended - begun):6.2f}")
    print(f"copies a second of the whole run   {last / (ended - started):6.2f}")
    print(f"CPU seconds a copy                 {cpu / (last - first):6.3f}")

    assert (made.made, made.complaints) == (COUNT, [])


@pytest.mark.bench
def test_memory_stays_flat(tmp_path: Path) -> None:
    """Many copies of the miniature's eight pages (``FLAT``: how many): what every process holds after each tenth."""
    root, count = dear(tmp_path / "house"), int(os.environ.get("FLAT", "2000"))
    path = root / "list.csv"
    lines = [f"Anna {n},,Alder {n} AG,Austria,en,p{n}@alder.example.com,{WISHES[n % 3]}," for n in range(count)]
    path.write_text("\n".join((HEAD, *lines)), "utf-8")
    house = load.house(root)
    found, called = printable(house, recipients(house, "mini", path))
    tenths = iter(range(0, count + 1, max(1, count // 10)))
    due = next(tenths)

    def step(what: str, done: int, total: int) -> None:
        nonlocal due
        if what == "copies" and done >= due:
            print(f"{done:6} copies, resident MB of the main process and of the others: {resident()}", flush=True)
            due = next(tenths, total + 1)

    print()
    made = personalise(house, "mini", found.people, called, tmp_path / "out", step=step)

    assert (made.made, made.complaints) == (count, [])
