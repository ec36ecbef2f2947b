"""What goes to the printer beside the print files: the job ticket, a proof to look through, and the whole as a zip."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from brochure import compose, deliver
from brochure.draw.shaping import has_all
from brochure.finish import fonts, parts, proofprint, screen
from brochure.finish.parts import Part
from brochure.model.job import Job, PrintFile
from brochure.model.ticket import TicketWords
from brochure.report import Report
from brochure.stages import Manuscript, Product
from brochure.typeset import Setter


@dataclass(frozen=True)
class Judged:
    """A print file with its preflight's report, also as a page for people."""

    part: Part
    report: Report
    html: bytes


def products(judged: Sequence[Judged], manuscript: Manuscript, printer: str, setter: Setter) -> Iterator[Product]:
    """Job ticket, proof and package of print files that are fit for press."""
    stem, first = parts.stem(manuscript.house, printer, manuscript.name), judged[0].part.product
    words = manuscript.language.ticket
    assert words is not None  # every language of a house with printers has one
    proof = setter.proof(compose.ticket(manuscript, words, _job(judged, manuscript, printer)))
    ticket = replace(screen.finish(proof)[0], name=f"{stem}.ticket.pdf", printer=printer)
    pages = sum(one.part.product.pages for one in judged)
    look = Product(f"{stem}.proof.pdf", _proof(judged, manuscript, words), pages, (), first.digest, printer)
    files = {"ticket.pdf": ticket.content, "proof.pdf": look.content}
    for one in judged:
        name = file_name(manuscript, printer, one.part)
        files |= {f"{name}.pdf": one.part.product.content, f"{name}.report.html": one.html}
    folder = f"{manuscript.edition_id}-{manuscript.language_id}-{printer}"
    if manuscript.product != "brochure":
        folder = f"{folder}-{manuscript.name.rpartition('/')[2]}"
    package = deliver.package(folder, files, manuscript.edition.date.first)
    yield from (ticket, look, Product(f"{stem}.zip", package, 0, (), first.digest, printer))


def file_name(manuscript: Manuscript, printer: str, part: Part) -> str:
    """What a print file is called in the package, without ``.pdf``: as the printer's profile says, else as here."""
    naming = manuscript.house.printers[printer].naming
    if naming is None:
        return part.product.name.rpartition("/")[2].removesuffix(".pdf")
    return str(naming).format(
        product=manuscript.name.replace("/", "-"), edition=manuscript.edition_id, language=manuscript.language_id, printer=printer,
        part=part.name, date=manuscript.edition.date,
    )  # fmt: skip


def _job(judged: Sequence[Judged], manuscript: Manuscript, printer: str) -> Job:
    found = sorted({name for one in judged for name in fonts.names(one.part.product.content)})
    files = tuple(_listed(one, file_name(manuscript, printer, one.part)) for one in judged)
    claims = judged[0].part.product.claims
    spots = sorted({name for one in judged for name in fonts.spots(one.part.product.content)})
    return Job(printer, manuscript.house.printers[printer], files, tuple(found), claims, tuple(spots))


def _listed(one: Judged, name: str) -> PrintFile:
    content, report = one.part.product.content, one.report
    waived = sum(bool(finding.waived) for finding in report.findings)
    return PrintFile(
        f"{name}.pdf", one.part.name, report.pages, len(content), hashlib.sha256(content).hexdigest(), report.verdict,
        len(report.errors), len(report.warnings), waived,
    )  # fmt: skip


def _proof(judged: Sequence[Judged], manuscript: Manuscript, words: TicketWords) -> bytes:
    house = manuscript.house
    caption = f"{words.proof} · {manuscript.language.common.page}"
    stack = [f.file for family in manuscript.language.words.text for f in house.brand.fonts if f.family == family]
    font = next((file for file in stack if has_all(house.assets[file], caption)), stack[0])
    title = f"{manuscript.title.title}. {words.proof}"
    colours = house.brand.colours
    files = [one.part for one in judged]
    return proofprint.proof(files, caption, colours["ember"].screen, colours["paper"].screen, house.assets[font], title)
