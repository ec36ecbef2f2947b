"""Labels of maps: nothing touches anything, also when a language needs longer words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest
from conftest import shipped

from brochure import load
from brochure.draw import labels
from brochure.draw.boxes import Box, crosses, overlap
from brochure.draw.labels import Label, NoRoom, Placed
from brochure.draw.obstacles import Obstacles
from brochure.draw.parks_map import BOUNDS as PARKS_BOUNDS
from brochure.draw.parks_map import obstacles as parks_obstacles
from brochure.draw.parks_map import placements as parks_placements
from brochure.draw.parks_map import plots_of
from brochure.draw.region_map import BOUNDS as REGION_BOUNDS
from brochure.draw.region_map import ground_of
from brochure.draw.region_map import obstacles as region_obstacles
from brochure.draw.region_map import placements as region_placements
from brochure.draw.ruler import Ruler, ruler
from brochure.draw.studio import Studio
from brochure.model.facts import Fact

STRETCHES = [1.0, 1.3]


@pytest.fixture(scope="module")
def house() -> load.House:
    """The house as it stands."""
    return shipped()


@pytest.fixture(scope="module")
def studio(house: load.House) -> Studio:
    """A studio with the English names."""
    language = house.languages["en"]

    def fact(name: str) -> Fact:
        return house.facts[name]

    return Studio(
        palette={name: str(colour.screen) for name, colour in house.brand.colours.items()},
        text=str(language.words.text[0]),
        display=str(language.words.display[0]),
        print=lambda name, _form: f"{house.facts[name].value} ha",
        fact=fact,
        has=lambda name: name in house.facts,
        names=language.names,
        label=str,
        assets=house.assets,
    )


def stretched(width: Ruler, factor: float) -> Ruler:
    """A ruler for words that are longer by a factor."""
    return lambda *words: factor * width(*words)


def touching(placed: tuple[Placed, ...]) -> list[tuple[str, str]]:
    """Pairs of labels that lie on each other or on each other's leaders."""
    return [
        (a.label.text, b.label.text)
        for a, b in combinations(placed, 2)
        if overlap(a.box, b.box) or (a.leader and crosses(b.box, a.leader)) or (b.leader and crosses(a.box, b.leader))
    ]


def struck(placed: tuple[Placed, ...], obstacles: Obstacles) -> list[str]:
    """Labels that come nearer than a third of a millimetre to a line or a mark."""
    return [
        p.label.text
        for p in placed
        if any(crosses(p.box, s, 0.3) for s in obstacles.segments)
        or any(overlap(p.box, rect, 0.3) for rect in obstacles.rects)
    ]


@pytest.fixture(scope="module", params=["region", "parks"])
def map_of(
    request: pytest.FixtureRequest, house: load.House, studio: Studio
) -> Callable[[Ruler], tuple[tuple[Placed, ...], Obstacles, Box]]:
    """Places the labels of a map with a given ruler."""
    plan = house.plans[house.default_edition]
    show = next(page.show for page in plan if page.kind.name == request.param)

    def of(width: Ruler) -> tuple[tuple[Placed, ...], Obstacles, Box]:
        if request.param == "region":
            airports = show.airport_places()
            return (
                region_placements(studio, show.towns, airports, width),
                region_obstacles(ground_of(studio), show.towns, airports),
                REGION_BOUNDS,
            )
        plots = plots_of(studio, [spot.details() for spot in show.spots])
        return (
            parks_placements(studio, plots, show.towns, width),
            parks_obstacles(studio, plots, show.towns),
            PARKS_BOUNDS,
        )

    return of


@pytest.mark.parametrize("factor", STRETCHES)
def test_labels_of_the_maps_touch_neither_each_other_nor_a_line(map_of, studio: Studio, factor: float) -> None:
    """Every label of both maps stands free of all others, of lines, marks and edges, also when 30 % longer."""
    placed, obstacles, bounds = map_of(stretched(ruler(studio.assets), factor))
    assert len(placed) > 10
    assert touching(placed) == []
    assert struck(placed, obstacles) == []
    assert all(
        bounds[0] <= p.box[0] and bounds[1] <= p.box[1] and p.box[2] <= bounds[2] and p.box[3] <= bounds[3]
        for p in placed
    )


def by_letters(words: str, _family: str, size: float, _weight: int) -> float:
    """A ruler that counts letters."""
    return len(words) * size * 0.18


def test_a_crowd_of_points_finds_room(studio: Studio) -> None:
    """Twelve towns in a tight square all get their names without overlaps."""
    towns = [Label(f"Town {i}", (20 + 9 * (i % 4), 20 + 7 * (i // 4)), 8, "any", distance=1.5) for i in range(12)]
    marks = Obstacles()
    for town in towns:
        marks.add_disc(town.at, 0.8)
    placed = labels.place(towns, marks, (0, 0, 80, 60), by_letters)
    assert touching(placed) == []
    assert struck(placed, marks) == []


def test_no_room_names_the_labels() -> None:
    """Words wider than the map are refused by name."""
    with pytest.raises(NoRoom, match="Maloyaroslavets"):
        labels.place([Label("Maloyaroslavets", (5, 5), 8, "any")], Obstacles(), (0, 0, 10, 10), by_letters)


def test_a_far_label_is_tied_to_its_point() -> None:
    """A label pushed away by a wall of lines carries a leader that ends at its words."""
    walls = Obstacles()
    walls.add_line([(8, 8), (12, 8), (12, 12), (8, 12), (8, 8)])
    (placed,) = labels.place([Label("Borovsk", (10, 10), 8, "any", distance=1.4)], walls, (0, 0, 60, 60), by_letters)
    assert placed.leader is not None
    assert not any(crosses(placed.box, wall) for wall in walls.segments)


def test_the_ruler_measures_with_the_brands_fonts(studio: Studio) -> None:
    """Bolder and larger words are wider, and a word is about as wide as a typesetter would guess."""
    width = ruler(studio.assets)
    assert width("Kaluga", studio.text, 8, 600) > width("Kaluga", studio.text, 8, 400)
    assert width("Kaluga", studio.text, 16, 400) == pytest.approx(2 * width("Kaluga", studio.text, 8, 400))
    assert Decimal("8") < Decimal(width("Kaluga", studio.text, 8, 400)).quantize(Decimal("0.1")) < Decimal("11")
