"""How many lines words take, measured with the brand's fonts: for tables whose columns are set before they are laid
out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from brochure.language import UNSPACED

GAP, MARK = 2.0, 1.6  # mm: between a label and its figure, and for the mark of its source
SHARES = (40, 46, 52, 58, 64)  # % of a table's width that its labels may take: the steps of the stylesheet
USUAL = 46
NEVER = 99  # lines: more than any sheet has
BROKEN = 0.5  # lines: what a figure on two lines costs beside a label on two
LABEL, FIGURE = 400, 500  # their weights
#: What a line never divides: a sign of a script without spaces, or a word.
PIECE = re.compile(rf"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern})[^ ])+ ?")
Measure = Callable[[str, int], float]
"""(words, weight) → width in mm, in the size of a table."""


@dataclass(frozen=True)
class Parted:
    """How a table of facts divides. ``share``: % of its width for the labels; ``lines``: how many each row takes."""

    share: int
    lines: Mapping[str, int]


def lines(cut: Sequence[tuple[float, float]], room: float) -> int:
    """How many lines pieces take in a column ``room`` mm wide; NEVER when one of them is wider. ``cut``: pieces in their
    order, how wide each is without and with the space behind it."""
    count, used = 1, 0.0
    for bare, spaced in cut:
        if bare > room:
            return NEVER
        if used + bare > room:
            count, used = count + 1, 0.0
        used += spaced
    return count


def pieces(text: str, weight: int, measure: Measure) -> list[tuple[float, float]]:
    """What a text may be divided into."""
    return [(measure(piece.rstrip(" "), weight), measure(piece, weight)) for piece in PIECE.findall(text)]


def parted(rows: Mapping[str, tuple[str, str]], width: float, measure: Measure) -> Parted:
    """Where the columns of a table ``width`` mm wide divide, so that the fewest lines break, figures the last; of equals
    the nearest to the usual. ``rows``: label and figure by the fact's id."""
    cut = {
        name: (pieces(label, LABEL, measure), pieces(figure, FIGURE, measure)) for name, (label, figure) in rows.items()
    }

    def needs(share: int) -> dict[str, int]:
        left = width * share / 100
        return {
            name: max(lines(label, left - GAP), lines(figure, width - left - MARK))
            for name, (label, figure) in cut.items()
        }

    def cost(share: int) -> float:
        broken = sum(lines(figure, width * (100 - share) / 100 - MARK) > 1 for _, figure in cut.values())
        return sum(needs(share).values()) + broken * BROKEN

    share = min(SHARES, key=lambda it: (cost(it), abs(it - USUAL)))
    return Parted(share, needs(share))
