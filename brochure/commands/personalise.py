"""``build.py personalise RECIPIENTS``: a copy of the brochure for each recipient of a list; ``--forget`` deletes them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from brochure.commands import cluster, clustered, of_edition
from brochure.errors import Complaint, ContentError, ExitCode, errors_in
from brochure.house import House
from brochure.model.recipients import ENCODINGS
from brochure.teller import Teller


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    made = parser.add_argument
    made("recipients", nargs="?", type=Path, metavar="RECIPIENTS", help="a list as CSV or YAML with the columns name, "
         "latin_name, company, country, language, email, interests, contact")  # fmt: skip
    of_edition(parser)
    made("--output", nargs="+", action="extend", choices=("screen", "print"), metavar="OUTPUT",
         help="screen, print or both (default: screen)")  # fmt: skip
    made(
        "--printer",
        default="",
        metavar="P",
        help="a profile in content/printers/ (default: the one with default: true)",
    )
    made("--skip-bad", action="store_true", help="make the copies of the rows that have no slip")
    made("--encoding", default="", choices=ENCODINGS, metavar="ENC",
         help=f"how the list was saved, when that can't be found out: {', '.join(ENCODINGS)}")  # fmt: skip
    made("--jobs", type=int, default=2, metavar="N", help="processes that make copies (default: 2)")
    clustered(parser)
    made("--forget", action="store_true", help="delete personal copies, their journal and the letters that carry "
         "them, of every edition or the one that --edition names; makes none")  # fmt: skip
    made(
        "--older-than",
        type=float,
        default=0.0,
        metavar="DAYS",
        help="with --forget: only those older than so many days",
    )


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Make a copy for each recipient of a list, or delete such copies with --forget."""
    from brochure import press

    if (options.recipients is None) != options.forget or options.jobs < 1:
        what = "name a list of recipients, or say --forget; --jobs is 1 or more."
        teller.complain([Complaint("personalise", what, "See --help.", ExitCode.USAGE)])
        return ExitCode.USAGE
    house = press.house(options.house)
    edition = options.edition or house.default_edition
    press.orders(house, edition)  # an edition that isn't there is told here
    if options.forget:
        return _forget(options, [edition] if options.edition else sorted(house.editions), teller)
    return _make(options, house, edition, teller)


def _forget(options: argparse.Namespace, editions: Sequence[str], teller: Teller) -> int:
    """Of every edition, unless one is named: who has to delete what is old needn't know which there are."""
    from brochure.deliver.personal import Copies

    gone = letters = 0
    for edition in editions:
        if (options.out / edition).exists():
            with Copies(options.out / edition) as copies:
                gone += copies.forget(options.older_than)
                letters += copies.forget_letters(options.older_than)
    teller.say(
        f"{gone} personal copies and {letters} letters deleted from {options.out}", forgotten=gone, letters=letters
    )
    return ExitCode.DONE


def _make(options: argparse.Namespace, house: House, edition: str, teller: Teller) -> int:
    from brochure import press
    from brochure.load.lettering import printable
    from brochure.load.recipients import recipients
    from brochure.press.personal import personalise

    teller.complain(house.warnings)
    outputs = tuple(dict.fromkeys(options.output or ("screen",)))
    if "print" in outputs:
        press.printer(house, options.printer)
    found, called = printable(house, recipients(house, edition, options.recipients, options.encoding))
    bad = errors_in(found.slips)
    if bad and not (options.skip_bad and found.people):
        raise ContentError(found.slips)
    teller.complain(found.slips)
    with cluster(options, teller) as far, teller.bar("personal copies") as step:
        made = personalise(
            house, edition, found.people, called, options.out, outputs, options.printer, options.jobs, step, far
        )
    teller.complain(made.complaints)
    old = f", {made.old} of older rows deleted" if made.old else ""
    teller.say(f"{made.made} copies made, {made.there} were there, {found.rows - len(found.people)} rows left out{old}: {made.folder}",
               made=made.made, there=made.there, left_out=found.rows - len(found.people), deleted=made.old, folder=str(made.folder))  # fmt: skip
    wrong = errors_in(made.complaints)
    return max((complaint.code for complaint in (*bad, *wrong)), default=ExitCode.DONE)
