"""The parcel that a machine without anything of ours is sent: this program and a house."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

from brochure.house import House
from brochure.press.copies.errand import Errand
from brochure.press.machines.hand import PARCEL


def parcel(house: House, errand: Errand | None) -> bytes:
    """A zip of the program's modules, and of the house with what personal copies of it are to be, if any."""
    package = Path(__file__).resolve().parents[2]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for file in sorted(package.rglob("*.py")):
            name = file.relative_to(package.parent).as_posix()
            packed.writestr(name, file.read_bytes(), zipfile.ZIP_DEFLATED)
        packed.writestr(PARCEL, pickle.dumps((house, errand)))
    return out.getvalue()
