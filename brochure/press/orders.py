"""Orders: what a command line comes to, and the street as far as the galleys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from brochure import compose, load
from brochure.errors import BrochureError, Complaint, ContentError, ExitCode, TemplateError, errors_in, suggestion, tidy
from brochure.house import House
from brochure.load import Entry
from brochure.model.job import Job
from brochure.model.printer import Printer
from brochure.stages import Manuscript, Order, Sheet

SIGNATURE = 4  # pages on a folded sheet
#: Which outputs a product hasn't, and what to ask for instead.
PRODUCTS = ("brochure", "handout", "leaflet")
NOT_FOR: dict[str, dict[str, str]] = {
    "brochure": {"sheet": "Ask for booklet, or name --product handout."},
    "leaflet": {"booklet": "Ask for print: it is folded, not stapled.", "sheet": "Ask for screen or print."},
    "handout": {"booklet": "Ask for sheet: two copies side by side, to be cut apart."},
}


def house(root: Path, draft: bool = False) -> House:
    """The house at ``root``; see ``load.house`` for a ``draft``. Slips of content don't hide the ones in templates and stylesheets: all are told in
    one ContentError."""
    try:
        return load.house(root, draft=draft)
    except ContentError as error:
        slips = list(error.complaints)
        slips += compose.lint.house(load.shelf.templates(root, []), load.shelf.assets(root, {}))
        raise ContentError(slips) from None


def orders(
    house: House,
    edition: str,
    languages: tuple[str, ...] = (),
    outputs: tuple[str, ...] = (),
    pages: tuple[str, ...] = (),
    press: str = "",
    sheet: str = "",
    product: str = "brochure",
    about: tuple[str, ...] = (),
) -> list[Order]:
    """The orders that a command line comes to: every language and output unless some are named. Single pages
    are always printed as pictures. ``press`` names a printer profile, ``sheet`` a booklet's sheet,
    ``product`` what is made; a handout is made ``about`` each of these subjects, about all when none is named.
    ContentError for an edition, printer or subject that isn't there."""
    if edition not in house.editions:
        load.manuscript(house, Order(edition, ""))
    wanted = ("pages",) if pages else tuple(dict.fromkeys(outputs)) or default_outputs(house, edition, product)
    _suits(product, wanted, about)
    if "booklet" in wanted:
        _foldable(house, edition)
    if "print" in wanted or press:
        printer(house.dressed(edition), press)
    return [
        Order(
            edition,
            language,
            output,
            pages,
            (press or house.dressed(edition).default_printer) if output == "print" else "",
            sheet if output in ("booklet", "sheet") else "",
            product,
            subject,
        )
        for language in languages or house.editions[edition].languages
        for subject in (_subjects(house, edition, about) if product == "handout" else ("",))
        for output in wanted
    ]


def every_order(
    house: House,
    edition: str,
    languages: tuple[str, ...],
    products: tuple[str, ...] = (),
    outputs: tuple[str, ...] = (),
    **asked: Any,
) -> list[Order]:
    """The orders of everything that an edition can be made into: all products, or some of them, each in those of the
    outputs that it has, in all of its own when none is named. An edition without the pages or words for a leaflet or
    for handouts has none."""
    found: list[Order] = []
    for product in products or PRODUCTS:
        suited = tuple(output for output in outputs if output not in NOT_FOR[product])
        if (suited or not outputs) and _can(house, edition, languages, product):
            found += orders(house, edition, languages, suited, product=product, **asked)
    return found


def _can(house: House, edition: str, languages: tuple[str, ...], product: str) -> bool:
    if product == "handout":
        return any(subject.enough for subject in load.subjects(house, edition))
    return product == "brochure" or not any(load.no_leaflet(house, edition, tag) for tag in languages)


def _suits(product: str, outputs: tuple[str, ...], about: tuple[str, ...]) -> None:
    """ContentError for an output that a product hasn't, or a subject where nothing is made about one."""
    strange = next((output for output in outputs if output in NOT_FOR[product]), "")
    if strange:
        what = f"a {product} has no output “{strange}”."
        raise ContentError([Complaint("--output", what, NOT_FOR[product][strange], ExitCode.USAGE)])
    if about and product != "handout":
        what = f"a {product} is about no single subject."
        raise ContentError([Complaint("--subject", what, "Write --product handout, or leave it out.", ExitCode.USAGE)])


