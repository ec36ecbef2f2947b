"""Letters into the post: each at most once, at the server's pace, every step in the ledger before it is taken."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from brochure.deliver import envelope
from brochure.deliver.ledger import Ledger, Posted, State
from brochure.deliver.post import Answer, Fate, Post, Unreachable
from brochure.errors import Complaint, ContentError, ExitCode, Place
from brochure.house import House
from brochure.model.mail import Mail
from brochure.model.recipients import Recipient
from brochure.press.letters.mailing import SETTINGS, Asked, Mailed, Mailing
from brochure.typeset.setter import Progress

BECOMES = {
    Fate.ACCEPTED: State.SENT,
    Fate.REFUSED: State.REFUSED,
    Fate.LOST: State.UNCERTAIN,
    Fate.DEFERRED: State.PENDING,
    Fate.NOT_TAKEN: State.PENDING,
}

IN_A_ROW = 5  # broken lines, after which it is no longer a letter's own misfortune


@dataclass(frozen=True)
class Clock:
    """The time, and how to let it pass; tests have one of their own."""

    tick: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


def write(house: House, asked: Asked, out: Path, ledger: Path, progress: Progress | None = None) -> Mailed:
    """Letters as files, for everybody on the list whom no suppression holds back; none is sent."""
    mailing = Mailing(house, asked, out)
    with Ledger(ledger) as book:
        campaign = book.campaign(asked.edition, asked.new_campaign)
        mailed, _ = mailing.write(campaign, book.suppressed(), progress)
        mailed.tally = book.tally(campaign)
    return mailed


def send(
    house: House, asked: Asked, out: Path, ledger: Path, progress: Progress | None = None, clock: Clock | None = None
) -> Mailed:
    """Letters as files and into the post. Whoever has got one in this campaign gets none; what became uncertain is
    sent again only when asked for."""
    mailing = Mailing(house, asked, out)
    _may_send(mailing.settings)
    with Ledger(ledger) as book:
        if asked.new_campaign and not asked.trial:
            _may_begin(book, asked.edition, mailing.stamps)
        campaign = book.campaign(asked.edition, asked.new_campaign)
        mailed, entered = mailing.write(campaign, book.suppressed())
        postman = _Postman(mailing, book, mailed, clock or Clock(), progress)
        if asked.trial:
            postman.trial(asked.trial, asked.limit)
            return mailed
        book.enrol(campaign, mailing.stamps, entered, asked.resend_uncertain)
        postman.round({it.address for it in entered}, asked.limit)
        mailed.tally = book.tally(campaign)
    return mailed


def _may_send(settings: Mail) -> None:
    slips = []
    if settings.server is None:
        what = "no server is named that takes the letters."
        slips.append(Complaint(Place(SETTINGS), what, "Add server: with host, port and security."))
    elif settings.nobodys and not settings.server.local:
        what = f"the sender {settings.sender} is an example's and belongs to nobody."
        slips.append(Complaint(Place(SETTINGS), what, "Write the agency's own address."))
    if slips:
        raise ContentError(slips)


def _may_begin(book: Ledger, edition: str, stamps: dict[str, str]) -> None:
    """ContentError when the latest campaign brings the very same letters and hasn't come to its end: most often the
    command that began it was stopped, and is given again."""
    latest = book.campaign(edition)
    if left := book.unfinished(latest, stamps):
        what = f"this campaign isn't finished: {left:,} of its letters wait or are uncertain."
        remedy = "Go on without --new-campaign; who has a letter would get a second one. What never arrives ends with --suppress."
        raise ContentError([Complaint(f"campaign {latest}", what, remedy)])


def _given_up(settings: Mail, said: str) -> Complaint:
    assert settings.server
    what = f"the line broke {IN_A_ROW} times in a row or more ({said}); the other letters wait."
    remedy = "Ask the server's keeper, then start again."
    return Complaint(
        f"smtp:{settings.server.host}:{settings.server.port}", what, remedy, ExitCode.MACHINE, warning=True
    )


@dataclass
class _Postman:
    mailing: Mailing
    book: Ledger
    mailed: Mailed
    clock: Clock
    progress: Progress | None
    post: Post | None = None
    last: float | None = None
    tries: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    mute: int = 0

    def __post_init__(self) -> None:
        self.people = {person.email.lower(): person for person in self.mailing.people}
        self.settings = self.mailing.settings

    def round(self, listed: set[str], limit: int) -> None:
        """Sends what is pending to those on the list, busy servers' letters again after a while."""
        everybody = self.book.letters(self.mailed.campaign)
        pending = [it for it in everybody if it.address in listed and it.state is State.PENDING]
        self.mailed.already = sum(it.address in listed and it.state is State.SENT for it in everybody)
        queue = [(0.0, number, it) for number, it in enumerate(pending[: limit or None])]
        done = 0
        try:
            while queue:
                due, number, it = heapq.heappop(queue)
                self._until(due)
                answer = self._offer(it)
                self._settle(it, answer)
                if self._silent(answer):
                    self.mailed.slips += (_given_up(self.settings, answer.said),)
                    break
                if answer.fate in (Fate.DEFERRED, Fate.NOT_TAKEN) and self._again(it):
                    heapq.heappush(queue, (self.clock.tick() + self._patience(self.tries[it.address]), number, it))
                    continue
                done += 1
                if self.progress:
                    self.progress(it.address, done, len(pending[: limit or None]))
        finally:
            self._hang_up()
        self._sum_up(listed)

    def _silent(self, answer: Answer) -> bool:
        """Whether it is the server that fails, not single letters: lines broke too often in a row behind whole letters,
        each of which somebody would have to ask for; or none came about, and pauses didn't help."""
        if answer.fate not in (Fate.LOST, Fate.NOT_TAKEN):
            self.lost = self.mute = 0
            return False
        self.lost += answer.fate is Fate.LOST
        self.mute += 1
        pauses, rest = divmod(self.mute, IN_A_ROW)
        if self.lost >= IN_A_ROW or pauses >= self.settings.attempts:
            return True
        if not rest:
            self._until(self.clock.tick() + self._patience(pauses))
        return False

    def _offer(self, it: Posted) -> Answer:
        """Gives one letter to the server; its state is on the disk before its first byte leaves."""
        try:
            post = self._line()
        except Unreachable as error:
            return Answer(Fate.NOT_TAKEN, str(error))
        letter = self.mailing.letter(self.people[it.address], self.mailed.campaign)
        raw = envelope.sealed(letter, datetime.now(UTC))
        self._pace()
        return post.deliver(
            self.settings.sender,
            self.people[it.address].email,
            raw,
            lambda: self.book.note(self.mailed.campaign, it.address, State.SENDING),
        )

    def _settle(self, it: Posted, answer: Answer) -> None:
        self.book.note(self.mailed.campaign, it.address, BECOMES[answer.fate], answer.said)
        self.mailed.sent += answer.fate is Fate.ACCEPTED

    def _again(self, it: Posted) -> bool:
        self.tries[it.address] = self.tries.get(it.address, 0) + 1
        return self.tries[it.address] < self.settings.attempts

    def _patience(self, attempts: int) -> float:
        """How many seconds to wait for the next attempt: twice as long after each."""
        return float(self.settings.wait) * float(2 ** (attempts - 1))

    def _line(self) -> Post:
        if self.post is None or not self.post.open:
            self._hang_up()
            assert self.settings.server
            self.post = Post(self.settings.server).__enter__()
        return self.post

    def _hang_up(self) -> None:
        if self.post:
            self.post.__exit__(None, None, None)
        self.post = None

    def _until(self, due: float) -> None:
        if (left := due - self.clock.tick()) > 0:
            self._hang_up()  # no server likes a line on which nothing is said
            self.clock.wait(left)

    def _pace(self) -> None:
        """Not more letters a minute than the settings say."""
        gap = 60 / self.settings.rate
        if self.last is not None and (left := self.last + gap - self.clock.tick()) > 0:
            self.clock.wait(left)
        self.last = self.clock.tick()

    def _sum_up(self, listed: set[str]) -> None:
        lists = {
            State.REFUSED: self.mailed.refused,
            State.UNCERTAIN: self.mailed.uncertain,
            State.PENDING: self.mailed.waiting,
        }
        for it in self.book.letters(self.mailed.campaign):
            if it.address in listed and it.state in lists:
                # whoever looks a letter up in a server's log needs its Message-ID
                said = f"{it.reply} {it.message_id}" if it.state is State.UNCERTAIN else it.reply
                lists[it.state].append((it.address, said))

    def trial(self, address: str, limit: int) -> None:
        """Sends a letter of each language, or the first ``limit`` ones, to one address."""
        first = {person.language: person for person in reversed(self.mailing.people)}
        chosen: Sequence[Recipient] = self.mailing.people[:limit] if limit else list(first.values())
        campaign = f"trial {datetime.now(UTC).isoformat()}"
        try:
            for number, person in enumerate(chosen):
                letter = self.mailing.letter(person, f"{campaign} {number}", address)
                self._pace()
                answer = self._line().deliver(
                    self.settings.sender, address, envelope.sealed(letter, datetime.now(UTC)), lambda: None
                )
                if answer.fate is not Fate.ACCEPTED:
                    told = self.mailed.refused if answer.fate is Fate.REFUSED else self.mailed.waiting
                    told.append((address, answer.said))
                self.mailed.sent += answer.fate is Fate.ACCEPTED
        except Unreachable as error:
            self.mailed.waiting.append((address, str(error)))
        finally:
            self._hang_up()
