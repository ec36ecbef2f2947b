"""Marks for whoever cuts and prints: drawn outside the bleed, in every ink at once.

Sizes as press rooms are used to (ISO 12647-2 leaves them open): hairlines of 0.25 pt, crop marks that begin a
millimetre outside the bleed, patches of 5 mm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.finish.separation.writing import numbers
from brochure.paper import mm_to_pt

MARGIN = 11.0  # mm, outside the bleed on each side when there are marks
AWAY = 1.0  # mm between the bleed and a mark
LENGTH = 6.0  # mm of a crop mark
RADIUS = 2.0  # mm of a registration mark's circle; its cross is twice as wide
PATCH = 5.0  # mm of a side of a colour patch
LINE = 0.25  # pt
ROUND = 0.5523  # how long a Bézier's arms are for a quarter of a circle of radius 1
BAR = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (1, 1, 0, 0), (1, 0, 1, 0), (0, 1, 1, 0),
       (0.5, 0, 0, 0), (0, 0.5, 0, 0), (0, 0, 0.5, 0), (0, 0, 0, 0.5), (0.5, 0.4, 0.4, 0))  # fmt: skip
REGISTRATION = ("/Separation", "/All", "/DeviceCMYK")


@dataclass(frozen=True)
class Frame:
    """Where a page's trim and bleed lie on its sheet, pt: left, bottom, right, top."""

    trim: tuple[float, float, float, float]
    bleed: tuple[float, float, float, float]


def margin(wanted: Sequence[object]) -> float:
    """How far a sheet reaches beyond the bleed for these marks, mm."""
    return MARGIN if wanted else 0.0


def marked(
    pdf: pikepdf.Pdf, page: pikepdf.Page, frame: Frame, wanted: Sequence[str], folds: Sequence[float] = ()
) -> None:
    """Clips a page's content to its bleed and draws the marks around it; ``folds``: mm from the trim's left edge."""
    left, bottom, right, top = frame.bleed
    clip = b"q\n" + numbers((left, bottom, right - left, top - bottom)) + b" re W n\n"
    drawn = {"crop": _crop, "registration": _registration, "colour bar": _bar}
    marks = b"".join(drawn[mark](frame) for mark in drawn if mark in wanted) + _folded(frame, folds)
    content = page.obj["/Contents"].read_bytes()
    opening = b"/Marks CS 1 SCN %s w []0 d 0 J\n" % numbers((LINE,))
    page.obj["/Contents"] = pdf.make_stream(clip + content + b"Q\nq\n" + opening + marks + b"Q\n")
    spaces = page.obj["/Resources"].get("/ColorSpace", Dictionary())
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    spaces["/Marks"] = Array([*map(Name, REGISTRATION), tint])
    page.obj["/Resources"]["/ColorSpace"] = spaces


def _line(*points: float) -> bytes:
    return numbers(points[:2]) + b" m " + numbers(points[2:]) + b" l S\n"


def _crop(frame: Frame) -> bytes:
    """Two lines at each corner of the trim."""
    away, length = mm_to_pt(AWAY), mm_to_pt(LENGTH)
    left, bottom, right, top = frame.bleed
    upright = [(x, edge, edge + way * length) for x in frame.trim[::2] for edge, way in ((bottom - away, -1), (top + away, 1))]  # fmt: skip
    level = [(y, edge, edge + way * length) for y in frame.trim[1::2] for edge, way in ((left - away, -1), (right + away, 1))]  # fmt: skip
    return b"".join(_line(x, start, x, stop) for x, start, stop in upright) + b"".join(
        _line(start, y, stop, y) for y, start, stop in level
    )


def _folded(frame: Frame, folds: Sequence[float]) -> bytes:
    """A dashed line above and below the page at each fold."""
    away, length = mm_to_pt(AWAY), mm_to_pt(LENGTH)
    places = [frame.trim[0] + mm_to_pt(fold) for fold in folds]
    lines = (
        _line(x, edge, x, edge + way * length)
        for x in places
        for edge, way in ((frame.bleed[1] - away, -1), (frame.bleed[3] + away, 1))
    )
    return b"[2 1.5]0 d\n" + b"".join(lines) if places else b""


def _registration(frame: Frame) -> bytes:
    """A cross in a circle at the middle of each side."""
    left, bottom, right, top = frame.bleed
    away = mm_to_pt(AWAY + 2 * RADIUS)
    across, up = (frame.trim[0] + frame.trim[2]) / 2, (frame.trim[1] + frame.trim[3]) / 2
    spots = ((across, bottom - away), (across, top + away), (left - away, up), (right + away, up))
    return b"".join(_target(x, y) for x, y in spots)


def _target(x: float, y: float) -> bytes:
    radius = mm_to_pt(RADIUS)
    arm = radius * ROUND
    quarters = ((1, 0), (0, 1), (-1, 0), (0, -1))
    path = numbers((x + radius, y)) + b" m "
    for (a, b), (c, d) in zip(quarters, quarters[1:] + quarters[:1], strict=True):
        curve = (x + a * radius + c * arm, y + b * radius + d * arm, x + c * radius + a * arm, y + d * radius + b * arm)
        path += numbers((*curve, x + c * radius, y + d * radius)) + b" c "
    cross = _line(x - 2 * radius, y, x + 2 * radius, y) + _line(x, y - 2 * radius, x, y + 2 * radius)
    return path + b"h S\n" + cross


def _bar(frame: Frame) -> bytes:
    """Patches of the inks, their overprints and half tones, below the page beside its middle."""
    side, away = mm_to_pt(PATCH), mm_to_pt(AWAY)
    start = frame.trim[0] + mm_to_pt(PATCH)
    bottom = frame.bleed[1] - away - side
    return b"".join(
        numbers(inks) + b" k " + numbers((start + index * side, bottom, side, side)) + b" re f\n"
        for index, inks in enumerate(BAR)
    )
