"""What a language says: its locale, units, names, labels and the words that every page shares."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field, model_validator

from brochure.model.markup import Text
from brochure.model.scalar import refuse
from brochure.model.values import Line, Model


class LanguageWords(Model):
    """content/<language>/language.yaml: how the language writes. Patterns hold ``{x}``, ranges ``{a}`` and ``{b}``;
    ``date``, ``month`` and the two
    of ``interval`` (first day, last day, within a month) are CLDR patterns; ``text`` and ``display`` list font families."""

    name: Line
    locale: Line
    text: tuple[Line, ...] = Field(min_length=1)
    display: tuple[Line, ...] = Field(min_length=1)
    date: Line
    month: Line
    interval: tuple[Line, Line]
    range: Line
    bounds: dict[str, Line]
    bounds_short: dict[str, Line]
    scales: dict[str, Line]
    per: dict[str, Line]
    planned: Line


class Unit(Model):
    """How a number and its unit are written: patterns with ``{n}`` for the plural forms that the language has."""

    one: Line | None = None
    few: Line | None = None
    many: Line | None = None
    other: Line
    short: Line | None = None

    @model_validator(mode="after")
    def _holds_the_number(self) -> Unit:
        for form in ("one", "few", "many", "other", "short"):
            pattern = getattr(self, form)
            if pattern is not None and "{n}" not in pattern:
                raise refuse(f"the form “{form}” doesn't say where the number goes.", "Write {n} for the number.", form)
        return self


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
    """All words of one language that don't belong to a page."""

    words: LanguageWords
    common: CommonWords
    units: dict[str, Unit]
    names: dict[str, Line]
    labels: dict[str, Text]
    editions: dict[str, EditionWords]
