"""Charts from facts: every kind with what is missing, planned, bounded, single, many and long; the table beside it."""

from __future__ import annotations

import io
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import shipped
from PIL import Image
from test_drawings import ELEMENTS, composed, elements, tag

from brochure import load, press
from brochure.compose.sheet import Desk
from brochure.draw import DRAWINGS
from brochure.draw.boxes import Box, overlap
from brochure.draw.chart import KINDS, chart
from brochure.draw.flags import hoisted
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import HAIRLINE, MIN_TYPE, MM_PER_PT
from brochure.draw.ticks import ticks
from brochure.errors import BrochureError, ContentError
from brochure.house import House
from brochure.model.charts import CHARTS, Chart
from brochure.model.facts import Fact
from brochure.model.patterns import Pattern
from brochure.model.series import Item, items, rows_needed, single
from brochure.stages import Order

DAY = date(2017, 9, 4)
LONG = "A park whose name is longer than most of them"


def fact(value: object, unit: str = "ha", **more: object) -> Fact:
    """A fact as a file would give it."""
    said = {"value": value, "unit": unit, "as_of": "2016", "source": "statement-2017", "confidence": "sourced"}
    return Fact.model_validate({**said, "max_age": "never", **more})


FACTS = {
    "t.exact.area": fact("400"),
    "t.half.area": fact("200"),
    "t.range.area": fact("150..180"),
    "t.open.area": fact("300", bound="more than"),
    "t.least.area": fact("120", bound="at least"),
    "t.most.area": fact("260", bound="up to"),
    "t.near.area": fact("240", bound="about"),
    "t.almost.area": fact("230", bound="almost"),
    "t.plan.area": fact("320", planned="true"),
    "t.claim.area": fact("280", confidence="statement"),
    "t.nought.area": fact("0"),
    "t.later.area": fact("99", as_of="2018"),
    "t.stale.area": fact("98", as_of="2010", max_age="1 years"),
    "t.many.area": fact("1.5", scale="thousand"),
    "t.one.days": fact("10", "days"),
    "t.two.days": fact("15..18", "days"),
    "t.three.days": fact("19", "days", planned="true"),
    "t.four.days": fact("12", "days", bound="more than"),
    "t.first.opened": fact("2007-11-28", "date"),
    "t.second.opened": fact("2010", "date"),
    "t.third.opened": fact("2010-02", "date", planned="true"),
    "t.fair.opened": fact("2015-09-03..2015-09-05", "date"),
    "t.term.years": fact("5", "years"),
    "t.a.country": fact(["china"], "names"),
    "t.b.country": fact(["china", "russia"], "names"),
    "t.c.country": fact(["germany"], "names"),
    **{f"t.year{year}.jobs": fact(str(100 * (year - 2009)), "jobs", as_of=str(year)) for year in (2010, 2011, 2012, 2015)},
    **{f"t.row{i}.size": fact(str(10 * i + 7)) for i in range(24)},
}  # fmt: skip
AREAS = [name for name in FACTS if name.endswith(".area") and "later" not in name and "stale" not in name]


@pytest.fixture(scope="module")
def desk() -> Desk:
    """A desk of the house with these facts as well, on which charts can be drawn."""
    house = shipped()
    with_facts: House = replace(house, facts={**house.facts, **FACTS})
    return Desk(load.manuscript(with_facts, Order("brics-2017", "en")))


@pytest.fixture(scope="module")
def studio(desk: Desk) -> Studio:
    """The desk's studio."""
    return desk.studio


def asked(kind: str, series: list[Any], **more: Any) -> Chart:
    """A chart as the flatplan asks for it."""
    said = {"id": "test", "kind": kind, "columns": "1..12", "rows": "1..30", "series": series, **more}
    return Chart.model_validate({key: value for key, value in said.items() if value != []})


def drawn(studio: Studio, it: Chart, stretch: str = "", width: float = 177.0, height: float = 60.0) -> str:
    """The chart's drawing; every label ends with ``stretch``."""
    found = items(it, FACTS, DAY)
    labels = {key: f"{key.split('.')[-2] if '.' in key else key}{stretch}" for item in found for key in (item.key, item.group)}  # fmt: skip
    whole = single(str(it.whole), FACTS) if it.whole else None
    return chart(
        studio, chart=it, items=found, labels=labels, planned="planned", unknown="not known", width=width,
        height=height, heads=("What", "in the zone", "ordinary"), rest="the rest", whole=whole,
        term=Pattern("for {x}"),
    )  # fmt: skip


