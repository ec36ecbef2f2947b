"""``build.py translations``: how far each language is, and its texts out to an office and back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from brochure import bureau, deliver, exchange, load
from brochure.errors import Complaint, ContentError, ExitCode, suggestion
from brochure.house import House
from brochure.load import parity
from brochure.load.papers import ACCEPTED, BUDGETS
from brochure.load.sayings import sayings, source
from brochure.model.phrase import State
from brochure.teller import Teller
from brochure.typeset import Setter

WIDTH = 40  # characters of a bar
PAINT = {State.DONE: "green", State.CHANGED: "yellow", State.SAME: "magenta", State.MISSING: "red"}
SIGNS = {State.DONE: "█", State.CHANGED: "▓", State.SAME: "▒", State.MISSING: "░"}


def options(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    """The actions and what each may be told; without any the bars are shown."""
    parser.set_defaults(action="", language=[])
    actions = parser.add_subparsers(title="actions", dest="action", metavar="ACTION")
    one = {}
    for name, run in ACTIONS.items():
        said = (run.__doc__ or "").strip()
        one[name] = actions.add_parser(name, help=said, description=said, parents=[shared])
    for name in ("accept", "export"):
        one[name].add_argument(
            "--language", nargs="+", metavar="L", default=[], help="languages, such as pt (default: all)"
        )
    one["accept"].add_argument("keys", nargs="*", metavar="KEY", help="such as pages/zone.yaml#lead")
    one["accept"].add_argument("--all", action="store_true", help="every translation that is there")
    one["export"].add_argument("--format", choices=tuple(exchange.FORMATS), default="xliff", help="default: xliff")
    one["import"].add_argument("files", nargs="+", type=Path, metavar="FILE", help="an .xlf, .xliff or .po file")


def run(options: argparse.Namespace, teller: Teller) -> int:
    """Show how far each language is translated; exchange texts with a translation office."""
    return ACTIONS[options.action](options, teller) if options.action else _bars(options, teller)


def _house(options: argparse.Namespace, teller: Teller) -> House:
    house, slips = bureau.house(options.house)
    teller.complain(slips)
    return house


def _bars(options: argparse.Namespace, teller: Teller) -> int:
    house = _house(options, teller)
    told, table = {}, Table(box=None, header_style="bold", pad_edge=False)
    for title in ("language", "", *(f"[{PAINT[state]}]{SIGNS[state]}[/] {state}" for state in State)):
        table.add_column(title, justify="left" if title in ("language", "") else "right")
    for tag in bureau.chosen(house, ()):
        counts = parity.tally(parity.states(house, tag))
        told[tag] = {str(state): count for state, count in counts.items()}
        row = [str(counts[state]) if counts[state] else "–" for state in State]
        table.add_row(f"{tag}  [dim]{escape(house.languages[tag].words.name)}[/]", _bar(counts), *row)
    if told:
        teller.show(table)
    else:
        teller.say(f"there is no translation yet: content/{source(house)}/ is the only language")
    teller.say(languages=told)
    return ExitCode.DONE


def _bar(counts: dict[State, int]) -> Text:
    """A bar in four paints; whatever there is gets at least one cell."""
    whole, bar = sum(counts.values()) or 1, Text()
    order = (State.DONE, State.CHANGED, State.SAME, State.MISSING)
    cells = {state: max(round(WIDTH * counts[state] / whole), int(counts[state] > 0)) for state in order}
    cells[max(cells, key=lambda state: cells[state])] -= sum(cells.values()) - WIDTH
    for state in order:
        bar.append(SIGNS[state] * cells[state], PAINT[state])
    return bar


def _accept(options: argparse.Namespace, teller: Teller) -> int:
    """Say that translations have been read beside the texts as they are now."""
    house = _house(options, teller)
    if bool(options.keys) == options.all:
        what = "either keys or --all must be named."
        raise ContentError([Complaint("translations accept", what, "Such as pages/zone.yaml#lead.", ExitCode.USAGE)])
    tags = bureau.chosen(house, options.language)
    _known(house, tags, options.keys)
    pairs = {}
    for tag in tags:
        file = f"content/{tag}/{ACCEPTED}"
        text, changed = parity.accept(house, tag, None if options.all else frozenset(options.keys))
        if changed:
            pairs[file] = load.foreign.content(house.root, file), text.encode()
        teller.say(f"{tag}: {len(changed)} accepted")
        teller.told.setdefault("accepted", {})[tag] = changed
    deliver.content.write(house.root, pairs)
    return ExitCode.DONE


def _known(house: House, tags: Sequence[str], keys: Sequence[str]) -> None:
    """ContentError for keys that no text has, or that none of the languages has translated."""
    known = sayings(house, source(house))
    there = {key for tag in tags for key in sayings(house, tag)}
    slips = []
    for key in keys:
        if key not in known:
            remedy = suggestion(key, known) or "Keys look like pages/zone.yaml#lead."
            slips.append(Complaint("translations accept", f"there is no text “{key}”.", remedy))
        elif key not in there:
            what = f"“{key}” isn't translated into {', '.join(tags)}."
            slips.append(Complaint("translations accept", what, "Translate it first."))
    if slips:
        raise ContentError(slips)


def _export(options: argparse.Namespace, teller: Teller) -> int:
    """Write a file for a translation office, one for each language, into out/translations/."""
    house = _house(options, teller)
    paths = []
    with deliver.Output(options.out / "translations") as output:
        for tag in bureau.chosen(house, options.language):
            output.put(*bureau.export(house, tag, options.format))
        paths = output.publish()
    for path in paths:
        teller.say(str(path))
    teller.say(files=[str(path) for path in paths])
    return ExitCode.DONE


def _import(options: argparse.Namespace, teller: Teller) -> int:
    """Take a translation office's files; nothing of a file is written when anything in it is wrong."""
    told = []
    for path in options.files:
        taken = bureau.take(_house(options, teller), path)
        teller.complain(taken.warnings)
        teller.say(f"{path}: {len(taken.keys)} texts changed in {len(taken.files)} files ({taken.language})")
        told.append({"file": str(path), "language": taken.language, "keys": list(taken.keys)})
    if any(item["keys"] for item in told):
        teller.say("Read them, look at the pages (--draft), then say: build.py translations accept --all")
    teller.say(imported=told)
    return ExitCode.DONE


def _measure(options: argparse.Namespace, teller: Teller) -> int:
    """Lay out every finished language and note how many letters the box of each text holds."""
    house = _house(options, teller)
    with teller.bar("setting") as step, Setter(limits=house.limits) as setter:
        found = bureau.measured(house, setter, step)
    teller.complain(found.slips)
    file = f"content/{source(house)}/{BUDGETS}"
    deliver.content.write(
        house.root, {file: (load.foreign.content(house.root, file), load.budgets.file(found.budgets).encode())}
    )
    teller.say(
        f"{file}: {len(found.budgets)} of {len(sayings(house, source(house)))} texts stand in boxes",
        measured=len(found.budgets),
    )
    return ExitCode.DONE


ACTIONS = {"accept": _accept, "export": _export, "import": _import, "measure": _measure}
