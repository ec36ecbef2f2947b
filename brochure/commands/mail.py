"""``build.py mail``: letters with the brochure, in files; sent only when asked to."""

from __future__ import annotations

import argparse
from pathlib import Path

from pydantic_core import PydanticCustomError
from rich.markup import escape

from brochure import press
from brochure.commands import of_edition
from brochure.deliver import bounces
from brochure.deliver.ledger import Ledger
from brochure.errors import Complaint, ExitCode
from brochure.model.mail import parse_address
from brochure.press.letters.mailing import Asked, Mailed
from brochure.teller import Teller

LEDGER = ".brochure/letters.sqlite"  # below the house: out/ may be thrown away, what was sent to whom may not
SHOWN = 20  # addresses of a list that are printed


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    of_edition(parser)
    told = parser.add_argument
    told(
        "recipients",
        nargs="?",
        type=Path,
        metavar="RECIPIENTS",
        help="a list, CSV or YAML: name, company, language, email, …",
    )
    told("--encoding", default="", metavar="E", help="the list's encoding, such as cp1251 (default: found out)")
    told("--skip-bad", action="store_true", help="leave rows with slips out and write to the others")
    told("--send", action="store_true", help="send the letters; without it they are only written")
    told("--limit", type=_count, default=0, metavar="N", help="send N letters at most")
    told(
        "--test",
        type=_address,
        metavar="ADDRESS",
        help="with --send: one letter of each language, or --limit ones, to this address",
    )
    told(
        "--resend-uncertain", action="store_true", help="send letters again of which nobody knows whether they arrived"
    )
    told(
        "--new-campaign", action="store_true", help="begin anew: everybody on the list gets a letter, also who had one"
    )
    told("--ledger", type=Path, metavar="FILE", help=f"what was sent to whom (default: {LEDGER} in the house)")
    told("--bounced", nargs="+", type=Path, default=[], metavar="FILE",
         help="note messages of failure that came back (.eml, mbox); their addresses get no letter any more")  # fmt: skip
    told("--arrived", nargs="+", type=_address, default=[], metavar="ADDRESS",
         help="uncertain letters to these addresses have arrived, as the server's keeper says")  # fmt: skip
    told("--suppress", nargs="+", type=_wish, default=[], metavar="ADDRESS",
         help="these addresses get no letter any more, or the reader of a letter: what stands behind letter= in its link")  # fmt: skip


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Write a letter with the brochure for each recipient of a list; send them with --send."""
    ledger = options.ledger or options.house / LEDGER
    noted = options.bounced or options.suppress or options.arrived
    if noted:
        _note(options, ledger, teller)
    if options.recipients is None:
        return ExitCode.DONE if noted else _nobody(teller)
    house = press.house(options.house)
    teller.complain(house.warnings)
    asked = Asked(
        options.edition or house.default_edition,
        options.recipients,
        options.encoding,
        options.skip_bad,
        options.limit,
        options.test or "",
        options.resend_uncertain,
        options.new_campaign,
    )
    with teller.bar("sending" if options.send else "writing") as step:
        do = press.send if options.send else press.write
        mailed = do(house, asked, options.out, ledger, step)
    return _told(mailed, options, teller)


def _nobody(teller: Teller) -> int:
    teller.complain(
        [Complaint("mail", "no list of recipients is named.", "Say build.py mail RECIPIENTS.csv.", ExitCode.USAGE)]
    )
    return ExitCode.USAGE


def _note(options: argparse.Namespace, ledger: Path, teller: Teller) -> None:
    """Failures and wishes that came back go into the ledger."""
    with Ledger(ledger) as book:
        for path in options.bounced:
            for failure in bounces.failures(path):
                address = book.bounced(failure.message_id, failure.said)
                teller.say(
                    f"{escape(address)}: came back"
                    if address
                    else f"[dim]{escape(str(path))}: a letter that isn't ours[/]"
                )
        for address in options.arrived:
            known = book.arrived(address)
            teller.say(f"{escape(address)}: {'has arrived' if known else 'no letter to it is uncertain'}")
        for said in options.suppress:
            if address := said if "@" in said else book.reader(said):
                book.suppress([address], "asked for no more letters")
            teller.say(f"{escape(address)}: gets no more letters" if address else f"{escape(said)}: no letter of ours")


def _told(mailed: Mailed, options: argparse.Namespace, teller: Teller) -> int:
    teller.complain(mailed.slips)
    teller.say(f"{len(mailed.letters)} letters in {mailed.letters[0].parent if mailed.letters else options.out}")
    for address, subject in mailed.samples:
        teller.say(f"  [dim]{escape(address)}[/]  {escape(subject)}")
    for title, listed in (("passed over", mailed.passed_over), ("refused", mailed.refused), ("waiting", mailed.waiting),
                          ("uncertain", mailed.uncertain)):  # fmt: skip
        shown = listed if title == "uncertain" else listed[:SHOWN]  # each of those somebody must look after
        for address, said in shown:
            teller.say(f"  {title}: {escape(address)}  [dim]{escape(said)}[/]")
        if len(listed) > len(shown):
            teller.say(f"  … and {len(listed) - len(shown)} more {title}")
    left = [*mailed.refused, *mailed.waiting, *mailed.uncertain]
    if options.send:
        already = f", {mailed.already} had theirs before" if mailed.already else ""
        teller.say(f"campaign {mailed.campaign}: {mailed.sent} sent{already}, {len(mailed.refused)} refused, "
                   f"{len(mailed.waiting)} waiting, {len(mailed.uncertain)} uncertain")  # fmt: skip
    else:
        teller.say("[dim]nothing is sent without --send[/]")
    if mailed.uncertain:
        teller.complain([Complaint("smtp", f"{len(mailed.uncertain)} letters may or may not have arrived.",
                                   "Ask the server's keeper with the Message-ID. Note those that have with --arrived; send the others again "
                                   "with --resend-uncertain.", warning=True)])  # fmt: skip
    teller.say(campaign=mailed.campaign, letters=[str(path) for path in mailed.letters], sent=mailed.sent, already=mailed.already,
               passed_over=mailed.passed_over, refused=mailed.refused, waiting=mailed.waiting, uncertain=mailed.uncertain,
               tally={str(state): count for state, count in mailed.tally.items()})  # fmt: skip
    return ExitCode.PARTLY_SENT if options.send and left else ExitCode.DONE


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no count. Write 1 or more.")
    return int(text)


def _address(text: str) -> str:
    """An address as the ledger knows it: its domain in ASCII, whatever alphabet it is written in."""
    try:
        return parse_address(text)
    except PydanticCustomError as wrong:
        raise argparse.ArgumentTypeError(wrong.message()) from None


def _wish(text: str) -> str:
    """Who asks for no more letters: an address, or the name of a letter."""
    return _address(text) if "@" in text else text
