"""The job ticket: one page of its own that goes to the printer with the print files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from brochure import __version__
from brochure.compose import room, styles
from brochure.compose.frame import digest, framed
from brochure.compose.render import plain
from brochure.compose.sheet import HOST, Desk
from brochure.house import PlannedPage
from brochure.language import NBSP, day, held
from brochure.model.job import Job
from brochure.model.kind import Kind
from brochure.model.ticket import TicketWords
from brochure.model.values import Model
from brochure.model.words import PageWords
from brochure.stages import Galley, Manuscript, Sheet, digest_of

KIND = Kind("ticket", 1, Model, PageWords, marks=False)
TEMPLATE, STYLES = "ticket.html", "css/ticket.css"
DIAGRAM = 66.0  # mm wide


def ticket(manuscript: Manuscript, words: TicketWords, job: Job) -> Sheet:
    """The job ticket as a sheet of one galley; TemplateError when its template has a slip."""
    desk = Desk(replace(manuscript, product="brochure"))  # on the edition's own paper, whatever it speaks of
    page = PlannedPage("ticket", KIND, Model(), 1)
    desk.page, desk.files = page, {**desk.common, **styles.imports(STYLES, manuscript.house.assets)}
    content = f"content/{manuscript.language_id}/ticket.yaml"
    html = room.render(desk.room, TEMPLATE, content, _values(desk, manuscript, page, words, job))
    files = {**desk.files, **desk.fonts}
    hashes = [f"{name}:{digest_of(files[name])}" for name in sorted(files)]
    name = digest([__version__, html, *hashes])
    galley = Galley("ticket", 1, 1, html, files, name, template=f"templates/{TEMPLATE}")
    sheet = framed(desk.manuscript, (galley,), {})
    return replace(
        sheet, title=f"{words.kicker}: {manuscript.heading}", description=_lead(manuscript, words), partial=True
    )


def _values(desk: Desk, manuscript: Manuscript, page: PlannedPage, words: TicketWords, job: Job) -> dict[str, Any]:
    said = _Said(manuscript, words)
    measures = manuscript.paper.width, manuscript.paper.height
    bleed, safe = float(job.printer.bleed), float(job.printer.safe)
    written = (said.mm(measures[0]), said.mm(measures[1]), f"{words.labels.bleed} {said.mm(bleed)}",
               f"{words.labels.safe} {said.mm(safe)}")  # fmt: skip
    spoken = tuple(map(plain, written))
    return {
        "page": page,
        "words": words,
        "kind": page.kind.name,
        "stylesheets": [f"{HOST}{sheet}" for sheet in ("css/tokens.css", "css/fonts.css", STYLES)],
        "job": job,
        "called": manuscript.about or manuscript.heading,
        "lead": _lead(manuscript, words),
        "entries": tuple(said.entries(job)),
        "verdict": words.verdicts[_worst(job)],
        "good": _worst(job) == "fit for press",
        "counts": said.counts(job),
        "files": [said.file(file) for file in job.files],
        "diagram": desk.drawing("page-format", page=measures, bleed=bleed, safe=safe, width=DIAGRAM, said=spoken),
    }


def _lead(manuscript: Manuscript, words: TicketWords) -> str:
    return str(words.sheets.lead if manuscript.product != "brochure" and words.sheets else words.lead)


def _worst(job: Job) -> str:
    verdicts = [file.verdict for file in job.files]
    return next((v for v in ("not fit for press", "fit for press, with warnings") if v in verdicts), "fit for press")


class _Said:
    """Figures of a job in the words of a language."""

    def __init__(self, manuscript: Manuscript, words: TicketWords) -> None:
        self.manuscript, self.words = manuscript, words
        self.written, self.between = manuscript.language.words, manuscript.language.words.comma
        self.tag, self.numerals = str(manuscript.language.words.locale), manuscript.language.words.numerals

    def number(self, value: float | Decimal) -> str:
        """A figure as the language writes it, without idle noughts."""
        text = f"{value:f}"
        return self.numerals.digits(Decimal(text.rstrip("0").rstrip(".") if "." in text else text))

    def mm(self, value: float | Decimal) -> str:
        """A measure."""
        return self.words.mm.fill(self.number(value))

    def called(self, name: str) -> str:
        """A printer's or a paper's name in this language, where it has one."""
        return str(self.words.printers.get(name, name))

    def entries(self, job: Job) -> Iterator[tuple[str, str]]:
        """(label, what it says), as the ticket lists them."""
        words, printer, labels = self.words, job.printer, self.words.labels
        paper, edition = self.manuscript.paper, self.manuscript.edition
        date = held(day(edition.date.first, self.tag, self.written.date))
        yield labels.prepared, self.called(printer.name)
        yield labels.date, date
        yield labels.language, str(self.manuscript.language.words.name)
        yield (
            labels.format,
            self.between.fill(
                paper.name, words.mm.fill(words.by.fill(self.number(paper.width), self.number(paper.height)))
            ),
        )
        yield labels.extent, self._extent(job)
        yield labels.binding, self._binding()
        yield labels.order, words.orders[printer.order]
        yield labels.paper, self.called(printer.paper.name)
        if printer.cover:
            yield labels.cover, self.called(printer.cover.name)
        yield labels.colours, "; ".join([words.process, *job.spots])
        yield labels.profile, f"{printer.condition} ({printer.profile})"
        yield labels.ink, words.percent.fill(self.number(printer.ink_limit))
        yield labels.marks, self.written.listing([words.marks[mark] for mark in printer.marks]) or words.no_marks
        yield labels.trapping, words.trapping
        yield labels.standard, self.written.between_names.join(job.claims)
        yield labels.fonts, self.written.listing([name.replace("-", NBSP) for name in job.fonts])

    def _binding(self) -> str:
        """How the sheets are held together; a leaflet's are folded, the inner panel narrower."""
        sheets, paper = self.words.sheets, self.manuscript.paper
        if sheets and paper.folds:
            first, second = paper.folds[0]
            narrow, wide = (self.mm(Decimal(f"{width:.2f}")) for width in (first, second - first))
            return sheets.fold.fill(wide, narrow)
        return self.words.bindings[self.manuscript.edition.binding if self.manuscript.product == "brochure" else "none"]

    def _extent(self, job: Job) -> str:
        if self.manuscript.product != "brochure" and self.words.sheets:
            return self.words.sheets.extent
        pages = {file.part: self.number(file.pages) for file in job.files}
        if "book" in pages:
            return self.words.extent.fill(pages["book"])
        return self.words.extent_apart.fill(pages["cover"], pages["text"]) if pages else ""

    def counts(self, job: Job) -> list[str]:
        """How many findings of each sort, over all files."""
        words = self.words
        return [
            pattern.fill(self.number(sum(getattr(file, name) for file in job.files)))
            for pattern, name in ((words.errors, "errors"), (words.warnings, "warnings"), (words.waived, "waived"))
        ]

    def file(self, file: Any) -> dict[str, str]:
        """A row of the list of files; the checksum in two halves of equal length."""
        size = self.words.megabytes.fill(
            self.numerals.digits((Decimal(file.size) / 1_000_000).quantize(Decimal("0.01")))
        )
        half = len(file.sha256) // 2
        one = self.manuscript.product != "brochure" and self.words.sheets
        return {
            "name": file.name, "part": one.part if one else self.words.parts[file.part], "pages": self.number(file.pages), "size": size,
            "sum": (file.sha256[:half], file.sha256[half:]),
        }  # fmt: skip
