"""The office's printer, for booklets that people print, fold and staple themselves: content/booklet.yaml."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from brochure.model.scalar import refuse
from brochure.model.values import Model, Number

MARGIN_LIMIT, CALIPER_LIMIT = 15, Decimal("0.5")  # mm


class Booklet(Model):
    """``sheet``: what two pages are printed on (A4 makes an A5 booklet); ``margin``: what the printer leaves white at
    the edges, mm: the pages are made smaller by as much, 0 keeps their size; ``caliper``: the thickness of one sheet,
    mm; ``turn``: the edge that the duplex printer turns the sheet over."""

    sheet: Literal["A3", "SRA3", "A4"] = "A3"
    margin: Number = Decimal(5)
    caliper: Number = Decimal("0.1")
    turn: Literal["short edge", "long edge"] = "short edge"

    @model_validator(mode="after")
    def _measures(self) -> Booklet:
        if not 0 <= self.margin <= MARGIN_LIMIT:
            raise refuse(f"a margin of {self.margin} mm makes no sense.", f"Write 0 to {MARGIN_LIMIT} mm.", "margin")
        if not 0 <= self.caliper <= CALIPER_LIMIT:
            raise refuse(f"no copy paper is {self.caliper} mm thick.", "Write 0 to 0.5; most is 0.1.", "caliper")
        return self
