"""The register: the only way a figure gets onto a page, with its unit, its bound and its source's mark."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from markupsafe import Markup

from brochure.errors import suggestion
from brochure.language import JOINER as GLUE
from brochure.language import NBSP, day, glued, held, joined_to, month_in, plural
from brochure.model.dates import PartialDate, Period
from brochure.model.facts import SCALES, Fact
from brochure.model.words import Plurals
from brochure.stages import Manuscript

#: Keeps a mark on the line of what it marks.
JOINER = Markup(GLUE)
COMMA, DASH = (Markup('<sup class="mark between">{}</sup>').format(sign) for sign in (", ", "–"))
#: Units and marks that could be read as an area or a volume.
LENGTHS, POWERS = ("km", "m", "mm"), (2, 3)


class NoSuchFact(LookupError):
    """A template asked for a fact that isn't in the register, or in a form that it hasn't."""


@dataclass
class Register:
    """Prints facts in one language; numbers sources as they are first marked; remembers who used what.
    Unless it is ``dated`` it also prints facts from after the edition's date."""

    manuscript: Manuscript
    numbers: dict[str, int] = field(default_factory=dict)
    used: dict[str, dict[str, None]] = field(default_factory=dict)
    page: str = ""
    marks: bool = True
    dated: bool = True

    def fact(self, name: str) -> Fact:
        """The fact of that id, counted as used on the page in hand."""
        facts = self.manuscript.house.facts
        if name not in facts:
            raise NoSuchFact(f"there is no fact “{name}”. {suggestion(name, facts)}")
        fact = facts[name]
        if self.dated and not fact.known_on(self.manuscript.edition.date.first):
            raise NoSuchFact(f"“{name}” is of {fact.as_of}, after the edition's date.")
        self.used.setdefault(name, {})[self.page] = None
        return fact

    def has(self, name: str) -> bool:
        """Whether the fact exists and may be printed in this edition: a template says less without it."""
        fact = self.manuscript.house.facts.get(name)
        return fact is not None and fact.known_on(self.manuscript.edition.date.first)

    def mark(self, name: str) -> Markup:
        """The source's mark of a fact, numbered by source; nothing where figures carry none, nor for a name that is
        general knowledge: it has no source that a reader could open."""
        fact = self.fact(name)
        if not self.marks or (fact.unit == "names" and fact.confidence == "general knowledge"):
            return Markup("")
        count = self.number(str(fact.source))
        if not self.listed:
            return JOINER + Markup('<sup class="mark">{}</sup>').format(count)
        return JOINER + Markup('<sup class="mark"><a href="#source-{0}">{0}</a></sup>').format(count)

    def marks_of(self, names: Iterable[str]) -> Markup:
        """The marks of several facts side by side, each source once."""
        marks = {self.fact(name).source: mark for name in names if (mark := self.mark(name))}
        return joined((self.numbers[str(source)], mark) for source, mark in marks.items())

    def number(self, source: str) -> int:
        """The number of a source: the lowest that is free when it is first marked. A source of lengths is never
        number 2 or 3: 85 km with the mark 2 would read as 85 km²."""
        if source not in self.numbers:
            shunned = POWERS if source in self.of_lengths else ()
            taken = set(self.numbers.values()) | set(shunned)
            self.numbers[source] = next(count for count in itertools.count(1) if count not in taken)
        return self.numbers[source]

    @cached_property
    def of_lengths(self) -> frozenset[str]:
        """The sources of the house's lengths."""
        facts = self.manuscript.house.facts.values()
        return frozenset(str(fact.source) for fact in facts if str(fact.unit) in LENGTHS)

    @property
    def listed(self) -> bool:
        """Whether the edition has a page that lists the sources, so that a mark can lead there."""
        return any(page.kind.gathers for page in self.manuscript.plan)

    def print(self, name: str, form: str = "full") -> str:
        """The fact in one of the forms of ``markup.FORMS``, without its mark."""
        fact = self.fact(name)
        if form == "dated":
            return self._year(fact.as_of.end) if fact.as_of.end else ""
        if fact.unit == "date":
            text = self._date(fact, form)
        elif fact.unit == "names":
            names = self.manuscript.language.names
            text = self.manuscript.language.words.listing([names[ref] for ref in fact.value])
        elif fact.value is None or fact.unit == "point":
            raise NoSuchFact(f"“{name}” is a {fact.unit} and has no figure to print.")
        else:
            text = self._number(fact, form)
        return text[:1].upper() + text[1:] if form == "sentence" else text

    def amount(self, value: Decimal) -> str:
        """A number that no fact holds, counted or on a scale, as the language writes it."""
        return self.manuscript.language.words.numerals.write(_plain(value))

    def measured(self, value: Decimal, unit: str) -> str:
        """A number that no fact holds with its unit, as the language writes them."""
        language = self.manuscript.language
        return language.units[unit].of(plural(value, self.tag)).fill(language.words.numerals.digits(value))

    def behind(self, name: str) -> str:
        """What follows a fact's number in its short form, for figures whose unit is set smaller."""
        number, short = (self.print(name, form) for form in ("number", "short"))
        return short.partition(number)[2]

    def scale(self, name: str) -> str:
        """The word for a fact's scale as it follows the number, with its space: “ million”. Nothing for a number that
        is written out, or with a word of its own (万, लाख)."""
        fact, words = self.fact(name), self.manuscript.language.words
        return "" if not fact.scale or words.large_numbers else self._scaled(fact, "")

    @property
    def tag(self) -> str:
        """The language's locale tag."""
        return str(self.manuscript.language.words.locale)

    def _date(self, fact: Fact, form: str) -> str:
        words = self.manuscript.language.words
        if isinstance(fact.value, tuple) and not _one_month(*fact.value):
            return words.range.fill(*(self._day(end, form) for end in fact.value))
        if isinstance(fact.value, tuple):
            first, last = (
                day(value.first, self.tag, pattern) for value, pattern in zip(fact.value, words.interval, strict=True)
            )
            return words.range.fill(held(first), held(last)).replace(" ", NBSP, 1)
        return self._day(fact.value, form)

    def period(self, period: Period) -> str:
        """A source's date as the language writes it; nothing when it has none."""
        return self._day(period.start, "full") if period.start else ""

    @property
    def issued(self) -> str:
        """The edition's date as the language writes it: nothing later stands in its pages."""
        return self._day(self.manuscript.edition.date, "full")

    def _day(self, value: PartialDate, form: str) -> str:
        words = self.manuscript.language.words
        if form in ("year", "number") or value.month is None:
            return str(value.year) if form == "number" else self._year(value)
        if form in words.months and value.month:
            return month_in(value.first, self.tag, words.month, words.months[form][value.month - 1])
        if form == "month" or value.day is None:
            return held(day(value.first, self.tag, words.month))
        return held(day(value.first, self.tag, words.date)).replace(" ", NBSP, 1)

    def _year(self, value: PartialDate) -> str:
        """A year by itself in running text: 2016, 2016年."""
        number = str(value.year)
        before, _, after = day(value.first, self.tag, self.manuscript.language.words.year).partition(number)
        return glued(before, number, after)

    def _number(self, fact: Fact, form: str) -> str:
        words = self.manuscript.language.words
        text = self._digits(fact)
        if form == "number":
            return text
        if fact.scale and not words.large_numbers:
            text = self._scaled(fact, text)
        if words.bounds_inside:
            text = self._bound(fact, text, form)
        text = self._unit(fact, text, form)
        if fact.per and form != "short":
            text = words.per[fact.per].fill(text)
        return text if words.bounds_inside else self._bound(fact, text, form)

    def _scaled(self, fact: Fact, text: str) -> str:
        """A number with the word for its scale: 1 milhão, 2 milhões."""
        words, scale = self.manuscript.language.words, str(fact.scale)
        one = plural(fact.value, self.tag) == "one" if isinstance(fact.value, Decimal) else False
        scales = words.scales | {str(known): said for known, said in words.scales_one.items() if one}
        before, _, after = scales[scale].partition("{x}")
        return glued(before, text, after)

    def _bound(self, fact: Fact, text: str, form: str) -> str:
        """“More than” and its like around a number, where the fact has one and the form shows it."""
        if not fact.bound or form == "bare":
            return text
        words = self.manuscript.language.words
        before, _, after = (words.bounds_short if form == "short" else words.bounds)[fact.bound].partition("{x}")
        return f"{joined_to(before)}{text}{after}"

    def _digits(self, fact: Fact) -> str:
        """The number or range; with its scale where the language has words of its own for large numbers."""
        words = self.manuscript.language.words
        ends = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        times = SCALES[fact.scale] if fact.scale and words.large_numbers else 1
        written = [words.numerals.write(_plain(end * times) if times > 1 else end) for end in ends]
        return written[0] if len(written) == 1 else words.range.fill(*written)

    def _unit(self, fact: Fact, text: str, form: str) -> str:
        """The number with its unit, in the plural form and the grammatical case that stand there."""
        words, unit = self.manuscript.language.words, self.manuscript.language.units[fact.unit]
        if form == "short" and unit.short:
            return unit.short.fill(text)
        bound = words.bounds_case if fact.bound and form not in ("bare", "short") else None
        last = fact.value if isinstance(fact.value, Decimal) else fact.value[1]
        category = "many" if fact.scale and not words.large_numbers else plural(last, self.tag)
        cases: dict[str, Plurals] = dict(unit.cases.items())
        return cases.get(bound or form, unit).of(category).fill(text)


