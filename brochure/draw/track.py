"""A railway line over two facing pages, its rails a hundredth of their true distance apart: where the gauge changes, they
step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from brochure.draw import svg
from brochure.draw.projection import apart
from brochure.draw.spline import Way, joined, smooth, within
from brochure.draw.studio import NoDrawing, Studio
from brochure.draw.svg import Point
from brochure.model.pages.journey import Show, Station

WIDTH, HEIGHT, BLEED = 210.0, 297.0, 5.0  # mm
NODES: Sequence[Point] = ((33.0, 175.0), (110.0, 173.0), (205.0, 151.0), (300.0, 141.0), (384.0, 151.0))  # mm
SHIP: Sequence[Point] = ((-8.0, 185.0), (12.0, 179.0), (26.0, 175.4))  # mm, from beyond the trim to the quay
TRUE = 100.0  # mm of the railway for one of the drawing
SLEEPER_KM, OVER = 50.0, 2.6  # a sleeper each, mm beyond the rails
RAIL, SLEEPER = 1.7, 0.55  # pt
DAY, HOME, QUAY = 3.3, 4.6, 2.2  # mm, radii
GAP = 4.2  # mm between the two gauges
SIZE, NAME, QUIET = 8.0, 12.5, 500  # pt, weight
REACH = 13.5  # mm from the track's middle to words below it


def track(studio: Studio, page: Literal["left", "right"], show: Show) -> str:
    """One page of the line, 220 × 307 mm with bleed: sleepers by the length, days evenly along it, the border where the
    places' distances as the crow flies put it."""
    left = -BLEED if page == "left" else WIDTH - BLEED
    window = left, left + WIDTH + 2 * BLEED
    way = joined(smooth(NODES))
    body = [*_sleepers(studio, show, way, window), *_rails(studio, show, way, window), *_ship(studio, window)]
    body += [*_days(studio, show, way, window), *_ends(studio, show, window), *_border(studio, show, way, window)]
    shift = f"translate({svg.n(-left)} {svg.n(BLEED)})"
    return svg.svg(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, [svg.group(body, transform=shift)])


def border_share(studio: Studio, show: Show) -> float:
    """Which part of the way lies before the border, by great circles between the three places."""
    start, border, end = (_place(studio, it) for it in (show.start, show.border, show.end))
    before, after = apart(start, border), apart(border, end)
    return before / (before + after)


def _place(studio: Studio, station: Station) -> Point:
    if (found := studio.point(station.place)) is None:
        raise NoDrawing(f"“{station.place}” has no coordinates.")
    return found


def gauges(studio: Studio, show: Show) -> tuple[float, float]:
    """Half the distance of the rails on the paper, mm: before the border and behind it."""
    here, there = (studio.number(gauge) or 0.0 for gauge in show.gauges)
    return here / TRUE / 2, there / TRUE / 2


def _inside(at: Point, window: tuple[float, float]) -> bool:
    """Whether this page draws what stands there: each thing whole, on the page where its middle is."""
    return (at[0] < WIDTH) == (window[0] < 0)


def _beside(way: Way, share: float, off: float) -> Point:
    (x, y), (u, v) = way.at(share)
    return x + u * off, y + v * off


def _rails(studio: Studio, show: Show, way: Way, window: tuple[float, float]) -> Iterator[str]:
    split, gap = border_share(studio, show), GAP / 2 / way.length
    parts = zip(((0.0, split - gap), (split + gap, 1.0)), gauges(studio, show), strict=True)
    for (first, last), half in parts:
        for off in (half, -half):
            steps = max(2, round((last - first) * way.length))
            points = [_beside(way, first + (last - first) * i / steps, off) for i in range(steps + 1)]
            for piece in within(points, *window):
                yield svg.path(piece, **svg.stroke(studio.palette["night"], RAIL))


