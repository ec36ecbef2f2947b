"""``build.py preflight``: any PDF, held against a printer's rules."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.markup import escape

from brochure import press
from brochure.errors import ExitCode
from brochure.teller import Teller

PICTURES = 90  # ppi: pages in the report


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    held = parser.add_argument
    held("file", type=Path, metavar="FILE.pdf", help="any PDF, also one that isn't ours")
    held("--printer", metavar="P", help="a profile in content/printers/ (default: the one with default: true)")


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Hold any PDF against a printer's rules: findings as a table, and as an HTML report with pictures."""
    from brochure import deliver, load, preflight
    from brochure.press import gate

    house = load.profiles(options.house)
    ours = deliver.behind(options.file)
    printer = gate.for_part(press.printer(house, options.printer), ours.numbers)
    with teller.bar("examining"):
        found = preflight.examined(options.file, printer, house.brand, str(options.file), PICTURES)
    found = found.placed(ours.boxes, ours.places, ours.numbers)
    inside = options.file.resolve().is_relative_to(options.out.resolve())
    folder = options.file.parent if inside else options.out
    mode = options.file.stat().st_mode & 0o666  # who may not read a file may not see its pages either
    told = deliver.written(folder / f"{options.file.stem}.report.html", found.page(house.brand), mode)
    teller.findings(found.report)
    teller.say(f"[dim]{escape(str(told))}[/]", report=str(told))
    return ExitCode.FINDINGS if found.report.errors else ExitCode.DONE
