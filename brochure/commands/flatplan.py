"""``build.py flatplan``: the whole edition as one picture."""

from __future__ import annotations

import argparse

from brochure import press
from brochure.commands import of_edition
from brochure.errors import ExitCode
from brochure.teller import Teller


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """What it may be told."""
    of_edition(parser)
    parser.add_argument("--language", metavar="L", help="the language of the pages shown")


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Draw the whole edition as one picture: facing spreads with page numbers and kinds."""
    house = press.house(options.house)
    edition = options.edition or house.default_edition
    for page in house.plans.get(edition, ()):
        numbers = f"{page.first}" if page.first == page.last else f"{page.first}–{page.last}"
        teller.say(f"{numbers:>6}  {page.id}  [dim]{page.kind.name}[/]")
    language = options.language or press.orders(house, edition)[0].language
    with teller.bar("setting") as step:
        path = press.flatplan(house, edition, language, options.out, step)
    pages = [{"id": p.id, "kind": p.kind.name, "first": p.first, "last": p.last} for p in house.plans[edition]]
    teller.say(str(path), flatplan=str(path), pages=pages)
    return ExitCode.DONE
