"""Charts on their way to the page: the drawing, where it stands, its marks, and its figures as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from brochure.compose.register import COMMA, Register, joined
from brochure.draw.plot import ROW, figure
from brochure.draw.studio import NoDrawing, Studio
from brochure.errors import Complaint, ContentError
from brochure.house import PlannedPage
from brochure.model.charts import Chart, ChartWords
from brochure.model.markup import Text
from brochure.model.mentions import facts
from brochure.model.series import Item, items, rows_needed, single
from brochure.stages import Manuscript

FULL_STOPS = ".。।"
MANY = 6  # commas between marks
TITLE, NOTE = 2, 3  # rows of 14 pt that a title and a note take


@dataclass(frozen=True)
class Shown:
    """A chart as its component prints it. ``src``: the drawing's address; ``place``: the class that puts it on the
    grid; ``rows``: the table's rows, words only; ``marks``: those of all sources that title and note don't mark;
    ``facts``: what the chart rests on."""

    chart: Chart
    words: ChartWords
    src: str
    place: str
    rows: list[tuple[str, ...]]
    marks: Markup
    facts: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """Whether it stands on a dark ground, where marks aren't raised but gathered in a line."""
        return self.chart.ground == "night"

    @property
    def single(self) -> bool:
        """Whether one source has said it all: its line then speaks of one."""
        return self.marks.count("<sup") == 1

    @property
    def listed(self) -> bool:
        """Whether there are so many marks that they stand below the note as a list, in the size of the note."""
        return self.marks.count(COMMA) >= MANY

    @property
    def note(self) -> Text | None:
        """The note without the full stop that follows the marks."""
        note = self.words.note
        return Text(note.raw.removesuffix(self.stop), note.place, note.key) if note else None

    @property
    def stop(self) -> str:
        """The note's full stop, when marks stand before it."""
        note = self.words.note
        return note.raw[-1] if note and self.marks and not self.listed and note.raw[-1] in FULL_STOPS else ""


@dataclass(frozen=True)
class Chartroom:
    """What charts of one language are made with. ``drawing`` draws and returns an address, ``place`` gives the
    class of a place on the grid."""

    manuscript: Manuscript
    register: Register
    studio: Studio
    page: PlannedPage
    drawing: Callable[..., str]
    place: Callable[[float, float, float, float], str]

    def charts(self, number: int) -> list[Shown]:
        """The charts of one page of a kind, in the flatplan's order."""
        words = self.manuscript.words(self.page)
        asked: tuple[Chart, ...] = getattr(self.page.show, "charts", ())
        return [self.shown(it, words.charts[it.id]) for it in asked if it.page == number - self.page.first + 1]

    def shown(self, chart: Chart, words: ChartWords) -> Shown:
        """One chart, its facts counted as used on the page in hand."""
        house = self.manuscript.house
        found = items(chart, house.facts, self.manuscript.edition.date.first)
        for name in _facts(chart, found):
            self.register.fact(name)
        marks = self.marks(chart, words, found)
        below = bool(words.note or (marks and not words.title))
        try:
            src = self.draw(chart, words, found, _rows(chart, words, found, below))
        except NoDrawing as error:
            remedy = "Shorten its labels, leave entries out, or give it more room."
            raise ContentError([Complaint(chart.id.place, str(error), remedy)]) from error
        across, down = chart.columns, chart.rows
        place = self.place(across.first - 1, across.size, down.first - 1, down.size)
        rows, rests_on = list(self.rows(chart, words, found)), tuple(_facts(chart, found))
        return Shown(chart, words, src, place, rows, marks, rests_on)

    def draw(self, chart: Chart, words: ChartWords, found: tuple[Item, ...], rows: int) -> str:
        """The drawing's address, ``rows`` of 14 pt high; NoDrawing when its words have no room."""
        house, paper, common = self.manuscript.house, self.manuscript.paper, self.manuscript.language.common
        return str(
            self.drawing(
                "chart",
                chart=chart,
                items=found,
                labels=self.labels(chart, words, found),
                planned=common.plan,
                unknown=common.unknown,
                width=chart.columns.size * (paper.column + paper.gutter) - paper.gutter,
                height=ROW * rows,
                heads=tuple(map(str, words.columns)),
                rest=str(words.rest or ""),
                term=words.term,
                whole=single(str(chart.whole), house.facts) if chart.whole else None,
            )
        )

    def labels(self, chart: Chart, words: ChartWords, found: tuple[Item, ...]) -> dict[str, str]:
        """What stands beside each item, by its key, what its group is called, and the words asked for by ``what``."""
        names, apart = self.manuscript.language.names, chart.kind == "fields"
        out = {key: str(said) for key, said in words.labels.items()} if apart else {}
        out |= {item.group: str(words.labels.get(item.group) or names[item.group]) for item in found if item.group}
        for item in found:
            said = words.labels.get(item.key) or words.labels.get(item.name) or names[item.name]
            out[item.key] = (
                f"{said}{self.studio.comma}{words.labels[item.what]}" if item.what and not apart else str(said)
            )
        return out

    def rows(self, chart: Chart, words: ChartWords, found: tuple[Item, ...]) -> Iterator[tuple[str, ...]]:
        """The table: what each is, its figure and what it is compared with, in the words of the drawing."""
        labels, common = self.labels(chart, words, found), self.manuscript.language.common
        whole = single(str(chart.whole), self.manuscript.house.facts) if chart.whole else None
        for item in found:
            said = self.studio.comma.join(
                labels[key] for key in (item.group, item.key, item.what * (chart.kind == "fields")) if key
            )
            figures = [figure(self.studio, it, common.plan, common.unknown) for it in (item, item.beside) if it]
            if item.term and words.term:
                figures[0] = f"{figures[0]}{self.studio.comma}{words.term.fill(self.studio.print(item.term))}"
            yield (said, *figures)
        if whole:
            yield (str(words.labels[whole.key]), figure(self.studio, whole, common.plan, common.unknown))

    def marks(self, chart: Chart, words: ChartWords, found: tuple[Item, ...]) -> Markup:
        """The marks of the chart's sources, each once and in order, without those that its own words mark; without
        words of its own, those that the page's mark."""
        register = self.register
        said = words if words.title or words.note else self.manuscript.words(self.page)
        marked = {register.fact(str(ref)).source for ref in facts(said)}
        firsts: dict[str, str] = {}
        for name in _facts(chart, found):
            source = register.fact(name).source
            if source not in marked:
                firsts.setdefault(str(source), name)
        marks = {source: mark for source, name in firsts.items() if (mark := register.mark(name))}
        return joined((register.numbers[source], mark) for source, mark in marks.items()) if marks else Markup("")


def _facts(chart: Chart, found: tuple[Item, ...]) -> Iterator[str]:
    """Every fact that a chart rests on."""
    for item in found:
        yield from item.facts
    if chart.whole:
        yield str(chart.whole)


def _rows(chart: Chart, words: ChartWords, found: tuple[Item, ...], below: bool) -> int:
    """The drawing's height in rows: as many as its entries need, or all that its title and what stands ``below`` leave."""
    needed = rows_needed(chart, found)
    if chart.kind not in ("discs", "columns", "timeline", "fields"):
        return needed
    return max(needed, chart.rows.size - (TITLE if words.title else 0) - (NOTE if below else 0))
