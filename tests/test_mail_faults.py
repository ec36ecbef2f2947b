"""Letters when the server, the machine or the hand at the keys is at fault: what each answer at each stage comes to."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT, furnish

import build
from brochure import load, press
from brochure.deliver import envelope
from brochure.deliver.ledger import Ledger, State
from brochure.deliver.post import Fate, Post
from brochure.errors import ContentError, MachineError
from brochure.model.mail import Server
from brochure.press.letters.mailing import Asked, Mailed
from brochure.press.letters.posting import Clock

HEAD = "name,company,language,email\n"
SETTINGS = "sender: us@kaluga.example\nrate: 6000\nattempts: 1\nwait: 0\n"
SERVER = "server:\n  host: 127.0.0.1\n  port: {}\n  security: none\n"
KIND = {"greeting": "220 here", "EHLO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "letter": "250 taken"}  # fmt: skip


class Grumpy(socketserver.StreamRequestHandler):
    """A server that says at each stage what it is told to; ``""`` hangs up there, ``torn`` within the letter."""

    answers: dict[str, str]
    taken: list[bytes]

    def handle(self) -> None:
        """One connection."""
        if not self.said("greeting"):
            return
        while line := self.rfile.readline():
            verb = line[:4].decode().upper()
            if verb == "QUIT":
                return
            if not self.said(verb) or (verb == "DATA" and self.answers["DATA"].startswith("354") and not self.letter()):
                return

    def letter(self) -> bool:
        """Takes a letter's lines, unless it is to be torn."""
        if self.answers["letter"] == "torn":
            self.rfile.readline()
            return False
        lines = list(iter(self.rfile.readline, b".\r\n"))
        self.taken.append(b"".join(lines))
        return self.said("letter")

    def said(self, stage: str) -> bool:
        """Answers; false when it hung up."""
        answer = self.answers.get(stage, "250 ok")
        if answer:
            self.wfile.write(f"{answer}\r\n".encode())
        return bool(answer) and not answer.startswith("421")


@contextmanager
def grumpy(**answers: str) -> Iterator[tuple[int, list[bytes]]]:
    """A server's port, and what it has taken."""
    taken: list[bytes] = []
    kind = type("Told", (Grumpy,), {"answers": KIND | answers, "taken": taken})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1], taken
        server.shutdown()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A miniature house that sends letters, with a brochure made."""
    root = furnish(tmp_path_factory.mktemp("faults") / "house")
    (root / "content/en/mail.yaml").write_bytes((ROOT / "content/en/mail.yaml").read_bytes())
    brochure = root / "out/mini/en/brochure.screen.pdf"
    brochure.parent.mkdir(parents=True)
    brochure.write_bytes(b"%PDF-1.7\n" + b"not quite a brochure\n" * 9)
    return root


def listed(tmp_path: Path, *addresses: str) -> Path:
    """A list of these addresses."""
    path = tmp_path / "list.csv"
    path.write_text(HEAD + "".join(f"Ann Doe,Acme,en,{it}\n" for it in addresses))
    return path


def send(house: Path, port: int, tmp_path: Path, *addresses: str, attempts: int = 1, **asked: object) -> Mailed:
    """Sends letters and lets nobody wait."""
    (house / "content/mail.yaml").write_text(
        SETTINGS.replace("attempts: 1", f"attempts: {attempts}") + SERVER.format(port)
    )
    told = Asked("mini", listed(tmp_path, *(addresses or ("ann@acme.example",))), **asked)  # type: ignore[arg-type]
    clock = Clock(lambda: 0.0, lambda _seconds: None)
    return press.send(load.house(house), told, house / "out", tmp_path / "ledger.sqlite", clock=clock)


@pytest.mark.parametrize(
    ("stage", "answer", "state"),
    [
        ("greeting", "421 too many lines", State.PENDING),
        ("greeting", "554 go away", State.PENDING),
        ("EHLO", "421 closing", State.PENDING),
        ("MAIL", "421 closing", State.PENDING),
        ("MAIL", "452 no room", State.PENDING),
        ("RCPT", "421 closing", State.PENDING),
        ("RCPT", "450 come back", State.PENDING),
        ("RCPT", "452 too many", State.PENDING),
        ("RCPT", "550 nobody of that name", State.REFUSED),
        ("RCPT", "552 box full", State.REFUSED),
        ("DATA", "451 not now", State.PENDING),
        ("DATA", "554 no valid recipients", State.REFUSED),
        ("DATA", "250 what?", State.PENDING),
        ("DATA", "", State.PENDING),
        ("letter", "421 closing", State.PENDING),
        ("letter", "452 no room", State.PENDING),
        ("letter", "552 too large", State.REFUSED),
        ("letter", "554 looks like a circular", State.REFUSED),
        ("letter", "", State.UNCERTAIN),
    ],
)
def test_what_each_answer_comes_to(house: Path, tmp_path: Path, stage: str, answer: str, state: State) -> None:
    """Only a line that breaks behind the whole letter leaves it uncertain; what broke before is certainly not taken."""
    with grumpy(**{stage: answer}) as (port, taken):
        done = send(house, port, tmp_path)
    with Ledger(tmp_path / "ledger.sqlite") as book:
        assert book.tally("mini") == {state: 1}, [it.reply for it in book.letters("mini")]
    told = {State.PENDING: done.waiting, State.REFUSED: done.refused, State.UNCERTAIN: done.uncertain}[state]
    assert len(told) == 1 and not done.sent and len(taken) == (stage == "letter")


def test_a_letter_torn_in_the_middle_is_certainly_not_taken(tmp_path: Path) -> None:
    """Its last line never left, so no server may keep it: it waits, and isn't uncertain."""
    with grumpy(letter="torn") as (port, _), Post(Server(host="127.0.0.1", port=port, security="none")) as post:
        answer = post.deliver("us@kaluga.example", "ann@acme.example", b"so much to say\r\n" * 2_000_000, lambda: None)
        assert answer.fate is Fate.NOT_TAKEN and not post.open


