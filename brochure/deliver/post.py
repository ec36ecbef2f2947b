"""The post: one connection to a server, and what became of each letter that it was given."""

from __future__ import annotations

import contextlib
import os
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from brochure.errors import Complaint, ExitCode, MachineError, one_line
from brochure.model.mail import Server

USER, PASSWORD = "BROCHURE_SMTP_USER", "BROCHURE_SMTP_PASSWORD"
KEYRING = "brochure-press"  # the service that the password is kept for
PATIENCE = 60  # seconds for an answer
LAST_PATIENCE = 600  # seconds for the answer to a whole letter, which a server may look through (RFC 5321, 4.5.3.2.6)
LOG_IN = 530  # what a server says that takes nothing without name and password (RFC 4954, 6)
GOODBYE = 421
END = b".\r\n"
GO_ON = 354  # what a server says when it waits for the letter's bytes


class Fate(StrEnum):
    """What became of a letter. ``NOT_TAKEN``: the line broke before its first byte, so it is certainly not delivered;
    ``LOST``: it broke afterwards, so nobody can know."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    NOT_TAKEN = "not taken"
    LOST = "lost"


@dataclass(frozen=True)
class Answer:
    """A letter's fate, and what the server said."""

    fate: Fate
    said: str


class Unreachable(Exception):
    """The server can't be reached just now; ``args``: what happened."""


def password(user: str) -> str:
    """From the environment, else from the keyring where one is installed; empty when there is none."""
    if found := os.environ.get(PASSWORD):
        return found
    with contextlib.suppress(Exception):  # a keyring that is locked or missing says so in many ways
        import keyring  # noqa: PLC0415 (an extra)

        return keyring.get_password(KEYRING, user) or ""
    return ""


class Post:
    """A connection to ``server``, opened by entering. Unreachable when that may pass; MachineError when it won't: a
    certificate that doesn't hold, a password that is refused."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def __enter__(self) -> Self:
        subject = f"smtp:{self.server.host}:{self.server.port}"
        try:
            self.line = self._connected()
            if self.line.sock:  # the last line of a letter needn't wait for the thanks for the others
                self.line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._logged_in(subject)
        except ssl.SSLCertVerificationError as error:
            what = f"the server's certificate doesn't hold ({error.verify_message})."
            raise _hopeless(subject, what, "Ask the server's keeper; letters aren't sent to a stranger.") from None
        except smtplib.SMTPNotSupportedError:
            what = "the server offers no encryption or no password."
            raise _hopeless(subject, what, "Set security: in content/mail.yaml as the server's keeper says.") from None
        except smtplib.SMTPAuthenticationError as error:
            if 400 <= error.smtp_code < 500:
                raise Unreachable(_said(error.smtp_code, error.smtp_error)) from None
            what = f"the server refuses name and password ({error.smtp_code})."
            raise _hopeless(subject, what, f"Look at {USER} and {PASSWORD}, or the keyring.") from None
        except smtplib.SMTPResponseException as error:
            raise Unreachable(_said(error.smtp_code, error.smtp_error)) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(str(error) or type(error).__name__) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self.line.quit()
        self.line.close()

    def _connected(self) -> smtplib.SMTP:
        host, port, trust = self.server.host, self.server.port, ssl.create_default_context()
        if self.server.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=trust)
        line = smtplib.SMTP(host, port, timeout=PATIENCE)
        if self.server.security == "starttls":
            try:
                line.starttls(context=trust)
            except BaseException:
                line.close()
                raise
        return line

    def _logged_in(self, subject: str) -> None:
        user = os.environ.get(USER, "")
        if not user:
            self.line.ehlo_or_helo_if_needed()
            return
        if self.server.security == "none":
            raise _hopeless(
                subject, "a password would travel readable.", "Set security: starttls or tls, or unset " + USER + "."
            )
        if not (secret := password(user)):
            what = f"there is no password for {user}."
            raise _hopeless(subject, what, f"Put it into {PASSWORD}, or into the keyring for the service {KEYRING}.")
        self.line.login(user, secret)

    def deliver(self, sender: str, address: str, raw: bytes, before: Callable[[], None]) -> Answer:
        """Gives one letter to the server. ``before`` is called when the server is ready to take its bytes, and has
        returned before the first one leaves. A letter whose last line didn't leave is certainly not taken.
        MachineError when the server takes nothing from this sender."""
        whole = False
        try:
            for stage, (code, said) in self._addressed(sender, address):
                if not 200 <= code < 400:
                    self._parted(code)
                    with contextlib.suppress(OSError, smtplib.SMTPException):
                        self.line.rset()
                    self._heard(stage, sender, _said(code, said))
                    return Answer(_fate(code), _said(code, said))
            before()
            self.line.send(_quoted(raw))
            whole = True
            code, said = self._ended()
        except (OSError, smtplib.SMTPException) as error:
            self.line.close()
            return Answer(Fate.LOST if whole else Fate.NOT_TAKEN, str(error) or type(error).__name__)
        except BaseException:
            self.line.close()  # a farewell would be taken for a line of the letter
            raise
        return Answer(_fate(code), _said(code, said))

    def _ended(self) -> tuple[int, bytes]:
        """Says that the letter is whole, and waits for what the server says of it."""
        self.line.send(END)
        if self.line.sock:
            self.line.sock.settimeout(LAST_PATIENCE)
        code, said = self.line.getreply()
        self._parted(code)
        if self.line.sock:
            self.line.sock.settimeout(PATIENCE)
        return code, said

    def _addressed(self, sender: str, address: str) -> Iterator[tuple[str, tuple[int, bytes]]]:
        """What the server says to sender, addressee and the wish to send; it is asked no further once it says no."""
        for ask, said in ((self.line.mail, sender), (self.line.rcpt, address), (self.line.docmd, "DATA")):
            answer = ask(said)
            yield said, answer
            if not 200 <= answer[0] < 400:
                return
        if answer[0] != GO_ON:
            raise smtplib.SMTPDataError(*answer)

    def _heard(self, stage: str, sender: str, said: str) -> None:
        """MachineError when a refusal isn't the addressee's: no letter would be taken, and none may count as refused."""
        if said.startswith("5") and (stage == sender or said.startswith(f"{LOG_IN} ")):
            what = f"the server takes no letters from {sender} ({said})."
            remedy = f"Ask its keeper; {USER} and {PASSWORD} say who you are. Nobody counts as refused."
            raise _hopeless(f"smtp:{self.server.host}:{self.server.port}", what, remedy)

    def _parted(self, code: int) -> None:
        """A server that says 421 is about to hang up (RFC 5321, 3.8)."""
        if code == GOODBYE:
            self.line.close()

    @property
    def open(self) -> bool:
        """Whether the connection still stands."""
        return self.line.sock is not None


def _fate(code: int) -> Fate:
    """A reply's class decides (RFC 5321, 4.2.1)."""
    return Fate.ACCEPTED if 200 <= code < 300 else Fate.DEFERRED if 400 <= code < 500 else Fate.REFUSED


def _quoted(raw: bytes) -> bytes:
    """The letter with its dots doubled at lines' heads (RFC 5321, 4.5.2)."""
    body = re.sub(rb"(?m)^\.", b"..", raw)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n")


def _said(code: int, text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {one_line(plain)}"


def _hopeless(subject: str, what: str, remedy: str) -> MachineError:
    return MachineError([Complaint(subject, what, remedy, ExitCode.MACHINE)])
