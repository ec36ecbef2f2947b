"""Whether a translation says what the text that it was made from says: nothing missing, nothing stale, the same facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from brochure.errors import Complaint, Place, one_line
from brochure.house import House
from brochure.load import budgets, glyphs
from brochure.load.papers import ACCEPTED
from brochure.load.sayings import Saying, sayings, source
from brochure.model.phrase import State

SAME = "same"
LATIN = re.compile(r"[A-Za-z]{3,}")


def house(it: House, draft: bool = False) -> Iterator[Complaint]:
    """Every disagreement between the translations of a house and the language that they were made from; only
    warnings in a draft."""
    written = source(it)
    if written not in it.languages:
        return
    every = sayings(it, written)
    for tag in it.languages:
        if tag != written:
            for complaint in _translation(it, tag, every):
                yield replace(complaint, warning=complaint.warning or draft)


def originals(it: House, tag: str) -> dict[str, Saying]:
    """Every text of the written language that a language must say, too: all but those of pages and editions that it
    isn't in. A language that no edition has yet is to be in all."""
    return _asked(it, tag, sayings(it, source(it)))


def _asked(it: House, tag: str, every: Mapping[str, Saying]) -> dict[str, Saying]:
    mine = [name for name, edition in it.editions.items() if tag in edition.languages] or [*it.editions]
    files = {file for name in mine for file in _files(it, name)}
    return {
        key: said
        for key, said in every.items()
        if said.file in files or not said.file.startswith(("pages/", "editions/", "mail/"))
    }


def _files(it: House, name: str) -> Iterator[str]:
    """The files of words that an edition may read, below a language's folder."""
    for giver in it.lineage(name):
        yield f"editions/{giver}.yaml"
        yield f"mail/{giver}.yaml"
    for entry in it.editions[name].flatplan:
        yield f"pages/{entry.id}.yaml"
        yield from (f"pages/{giver}/{entry.id}.yaml" for giver in it.lineage(name))


def states(it: House, tag: str) -> dict[str, State]:
    """How far each text of the written language is translated, by its key."""
    found = sayings(it, tag)
    return {key: _state(it, tag, original, found.get(key)) for key, original in originals(it, tag).items()}


def _state(it: House, tag: str, original: Saying, saying: Saying | None) -> State:
    if saying is None:
        return State.MISSING
    if _untranslated(it, tag, original, saying):
        return State.SAME
    return State.DONE if accepted(it, tag, original.key) == original.digest else State.CHANGED


def accepted(it: House, tag: str, key: str) -> str:
    """The digest of the text that an accepted translation was made from; empty when nobody has accepted it."""
    return it.languages[tag].accepted.get(key, "").partition(" ")[0]


def _translation(it: House, tag: str, every: Mapping[str, Saying]) -> Iterator[Complaint]:
    found, asked = sayings(it, tag), _asked(it, tag, every)
    for key, original in asked.items():
        if key in found:
            yield from pair(it, tag, original, found[key])
            yield from budgets.slips(it, tag, original, found[key])
        elif not _excused(it, tag, original.file):
            yield Complaint(
                Place(f"content/{tag}/{original.file}"),
                f"“{original.name}” isn't translated: “{short(original.raw)}”.",
                "Add the key with its translation.",
            )
    for key, saying in found.items():
        if key not in every and not _excused(it, source(it), saying.file):
            yield Complaint(
                saying.place,
                f"“{saying.name}” translates nothing: the text in {source(it)} has no such key.",
                "Remove it, or compare the key's spelling.",
            )
    yield from glyphs.slips(it, tag, found.values())
    yield from _unaccepted(it, tag, asked, found)


def _excused(it: House, tag: str, file: str) -> bool:
    """Whether a file has slips of its own, so that its missing texts are told already."""
    return f"content/{tag}/{file}" in it.spoiled