def with_everything(kind: str, **more: Any) -> Chart:
    """A chart of a kind with all that it can meet: exact, planned, bounded, claimed, a range, an unknown one."""
    unknown = {"unknown": ["vorsino"]}
    return {
        "bars": lambda: asked("bars", AREAS, **unknown, **more),
        "pairs": lambda: asked("pairs", [{"fact": a, "beside": "t.half.area"} for a in AREAS[:7]], **more),
        "dots": lambda: asked("dots", ["t.*.days"], **unknown, **more),
        "discs": lambda: asked("discs", ["t.exact.area", "t.open.area", "t.near.area", "t.plan.area", "t.claim.area"], **unknown, **more),
        "columns": lambda: asked("columns", ["t.*.jobs"], **more),
        "timeline": lambda: asked("timeline", ["t.*.opened"], **more),
        "fields": lambda: asked("fields", [{"fact": "t.half.area", "beside": "t.exact.area", "term": "t.term.years"}, {"fact": "t.nought.area", "beside": "t.range.area"}], **more),
        "share": lambda: asked("share", ["t.exact.area", {"fact": "t.plan.area", "exists": "t.half.area"}, "t.near.area"], whole="t.many.area", **more),
    }[kind]()  # fmt: skip


def words(drawing: str) -> list[str]:
    """The lines of type in a drawing."""
    return [element.text or "" for element in elements(drawing) if tag(element) == "text"]


def boxes(drawing: str, studio: Studio) -> list[tuple[str, Box]]:
    """Each line of type with the box round its ink, mm."""
    out = []
    for e in elements(drawing):
        if tag(e) == "text":
            said, size = e.text or "", float(e.get("font-size", "0"))
            wide = studio.ruler(
                said, e.get("font-family", studio.text), size / MM_PER_PT, int(e.get("font-weight", "400"))
            )
            left = (
                float(e.get("x", "0")) - {"start": 0.0, "middle": wide / 2, "end": wide}[e.get("text-anchor", "start")]
            )
            base = float(e.get("y", "0"))
            out.append((said, (left, base - 0.7 * size, left + wide, base + 0.05 * size)))
    return out


def test_every_kind_is_drawn_and_told() -> None:
    """What the flatplan may ask for, what is documented and what is drawn are the same kinds."""
    assert set(KINDS) == set(CHARTS)


@pytest.mark.parametrize("ground", ["paper", "night"])
@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_can_be_printed(kind: str, ground: str, studio: Studio) -> None:
    """Few elements, the brand's colours, type of 7 pt and strokes of a hairline at least, the same bytes each time."""
    it = with_everything(kind, ground=ground)
    drawing = drawn(studio, it)
    sizes = [float(e.get("font-size", "1")) / MM_PER_PT for e in elements(drawing) if tag(e) == "text"]
    strokes = [float(e.get("stroke-width", "1")) / MM_PER_PT for e in elements(drawing) if e.get("stroke")]
    colours = {e.get(key) for e in elements(drawing) for key in ("fill", "stroke")} - {None, "none"}

    assert {tag(element) for element in elements(drawing)} <= ELEMENTS
    assert min(sizes) >= MIN_TYPE - 0.01 and min(strokes, default=1.0) >= HAIRLINE - 0.005
    assert colours <= set(studio.palette.values())
    assert drawing == drawn(studio, it)


@pytest.mark.parametrize("stretch", ["", "xxx"])
@pytest.mark.parametrize("kind", CHARTS)
def test_words_touch_nothing(kind: str, stretch: str, studio: Studio) -> None:
    """No line of type lies on another or leaves the drawing, also when labels are a third longer."""
    drawing = drawn(studio, with_everything(kind), stretch)
    placed = boxes(drawing, studio)

    assert [(a, b) for (a, one), (b, other) in combinations(placed, 2) if overlap(one, other)] == []
    assert [said for said, box in placed if box[0] < -0.01 or box[1] < -0.01 or box[2] > 177.01 or box[3] > 80] == []


def rects(drawing: str) -> list[tuple[float, float, float, float]]:
    """Every rectangle: left, top, width and height."""
    found = [e for e in elements(drawing) if tag(e) == "rect"]
    return [tuple(float(e.get(key, "0")) for key in ("x", "y", "width", "height")) for e in found]  # type: ignore[misc]


