"""Every drawing of the default edition and of the specimen book, called as their templates call it."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import shipped

from brochure import load
from brochure.compose.sheet import Desk
from brochure.draw import DRAWINGS
from brochure.draw.land import off_the_edges
from brochure.draw.ruler import ruler
from brochure.draw.spline import Way, bowed, smooth, within
from brochure.draw.studio import Studio
from brochure.draw.svg import HAIRLINE, MIN_TYPE, MM_PER_PT
from brochure.house import PlannedPage
from brochure.press import SPECIMENS
from brochure.stages import Order

ROOT = Path(__file__).resolve().parents[1]
ELEMENTS = {"svg", "g", "path", "circle", "rect", "text"}
FOLD, TRIM = 6.0, 5.0  # mm that words keep from the gutter and the trim
WIDTH, HEIGHT = 210.0, 297.0  # mm, of a page


@dataclass
class _Recorder(Desk):
    """A desk that remembers how its templates called the drawings."""

    calls: list[tuple[PlannedPage, str, dict[str, Any]]] = field(default_factory=list)

    def drawing(self, name: str, **details: Any) -> str:
        self.calls.append((self.page, name, details))
        return super().drawing(name, **details)


def composed(content: Path | None = None, edition: str = "") -> _Recorder:
    """A desk on which an edition's pages have been composed, the default one's unless another is named; ``content``:
    another folder with content/."""
    house = load.house(ROOT, content) if content else shipped()
    edition = edition or next(name for name, found in house.editions.items() if found.default)
    desk = _Recorder(load.manuscript(house, Order(edition, house.editions[edition].languages[0])))
    for page in sorted(desk.manuscript.plan, key=lambda page: page.kind.gathers):
        desk.galley(page)
    return desk


@pytest.fixture(scope="module")
def desk() -> _Recorder:
    """A desk that has composed the default edition."""
    return composed()


@pytest.fixture(scope="module")
def book() -> _Recorder:
    """A desk that has composed the specimen book."""
    return composed(ROOT / SPECIMENS)


@pytest.fixture(scope="module")
def sheets() -> list[_Recorder]:
    """Desks that have composed a handout of each sort, the leaflet, and the other editions."""
    house = shipped()
    subjects = {it.sort: it.id for it in load.subjects(house, house.default_edition) if it.enough}
    orders = [Order(house.default_edition, "en", product="handout", subject=name) for name in subjects.values()]
    desks = []
    for order in [*orders, Order(house.default_edition, "en", product="leaflet")]:
        desk = _Recorder(load.manuscript(house, order))
        desk.galley(desk.manuscript.plan[0])
        desks.append(desk)
    return desks + [composed(edition=name) for name, found in house.editions.items() if not found.default]


@pytest.fixture(scope="module")
def drawn(desk: _Recorder, book: _Recorder, sheets: list[_Recorder]) -> list[tuple[str, str]]:
    """Every drawing's name and SVG."""
    return [*redrawn(desk), *redrawn(book), *(found for sheet in sheets for found in redrawn(sheet))]


def redrawn(desk: _Recorder) -> list[tuple[str, str]]:
    """Every drawing that a desk was asked for, drawn once more."""
    out = []
    for page, name, details in desk.calls:
        desk.page = page
        out.append((name, DRAWINGS[name](desk.studio, **details)))
    return out


def elements(drawing: str) -> Iterator[ET.Element]:
    """Every element of a drawing."""
    return ET.fromstring(drawing).iter()