def _sleepers(studio: Studio, show: Show, way: Way, window: tuple[float, float]) -> Iterator[str]:
    """One for every fifty kilometres; none where a day or a station stands."""
    length, split = studio.number(show.length) or 0.0, border_share(studio, show)
    here, there = gauges(studio, show)
    days = int(studio.number(show.days) or 0)
    clear = [((day + 0.5) / days, DAY + 0.7) for day in range(days)]
    clear += [(0.0, QUAY + 1.0), (1.0, HOME + 1.0), (split, GAP / 2 + 1.2)]
    style = {**svg.stroke(studio.palette["gold"], SLEEPER), "stroke_linecap": "butt"}
    for i in range(1, int(length / SLEEPER_KM) + 1):
        share = i * SLEEPER_KM / length
        reach = (here if share < split else there) + OVER
        a, b = _beside(way, share, reach), _beside(way, share, -reach)
        if window[0] < a[0] < window[1] and all(abs(share - at) * way.length > room for at, room in clear):
            yield svg.line(a, b, **style)


def _ship(studio: Studio, window: tuple[float, float]) -> Iterator[str]:
    if window[0] < 0:
        way = joined(smooth(SHIP))
        steps = int(way.length / 1.7)
        yield svg.dots([way.at(i / steps)[0] for i in range(steps)], 0.75, studio.palette["gold"])


def _days(studio: Studio, show: Show, way: Way, window: tuple[float, float]) -> Iterator[str]:
    days = int(studio.number(show.days) or 0)
    for day in range(days):
        at, _ = way.at((day + 0.5) / days)
        if _inside(at, window):
            yield svg.circle(at, DAY, fill=studio.palette["night"])
            below = at[0], at[1] + svg.pt(9) * 0.36
            yield svg.text(below, str(day + 1), 9, studio.palette["paper"], studio.text, 600, "middle")


def _ends(studio: Studio, show: Show, window: tuple[float, float]) -> Iterator[str]:
    """The quay and the terminal, with their names and the train's days."""
    ink = studio.palette
    for at, station, when, anchor in (
        (NODES[0], show.start, show.left, "middle"),
        (NODES[-1], show.end, show.arrived, "middle"),
    ):
        if not _inside(at, window):
            continue
        if station is show.start:
            yield svg.circle(at, QUAY, fill=ink["night"])
        else:
            yield svg.circle(at, HOME, fill=ink["paper"], **svg.stroke(ink["gold"], 1.2))
            yield svg.circle(at, HOME - 1.5, fill=ink["gold"])
        low = at[1] + REACH + 3.0
        yield svg.text((at[0], low), studio.names[station.names[0]], NAME, ink["night"], studio.text, 600, anchor)
        yield svg.text((at[0], low + 4.2), studio.print(when), SIZE, ink["grey"], studio.text, 400, anchor)


def _border(studio: Studio, show: Show, way: Way, window: tuple[float, float]) -> Iterator[str]:
    """Both gauges measured across the rails, and the stations' names below them."""
    split = border_share(studio, show)
    if not _inside(way.at(split)[0], window):
        return
    ink = studio.palette
    for side, gauge, half, name in zip((-1, 1), show.gauges, gauges(studio, show), _both(show.border), strict=True):
        share = split + side * GAP / 2 / way.length
        top, foot = _beside(way, share, half), _beside(way, share, -half)
        yield svg.line(top, foot, **svg.stroke(ink["signal"], 0.9))
        for end in (top, foot):
            yield svg.circle(end, 1.0, fill=ink["signal"])
        anchor, x = ("end", foot[0] - 0.4) if side < 0 else ("start", foot[0] + 0.4)
        low = _beside(way, split, -REACH)[1] + 3.0
        yield svg.text((x, low), studio.names[name], SIZE, ink["night"], studio.text, 600, anchor)
        yield svg.text((x, low + 4.2), studio.print(gauge), SIZE, ink["grey"], studio.text, 400, anchor)


def _both(station: Station) -> tuple[str, str]:
    return station.names[0], station.names[-1]
