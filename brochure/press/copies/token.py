"""The token in a personal copy's code, and the address that it stands in: the same for who makes a copy and who sends it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import urlencode, urlsplit, urlunsplit

from brochure.house import House
from brochure.model.recipients import Recipient

TOKEN = 10  # bytes: 80 bits can't be guessed


def portal(house: House, edition: str) -> str:
    """Where the codes of an edition's letters lead: the letter says so itself, or the edition's first contact does."""
    own: str | None = house.letters[edition].show.portal  # type: ignore[attr-defined]
    return own or str(house.contacts[house.editions[edition].contacts[0]].portal)


def address(portal: str, key: bytes, edition: str, recipient: Recipient) -> tuple[str, str]:
    """The address in a recipient's code, and its token: a keyed digest (HMAC-SHA-256, RFC 2104) of edition and e-mail.
    Without the house's key nobody can make one or tell whose it is."""
    told = f"{edition}\n{recipient.email.casefold()}".encode()
    token = base64.b32encode(hmac.new(key, told, hashlib.sha256).digest()[:TOKEN]).decode().lower()
    parts = urlsplit(portal)
    query = "&".join(filter(None, (parts.query, urlencode({"copy": token}))))
    return urlunsplit(parts._replace(query=query)), token
