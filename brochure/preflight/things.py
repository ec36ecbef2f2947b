"""What a page draws: text, fills, strokes, pictures and shadings, each with its spot on the page and its inks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from brochure.preflight.matrix import Box, Matrix
from brochure.preflight.spaces import Space, laid, total

if TYPE_CHECKING:
    from brochure.preflight.glyphs import Face


@dataclass(frozen=True)
class Paint:
    """A colour: its space and values, the inks they come to (0–1), and the shading or tile behind a pattern."""

    space: Space
    values: tuple[float, ...] = ()
    inks: dict[str, float] = field(default_factory=dict)
    pattern: Any = None

    @property
    def white(self) -> bool:
        """Whether nothing is printed: an ink colour without ink. A pattern never is."""
        return self.pattern is None and not laid(self.inks)

    @property
    def black_only(self) -> bool:
        """Whether black is the only ink that is printed."""
        return self.pattern is None and laid(self.inks) == ("Black",)

    @property
    def full_black(self) -> bool:
        """Whether it is all of the black ink and no other. Black in RGB isn't: it becomes several inks, or one,
        by whoever converts it."""
        return self.black_only and self.inks["Black"] > 0.995 and (self.space.components != 3 or bool(self.space.names))

    @property
    def ink(self) -> float:
        """The sum of its inks, %."""
        return total(self.inks)


@dataclass(frozen=True)
class How:
    """How a thing is painted: overprint and its mode, opacity 0–1, blend mode, whether a soft mask veils it.
    ``alone``: the index of the first thing in the isolated group that it stands in: what comes before is no ground for
    it (ISO 32000-1, 11.4.5)."""

    overprint: bool = False
    mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    veiled: bool = False
    alone: int = 0

    @property
    def solid(self) -> bool:
        """Whether what lies below can't be seen through it."""
        return self.alpha > 0.99 and self.blend == "Normal" and not self.veiled


@dataclass(frozen=True)
class Thing:
    """Anything drawn. ``box``: its bounds, and ``seen``: what its clipping leaves of them, both in points of the
    page's default space; ``clip``: the bounds of what clips it; ``tiled``: it stands in a pattern's cell, and its
    box is the whole area that the pattern fills."""

    box: Box
    seen: Box
    clip: Box
    paint: Paint
    how: How
    tiled: bool = False


@dataclass(frozen=True)
class Text(Thing):
    """A run of text. ``size``: effective, pt; ``missing``: how many glyphs are .notdef; ``mode``: PDF's text
    rendering mode (3 is invisible)."""

    face: Face | None = None
    size: float = 0.0
    words: str = ""
    missing: int = 0
    mode: int = 0

    @property
    def visible(self) -> bool:
        """Whether it is printed at all."""
        return self.mode not in (3, 7)


@dataclass(frozen=True)
class Fill(Thing):
    """A filled path. ``parts``: the bounds of its subpaths; ``thin``: the thickness of its thinnest straight bar, pt;
    ``bars``: whether all subpaths are upright rectangles."""

    parts: tuple[Box, ...] = ()
    thin: float | None = None
    thin_box: Box | None = None
    bars: bool = False


@dataclass(frozen=True)
class Stroke(Thing):
    """A stroked path; ``width``: effective, pt."""

    width: float = 0.0
    parts: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Picture(Thing):
    """An image. ``pixels``: width and height; ``bits``: per component; ``mask``: a stencil that only lets a colour
    through; ``matrix``: where it puts the unit square."""

    pixels: tuple[int, int] = (0, 0)
    bits: int = 8
    mask: bool = False
    matrix: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Shade(Thing):
    """An area filled with a gradient; ``kind``: PDF's shading type."""

    kind: int = 0