def _subjects(house: House, edition: str, about: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects that handouts are made of: those named, else all that have enough facts."""
    found = load.subjects(house, edition)
    for name in about:
        load.subject(found, name)
    return tuple(dict.fromkeys(about)) or tuple(subject.id for subject in found if subject.enough)


def default_outputs(house: House, edition: str, product: str = "brochure") -> tuple[str, ...]:
    """What is made when no output is named: all but page pictures. Without a printer profile no print file can be
    made, and loose sheets make no booklet."""
    if product != "brochure":
        return ("screen", "print") if house.printers else ("screen",)
    printed = ("print",) if house.printers else ()
    folded = ("booklet",) if house.editions[edition].binding == "saddle stitch" else ()
    return ("screen", *printed, *folded)


def _foldable(house: House, edition: str) -> None:
    """ContentError when an edition's pages don't make whole sheets."""
    pages = sum(page.kind.pages for page in house.plans[edition])
    if pages % SIGNATURE:
        what = f"the flatplan has {pages} pages, which can't be folded into a booklet."
        remedy = "Write binding: saddle stitch and add an entry “kind: notes”: it fills what is missing."
        raise ContentError([Complaint(house.edition_place(edition, "flatplan"), what, remedy)])


def printer(house: House, name: str | None = None) -> Printer:
    """A printer profile by its name, the house's default one when none is named; ContentError when there is none."""
    wanted = name or house.default_printer
    if wanted in house.printers:
        return house.printers[wanted]
    what = f"there is no printer profile “{wanted}”." if wanted else "the house has no printer profile."
    listed = f"Profiles: {', '.join(house.printers) or 'none'}; they are in content/printers/."
    raise ContentError([Complaint("printer", what, suggestion(wanted, house.printers) or listed)])


def composed(order: Order, house: House) -> tuple[Manuscript, Sheet]:
    """The street up to the galleys, without drawings: what ``check`` and ``facts`` need."""
    manuscript = load.manuscript(house, order)
    return manuscript, compose.sheet(manuscript, draw=False)


def check(house: House, edition: str | None = None) -> tuple[Complaint, ...]:
    """Composes every language of one edition, or of all: the warnings; raises BrochureError with everything that was
    found when there is an error."""
    slips: list[Complaint] = []
    names = [edition] if edition else [*house.editions]
    sheets = [order for name in names for order in orders(house, name, outputs=("screen",), product="handout")]
    sheets += [order for name in names for order in _leaflets(house, name)]
    for order in [*(order for name in names for order in _languages(house, name)), *sheets]:
        try:
            manuscript, sheet = composed(order, house)
            slips.extend(sheet.warnings)
            if order.product == "brochure":
                _ticketed(manuscript)
        except BrochureError as error:
            slips.extend(error.complaints)
    if errors_in(slips):
        raise TemplateError(slips)
    return tidy(slips)


def handouts(house: House, edition: str | None = None) -> list[dict[str, Any]]:
    """Every subject of an edition, or of all, with how many facts its handout prints; where there is none, why."""
    return [
        {
            "edition": name,
            "subject": it.id,
            "sort": it.sort,
            "facts": len(it.facts),
            "none": "" if it.enough else load.scant(it),
        }
        for name in ([edition] if edition else house.editions)
        for it in load.subjects(house, name)
    ]


def _ticketed(manuscript: Manuscript) -> None:
    """Composes the job ticket for every printer, without files: a slip in it is told before anything is printed."""
    words = manuscript.language.ticket
    for name, profile in manuscript.house.printers.items() if words else ():
        assert words is not None
        compose.ticket(manuscript, words, Job(name, profile, (), (), ()))


def _leaflets(house: House, edition: str) -> list[Order]:
    """A leaflet in each language that says what one says, when the edition has all that it needs."""
    tags = house.editions[edition].languages
    return [Order(edition, tag, product="leaflet") for tag in tags if load.no_leaflet(house, edition, tag) is None]


def _languages(house: House, edition: str) -> list[Order]:
    return orders(house, edition, outputs=("screen",))


def chosen(sheet: Sheet, pages: tuple[str, ...]) -> Sheet:
    """The sheet with only the pages of these ids; all of them when none is named."""
    if not pages:
        return sheet
    known = [galley.id for galley in sheet.galleys]
    unknown = [page for page in pages if page not in known]
    if unknown:
        raise ContentError(
            [
                Complaint(
                    "order",
                    f"the flatplan has no page “{page}”.",
                    suggestion(page, known) or f"Pages: {', '.join(known)}.",
                )
                for page in unknown
            ]
        )
    return replace(sheet, galleys=tuple(galley for galley in sheet.galleys if galley.id in pages), partial=True)


def register(house: House, edition: str, day: date | None) -> tuple[dict[str, str], list[Entry]]:
    """The register of an edition in its first language: every fact as it prints, and its entry on a day (the
    edition's own when none is given)."""
    order = _languages(house, edition)[0]
    manuscript, sheet = composed(order, house)
    found = list(load.entries(house, edition, sheet.used, day or manuscript.edition.date.first))
    return {entry.id: compose.printed(manuscript, entry.id) for entry in found}, found