def pair(it: House, tag: str, original: Saying, saying: Saying) -> Iterator[Complaint]:
    """What a translation says that its original doesn't, or the other way round; and whether it is one at all."""
    yield from mentions(it, original, saying)
    if _untranslated(it, tag, original, saying):
        yield Complaint(
            saying.place,
            f"this is still the text in {source(it)}: “{short(saying.raw)}”.",
            f"Translate it, or say that it stays: build.py translations accept {saying.key} --language {tag}.",
        )
    yield from kept(it, original, saying)


def kept(it: House, original: Saying, saying: Saying) -> Iterator[Complaint]:
    """Terms that stay as they are in every language, and that the translation has lost."""
    for term in it.terms.keep:
        if term in original.letters and term not in saying.letters:
            yield Complaint(
                saying.place,
                f"“{term}” stays as it is in every language, and this translation doesn't have it.",
                "Write it as the original does, or take it out of content/terms.yaml.",
            )


def mentions(it: House, original: Saying, saying: Saying) -> Iterator[Complaint]:
    """Facts, links and words in braces that only one of the two mentions."""
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


def _untranslated(it: House, tag: str, original: Saying, saying: Saying) -> bool:
    """Whether a text equals its original, has words to translate, and nobody said that it stays."""
    if saying.raw != original.raw or it.languages[tag].accepted.get(saying.key) == f"{saying.digest} {SAME}":
        return False
    return bool(LATIN.search(_untermed(it, saying.letters)))


def _unaccepted(it: House, tag: str, asked: Mapping[str, Saying], found: Mapping[str, Saying]) -> Iterator[Complaint]:
    both = [key for key in asked if key in found]
    if both and not it.languages[tag].accepted:
        yield Complaint(
            Place(f"content/{tag}/{ACCEPTED}"),
            f"nobody has accepted the {len(both)} translations of this language yet.",
            f"Read them beside the original, then say: build.py translations accept --all --language {tag}.",
        )
        return
    for key in both:
        digest = accepted(it, tag, key)
        if digest != asked[key].digest:
            why = "is new" if not digest else f"was made from another text in {source(it)}"
            yield Complaint(
                found[key].place,
                f"this translation {why}: the original now reads “{short(asked[key].raw)}”.",
                f"Compare the two, then say: build.py translations accept {key} --language {tag}.",
            )


def _untermed(it: House, letters: str) -> str:
    """The letters without the terms that stay as they are in every language."""
    for term in it.terms.keep:
        letters = letters.replace(term, "")
    return letters


def _braced(mention: str) -> str:
    return mention if mention.startswith(("{", "[")) else f"{{{mention}}}"


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    words = one_line(text)
    return words if len(words) <= 60 else words[:57].rstrip() + "…"


def accept(it: House, tag: str, keys: frozenset[str] | None) -> tuple[str, list[str]]:
    """``content/<tag>/translated.yaml`` anew, and the keys that changed in it: with every translation accepted, or
    those of ``keys``. A text that equals its original is accepted as the same only when its key is named."""
    every, found = sayings(it, source(it)), sayings(it, tag)
    old = dict(it.languages[tag].accepted)
    lines, changed = {}, []
    for key in sorted(every.keys() & found.keys()):
        line = str(old.get(key, ""))
        if keys is None or key in keys:
            same = found[key].raw == every[key].raw and (keys is not None or line.endswith(f" {SAME}"))
            line = every[key].digest + (f" {SAME}" if same else "")
        if line:
            lines[key] = line
        if line != str(old.get(key, "")):
            changed.append(key)
    return written_down(lines), changed


def written_down(lines: Mapping[str, str]) -> str:
    """``translated.yaml`` with a digest for each key."""
    head = "# Which text each translation was made from. Written by build.py translations accept.\n"
    return head + "".join(f'"{key}": "{line}"\n' for key, line in sorted(lines.items()))


def tally(found: Mapping[str, State]) -> dict[State, int]:
    """How many texts are in each state."""
    counts = Counter(found.values())
    return {state: counts[state] for state in State}
