"""The graphics state of a page's content (ISO 32000-1, 8.4), as far as a preflight asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from brochure.preflight.glyphs import Face
from brochure.preflight.matrix import EVERYWHERE, IDENTITY, Box, Matrix
from brochure.preflight.spaces import GRAY
from brochure.preflight.things import How, Paint

BLACK = Paint(GRAY, (0.0,), {"Black": 1.0})


@dataclass
class State:
    """What ``q`` saves and ``Q`` brings back. ``fill_over`` and ``line_over``: overprint for filling and stroking."""

    ctm: Matrix = IDENTITY
    clip: Box = EVERYWHERE
    fill: Paint = BLACK
    line: Paint = BLACK
    width: float = 1.0
    cap: int = 0
    fill_alpha: float = 1.0
    line_alpha: float = 1.0
    fill_over: bool = False
    line_over: bool = False
    mode: int = 0
    blend: str = "Normal"
    veiled: bool = False
    alone: int = 0
    face: Face | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    rendering: int = 0

    @property
    def filling(self) -> How:
        """How a fill is painted now."""
        return How(self.fill_over, self.mode, self.fill_alpha, self.blend, self.veiled, self.alone)

    @property
    def stroking(self) -> How:
        """How a stroke is painted now."""
        return How(self.line_over, self.mode, self.line_alpha, self.blend, self.veiled, self.alone)


@dataclass
class Trace:
    """A path while it is made: its subpaths, each a list of points in user space, and whether each is straight."""

    subs: list[list[tuple[float, float]]] = field(default_factory=list)
    curved: set[int] = field(default_factory=set)
    clips: bool = False

    def move(self, x: float, y: float) -> None:
        """Starts a subpath."""
        self.subs.append([(x, y)])

    def line(self, x: float, y: float) -> None:
        """Goes on in a straight line; a path that starts with a line is no path."""
        self.subs[-1].append((x, y))

    def curve(self, *points: tuple[float, float]) -> None:
        """Goes on in a curve: its handles count as points, so bounds are a little large."""
        self.subs[-1].extend(points)
        self.curved.add(len(self.subs) - 1)

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """A whole subpath."""
        self.subs.append([(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)])