def _plain(value: Decimal) -> Decimal:
    """A number without the trailing noughts of its scale: 1.50 million is 1500000."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _one_month(first: PartialDate, last: PartialDate) -> bool:
    """Whether two dates are days of one month, so that they share its name."""
    return bool(first.day and last.day) and (first.year, first.month) == (last.year, last.month)


def printed(manuscript: Manuscript, name: str, form: str = "full") -> str:
    """A fact as it would stand in running text; a claim in its source's words, for lists that editors read."""
    fact = manuscript.house.facts[name]
    if fact.unit == "claim":
        return str(fact.claim)
    if fact.unit == "point":
        return f"{fact.value[0]}, {fact.value[1]}"
    register = Register(manuscript, dated=False)
    return register.print(name, form).replace(GLUE, "")


Numbered = tuple[int, Markup]


def joined(marks: Iterable[Numbered]) -> Markup:
    """Marks side by side, by their numbers: “9, 31–33, 36”, three or more in a row as their ends. Lines may break after
    a comma."""
    pieces = []
    for run in _runs(sorted(dict(marks).items())):
        ends = [run[0], run[-1]] if len(run) > 2 else run
        pieces.append((DASH if len(run) > 2 else COMMA).join(mark for _, mark in ends))
    first, *others = pieces or [Markup("")]
    return first + Markup("").join(COMMA + piece.removeprefix(JOINER) for piece in others)


def _runs(numbered: list[Numbered]) -> Iterator[list[Numbered]]:
    """Marks whose numbers follow each other, together."""
    for _, run in groupby(enumerate(numbered), key=lambda pair: pair[1][0] - pair[0]):
        yield [mark for _, mark in run]
