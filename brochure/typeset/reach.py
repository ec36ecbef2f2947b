"""Where a link can be hit."""

from __future__ import annotations

from typing import Any

HIGH = 1.2  # of the size of its letters


def reach(page: Any) -> None:
    """Gives a laid-out page's links the areas that readers use: one for each piece of a link, none for what stands inside
    it (WeasyPrint 70 adds those, outside the link's tag), and as high as its letters where its line has less height."""
    page.links[:] = [(kind, target, _high(area, box), box) for kind, target, area, box in page.links if box.link]


def _high(area: Any, box: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, px."""
    left, top, right, bottom = area
    spare = max(0.0, box.style["font_size"] * HIGH - (bottom - top)) / 2
    return (left, top - spare, right, bottom + spare)
