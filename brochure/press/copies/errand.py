"""What goes between the process that keeps the journal and those that make personal copies: small frozen things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from brochure.deliver.personal import Record
from brochure.errors import Complaint
from brochure.model.personal import Arrangement
from brochure.model.recipients import Recipient

PageOrder = tuple[str, ...]


@dataclass(frozen=True)
class Errand:
    """What a run makes: of which house and edition, where to, which outputs, for which printer."""

    edition: str
    folder: Path
    workbench: Path
    outputs: tuple[str, ...]
    printer: str


@dataclass(frozen=True)
class Copy:
    """A copy to make: for whom, as the house can write the name (``called``), its folder, the address in its code and
    the token in that."""

    recipient: Recipient
    called: str
    folder: str
    address: str
    token: str


@dataclass(frozen=True)
class Volume:
    """Recipients of one language whose common pages are set together; ``known``: what finished files were made from."""

    language: str
    number: int
    copies: tuple[Copy, ...]
    known: Mapping[str, str]

    @property
    def name(self) -> str:
        """What its masters are called."""
        return f"{self.language}-{self.number}"


@dataclass(frozen=True)
class Item:
    """A copy that is still to be made: the order of its pages, and for each output what it is made from."""

    copy: Copy
    order: PageOrder
    jobs: Mapping[str, str]


@dataclass(frozen=True)
class Prepared:
    """A volume ready to be copied: what is left to make, and how the pages of each order are arranged."""

    language: str
    name: str
    items: tuple[Item, ...] = ()
    arrangements: Mapping[PageOrder, Arrangement] | None = None
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Copies that are set together."""

    language: str
    volume: str
    items: tuple[Item, ...]
    arrangements: Mapping[PageOrder, Arrangement]


@dataclass(frozen=True)
class Done:
    """The files of a batch, and what was told; ``failed``: nothing more can be made."""

    records: tuple[Record, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    copies: int = 0
    failed: bool = False


Task = tuple[str, Volume | Batch]  # what to do with it: ``prepare`` a volume, ``copy`` a batch
Answer = tuple[str, Prepared | Done]  # what was done, and what came of it
