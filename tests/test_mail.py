"""Letters: what is in them, and that everybody gets one, once, however the server and the machine behave."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
import sqlite3
import ssl
import subprocess
import sys
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from conftest import ROOT, furnish
from postoffice import Office, office
from storm import strike

import build
from brochure import deliver, load, press
from brochure.deliver import bounces, envelope
from brochure.deliver.envelope import Letter, UnsafeHeader
from brochure.deliver.ledger import Ledger, Posted, State
from brochure.deliver.personal import Copies, Record, put
from brochure.errors import BrochureError, BusyError, ContentError, MachineError
from brochure.load.recipients import recipients
from brochure.press.letters.mailing import Asked, Mailed
from brochure.press.letters.posting import Clock

SETTINGS = """\
sender: invest@kaluga.example
reply_to: answers@kaluga.example
unsubscribe: https://kaluga.example/no-more
rate: 6000
attempts: 3
wait: 1
"""
HEAD = "name,company,language,email,interests\n"
PDF = b"%PDF-1.7\nnot quite a brochure\n%%EOF\n"


class Idle:
    """A clock that doesn't let anybody wait, and remembers for how long it was asked to."""

    def __init__(self) -> None:
        self.time, self.waited = 0.0, list[float]()

    def pass_(self, seconds: float) -> None:
        """Time passes at once."""
        self.waited.append(round(seconds, 3))
        self.time += seconds

    @property
    def clock(self) -> Clock:
        """What a mailing takes."""
        return Clock(lambda: self.time, self.pass_)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A miniature house that sends letters, with a brochure made."""
    root = furnish(tmp_path / "house")
    (root / "content/mail.yaml").write_text(SETTINGS)
    (root / "content/en/mail.yaml").write_bytes((ROOT / "content/en/mail.yaml").read_bytes())
    brochure = root / "out/mini/en/brochure.screen.pdf"
    brochure.parent.mkdir(parents=True)
    brochure.write_bytes(PDF)
    return root


def people(root: Path, *names: str) -> Path:
    """A list of recipients with these first names."""
    rows = "".join(f"{name.title()} Doe,Acme,en,{name}@acme.example,\n" for name in names)
    path = root.parent / "list.csv"
    path.write_text(HEAD + rows)
    return path


def serve(root: Path, keeper: Office, security: str = "none", host: str = "127.0.0.1") -> None:
    """Names the office as the house's server."""
    server = f"server:\n  host: {host}\n  port: {keeper.port}\n  security: {security}\n"
    (root / "content/mail.yaml").write_text(SETTINGS + server)


def send(root: Path, listed: Path, idle: Idle | None = None, **asked: object) -> Mailed:
    """Sends letters with a clock that doesn't wait."""
    told = Asked("mini", listed, **asked)  # type: ignore[arg-type]
    return press.send(load.house(root), told, root / "out", root / "ledger.sqlite", clock=(idle or Idle()).clock)


def run(root: Path, *arguments: str) -> int:
    """The command line."""
    return build.main(["mail", "--house", str(root), *arguments])


def read(path: Path) -> EmailMessage:
    """A letter from a file."""
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.SMTP)


