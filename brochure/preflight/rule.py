"""What a rule is: a function whose docstring says what it asks, why, and what to do.

A rule takes the case and yields what it finds. Its docstring has three paragraphs: ``R0003: what. … ``,
``Why: …`` and ``Remedy: …``; reports print them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from brochure.errors import one_line
from brochure.preflight.matrix import Box
from brochure.preflight.sheet import Case, Leaf
from brochure.report import Severity


@dataclass(frozen=True)
class Slip:
    """What a rule found at one spot. ``weight`` says which of several like it is the worst: the larger."""

    what: str
    severity: Severity = "error"
    leaf: Leaf | None = None
    box: Box | None = None
    measured: str = ""
    limit: str = ""
    weight: float = 0.0


Look = Callable[[Case], Iterable[Slip]]


@dataclass(frozen=True)
class Rule:
    """A rule with the words of its docstring."""

    id: str
    what: str
    why: str
    remedy: str
    look: Look


def rule(look: Look) -> Rule:
    """A function as a rule; ValueError when its docstring isn't written as one."""
    paragraphs = [one_line(part) for part in (look.__doc__ or "").split("\n\n") if part.strip()]
    id_, colon, what = paragraphs[0].partition(": ") if paragraphs else ("", "", "")
    told = {
        word: part.removeprefix(f"{word}: ")
        for word in ("Why", "Remedy")
        for part in paragraphs
        if part.startswith(f"{word}: ")
    }
    if not colon or len(told) != 2:
        raise ValueError(f"{getattr(look, '__name__', look)} doesn't say id, what, why and remedy")
    return Rule(id_, what, told["Why"], told["Remedy"], look)
