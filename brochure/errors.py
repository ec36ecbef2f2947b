"""What can go wrong, where, and who can put it right.

    BrochureError            anything we foresee; never shows a traceback
    ├── ContentError         the editor or the translator       exit 3
    ├── TemplateError        the designer: templates/           exit 4
    ├── AssetError           the designer: assets/, pictures    exit 5
    ├── MachineError         whoever keeps the machine          exit 6
    └── BusyError            another run holds the output       exit 7

Every error carries the complaints of a whole run; every complaint is one line:
``file:line:column: error: what is wrong. What to do.``
"""

from __future__ import annotations

import difflib
import heapq
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

CANDIDATES = 12  # words that a misspelt one is compared with


class ExitCode(IntEnum):
    """The stable promise of the command line."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    CONTENT = 3
    TEMPLATE = 4
    ASSET = 5
    MACHINE = 6
    BUSY = 7
    PARTLY_SENT = 9
    INTERNAL = 70
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file: path from the house's root, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Complaint:
    """One slip: where (a place, or a subject such as ``machine``), what, and the remedy."""

    where: Place | str
    what: str
    remedy: str
    code: ExitCode = ExitCode.CONTENT
    warning: bool = False

    def __str__(self) -> str:
        word = "warning" if self.warning else "error"
        return f"{one_line(str(self.where))}: {word}: {one_line(self.what)} {one_line(self.remedy)}".rstrip()

    @property
    def order(self) -> tuple[str, int, int, str]:
        """The key that sorts complaints as an editor meets them: by file, then by line."""
        if isinstance(self.where, Place):
            return (self.where.file, self.where.line, self.where.column, self.what)
        return (self.where, 0, 0, self.what)


class BrochureError(Exception):
    """A run's complaints. ``code`` is the exit code that they add up to."""

    code = ExitCode.CONTENT

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = tidy(complaints)
        super().__init__("\n".join(map(str, self.complaints)))

    @property
    def exit_code(self) -> ExitCode:
        """The highest of 3 to 6 among the errors; this class's own code when there is none."""
        return max((c.code for c in self.complaints if not c.warning), default=self.code)


class ContentError(BrochureError):
    """Mended by the editor or the translator."""


class TemplateError(BrochureError):
    """Mended by the designer, in templates/ or in a stylesheet."""

    code = ExitCode.TEMPLATE


class AssetError(BrochureError):
    """A picture, font, profile or drawing that can't be used."""

    code = ExitCode.ASSET


class MachineError(BrochureError):
    """A missing tool, a full disk, a setter that died."""

    code = ExitCode.MACHINE


class BusyError(BrochureError):
    """Another run holds the output folder."""

    code = ExitCode.BUSY


def tidy(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Each complaint once, in an editor's reading order."""
    return tuple(sorted(dict.fromkeys(complaints), key=lambda c: c.order))


def errors_in(complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    """Those that stop a build: all but the warnings."""
    return tuple(c for c in complaints if not c.warning)


def one_line(text: str) -> str:
    """The text with every run of white space and control characters as one space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def suggestion(word: str, known: Iterable[str]) -> str:
    """``Did you mean “x”? `` for the nearest known word, or nothing. Only the few words that share most pairs of
    letters with it are compared in earnest: a file with thousands of slips is told in seconds."""
    pairs = _pairs(word)
    few = heapq.nlargest(CANDIDATES, known, key=lambda other: len(pairs & _pairs(other)) / (len(pairs) + len(other)))
    near = difflib.get_close_matches(word, few, n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else ""


@lru_cache(maxsize=10_000)
def _pairs(word: str) -> frozenset[str]:
    """The neighbouring letters of a word, its ends among them."""
    return frozenset(a + b for a, b in itertools.pairwise(f" {word} "))