def test_bars_begin_at_nought(studio: Studio) -> None:
    """All bars have one left edge, and lengths as the figures are."""
    bars = rects(drawn(studio, asked("bars", ["t.half.area", "t.exact.area", "t.many.area"])))

    assert len({bar[0] for bar in bars}) == 1
    assert [bar[2] / bars[0][2] for bar in bars] == pytest.approx([1, 2, 7.5], rel=0.01)


def test_columns_stand_on_one_floor(studio: Studio) -> None:
    """Columns are as high as the figures, at places as far apart as the years."""
    columns = rects(drawn(studio, asked("columns", ["t.*.jobs"])))

    assert len({round(top + height, 2) for _, top, _, height in columns}) == 1
    assert [c[3] / columns[0][3] for c in columns] == pytest.approx([1, 2, 3, 6], rel=0.01)
    assert [(c[0] - columns[0][0]) / (columns[1][0] - columns[0][0]) for c in columns] == pytest.approx([0, 1, 2, 5])


def test_discs_are_as_large_as_the_figures(studio: Studio) -> None:
    """Twice the figure has twice the area."""
    radii = [float(e.get("r", "0")) for e in elements(drawn(studio, asked("discs", ["t.half.area", "t.exact.area"]))) if tag(e) == "circle"]  # fmt: skip

    assert radii[1] ** 2 / radii[0] ** 2 == pytest.approx(2, rel=0.01)


def test_parts_of_a_share_add_up(studio: Studio) -> None:
    """Each part has its share of the strip; what is left over is the rest."""
    strip = rects(drawn(studio, asked("share", ["t.exact.area", "t.half.area"], whole="t.many.area")))

    assert strip[0][2] / strip[1][2] == pytest.approx(2, rel=0.05)
    assert strip[2][2] / 177 == pytest.approx(900 / 1500, rel=0.01)


def test_one_mark_for_each(studio: Studio) -> None:
    """As many discs as days; those of a range's upper end and of a plan are rings."""
    circles = [e for e in elements(drawn(studio, asked("dots", ["t.one.days", "t.two.days", "t.three.days"]))) if tag(e) == "circle"]  # fmt: skip
    rings = [e for e in circles if e.get("stroke")]

    assert len(circles) == 10 + 18 + 19
    assert len(rings) == 3 + 19


def test_dates_stand_in_their_order(studio: Studio) -> None:
    """Points along the axis are as far apart as the dates."""
    drawing = drawn(studio, asked("timeline", ["t.first.opened", "t.second.opened", "t.fair.opened"]))
    xs = [float(e.get("cx", "0")) for e in elements(drawing) if tag(e) == "circle"]

    assert (xs[1] - xs[0]) / (xs[2] - xs[0]) == pytest.approx((2010.5 - 2007.91) / (2015.68 - 2007.91), rel=0.01)


@pytest.mark.parametrize("stretch", [1.0, 1.3])
def test_flags_touch_nothing(stretch: float) -> None:
    """No flag lies on another, no stem goes through one, also when labels are a third longer; too many are refused."""
    stems = [
        (12.0, 30.0),
        (20.0, 22.0),
        (41.0, 26.0),
        (42.0, 18.0),
        (90.0, 30.0),
        (120.0, 25.0),
        (160.0, 25.0),
        (171.0, 20.0),
    ]
    flags = hoisted([(x, wide * stretch) for x, wide in stems], 177.0)

    assert flags
    for one, other in combinations(flags, 2):
        apart = one.span[1] < other.span[0] or other.span[1] < one.span[0]
        assert apart or one.level != other.level
        for flag, stem in ((one, other), (other, one)):
            assert not flag.span[0] < stem.x < flag.span[1] or flag.level > stem.level
    assert hoisted([(80.0, 90.0), (90.0, 100.0)], 150.0) is None


def bare(drawing: str) -> str:
    """A drawing without its words and its colours: what is left in grey, and to eyes that don't tell colours."""
    plain = re.sub(r"<text.*?</text>", "", drawing)
    return re.sub(r' (fill|stroke)="#[0-9A-Fa-f]{6}"', r' \1="x"', plain)


@pytest.mark.parametrize("kind", ["bars", "discs", "columns"])
def test_what_isnt_exact_has_another_form(kind: str, studio: Studio) -> None:
    """The same figure as exact, open, limited, rounded, planned or claimed gives six forms without any colour."""
    alike = {"": {}, "open": {"bound": "more than"}, "most": {"bound": "up to"}, "near": {"bound": "about"},
             "plan": {"planned": "true"}, "claim": {"confidence": "statement"}}  # fmt: skip
    shapes = set()
    for more in alike.values():
        it = replace_item(single_of(fact("300", **more)))
        shapes.add(
            bare(
                draw_items(
                    studio, asked(kind, ["t.exact.area"]), (it, *items(asked(kind, ["t.many.area"]), FACTS, DAY))
                )
            )
        )

    assert len(shapes) == 6


