"""The gate: no print file leaves the house under its own name before preflight has let it pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from brochure import preflight
from brochure.errors import Complaint, ExitCode
from brochure.finish import parts
from brochure.finish.parts import Part
from brochure.model.printer import Printer
from brochure.press import handover
from brochure.press.handover import Judged
from brochure.report import Finding, Report
from brochure.stages import Manuscript, Product, Proof
from brochure.typeset import Setter

SHOWN = 12  # kinds of finding on the terminal; the report has them all
PICTURES = 60  # ppi: pages in the report


@dataclass(frozen=True)
class Passage:
    """What came out at the gate: products, findings that stopped one, warnings, and by name the files of earlier runs
    that are ``gone`` (they would be mistaken for new ones) or ``outdated`` (the last good ones: they stay, and are
    marked)."""

    products: tuple[Product, ...]
    findings: tuple[Complaint, ...] = ()
    gone: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    warnings: tuple[Complaint, ...] = ()


def passage(proof: Proof, manuscript: Manuscript, printer: str, setter: Setter) -> Passage:
    """The print files for one printer with their reports and, when all of them are fit for press, the job ticket, a
    proof and the hand-over package. When one isn't, all are called ``….rejected.pdf``."""
    judged = [_judged(part, proof, manuscript, printer) for part in parts.finish(proof, manuscript.house, printer)]
    stem = parts.stem(manuscript.house, printer, manuscript.name)
    if any(one.report.errors for one in judged):
        return _rejected(judged, stem, manuscript.language_id)
    products = [product for one in judged for product in _filed(one, one.part.product.name)]
    products += handover.products(judged, manuscript, printer, setter)
    names = {product.name for product in products}
    return Passage(tuple(products), gone=tuple(name for name in file_names(stem) if name not in names))


def file_names(stem: str) -> Iterator[str]:
    """Every name that a file of one printer may have."""
    for middle in ("", ".cover", ".text"):
        for state in ("", ".rejected"):
            yield f"{stem}{middle}{state}.pdf"
            yield f"{stem}{middle}{state}.report.html"
    yield from (f"{stem}.ticket.pdf", f"{stem}.proof.pdf", f"{stem}.zip")


def _judged(part: Part, proof: Proof, manuscript: Manuscript, printer: str) -> Judged:
    house = manuscript.house
    profile = for_part(house.printers[printer], part.numbers)
    found = preflight.examined(part.product.content, profile, house.brand, part.product.name, PICTURES)
    found = found.placed(proof.boxes, proof.places, part.numbers)
    product = replace(part.product, verdict=found.report.verdict)
    return Judged(replace(part, product=product), found.report, found.page(house.brand))


def for_part(printer: Printer, numbers: Sequence[int]) -> Printer:
    """The profile with its waivers in the page numbers of one file, which holds these pages of the brochure, all in
    their order when there are none: an editor writes the brochure's."""
    waivers = [
        waiver if waiver.page is None else waiver.model_copy(update={"page": numbers.index(waiver.page) + 1})
        for waiver in printer.waivers
        if waiver.page is None or waiver.page in numbers
    ]
    return printer.model_copy(update={"waivers": tuple(waivers)}) if numbers else printer


def _filed(one: Judged, name: str) -> tuple[Product, Product]:
    """A print file under a name, and its report beside it."""
    product = replace(one.part.product, name=name)
    report = replace(product, name=f"{name.removesuffix('.pdf')}.report.html", content=one.html, pages=0, claims=())
    return product, report


def _rejected(judged: Sequence[Judged], stem: str, language: str) -> Passage:
    """All parts under names that nobody sends to a printer; the last good files stay, marked as old."""
    products: list[Product] = []
    findings: list[Complaint] = []
    for one in judged:
        name = f"{one.part.product.name.removesuffix('.pdf')}.rejected.pdf"
        products += [replace(product, claims=()) for product in _filed(one, name)]
        findings += told(one.report, f"{language}/{name}")
    names = {product.name for product in products}
    old = tuple(name for name in file_names(stem) if ".rejected." not in name)
    gone = tuple(name for name in file_names(stem) if ".rejected." in name and name not in names)
    return Passage(tuple(products), tuple(findings), gone, old)


def told(report: Report, name: str) -> Iterator[Complaint]:
    """The errors of a report as lines, like ones of several pages as one, and a last line on the file itself."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.errors:
        alike.setdefault((finding.rule, finding.what), []).append(finding)
    for found in list(alike.values())[:SHOWN]:
        first, pages = found[0], sorted({finding.page for finding in found if finding.page})
        others = f" (also on page{'s' if len(pages) > 2 else ''} {', '.join(map(str, pages[1:]))})" if pages[1:] else ""
        what = f"{first.rule}: {first.what.rstrip('.')}{others}."
        yield Complaint(_spot(first, name), what, first.remedy, ExitCode.FINDINGS)
    if report.errors:
        remedy = f"Mend what {name.removesuffix('.pdf')}.report.html lists."
        yield Complaint(name, f"not fit for press: {len(report.errors)} errors.", remedy, ExitCode.FINDINGS)


def _spot(finding: Finding, name: str) -> str:
    """Where a finding lies: a line of the content, else a spot on a page of the file."""
    spot = f" ({finding.rectangle.left:.1f}, {finding.rectangle.top:.1f} mm)" if finding.rectangle else ""
    return finding.place or (f"{name} page {finding.page}{spot}" if finding.page else name)
