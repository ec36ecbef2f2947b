"""PO, the format of gettext: markup stays as it is written, and is checked when it comes back."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from brochure.errors import Place
from brochure.exchange.guard import damaged, decoded
from brochure.model.phrase import Delivery, Parcel, Returned, State

SOURCE = "X-Source-Language"
CONTEXT = re.compile(r'^msgctxt[ ]+"(?P<key>.*)"\s*$', re.MULTILINE)


def written(parcel: Parcel) -> bytes:
    """A parcel as PO; texts whose translation nobody has checked are fuzzy."""
    day = datetime.fromisoformat(parcel.day).replace(tzinfo=UTC)
    catalog = Catalog(
        locale=parcel.target.replace("-", "_"), project="brochure", creation_date=day, revision_date=day, fuzzy=False,
        header_comment="\n".join(f"# {line}" for line in parcel.about), charset="utf-8",
    )  # fmt: skip
    for phrase in parcel.phrases:
        figures = [f"{code} prints {text}" for code, text in phrase.printed.items()]
        message = Message(
            phrase.source, phrase.target, context=phrase.key, locations=[(phrase.place.file, phrase.place.line)],
            auto_comments=[*phrase.notes, *figures],
        )  # fmt: skip
        message.flags = {"fuzzy"} if phrase.state is State.CHANGED else set()
        catalog[phrase.source] = message
    out = io.BytesIO()
    write_po(out, catalog, width=0)
    head, _, rest = out.getvalue().partition(b'"MIME-Version')
    return head + f'"{SOURCE}: {parcel.source}\\n"\n'.encode() + b'"MIME-Version' + rest


def read(content: bytes, name: str) -> Delivery:
    """The texts of an office's file; AssetError when it is damaged."""
    text = decoded(content, name)
    lines = text.replace("\r\n", "\n").split("\n")
    try:
        catalog = read_po(lines, ignore_obsolete=True, abort_invalid=True)
        source = re.search(rf'^"{SOURCE}: ([A-Za-z0-9-]+)\\n"', text, re.MULTILINE)
        target = re.search(r'^"Language: ([A-Za-z0-9_-]+)\\n"', text, re.MULTILINE)
    except Exception as error:  # Babel raises whatever a broken line makes it stumble over
        line = int(getattr(error, "lineno", 0) or 0) + 1
        raise damaged(name, "is no PO file that can be read.", line=line) from None
    if source is None or target is None:
        raise damaged(name, f"doesn't say its languages ({SOURCE}, Language).", "Keep the header of the exported file.")
    _single(text, name)
    found = [_returned(message, name) for message in catalog if message.context]
    return Delivery(source[1], target[1].replace("_", "-"), tuple(found))


def _single(text: str, name: str) -> None:
    """Babel keeps the last of two messages with one context without a word."""
    counts = Counter(found["key"] for found in CONTEXT.finditer(text))
    for found in CONTEXT.finditer(text):
        if counts[found["key"]] > 1:
            line = text.count("\n", 0, found.start()) + 1
            raise damaged(name, f"has the text “{found['key'][:80]}” twice.", "Keep one of the two.", line)


def _returned(message: Message, name: str) -> Returned:
    place = Place(name, max((message.lineno or 1) - 1, 1))
    source, target = (text if isinstance(text, str) else "" for text in (message.id, message.string))
    return Returned(str(message.context), place, source.strip(), target.strip())