def tag(element: ET.Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def test_every_drawing_is_used(desk: _Recorder, book: _Recorder, sheets: list[_Recorder]) -> None:
    """A drawing that no page of an edition, of a handout, the leaflet or the book asks for is taken out of the list, but for those that are
    drawn when they are needed: pages to write on, and the format on a job ticket."""
    assert set(DRAWINGS) - {"notes", "page-format"} <= {name for it in (desk, book, *sheets) for _, name, _ in it.calls}


def test_drawings_are_deterministic(drawn: list[tuple[str, str]]) -> None:
    """A desk set up afresh draws the same bytes."""
    again = [*redrawn(composed()), *redrawn(composed(ROOT / SPECIMENS))]

    assert drawn[: len(again)] == again


def test_drawings_use_few_elements(drawn: list[tuple[str, str]]) -> None:
    """No gradient, picture, style sheet, filter or copy: nothing that a printer's software could drop."""
    for name, drawing in drawn:
        assert {tag(element) for element in elements(drawing)} <= ELEMENTS, name
        assert "url(" not in drawing and "style=" not in drawing, name


def test_drawings_are_not_scaled(drawn: list[tuple[str, str]]) -> None:
    """User units are millimetres everywhere, so that sizes of type and strokes are what they say; those of a code are its
    modules."""
    for name, drawing in drawn:
        if name == "qr":
            continue
        root = ET.fromstring(drawing)
        width, height = (root.get(side, "").removesuffix("mm") for side in ("width", "height"))
        assert root.get("viewBox") == f"0 0 {width} {height}", name
        moves = [element.get("transform", "translate()") for element in root.iter()]
        assert all(
            re.fullmatch(r"(translate|rotate)\([^)]*\)( (translate|rotate)\([^)]*\))*", move) for move in moves
        ), name


def test_type_can_be_read(drawn: list[tuple[str, str]]) -> None:
    """Type is never smaller than 7 pt."""
    for name, drawing in drawn:
        sizes = [float(e.get("font-size", "0")) / MM_PER_PT for e in elements(drawing) if tag(e) == "text"]
        assert min(sizes, default=MIN_TYPE) >= MIN_TYPE - 0.01, name


def test_strokes_print(drawn: list[tuple[str, str]]) -> None:
    """A stroke is never thinner than a hairline of 0.25 pt."""
    for name, drawing in drawn:
        widths = [float(e.get("stroke-width", "0")) / MM_PER_PT for e in elements(drawing) if e.get("stroke")]
        assert min(widths, default=HAIRLINE) >= HAIRLINE - 0.005, name


def test_colours_are_the_brands(desk: _Recorder, drawn: list[tuple[str, str]]) -> None:
    """Every colour is one of the brand's, which has a recipe for print."""
    brand = set(desk.studio.palette.values())
    for name, drawing in drawn:
        used = {e.get(key) for e in elements(drawing) for key in ("fill", "stroke")} - {None, "none"}
        assert used <= brand, name


# the corridor map over two pages


def halves(desk: _Recorder) -> tuple[str, str]:
    """The map's left and right half."""
    found = {
        details["page"]: DRAWINGS[name](desk.studio, **details)
        for _, name, details in desk.calls
        if name == "corridors"
    }
    return found["left"], found["right"]


def near_the_gutter(half: str) -> set[tuple[int, int, str]]:
    """The land's dots that both halves paint: fifths of a millimetre, and their diameter."""
    out = set()
    for element in elements(half):
        if not (dash := element.get("stroke-dasharray", "")).startswith("0.001 "):
            continue
        step = float(dash.split()[1]) + 0.001
        for x, y, dx, dy in re.findall(r"M(\S+) (\S+)l(\S+) ([-.\d]+)", element.get("d", "")):
            length = math.hypot(float(dx), float(dy))
            for i in range(int(length / step) + 1):
                at = float(x) + float(dx) * step * i / length, float(y) + float(dy) * step * i / length
                if abs(at[0] - WIDTH) < 4:
                    out.add((round(at[0] * 5), round(at[1] * 5), element.get("stroke-width", "")))
    return out


def strays(some: set[tuple[int, int, str]], others: set[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Dots without a partner at the same place, one step of rounding allowed."""
    steps = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    return [(x, y, size) for x, y, size in sorted(some) if not any((x + i, y + j, size) in others for i, j in steps)]


def crossings(half: str) -> list[tuple[str, str, str]]:
    """Where continuous lines cross the gutter: their height, colour and weight."""
    out = []
    for element in elements(half):
        numbers = [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", element.get("d", ""))]
        for a, b in itertools.pairwise(numbers):
            if "l" not in element.get("d", "") and (a[0] - WIDTH) * (b[0] - WIDTH) < 0:
                y = a[1] + (b[1] - a[1]) * (WIDTH - a[0]) / (b[0] - a[0])
                out.append((f"{y:.2f}", element.get("stroke", ""), element.get("stroke-width", "")))
    return sorted(out)


def test_the_map_goes_on_across_the_gutter(desk: _Recorder) -> None:
    """Both halves paint the same dots and the same lines where they meet."""
    left, right = halves(desk)
    assert len(near_the_gutter(left)) > 100
    assert not strays(near_the_gutter(left), near_the_gutter(right))
    assert not strays(near_the_gutter(right), near_the_gutter(left))
    assert crossings(left) == crossings(right)
    assert len(crossings(left)) >= 2


def test_nothing_ends_close_to_the_edge_of_the_paper(desk: _Recorder) -> None:
    """No line of the clusters' net ends within a printer's safe area, and land that ends there runs out somewhere."""
    ends = []
    for _, name, details in desk.calls:
        for element in elements(DRAWINGS[name](desk.studio, **details) if name == "constellation" else "<svg/>"):
            for piece in re.findall(r"[^M]+[LA][^M]+", element.get("d", "")):
                numbers = [float(number) for number in re.findall(r"-?[\d.]+", piece)]
                ends += [(numbers[0], numbers[1]), (numbers[-2], numbers[-1])]
    assert len(ends) > 100
    rooms = [min(x, 2 * WIDTH - x, y, HEIGHT - y) for x, y in ends]
    assert [room for room in rooms if 0 <= room < 5] == []
    assert min(rooms) < 0


@pytest.mark.parametrize(("dots", "kept"), [((3, 7, 12), (7, 12)), ((-2, 3, 7, 12), (-2, 3, 7, 12)), ((-9, 3), ())])
def test_land_runs_out_of_the_page_or_keeps_away_from_its_edge(dots: tuple[int, ...], kept: tuple[int, ...]) -> None:
    """A coast near the left edge is left out to 5 mm, unless dots between the edge and the bleed carry it on."""
    points = [(float(x), 50.0) for x in dots]
    tone = off_the_edges(lambda point: 1 if point[0] > -5 else 0, points, (0, 0, 100, 100), 5)

    assert tuple(int(point[0]) for point in points if tone(point)) == kept


def test_words_keep_away_from_the_gutter_and_the_trim(desk: _Recorder) -> None:
    """No word of the map stands within 6 mm of the gutter or 5 mm of the trim."""
    width = ruler(desk.manuscript.house.assets)
    for half, low, high in zip(halves(desk), (TRIM, WIDTH + FOLD), (WIDTH - FOLD, 2 * WIDTH - TRIM), strict=True):
        for left, right in _words(half, desk.studio, width):
            assert low <= left and right <= high


def _words(half: str, studio: Studio, width: Any) -> Iterator[tuple[float, float]]:
    """The left and right edge of each line of words, mm of the spread."""
    for e in elements(half):
        if tag(e) == "text":
            words = e.text or ""
            wide = width(
                words,
                e.get("font-family", studio.text),
                float(e.get("font-size", "0")) / MM_PER_PT,
                int(e.get("font-weight", "400")),
            )
            wide += float(e.get("letter-spacing", "0")) * len(words)
            left = float(e.get("x", "0")) - {"start": 0, "middle": wide / 2, "end": wide}[e.get("text-anchor", "start")]
            yield left, left + wide


def test_the_map_is_light(desk: _Recorder) -> None:
    """Both halves together are under 250 kB of SVG."""
    assert sum(len(half.encode()) for half in halves(desk)) < 250_000


def test_one_tick_a_day(desk: _Recorder) -> None:
    """The map has as many ticks as the routes have days."""
    show = next(details["show"] for _, name, details in desk.calls if name == "corridors")
    days = 0
    for route in show.routes:
        if route.days:
            value = desk.studio.fact(route.days).value
            days += int(value[1] if isinstance(value, tuple) else value)
    paper, haze = desk.studio.palette["paper"], desk.studio.palette["haze"]
    ticks = {
        e.get("d")
        for half in halves(desk)
        for e in elements(half)
        if e.get("stroke") in (paper, haze)
        and "dasharray" not in str(e.attrib)
        and re.fullmatch(r"M\S+ \S+L\S+ \S+", e.get("d", ""))
    }
    assert len(ticks) == days


# smooth lines


def test_splines_pass_through_their_nodes() -> None:
    """Every leg begins and ends at its nodes, so that a route really meets its stations."""
    nodes = [(0.0, 0.0), (10.0, 4.0), (11.0, 9.0), (30.0, 9.0)]
    legs = smooth(nodes)
    for leg, start, end in zip(legs, nodes, nodes[1:], strict=False):
        assert leg[0] == pytest.approx(start) and leg[-1] == pytest.approx(end)


def test_lines_are_cut_exactly() -> None:
    """A line cut at an upright edge ends on the edge, also when it comes back."""
    pieces = list(within([(0, 0), (10, 10), (0, 20)], -5, 4))
    assert [piece[0] for piece in pieces] == [(0, 0), (4, 16)]
    assert [piece[-1] for piece in pieces] == [(4, 4), (0, 20)]


def test_walking_along_a_line() -> None:
    """Half the length of a line lies in its middle, and the vector across it has the length one."""
    at, across = Way(((0.0, 0.0), (4.0, 0.0), (4.0, 4.0))).at(0.75)
    assert at == pytest.approx((4.0, 2.0)) and math.hypot(*across) == pytest.approx(1)


def test_bows_bend_to_the_left_of_the_way() -> None:
    """A positive bow stands off to the left, which is upwards on a way to the right."""
    assert bowed((0, 0), (10, 0), 0.1)[1] == pytest.approx((5, -1))


def test_a_name_below_keeps_off_what_turns_around_its_planet(desk: _Recorder) -> None:
    """Grabtsevo's name stands below the orbit of its moon, not on it."""
    details = next(details for _, name, details in desk.calls if name == "orbits")
    moon = next(planet for planet in details["planets"] if planet.around)
    drawn = DRAWINGS["orbits"](desk.studio, **details)
    ring = re.search(rf'<circle cx="([\d.]+)" cy="([\d.]+)" r="{float(moon.drawn):g}"', drawn)
    name = desk.studio.names[moon.around]
    written = re.search(rf'y="([\d.]+)"[^>]*>{name}<', drawn)
    assert ring is not None and written is not None
    assert float(written[1]) - 2.2 > float(ring[2]) + float(moon.drawn)


def test_orbits_over_a_photograph_cover_nothing(desk: _Recorder) -> None:
    """Laid over a photograph the cover's drawing has no boxes under its names and no field of dots: its orbits break
    off at names and planets instead."""
    details = next(details for _, name, details in desk.calls if name == "orbits")
    plain, over = (DRAWINGS["orbits"](desk.studio, **{**details, "over": over}) for over in (False, True))

    assert plain.count("<rect") == len(details["planets"]) + 1
    assert over.count("<rect") == 0 and over.count("<text") == plain.count("<text")
    assert max(path.count("M") for path in re.findall(r'<path d="([^"]*A[^"]*)"', over)) >= 3


def test_a_timeline_in_a_frame_stays_in_it(book: _Recorder) -> None:
    """However narrow the frame: no year or name of a framed timeline begins or ends outside it."""
    calls = [(page, details) for page, name, details in book.calls if name == "timeline"]
    for page, details in calls:
        book.page = page
        for word in (e for e in elements(DRAWINGS["timeline"](book.studio, **details)) if tag(e) == "text"):
            size = float(word.get("font-size", 0)) / MM_PER_PT
            wide = book.studio.width(word.text or "", size, int(word.get("font-weight", 400)))
            left = float(word.get("x", 0)) - (wide if word.get("text-anchor") == "end" else 0)
            assert left > -0.05 and left + wide < details["width"] + 0.05, word.text

    assert {details["width"] for _, details in calls} == {116.67, 56.33}
