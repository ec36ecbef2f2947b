"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.parkscape import parkscape
from brochure.draw.sites import sites, village

DRAWINGS: dict[str, Callable[..., str]] = {
    "arc": arc,
    "parkscape": parkscape,
    "sites": sites,
    "village": village,
}
