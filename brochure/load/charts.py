"""Whether a chart can be drawn: its facts have numbers of one unit, its rows have room, its words are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.errors import Complaint, suggestion
from brochure.house import House, PlannedPage
from brochure.model.charts import COMPARED, Chart, ChartWords, Entry, Selector
from brochure.model.facts import SPECIAL_UNITS, Fact
from brochure.model.scalar import place_of
from brochure.model.series import Item, items, rows_needed, selected, single
from brochure.model.values import Ref
from brochure.model.words import PageWords

MARKS = 120  # marks of a row of dots that an eye still takes in
TITLE = 2  # rows that a title takes


def charts(it: House, edition: str, page: PlannedPage) -> Iterator[Complaint]:
    """Every slip in the charts of a page that isn't one of words."""
    seen: set[str] = set()
    for chart in getattr(page.show, "charts", ()):
        if chart.id in seen:
            yield _said(chart.id, f"the chart “{chart.id}” stands twice on this page.", "Give each its own id.")
        seen.add(chart.id)
        if not 1 <= chart.page <= page.kind.pages:
            what = f"“{page.id}” has no page {chart.page}."
            yield _said(chart.id, what, f"Write page: 1{'' if page.kind.pages == 1 else ' or page: 2'}.")
        yield from _chart(it, edition, chart)


def _chart(it: House, edition: str, chart: Chart) -> Iterator[Complaint]:
    day = it.editions[edition].date.first
    found: list[tuple[Ref, Fact]] = []
    for entry in chart.series or [Entry.model_construct(fact=selector) for selector in chart.count]:
        names = selected(chart, entry, it.facts, day)
        if not names:
            near = suggestion(entry.fact.rpartition(".")[2], {name.rpartition(".")[2] for name in it.facts})
            yield _said(
                entry.fact,
                f"no fact that may be printed has the form “{entry.fact}”.",
                near or "Look at content/facts/.",
            )
        found += [(_at(entry.fact, name), it.facts[name]) for name in names if name in it.facts]
        also = [ref for ref in (entry.exists, entry.beside) if ref and ref in it.facts]
        found += [(ref, it.facts[ref]) for ref in also]
    slips = [*_figures(chart, found)]
    yield from slips
    if not slips:
        yield from _whole(it, chart, found)
        yield from _shape(chart, items(chart, it.facts, day))


def _at(selector: Selector, name: str) -> Selector:
    """A fact at the place of the form that took it in."""
    return Selector(name, selector.place, selector.key)


def _figures(chart: Chart, found: Sequence[tuple[Ref, Fact]]) -> Iterator[Complaint]:
    """Facts that this kind of chart can't draw, or not beside the others."""
    wanted = "names" if chart.count else "date" if chart.kind == "timeline" else ""
    for ref, fact in found:
        if wanted and fact.unit != wanted:
            yield _said(
                ref,
                f"“{ref}” is no {'list of names' if wanted == 'names' else 'date'}, but in {fact.unit}.",
                "Leave it out, or choose another kind.",
            )
        elif not wanted and fact.unit in SPECIAL_UNITS:
            yield _said(
                ref,
                f"“{ref}” is a {fact.unit} and has no number to draw.",
                "Leave it out, or choose another kind of chart.",
            )
    units = [(fact.unit, fact.per) for _, fact in found]
    for (ref, fact), unit in zip(found, units, strict=True):
        if not wanted and fact.unit not in SPECIAL_UNITS and unit != units[0]:
            yield _said(
                ref,
                f"“{ref}” is in {_unit(fact)}, the others are in {_unit(found[0][1])}.",
                "Show figures of one unit in a chart.",
            )


def _unit(fact: Fact) -> str:
    return f"{fact.unit} a {fact.per}" if fact.per else str(fact.unit)


def _whole(it: House, chart: Chart, found: Sequence[tuple[Ref, Fact]]) -> Iterator[Complaint]:
    """A share's parts have the unit of the whole and don't exceed it."""
    if chart.whole is None or chart.whole not in it.facts:
        return
    whole, parts = it.facts[chart.whole], [fact for ref, fact in found if ref not in _existing(chart)]
    total = single(str(chart.whole), it.facts).high
    if total is None or (parts and (whole.unit, whole.per) != (parts[0].unit, parts[0].per)):
        yield _said(
            chart.whole,
            f"“{chart.whole}” is in {_unit(whole)}, its parts aren't.",
            "A whole has the unit of its parts.",
        )
    elif sum((fact.span or (0, 0))[1] for fact in parts) > total:
        yield _said(chart.whole, "the parts add up to more than the whole.", "Leave out parts that belong to another.")


def _existing(chart: Chart) -> set[str]:
    return {str(entry.exists) for entry in chart.series if entry.exists}


