"""Facts → SVG: every drawing is a pure function of the studio and its own few details."""

from collections.abc import Callable

from brochure.draw.arc import arc
from brochure.draw.constellation import constellation
from brochure.draw.corridors import corridors
from brochure.draw.days import days
from brochure.draw.discs import discs
from brochure.draw.orbits import homecoming, orbits
from brochure.draw.qr import qr
from brochure.draw.reliefs import reliefs
from brochure.draw.timeline import timeline

DRAWINGS: dict[str, Callable[..., str]] = {
    "arc": arc,
    "constellation": constellation,
    "corridors": corridors,
    "days": days,
    "discs": discs,
    "homecoming": homecoming,
    "orbits": orbits,
    "qr": qr,
    "reliefs": reliefs,
    "timeline": timeline,
}
