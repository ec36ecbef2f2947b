"""The commands of the front door, a module each: ``options`` says what it may be told, ``run`` does it and gives the
exit code; the first line of ``run``'s docstring is its help."""

from __future__ import annotations

import argparse
from pathlib import Path


def everywhere() -> argparse.ArgumentParser:
    """The options that every command has."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("everywhere")
    group.add_argument("--quiet", action="store_true", help="print only errors")
    group.add_argument("--json", action="store_true", help="print one JSON object on stdout")
    group.add_argument("--debug", action="store_true", help="show the traceback of an internal error")
    group.add_argument("--house", type=Path, metavar="DIR", help="the folder with content/, templates/, assets/")
    group.add_argument("--out", type=Path, metavar="DIR", help="where the files go (default: out/ in the house)")
    return shared


def drafted(parser: argparse.ArgumentParser) -> None:
    """The option of the commands that take unfinished translations."""
    what = "translations may lack texts: the original is shown, marked; files are called .draft"
    parser.add_argument("--draft", action="store_true", help=what)


def of_edition(parser: argparse.ArgumentParser) -> None:
    """The option of the commands that look at one edition."""
    what = "an edition in content/editions/ (default: the one with default: true)"
    parser.add_argument("--edition", metavar="E", help=what)
