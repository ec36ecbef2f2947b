"""The pictures of the editions beside the summit's: each is drawn from its figures and says what isn't known."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import told
from test_content import furnished
from test_drawings import composed

from brochure.draw.crowd import crowd
from brochure.draw.freight_line import freight_line
from brochure.draw.projection import apart
from brochure.draw.runway import runway
from brochure.draw.studio import Studio
from brochure.draw.track import border_share, gauges

desks = functools.cache(composed)


def asked(edition: str, drawing: str) -> tuple[Studio, dict[str, Any]]:
    """The studio of an edition, and how its page asks for a drawing."""
    desk = desks(edition=edition)
    return desk.studio, next(details for _, name, details in desk.calls if name == drawing)


def test_a_quarter_of_the_earth_is_a_right_angle() -> None:
    """Great circles: from the equator to the pole, and along the equator."""
    assert apart((0, 0), (90, 0)) == pytest.approx(apart((0, 10), (0, 100))) == pytest.approx(3.14159265 / 2)


def test_the_border_stands_where_the_places_put_it() -> None:
    """Dalian is nearer to the border than Vorsino; the rails behind it lie wider apart, by the gauges."""
    studio, details = asked("logistics", "track")
    here, there = gauges(studio, details["show"])

    assert 0.1 < border_share(studio, details["show"]) < 0.3
    assert (2 * here * 100, 2 * there * 100) == pytest.approx((1435, 1520))


def test_an_unknown_area_is_an_open_ring() -> None:
    """One village has its hectares as a disc with a full centre, the other, of which no area is known, a ring in haze."""
    studio, details = asked("logistics", "freight-line")
    drawn = freight_line(studio, **details)
    areas = [float(r) ** 2 for r in re.findall(r'r="([0-9.]+)"[^>]*(?:fill|stroke)="' + studio.palette["gold"], drawn)]

    assert max(areas) / min(areas) == pytest.approx(6, rel=0.01)
    assert drawn.count(f'stroke="{studio.palette["haze"]}" stroke-width="0.282"') == 1


def test_a_runway_is_in_one_scale() -> None:
    """Its length and its width on the paper stand as in the figures."""
    studio, details = asked("logistics", "runway")
    width, height = map(
        float, re.search(r'<rect x="0" y="2" width="([0-9.]+)" height="([0-9.]+)"', runway(studio, **details)).groups()
    )  # type: ignore[union-attr]

    assert width / height == pytest.approx(2200 / 45, rel=0.001)


def test_a_dot_is_a_thousand_people() -> None:
    """As many dots as thousands; the capital's first, then the other towns', then the country's."""
    studio, details = asked("investor-general", "crowd")
    drawn = crowd(studio, **details)

    assert [path.count("h.001") for path in re.findall(r'<path d="([^"]+)"', drawn)] == [343, 428, 244]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("picture: part\n          facts: [", "picture: relief\n          facts: [", "is drawn from 3 facts."),
        ("what: engines", "what: motors", "“events” says nothing of “motors”, which the flatplan shows."),
    ],
)
def test_a_slip_of_an_edition_is_told(old: str, new: str, said: str, tmp_path: Path) -> None:
    """A picture with too few figures, an event without a word."""
    edition = furnished(tmp_path) / "content/editions/investor-general.yaml"
    assert old in edition.read_text()
    edition.write_text(edition.read_text().replace(old, new, 1))

    assert any(said in str(complaint) for complaint in told(tmp_path))


def test_a_village_needs_a_station_of_the_railway(tmp_path: Path) -> None:
    """A village that stands at no stop of its railway is refused."""
    edition = furnished(tmp_path) / "content/editions/logistics.yaml"
    edition.write_text(edition.read_text().replace("station: vorotynsk", "station: kirov"))

    assert any("“kirov” is no station of this railway." in str(complaint) for complaint in told(tmp_path))
