"""Letters as mail programs read them: lines, headers, dark screens, addresses of other alphabets."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from conftest import ROOT, furnish, shipped

import build
from brochure import load
from brochure.compose.letter import Enclosed, Scribe
from brochure.deliver import envelope
from brochure.deliver.envelope import Letter
from brochure.deliver.flowed import COLUMNS, flowed, width
from brochure.deliver.ledger import Ledger, Posted, State
from brochure.errors import Place
from brochure.house import House
from brochure.model.recipients import Recipient
from brochure.stages import Order

LANGUAGES = ("en", "ru", "zh", "pt", "hi")
DAY = email.utils.parsedate_to_datetime("Mon, 04 Sep 2017 12:00:00 +0000")


def unflowed(text: str) -> str:
    """What a reader's program makes of flowed lines with DelSp=yes (RFC 3676, 4.3): a reader of our own."""
    out = ""
    for line in text.split("\n"):
        plain = line[1:] if line.startswith(" ") else line
        out += plain[:-1] if plain.endswith(" ") else plain + "\n"
    return out.removesuffix("\n")


@pytest.fixture(scope="module")
def house() -> House:
    """The real house."""
    return shipped()


@pytest.fixture(scope="module", params=LANGUAGES)
def letter(request: pytest.FixtureRequest, house: House) -> tuple[str, EmailMessage, bytes]:
    """A letter of the default edition in one language: its text as written, the message as read, its bytes."""
    manuscript = load.manuscript(house, Order(house.default_edition, request.param))
    words = manuscript.language.mail[house.default_edition]
    reader = Recipient(1, Place("list.csv"), "João da Silva", "", "", "joao@acme.example", contact="Анна")
    written = Scribe(manuscript, words, "https://kaluga.example/no-more").letter(reader, Enclosed(620_000))
    raw = envelope.sealed(
        Letter(
            sender=(str(words.sender), "brochure@kaluga.example"), to=("João da Silva", "joao@acme.example"),
            subject=written.subject, html=written.html, text=written.text,
            language=str(manuscript.language.words.locale), message_id="<a@kaluga.example>",
            unsubscribe="https://kaluga.example/no-more?letter=a", attached=("a.pdf", b"%PDF-1.7\n" * 99),
        ),
        DAY,
    )  # fmt: skip
    return written.text, email.message_from_bytes(raw, policy=email.policy.SMTP), raw  # type: ignore[return-value]


def test_a_letter_says_what_mail_programs_look_for(letter: tuple[str, EmailMessage, bytes]) -> None:
    """The headers of RFC 5322, its language, one click to get no more; and no line longer than a server takes."""
    _, message, raw = letter
    assert message["MIME-Version"] == "1.0" and message["Date"] and message["Message-ID"]
    assert re.fullmatch(r"[a-z]{2}(-[A-Za-z]+)*", message["Content-Language"])
    assert message["List-Unsubscribe"].strip().startswith("<https://")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert max(map(len, raw.split(b"\r\n"))) <= 998 and raw.isascii() and b"\n" not in raw.replace(b"\r\n", b"")
    assert not message.defects and not any(part.defects for part in message.walk())


def test_the_plain_text_is_wrapped_and_flows_together_again(letter: tuple[str, EmailMessage, bytes]) -> None:
    """Lines of 72 columns, ideographs counted as two; a reader that knows how gets the very paragraphs back."""
    text, message, _ = letter
    plain = message.get_body(("plain",))
    assert plain and plain.get_param("format") == "flowed" and plain.get_param("delsp") == "yes"  # type: ignore[attr-defined]
    said = plain.get_content().replace("\r\n", "\n")
    assert max(width(line.rstrip(" ")) for line in said.split("\n")) <= COLUMNS
    assert unflowed(said).strip() == text.strip()
    assert not re.search(r"(?m)^[、。，；：！？）”।]", said)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("> an answer\nFrom us\n indented", [" > an answer", " From us", "  indented"]),
        ("a " * 40, ["a " * 36 + " ", "a a a a"]),
        (f"see https://example.org/{'x' * 90} now", ["see  ", f"https://example.org/{'x' * 90}  ", "now"]),
        ("汉" * 40, ["汉" * 36 + " ", "汉" * 4]),
        ("汉" * 36 + "。汉", ["汉" * 35 + " ", "汉。汉"]),
        ("汉" * 35 + "（汉）", ["汉" * 35 + " ", "（汉）"]),
        ("0.6\u00a0MB " * 15, ["0.6\u00a0MB " * 10 + " ", ("0.6\u00a0MB " * 5).strip()]),
    ],
)
def test_lines_end_where_they_may(text: str, lines: list[str]) -> None:
    """Never inside an address or a figure with its unit, never before what closes; what could be taken for another
    meaning is stuffed."""
    assert flowed(text).splitlines() == lines
    assert unflowed(flowed(text)).rstrip() == text.rstrip()


