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
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from brochure.commands import (
    build,
    check,
    doctor,
    everywhere,
    facts,
    flatplan,
    mail,
    personalise,
    preflight,
    specimen,
    translations,
)
from brochure.errors import BrochureError, Complaint, ExitCode
from brochure.teller import Teller

ROOT = Path(__file__).resolve().parent
EPILOG = """\
exit codes: 0 done · 1 made, with findings · 2 usage · 3 content · 4 template · 5 asset · 6 machine · 7 busy · 9 partly sent ·
70 internal error · 130/143 stopped

A file's first 100 slips are printed, then how many more there are; --json has all of them.
"""


COMMANDS: dict[str, ModuleType] = {
    "build": build,
    "check": check,
    "facts": facts,
    "flatplan": flatplan,
    "personalise": personalise,
    "preflight": preflight,
    "specimen": specimen,
    "translations": translations,
    "mail": mail,
    "doctor": doctor,
}


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
    for name, command in COMMANDS.items():
        said = (command.run.__doc__ or "").strip()
        sub = commands.add_parser(name, help=said, description=said, parents=[shared])
        sub.set_defaults(run=command.run)
        command.options(sub, shared)
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
