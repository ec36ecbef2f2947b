"""Letters by e-mail: whom they come from, which server takes them, and what a language says in them."""

from __future__ import annotations

import ipaddress
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from brochure.model.markup import Text
from brochure.model.patterns import Pattern
from brochure.model.scalar import refuse
from brochure.model.values import Line, Model, Number, Url, Whole, scalar_type

#: Names that never belong to anybody (RFC 2606, RFC 6761): letters from there can be written, but not sent.
NOBODYS = ("example", "invalid", "test", "localhost", "example.com", "example.net", "example.org")


def parse_address(text: str) -> str:
    """One e-mail address in ASCII, such as ``invest@kaluga.example``; its domain isn't asked."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (slow, and few houses send letters)

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise refuse(f"“{text}” is no e-mail address.", f"{str(wrong).rstrip('.')}.") from None
    return found.ascii_email or found.normalized


def parse_unsubscribe(text: str) -> str:
    """Where a reader asks for no more letters: an https address, or ``mailto:`` and an e-mail address."""
    if text.startswith("mailto:"):
        return f"mailto:{parse_address(text.removeprefix('mailto:'))}"
    if not text.startswith("https://"):
        raise refuse(
            f"“{text}” is no place to unsubscribe.", "Write an https:// address, or mailto: and an e-mail address."
        )
    return text


Address = Annotated[str, scalar_type("an e-mail address", parse_address)]
Unsubscribe = Annotated[str, scalar_type("an address", parse_unsubscribe)]


class Server(Model):
    """The server that takes the letters. ``security``: ``starttls`` (usual with port 587), ``tls`` from the first byte
    (465), or ``none``, which is refused unless the server is this machine. Name and password come from the environment
    or the keyring, never from a file."""

    host: Line
    port: Whole
    security: Literal["starttls", "tls", "none"] = "starttls"

    @property
    def local(self) -> bool:
        """Whether it is this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @model_validator(mode="after")
    def _in_the_open(self) -> Server:
        if not 0 < self.port < 65536:
            raise refuse(f"{self.port} is no port.", "Write 587 or 465, as the server's keeper says.", "port")
        if self.security == "none" and not self.local:
            what = "letters and passwords would travel readable to everybody."
            raise refuse(what, "Write starttls or tls; none is for a server on this machine.", "security")
        return self


class Mail(Model):
    """content/mail.yaml. ``attach_megabytes``: up to which size a brochure travels in the letter; a larger one is linked
    below ``base_url``, where out/<edition>/ has been put. ``rate``: letters a minute at most; ``attempts``: how often a
    letter is offered to a server that is busy, ``wait`` seconds after the first time and twice as long after each
    further one."""

    sender: Address
    reply_to: Address | None = None
    unsubscribe: Unsubscribe | None = None
    base_url: Url | None = None
    attach_megabytes: Number = Decimal(5)
    rate: Whole = 30
    attempts: Whole = 4
    wait: Number = Decimal(30)
    server: Server | None = None

    @model_validator(mode="after")
    def _within_reason(self) -> Mail:
        for name, most in (("attach_megabytes", 25), ("rate", 6000), ("attempts", 20), ("wait", 3600)):
            value = getattr(self, name)
            if not 0 <= value <= most or (name in ("rate", "attempts") and not value):
                raise refuse(f"{value} makes no sense for {name}.", f"Write up to {most}.", name)
        return self

    @property
    def nobodys(self) -> bool:
        """Whether the sender's domain is one that is kept for examples."""
        domain = self.sender.rpartition("@")[2]
        return domain in NOBODYS or domain.rpartition(".")[2] in NOBODYS


class MailWords(Model):
    """content/<language>/mail.yaml, and what content/<language>/mail/<edition>.yaml says otherwise: a letter in a
    language. ``{x}`` is a name in ``greeting``, the parks, clusters and routes that the reader asked for in
    ``interests``, the reader's contact in ``contact``, a file's size in ``attached``. ``reason`` says why somebody gets this letter."""

    sender: Line
    subject: Line
    preview: Line
    greeting: Pattern
    body: tuple[Text, ...] = Field(min_length=1, max_length=12)
    interests: Pattern
    contact: Pattern
    attached: Pattern
    linked: Line
    closing: Line
    signature: tuple[Line, ...] = Field(min_length=1, max_length=4)
    reason: Line
    unsubscribe: Line