def _shape(chart: Chart, found: Sequence[Item]) -> Iterator[Complaint]:
    """Rows without room, and figures that the kind of chart can't show."""
    needed = rows_needed(chart, found)
    if needed > chart.rows.size:
        what = f"this chart needs {needed} rows for {len(found)} entries; rows: {chart.rows} has {chart.rows.size}."
        yield _said(chart.rows, what, "Give it more rows, leave entries out, or set lanes:.")
    years: dict[int, str] = {}
    for item in found:
        place = place_of(_ref(chart, item))
        if item.low is not None and item.low < 0:
            yield Complaint(place, f"“{item.key}” is below nought, where {chart.kind} begin.", "Say it in words.")
        elif chart.kind == "dots" and item.high is not None and (item.high % 1 or item.high > MARKS):
            yield Complaint(
                place,
                f"“{item.key}” can't be shown as single marks: it is {item.high}.",
                f"Dots are for whole numbers up to {MARKS}; choose bars.",
            )
        elif chart.kind == "columns" and years.setdefault(item.year, item.key) != item.key:
            yield Complaint(
                place, f"“{item.key}” is of {item.year}, as “{years[item.year]}” is.", "Columns show one figure a year."
            )


def _ref(chart: Chart, item: Item) -> Ref:
    refs = [entry.fact for entry in chart.series] + list(chart.count)
    return next((ref for ref in refs if ref.selects(item.facts[0])), chart.id) if item.facts else chart.id


def words(it: House, edition: str, tag: str, page: PlannedPage, said: PageWords) -> Iterator[Complaint]:
    """Charts without words, words without a chart, and labels that are missing."""
    file = it.words_place(edition, tag, page.id).file
    shown = {str(chart.id): chart for chart in getattr(page.show, "charts", ())}
    for name, chart in shown.items():
        if _broken(it, edition, chart) or not 1 <= chart.page <= page.kind.pages:
            continue
        if name not in said.charts:
            yield _said(
                chart.id, f"the chart “{name}” has no words in the language {tag}.", f"Add it under charts: in {file}."
            )
        else:
            yield from _labels(it, edition, tag, chart, said.charts[name])
    same = [other for plan in it.whole_plans() for other in plan if other.id == page.id]
    known = {str(chart.id) for other in same for chart in getattr(other.show, "charts", ())}
    for name in said.charts:
        if name not in known:
            place = it.words_place(edition, tag, page.id, f"charts.{name}")
            yield Complaint(
                place,
                f"there is no chart “{name}” on this page.",
                suggestion(name, shown) or "Remove its words, or show it in the flatplan.",
            )


def _broken(it: House, edition: str, chart: Chart) -> bool:
    """Whether the chart has slips of its own, so that nobody can say yet what its words must be."""
    named = [ref for entry in chart.series for ref in (entry.fact, entry.beside, entry.exists, entry.term) if ref]
    missing = [ref for ref in (*named, *chart.count) if "*" not in ref and ref not in it.facts]
    return bool(missing) or any(True for _ in _chart(it, edition, chart))


def _labels(it: House, edition: str, tag: str, chart: Chart, said: ChartWords) -> Iterator[Complaint]:
    names = {*it.languages[tag].names, *said.labels}
    keys = 3 if chart.kind in COMPARED else 2
    if len(said.columns) != keys:
        yield _said(
            said.columns[0],
            f"the table of {chart.kind} has {keys} columns, not {len(said.columns)}.",
            "Write a head for each.",
        )
    if chart.kind == "share" and said.rest is None:
        yield _said(said.alt, "nothing is said of the rest of the whole.", "Add rest: with a few words.")
    if said.term is None and any(entry.term for entry in chart.series):
        yield _said(said.alt, "nothing is said of the terms.", "Add term: with {x} in it, such as “for {x}”.")
    if chart.whole and chart.whole not in said.labels:
        yield _said(
            chart.whole,
            f"the whole “{chart.whole}” has no label in the chart “{chart.id}”.",
            f"Add it under its labels: in the language {tag}.",
        )
    found = items(chart, it.facts, it.editions[edition].date.first)
    if rows_needed(chart, found) <= chart.rows.size < rows_needed(chart, found) + (TITLE if said.title else 0):
        yield _said(
            chart.rows,
            f"the chart “{chart.id}” has no room for its title in rows: {chart.rows}.",
            f"Add {TITLE} rows, or leave the title out.",
        )
    for item in found:
        if not {item.key, item.name} & names:
            yield _said(
                _ref(chart, item),
                f"“{item.key}” has no label in the chart “{chart.id}”.",
                f"Add “{item.key}” under its labels: in the language {tag}.",
            )
        if item.what and item.what not in said.labels:
            yield _said(
                _ref(chart, item),
                f"the chart “{chart.id}” has no word “{item.what}”.",
                f"Add it under its labels: in the language {tag}.",
            )


def _said(at: str, what: str, remedy: str) -> Complaint:
    return Complaint(place_of(at), what, remedy)