def test_a_dark_screen_gets_dark_styles(letter: tuple[str, EmailMessage, bytes]) -> None:
    """The letter says that it knows dark screens; each class that the dark styles name is there, and no other."""
    html = letter[1].get_body(("html",)).get_content()  # type: ignore[union-attr]
    (styles,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert '<meta name="color-scheme" content="light dark">' in html and "prefers-color-scheme: dark" in styles
    assert "var(" not in html and "data-key" not in html
    used = set(re.findall(r'class="([^"]*)"', html))
    assert used == {"desk", "sheet", "band", "letter", "turn", "foot"} and all(f".{name}" in styles for name in used)


def test_an_address_that_servers_need_an_extension_for_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A domain of another alphabet has a form in ASCII; a name before the @ hasn't (SMTPUTF8, RFC 6531): its row says so."""
    root = furnish(tmp_path / "house")
    (root / "content/mail.yaml").write_text("sender: us@kaluga.example\n")
    (root / "content/en/mail.yaml").write_bytes((ROOT / "content/en/mail.yaml").read_bytes())
    (root / "list.csv").write_text("name,company,language,email\nИван,Ltd,en,иван@пример.рф\n")
    assert build.main(["mail", str(root / "list.csv"), "--house", str(root)]) == 3
    said = capsys.readouterr().err
    assert re.search(r"list\.csv:2:13: error: “иван@пример\.рф” is no e-mail address: .* before the @-sign", said), said


def test_no_more_letters_by_address_or_by_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a mail program's click brings names the letter; whoever got it gets no more. A name of nobody's changes nothing."""
    name = envelope.message_id("mini", "ann@acme.example", "kaluga.example")
    link = envelope.unsubscribing("https://kaluga.example/stop?from=us", name)
    assert envelope.unsubscribing("mailto:stop@kaluga.example", name) == "mailto:stop@kaluga.example"
    with Ledger(tmp_path / "l") as book:
        book.enrol("mini", {"en": "1"}, [Posted("ann@acme.example", name, "a", "b", "en")])
    told = link.partition("from=us&letter=")[2]
    assert (
        build.main(["mail", "--ledger", str(tmp_path / "l"), "--suppress", told, "nobody", "*", "bob@acme.example"])
        == 0
    )
    with Ledger(tmp_path / "l") as book:
        assert set(book.suppressed()) == {"ann@acme.example", "bob@acme.example"}
    assert capsys.readouterr().out.count("no letter of ours") == 2


def test_an_uncertain_letter_may_be_noted_as_arrived(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then it is sent no more, not even with --resend-uncertain; one that isn't uncertain stays as it is."""
    people = [Posted(f"{n}@acme.example", f"<{n}@x>", n, n, "en") for n in ("ann", "bob")]
    with Ledger(tmp_path / "l") as book:
        book.enrol("mini", {"en": "1"}, people)
        book.note("mini", "ann@acme.example", State.UNCERTAIN, "the line broke")
    assert (
        build.main(["mail", "--ledger", str(tmp_path / "l"), "--arrived", "Ann@acme.example", "bob@acme.example"]) == 0
    )
    with Ledger(tmp_path / "l") as book:
        assert [it.state for it in book.letters("mini")] == [State.SENT, State.PENDING]
        book.enrol("mini", {"en": "1"}, people, resend=True)
        assert book.tally("mini")[State.SENT] == 1
    assert "no letter to it is uncertain" in capsys.readouterr().out
