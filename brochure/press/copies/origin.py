"""What personal copies are made from, as a digest: by it a run knows what is finished, and a mailing what is stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from brochure import __version__, load
from brochure.compose import arrange
from brochure.compose.personal import Addressed, Binder, Letters
from brochure.deliver import personal
from brochure.deliver.naming import slug
from brochure.errors import Complaint, ContentError, Place
from brochure.house import House, PlannedPage
from brochure.load.lettering import printable
from brochure.model.recipients import Recipient, Recipients
from brochure.press.copies.errand import Copy, PageOrder
from brochure.press.copies.token import address, portal
from brochure.stages import Manuscript, Order

PROBE = Recipient(0, Place("?"), "?", "?", "?", "?")
SCREEN = "brochure.screen.pdf"


class Origin:
    """One edition's letters and common pages, composed when they are asked for."""

    def __init__(self, house: House, edition: str) -> None:
        self.house, self.edition = house.dressed(edition), edition
        self.letter: PlannedPage = self.house.letters[edition]
        self.binders: dict[str, Binder] = {}
        self.writers: dict[str, Letters] = {}
        self.bases: dict[str, list[str]] = {}

    def manuscript(self, language: str) -> Manuscript:
        """The edition's copies in one language."""
        return load.manuscript(self.house, Order(self.edition, language, product="copy"))

    def letters(self, language: str) -> Letters:
        """Who composes the letters of a language."""
        if language not in self.writers:
            self.writers[language] = Letters(self.manuscript(language), self.letter)
        return self.writers[language]

    def binder(self, language: str) -> Binder:
        """Who composes the common pages of a language."""
        if language not in self.binders:
            self.binders[language] = Binder(self.manuscript(language), self.letter)
        return self.binders[language]

    def base(self, language: str) -> Sequence[str]:
        """What changes with anything that all copies of a language share: program, pages, letter."""
        if language not in self.bases:
            plan = self.manuscript(language).plan
            probe = self.letters(language).sheet([Addressed(PROBE, "?", plan, "https://brochure.invalid/")])
            self.bases[language] = [__version__, self.binder(language).digest, probe.digest]
        return self.bases[language]

    def job(self, copy: Copy, order: PageOrder, output: str, *press: str) -> str:
        """The digest of all that a file of a copy is made from. ``press``: what a print file depends on beside it."""
        told = {**asdict(copy.recipient), "place": "", "called": copy.called}
        base = self.base(copy.recipient.language)
        return hashlib.sha256(json.dumps([*base, order, told, copy.address, output, *press]).encode()).hexdigest()


class Copied:
    """The personal screen copies that lie in an edition's folder, held against a list of recipients."""

    def __init__(self, house: House, edition: str, listed: Recipients, copies: Mapping[str, personal.Record]) -> None:
        self.copies = copies
        self.origin = Origin(house, edition) if copies and edition in house.letters else None
        if self.origin:
            self.called = printable(house, listed)[1]
            self.key = personal.secret(house.root)
            self.portal = portal(house, edition)
            self.tokens = {record.token for file, record in copies.items() if file.endswith(f"/{SCREEN}")}

    def fresh(self, person: Recipient) -> bool:
        """Whether the copy that lies there for somebody, if any does, was made from the row and the edition as they are
        now: no copy in the recipient's folder, but one with the recipient's token, was made from an older row."""
        if self.origin is None:
            return True
        found = address(self.portal, self.key, self.origin.edition, person)
        record = self.copies.get(f"{personal.FOLDER}/{slug(person)}/{SCREEN}")
        if record is None or person.row not in self.called:
            return found[1] not in self.tokens
        plan = self.origin.letters(person.language).planner.arranged(person.interests)
        copy = Copy(person, self.called[person.row], slug(person), *found)
        return record.job == self.origin.job(copy, arrange.order(plan), "screen")

    def held(self, people: Sequence[Recipient], file: str) -> None:
        """ContentError when somebody's copy is stale: nobody gets what isn't said any more."""
        stale = [person for person in people if not self.fresh(person)]
        if stale:
            more = f", and {len(stale) - 1:,} more" if len(stale) > 1 else ""
            what = f"the personal copy of {stale[0].name} was made from an older edition or row{more}."
            again = f"build.py personalise --edition {self.origin.edition if self.origin else ''}"
            remedy = f"Make it anew: {again} {file}; or delete all copies: {again} --forget."
            raise ContentError([Complaint(stale[0].place, what, remedy)])