def single_of(it: Fact) -> Item:
    """An item of one fact that isn't in the register."""
    return single("t.exact.area", {"t.exact.area": it})


def replace_item(it: Item) -> Item:
    """The item at a year of its own, so that columns have room."""
    return replace(it, year=2010)


def draw_items(studio: Studio, it: Chart, found: tuple[Item, ...]) -> str:
    """A chart of items that are given."""
    labels = {item.key: item.name for item in found}
    return chart(
        studio, chart=it, items=found, labels=labels, planned="planned", unknown="not known", width=177.0, height=60.0
    )


def test_unknown_is_said_and_not_drawn(studio: Studio) -> None:
    """A name without a figure has words and no bar; as a disc it is an open ring."""
    bars = drawn(studio, asked("bars", ["t.exact.area"], unknown=["vorsino"]))
    discs = drawn(studio, asked("discs", ["t.exact.area"], unknown=["vorsino"]))

    assert "not known" in words(bars) and len(rects(bars)) == 1
    assert [bool(e.get("stroke")) for e in elements(discs) if tag(e) == "circle"] == [False, True]


def test_planned_is_said_and_dashed(studio: Studio) -> None:
    """A plan is pale and dashed beyond what exists, and its label says so."""
    drawing = drawn(studio, asked("bars", [{"fact": "t.plan.area", "exists": "t.half.area"}]))
    dashed = [e for e in elements(drawing) if e.get("stroke-dasharray")]

    assert "320\u00a0ha, planned" in words(drawing)
    assert [e.get("fill") for e in dashed] == [studio.palette["haze"]]
    assert rects(drawing)[0][2] / (rects(drawing)[0][2] + rects(drawing)[1][2]) == pytest.approx(200 / 320, rel=0.01)


def test_many_rows_and_one(studio: Studio) -> None:
    """Twenty-four rows take twenty-four rows of 14 pt, one takes one; lanes share them out."""
    many = asked("bars", ["t.*.size"])
    counted = items(many, FACTS, DAY)

    assert rows_needed(many, counted) == 24
    assert rows_needed(asked("dots", ["t.*.size"], lanes="2"), counted) == 12
    assert len(words(drawn(studio, many, height=120))) == 48
    assert len(words(drawn(studio, asked("bars", ["t.exact.area"])))) == 2


def test_ticks_are_round(studio: Studio) -> None:
    """Ticks begin at nought, go on in even steps and no further than the longest bar; Babel writes them."""
    for most in ("0.5", "1", "7", "30", "237", "1837", "25000"):
        found = ticks(Decimal(most))
        assert found[0] == 0 and found[-1] <= Decimal(most) and 2 <= len(found) <= 11
        assert len({b - a for a, b in pairwise(found)}) == 1

    assert {"0", "500", "1,000", "1,500"} <= set(words(drawn(studio, asked("bars", ["t.many.area"], ticks="true"))))


# what a form takes in


def keys(it: Chart, facts: dict[str, Fact] = FACTS) -> list[str]:
    """The facts of a chart in its order."""
    return [item.key for item in items(it, facts, DAY)]


def test_a_new_fact_joins_by_itself() -> None:
    """A form takes in what is printable: not what is stale or later than the edition, nor what is left out."""
    it = asked("bars", ["t.*.area"], leave_out=["t.claim.area"])

    assert set(keys(it)) == set(AREAS) - {"t.claim.area"}
    assert keys(it, {**FACTS, "t.new.area": fact("5")})[-1] == "t.new.area"


def test_what_is_unknown_becomes_known() -> None:
    """A name that is listed as unknown gives way to its fact once there is one."""
    it = asked("bars", ["t.*.area"], unknown=["new"])

    assert keys(it)[-1] == "new"
    assert "new" not in keys(it, {**FACTS, "t.new.area": fact("5")})


