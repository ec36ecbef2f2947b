"""``build.py check``: content, templates and stylesheets; no PDF."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from brochure import press
from brochure.commands import drafted, of_edition
from brochure.errors import ExitCode
from brochure.model.handouts import ENOUGH
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
    for line in _scant(sheets):
        teller.say(f"[dim]{line}[/]")
    teller.say(
        f"[green]all is well[/]{f', with {len(warnings)} warnings' if warnings else ''}",
        warnings=len(warnings),
        handouts=sheets,
    )
    return ExitCode.DONE


def _scant(sheets: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each edition with subjects that have no handout, the nearest to one first."""
    lacking = [sheet for sheet in sheets if sheet["none"]]
    for edition, group in groupby(lacking, key=lambda sheet: sheet["edition"]):
        near = sorted(group, key=lambda sheet: -sheet["facts"])
        counts = ", ".join(f"{sheet['subject']} has {sheet['facts']}" for sheet in near)
        yield f"{edition}: too few facts that may be printed for a handout, which needs {ENOUGH}: {counts}."
