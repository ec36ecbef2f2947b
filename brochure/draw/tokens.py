"""The brand's own pictures for the specimen book: a colour, a pair of colours, the grid that pages stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.draw import svg
from brochure.draw.ruler import baseline
from brochure.draw.studio import Studio
from brochure.draw.svg import pt
from brochure.paper import Paper

ROW = pt(14)  # mm
ROWS = 52  # that fit between the margins
LABEL = 7.0  # pt
BODY = (9.25, 14.0)  # pt, size and leading of what stands on the grid


def swatch(studio: Studio, colour: str, width: float, height: float) -> str:
    """A field of one colour, ``width`` × ``height`` mm."""
    return svg.svg(width, height, [svg.rect(0, 0, width, height, fill=studio.palette[colour])])


def pair(studio: Studio, text: str, ground: str, letters: str, line: str, width: float, height: float) -> str:
    """Two colours as they are used, ``width`` × ``height`` mm: ``letters`` in large display type and a ``line`` in body
    type, in the colour ``text`` on ``ground``."""
    ink = studio.palette[text]
    edge = svg.stroke(studio.palette["haze"], 0.35) if ground == "paper" else {}
    return svg.svg(
        width,
        height,
        [
            svg.rect(0.1, 0.1, width - 0.2, height - 0.2, fill=studio.palette[ground], **edge),
            svg.text((4, height - 10.6), letters, 36, ink, studio.display, 300),
            svg.text((4, height - 4), line, 8, ink, studio.text, 500),
        ],
    )


def grid(
    studio: Studio, paper: Paper, side: str, unit: str = "", columns: bool = True, first: int = 0, last: int = ROWS
) -> str:
    """A page's grid, bleed included: a line where each row's text stands, from row ``first`` to before row ``last``;
    ``side`` is verso or recto. With ``columns`` the columns are tinted and numbered, every fifth row is numbered and
    the margins are measured; ``unit`` is the word for mm."""
    left, right = (paper.inner, paper.outer) if side == "recto" else (paper.outer, paper.inner)
    lines = [paper.top + row * ROW + pt(baseline(studio.assets, studio.text, *BODY)) for row in range(first, last)]
    body = [*(_columns(studio, paper, left) if columns else ()), _baselines(studio, paper, left, lines)]
    if columns:
        body += [*_numbers(studio, left, lines), *_safe(studio, paper), *_margins(studio, paper, left, right, unit)]
    shifted = svg.group(body, transform=f"translate({svg.n(paper.bleed)} {svg.n(paper.bleed)})")
    return svg.svg(paper.width + 2 * paper.bleed, paper.height + 2 * paper.bleed, [shifted])


def _columns(studio: Studio, paper: Paper, left: float) -> Iterator[str]:
    step, height = paper.column + paper.gutter, paper.height - paper.top - paper.bottom
    for index in range(paper.columns):
        yield svg.rect(left + index * step, paper.top, paper.column, height, fill=studio.palette["mist"])
        at = (left + index * step + paper.column / 2, paper.top - 1.6)
        yield svg.text(at, str(index), LABEL, studio.palette["grey"], studio.text, 500, "middle")


def _baselines(studio: Studio, paper: Paper, left: float, lines: Sequence[float]) -> str:
    """One path of hairlines from margin to margin."""
    d = "".join(f"M{svg.n(left)} {svg.n(y)}h{svg.n(paper.measure)}" for y in lines)
    return svg.curve(d, **svg.stroke(studio.palette["haze"], 0.25))


def _numbers(studio: Studio, left: float, lines: Sequence[float]) -> Iterator[str]:
    for row in range(0, len(lines), 5):
        at = (left - 2, lines[row])
        yield svg.text(at, str(row), LABEL, studio.palette["grey"], studio.text, 500, "end")


def _safe(studio: Studio, paper: Paper) -> Iterator[str]:
    """The safe area, dotted."""
    inner = (paper.safe, paper.safe, paper.width - 2 * paper.safe, paper.height - 2 * paper.safe)
    yield svg.rect(*inner, **svg.stroke(studio.palette["signal"], 0.7, dash="0.01 1.4"))


def _margins(studio: Studio, paper: Paper, left: float, right: float, unit: str) -> Iterator[str]:
    """The four margins as lines with their lengths."""
    low, wide, high = paper.top + 32.5 * ROW, paper.width, paper.height
    middle = left + (wide - left - right) / 2
    for a, b, at, anchor in (
        ((0.0, low), (left, low), (left - 1.5, low - 1.6), "end"),
        ((wide - right, low), (wide, low), (wide - right + 1.5, low - 1.6), "start"),
        ((middle, 0.0), (middle, paper.top), (middle + 1.5, paper.top / 2 + 2), "start"),
        ((middle, high - paper.bottom), (middle, high), (middle + 1.5, high - paper.bottom / 2 + 1), "start"),
    ):
        length = abs(b[0] - a[0]) + abs(b[1] - a[1])
        yield svg.line(a, b, **svg.stroke(studio.palette["ember"], 0.5))
        yield svg.text(at, f"{length:.3g}\u00a0{unit}", LABEL, studio.palette["ember"], studio.text, 500, anchor)
