#!/usr/bin/env python3
"""The front door: commands, printing, exit codes. No craft."""

from __future__ import annotations

import gc
import signal
import sys

if __name__ == "__main__":  # whoever stops us while the libraries load sees no traceback either
    gc.set_threshold(100_000, 20, 50)  # a house is many small things that stay: looking for garbage cost a sixth
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

import argparse
import tempfile
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rich.markup import escape

from brochure import load, press
from brochure.commands import drafted, everywhere, translations
from brochure.errors import BrochureError, Complaint, ContentError, ExitCode
from brochure.model.dates import parse_date
from brochure.teller import Teller, register_table

PICTURES = 90  # ppi: pages in a preflight's report
ROOT = Path(__file__).resolve().parent
EPILOG = """\
exit codes: 0 done · 1 made, with findings · 2 usage · 3 content · 4 template · 5 asset · 6 machine · 7 busy ·
70 internal error · 130/143 stopped

A file's first 100 slips are printed, then how many more there are; --json has all of them.
"""


def build(options: argparse.Namespace, teller: Teller) -> int:
    """Make PDFs: every language and output of an edition, or the ones that are named."""
    try:
        house = press.house(options.house, options.draft)
    except ContentError as error:
        with teller.bar("setting what has no slip:") as step:
            others = press.rehearse(options.house, options.edition, tuple(options.language or ()), step)
        raise ContentError([*error.complaints, *others]) from None
    teller.complain(house.warnings)
    wanted = press.orders(
        house,
        options.edition or house.default_edition,
        tuple(options.language or ()),
        tuple(options.output or ()),
        tuple(options.page or ()),
        options.printer or "",
        options.sheet or "",
    )
    with teller.bar("making") as step:
        made = press.run(house, wanted, options.out, step)
    teller.complain(made.warnings)
    for item in made.files:
        pages = f"{item['pages']} pp, " if item["pages"] else ""
        verdict = f", {item['verdict']}" if "verdict" in item else ""
        teller.say(f"{item['path']}  [dim]{pages}{item['bytes'] / 1e6:.2f} MB{verdict}[/]")
    teller.complain(made.findings)
    teller.say(files=made.files)
    return ExitCode.FINDINGS if made.findings else ExitCode.DONE


def check(options: argparse.Namespace, teller: Teller) -> int:
    """Check content, templates and stylesheets; no PDF."""
    with teller.bar("checking"):
        house = press.house(options.house, options.draft)
        warnings = (*house.warnings, *press.check(house, options.edition))
    teller.complain(warnings)
    teller.say(f"[green]all is well[/]{f', with {len(warnings)} warnings' if warnings else ''}", warnings=len(warnings))
    return ExitCode.DONE


def facts(options: argparse.Namespace, teller: Teller) -> int:
    """Print the register of facts: where each is used, what is stale, what only the region claims."""
    house = press.house(options.house)
    edition = options.edition or house.default_edition
    due = options.due
    with teller.bar("composing"):
        printed, entries = press.register(house, edition, due)
    shown = [entry for entry in entries if options.all or entry.pages]
    if due:
        shown = [entry for entry in shown if entry.state == "stale"]
        teller.say(f"stale on {due}: {len(shown)} facts")
    teller.show(register_table(shown, printed))
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
        teller.say(
            f"plain texts in {language}: {escape(', '.join(words for _, words in plain)) or 'none'} ({len(plain)})"
        )
        teller.told.setdefault("plain", {})[language] = [{"where": str(text.place), "text": w} for text, w in plain]
    return ExitCode.DONE


def flatplan(options: argparse.Namespace, teller: Teller) -> int:
    """Draw the whole edition as one picture: facing spreads with page numbers and kinds."""
    house = press.house(options.house)
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


def check_file(options: argparse.Namespace, teller: Teller) -> int:
    """Hold any PDF against a printer's rules: findings as a table, and as an HTML report with pictures."""
    from brochure import deliver, preflight

    house = press.house(options.house)
    printer = press.printer(house, options.printer)
    with teller.bar("examining"):
        found = preflight.examined(options.file, printer, house.brand, str(options.file), PICTURES)
    found = found.placed(*deliver.behind(options.file, found.report.sha256))
    inside = options.file.resolve().is_relative_to(options.out.resolve())
    folder = options.file.parent if inside else options.out
    told = deliver.written(folder / f"{options.file.stem}.report.html", found.page(house.brand))
    teller.findings(found.report)
    teller.say(f"[dim]{escape(str(told))}[/]", report=str(told))
    return ExitCode.FINDINGS if found.report.errors else ExitCode.DONE


