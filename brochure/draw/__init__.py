"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.chart import chart
from brochure.draw.constellation import constellation
from brochure.draw.corridor_sheet import corridor_sheet
from brochure.draw.corridors import corridors
from brochure.draw.crowd import crowd
from brochure.draw.discs import discs
from brochure.draw.europe import europe
from brochure.draw.format import page_format
from brochure.draw.freight_line import freight_line
from brochure.draw.lanes import lanes
from brochure.draw.locator import locator
from brochure.draw.notes import notes
from brochure.draw.orbits import homecoming, orbits
from brochure.draw.parks_map import parks_map
from brochure.draw.parkscape import emblem, parkscape
from brochure.draw.portrait import portrait
from brochure.draw.qr import qr
from brochure.draw.rank_steps import rank_steps
from brochure.draw.region_map import region_map
from brochure.draw.runway import runway
from brochure.draw.sites import sites, village
from brochure.draw.stars import stars
from brochure.draw.timeline import timeline
from brochure.draw.tokens import grid, pair, swatch
from brochure.draw.track import track
from brochure.draw.vignettes import vignette

DRAWINGS: dict[str, Callable[..., str]] = {
    "arc": arc,
    "chart": chart,
    "constellation": constellation,
    "corridor-sheet": corridor_sheet,
    "corridors": corridors,
    "crowd": crowd,
    "discs": discs,
    "emblem": emblem,
    "europe": europe,
    "freight-line": freight_line,
    "grid": grid,
    "homecoming": homecoming,
    "lanes": lanes,
    "locator": locator,
    "notes": notes,
    "orbits": orbits,
    "page-format": page_format,
    "pair": pair,
    "parks-map": parks_map,
    "parkscape": parkscape,
    "portrait": portrait,
    "qr": qr,
    "rank-steps": rank_steps,
    "region-map": region_map,
    "runway": runway,
    "sites": sites,
    "stars": stars,
    "swatch": swatch,
    "timeline": timeline,
    "track": track,
    "vignette": vignette,
    "village": village,
}
