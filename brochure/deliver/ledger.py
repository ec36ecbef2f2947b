"""The ledger of letters: what was sent to whom, so that nobody gets two and nobody is forgotten unknowingly.

A letter is ``pending``, then ``sending`` (on the disk before its first byte leaves), then ``sent``, or ``refused`` for
good. When the line breaks after the letter was handed over nobody can know whether it arrived (RFC 1047): it is
``uncertain``, and so is every letter that a killed run has left ``sending``. A message of failure that comes back later
makes it ``bounced``."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from brochure.errors import BusyError, Complaint, ContentError, ExitCode, MachineError

APPLICATION, VERSION = 0x42524F43, 1  # SQLite's application_id and user_version
SCHEMA = """
CREATE TABLE campaign (name TEXT, language TEXT, stamp TEXT NOT NULL, begun TEXT NOT NULL, PRIMARY KEY (name, language));
CREATE TABLE letter (
  campaign TEXT, address TEXT, message_id TEXT NOT NULL, content TEXT NOT NULL, brochure TEXT NOT NULL,
  language TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, reply TEXT NOT NULL DEFAULT '',
  changed TEXT NOT NULL, PRIMARY KEY (campaign, address));
CREATE UNIQUE INDEX letter_message ON letter (message_id);
CREATE TABLE suppressed (address TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
"""


class State(StrEnum):
    """How far a letter has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Posted:
    """A letter as the ledger knows it: its ``address`` in small letters, however a list writes it. ``content`` and
    ``brochure``: sha256 of the letter without its date, and of the file that travels with it or that it leads to."""

    address: str
    message_id: str
    content: str
    brochure: str
    language: str
    state: State = State.PENDING
    attempts: int = 0
    reply: str = ""


class Ledger:
    """The ledger at ``path``, one run at a time: BusyError while another run holds it, MachineError when the file can't
    be trusted: then nothing may be sent. Everything that is written is on the disk when the call returns."""

    def __init__(self, path: Path) -> None:
        self.path, self.lock = path, FileLock(f"{path}.lock")

    def __enter__(self) -> Self:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.lock.acquire(timeout=0)
            self.path.touch(mode=0o600)
        except Timeout:
            what = "another run is writing letters."
            raise BusyError([Complaint(str(self.path), what, "Wait for it, or stop it.", ExitCode.BUSY)]) from None
        try:
            self.base = self._opened()
        except BaseException:
            self.lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.base.close()
        self.lock.release()
        if isinstance(error, sqlite3.Error):
            raise _unwritable(self.path, error) from None

    def _opened(self) -> sqlite3.Connection:
        try:
            base = sqlite3.connect(self.path, isolation_level=None)
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("PRAGMA synchronous = FULL")
            (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
            (owner,), (version,) = (
                base.execute("PRAGMA application_id").fetchone(),
                base.execute("PRAGMA user_version").fetchone(),
            )
            if not tables:
                base.executescript(
                    f"BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
                )
            elif owner != APPLICATION:
                raise _untrusted(self.path, "this is no ledger of letters.")
            elif version != VERSION:
                raise _untrusted(self.path, f"this ledger has version {version}; this program writes {VERSION}.")
            elif base.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise _untrusted(self.path, "this ledger is damaged.")
            base.execute(
                "UPDATE letter SET state = 'uncertain', reply = 'the run was stopped while it was sent' WHERE state = 'sending'"
            )
            base.execute("UPDATE OR IGNORE letter SET address = lower(address) WHERE address <> lower(address)")
        except sqlite3.OperationalError as error:
            raise _unwritable(self.path, error) from None
        except sqlite3.DatabaseError as error:
            raise _untrusted(self.path, f"this ledger can't be read ({error}).") from None
        return base

    @contextlib.contextmanager
    def _at_once(self) -> Iterator[sqlite3.Connection]:
        """All of a block's changes, or none."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield self.base
        except BaseException:
            if self.base.in_transaction:  # a full disk has taken all back already
                self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")

    def campaign(self, edition: str, anew: bool = False) -> str:
        """The name of an edition's latest campaign, or of a new one."""
        found = self.base.execute(
            "SELECT DISTINCT name FROM campaign WHERE name = ? OR name GLOB ?", (edition, f"{edition}#[0-9]*")
        )
        latest = max((int(name.rpartition("#")[2]) if "#" in name else 1 for (name,) in found), default=0)
        number = latest + 1 if anew else max(latest, 1)
        return edition if number == 1 else f"{edition}#{number}"

    def unfinished(self, campaign: str, stamps: dict[str, str]) -> int:
        """How many of a campaign's letters wait or are uncertain, when its letters are these: to begin it anew would
        bring a second one to all who have theirs. None when the letters have changed."""
        known = self._stamps(campaign)
        if any(known.get(tag, stamp) != stamp for tag, stamp in stamps.items()):
            return 0
        waiting, held = self.letters(campaign, State.PENDING, State.UNCERTAIN), self.suppressed()
        return sum(it.address not in held for it in waiting)

    def _stamps(self, campaign: str) -> dict[str, str]:
        return dict(self.base.execute("SELECT language, stamp FROM campaign WHERE name = ?", (campaign,)).fetchall())

    def enrol(self, campaign: str, stamps: dict[str, str], letters: Sequence[Posted], resend: bool = False) -> None:
        """Enters the letters that aren't there yet. ``stamps``: by language a digest of everything that its letters
        share. With ``resend`` those of these letters that are uncertain may be sent once more, under the same
        Message-ID. ContentError when a stamp has changed since the campaign began: half of the readers would get
        another letter."""
        known = self._stamps(campaign)
        changed = [tag for tag, stamp in stamps.items() if known.get(tag, stamp) != stamp]
        if changed:
            what = f"letters in {', '.join(changed)} or their brochure have changed since this campaign began."
            remedy = "Put them back, or begin anew with --new-campaign: then everybody on the list gets a letter."
            raise ContentError([Complaint(f"campaign {campaign}", what, remedy)])
        now = _now()
        with self._at_once() as base:
            base.executemany(
                "INSERT OR IGNORE INTO campaign VALUES (?, ?, ?, ?)",
                [(campaign, tag, stamp, now) for tag, stamp in stamps.items()],
            )
            again = "UPDATE letter SET state = 'pending' WHERE campaign = ? AND address = ? AND state = 'uncertain'"
            base.executemany(again, [(campaign, it.address) for it in letters if resend])
            base.executemany(
                "INSERT INTO letter (campaign, address, message_id, content, brochure, language, state, changed) "
                "VALUES (?, ?, ?, ?, ?, ?, 'pending', ?) ON CONFLICT (campaign, address) DO UPDATE SET message_id = excluded.message_id, "
                "content = excluded.content, brochure = excluded.brochure, language = excluded.language WHERE state = 'pending'",
                [(campaign, it.address, it.message_id, it.content, it.brochure, it.language, now) for it in letters],
            )  # fmt: skip

    def letters(self, campaign: str, *states: State) -> list[Posted]:
        """A campaign's letters in these states, in all when none is named, in the order of entry."""
        rows = self.base.execute(
            "SELECT address, message_id, content, brochure, language, state, attempts, reply FROM letter WHERE campaign = ? ORDER BY rowid",
            (campaign,),
        )  # fmt: skip
        found = (Posted(a, m, c, b, tag, State(s), n, said) for a, m, c, b, tag, s, n, said in rows)
        return [it for it in found if not states or it.state in states]

    def tally(self, campaign: str) -> Counter[State]:
        """How many letters of a campaign are in which state."""
        rows = self.base.execute("SELECT state, count(*) FROM letter WHERE campaign = ? GROUP BY state", (campaign,))
        return Counter({State(state): count for state, count in rows})

    def note(self, campaign: str, address: str, state: State, reply: str = "") -> None:
        """Writes a letter's new state down. A letter that begins to be sent counts as one more attempt."""
        begun = int(state is State.SENDING)
        self.base.execute(
            "UPDATE letter SET state = ?, reply = ?, changed = ?, attempts = attempts + ? WHERE campaign = ? AND address = ?",
            (state, reply[:500], _now(), begun, campaign, address),
        )  # fmt: skip

    def arrived(self, address: str) -> bool:
        """An uncertain letter has arrived, as somebody has found out; false when none to this address is uncertain."""
        done = self.base.execute(
            "UPDATE letter SET state = 'sent', reply = 'found to have arrived', changed = ? WHERE state = 'uncertain' AND lower(address) = ?",
            (_now(), address.lower()),
        )  # fmt: skip
        return bool(done.rowcount)

    def bounced(self, message_id: str, reply: str) -> str:
        """A letter came back for good: its address, which is suppressed from now on; empty when it isn't ours."""
        found = self.base.execute("SELECT address FROM letter WHERE message_id = ?", (message_id,)).fetchone()
        if not found:
            return ""
        with self._at_once() as base:
            base.execute(
                "UPDATE letter SET state = 'bounced', reply = ?, changed = ? WHERE message_id = ?",
                (reply[:500], _now(), message_id),
            )
            self._suppress(base, [found[0]], f"bounced: {reply[:200]}")
        return str(found[0])

    def reader(self, letter: str) -> str:
        """The address that a letter went to, by the name that its link for no more letters carries; empty when it isn't
        ours."""
        if not letter.isalnum():
            return ""
        found = self.base.execute("SELECT address FROM letter WHERE message_id GLOB ?", (f"<{letter}@*",)).fetchone()
        return str(found[0]) if found else ""

    def suppress(self, addresses: Iterable[str], reason: str) -> None:
        """These addresses get no letter any more, in no campaign."""
        with self._at_once() as base:
            self._suppress(base, addresses, reason)

    def _suppress(self, base: sqlite3.Connection, addresses: Iterable[str], reason: str) -> None:
        base.executemany(
            "INSERT OR IGNORE INTO suppressed VALUES (?, ?, ?)", [(it.lower(), reason, _now()) for it in addresses]
        )

    def suppressed(self) -> dict[str, str]:
        """Addresses in small letters that get no letter, and why."""
        return dict(self.base.execute("SELECT address, reason FROM suppressed").fetchall())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _unwritable(path: Path, error: sqlite3.Error) -> MachineError:
    remedy = "Make room on its disk and look at its rights, then start again: nobody gets a second letter."
    return MachineError([Complaint(str(path), f"the ledger can't be written ({error}).", remedy, ExitCode.MACHINE)])


def _untrusted(path: Path, what: str) -> MachineError:
    remedy = "Nothing is sent without it. Put back a copy, or move it away if no letter was ever sent with it."
    return MachineError([Complaint(str(path), what, remedy, ExitCode.MACHINE)])
