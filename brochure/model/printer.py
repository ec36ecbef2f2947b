"""A printer profile: what one print shop's press and preflight ask of a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field, model_validator

from brochure.model.patterns import FileName
from brochure.model.scalar import refuse
from brochure.model.values import Line, Model, Number, ProfileRef, Truth, Whole

Variant = Literal["sheet-fed", "web", "newsprint", "digital"]
Severity = Literal["error", "warning"]
BLEED_LIMIT = 5  # mm: what every template paints out to
#: What may stand between ``brochure.print`` and ``.pdf`` and so can't be a printer's name.
RESERVED = ("book", "cover", "proof", "rejected", "report", "text", "ticket")
SAFE_LIMIT = 15  # mm: within the margins of every page


class Limits(Model):
    """What a preflight measures against. What a profile leaves out, its variant decides.

    ``ink``: total area coverage, % averaged over any 15 × 15 mm square, None where the press sets none;
    ``ink_severity``: what too much of it is; ``reversed_text`` and ``coloured_text``: the smallest white text and the
    smallest text in more than one ink, pt; ``line``: the thinnest white or multi-ink line, pt; ``picture_error`` and
    ``picture_warning``: effective resolution of colour and grey pictures, ppi, up to which it is an error or a
    warning; ``bitmap_error`` and ``bitmap_warning``: the same for 1-bit pictures."""

    ink: Number | None = None
    ink_severity: Severity | None = None
    reversed_text: Number | None = None
    coloured_text: Number | None = None
    line: Number | None = None
    picture_error: Number | None = None
    picture_warning: Number | None = None
    bitmap_error: Number | None = None
    bitmap_warning: Number | None = None


def _limits(ink: int | None, reversed_text: int, picture_error: int, picture_warning: int) -> Limits:
    return Limits(
        ink=None if ink is None else Decimal(ink),
        ink_severity="warning",
        reversed_text=Decimal(reversed_text),
        coloured_text=Decimal(reversed_text),
        line=Decimal("0.25"),
        picture_error=Decimal(picture_error),
        picture_warning=Decimal(picture_warning),
        bitmap_error=Decimal(549),
        bitmap_warning=Decimal(799),
    )


#: After the Ghent Workgroup's 2022 specifications for each way of printing.
VARIANTS: dict[Variant, Limits] = {
    "sheet-fed": _limits(320, 8, 149, 224),
    "web": _limits(305, 9, 149, 224),
    "newsprint": _limits(245, 10, 99, 149),
    "digital": _limits(None, 5, 95, 149),
}


class Waiver(Model):
    """A finding that somebody accepts: which rule, on which page (all pages when left out), why, and who says so."""

    rule: Line
    page: Whole | None = None
    reason: Line
    person: Line


class Stock(Model):
    """A paper: what it is called on the job ticket, and one sheet's caliper, mm."""

    name: Line
    caliper: Number

    @model_validator(mode="after")
    def _paper(self) -> Stock:
        if not 0 < self.caliper <= 1:
            raise refuse(f"no paper is {self.caliper} mm thick.", "Write its caliper, such as 0.12.", "caliper")
        return self


class Printer(Model):
    """One print shop and press. ``profile`` is the output intent's ICC file below assets/icc/, ``condition`` its name
    in the ICC registry; ``bleed`` and ``safe`` in mm; ``ppi``: what pictures are brought down to; ``marks`` are drawn
    outside the bleed. ``order``: the pages as they are read, or the four of the cover (1, 2, n − 1, n) before the
    others. A ``cover`` on another stock is printed from a file of its own, and the text block from another.
    ``naming`` is what the print files are called in the hand-over package, see ``FileName``."""

    name: Line
    default: Truth = False
    variant: Variant
    profile: ProfileRef
    condition: Line
    bleed: Number = Decimal(3)
    safe: Number = Decimal(5)
    ink_limit: Number = Decimal(300)
    ppi: Whole = 350
    marks: tuple[Literal["crop", "registration", "colour bar"], ...] = ()
    order: Literal["reading order", "cover first"] = "reading order"
    paper: Stock
    cover: Stock | None = None
    naming: FileName | None = None
    limits: Limits = Field(default_factory=Limits)
    waivers: tuple[Waiver, ...] = ()

    @model_validator(mode="after")
    def _measures(self) -> Printer:
        if not 0 <= self.bleed <= BLEED_LIMIT:
            raise refuse(f"a bleed of {self.bleed} mm can't be made.", f"Write 0 to {BLEED_LIMIT} mm.", "bleed")
        if not 100 <= self.ink_limit <= 400:
            raise refuse(f"an ink limit of {self.ink_limit} % makes no sense.", "Write 100 to 400 %.", "ink_limit")
        if not 72 <= self.ppi <= 1200:
            raise refuse(f"pictures of {self.ppi} ppi make no sense.", "Write 72 to 1200.", "ppi")
        if not 0 <= self.safe <= SAFE_LIMIT:
            raise refuse(f"a safe area of {self.safe} mm makes no sense.", f"Write 0 to {SAFE_LIMIT} mm.", "safe")
        return self

    @model_validator(mode="after")
    def _two_files(self) -> Printer:
        if self.cover and self.order == "cover first":
            raise refuse("the cover has a file of its own.", "Leave out order: cover first.", "order")
        if self.cover and self.naming and "{part}" not in self.naming:
            raise refuse(f"“{self.naming}” names cover and text block alike.", "Add {part}: cover or text.", "naming")
        return self

    @property
    def measured(self) -> Limits:
        """The limits in force: the variant's, with what this profile says otherwise."""
        return VARIANTS[self.variant].model_copy(update=self.limits.model_dump(exclude_none=True))