@pytest.mark.parametrize(
    ("stage", "answer"),
    [("MAIL", "550 5.7.1 not our customer"), ("MAIL", "530 5.7.0 log in"), ("RCPT", "530 5.7.0 log in")],
)
def test_who_is_turned_away_itself_refuses_nobody(house: Path, tmp_path: Path, stage: str, answer: str) -> None:
    """A server that takes nothing from the sender stops the mailing: all its letters wait for the next run."""
    people = ("ann@acme.example", "bob@acme.example")
    with grumpy(**{stage: answer}) as (port, _), pytest.raises(MachineError, match=f"from us@kaluga.example .{answer}"):
        send(house, port, tmp_path, *people)
    with Ledger(tmp_path / "ledger.sqlite") as book:
        assert book.tally("mini") == {State.PENDING: 2}
    with grumpy() as (port, _):
        assert send(house, port, tmp_path, *people).sent == 2


@pytest.mark.parametrize(("stage", "uncertain"), [("letter", 5), ("RCPT", 0)])
def test_a_server_that_only_breaks_lines_is_left_alone(house: Path, tmp_path: Path, stage: str, uncertain: int) -> None:
    """After five letters in a row whose fate nobody knows the others wait; without any, after as many pauses as attempts."""
    with grumpy(**{stage: ""}) as (port, _):
        done = send(house, port, tmp_path, *(f"p{n}@acme.example" for n in range(20)), attempts=2)
    with Ledger(tmp_path / "ledger.sqlite") as book:
        assert book.tally("mini") == {
            State.PENDING: 20 - uncertain,
            **({State.UNCERTAIN: uncertain} if uncertain else {}),
        }
        assert sum(bool(it.reply) for it in book.letters("mini")) == 5, "the others weren't offered"
    (slip,) = done.slips
    assert slip.warning and "the line broke 5 times in a row or more" in slip.what and len(done.uncertain) == uncertain


def test_a_server_without_encryption_gets_nothing(house: Path, tmp_path: Path) -> None:
    """Where the settings ask for it and the server doesn't offer it, one line says so, and the letters wait."""
    with grumpy() as (port, taken):
        settings = house / "content/mail.yaml"
        settings.write_text(SETTINGS + SERVER.format(port).replace("none", "starttls"))
        told = Asked("mini", listed(tmp_path, "ann@acme.example"))
        with pytest.raises(
            MachineError, match=r"^smtp:127\.0\.0\.1:\d+: error: the server offers no encryption[^\n]*$"
        ):
            press.send(load.house(house), told, house / "out", tmp_path / "ledger.sqlite")
    assert not taken


def test_an_answer_never_writes_on_the_terminal(house: Path, tmp_path: Path) -> None:
    """Signs that move a terminal's cursor are taken out of what a server says."""
    with grumpy(RCPT="550 \x1b[2J\x07gone") as (port, _):
        assert send(house, port, tmp_path).refused == [("ann@acme.example", "550 [2J gone")]


def test_an_address_is_one_however_it_is_written(house: Path, tmp_path: Path) -> None:
    """Who stands on the next list in capitals has had the letter; the server is told the address as the list has it."""
    with grumpy() as (port, taken):
        assert send(house, port, tmp_path, "Ann@Acme.example").sent == 1
        again = send(house, port, tmp_path, "ann@acme.example", "ANN.Other@acme.example")
        assert (again.sent, again.already) == (1, 1)
    assert b"To: Ann Doe <Ann@acme.example>" in taken[0] and b"<ANN.Other@acme.example>" in taken[1]


