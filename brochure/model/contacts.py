"""Contacts: whom a reader may turn to, and what a language says of them. An edition chooses which it shows."""

from __future__ import annotations

from urllib.parse import urlsplit

from brochure.model.mail import Address
from brochure.model.markup import Text
from brochure.model.values import Line, Model, Passage, Url


class Contact(Model):
    """content/contacts.yaml: how a contact is reached, in every language alike. ``portal``: its site, where a QR code
    leads; ``telephone`` as it is dialled from abroad; ``address``: the postal address in one line. A card looks finished
    without any of them."""

    portal: Url | None = None
    telephone: Line | None = None
    email: Address | None = None
    address: Line | None = None

    @property
    def site(self) -> str:
        """The portal as people write it: ``investkaluga.com``; empty without one."""
        parts = urlsplit(self.portal or "")
        return f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")


class ContactWords(Model):
    """content/<language>/contacts.yaml: what a contact is called, what it does, and what its QR code opens (needed where
    it stands first)."""

    name: Text
    note: Text
    code_alt: Passage | None = None
