"""Letters to a real Postfix: TLS, a password, refusals, greylisting, hang-ups, and a failure that comes back as Postfix writes it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from conftest import ROOT, furnish
from postfix import ERRORS, PASSWORD, USER, Postfix, postfix, why_not

import build
from brochure.deliver import bounces
from brochure.deliver.ledger import Ledger, Posted, State
from brochure.errors import ExitCode

SENDER = "brochure@kaluga.example"
#: Whom the list names, and what Postfix does with them.
THERE = [f"person{number}" for number in range(6)]
GONE = [f"gone{number}" for number in range(ERRORS + 1)]  # one more than it bears in a session
WRITTEN = [*THERE, *GONE, "late", "never", "moved"]

SETTINGS = """\
sender: {sender}
unsubscribe: mailto:no-more@kaluga.example
rate: 6000
attempts: 4
wait: 0.1
server:
  host: 127.0.0.1
  port: {port}
  security: starttls
"""

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


def address(name: str) -> str:
    """Somebody's address."""
    return f"{name}@acme.example"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Who vouches for its certificate."""
    return trustme.CA()


@pytest.fixture(scope="module")
def office(authority: trustme.CA) -> Iterator[Postfix]:
    """A Postfix that has boxes for all but those who are gone: one for all tests, they look at what is new."""
    known = [SENDER, *(address(name) for name in WRITTEN if name not in GONE)]
    with postfix(authority, known) as it:
        yield it


@pytest.fixture
def root(tmp_path: Path, office: Postfix, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A miniature house that sends through it and knows its certificate and password, with a brochure made and a list
    of everybody."""
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    for name, value in {"SSL_CERT_FILE": str(tmp_path / "ca.pem"), "BROCHURE_SMTP_USER": USER,
                        "BROCHURE_SMTP_PASSWORD": PASSWORD}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    office.defers = {address("late"): 2, address("never"): 999}
    office.asked.clear()
    root = furnish(tmp_path / "house")
    (root / "content/mail.yaml").write_text(SETTINGS.format(sender=SENDER, port=office.port))
    shutil.copy(ROOT / "content/en/mail.yaml", root / "content/en/mail.yaml")
    brochure = root / "out/mini/en/brochure.screen.pdf"
    brochure.parent.mkdir(parents=True)
    brochure.write_bytes(b"%PDF-1.7\nnot quite a brochure\n%%EOF\n")
    rows = "".join(f"{name.title()} Doe,Acme,en,{address(name)}\n" for name in WRITTEN)
    (root / "list.csv").write_text(f"name,company,language,email\n{rows}")
    return root


def run(root: Path, *arguments: str) -> int:
    """The front door."""
    return build.main(["mail", "--house", str(root), "--ledger", str(root / "ledger"), *arguments])


def entered(root: Path) -> dict[str, Posted]:
    """What the ledger says of each."""
    with Ledger(root / "ledger") as book:
        return {it.address: it for it in book.letters("mini")}


def test_ledger_boxes_and_postfix_agree(root: Path, office: Postfix, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has a box gets one letter, who is gone is refused in Postfix's own words, who is greylisted gets it later, who
    is put off for ever waits for the next run, and a failure that comes back is read; nothing is sent twice."""
    assert run(root, str(root / "list.csv"), "--send") == ExitCode.PARTLY_SENT
    office.settled()
    book, log = entered(root), office.log
    taken = [address(name) for name in (*THERE, "late", "moved")]

    assert {name: it.state for name, it in book.items()} == {
        **dict.fromkeys(taken, State.SENT), **dict.fromkeys(map(address, GONE), State.REFUSED), address("never"): State.PENDING,
    }  # fmt: skip
    assert all(re.match(r"550 5\.1\.1 <gone\d@acme\.example>: .*unknown", book[address(name)].reply) for name in GONE)
    assert re.match("450 4.2.0 .*come back later", book[address("never")].reply)
    assert office.asked[address("late")] == 3 and office.asked[address("never")] == 4
    assert "too many errors" in log, "Postfix has hung up, and the mailing went on"
    for name in (*THERE, "late"):
        (letter,) = office.box(address(name))
        assert letter["Message-ID"] == book[address(name)].message_id and letter["To"].endswith(f"<{address(name)}>")
    assert all(log.count(f"message-id={book[name].message_id}") == 1 for name in taken)
    assert not any(book[name].message_id in log for name in book if name not in taken)
    assert len(re.findall("TLS connection established|sasl_username=press", log)) >= len(taken)

    _a_failure_is_read(root, office, book)
    office.defers.clear()
    assert run(root, str(root / "list.csv"), "--send") == ExitCode.PARTLY_SENT  # those who are gone stay refused
    office.settled()
    assert [len(office.box(address(name))) for name in (*THERE, "late", "never")] == [1] * (len(THERE) + 2)
    assert "1 sent" in capsys.readouterr().out


def _a_failure_is_read(root: Path, office: Postfix, book: dict[str, Posted]) -> None:
    """Postfix's message that a letter couldn't be delivered marks the letter and suppresses its address."""
    (back,) = office.box(SENDER)
    file = root / "back.eml"
    file.write_bytes(back.as_bytes())
    (failure,) = bounces.failures(file)
    assert failure.message_id == book[address("moved")].message_id and "moved away" in failure.said
    assert run(root, "--bounced", str(file)) == ExitCode.DONE
    assert entered(root)[address("moved")].state is State.BOUNCED
    with Ledger(root / "ledger") as ledger:
        assert list(ledger.suppressed()) == [address("moved")]


def test_a_wrong_password_or_certificate_sends_nothing(
    root: Path, office: Postfix, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are the machine's to mend; every letter waits."""
    with monkeypatch.context() as wrong:
        wrong.setenv("BROCHURE_SMTP_PASSWORD", "another-secret")
        assert run(root, str(root / "list.csv"), "--send") == ExitCode.MACHINE
    with monkeypatch.context() as wrong:
        wrong.delenv("SSL_CERT_FILE")
        assert run(root, str(root / "list.csv"), "--send") == ExitCode.MACHINE
    said = capsys.readouterr().err
    assert "refuses name and password (535)" in said and "certificate doesn't hold" in said and "secret" not in said
    assert {it.state for it in entered(root).values()} == {State.PENDING}
    assert not office.asked, "nobody was named to it"
