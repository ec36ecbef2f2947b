"""What pages show, by its id, and what each place of a page asks of it."""

from __future__ import annotations

from typing import Any, Self

from brochure.model.scalar import refuse
from brochure.model.values import FactRef, LabelledFact, NameRef, Ref


class LabelledNumber(LabelledFact):
    """A number that is shown with a label, drawn or set large."""

    holds = "a number"


class LabelledNumberOfYear(LabelledNumber):
    """The same with the year that it is of."""

    of_year = True


class NumberFact(FactRef):
    """A number that is printed or drawn."""

    holds = "a number"


class NumberOfYear(NumberFact):
    """A number that is printed with the year that it is of."""

    of_year = True


class DateFact(FactRef):
    """A date, or a range of dates."""

    holds = "a date"


class DayFact(FactRef):
    """A single date, however exact: a place on a line of years."""

    holds = "a single date"


class NamesFact(FactRef):
    """A list of names."""

    holds = "names"


class PointFact(FactRef):
    """A place on the earth: latitude and longitude."""

    holds = "a point"


class PlaceFact(PointFact):
    """A place that a map draws: a point in content/facts/places.yaml."""

    @classmethod
    def read(cls, value: Any) -> Self:
        """The value checked; a refusal when it is no id, or of no place."""
        ref = super().read(value)
        if not ref.startswith("places."):
            raise refuse(f"“{ref}” is no place.", "Write a fact out of content/facts/places.yaml: places.kaluga.")
        return ref


class LabelRef(Ref):
    """What a general label is for: a fact's id, or the last word of many facts' ids."""

    kind = "label"
    pattern = r"[a-z0-9_]+|" + FactRef.pattern
    grammar = "Write a fact's id, or the last word of one."


class TownRef(Ref):
    """A town on a map: the fact ``places.<id>`` with its point, or a town of the prepared geometry."""

    kind = "town"


class NamedTown(NameRef):
    """The same with its name printed beside it."""


class ColourRef(Ref):
    """The name of a colour in content/brand.yaml."""

    kind = "colour"


class SizeRef(Ref):
    """The name of a type size in content/brand.yaml."""

    kind = "type size"


class EmblemRef(Ref):
    """The park whose facts an emblem is drawn from: parks.<id>.…"""

    kind = "park"


class ContactRef(Ref):
    """Whom a reader may turn to: an entry of content/contacts.yaml."""

    kind = "contact"


class EditionRef(Ref):
    """The name of a file in content/editions/, and of the folder that its PDFs go into."""

    kind = "edition"


class PrinterRef(Ref):
    """The name of a file in content/printers/."""

    kind = "printer"
