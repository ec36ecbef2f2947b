"""Says what happened: lines for people, one JSON object for machines, colours and progress on a terminal only."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from brochure.errors import Complaint, Place, one_line
from brochure.load import Entry
from brochure.report import Finding, Report

WIDE = 200  # characters
NARROW = 100  # characters: below, a table's columns would be too thin to read
CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")  # what JSON lets through and a terminal obeys
FLOOD = 100  # slips of one file that are printed


class Teller:
    """Says what happened: complaints as lines on stderr, results on stdout, all as JSON when asked."""

    def __init__(self, quiet: bool, as_json: bool) -> None:
        self.quiet, self.as_json = quiet, as_json
        self.out, self.err = _console(sys.stdout), _console(sys.stderr)
        self.told: dict[str, Any] = {"complaints": []}

    def complain(self, complaints: Sequence[Complaint]) -> None:
        """One line per slip, a hundred a file, errors first when there are more; colours only on a terminal."""
        self.told["complaints"] += map(_as_json, complaints)
        if self.as_json:
            return
        for complaint in _ebbed([c for c in complaints if not (self.quiet and c.warning)]):
            colour, word = ("yellow", "warning") if complaint.warning else ("red", "error")
            where, _, rest = str(complaint).partition(f": {word}: ")
            self.err.print(Text.assemble((where, "bold"), ": ", (word, colour), ": ", rest))

    def say(self, text: str = "", **facts: Any) -> None:
        """A line for people; ``facts`` for machines."""
        self.told |= facts
        if text and not self.quiet and not self.as_json:
            self.out.print(text)

    def show(self, renderable: Any) -> None:
        """A table or another thing that rich can print."""
        if not self.quiet and not self.as_json:
            self.out.print(renderable, soft_wrap=False)

    def findings(self, report: Report) -> None:
        """A preflight's findings: a table, or a few lines each on a narrow terminal; on stderr, errors only, when
        quiet; everything for machines."""
        self.told["preflight"] = {**asdict(report), "verdict": report.verdict}
        if self.quiet and not self.as_json:
            for finding in report.errors:
                line = (
                    f"{one_line(report.file)}{_spot(finding)}: error: {finding.rule} {finding.what}. {finding.remedy}"
                )
                self.err.print(Text(line))
        if self.out.width < NARROW:
            for finding in report.findings:
                self.say(_lines(finding))
        elif report.findings:
            self.show(_findings_table(report))
        errors, warnings = len(report.errors), len(report.warnings)
        colour = "red" if errors else "yellow" if warnings else "green"
        pages = f"{report.pages} page{'' if report.pages == 1 else 's'}"
        counts = f"{errors} errors, {warnings} warnings, {len(report.findings) - errors - warnings} waived"
        self.say(
            f"[{colour}]{report.verdict}[/]: {escape(report.file)}, {pages}, {counts}; held against “{escape(report.printer)}”"
        )

    @contextmanager
    def bar(self, doing: str) -> Iterator[Callable[[str, int, int], None] | None]:
        """A progress bar for whoever looks on; nothing where nobody does."""
        if self.quiet or self.as_json or not self.err.is_terminal:
            yield None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.err, transient=True) as progress:
            task = progress.add_task(doing, total=None)
            yield lambda name, done, total: progress.update(
                task, description=f"{doing} {name}", completed=done, total=total
            )

    def end(self, code: int) -> None:
        """Prints what was told as one JSON object."""
        if self.as_json:
            told = json.dumps({**self.told, "exit": code}, ensure_ascii=False, indent=1)
            sys.stdout.write(CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", told) + "\n")


def _ebbed(complaints: Sequence[Complaint]) -> Iterator[Complaint]:
    """The complaints without what floods the terminal: of a file with very many slips the first hundred, errors first."""
    files: dict[str, list[Complaint]] = {}
    for complaint in complaints:
        files.setdefault(complaint.where.file if isinstance(complaint.where, Place) else complaint.where, []).append(
            complaint
        )
    for file, slips in files.items():
        if len(slips) > FLOOD:
            slips.sort(key=lambda complaint: complaint.warning)
        yield from slips[:FLOOD]
        if rest := slips[FLOOD:]:
            yield Complaint(file, f"and {len(rest):,} more in this file.", "Mend these first.", warning=rest[0].warning)


def _spot(finding: Finding) -> str:
    """Where a finding lies, as the end of a subject: `` page 3 (12.0, 40.5 mm)``."""
    page = f" page {finding.page}" if finding.page else ""
    spot = f" ({finding.rectangle.left:.1f}, {finding.rectangle.top:.1f} mm)" if finding.rectangle else ""
    return page + spot


def _word(finding: Finding) -> str:
    if finding.waived:
        return "[dim]waived[/]"
    return "[red]error[/]" if finding.severity == "error" else "[yellow]warning[/]"


def _measure(finding: Finding) -> str:
    limit = f" (limit {finding.limit})" if finding.limit else ""
    return escape(finding.measured + limit)


def _lines(finding: Finding) -> str:
    """A finding for narrow terminals."""
    head = f"{_word(finding)} [bold]{finding.rule}[/]{_spot(finding)}: {escape(finding.what)}"
    tail = [
        _measure(finding),
        f"waived by {escape(finding.waived)}" if finding.waived else escape(finding.remedy),
        escape(finding.place),
    ]
    return "\n  ".join([head, *filter(None, tail)])


def _findings_table(report: Report) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("page", "", "rule", "what", "measured", "at, mm", "behind it"):
        table.add_column(title, overflow="fold", no_wrap=title in ("page", "", "rule"))
    for finding in report.findings:
        spot = f"{finding.rectangle.left:.1f}, {finding.rectangle.top:.1f}" if finding.rectangle else ""
        what = escape(finding.what) + (f" [dim]({escape(finding.waived)})[/]" if finding.waived else "")
        page = str(finding.page or "all")
        table.add_row(page, _word(finding), finding.rule, what, _measure(finding), spot, escape(finding.place))
    return table


def _console(file: TextIO) -> Console:
    """A console that is as wide as its terminal; wide enough for every table where it goes into a file."""
    return Console(file=file, soft_wrap=True, highlight=False, width=None if file.isatty() else WIDE)


def _as_json(complaint: Complaint) -> dict[str, Any]:
    place = asdict(complaint.where) if isinstance(complaint.where, Place) else {"subject": complaint.where}
    return {
        **place,
        "severity": "warning" if complaint.warning else "error",
        "what": complaint.what,
        "remedy": complaint.remedy,
        "exit": int(complaint.code),
    }


def register_table(entries: Sequence[Entry], printed: dict[str, str]) -> Table:
    """The register of facts as a table: how each prints, its state, and the pages that use it."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("fact", "prints as", "as of", "source", "", "state", "pages"):
        table.add_column(title, overflow="fold", no_wrap=title in ("fact", "as of", "state"))
    colours = {"stale": "red", "later": "dim", "undated": "yellow", "fresh": "green"}
    for entry in entries:
        state = f"[{colours[entry.state]}]{entry.state}[/]"
        claimed = "[yellow]region's statement[/]" if entry.claimed else "disputed" if entry.fact.disputed else ""
        table.add_row(escape(entry.id), escape(printed[entry.id]), str(entry.fact.as_of), escape(entry.fact.source),
                      claimed, state, ", ".join(entry.pages))  # fmt: skip
    return table