def test_orders() -> None:
    """As written, the largest or the smallest first, by date or by name; unknown ones last."""
    series = ["t.half.area", "t.many.area", "t.exact.area"]

    assert keys(asked("bars", series)) == series
    assert keys(asked("bars", series, order="largest", unknown=["vorsino"])) == [
        "t.many.area",
        "t.exact.area",
        "t.half.area",
        "vorsino",
    ]
    assert keys(asked("bars", series, order="smallest"))[0] == "t.half.area"
    assert keys(asked("bars", series, order="name")) == ["t.exact.area", "t.half.area", "t.many.area"]
    assert keys(asked("timeline", ["t.*.opened"], order="earliest"))[-1] == "t.fair.opened"


def test_names_are_counted() -> None:
    """A fact counts once for each of its names, and is shared where it has several."""
    found = {
        item.key: (item.high, item.shared, len(item.facts))
        for item in items(asked("dots", [], count=["t.*.country"]), FACTS, DAY)
    }

    assert found == {"china": (2, 1, 2), "russia": (1, 1, 1), "germany": (1, 0, 1)}


# on the page


PAGES = ["parks", "zone", "projects", "corridors"]


@pytest.fixture(scope="module")
def book() -> Any:
    """A desk that has composed the brochure, with all calls of drawings."""
    return composed()


def shown_on(book: Any, page: str) -> tuple[ET.Element, str]:
    """A chart of the brochure as it stands on its page: its element and its drawing."""
    galley = book.galley(next(planned for planned in book.manuscript.plan if planned.id == page))
    html = re.search(r'<figure class="frame chart.*?</figure>', galley.html, re.S)
    assert html
    plain = re.sub(r"<(img|br)([^>]*)>", r"<\1\2/>", html[0])
    root = ET.fromstring(plain)
    address = root.find("img").get("src", "").removeprefix("https://brochure.invalid/")  # type: ignore[union-attr]
    return root, galley.files[address].decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_table_says_what_the_drawing_shows(page: str, book: Any) -> None:
    """Every figure of the table stands in the drawing, or has as many marks there; heads and rows have header cells."""
    figure, drawing = shown_on(book, page)
    heads = [cell.get("scope") for cell in figure.iter("th")]
    rows = [[("".join(cell.itertext())) for cell in row] for row in figure.findall("table/tbody/tr")]
    said = " ".join(words(drawing))
    circles = sum(tag(e) == "circle" for e in elements(drawing))

    assert heads.count("col") >= 2 and heads.count("row") == len(rows) > 2
    if page == "projects":
        assert sum(int(row[1]) for row in rows) == circles
        assert {row[0] for row in rows} == set(words(drawing))
    elif page == "zone":
        assert all(re.split(r"[^0-9.]", row[1])[0] in words(drawing) and row[2] in said for row in rows)
    else:
        assert all(figures in said for row in (rows[:-1] if page == "parks" else rows) for figures in row[1:])
    assert figure.find("img").get("alt")  # type: ignore[union-attr]


def test_days_are_ticks(book: Any) -> None:
    """The days to Vorsino have one tick or dot each."""
    _, drawing = shown_on(book, "corridors")
    ticks_and_dots = sum(e.get("d", "").count("M") for e in elements(drawing)) + len(rects(drawing))

    assert ticks_and_dots == 10 + 50 + 18 + 23 + 19 + 40


CHART = """    kind: article
    show:
      facts: [land.area, land.parks]
      charts:
        - id: sizes
          kind: bars
          columns: 1..7
          rows: 40..47
          series: [land.area]
          unknown: [norway]
"""
WORDS = """charts:
  sizes:
    title: How large it is
    alt: One bar.
    columns: [Land, Area]
    labels: {land.area: The land}
    note: As the region states.
"""


def test_an_editor_adds_a_chart_without_touching_code(
    root: Path, edit: Callable[[str, str, str], Path], setter: Any
) -> None:
    """Ten lines in the edition and seven in the page's words: the page has a chart, its table and its mark."""
    edit("content/editions/mini.yaml", "    kind: article\n    show:\n      facts: [land.area, land.parks]\n", CHART)
    page = root / "content/en/pages/first.yaml"
    page.write_text(page.read_text() + WORDS)
    made = press.make(Order("mini", "en", "pages", ("first",)), load.house(root), setter)
    html = made.proof.sheet.galleys[0].html

    assert '<figure class="frame chart at-0-7-39-8">' in html
    assert '<th scope="row">The land</th><td>12.50\u00a0ha</td>' in html
    assert '<th scope="row">Norway</th><td>not known</td>' in html
    assert re.search(r"As the region states</span>\u2060<sup class=\"mark\">1</sup>\.</p>", html)
    assert Image.open(io.BytesIO(made.products[0].content)).size[0] > 1000


