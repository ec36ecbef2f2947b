"""The map of the railway corridors on one upright page, or in a panel: all of them within a given width."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from brochure.draw.corridors import corridors
from brochure.draw.land import Box
from brochure.draw.projection import project
from brochure.draw.route_map import TILT
from brochure.draw.studio import Studio
from brochure.draw.svg import Point
from brochure.model.pages.corridors import MapWords, Show


def corridor_sheet(
    studio: Studio,
    show: Show,
    words: MapWords,
    box: Box,
    *,
    clear: Sequence[Box] = (),
    figures: Mapping[str, tuple[float, float, float]] | None = None,
    areas: Mapping[str, Point] | None = None,
    bounds: Box | None = None,
) -> str:
    """The page's ground, 220 × 307 mm with bleed: every node of every corridor within ``box`` (mm from the trim). For
    the rest see ``corridors``."""
    put = fitted(studio, show, box)
    return corridors(studio, "left", show, words, clear=clear, figures=figures, areas=areas, put=put, bounds=bounds)


def fitted(studio: Studio, show: Show, box: Box) -> Callable[[float, float], Point]:
    """How km of the projection become mm, turned as on the spread, so that all nodes lie within the box."""
    places = {stop.place: studio.point(stop.place) for route in show.routes for stop in route.stops}
    projection = studio.geometry("world")["projection"]
    turned = [_turned(*project(*degrees, projection)) for degrees in places.values() if degrees]
    xs, ys = [x for x, _ in turned], [y for _, y in turned]
    scale = min((box[2] - box[0]) / (max(xs) - min(xs)), (box[3] - box[1]) / (max(ys) - min(ys)))
    left = (box[0] + box[2] - scale * (min(xs) + max(xs))) / 2
    top = (box[1] + box[3] - scale * (min(ys) + max(ys))) / 2

    def put(x: float, y: float) -> Point:
        across, down = _turned(x, y)
        return left + scale * across, top + scale * down

    return put


def _turned(x: float, y: float) -> Point:
    """Kilometres across and down, turned as the spread's map is."""
    return x * math.cos(TILT) - y * math.sin(TILT), -(x * math.sin(TILT) + y * math.cos(TILT))