def test_uncertain_letters_are_sent_again_only_to_the_list(house: Path, tmp_path: Path) -> None:
    """Nobody asked for the others: they stay uncertain."""
    with grumpy(letter="") as (port, _):
        send(house, port, tmp_path, "ann@acme.example", "bob@acme.example")
    with grumpy() as (port, _):
        assert send(house, port, tmp_path, "ann@acme.example", resend_uncertain=True).sent == 1
    with Ledger(tmp_path / "ledger.sqlite") as book:
        assert book.tally("mini") == {State.SENT: 1, State.UNCERTAIN: 1}


def test_a_new_campaign_given_twice_sends_once(house: Path, tmp_path: Path) -> None:
    """A run that was stopped and is given again with the same words goes on: it begins no third campaign."""
    people = ("ann@acme.example", "bob@acme.example")
    with grumpy() as (port, taken):
        send(house, port, tmp_path, *people)
        assert send(house, port, tmp_path, *people, new_campaign=True, limit=1).campaign == "mini#2"
        with pytest.raises(ContentError, match=r"campaign mini#2: .* 1 of its letters wait .* --suppress"):
            send(house, port, tmp_path, *people, new_campaign=True)
        with Ledger(tmp_path / "ledger.sqlite") as book:
            book.suppress(["bob@acme.example"], "left")
        assert send(house, port, tmp_path, "ann@acme.example", new_campaign=True).campaign == "mini#3"
    assert len(taken) == 4


def test_a_full_disk_sends_nothing_that_is_not_noted(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ledger's disk fills between two notes: the letter isn't sent, one line says so, and the next run goes on."""
    opened = Ledger._opened

    def full(book: Ledger) -> object:
        base = opened(book)
        (pages,) = base.execute("PRAGMA page_count").fetchone()
        base.execute(f"PRAGMA max_page_count = {pages}")
        return base

    with grumpy() as (port, taken):
        people = [f"{n}{'x' * 40}@acme.example" for n in range(40)]
        (house / "content/mail.yaml").write_text(SETTINGS + SERVER.format(port))
        ledger = str(tmp_path / "ledger.sqlite")
        command = ["mail", str(listed(tmp_path, *people)), "--house", str(house), "--send", "--ledger", ledger]
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "_opened", full)
            assert build.main(command) == 6 and not taken
        assert re.search(
            r"ledger\.sqlite: error: the ledger can't be written \(.*full\)\. Make room", capsys.readouterr().err
        )
        assert build.main([*command, "--limit", "1"]) == 9 and len(taken) == 1


@pytest.mark.parametrize("said", ["a@x.example, b@x.example", "nobody", "a@x.example\nBcc: b@x.example"])
def test_an_address_at_the_command_line_is_looked_at(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no address is a slip of usage, before anything is read."""
    with pytest.raises(SystemExit) as left:
        build.main(["mail", "list.csv", "--test", said])
    assert left.value.code == 2 and "is no e-mail address" in capsys.readouterr().err


def test_a_wish_in_any_alphabet_is_kept(tmp_path: Path) -> None:
    """An address whose domain is of another alphabet is suppressed as the lists have it, in ASCII."""
    ledger = str(tmp_path / "l")
    assert build.main(["mail", "--ledger", ledger, "--suppress", "Anna@Пример.рф"]) == 0
    with Ledger(tmp_path / "l") as book:
        assert set(book.suppressed()) == {"anna@xn--e1afmkfd.xn--p1ai"}


@pytest.mark.parametrize(("name", "bad"), [("श्‍री", ""), ("Ann\u200bDoe", "U+200B"), ("=?utf-8?q?a?=", "“=?”")])
def test_a_name_that_a_head_cannot_hold_is_told_by_its_sign(house: Path, tmp_path: Path, name: str, bad: str) -> None:
    """Joins that names in Devanagari are spelt with are none; of all else the remedy names the sign."""
    path = listed(tmp_path, "ann@acme.example")
    path.write_text(path.read_text().replace("Ann Doe", name))
    assert bool(envelope.unsafe(name)) == bool(bad)
    (house / "content/mail.yaml").write_text(SETTINGS)
    if bad:
        with pytest.raises(ContentError, match=re.escape(bad)):
            press.write(load.house(house), Asked("mini", path), house / "out", tmp_path / "l")
    else:
        assert press.write(load.house(house), Asked("mini", path), house / "out", tmp_path / "l").letters
