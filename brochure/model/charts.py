"""Charts: what an editor asks for in the flatplan (facts, kind, place on the grid) and what a language says there."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, InstanceOf, model_validator

from brochure.model.markup import Text
from brochure.model.patterns import Pattern
from brochure.model.scalar import Scalar, place_of, refuse, single_text
from brochure.model.values import FactRef, Line, Model, NameRef, Passage, Ref, Slug, Truth, Whole

#: The kinds of chart, and what each is for.
CHARTS = {
    "bars": "figures of one unit beside each other, from a common nought",
    "pairs": "each figure above the one that it is compared with",
    "dots": "one mark for each: days, plants, projects",
    "discs": "areas or sums as areas of discs",
    "columns": "one figure over the years",
    "timeline": "dates along the years",
    "fields": "rates below the ordinary ones, as wide as the years that they last",
    "share": "the parts of a whole as one strip",
}
COMPARED = ("pairs", "fields")  # kinds that show each figure beside another
COLUMNS, ROWS = 12, 52  # of the page's grid
LANES = 4

ChartKind = Literal["bars", "pairs", "dots", "discs", "columns", "timeline", "fields", "share"]
Look = Literal["accent", "quiet", "open"]
Order = Literal["as written", "largest", "smallest", "earliest", "name"]


class Selector(FactRef):
    """A fact, or with ``*`` in the place of a word all facts of that form: ``parks.*.area``."""

    pattern = r"[a-z][a-z0-9_]*(\.([a-z0-9_]+|\*))+"

    @property
    def many(self) -> bool:
        """Whether it stands for all facts of a form."""
        return "*" in self

    def selects(self, fact: str) -> bool:
        """Whether a fact has the form; ``*`` stands for one word between points."""
        return _form(str(self)).fullmatch(fact) is not None


@lru_cache(maxsize=1024)
def _form(selector: str) -> re.Pattern[str]:
    return re.compile(re.escape(selector).replace(r"\*", "[a-z0-9_]+"))


class ChartRef(Ref):
    """The id of a chart, by which its words are found."""

    kind = "chart"


class Stretch(Scalar):
    """From which to which column or row, counted from 1: ``4..12``. ``first`` and ``last`` are whole numbers."""

    @property
    def first(self) -> int:
        """The first one, counted from 1."""
        return int(self.partition("..")[0])

    @property
    def last(self) -> int:
        """The last one, counted from 1."""
        return int(self.partition("..")[2])

    @property
    def size(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


def _stretch(most: int) -> BeforeValidator:
    def read(value: Any) -> Stretch:
        text = single_text(value, "a stretch")
        match = re.fullmatch(r"([1-9][0-9]?)\.\.([1-9][0-9]?)", text, re.ASCII)
        if not match or not int(match[1]) <= int(match[2]) <= most:
            raise refuse(f"“{text}” is no stretch of the grid.", f"Write the first and the last of {most}: 1..{most}.")
        return Stretch(text, place_of(value))

    return BeforeValidator(read)


Across = Annotated[Stretch, InstanceOf(), _stretch(COLUMNS)]
Down = Annotated[Stretch, InstanceOf(), _stretch(ROWS)]


class Entry(Model):
    """A fact of a chart, or all facts of a form. ``name``: whose it is, when its id doesn't say so. ``group``: what
    it stands under. ``what``: the key of a word beside its name. ``exists``: the part of a planned figure that is there. ``beside``: what it is
    compared with, ``term``: for how many years it holds. ``look``: accent stands out, quiet stands back, open is a beginning rather than an end."""

    fact: Selector
    name: NameRef | None = None
    group: NameRef | None = None
    what: Slug | None = None
    exists: FactRef | None = None
    beside: FactRef | None = None
    term: FactRef | None = None
    look: Look | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: Any) -> Any:
        return {"fact": data} if isinstance(data, str) else data


class Chart(Model):
    """A chart on the grid of its page: ``columns`` and ``rows`` from 1, ``page`` 2 is the right page of a spread.
    ``series``: the facts; ``count`` instead: facts whose names are counted, one for each time they occur. ``whole``: what a share's parts are parts of.
    ``leave_out``: facts that a form would take in; ``unknown``: names whose figure isn't known, drawn as unknown
    until a fact gives it. ``accent``: names that stand out. ``mark``: the mark of ``dots``; ``lanes``: columns of rows."""

    id: ChartRef
    kind: ChartKind
    page: Whole = 1
    columns: Across
    rows: Down
    series: tuple[Entry, ...] = ()
    count: tuple[Selector, ...] = ()
    whole: FactRef | None = None
    leave_out: tuple[FactRef, ...] = ()
    unknown: tuple[NameRef, ...] = ()
    accent: tuple[NameRef, ...] = ()
    order: Order = "as written"
    mark: Literal["disc", "tick"] = "disc"
    lanes: Whole = 1
    ticks: Truth = False
    ground: Literal["paper", "mist", "night"] = "paper"

    @model_validator(mode="after")
    def _one_subject(self) -> Chart:
        if bool(self.series) == bool(self.count):
            raise refuse("a chart shows either a series: or a count:.", "Write one of the two, with facts in it.", "id")
        if self.count and self.kind not in ("dots", "bars"):
            raise refuse(f"{self.kind} can't show a count.", "Choose dots or bars.", "kind")
        return self

    @model_validator(mode="after")
    def _needs(self) -> Chart:
        if (self.kind == "share") != (self.whole is not None):
            raise refuse("a share, and only a share, has a whole:.", "Name the fact that the parts belong to.", "kind")
        for entry in self.series:
            if (self.kind in COMPARED) != (entry.beside is not None):
                what = f"{' and '.join(COMPARED)}, and only they, have beside: in each entry."
                raise refuse(what, "Name what it is compared with.", "kind")
        if not 1 <= self.lanes <= LANES:
            raise refuse(f"a chart has 1 to {LANES} lanes.", "Write a number between them.", "lanes")
        return self


class ChartWords(Model):
    """What a language says of a chart. ``alt`` describes it to readers who can't see it, ``columns`` are the heads
    of the table that they get instead: what is shown, its figure, for pairs what it is compared with. ``labels`` name what is shown where
    names.yaml doesn't, by fact or name id, and hold the words that entries ask for with ``what:``; ``rest`` names what a share leaves over, ``term`` says
    for how long: ``for {x}``."""

    title: Text | None = None
    note: Text | None = None
    alt: Passage
    columns: tuple[Line, ...] = Field(min_length=2, max_length=3)
    labels: dict[str, Line] = Field(default_factory=dict)
    rest: Line | None = None
    term: Pattern | None = None


class Charted(Model):
    """What every kind of page may show beside its own: charts, in the order in which they are read."""

    charts: tuple[Chart, ...] = ()
