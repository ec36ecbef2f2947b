"""``build.py build``: every language and output of an edition, or the ones that are named; or all editions."""

from __future__ import annotations

import argparse
from typing import Any

from brochure import press
from brochure.commands import cluster, clustered, drafted, of_edition
from brochure.errors import BrochureError, Complaint, ContentError, ExitCode
from brochure.teller import Teller

MOST = 64  # workers


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    of_edition(parser)
    made = parser.add_argument
    several: Any = {"nargs": "+", "action": "extend"}
    made("--all", action="store_true", help="every edition; what is sound is made, even when something else fails")
    made("--language", **several, metavar="L", help="languages, such as en (default: all of the edition)")
    made("--output", **several, choices=("screen", "print", "booklet", "sheet", "pages"), metavar="OUTPUT",
         help="screen (PDF to read and mail), print (PDF/X-4 with job ticket, proof and package), booklet (sheets to "
              "fold and staple), sheet (handouts two-up for the office printer, with cut marks: A5 on A4, or with "
              "--sheet A3 A4 on A3), pages (PNGs); default: screen, print and booklet")  # fmt: skip
    made("--product", choices=("brochure", "handout", "leaflet"), default="brochure", metavar="P",
         help="brochure; handout: a sheet of two sides for each park, cluster, the zone and the corridors; leaflet: A4, "
              "six panels in a roll fold (default: brochure)")  # fmt: skip
    made(
        "--subject", **several, metavar="S", help="handouts of these subjects only, such as vorsino (check lists them)"
    )
    made("--printer", metavar="P", help="a profile in content/printers/ (default: the edition's, else the one with default: true)")  # fmt: skip
    made("--sheet", choices=("A3", "SRA3", "A4"), metavar="S",
         help="what a booklet is printed on: A3, SRA3 or A4, which makes an A5 booklet (default: content/booklet.yaml)")  # fmt: skip
    made("--page", **several, metavar="ID", help="set only these pages and write PNGs: the quick loop")
    made("--jobs", type=_jobs, metavar="N", help="how many languages are made at once (default: one a core)")
    clustered(parser)
    drafted(parser)


def _jobs(said: str) -> int:
    if not said.isdecimal() or not 1 <= int(said) <= MOST:
        raise argparse.ArgumentTypeError(f"“{said}” is no number from 1 to {MOST}")
    return int(said)


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Make PDFs: every language and output of an edition, or the ones that are named."""
    if options.all:
        return _all(options, teller)
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
        options.product,
        tuple(options.subject or ()),
    )
    with cluster(options, teller) as far, teller.bar("making") as step:
        made = press.run(house, wanted, options.out, step, options.jobs or press.hands(len(wanted)), far)
    return _told(made, teller)


def _all(options: argparse.Namespace, teller: Teller) -> int:
    """The whole matrix, cell by cell."""
    if options.edition or options.page:
        told = "--edition" if options.edition else "--page"
        teller.complain([Complaint("build", f"--all makes every edition, so {told} says nothing.", "Leave out one of the two.", ExitCode.USAGE)])  # fmt: skip
        return ExitCode.USAGE
    matrix = press.everything(
        options.house,
        options.draft,
        tuple(options.language or ()),
        outputs=tuple(options.output or ()),
        press=options.printer or "",
        sheet=options.sheet or "",
    )
    teller.complain(matrix.house.warnings)
    with cluster(options, teller) as far, teller.bar("making") as step:
        made = press.run_all(matrix, options.out, step, options.jobs or press.hands(len(matrix.wanted)), far)
    code = _told(made, teller)
    teller.say(str(options.out / "report.html"), report=str(options.out / "report.html"))
    if made.slips:
        teller.complain(made.slips)
        return BrochureError(made.slips).exit_code
    return code


def _told(made: press.Outcome, teller: Teller) -> int:
    teller.complain(made.warnings)
    for item in made.files:
        pages = f"{item['pages']} pp, " if item["pages"] else ""
        verdict = f", {item['verdict']}" if "verdict" in item else ""
        teller.say(f"{item['path']}  [dim]{pages}{item['bytes'] / 1e6:.2f} MB{verdict}[/]")
    teller.complain(made.findings)
    teller.say(files=made.files)
    return ExitCode.FINDINGS if made.findings else ExitCode.DONE