def specimen(options: argparse.Namespace, teller: Teller) -> int:
    """Print the designer's book of components: colours, type, grid, and every component with its parameters."""
    with teller.bar("setting") as step:
        book = press.specimen(options.house, options.out, tuple(options.page or ()), step)
    teller.complain(book.warnings)
    for path in book.paths:
        teller.say(
            f"{path}  [dim]{book.pages} pp, {path.stat().st_size / 1e6:.2f} MB[/]"
            if len(book.paths) == 1
            else str(path)
        )
    teller.say(specimen=[str(path) for path in book.paths], pages=book.pages)
    return ExitCode.DONE


def check_machine(options: argparse.Namespace, teller: Teller) -> int:
    """Versions of what we stand on, and known-bad ones."""
    from brochure import doctor

    bad = []
    with teller.bar("examining"):
        examined = list(doctor.examine())
    for found in examined:
        sign = "[green]✓[/]" if found.good else "[red]✗[/]"
        teller.say(f"{sign} {found.name:<16} {found.version:<10} [dim]{escape(found.verdict)}[/]")
        teller.told.setdefault("versions", {})[found.name] = found.version
        if not found.good:
            what = f"{found.name} {found.version} {found.verdict}."
            bad.append(Complaint("machine", what, found.remedy, ExitCode.MACHINE))
    teller.complain(bad)
    return ExitCode.MACHINE if bad else ExitCode.DONE


def parser() -> argparse.ArgumentParser:
    """The command line: one sub-command for each of COMMANDS, with the common options before or after it."""
    shared = everywhere()
    main = argparse.ArgumentParser(
        prog="build.py",
        description="Makes a brochure from content/: PDFs, pictures of its pages, lists of its facts.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[shared],
    )
    commands = main.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    subs = {}
    for name, run in COMMANDS.items():
        said = (run.__doc__ or "").strip()
        subs[name] = commands.add_parser(name, help=said, description=said, parents=[shared])
        subs[name].set_defaults(run=run)
    for name in ("build", "check", "facts", "flatplan"):
        subs[name].add_argument(
            "--edition", metavar="E", help="an edition in content/editions/ (default: the one with default: true)"
        )
    made = subs["build"].add_argument
    made("--language", nargs="+", metavar="L", help="languages, such as en (default: all of the edition)")
    made("--output", nargs="+", choices=("screen", "print", "booklet", "pages"), metavar="OUTPUT",
         help="screen (PDF to read and mail), print (PDF/X-4 with job ticket, proof and package), booklet (sheets to "
              "fold and staple), pages (PNGs); default: all but pages")  # fmt: skip
    made("--printer", metavar="P", help="a profile in content/printers/ (default: the one with default: true)")
    made("--sheet", choices=("A3", "SRA3", "A4"), metavar="S",
         help="what a booklet is printed on: A3, SRA3 or A4, which makes an A5 booklet (default: content/booklet.yaml)")  # fmt: skip
    made("--page", nargs="+", metavar="ID", help="set only these pages and write PNGs: the quick loop")
    translations.options(subs["translations"], shared)
    for name in ("build", "check"):
        drafted(subs[name])
    listed = subs["facts"].add_argument
    listed("--due", type=_day, metavar="DATE", help="what will be stale on that day, such as 2018-01-01")
    listed("--all", action="store_true", help="also facts that no page uses")
    held = subs["preflight"].add_argument
    held("file", type=Path, metavar="FILE.pdf", help="any PDF, also one that isn't ours")
    held("--printer", metavar="P", help="a profile in content/printers/ (default: the one with default: true)")
    subs["specimen"].add_argument("--page", nargs="+", metavar="ID", help="set only these pages and write PNGs")
    subs["flatplan"].add_argument("--language", metavar="L", help="the language of the pages shown")
    return main


COMMANDS: dict[str, Callable[[argparse.Namespace, Teller], int]] = {
    "build": build,
    "check": check,
    "facts": facts,
    "flatplan": flatplan,
    "preflight": check_file,
    "specimen": specimen,
    "translations": translations.run,
    "doctor": check_machine,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not {*given} & {*COMMANDS, "-h", "--help"}:
        given.insert(0, "build")
    options = parser().parse_args(given, argparse.Namespace(quiet=False, json=False, debug=False, house=ROOT, out=None))
    options.house = options.house.resolve()
    options.out = options.out or options.house / "out"
    teller = Teller(options.quiet, options.json)
    if not (options.house / "content").is_dir():
        what = f"there is no {'house in this folder: it has no content/' if options.house.is_dir() else 'such folder'}."
        teller.complain([Complaint(str(options.house), what, "Name a house after --house.", ExitCode.USAGE)])
        teller.end(ExitCode.USAGE)
        return ExitCode.USAGE
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


def _day(text: str) -> date:
    """A day on the command line: the last one of a year or month."""
    try:
        return parse_date(text).last
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date. Write 2018, 2018-01 or 2018-01-01.") from None


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
