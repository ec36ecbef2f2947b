"""An edition's contacts: that they are there, that a language says something of each, and that a QR code can lead on."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.errors import Complaint, Place
from brochure.house import House
from brochure.load.references import excused, known
from brochure.load.sayings import source
from brochure.model.shown import ContactRef

CONTACTS = "content/contacts.yaml"  # a house that names nobody has no such file


def slips(it: House, name: str) -> Iterator[Complaint]:
    """Every contact that an edition chooses and can't show, and a page that shows contacts where none is chosen.
    Translations are compared with the written language, so only that one is looked at here."""
    chosen, tag = it.editions[name].contacts, source(it)
    for ref in chosen:
        yield from known(it, ref, it.contacts, CONTACTS)
        if (
            ref in it.contacts
            and tag in it.languages
            and ref not in it.languages[tag].contacts
            and not excused(it, ref)
        ):
            what = f"content/{tag}/contacts.yaml says nothing of “{ref}”."
            yield Complaint(ref.place, what, f"Add {ref}: there, with name and note.")
    for page, place in _showing(it, name):
        if not chosen:
            what = f"the page “{page}” shows the edition's contacts, and it has none."
            yield Complaint(place, what, f"Add contacts: with ids out of {CONTACTS}.")
        else:
            yield from _coded(it, chosen[0], tag)


def _showing(it: House, name: str) -> Iterator[tuple[str, Place]]:
    """The pages of an edition that show its first contact's QR code, with their places."""
    edition = it.editions[name]
    places = {str(entry.id): entry.id.place for entry in edition.flatplan}
    if edition.personal:
        places[str(edition.personal.letter.id)] = edition.personal.letter.id.place
    for page in it.pages(name):
        if page.kind.contacts and not getattr(page.show, "portal", None):
            yield page.id, places[page.id]


def _coded(it: House, ref: ContactRef, tag: str) -> Iterator[Complaint]:
    """The first contact has a site, and words for those who can't see the code that leads there."""
    if ref in it.contacts and not it.contacts[ref].portal:
        what = f"a QR code leads to the first contact, and “{ref}” has no portal."
        yield Complaint(ref.place, what, f"Write its portal: into {CONTACTS}, or put another contact first.")
    words = it.languages[tag].contacts.get(ref) if tag in it.languages else None
    if words and not words.code_alt:
        what = f"“{ref}” stands first, and nothing says what its QR code opens."
        yield Complaint(words.name.place, what, f"Add code_alt: to it in content/{tag}/contacts.yaml.")
