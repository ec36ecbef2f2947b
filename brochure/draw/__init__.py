"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.europe import europe
from brochure.draw.parks_map import parks_map
from brochure.draw.rank_steps import rank_steps
from brochure.draw.region_map import region_map

DRAWINGS: dict[str, Callable[..., str]] = {
    "arc": arc,
    "europe": europe,
    "parks-map": parks_map,
    "rank-steps": rank_steps,
    "region-map": region_map,
}
