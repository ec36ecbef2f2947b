"""A spot ink that fades over another colour: the way that is advised where a gradient between the two is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import raw_leaves
from pikepdf import Dictionary, Name
from PIL import Image
from printroom import Leaf, master, printed, tool, with_spot
from raw_leaves import SQUARE, shading, veiled

from brochure.errors import AssetError

NIGHT, SPOT = b"0.058824 0.152941 0.266667 rg" + SQUARE, "PANTONE 131 C"


def test_a_spot_fades_into_another_colour_on_plates_of_their_own(tmp_path: Path) -> None:
    """Over a ground of night, gold behind a soft mask: its plate rises by as much as the others fall, and no process
    ink takes gold's place."""
    made = tmp_path / "print.pdf"
    made.write_bytes(printed(master(Leaf(NIGHT + raw_leaves.VEILED, veiled(Name.DeviceGray))), with_spot()))
    subprocess.run([tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r36", f"-sOutputFile={tmp_path / 'x.tif'}",
                    str(made)], check=True)  # fmt: skip
    plates = {name: Image.open(tmp_path / f"x({name}).tif") for name in (SPOT, "Cyan", "Magenta", "Yellow", "Black")}
    recipe = {SPOT: 0, "Cyan": 100, "Magenta": 78, "Yellow": 28, "Black": 45}
    top = plates[SPOT].height - round(450 * 0.5)

    for share in (0.1, 0.5, 0.9):
        spot = round((100 + 300 * share) * 0.5 + 4), top
        held = {name: 100 - float(plate.getpixel(spot)) / 2.55 for name, plate in plates.items()}  # type: ignore[arg-type]
        assert held == pytest.approx(
            {name: 100 * share if name == SPOT else ink * (1 - share) for name, ink in recipe.items()}, abs=3
        )


def test_what_is_refused_says_another_way() -> None:
    """A gradient from the ink into another colour: the message says how the page comes to look the same."""
    ramp = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[200 / 255, 155 / 255, 44 / 255], C1=[15 / 255, 39 / 255, 68 / 255], N=1
    )
    with pytest.raises(AssetError) as caught:
        printed(master(Leaf(raw_leaves.INSIDE, shading(**raw_leaves.AXIAL, Function=ramp))), with_spot())

    (complaint,) = caught.value.complaints
    assert "Let it run into transparent over a ground of the other colour" in str(complaint)
