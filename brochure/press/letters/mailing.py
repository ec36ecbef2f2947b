"""Letters: a list of recipients becomes letters in files."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from brochure import compose, deliver, load
from brochure.compose.letter import Enclosed, Scribe
from brochure.deliver import envelope, personal
from brochure.deliver.envelope import Letter
from brochure.deliver.ledger import Posted, State
from brochure.deliver.personal import LETTERS
from brochure.errors import Complaint, ContentError, ExitCode, MachineError, Place, errors_in
from brochure.house import House
from brochure.load.recipients import recipients
from brochure.model.mail import Mail
from brochure.model.recipients import Recipient, Recipients
from brochure.model.values import Line
from brochure.press.copies.origin import Copied
from brochure.stages import Order
from brochure.typeset.setter import Progress

SETTINGS = "content/mail.yaml"
BROCHURE = "brochure.screen.pdf"
NOON = 12  # o'clock, UTC, of the edition's day: the date of a letter that waits in a file
NOBODY = Recipient(0, Place("recipients"), "", "", "", "nobody@nowhere.example")


@dataclass(frozen=True)
class Asked:
    """What a mailing may be told. ``limit``: how many letters are sent at most, all when 0; ``trial``: the address that
    gets them instead of the recipients, without a trace in the ledger."""

    edition: str
    list: Path
    encoding: str = ""
    skip_bad: bool = False
    limit: int = 0
    trial: str = ""
    resend_uncertain: bool = False
    new_campaign: bool = False


@dataclass
class Mailed:
    """What a mailing came to. ``letters``: the files written; ``samples``: address and subject of the first ones;
    ``passed_over``: addresses that get no letter, and why; ``refused``: addresses and what the server said;
    ``tally``: how many letters of the campaign are in which state."""

    campaign: str
    letters: list[Path] = field(default_factory=list)
    samples: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    sent: int = 0
    already: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    uncertain: list[tuple[str, str]] = field(default_factory=list)
    tally: Counter[State] = field(default_factory=Counter)
    slips: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class File:
    """A brochure on the disk: where it stands, its sha256, its size in bytes, and whether it was made for one reader."""

    path: Path
    sha256: str
    size: int
    personal: bool = False


class Mailing:
    """The letters of one list. Reading it raises BrochureError when the list, the settings or the words have a slip, or
    a brochure is missing: then nothing has been written."""

    def __init__(self, house: House, asked: Asked, out: Path) -> None:
        self.house, self.asked, self.folder = house, asked, out / asked.edition
        self.settings = _settings(house)
        self.listed = recipients(house, asked.edition, asked.list, asked.encoding)
        self.people = _sound(self.listed, asked.skip_bad)
        self.languages = tuple(dict.fromkeys(person.language for person in self.people))
        self.scribes = {tag: self._scribe(tag) for tag in self.languages}
        self.common: dict[str, File] = {}
        self.copies = personal.journal(self.folder)
        Copied(house, asked.edition, self.listed, self.copies).held(self.people, str(asked.list))
        self.files = {person.row: self._brochure(person) for person in self.people}
        self._may_link()

    def _scribe(self, tag: str) -> Scribe:
        manuscript = load.manuscript(self.house, Order(self.asked.edition, tag))
        words = manuscript.language.mail[self.asked.edition]
        _heads([words.sender, words.subject])
        return Scribe(manuscript, words, self.settings.unsubscribe or "")

    def _brochure(self, person: Recipient) -> File:
        """The reader's own copy where one was made, else the common brochure in the reader's language."""
        name = f"{personal.FOLDER}/{deliver.slug(person)}/{BROCHURE}"
        if (copy := self.copies.get(name)) and (self.folder / name).exists():
            return File(self.folder / name, copy.sha256, copy.bytes, personal=True)
        if person.language not in self.common:
            self.common[person.language] = _file(self.folder / person.language / BROCHURE)
        return self.common[person.language]

    def _attached(self, file: File) -> bool:
        return file.size <= self.settings.attach_megabytes * 1_000_000

    def _may_link(self) -> None:
        """ContentError when a brochure is too large to travel and there is no address that it could be fetched from."""
        heavy = [file for file in self.files.values() if not self._attached(file)]
        if heavy and not self.settings.base_url:
            what = f"a brochure has {heavy[0].size / 1e6:.1f} MB, more than attach_megabytes: {self.settings.attach_megabytes}."
            remedy = f"Name the address where out/{self.asked.edition}/ has been put as base_url:, or raise the limit."
            raise ContentError([Complaint(Place(SETTINGS), what, remedy)])

    @cached_property
    def stamps(self) -> dict[str, str]:
        """By language the digest of all that its letters share: words, templates, settings, and the edition itself."""
        return {tag: self._stamp(tag, scribe) for tag, scribe in self.scribes.items()}

    def _stamp(self, tag: str, scribe: Scribe) -> str:
        blank = scribe.letter(NOBODY, Enclosed())
        settings = self.settings.model_dump_json(exclude={"server", "rate", "attempts", "wait"})
        edition = compose.sheet(scribe.manuscript, draw=False).digest
        return hashlib.sha256(
            json.dumps([blank.subject, blank.html, blank.text, settings, edition, tag]).encode()
        ).hexdigest()

    def letter(self, person: Recipient, campaign: str, to: str = "") -> Letter:
        """The letter to one recipient, or to the address of a trial. MachineError when the brochure has changed since
        the mailing began: nobody gets a file that wasn't meant for them."""
        file, words = self.files[person.row], self.scribes[person.language].words
        attached = self._attached(file)
        enclosed = Enclosed(file.size if attached else 0, "" if attached else self._link(file), file.personal)
        name = envelope.message_id(campaign, (to or person.email).lower(), self.settings.sender.rpartition("@")[2])
        unsubscribe = envelope.unsubscribing(self.settings.unsubscribe or "", name)
        written = self.scribes[person.language].letter(person, enclosed, unsubscribe)
        return Letter(
            sender=(str(words.sender), self.settings.sender),
            to=(person.name, to or person.email),
            subject=written.subject,
            html=written.html,
            text=written.text,
            language=str(self.scribes[person.language].manuscript.language.words.locale),
            message_id=name,
            reply_to=self.settings.reply_to or "",
            unsubscribe=unsubscribe,
            attached=(self._called(person.language), _same(file)) if attached else None,
        )

    def _called(self, tag: str) -> str:
        """What the attached brochure is called: by its own title, else by that in the written language."""
        languages, written = self.house.languages, self.house.editions[self.house.default_edition].languages[0]
        return deliver.download([str(languages[it].editions[self.asked.edition].title) for it in (tag, written)], tag)

    def _link(self, file: File) -> str:
        assert self.settings.base_url
        return f"{self.settings.base_url.rstrip('/')}/{file.path.relative_to(self.folder).as_posix()}"

    def posted(self, person: Recipient, letter: Letter) -> Posted:
        """The letter as the ledger knows it."""
        return Posted(
            person.email.lower(), letter.message_id, letter.digest, self.files[person.row].sha256, person.language
        )

    def write(
        self, campaign: str, suppressed: Mapping[str, str], progress: Progress | None = None
    ) -> tuple[Mailed, list[Posted]]:
        """Writes a letter for everybody who may get one to ``out/<edition>/mail/``, readable by their owner only, and
        takes away letters of an earlier list."""
        folder, mailed, entered = self.folder / LETTERS, Mailed(campaign, slips=self.listed.slips), []
        deliver.private(folder)
        date = self.house.editions[self.asked.edition].date.first
        noon = datetime(date.year, date.month, date.day, NOON, tzinfo=UTC)
        for number, person in enumerate(self.people, 1):
            if reason := suppressed.get(person.email.lower()):
                mailed.passed_over.append((person.email, reason))
                continue
            letter = self.letter(person, campaign)
            mailed.letters.append(
                deliver.written(folder / f"{deliver.slug(person)}.eml", envelope.sealed(letter, noon), mode=0o600)
            )
            mailed.samples += [(person.email, letter.subject)] if number <= SAMPLES else []
            entered.append(self.posted(person, letter))
            if progress:
                progress(person.email, number, len(self.people))
        for old in set(folder.glob("*.eml")) - set(mailed.letters):
            old.unlink()
        return mailed, entered


