"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.orbits import orbits

DRAWINGS: dict[str, Callable[..., str]] = {
    "arc": arc,
    "orbits": orbits,
}
