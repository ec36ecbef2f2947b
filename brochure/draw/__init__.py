"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.orbits import homecoming, orbits
from brochure.draw.qr import qr

DRAWINGS: dict[str, Callable[..., str]] = {
    "arc": arc,
    "homecoming": homecoming,
    "orbits": orbits,
    "qr": qr,
}