def slips(root: Path) -> list[str]:
    """What an editor is told."""
    with pytest.raises(ContentError) as caught:
        load.house(root)
    return [str(complaint) for complaint in caught.value.complaints]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sizes:", "size:", ["content/editions/mini.yaml:12:15: error: the chart “sizes” has no words in the language en. Add it under charts: in content/en/pages/first.yaml.",
                             "content/en/pages/first.yaml:9:5: error: there is no chart “size” on this page. Did you mean “sizes”?"]),
        ("[Land, Area]", "[Land, Area, More]", ["content/en/pages/first.yaml:11:15: error: the table of bars has 2 columns, not 3. Write a head for each."]),
        ("labels: {land.area: The land}", "labels: {land.aera: The land}", ["content/editions/mini.yaml:16:20: error: “land.area” has no label in the chart “sizes”. Add “land.area” under its labels: in the language en."]),
        ("One bar.", "1 bar.", ["content/en/pages/first.yaml:10:10: error: the figure “1” stands in a line that can't carry a source. Say it without the figure, or in a text with {fact.id}."]),
    ],
)  # fmt: skip
def test_slips_in_the_words_of_a_chart(
    old: str, new: str, told: list[str], root: Path, edit: Callable[[str, str, str], Path]
) -> None:
    """A chart without words, words without a chart, a head too many, a label that is missing, a naked figure."""
    edit("content/editions/mini.yaml", "    kind: article\n    show:\n      facts: [land.area, land.parks]\n", CHART)
    page = root / "content/en/pages/first.yaml"
    page.write_text(page.read_text() + WORDS.replace(old, new))

    assert slips(root) == told


def test_an_unknown_kind_of_chart_is_told_with_the_kinds_there_are(
    root: Path, edit: Callable[[str, str, str], Path]
) -> None:
    """A pie is none of the choices."""
    edit(
        "content/editions/mini.yaml",
        "    kind: article\n    show:\n      facts: [land.area, land.parks]\n",
        CHART.replace("kind: bars", "kind: pie"),
    )

    assert slips(root)[0].startswith(
        "content/editions/mini.yaml:13:17: error: “pie” is none of the choices. Choose 'bars', "
    )


def test_labels_without_room_are_the_editors_slip(
    root: Path, edit: Callable[[str, str, str], Path], setter: Any
) -> None:
    """A label that leaves no room for bars is told at the chart, exit 3, not as a slip of the template."""
    edit(
        "content/editions/mini.yaml",
        "    kind: article\n    show:\n      facts: [land.area, land.parks]\n",
        CHART.replace("1..7", "1..4"),
    )
    page = root / "content/en/pages/first.yaml"
    page.write_text(page.read_text() + WORDS.replace("The land", LONG))
    with pytest.raises(BrochureError) as caught:
        press.make(Order("mini", "en", "pages", ("first",)), load.house(root), setter)

    assert [str(c) for c in caught.value.complaints] == [
        "content/editions/mini.yaml:12:15: error: the chart “sizes” has no room for its labels. Shorten its labels, leave entries out, or give it more room."
    ]
    assert caught.value.exit_code == 3


def test_crowded_charts_are_refused(studio: Studio) -> None:
    """Words that would touch are refused by every kind that places them beside each other."""
    for kind in ("bars", "dots", "discs", "columns", "share", "timeline"):
        with pytest.raises(NoDrawing, match="has no room for its"):
            drawn(studio, with_everything(kind), stretch=" " + LONG, width=30.0, height=30.0)


def spent(draw: Callable[[], object]) -> float:
    """Seconds of this process for a drawing: the least of three, so that a busy machine doesn't matter."""
    least = 9.0
    for _ in range(3):
        start = time.process_time()
        draw()
        least = min(least, time.process_time() - start)
    return least


@pytest.mark.parametrize("kind", CHARTS)
def test_charts_are_quick(kind: str, studio: Studio) -> None:
    """Each kind is drawn in a few milliseconds once fonts are open; a busy machine may take many times as long."""
    it = with_everything(kind)

    assert spent(lambda: drawn(studio, it)) < 0.2


def test_all_drawings_of_the_brochure_are_quick(book: Any) -> None:
    """Every drawing of the default edition together takes less than a second and a half where nothing else runs, which
    the bench prints; here, where much does, not many times as long."""

    def draw() -> None:
        for page, name, details in book.calls:
            book.page = page
            DRAWINGS[name](book.studio, **details)

    assert spent(draw) < 6