def test_letters_are_written_and_none_is_sent(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --send there is a file for each recipient, with text, HTML and the brochure, that only its owner reads."""
    listed = people(root, "ann", "bob")

    assert run(root, str(listed)) == 0
    files = sorted((root / "out/mini/mail").iterdir())
    assert [re.sub(r"[0-9a-f]{6}", "…", file.name) for file in files] == ["1-ann-doe-….eml", "2-bob-doe-….eml"]
    assert all(file.stat().st_mode & 0o77 == 0 for file in [*files, files[0].parent])
    letter = read(files[0])
    assert letter["To"] == "Ann Doe <ann@acme.example>" and letter["Reply-To"] == "answers@kaluga.example"
    name = letter["Message-ID"][1:].partition("@")[0]
    assert letter["List-Unsubscribe"].strip() == f"<https://kaluga.example/no-more?letter={name}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert plain.startswith("Dear Ann Doe,\r\n\r\n") and "&" not in plain and "<" not in plain
    assert "Ann Doe" in html and "var(" not in html and "data-key" not in html and "style=" in html
    (attached,) = letter.iter_attachments()
    assert attached.get_content() == PDF and attached.get_filename() == "The-miniature-en.pdf"
    assert "nothing is sent" in capsys.readouterr().out


def test_letters_are_the_same_bytes_again(root: Path) -> None:
    """Written twice, a letter is the same; one of an earlier list goes away."""
    run(root, str(people(root, "ann", "bob")))
    first = {file.name: file.read_bytes() for file in (root / "out/mini/mail").iterdir()}
    run(root, str(people(root, "ann")))
    (again,) = (root / "out/mini/mail").iterdir()
    assert first[again.name] == again.read_bytes()


def test_a_brochure_too_large_to_travel_is_linked(root: Path) -> None:
    """Above attach_megabytes the letter leads to base_url; without one that is a slip."""
    (root / "content/mail.yaml").write_text(SETTINGS + "attach_megabytes: 0\n")
    with pytest.raises(ContentError, match="base_url"):
        press.write(load.house(root), Asked("mini", people(root, "ann")), root / "out", root / "ledger.sqlite")
    (root / "content/mail.yaml").write_text(SETTINGS + "attach_megabytes: 0\nbase_url: https://kaluga.example/b/\n")
    written = press.write(load.house(root), Asked("mini", people(root, "ann")), root / "out", root / "ledger.sqlite")
    letter = read(written.letters[0])
    assert not list(letter.iter_attachments())
    assert "https://kaluga.example/b/en/brochure.screen.pdf" in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("sender: nobody", "is no e-mail address"),
        ("sender: a@b.example\nunsubscribe: ftp://x", "is no place to unsubscribe"),
        ("sender: a@b.example\nserver: {host: mail.example, port: 25, security: none}", "readable to everybody"),
        ("sender: a@b.example\nserver: {host: mail.example, port: 70000}", "is no port"),
        ("sender: a@b.example\nrate: 0", "makes no sense for rate"),
        ("sender: a@b.example\npassword: secret", "password"),
    ],
)
def test_a_slip_in_the_settings_is_told_at_its_line(root: Path, slip: str, said: str) -> None:
    """content/mail.yaml is read as strictly as all else; a password has no place in it."""
    (root / "content/mail.yaml").write_text(slip + "\n")
    with pytest.raises(ContentError, match=said):
        load.house(root)


def test_who_has_a_copy_of_their_own_gets_it(root: Path) -> None:
    """The personal copy that the journal knows travels instead of the common brochure, and only to its owner; one that
    isn't what the journal says stops everything."""
    listed = people(root, "ann", "bob")
    house = load.house(root)
    (ann, _) = recipients(house, "mini", listed).people
    mine = b"%PDF-1.7\nAnn's own\n%%EOF\n"
    with Copies(root / "out/mini") as copies:
        file = f"{deliver.slug(ann)}/brochure.screen.pdf"
        put(copies.folder, file, mine)
        copies.note([Record(file, "job", hashlib.sha256(mine).hexdigest(), len(mine), "token")])
    written = press.write(house, Asked("mini", listed), root / "out", root / "ledger.sqlite")
    assert [next(read(path).iter_attachments()).get_content() for path in written.letters] == [mine, PDF]
    (root / "out/mini/personal" / file).write_bytes(b"Bob's own")
    with pytest.raises(MachineError, match="has changed"):
        press.write(house, Asked("mini", listed), root / "out", root / "ledger.sqlite")


def test_a_missing_brochure_says_how_to_make_it(root: Path) -> None:
    """Before any letter is written."""
    (root / "out/mini/en/brochure.screen.pdf").unlink()
    with pytest.raises(ContentError, match=r"Make it first: build\.py build"):
        press.write(load.house(root), Asked("mini", people(root, "ann")), root / "out", root / "ledger.sqlite")
    assert not (root / "out/mini/mail").exists()


def test_everybody_gets_one_letter_once(root: Path) -> None:
    """A second run sends nothing; who joins the list later gets theirs; who left it gets none."""
    with office() as keeper:
        serve(root, keeper)
        assert send(root, people(root, "ann", "bob")).sent == 2
        again = send(root, people(root, "ann", "bob", "cy"))
        assert (again.sent, again.already) == (1, 2)
        assert keeper.addresses == {f"{name}@acme.example": 1 for name in ("ann", "bob", "cy")}
        assert {letter["To"] for _, letter in keeper.taken} == {
            f"{n} Doe <{n.lower()}@acme.example>" for n in ("Ann", "Bob", "Cy")
        }


def test_a_letter_that_the_server_defers_is_offered_again(root: Path) -> None:
    """With a pause that doubles; it goes out once."""
    idle = Idle()
    with office(lambda _, turn: ("defer", "busy", "take")[turn - 1]) as keeper:
        serve(root, keeper)
        done = send(root, people(root, "ann"), idle)
    assert done.sent == 1 and keeper.addresses == {"ann@acme.example": 1}
    assert [pause for pause in idle.waited if pause > 0.5] == [1, 2]


def test_a_letter_deferred_too_often_waits_for_the_next_run(root: Path) -> None:
    """After three attempts it is told as waiting; the next run sends it."""
    with office(lambda _, turn: "defer" if turn <= 3 else "take") as keeper:
        serve(root, keeper)
        first = send(root, people(root, "ann"))
        assert (first.sent, first.waiting) == (0, [("ann@acme.example", "450 4.2.1 come back later")])
        assert send(root, people(root, "ann")).sent == 1


def test_a_refusal_is_final_and_recorded(root: Path) -> None:
    """The others get theirs; who is refused isn't tried again."""
    with office(lambda address, _: "refuse" if address.startswith("bob") else "take") as keeper:
        serve(root, keeper)
        done = send(root, people(root, "ann", "bob", "cy"))
        assert done.sent == 2 and done.refused == [("bob@acme.example", "550 5.1.1 no such person")]
        send(root, people(root, "ann", "bob", "cy"))
        assert keeper.turns["bob@acme.example"] == 1


@pytest.mark.parametrize(("what", "arrived"), [("lose", 1), ("drop", 0)])
def test_a_line_that_breaks_after_the_letter_leaves_it_uncertain(root: Path, what: str, arrived: int) -> None:
    """Whether it arrived nobody knows: it isn't sent again until somebody says so, then under the same Message-ID."""
    with office(lambda _, turn: what if turn == 1 else "take") as keeper:
        serve(root, keeper)
        first = send(root, people(root, "ann"))
        assert [address for address, _ in first.uncertain] == ["ann@acme.example"] and len(keeper.taken) == arrived
        assert send(root, people(root, "ann")).uncertain and len(keeper.taken) == arrived
        assert send(root, people(root, "ann"), resend_uncertain=True).sent == 1
    assert len({letter["Message-ID"] for _, letter in keeper.taken}) == 1


def test_a_line_that_breaks_before_the_letter_loses_nothing(root: Path) -> None:
    """The letter is certainly not taken, so it is offered again in the same run."""
    with office(lambda _, turn: "hang up" if turn == 1 else "take") as keeper:
        serve(root, keeper)
        assert send(root, people(root, "ann", "bob")).sent == 2
        assert set(keeper.addresses.values()) == {1}


def test_a_server_that_is_away_leaves_everything_waiting(root: Path) -> None:
    """Nothing is lost, and the exit code says that not all are sent."""
    with office() as keeper:
        serve(root, keeper)
    done = send(root, people(root, "ann"))
    assert done.sent == 0 and len(done.waiting) == 1
    (root / "content/mail.yaml").write_text((root / "content/mail.yaml").read_text().replace("wait: 1", "wait: 0"))
    assert run(root, str(people(root, "ann")), "--send", "--ledger", str(root / "ledger.sqlite")) == 9


def test_the_rate_is_kept(root: Path) -> None:
    """Thirty letters a minute are one every two seconds."""
    idle = Idle()
    with office() as keeper:
        serve(root, keeper)
        settings = root / "content/mail.yaml"
        settings.write_text(settings.read_text().replace("rate: 6000", "rate: 30"))
        send(root, people(root, "ann", "bob", "cy"), idle)
    assert idle.waited == [2, 2]


def test_limit_and_trial(root: Path) -> None:
    """--limit sends the first so many; --test sends to one address and leaves no trace."""
    with office() as keeper:
        serve(root, keeper)
        trial = send(root, people(root, "ann", "bob"), trial="me@kaluga.example")
        assert trial.sent == 1 and keeper.addresses == {"me@kaluga.example": 1}
        assert "Dear Ann Doe" in keeper.taken[0][1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert send(root, people(root, "ann", "bob"), limit=1).sent == 1
        assert send(root, people(root, "ann", "bob")).sent == 1
        assert keeper.addresses["ann@acme.example"] == keeper.addresses["bob@acme.example"] == 1


def test_a_changed_letter_needs_a_new_campaign(root: Path) -> None:
    """Half of the readers would get another letter; a new campaign writes to everybody anew."""
    with office() as keeper:
        serve(root, keeper)
        send(root, people(root, "ann"))
        words = root / "content/en/mail.yaml"
        words.write_text(words.read_text().replace("With kind regards", "Yours"))
        with pytest.raises(ContentError, match="--new-campaign"):
            send(root, people(root, "ann", "bob"))
        assert len(keeper.taken) == 1
        assert send(root, people(root, "ann", "bob"), new_campaign=True).sent == 2
        assert send(root, people(root, "ann", "bob")).already == 2
    assert len({letter["Message-ID"] for _, letter in keeper.taken}) == 3


def test_who_wants_no_letters_gets_none(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--suppress holds for every campaign, whatever the letters of the address look like."""
    ledger = str(root / "ledger.sqlite")
    assert run(root, "--suppress", "Bob@acme.example", "--ledger", ledger) == 0
    assert run(root, str(people(root, "ann", "bob")), "--ledger", ledger) == 0
    assert "passed over: bob@acme.example" in capsys.readouterr().out
    assert [path.name[:5] for path in (root / "out/mini/mail").iterdir()] == ["1-ann"]


RETURNED = """\
From: MAILER-DAEMON@acme.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It didn't arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.acme.example

Final-Recipient: rfc822; ann@acme.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 gone

--b
Content-Type: {kind}

Message-ID: {name}
Subject: your brochure
{rest}
--b--
"""


@pytest.mark.parametrize(("kind", "rest"), [("message/rfc822", "\nHello"), ("text/rfc822-headers", "")])
def test_a_letter_that_comes_back_is_recorded(root: Path, kind: str, rest: str) -> None:
    """A lasting failure marks the letter and suppresses the address; a delay does neither."""
    with office() as keeper:
        serve(root, keeper)
        send(root, people(root, "ann"))
    name = keeper.taken[0][1]["Message-ID"]
    file = root / "back.eml"
    for action, state in (("delayed", State.SENT), ("failed", State.BOUNCED)):
        file.write_text(RETURNED.format(action=action, kind=kind, name=name, rest=rest))
        assert run(root, "--bounced", str(file), "--ledger", str(root / "ledger.sqlite")) == 0
        with Ledger(root / "ledger.sqlite") as book:
            assert book.letters("mini")[0].state is state
    with Ledger(root / "ledger.sqlite") as book:
        assert book.suppressed() == {"ann@acme.example": "bounced: smtp; 550 5.1.1 gone"}


def test_a_mailbox_of_returned_letters_is_read_whole(tmp_path: Path) -> None:
    """An mbox file holds many; what isn't a message of failure is passed over."""
    one = RETURNED.format(action="failed", kind="message/rfc822", name="<a@b>", rest="\nHello")
    box = tmp_path / "box"
    box.write_text(f"From x Mon Sep  4 12:00:00 2017\n{one}\nFrom y Mon Sep  4 12:00:00 2017\nSubject: hi\n\nhello\n")
    assert [it.message_id for it in bounces.failures(box)] == ["<a@b>"]


UNSAFE = ["a\r\nBcc: evil@x.example", "a\nBcc: e", "a\rb", "=?utf-8?q?hi=0D=0ABcc:=20evil@x.example?=", "a\u2028b", "a\x85b", "a\x00b", "a\x0bb", "\u202egpj.exe"]  # fmt: skip


@pytest.mark.parametrize("text", UNSAFE)
@pytest.mark.parametrize(
    "where", ["sender", "to", "subject", "reply_to", "unsubscribe", "message_id", "language", "attached"]
)
def test_no_text_breaks_out_of_a_header(text: str, where: str) -> None:
    """Whatever a name, subject, address or file name holds: it is refused, or stays where it belongs."""
    fields: dict[str, object] = {
        "sender": ("Us", "us@x.example"), "to": ("You", "you@x.example"), "subject": "Hello", "html": "<p>Hi</p>",
        "text": "Hi", "language": "en", "message_id": "<a@x.example>", "attached": ("a.pdf", PDF),
    }  # fmt: skip
    pair = {"sender": (text, "us@x.example"), "to": (text, "you@x.example"), "attached": (text, PDF)}
    letter = Letter(**{**fields, where: pair.get(where, text)})  # type: ignore[arg-type]
    with pytest.raises((UnsafeHeader, ValueError)):
        envelope.sealed(letter, email.utils.parsedate_to_datetime("Mon, 04 Sep 2017 12:00:00 +0000"))


def test_an_unsafe_name_is_a_slip_of_its_row(root: Path) -> None:
    """Nobody's letter is written before it is mended, unless bad rows are skipped."""
    listed = people(root, "ann", "bob")
    listed.write_text(listed.read_text().replace("Bob Doe", "=?utf-8?q?hi?="))
    asked = Asked("mini", listed)
    with pytest.raises(ContentError, match=r"list\.csv:3:.*=\?"):
        press.write(load.house(root), asked, root / "out", root / "ledger.sqlite")
    written = press.write(load.house(root), Asked("mini", listed, skip_bad=True), root / "out", root / "ledger.sqlite")
    assert [path.name[:5] for path in written.letters] == ["1-ann"]


def certificate() -> tuple[trustme.CA, ssl.SSLContext]:
    """An authority of its own, and a server's side of TLS for 127.0.0.1."""
    authority, server = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    return authority, server


def test_passwords_travel_only_encrypted(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """STARTTLS with a certificate that holds, name and password from the environment; a wrong password is the machine's."""
    authority, trust = certificate()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("BROCHURE_SMTP_USER", "us")
    monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", "canary-secret")
    with office(trust=trust, user=("us", "canary-secret")) as keeper:
        serve(root, keeper, "starttls")
        assert send(root, people(root, "ann")).sent == 1
        monkeypatch.setenv("BROCHURE_SMTP_PASSWORD", "wrong-secret")
        with pytest.raises(MachineError, match="refuses name and password") as told:
            send(root, people(root, "ann", "bob"))
        assert "secret" not in str(told.value)


def test_a_stranger_gets_no_letters(root: Path) -> None:
    """A certificate that nobody vouches for ends the mailing; the letters wait."""
    _, trust = certificate()
    with office(trust=trust) as keeper:
        serve(root, keeper, "starttls")
        with pytest.raises(MachineError, match="certificate doesn't hold"):
            send(root, people(root, "ann"))
    assert not keeper.taken
    with Ledger(root / "ledger.sqlite") as book:
        assert book.tally("mini") == {State.PENDING: 1}


def test_a_password_is_never_sent_in_the_open(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even to this machine."""
    monkeypatch.setenv("BROCHURE_SMTP_USER", "us")
    with office() as keeper:
        serve(root, keeper)
        with pytest.raises(MachineError, match="travel readable"):
            send(root, people(root, "ann"))


def test_an_examples_address_sends_nothing_to_the_world(root: Path) -> None:
    """A sender that belongs to nobody, or no server at all, is told before anything is written."""
    with pytest.raises(ContentError, match="no server is named"):
        send(root, people(root, "ann"))
    (root / "content/mail.yaml").write_text(
        SETTINGS
        + "server: {host: mail.kaluga.example, port: 587}\n".replace("{", "\n  ").replace(", ", "\n  ").replace("}", "")
    )
    with pytest.raises(ContentError, match="belongs to nobody"):
        send(root, people(root, "ann"))
    assert not (root / "out/mini/mail").exists()


@pytest.mark.parametrize("harm", ["other", "newer", "torn"])
def test_a_ledger_that_cannot_be_trusted_sends_nothing(root: Path, harm: str) -> None:
    """A foreign database, one of a newer version, a damaged one."""
    ledger = root / "ledger.sqlite"
    with office() as keeper:
        serve(root, keeper)
        send(root, people(root, "ann"))
        if harm == "torn":
            raw = ledger.read_bytes()
            ledger.write_bytes(raw[:100] + b"\xff" * 3000 + raw[3100:])
        else:
            base = sqlite3.connect(ledger)
            base.execute("PRAGMA application_id = 7" if harm == "other" else "PRAGMA user_version = 99")
            base.commit()
            base.close()
        with pytest.raises(MachineError, match="Nothing is sent without it"):
            send(root, people(root, "ann", "bob"))
        assert len(keeper.taken) == 1


def test_only_one_run_at_a_time_writes_letters(root: Path) -> None:
    """The second is told that the ledger is held."""
    with Ledger(root / "ledger.sqlite"), pytest.raises(BusyError, match="another run"):
        press.write(load.house(root), Asked("mini", people(root, "ann")), root / "out", root / "ledger.sqlite")


def test_a_brochure_that_changes_meanwhile_stops_the_mailing(root: Path) -> None:
    """Nobody gets a file that wasn't meant for them."""
    with office() as keeper:
        serve(root, keeper)
        keeper.seen = lambda: (root / "out/mini/en/brochure.screen.pdf").write_bytes(b"another") and None
        with pytest.raises(MachineError, match="has changed"):
            send(root, people(root, "ann", "bob"))
    assert keeper.addresses == {"ann@acme.example": 1}


def test_a_ledger_forgets_nothing_between_states(tmp_path: Path) -> None:
    """What was being sent when a run was killed is uncertain for the next one; sent letters stay sent."""
    letters = [Posted(f"{n}@x.example", f"<{n}@x>", n, n, "en") for n in "abc"]
    with Ledger(tmp_path / "l") as book:
        book.enrol("c", {"en": "1"}, letters)
        book.note("c", "a@x.example", State.SENDING)
        book.note("c", "b@x.example", State.SENT, "250 ok")
    with Ledger(tmp_path / "l") as book:
        assert [it.state for it in book.letters("c")] == [State.UNCERTAIN, State.SENT, State.PENDING]
        book.enrol("c", {"en": "1"}, letters[1:], resend=True)
        assert book.tally("c")[State.UNCERTAIN] == 1, "not on the list: nobody asked for it"
        book.enrol("c", {"en": "1"}, letters, resend=True)
        assert book.letters("c", State.PENDING)[0].attempts == 1


#: When the press is killed: after how many further letters have arrived, and how many seconds later. At once, so that the
#: server's answer to the first or the third letter is never heard, or a moment later, wherever the run is then.
KILLS = ((0, 0), (2, 0), (1, 0.005))


def test_killed_at_any_moment_nobody_gets_two_and_nobody_is_forgotten(root: Path) -> None:
    """A run is killed again and again, also between a letter's arrival and the note of it; in the end everybody has
    got one letter or is listed as uncertain."""
    names = [f"p{number}" for number in range(len(KILLS) * 3)]
    listed, ledger = people(root, *names), root / "ledger.sqlite"
    command = [sys.executable, str(ROOT / "build.py"), "mail", str(listed), "--house", str(root), "--send", "--quiet", "--ledger", str(ledger)]  # fmt: skip
    with office() as keeper:
        serve(root, keeper)
        for after, pause in KILLS:
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            strike(keeper, child, after, pause)
            child.wait(60)
        keeper.seen = lambda: None
        subprocess.run(command, check=False, capture_output=True)
    with Ledger(ledger) as book:
        tally, uncertain = book.tally("mini"), {it.address for it in book.letters("mini", State.UNCERTAIN)}
    got = keeper.addresses
    assert max(got.values()) == 1, "somebody got two"
    assert {f"{name}@acme.example" for name in names} <= set(got) | uncertain, "somebody is forgotten"
    assert 0 < tally[State.UNCERTAIN] <= len(KILLS) and tally[State.PENDING] == tally[State.SENDING] == 0


def test_slips_of_the_list_are_told_together(root: Path, edit: Callable[[str, str, str], Path]) -> None:
    """Each bad row with its line, and nothing is written."""
    listed = people(root, "ann", "bob")
    listed.write_text(listed.read_text() + "No Mail,Acme,en,nowhere,\nNo Language,Acme,xx,x@acme.example,\n")
    with pytest.raises(BrochureError) as told:
        press.write(load.house(root), Asked("mini", listed), root / "out", root / "ledger.sqlite")
    assert [complaint.where.line for complaint in told.value.complaints] == [4, 5]  # type: ignore[union-attr]
    assert not (root / "out/mini/mail").exists()
