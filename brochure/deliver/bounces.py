"""Messages of failure that come back from a server (RFC 3464): which letter didn't arrive, and why."""

from __future__ import annotations

import email
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from brochure.errors import Complaint, ContentError, Place

MEGABYTES = 50  # of a file of returned messages


@dataclass(frozen=True)
class Failure:
    """A letter that didn't arrive for good: its Message-ID, and what the server said."""

    message_id: str
    said: str


def failures(path: Path) -> Iterator[Failure]:
    """Every lasting failure in a returned message (.eml) or in a mailbox of them (mbox). Delays don't count. ContentError
    when the file can't be read or is too large."""
    try:
        if path.stat().st_size > MEGABYTES * 1_000_000:
            raise ContentError([Complaint(Place(str(path)), f"this file is larger than {MEGABYTES} MB.", "Split it.")])
        raw = path.read_bytes()
    except OSError as error:
        what = f"this file can't be read ({error.strerror})."
        raise ContentError([Complaint(Place(str(path)), what, "Save the returned message again.")]) from None
    for message in _messages(path, raw):
        yield from _failed(message)


def _messages(path: Path, raw: bytes) -> Iterator[EmailMessage]:
    if raw.startswith(b"From "):
        box = mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            yield email.message_from_bytes(box.get_bytes(key), policy=SMTP)
    else:
        yield email.message_from_bytes(raw, policy=SMTP)


def _failed(message: EmailMessage) -> Iterator[Failure]:
    parts = list(message.walk())
    said = next((said for part in parts if (said := _status(part))), "")
    if said:
        for part in parts:
            if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
                yield from _returned(part, said)


def _status(part: EmailMessage) -> str:
    """What a delivery status says of a recipient when it has failed for good; empty otherwise."""
    if part.get_content_type() != "message/delivery-status":
        return ""
    for block in part.get_payload():
        if str(block.get("Action", "")).strip().lower() == "failed":  # type: ignore[union-attr]
            said = block.get("Diagnostic-Code") or block.get("Status") or "failed"  # type: ignore[union-attr]
            return " ".join(str(said).split())
    return ""


def _returned(part: EmailMessage, said: str) -> Iterator[Failure]:
    """The Message-ID of the letter that came back, whole or only its head."""
    inside = part.get_payload()
    letter = inside[0] if isinstance(inside, list) else email.message_from_string(str(inside), policy=SMTP)
    if found := str(letter.get("Message-ID", "")).strip():  # type: ignore[union-attr]
        yield Failure(found, said)
