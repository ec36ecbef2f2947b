"""Many letters through bad weather: a server that drops lines at every moment, defers, refuses and is slow, and a press that is
killed again and again. What the ledger says afterwards is counted against what has arrived."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import ROOT, furnish
from postoffice import Office, office

from brochure.deliver.ledger import Ledger, Posted, State
from brochure.errors import ExitCode

SETTINGS = """\
sender: brochure@kaluga.example
unsubscribe: mailto:no-more@kaluga.example
rate: 6000
attempts: 4
wait: 0.2
server:
  host: 127.0.0.1
  port: {port}
  security: none
"""
#: What happens to an offered letter, in per cent; the rest is taken.
WEATHER = {"hang up": 3, "drop": 1, "lose": 1, "defer": 6, "busy": 3}
REFUSED = 2  # per cent of the addresses, always
SLOW, PAUSE = 5, 0.05  # per cent of the letters, and seconds until they are answered
STOPS = (0, 0, 0.001, 0.003, 0.01)  # seconds from a letter's arrival to the kill: before the answer, or after it


@dataclass
class Passed:
    """What came of it. ``arrived``: how many letters each address has got; ``book``: the ledger; ``offers``: how often
    a letter was offered; ``runs``, of which ``kills`` were killed; ``seconds`` that the runs took; ``said``: what the
    last one printed."""

    people: list[str]
    arrived: Counter[str]
    book: dict[str, Posted]
    offers: int
    runs: int
    kills: int
    seconds: float
    said: str

    @property
    def tally(self) -> Counter[State]:
        """How many letters are in which state."""
        return Counter(it.state for it in self.book.values())


class Weather:
    """What the server does, always the same for the same seed: by address, and how often it was asked for it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def _die(self, *what: object) -> float:
        return random.Random(f"{self.seed} {what}").uniform(0, 100)

    def refuses(self, address: str) -> bool:
        """Whether an address is unknown."""
        return self._die(address) < REFUSED

    def __call__(self, address: str, turn: int) -> str:
        """One of the office's words."""
        if self.refuses(address):
            return "refuse"
        fate = self._die(address, turn)
        for what, share in WEATHER.items():
            if (fate := fate - share) < 0:
                return what
        return "take"


def house(folder: Path, people: list[str], port: int) -> Path:
    """A miniature house with a brochure, a server and a list."""
    root = furnish(folder / "house")
    (root / "content/mail.yaml").write_text(SETTINGS.format(port=port))
    (root / "content/en/mail.yaml").write_bytes((ROOT / "content/en/mail.yaml").read_bytes())
    brochure = root / "out/mini/en/brochure.screen.pdf"
    brochure.parent.mkdir(parents=True)
    brochure.write_bytes(b"%PDF-1.7\nnot quite a brochure\n%%EOF\n")
    rows = "".join(f"Person {number},Acme,en,{address}\n" for number, address in enumerate(people))
    (root / "list.csv").write_text(f"name,company,language,email\n{rows}")
    return root


def weathered(folder: Path, count: int, kills: int, seed: int) -> Passed:
    """Sends ``count`` letters; the press is killed ``kills`` times, each after some letters, and begun again until
    nothing waits any more."""
    people, chance = [f"person{number}@acme.example" for number in range(count)], random.Random(seed)
    with office(Weather(seed)) as keeper:
        keeper.pause = lambda: asyncio.sleep(PAUSE if chance.uniform(0, 100) < SLOW else 0)
        root = house(folder, people, keeper.port)
        command = [sys.executable, str(ROOT / "build.py"), "mail", str(root / "list.csv"), "--house", str(root), "--send",
                   "--ledger", str(root / "ledger")]  # fmt: skip
        started, runs, killed = time.monotonic(), 0, 0
        while True:
            child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if killed < kills:
                strike(keeper, child, chance.randrange(max(2 * count // (kills + 1), 2)), chance.choice(STOPS))
            said, _ = child.communicate(timeout=600)
            keeper.seen = lambda: None
            runs, killed = runs + 1, killed + (child.returncode == -signal.SIGKILL)
            with Ledger(root / "ledger") as book:
                entered = {it.address: it for it in book.letters("mini")}
            if child.returncode >= 0 and not {State.PENDING, State.SENDING} & {it.state for it in entered.values()}:
                break
            assert child.returncode in (-signal.SIGKILL, ExitCode.PARTLY_SENT, ExitCode.DONE) and runs < kills + 20, (
                said
            )
        offers, seconds = keeper.turns.total(), time.monotonic() - started
        return Passed(people, keeper.addresses, entered, offers, runs, killed, seconds, said)


def strike(keeper: Office, child: subprocess.Popen[Any], after: int, pause: float) -> None:
    """Kills the press when so many further letters have arrived: at once, so that it never hears of the last one, or a
    moment later, wherever it is then."""
    left = [after]

    def seen() -> None:
        left[0] -= 1
        if left[0] == -1:
            threading.Timer(pause, child.send_signal, [signal.SIGKILL]).start() if pause else child.kill()

    keeper.seen = seen


def holds(passed: Passed, seed: int) -> None:
    """The promise: nobody got two, nobody is forgotten, and only the uncertain ones are in doubt, each by its name."""
    weather, book = Weather(seed), passed.book
    assert set(book) == set(passed.people)
    assert max(passed.arrived.values()) == 1, "somebody got two"
    for address, it in book.items():
        assert it.state in (State.SENT, State.REFUSED, State.UNCERTAIN), f"{address} is forgotten: {it.state}"
        assert (it.state is State.REFUSED) == weather.refuses(address)
        assert it.state is not State.SENT or passed.arrived[address] == 1, (
            f"{address} is said to have a letter and has none"
        )
        assert it.state is not State.REFUSED or not passed.arrived[address]
        assert it.state is not State.UNCERTAIN or (address in passed.said and it.message_id in passed.said)
    assert "--resend-uncertain" in passed.said or not passed.tally[State.UNCERTAIN]
