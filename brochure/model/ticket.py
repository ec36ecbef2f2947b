"""What a language says on the job ticket that goes to the printer with the print files."""

from __future__ import annotations

from pydantic import Field, model_validator

from brochure.model.markup import MarkedLine
from brochure.model.patterns import NumberPattern, RangePattern
from brochure.model.scalar import refuse
from brochure.model.values import Line, Model

BINDINGS = ("saddle stitch", "none")
ORDERS = ("reading order", "cover first")
MARKS = ("crop", "registration", "colour bar")
VERDICTS = ("fit for press", "fit for press, with warnings", "not fit for press")
PARTS = ("book", "cover", "text")


class Labels(Model):
    """The names of the ticket's entries."""

    prepared: Line
    date: Line
    language: Line
    format: Line
    bleed: Line
    safe: Line
    extent: Line
    order: Line
    colours: Line
    profile: Line
    ink: Line
    binding: Line
    marks: Line
    trapping: Line
    paper: Line
    cover: Line
    fonts: Line
    standard: Line
    file: Line
    part: Line
    pages: Line
    size: Line
    checksum: Line


class Sheets(Model):
    """What the ticket says of a product of one sheet: ``extent``, its ``part``, and how a leaflet is folded."""

    lead: Line
    extent: Line
    part: Line
    fold: RangePattern


class TicketWords(Model):
    """content/<language>/ticket.yaml. ``bindings``, ``orders``, ``marks``, ``verdicts`` and ``parts`` translate what a
    profile, an edition or a preflight says; ``printers`` the names of printer profiles and papers, as they are written
    there (one that is missing stands as it is); ``by_hand`` names the lines that are filled in by pen; ``proof`` stands
    at the foot of each page of the proof. ``sheets``: for handouts and leaflets; a house that makes only brochures
    needs none."""

    kicker: Line
    lead: Line
    labels: Labels
    bindings: dict[str, Line]
    orders: dict[str, Line]
    marks: dict[str, Line]
    verdicts: dict[str, Line]
    parts: dict[str, Line]
    printers: dict[str, MarkedLine] = Field(default_factory=dict)
    process: Line
    no_marks: Line
    trapping: Line
    extent: NumberPattern
    extent_apart: RangePattern
    errors: NumberPattern
    warnings: NumberPattern
    waived: NumberPattern
    mm: NumberPattern
    percent: NumberPattern
    megabytes: NumberPattern
    by: RangePattern
    checked: Line
    by_hand: tuple[Line, ...]
    diagram: Line
    proof: Line
    sheets: Sheets | None = None

    @model_validator(mode="after")
    def _complete(self) -> TicketWords:
        for name, wanted in (
            ("bindings", BINDINGS), ("orders", ORDERS), ("marks", MARKS), ("verdicts", VERDICTS), ("parts", PARTS)
        ):  # fmt: skip
            said = set(getattr(self, name))
            if said != set(wanted):
                raise refuse(f"“{name}” translates {', '.join(wanted)}.", "Add each of them, and nothing else.", name)
        return self
