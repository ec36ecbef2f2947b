"""The page as a printer needs to know it: trim, bleed and safe area, with their measures."""

from __future__ import annotations

from brochure.draw import svg
from brochure.draw.studio import Studio

TICK = 1.6  # mm
SIZE = 8.0  # pt


def page_format(
    studio: Studio, page: tuple[float, float], bleed: float, safe: float, width: float, said: tuple[str, str, str, str]
) -> str:
    """``page`` in mm, drawn to fit into ``width`` mm; ``said``: the page's width, its height, the bleed and the safe
    area in words."""
    room = width - 14
    scale = room / (page[0] + 2 * bleed)
    tall = scale * (page[1] + 2 * bleed)
    edge, left, top = scale * bleed, 0.5, 9.0
    night, gold, quiet = studio.palette["night"], studio.palette["gold"], studio.palette["grey"]
    trim = (left + edge, top + edge, scale * page[0], scale * page[1])
    inset = scale * safe
    body = [
        svg.rect(left, top, room, tall, fill=studio.palette["straw"]),
        svg.rect(*trim, fill=studio.palette["paper"], **svg.stroke(night, 0.75)),
        svg.rect(trim[0] + inset, trim[1] + inset, trim[2] - 2 * inset, trim[3] - 2 * inset,
                 **svg.stroke(gold, 0.6, dash="0.01 1.2")),
        *_measure((trim[0], top - 3), (trim[0] + trim[2], top - 3), quiet),
        *_measure((left + room + 3, trim[1]), (left + room + 3, trim[1] + trim[3]), quiet),
        _said(studio, (trim[0] + trim[2] / 2, top - 4.6), said[0]),
        svg.group(
            [_said(studio, (0, 0), said[1])],
            transform=f"translate({svg.n(left + room + 6.8)} {svg.n(trim[1] + trim[3] / 2)}) rotate(90)",
        ),
        _said(studio, (trim[0] + trim[2] / 2, trim[1] + inset + 7), said[3], quiet),
        _said(studio, (trim[0] + trim[2] / 2, top + tall + 5), said[2], quiet),
    ]  # fmt: skip
    return svg.svg(width, top + tall + 8, body)


def _measure(a: svg.Point, b: svg.Point, colour: str) -> list[str]:
    """A dimension line with a tick at each end."""
    across = (TICK / 2, 0.0) if a[0] == b[0] else (0.0, TICK / 2)
    style = svg.stroke(colour, 0.35)
    ticks = [svg.line((x - across[0], y - across[1]), (x + across[0], y + across[1]), **style) for x, y in (a, b)]
    return [svg.line(a, b, **style), *ticks]


def _said(studio: Studio, at: svg.Point, words: str, colour: str = "") -> str:
    return svg.text(at, words, SIZE, colour or studio.palette["night"], studio.text, anchor="middle")
