"""A mail server on loopback that misbehaves as it is told: defers, refuses, hangs up before and after taking a letter."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Script = Callable[[str, int], str]


def obliging(_address: str, _turn: int) -> str:
    """Takes every letter."""
    return "take"


@dataclass
class Office:
    """``script`` decides by address and attempt what happens: ``take``, ``defer`` or ``refuse`` at the address,
    ``hang up`` before the letter, ``lose`` (takes the letter and hangs up), ``drop`` (hangs up without taking it), ``busy``
    after the letter. ``taken``: what has arrived; ``seen``: called with each letter as soon as it has; ``pause``: waited
    for before each letter is answered."""

    script: Script = obliging
    seen: Callable[[], None] = lambda: None
    pause: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    turns: Counter[str] = field(default_factory=Counter)
    port: int = 0

    @property
    def addresses(self) -> Counter[str]:
        """How many letters each address has got."""
        return Counter(address for address, _ in self.taken)

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Answers to an address."""
        self.turns[address] += 1
        what = self.script(address, self.turns[address])
        if what == "hang up":
            server.transport.abort()
        if what in ("defer", "refuse"):
            return {"defer": "450 4.2.1 come back later", "refuse": "550 5.1.1 no such person"}[what]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Answers to a letter."""
        (address,) = envelope.rcpt_tos
        await self.pause()
        what = self.script(address, self.turns[address])
        if what in ("take", "lose"):
            self.taken.append((address, email.message_from_bytes(envelope.content, policy=email.policy.SMTP)))
            self.seen()
        if what in ("lose", "drop"):
            server.transport.abort()
        return "451 4.3.0 busy" if what == "busy" else "250 2.0.0 taken"


@contextmanager
def office(
    script: Script = obliging, trust: ssl.SSLContext | None = None, user: tuple[str, str] | None = None
) -> Iterator[Office]:
    """An open office on a port of its own, with STARTTLS when it has a certificate, and a user that must log in."""
    keeper = Office(script)
    details: dict[str, Any] = {"tls_context": trust, "require_starttls": True} if trust else {}
    if user:

        def knows(_server: Any, _session: Any, _envelope: Any, _how: str, data: LoginPassword) -> AuthResult:
            return AuthResult(success=(data.login.decode(), data.password.decode()) == user, handled=False)

        details |= {"authenticator": knows, "auth_required": True, "auth_require_tls": bool(trust)}
    with socket.socket() as free:  # the controller asks its own port whether it is open, so it must know it
        free.bind(("127.0.0.1", 0))
        keeper.port = free.getsockname()[1]
    controller = Controller(keeper, hostname="127.0.0.1", port=keeper.port, server_hostname="office.test", **details)
    controller.start()
    try:
        yield keeper
    finally:
        controller.stop()
