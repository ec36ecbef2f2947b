"""What a language says: its locale, units, names, labels and the words that every page shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, get_args

from pydantic import Field, model_validator

from brochure.errors import suggestion
from brochure.language import Numerals, Step, listing
from brochure.model.brand import SIZES, TypeSize
from brochure.model.charts import ChartWords
from brochure.model.facts import Bound, Per, Scale
from brochure.model.markup import MarkedLine, Text
from brochure.model.patterns import DatePattern, NumberPattern, Pattern, RangePattern
from brochure.model.photo import PhotoWords
from brochure.model.scalar import refuse
from brochure.model.values import Line, Model, Number, Slug, Truth, Whole

MONTHS = 12
#: The words on both sides of the cover are larger than the brand's scale; a language with long ones sets them smaller.
POSTER = "poster"


Case = Literal["genitive", "dative", "accusative", "instrumental", "prepositional", "oblique"]


class LargeNumber(Model):
    """A word for large numbers, such as 万: from ``start`` on a number is counted in units of ``by``, unless that takes
    more than so many ``decimals``."""

    start: Whole
    by: Whole
    words: Pattern
    decimals: Whole = 2

    @model_validator(mode="after")
    def _counts(self) -> LargeNumber:
        if self.by < 1 or self.start < self.by:
            raise refuse("this word for large numbers counts nothing.", "Write start: and by:, start not below by.")
        return self


class LanguageWords(Model):
    """content/<language>/language.yaml: how the language writes. ``date``, ``month`` and the two of ``interval``
    (first day, last day, within a month) are CLDR patterns; ``text`` and ``display`` list font families;
    ``tracking: none`` where space between letters would tear them apart, as in Devanagari.

    ``group_from``: the first number whose digits are grouped; ``large_numbers``: words such as 万 or lakh, smallest
    first, which take the place of ``scales``; ``scales_one``: scales beside one (um milhão, dois milhões);
    ``bounds_case``: the case that “more than” and its like ask for; ``bounds_inside``: they stand between the number
    and its unit; ``comma``: what stands between the items of a list that isn't a sentence, ``names`` between names where
    that is another sign (、), ``cited`` between a publisher and the year in a list of sources (GB/T 7714 has a Latin
    comma there); ``last``: how the last name joins the others in a sentence, where usage differs from CLDR
    (Hindi writes no comma before और); ``months``: their twelve names in a case; ``year``: a year by itself in running text (2007年;
    tables and drawings print it bare); ``length``: how wide its letters are beside those of the written language, 1.08
    for Cyrillic.

    ``closing``: words that belong to the figure before them, so that its mark stands behind them: 2016 года¹.

    ``type``: steps of the brand's scale that this script needs otherwise; ``hyphens``: whether body text is
    hyphenated."""

    name: Line
    locale: Line
    text: tuple[Line, ...] = Field(min_length=1)
    display: tuple[Line, ...] = Field(min_length=1)
    date: DatePattern
    month: DatePattern
    interval: tuple[DatePattern, DatePattern]
    range: RangePattern
    bounds: dict[str, Pattern]
    bounds_short: dict[str, Pattern]
    scales: dict[str, Pattern]
    per: dict[str, Pattern]
    planned: Pattern
    scales_one: dict[Scale, Pattern] = Field(default_factory=dict)
    group_from: Whole = 0
    large_numbers: tuple[LargeNumber, ...] = ()
    bounds_case: Case | None = None
    bounds_inside: Truth = False
    tracking: Literal["normal", "none"] = "normal"
    comma: RangePattern = RangePattern("{a}, {b}")
    names: RangePattern | None = None
    cited: RangePattern | None = None
    last: RangePattern | None = None
    year: DatePattern = DatePattern("y")
    closing: tuple[Line, ...] = ()
    type: dict[Slug, TypeSize] = Field(default_factory=dict)
    hyphens: Truth = False
    months: dict[Case, tuple[Line, ...]] = Field(default_factory=dict)
    length: Number = Decimal(1)

    @model_validator(mode="after")
    def _twelve_months(self) -> LanguageWords:
        for case, names in self.months.items():
            if len(names) != MONTHS:
                raise refuse(f"a year has {MONTHS} months, not {len(names)}.", "Name each once, in order.", case)
        return self

    @property
    def separator(self) -> str:
        """What stands between the items of a list that isn't a sentence: a comma and a space in English."""
        return self.comma.removeprefix("{a}").removesuffix("{b}")

    @property
    def between_names(self) -> str:
        """What stands between names in such a list: the comma, where the language has no sign of its own for them."""
        return (self.names or self.comma).removeprefix("{a}").removesuffix("{b}")

    @property
    def between_cited(self) -> str:
        """What stands between a publisher and its year: the comma, where the language's standard has no other."""
        return (self.cited or self.comma).removeprefix("{a}").removesuffix("{b}")

    def listing(self, items: Sequence[str]) -> str:
        """“a, b and c” as a sentence lists them."""
        if not self.last or len(items) < 2:
            return listing(items, str(self.locale))
        return self.last.fill(self.between_names.join(items[:-1]), items[-1])

    @model_validator(mode="after")
    def _known_steps(self) -> LanguageWords:
        if strange := sorted(set(self.type) - {*SIZES, POSTER}):
            hint = suggestion(strange[0], SIZES) or f"There are: {', '.join(SIZES)}."
            raise refuse(f"the type scale has no step “{strange[0]}”.", hint, "type")
        return self

    @property
    def numerals(self) -> Numerals:
        """How the language writes numbers."""
        steps = tuple(_step(it) for it in self.large_numbers)
        return Numerals(self.locale, self.group_from, steps)

    @model_validator(mode="after")
    def _complete(self) -> LanguageWords:
        for name, wanted in (("bounds", Bound), ("bounds_short", Bound), ("scales", Scale), ("per", Per)):
            known, said = set(get_args(wanted)), set(getattr(self, name))
            if missing := sorted(known - said):
                raise refuse(f"“{name}” lacks {', '.join(missing)}.", "Add a pattern with {x} for each.", name)
            if surplus := sorted(said - known):
                hint = suggestion(surplus[0], known) or f"There are: {', '.join(sorted(known))}."
                raise refuse(f"“{name}” has no use for “{surplus[0]}”.", hint, name)
        return self


