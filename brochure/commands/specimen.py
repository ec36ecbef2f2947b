"""``build.py specimen``: the designer's book of components."""

from __future__ import annotations

import argparse

from brochure import press
from brochure.errors import ExitCode
from brochure.teller import Teller


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    parser.add_argument("--page", nargs="+", action="extend", metavar="ID", help="set only these pages and write PNGs")


def run(options: argparse.Namespace, teller: Teller) -> int:
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
