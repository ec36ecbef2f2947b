"""``build.py check``: content, templates and stylesheets; no PDF."""

from __future__ import annotations

import argparse

from brochure import press
from brochure.commands import drafted, of_edition
from brochure.errors import ExitCode
from brochure.teller import Teller


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    of_edition(parser)
    drafted(parser)


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Check content, templates and stylesheets; no PDF."""
    with teller.bar("checking"):
        house = press.house(options.house, options.draft)
        warnings = (*house.warnings, *press.check(house, options.edition))
    teller.complain(warnings)
    sheets = press.handouts(house, options.edition)
    for sheet in sheets:
        if sheet["none"]:
            teller.say(f"[dim]{sheet['none']}[/]")
    teller.say(
        f"[green]all is well[/]{f', with {len(warnings)} warnings' if warnings else ''}",
        warnings=len(warnings),
        handouts=sheets,
    )
    return ExitCode.DONE
