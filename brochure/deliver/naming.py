"""What files are called that somebody gets: nothing that a name holds can lead elsewhere, and every program shows it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from brochure.model.recipients import Recipient

SLUG = 60  # letters at most


def slug(person: Recipient) -> str:
    """``<row>-<name in small plain letters>-<six hexadecimal digits of the row>``: different rows never share one."""
    name = unicodedata.normalize("NFKD", person.latin_name or person.name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:SLUG].strip("-")
    row = "\0".join((str(person.row), person.name, person.latin_name, person.company, person.language, person.email,
                     person.country, person.contact, *person.interests))  # fmt: skip
    return "-".join(filter(None, (str(person.row), plain, hashlib.sha256(row.encode()).hexdigest()[:6])))


def download(titles: Sequence[str], tag: str) -> str:
    """What an attached brochure is called in its reader's folder of downloads: ``Kaluga-Region-five-reasons-en.pdf``, by
    the first of its ``titles`` that plain letters can write; other letters arrive garbled in some programs."""
    for title in titles:
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
        words = re.findall(r"[A-Za-z0-9]+", plain)
        if words and sum(map(len, words)) == sum(sign.isalnum() for sign in title):
            return f"{'-'.join(words)[:SLUG].strip('-')}-{tag}.pdf"
    return f"brochure-{tag}.pdf"
