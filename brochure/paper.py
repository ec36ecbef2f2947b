"""Paper: trim size, bleed, safe area and margins; millimetres and points."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
PT_PER_MM = 72 / MM_PER_INCH
PX_PER_MM = 96 / MM_PER_INCH  # CSS pixels


def mm_to_pt(mm: float) -> float:
    """Millimetres as PDF points (1/72 inch)."""
    return mm * PT_PER_MM


def pt_to_mm(pt: float) -> float:
    """PDF points as millimetres."""
    return pt / PT_PER_MM


def px_to_mm(px: float) -> float:
    """CSS pixels (1/96 inch) as millimetres."""
    return px / PX_PER_MM


@dataclass(frozen=True)
class Paper:
    """A page's sizes in mm. ``inner`` is the margin at the spine, ``outer`` the one at the fore edge. ``folds``: for each
    page by turns where it is folded, mm from its trim's left edge."""

    name: str
    width: float
    height: float
    bleed: float = 5
    safe: float = 5
    top: float = 16
    bottom: float = 20
    inner: float = 18
    outer: float = 15
    columns: int = 12
    gutter: float = 4
    folds: tuple[tuple[float, ...], ...] = ()

    def folded(self, number: int) -> tuple[float, ...]:
        """Where the page with that number, from 1, is folded, mm from its trim's left edge."""
        return self.folds[(number - 1) % len(self.folds)] if self.folds else ()

    @property
    def measure(self) -> float:
        """The width between the margins, mm."""
        return self.width - self.inner - self.outer

    @property
    def column(self) -> float:
        """The width of one column of the grid, mm."""
        return (self.measure - (self.columns - 1) * self.gutter) / self.columns


def rolled(width: float, less: float = 2.0) -> tuple[tuple[float, float], tuple[float, float]]:
    """The folds of a roll fold of three panels, on the outside and on the inside, mm: the panel that is folded in lies at
    the left of the outside and at the right of the inside, and is ``less`` mm narrower than the other two."""
    panel = (width + less) / 3
    return (panel - less, 2 * panel - less), (panel, 2 * panel)


PAPERS = {"A4": Paper("A4", 210, 297)}
#: A4 across, six panels: cover, flap, three inside, back.
LEAFLET = Paper("A4", 297, 210, top=12, bottom=12, inner=9, outer=9, folds=rolled(297))


@dataclass(frozen=True)
class Format:
    """A sheet that two pages are printed on side by side: landscape, mm (ISO 216; SRA3: ISO 217)."""

    name: str
    width: float
    height: float


SHEETS = {it.name: it for it in (Format("A3", 420, 297), Format("SRA3", 450, 320), Format("A4", 297, 210))}
