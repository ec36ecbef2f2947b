"""An address as a QR code: pure black modules on a light field, one path, with its quiet zone."""

from __future__ import annotations

import segno

from brochure.draw import svg
from brochure.draw.studio import Studio

QUIET = 4  # modules around the code (ISO/IEC 18004)


def qr(studio: Studio, text: str, size: float = 30.0, ground: str = "paper") -> str:
    """A square of ``size`` mm, quiet zone included; error correction M."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = size / (len(rows) + 2 * QUIET)
    d = "".join(_run(start, length, y, module) for y, row in enumerate(rows) for start, length in _runs(row))
    return svg.svg(
        size, size, [svg.rect(0, 0, size, size, fill=studio.palette[ground]), svg.curve(d, fill=studio.palette["ink"])]
    )


def _runs(row: list[int]) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs


def _run(start: int, length: int, y: int, module: float) -> str:
    left, top = (start + QUIET) * module, (y + QUIET) * module
    return f"M{svg.n(left)} {svg.n(top)}h{svg.n(length * module)}v{svg.n(module)}h{svg.n(-length * module)}z"
