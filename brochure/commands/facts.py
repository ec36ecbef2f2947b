"""``build.py facts``: the register of facts."""

from __future__ import annotations

import argparse
from datetime import date

from rich.markup import escape

from brochure import load, press
from brochure.commands import of_edition
from brochure.errors import ExitCode
from brochure.model.dates import parse_date
from brochure.teller import Teller, register_table


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    of_edition(parser)
    listed = parser.add_argument
    listed("--due", type=_day, metavar="DATE", help="what will be stale on that day, such as 2018-01-01")
    listed("--all", action="store_true", help="also facts that no page uses")


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Print the register of facts: where each is used, what is stale, what only the region claims."""
    house = press.house(options.house)
    edition = options.edition or house.default_edition
    due = options.due
    with teller.bar("composing"):
        printed, entries = press.register(house, edition, due)
    shown = [entry for entry in entries if options.all or entry.pages]
    if due:
        shown = [entry for entry in shown if entry.state == "stale"]
        teller.say(f"stale on {due}: {len(shown)} facts")
    teller.show(register_table(shown, printed))
    rows = [{"id": e.id, "printed": printed[e.id], "as_of": str(e.fact.as_of), "source": str(e.fact.source),
             "confidence": e.fact.confidence, "state": e.state, "expires": str(e.fact.expires or ""), "pages": e.pages}
            for e in shown]  # fmt: skip
    used = [entry for entry in entries if entry.pages]
    teller.say(
        f"{len(used)} of {len(entries)} facts are printed; {sum(e.state == 'stale' for e in used)} are stale, "
        f"{sum(e.state == 'undated' for e in used)} have no date, {sum(e.claimed for e in used)} only the region states",
        facts=rows,
    )
    for language in house.editions[edition].languages:
        plain = load.plain_texts(house, edition, language)
        teller.say(
            f"plain texts in {language}: {escape(', '.join(words for _, words in plain)) or 'none'} ({len(plain)})"
        )
        teller.told.setdefault("plain", {})[language] = [{"where": str(text.place), "text": w} for text, w in plain]
    return ExitCode.DONE


def _day(text: str) -> date:
    """A day on the command line: the last one of a year or month."""
    try:
        return parse_date(text).last
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date. Write 2018, 2018-01 or 2018-01-01.") from None
