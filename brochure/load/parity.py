"""Whether a translation says what the text that it was made from says: nothing missing, nothing stale, the same facts.

The first language of the house's default edition is the one that is written; all others are translations of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from brochure.errors import Complaint, Place, one_line
from brochure.model.markup import Figure, Link, Mark, Plain, Text, Words
from brochure.model.mentions import values
from brochure.model.values import Line
from brochure.stages import House

ACCEPTED = "translated.yaml"
SAME = "same"
LATIN = re.compile(r"[A-Za-z]{3,}")
BRACED = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True)
class Saying:
    """One text of one language: where it stands, as written, the facts and targets that it mentions, the words in
    braces that a drawing fills, and its letters without markup."""

    key: str
    place: Place
    raw: str
    mentions: frozenset[str]
    letters: str

    @property
    def digest(self) -> str:
        """Twelve letters that change with the text."""
        return hashlib.sha256(self.raw.encode()).hexdigest()[:12]


def source(it: House) -> str:
    """The language that the others are translated from."""
    return it.editions[it.default_edition].languages[0] if it.editions else ""


def sayings(it: House, tag: str) -> dict[str, Saying]:
    """Every text of a language by its key, such as ``pages/zone.yaml#lead``."""
    language = it.languages[tag]
    pages = [words for (spoken, _), words in it.words.items() if spoken == tag]
    found: dict[str, Saying] = {}
    for value in values([language.common, language.names, language.labels, language.editions, language.ticket, *pages]):
        if isinstance(value, (Line, Text)):
            saying = _saying(value, f"content/{tag}/")
            found[saying.key] = saying
    return found


def _saying(value: Line | Text, folder: str) -> Saying:
    key = f"{value.place.file.removeprefix(folder)}#{value.key}"
    if isinstance(value, Line):
        return Saying(key, value.place, str(value), frozenset(BRACED.findall(value)), BRACED.sub("", value))
    mentions, letters = set(), []
    for node in value.walk():
        if isinstance(node, (Figure, Mark)):
            mentions.add(str(node.fact))
        elif isinstance(node, Link):
            mentions.add(node.target)
        elif isinstance(node, (Words, Plain)):
            letters.append(node.text)
    return Saying(key, value.place, value.raw, frozenset(mentions), " ".join(letters))


def house(it: House) -> Iterator[Complaint]:
    """Every disagreement between the translations of a house and the language that they were made from."""
    written = source(it)
    if written not in it.languages:
        return
    originals = sayings(it, written)
    for tag in it.languages:
        if tag != written:
            yield from _translation(it, tag, originals)


def _translation(it: House, tag: str, originals: Mapping[str, Saying]) -> Iterator[Complaint]:
    found = sayings(it, tag)
    files = {key.partition("#")[0] for key in found}
    for key, original in originals.items():
        file = key.partition("#")[0]
        if key in found:
            yield from _pair(it, tag, original, found[key])
        elif file in files and not _excused(it, tag, file):
            yield Complaint(
                Place(f"content/{tag}/{file}"),
                f"“{key.partition('#')[2]}” isn't translated: “{_short(original.raw)}”.",
                "Add the key with its translation.",
            )
    for key, saying in found.items():
        if key not in originals:
            yield Complaint(
                saying.place,
                f"“{key.partition('#')[2]}” translates nothing: the text in {source(it)} has no such key.",
                "Remove it, or compare the key's spelling.",
            )
    yield from _unaccepted(it, tag, originals, found)


def _excused(it: House, tag: str, file: str) -> bool:
    """Whether a file has slips of its own, so that its missing texts are told already."""
    return f"content/{tag}/{file}" in it.spoiled


def _pair(it: House, tag: str, original: Saying, saying: Saying) -> Iterator[Complaint]:
    if lost := sorted(original.mentions - saying.mentions):
        yield Complaint(
            saying.place,
            f"the translation doesn't mention {', '.join(map(_braced, lost))}, as the text in {source(it)} does.",
            "Put it where the sentence needs it; {@…} prints only its source's mark.",
        )
    if more := sorted(saying.mentions - original.mentions):
        yield Complaint(
            saying.place,
            f"the translation mentions {', '.join(map(_braced, more))}, which the text in {source(it)} doesn't.",
            "Take it out, or write it into the original too.",
        )
    if saying.raw == original.raw and LATIN.search(_untermed(it, saying.letters)) and not _kept(it, tag, saying):
        yield Complaint(
            saying.place,
            f"this is still the text in {source(it)}: “{_short(saying.raw)}”.",
            f"Translate it, or say that it stays: build.py translations accept {saying.key} --language {tag}.",
        )
    for term in it.terms.keep:
        if term in original.letters and term not in saying.letters:
            yield Complaint(
                saying.place,
                f"“{term}” stays as it is in every language, and this translation doesn't have it.",
                "Write it as the original does, or take it out of content/terms.yaml.",
            )


def _unaccepted(
    it: House, tag: str, originals: Mapping[str, Saying], found: Mapping[str, Saying]
) -> Iterator[Complaint]:
    accepted = it.languages[tag].accepted
    both = [key for key in originals if key in found]
    if both and not accepted:
        yield Complaint(
            Place(f"content/{tag}/{ACCEPTED}"),
            f"nobody has accepted the {len(both)} translations of this language yet.",
            f"Read them beside the original, then say: build.py translations accept --all --language {tag}.",
        )
        return
    for key in both:
        digest = accepted.get(key, "").partition(" ")[0]
        if digest != originals[key].digest:
            why = "is new" if not digest else f"was made from another text in {source(it)}"
            yield Complaint(
                found[key].place,
                f"this translation {why}: the original now reads “{_short(originals[key].raw)}”.",
                f"Compare the two, then say: build.py translations accept {key} --language {tag}.",
            )


def _kept(it: House, tag: str, saying: Saying) -> bool:
    """Whether somebody said that this text is the same in both languages."""
    return str(it.languages[tag].accepted.get(saying.key, "")) == f"{saying.digest} {SAME}"


def _untermed(it: House, letters: str) -> str:
    """The letters without the terms that stay as they are in every language."""
    for term in it.terms.keep:
        letters = letters.replace(term, "")
    return letters


def _braced(mention: str) -> str:
    return mention if mention.startswith("{") or ":" in mention else f"{{{mention}}}"


def _short(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def accept(it: House, tag: str, keys: frozenset[str] | None) -> tuple[str, list[str]]:
    """``content/<tag>/translated.yaml`` anew, and the keys that changed in it: with every translation accepted, or
    those of ``keys``. A text that equals its original is accepted as the same only when its key is named."""
    originals, found = sayings(it, source(it)), sayings(it, tag)
    old = dict(it.languages[tag].accepted)
    lines, changed = {}, []
    for key in sorted(originals.keys() & found.keys()):
        line = str(old.get(key, ""))
        if keys is None or key in keys:
            same = found[key].raw == originals[key].raw and (keys is not None or line.endswith(f" {SAME}"))
            line = originals[key].digest + (f" {SAME}" if same else "")
        if line:
            lines[key] = line
        if line != str(old.get(key, "")):
            changed.append(key)
    head = "# Which text each translation was made from. Written by build.py translations accept.\n"
    return head + "".join(f'"{key}": "{line}"\n' for key, line in lines.items()), changed