def _step(it: LargeNumber) -> Step:
    before, _, after = it.words.partition("{x}")
    return Step(Decimal(it.start), Decimal(it.by), before, after, it.decimals)


class Plurals(Model):
    """Patterns with ``{n}`` for the plural forms that a language has; after a scale's word stands ``many``."""

    zero: NumberPattern | None = None
    one: NumberPattern | None = None
    two: NumberPattern | None = None
    few: NumberPattern | None = None
    many: NumberPattern | None = None
    other: NumberPattern

    def of(self, category: str) -> NumberPattern:
        """The pattern for a plural category; the one for all others when it has none of its own."""
        found: NumberPattern | None = getattr(self, category, None)
        return found or self.other


class Unit(Plurals):
    """How a number and its unit are written. ``short`` is for charts and tight tables, ``cases`` for languages whose
    words change: the patterns of a grammatical case."""

    short: NumberPattern | None = None
    cases: dict[Case, Plurals] = Field(default_factory=dict)


class CommonWords(Model):
    """content/<language>/common.yaml: words that many pages share. ``photograph`` stands around a photograph's credit,
    ``photographs`` and ``logos`` around the lists on the page of sources: needed only where there are any."""

    region: Line
    brochure: Line
    contents: Line
    page: Line
    source: Line
    sources: Line
    scheme: Line
    plan: Line
    unknown: Line
    legal: Text
    photograph: Pattern | None = None
    photographs: Pattern | None = None
    logos: Pattern | None = None


class EditionWords(Model):
    """content/<language>/editions/<edition>.yaml: what the edition is called."""

    title: MarkedLine
    subtitle: MarkedLine
    description: MarkedLine
    author: MarkedLine
    event: MarkedLine
    when: Text


class PageWords(Model):
    """What every page kind may say. ``contents`` is the page's line in the list of contents; ``labels`` name the
    facts that the page shows, where the general labels don't; ``image`` speaks of its photograph, ``charts`` of its
    charts, by their ids."""

    contents: Line | None = None
    image: PhotoWords | None = None
    labels: dict[str, Text] = Field(default_factory=dict)
    charts: dict[str, ChartWords] = Field(default_factory=dict)
