"""Which line of the content is behind a finding: the smallest element that holds its spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from brochure.report import Finding, Rectangle, Report

if TYPE_CHECKING:  # the reader's own process begins without the house's models
    from brochure.stages import KeyBox

SLACK = 1.0  # mm


def placed(report: Report, boxes: Sequence[KeyBox], places: Mapping[str, str], numbers: Sequence[int] = ()) -> Report:
    """The report with the place of every finding that has a spot on an element, and logos called by their name.
    ``numbers``: which page of the
    brochure each page of the file is; the same when left out."""
    by_page: dict[int, list[KeyBox]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)

    def found(finding: Finding) -> Finding:
        if finding.page is None or finding.rectangle is None:
            return finding
        number = numbers[finding.page - 1] if finding.page <= len(numbers) else finding.page
        box = nearest(finding.rectangle, by_page.get(number, ()))
        if box is None:
            return finding
        known = _logo(finding) if box.logo else finding
        return known.at(places.get(box.key, ""))

    return replace(report, findings=tuple(sorted(map(found, report.findings), key=lambda finding: finding.order)))


def _logo(finding: Finding) -> Finding:
    """A drawing near the edge that turns out to be a logo: that is no ornament, and an error."""
    if finding.rule != "H-live":
        return finding
    return replace(finding, severity="error", what=finding.what.replace("a drawing", "a logo"))


def nearest(spot: Rectangle, boxes: Sequence[KeyBox]) -> KeyBox | None:
    """The smallest box that holds a spot; else the one that covers most of it; None when none touches it."""
    right, bottom = spot.left + spot.width, spot.top + spot.height
    holding = [
        box
        for box in boxes
        if box.left - SLACK <= spot.left
        and box.top - SLACK <= spot.top
        and box.right + SLACK >= right
        and box.bottom + SLACK >= bottom
    ]
    if holding:
        return min(holding, key=_area)
    covering = [(_shared(spot, box), -_area(box), index) for index, box in enumerate(boxes)]
    most = max(covering, default=(0.0, 0.0, 0))
    return boxes[most[2]] if most[0] > 0 else None


def _area(box: KeyBox) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _shared(spot: Rectangle, box: KeyBox) -> float:
    width = min(spot.left + spot.width, box.right) - max(spot.left, box.left)
    height = min(spot.top + spot.height, box.bottom) - max(spot.top, box.top)
    return width * height if width > 0 and height > 0 else 0.0
