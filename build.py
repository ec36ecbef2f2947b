#!/usr/bin/env python3
"""The front door: commands, printing, exit codes. No craft."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from brochure import doctor, load, press
from brochure.errors import BrochureError, Complaint, ExitCode, Place
from brochure.model.values import parse_date

ROOT = Path(__file__).resolve().parent
COMMANDS = ("build", "check", "facts", "flatplan", "doctor")
EPILOG = """\
exit codes: 0 done · 1 made, with findings · 2 usage · 3 content · 4 template · 5 asset · 6 machine · 7 busy ·
70 internal error · 130/143 stopped
"""


class Teller:
    """Says what happened: complaints as lines on stderr, results on stdout, all as JSON when asked."""

    def __init__(self, quiet: bool, as_json: bool) -> None:
        self.quiet, self.as_json = quiet, as_json
        self.out, self.err = (
            Console(soft_wrap=True, highlight=False),
            Console(stderr=True, soft_wrap=True, highlight=False),
        )
        self.told: dict[str, Any] = {"complaints": []}

    def complain(self, complaints: Sequence[Complaint]) -> None:
        """One line per slip; colours only on a terminal."""
        for complaint in complaints:
            self.told["complaints"].append(_as_json(complaint))
            if self.as_json or (self.quiet and complaint.warning):
                continue
            colour, word = ("yellow", "warning") if complaint.warning else ("red", "error")
            where, _, rest = str(complaint).partition(f": {word}: ")
            self.err.print(f"[bold]{escape(where)}[/]: [{colour}]{word}[/]: {escape(rest)}")

    def say(self, text: str = "", **facts: Any) -> None:
        """A line for people; ``facts`` for machines."""
        self.told |= facts
        if text and not self.quiet and not self.as_json:
            self.out.print(text)

    def show(self, renderable: Any) -> None:
        """A table or another thing that rich can print."""
        if not self.quiet and not self.as_json:
            self.out.print(renderable, soft_wrap=False)

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
            sys.stdout.write(json.dumps({**self.told, "exit": code}, ensure_ascii=False, indent=1) + "\n")


def _as_json(complaint: Complaint) -> dict[str, Any]:
    place = asdict(complaint.where) if isinstance(complaint.where, Place) else {"subject": complaint.where}
    return {
        **place,
        "severity": "warning" if complaint.warning else "error",
        "what": complaint.what,
        "remedy": complaint.remedy,
        "exit": int(complaint.code),
    }


def build(options: argparse.Namespace, teller: Teller) -> int:
    """Make PDFs: every language and output of an edition, or the ones that are named."""
    house = load.house(options.house)
    teller.complain(house.warnings)
    wanted = press.orders(
        house,
        options.edition or house.default_edition,
        tuple(options.language or ()),
        tuple(options.output or ()),
        tuple(options.page or ()),
    )
    with teller.bar("setting") as step:
        files, warnings = press.run(house, wanted, options.out, step)
    teller.complain(warnings)
    for item in files:
        teller.say(f"{item['path']}  [dim]{item['pages']} pp, {item['bytes'] / 1e6:.2f} MB[/]")
    teller.say(files=[{key: value for key, value in item.items() if key != "places"} for item in files])
    return ExitCode.DONE


def check(options: argparse.Namespace, teller: Teller) -> int:
    """Check content, templates and stylesheets; no PDF."""
    house = load.house(options.house)
    warnings = (*house.warnings, *press.check(house, options.edition))
    teller.complain(warnings)
    teller.say(f"[green]all is well[/]{f', with {len(warnings)} warnings' if warnings else ''}", warnings=len(warnings))
    return ExitCode.DONE


def facts(options: argparse.Namespace, teller: Teller) -> int:
    """Print the register of facts: where each is used, what is stale, what only the region claims."""
    house = load.house(options.house)
    edition = options.edition or house.default_edition
    due = parse_date(options.due).last if options.due else None
    printed, entries = press.register(house, edition, due)
    shown = [entry for entry in entries if options.all or entry.pages]
    if due:
        shown = [entry for entry in shown if entry.state == "stale"]
        teller.say(f"stale on {due}: {len(shown)} facts")
    teller.show(_register_table(shown, printed))
    rows = [{"id": e.id, "printed": printed[e.id], "as_of": str(e.fact.as_of), "source": str(e.fact.source),
             "confidence": e.fact.confidence, "state": e.state, "expires": str(e.fact.expires or ""), "pages": e.pages}
            for e in shown]  # fmt: skip
    used = [entry for entry in entries if entry.pages]
    teller.say(
        f"{len(used)} of {len(entries)} facts are printed; {sum(e.state == 'stale' for e in used)} are stale, "
        f"{sum(e.state == 'undated' for e in used)} have no date, {sum(e.claimed for e in used)} only the region states",
        facts=rows,
    )
    for language in house.editions[edition].languages:
        plain = load.plain_texts(house, language)
        teller.say(f"plain texts in {language}: {', '.join(words for _, words in plain) or 'none'} ({len(plain)})")
        teller.told.setdefault("plain", {})[language] = [{"where": str(text.place), "text": w} for text, w in plain]
    return ExitCode.DONE


def _register_table(entries: Sequence[load.Entry], printed: dict[str, str]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("fact", "prints as", "as of", "source", "", "state", "pages"):
        table.add_column(title, overflow="fold")
    colours = {"stale": "red", "later": "dim", "undated": "yellow", "fresh": "green"}
    for entry in entries:
        state = f"[{colours[entry.state]}]{entry.state}[/]"
        claimed = "[yellow]region's statement[/]" if entry.claimed else "disputed" if entry.fact.disputed else ""
        table.add_row(escape(entry.id), escape(printed[entry.id]), str(entry.fact.as_of), escape(entry.fact.source),
                      claimed, state, ", ".join(entry.pages))  # fmt: skip
    return table


def flatplan(options: argparse.Namespace, teller: Teller) -> int:
    """Draw the whole edition as one picture: facing spreads with page numbers and kinds."""
    house = load.house(options.house)
    edition = options.edition or house.default_edition
    for page in house.plans.get(edition, ()):
        numbers = f"{page.first}" if page.first == page.last else f"{page.first}–{page.last}"
        teller.say(f"{numbers:>6}  {page.id}  [dim]{page.kind.name}[/]")
    language = options.language or press.orders(house, edition)[0].language
    with teller.bar("setting") as step:
        path = press.flatplan(house, edition, language, options.out, step)
    pages = [{"id": p.id, "kind": p.kind.name, "first": p.first, "last": p.last} for p in house.plans[edition]]
    teller.say(str(path), flatplan=str(path), pages=pages)
    return ExitCode.DONE


def check_machine(options: argparse.Namespace, teller: Teller) -> int:
    """Versions of what we stand on, and known-bad ones."""
    bad = []
    for found in doctor.examine():
        sign = "[green]✓[/]" if found.good else "[red]✗[/]"
        teller.say(f"{sign} {found.name:<16} {found.version:<10} [dim]{escape(found.verdict)}[/]")
        teller.told.setdefault("versions", {})[found.name] = found.version
        if not found.good:
            what = f"{found.name} {found.version} {found.verdict}."
            bad.append(Complaint("machine", what, found.remedy, ExitCode.MACHINE))
    teller.complain(bad)
    return ExitCode.MACHINE if bad else ExitCode.DONE


def parser() -> argparse.ArgumentParser:
    """The command line."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("everywhere")
    group.add_argument("--quiet", action="store_true", help="print only errors")
    group.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    group.add_argument("--debug", action="store_true", help="show the traceback of an internal error")
    group.add_argument("--house", type=Path, metavar="DIR", help="the folder with content/, templates/, assets/")
    group.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: out/ in the house)")
    edition = argparse.ArgumentParser(add_help=False)
    edition.add_argument(
        "--edition", metavar="E", help="an edition in content/editions/ (default: the one with default: true)"
    )

    main = argparse.ArgumentParser(
        prog="build.py",
        description="Makes a brochure from content/: PDFs for screen and print, pictures of its pages, lists of its facts.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[shared],
    )
    commands = main.add_subparsers(title="commands", dest="command", metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace, Teller], int], *parents: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        said = (run.__doc__ or "").strip()
        sub = commands.add_parser(name, help=said, description=said, parents=[shared, *parents])
        sub.set_defaults(run=run)
        return sub

    made = command("build", build, edition)
    made.add_argument("--language", nargs="+", metavar="L", help="languages, such as en (default: all of the edition)")
    made.add_argument(
        "--output", nargs="+", choices=("screen", "pages"), metavar="OUTPUT", help="screen (PDF), pages (PNGs)"
    )
    made.add_argument("--page", nargs="+", metavar="ID", help="set only these pages and write PNGs: the quick loop")
    command("check", check, edition)
    register = command("facts", facts, edition)
    register.add_argument("--due", metavar="DATE", help="what will be stale on that day, such as 2018-01-01")
    register.add_argument("--all", action="store_true", help="also facts that no page uses")
    plan = command("flatplan", flatplan, edition)
    plan.add_argument("--language", metavar="L", help="the language of the pages shown")
    command("doctor", check_machine)
    return main


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not {*given} & {*COMMANDS, "-h", "--help"}:
        given.insert(0, "build")
    options = parser().parse_args(given, argparse.Namespace(quiet=False, json=False, debug=False, house=ROOT, out=None))
    options.house = options.house.resolve()
    options.out = options.out or options.house / "out"
    teller = Teller(options.quiet, options.json)
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(SystemExit(int(ExitCode.TERMINATED))))
    try:
        code = options.run(options, teller)
    except BrochureError as error:
        teller.complain(error.complaints)
        code = error.exit_code
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except OSError as error:
        teller.complain(
            [
                Complaint(
                    str(error.filename or "machine"),
                    f"the system refuses: {error.strerror}.",
                    "Look at the file, its rights and the disk.",
                    ExitCode.MACHINE,
                )
            ]
        )
        code = ExitCode.MACHINE
    except Exception:
        if options.debug:
            raise
        code = _internal(teller)
    teller.end(int(code))
    return int(code)


def _internal(teller: Teller) -> int:
    """A bug: the traceback goes into a file, the editor sees one line."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="brochure-report-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write(traceback.format_exc())
    teller.complain(
        [
            Complaint(
                "brochure",
                f"internal error; the report is in {report.name}.",
                "Send it to the developers; your files are as they were.",
                ExitCode.INTERNAL,
            )
        ]
    )
    return ExitCode.INTERNAL


if __name__ == "__main__":
    sys.exit(main())
