"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.corridors import corridors
from brochure.draw.days import days

DRAWINGS: dict[str, Callable[..., str]] = {"arc": arc, "corridors": corridors, "days": days}
