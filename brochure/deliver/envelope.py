"""A letter as the bytes that go out: headers, a text and an HTML part, and the brochure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit, urlunsplit

from brochure.deliver.flowed import flowed

#: What no header may hold: it could begin a new one, or become one when an old library decodes it
#: (CVE-2024-6923, CVE-2026-1299).
LINE_BREAKS = ("\r", "\n", "\x00", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
ENCODED = "=?"
JOINS = "\u200c\u200d"  # unseen, but how names in Devanagari and emoji are spelt


class UnsafeHeader(ValueError):
    """A text that a header can't hold; ``args``: the header and the text."""


@dataclass(frozen=True)
class Letter:
    """A letter to one address. ``sender`` and ``to``: a name and an address; ``attached``: a file's name and bytes;
    ``unsubscribe``: an https: or mailto: address."""

    sender: tuple[str, str]
    to: tuple[str, str]
    subject: str
    html: str
    text: str
    language: str
    message_id: str
    reply_to: str = ""
    unsubscribe: str = ""
    attached: tuple[str, bytes] | None = None

    @property
    def digest(self) -> str:
        """The sha256 of everything in it but its date."""
        parts = (*self.sender, *self.to, self.subject, self.html, self.text, self.language, self.message_id, self.reply_to,
                 self.unsubscribe, self.attached[0] if self.attached else "")  # fmt: skip
        whole = hashlib.sha256("\0".join(parts).encode())
        whole.update(self.attached[1] if self.attached else b"")
        return whole.hexdigest()


def message_id(campaign: str, address: str, domain: str) -> str:
    """The same for the same campaign and address: a receiver who gets a letter twice can drop one."""
    name = hashlib.sha256(f"{campaign}\0{address}".encode()).hexdigest()[:32]
    return f"<{name}@{domain}>"


def unsubscribing(address: str, message_id: str) -> str:
    """Where the reader of one letter asks for no more of them. A web address names the letter, for a mail program that
    asks in a reader's place says nothing of who that is (RFC 8058, 3.1); a letter to a mailto: address says it itself."""
    if not address.startswith("https:"):
        return address
    parts = urlsplit(address)
    named = f"letter={message_id.removeprefix('<').partition('@')[0]}"
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, named)))))


def sealed(letter: Letter, day: datetime) -> bytes:
    """The whole message with CR LF line ends, for a file or a server; UnsafeHeader when a name or subject could break
    out of its header. The same letter and day give the same bytes."""
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(letter, day):
        message[name] = value
    text = {"format": "flowed", "delsp": "yes"}
    message.set_content(flowed(letter.text), cte="quoted-printable", params=text)
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.attached:
        name, content = letter.attached
        message.add_attachment(content, maintype="application", subtype="pdf", filename=_safe("file name", name))
    # not before: a message hands every header that begins with Content- on to its first part, which drops it
    message["Content-Language"] = _safe("Content-Language", letter.language)
    for part in message.walk():
        if part is not message:
            del part["MIME-Version"]  # RFC 2045, 4: it belongs to the whole message
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"={hashlib.sha256(f'{letter.digest}{number}'.encode()).hexdigest()[:40]}=")
    raw = message.as_bytes()
    _compared(message, raw)
    return raw


def _headers(letter: Letter, day: datetime) -> Iterator[tuple[str, str | Address]]:
    yield "From", _person(*letter.sender)
    yield "To", _person(*letter.to)
    if letter.reply_to:
        yield "Reply-To", Address(addr_spec=letter.reply_to)
    yield "Subject", _safe("Subject", letter.subject)
    yield "Date", format_datetime(day)
    yield "Message-ID", _safe("Message-ID", letter.message_id)
    if letter.unsubscribe:
        yield "List-Unsubscribe", f"<{_safe('List-Unsubscribe', letter.unsubscribe)}>"
    if letter.unsubscribe.startswith("https:"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"  # RFC 8058
    yield "Auto-Submitted", "auto-generated"  # RFC 3834: no holiday greetings back


def _person(name: str, address: str) -> Address:
    return Address(display_name=_safe("name", name), addr_spec=_safe("address", address))


def unsafe(text: str) -> str:
    """What of a text a header can't hold, the first such sign, because it begins another header, now or when it is
    decoded, or isn't seen; empty when it can hold all of it."""
    if ENCODED in text:
        return ENCODED
    return next((sign for sign in text if sign in LINE_BREAKS or not (sign.isprintable() or sign in JOINS)), "")


def _safe(header: str, text: str) -> str:
    if unsafe(text):
        raise UnsafeHeader(header, text)
    return text


def _compared(message: EmailMessage, raw: bytes) -> None:
    """Whoever reads the bytes finds the headers that were written, and no other."""
    read = BytesHeaderParser(policy=SMTP).parsebytes(raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    if [name.lower() for name in read] != [name.lower() for name in message]:
        raise UnsafeHeader("header", ", ".join(read))
