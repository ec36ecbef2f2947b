"""The words of a preflight: a finding, and the report that gathers them. Read by the terminal, JSON and HTML alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Rectangle:
    """A spot on a page: mm from the top left corner of its trim, y downwards. In the bleed, values are negative."""

    left: float
    top: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"({self.left:.1f}, {self.top:.1f} mm; {self.width:.1f} × {self.height:.1f})"


@dataclass(frozen=True)
class Finding:
    """What one rule found at one spot. ``page`` counts from 1, None for the whole file; ``measured`` and ``limit``
    carry their units; ``place`` is the content's line behind it (``file:line:column``), where it is known;
    ``waived`` says who accepted it and why."""

    rule: str
    severity: Severity
    page: int | None
    what: str
    remedy: str
    measured: str = ""
    limit: str = ""
    rectangle: Rectangle | None = None
    place: str = ""
    waived: str = ""

    @property
    def order(self) -> tuple[int, bool, str, float, float]:
        """By page, errors first, then down the page."""
        spot = self.rectangle or Rectangle(0, 0, 0, 0)
        return (self.page or 0, self.severity != "error", self.rule, spot.top, spot.left)

    def at(self, place: str) -> Finding:
        """The same finding with the place in the content that caused it."""
        return replace(self, place=place)


@dataclass(frozen=True)
class Report:
    """A file's findings in reading order. ``printer`` and ``variant`` say what it was held against, ``rules`` which
    rules were tried, by id."""

    file: str
    sha256: str
    pages: int
    printer: str
    variant: str
    findings: tuple[Finding, ...]
    rules: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that keep the file from the press."""
        return tuple(f for f in self.findings if f.severity == "error" and not f.waived)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that somebody has to look at: warnings without a waiver."""
        return tuple(f for f in self.findings if f.severity == "warning" and not f.waived)

    @property
    def verdict(self) -> str:
        """``fit for press``, ``fit for press, with warnings``, or ``not fit for press``."""
        if self.errors:
            return "not fit for press"
        return "fit for press, with warnings" if self.warnings else "fit for press"
