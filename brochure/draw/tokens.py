"""The brand's own pictures for the specimen book: a colour, a pair of colours, the grid that pages stand on."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.draw import svg
from brochure.draw.ruler import baseline
from brochure.draw.studio import Studio
from brochure.draw.svg import pt
from brochure.paper import Paper

ROW = pt(14)  # mm
LABEL = 7.0  # pt
BODY = (9.25, 14.0)  # pt, size and leading of what stands on the grid


def swatch(studio: Studio, colour: str) -> str:
    """A field of one colour; whoever shows it gives it its size."""
    return svg.svg(10, 10, [svg.rect(0, 0, 10, 10, fill=studio.palette[colour])])


def pair(studio: Studio, text: str, ground: str, letters: str, line: str, width: float, height: float) -> str:
    """Two colours as they are used, ``width`` × ``height`` mm: ``letters`` in large display type and a ``line`` in body
    type, in the colour ``text`` on ``ground``."""
    ink = studio.palette[text]
    return svg.svg(
        width,
        height,
        [
            svg.rect(0, 0, width, height, fill=studio.palette[ground]),
            svg.text((4, height - 13), letters, 44, ink, studio.display, 300),
            svg.text((4, height - 4), line, 8, ink, studio.text, 500),
        ],
    )


def grid(studio: Studio, paper: Paper, side: str, unit: str = "", columns: bool = True) -> str:
    """A page's grid, bleed included: a line where each row's text stands; ``side`` is verso or recto. With ``columns`` the
    columns are tinted and the margins measured; ``unit`` is the word for mm."""
    left, right = (paper.inner, paper.outer) if side == "recto" else (paper.outer, paper.inner)
    rows = int((paper.height - paper.top - paper.bottom) / ROW)
    body = [*(_columns(studio, paper, left, rows) if columns else ()), _baselines(studio, paper, left, rows)]
    if columns:
        body += [*_safe(studio, paper), *_measures(studio, paper, left, right, unit)]
    shifted = svg.group(body, transform=f"translate({svg.n(paper.bleed)} {svg.n(paper.bleed)})")
    return svg.svg(paper.width + 2 * paper.bleed, paper.height + 2 * paper.bleed, [shifted])


def _columns(studio: Studio, paper: Paper, left: float, rows: int) -> Iterator[str]:
    step = paper.column + paper.gutter
    for index in range(paper.columns):
        yield svg.rect(left + index * step, paper.top, paper.column, rows * ROW, fill=studio.palette["mist"])
        at = (left + index * step + paper.column / 2, paper.top - 1.6)
        yield svg.text(at, str(index), LABEL, studio.palette["grey"], studio.text, 500, "middle")


def _baselines(studio: Studio, paper: Paper, left: float, rows: int) -> str:
    """One path of hairlines, one for each row, through the margins."""
    stands = pt(baseline(studio.assets, studio.text, *BODY))
    ends = f"M{svg.n(left)} {{}}h{svg.n(paper.measure)}"
    lines = (ends.format(svg.n(paper.top + row * ROW + stands)) for row in range(rows))
    return svg.curve("".join(lines), **svg.stroke(studio.palette["haze"], 0.25))


def _safe(studio: Studio, paper: Paper) -> Iterator[str]:
    """The safe area, and the number of every fifth row at the fore edge's side of the first column."""
    inner = (paper.safe, paper.safe, paper.width - 2 * paper.safe, paper.height - 2 * paper.safe)
    yield svg.rect(*inner, **svg.stroke(studio.palette["signal"], 0.5, dash="0.01 1.4"))


def _measures(studio: Studio, paper: Paper, left: float, right: float, unit: str) -> Iterator[str]:
    """The four margins as lines with their lengths."""
    middle, wide, high = paper.height * 0.62, paper.width, paper.height
    rows = int((high - paper.top - paper.bottom) / ROW) * ROW
    for a, b, at, anchor in (
        ((0.0, middle), (left, middle), (left - 1.5, middle - 1.6), "end"),
        ((wide - right, middle), (wide, middle), (wide - right + 1.5, middle - 1.6), "start"),
        ((wide / 2, 0.0), (wide / 2, paper.top), (wide / 2 + 1.5, paper.top / 2 + 2), "start"),
        ((wide / 2, paper.top + rows), (wide / 2, high), (wide / 2 + 1.5, high - paper.bottom / 2 + 1), "start"),
    ):
        length = abs(b[0] - a[0]) + abs(b[1] - a[1])
        yield svg.line(a, b, **svg.stroke(studio.palette["ember"], 0.5))
        yield svg.text(at, f"{length:.3g}\u00a0{unit}", LABEL, studio.palette["ember"], studio.text, 500, anchor)
