"""What a language says: its locale, units, names, labels and the words that every page shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from pydantic import Field, model_validator

from brochure.errors import suggestion
from brochure.model.facts import Bound, Per, Scale
from brochure.model.markup import Text
from brochure.model.patterns import DatePattern, NumberPattern, Pattern, RangePattern
from brochure.model.scalar import refuse
from brochure.model.ticket import TicketWords
from brochure.model.values import Line, Model


class LanguageWords(Model):
    """content/<language>/language.yaml: how the language writes. ``date``, ``month`` and the two of ``interval``
    (first day, last day, within a month) are CLDR patterns; ``text`` and ``display`` list font families."""

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


class Unit(Model):
    """How a number and its unit are written: patterns with ``{n}`` for the plural forms that the language has."""

    one: NumberPattern | None = None
    few: NumberPattern | None = None
    many: NumberPattern | None = None
    other: NumberPattern
    short: NumberPattern | None = None


class CommonWords(Model):
    """content/<language>/common.yaml: words that many pages share."""

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


class EditionWords(Model):
    """content/<language>/editions/<edition>.yaml: what the edition is called."""

    title: Line
    subtitle: Line
    description: Line
    author: Line
    event: Line
    when: Text


class PageWords(Model):
    """What every page kind may say. ``contents`` is the page's line in the list of contents; ``labels`` name the
    facts that the page shows, where the general labels don't."""

    contents: Line | None = None
    labels: dict[str, Text] = Field(default_factory=dict)


@dataclass(frozen=True)
class Language:
    """All words of one language that don't belong to a page. ``ticket`` is missing in a house without printers."""

    words: LanguageWords
    common: CommonWords
    units: dict[str, Unit]
    names: dict[str, Line]
    labels: dict[str, Text]
    editions: dict[str, EditionWords]
    ticket: TicketWords | None = None
