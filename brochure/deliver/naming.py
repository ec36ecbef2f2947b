"""What a recipient's files are called: nothing that a name holds can lead elsewhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from brochure.model.recipients import Recipient

SLUG = 60  # letters at most


def slug(person: Recipient) -> str:
    """``<row>-<name in small plain letters>-<six hexadecimal digits of the row>``: different rows never share one."""
    name = unicodedata.normalize("NFKD", person.latin_name or person.name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:SLUG].strip("-")
    row = "\0".join((str(person.row), person.name, person.latin_name, person.company, person.language, person.email,
                     person.country, person.contact, *person.interests))  # fmt: skip
    return "-".join(filter(None, (str(person.row), plain, hashlib.sha256(row.encode()).hexdigest()[:6])))
