"""``build.py doctor``: the machine."""

from __future__ import annotations

import argparse

from rich.markup import escape

from brochure.errors import Complaint, ExitCode
from brochure.teller import Teller


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """Nothing beyond what every command may be told."""


def run(options: argparse.Namespace, teller: Teller) -> int:
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
