"""Characters of a translation that no font of its language has: they would print as boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.errors import Complaint
from brochure.house import House
from brochure.intake import font
from brochure.language import UNSEEN
from brochure.load.sayings import Saying


def slips(it: House, tag: str, said: Iterable[Saying]) -> Iterator[Complaint]:
    """A complaint for every text with characters that no font of the language's families has."""
    texts = list(said)
    lost = missing(it, tag, {c for saying in texts for c in saying.letters if not c.isspace()} - UNSEEN)
    for saying in texts:
        if found := sorted(lost & set(saying.letters)):
            named = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in found[:5])
            yield Complaint(
                saying.place,
                f"no font of this language has {named}.",
                f"Write it another way, or add a font to text: and display: in content/{tag}/language.yaml.",
            )


def missing(it: House, tag: str, characters: set[str]) -> set[str]:
    """Those of the characters that no font of the language has. Large fonts are only opened for what small ones
    lack: the list of a Chinese font takes 0.15 s."""
    words = it.languages[tag].words
    families = {*words.text, *words.display}
    files = {face.file: it.assets.get(face.file, b"") for face in it.brand.fonts if face.family in families}
    for content in sorted(files.values(), key=len):
        if not characters:
            break
        if (known := font.characters(content)) is None:
            return set()  # a broken font is a slip elsewhere
        characters = {c for c in characters if ord(c) not in known}
    return characters if files else set()