SAMPLES = 3


def _settings(house: House) -> Mail:
    if house.mail is None:
        remedy = "Write it: sender, and what the README says of letters."
        raise ContentError([Complaint(Place(SETTINGS), "this house sends no letters: the file is missing.", remedy)])
    return house.mail


def _sound(listed: Recipients, skip_bad: bool) -> tuple[Recipient, ...]:
    """The recipients that may be written to; ContentError when a row has a slip, unless those are to be left out, and
    for a name that could break out of a letter's head."""
    slips = [*listed.slips, *_unsafe(listed)]
    if errors_in(slips) and not skip_bad:
        raise ContentError(slips)
    bad = {slip.where for slip in slips}
    people = tuple(person for person in listed.people if person.place not in bad)
    if not people:
        raise ContentError(slips)
    return people


def _unsafe(listed: Recipients) -> Iterator[Complaint]:
    for person in listed.people:
        yield from _beyond(person.place, f"the name “{person.name}”", person.name)


def _heads(lines: Sequence[Line]) -> None:
    """ContentError for words of our own that a letter's head can't hold."""
    if slips := [slip for line in lines for slip in _beyond(line.place, f"“{line}”", line)]:
        raise ContentError(slips)


def _beyond(place: Place, what: str, text: str) -> Iterator[Complaint]:
    if sign := envelope.unsafe(text):
        seen = f"“{sign}”" if sign.isprintable() else f"the invisible character U+{ord(sign):04X}"
        yield Complaint(place, f"a letter's head can't hold {what}.", f"Write it without {seen}.")


def _file(path: Path) -> File:
    try:
        content = path.read_bytes()
    except OSError:
        what, remedy = "there is no brochure to send.", "Make it first: build.py build --output screen."
        raise ContentError([Complaint(str(path), what, remedy)]) from None
    return File(path, hashlib.sha256(content).hexdigest(), len(content))


def _same(file: File) -> bytes:
    """The file's bytes, if they are still the ones that the mailing began with."""
    content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        what, remedy = "this file has changed while letters were written.", "Start again when nothing is being built."
        raise MachineError([Complaint(str(file.path), what, remedy, ExitCode.MACHINE)])
    return content
