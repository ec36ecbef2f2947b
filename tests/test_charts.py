"""Charts from facts: every kind with what is missing, planned, bounded, single, many and long; the table beside it."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from test_drawings import ELEMENTS, composed, elements, tag

from brochure import load, press
from brochure.compose.sheet import Desk
from brochure.draw.boxes import Box, overlap
from brochure.draw.chart import KINDS, chart
from brochure.draw.plot import figure
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import HAIRLINE, MIN_TYPE, MM_PER_PT
from brochure.draw.ticks import ticks
from brochure.model.charts import CHARTS, Chart
from brochure.model.facts import Fact
from brochure.model.series import Item, items, rows_needed, single
from brochure.stages import House, Order

ROOT = Path(__file__).resolve().parents[1]
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
    house = load.house(ROOT)
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
        "share": lambda: asked("share", ["t.exact.area", {"fact": "t.plan.area", "exists": "t.half.area"}, "t.near.area"], whole="t.many.area", **more),
    }[kind]()  # fmt: skip


def words(drawing: str) -> list[str]:
    """The lines of type in a drawing."""
    return [element.text or "" for element in elements(drawing) if tag(element) == "text"]


def boxes(drawing: str, studio: Studio, factor: float = 1.0) -> list[tuple[str, Box]]:
    """Each line of type with the box round its ink, mm."""
    out = []
    for e in elements(drawing):
        if tag(e) == "text":
            said, size = e.text or "", float(e.get("font-size", "0"))
            wide = factor * studio.width(said, size / MM_PER_PT, int(e.get("font-weight", "400")))
            left = float(e.get("x", "0")) - {"start": 0.0, "middle": wide / 2, "end": wide}[e.get("text-anchor", "start")]
            base = float(e.get("y", "0"))
            out.append((said, (left, base - 0.7 * size, left + wide, base + 0.05 * size)))
    return out


def test_every_kind_is_drawn_and_told() -> None:
    """What the flatplan may ask for, what is documented and what is drawn are the same kinds."""
    assert set(KINDS) == set(CHARTS)
