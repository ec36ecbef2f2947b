"""Overprint through transparency groups: what the separation makes of groups, and what the preflight sees in them."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import raw_leaves
from pikepdf import Dictionary, Name
from PIL import Image
from printroom import Leaf, master, printed, tool
from raw_leaves import form

LINE = b"1.5 w 20 50 m 80 50 l S"
ISOLATED = {"I": True}


def ruled(words: bytes, inner: bytes = LINE, **group: Any) -> Leaf:
    """A page whose form G, a group, holds a thin black line; ``words`` paint it."""
    states = {"/H": {"/ca": 0.5}, "/M": {"/BM": Name.Multiply}, "/N": {"/BM": Name.Normal}}

    def named(pdf: Any) -> Any:
        about = raw_leaves.group(Name.DeviceRGB)
        for key, value in group.items():
            about[f"/{key}"] = value
        made = form(pdf, inner, Group=about)
        given = {key: Dictionary(it) for key, it in states.items()}
        made["/Resources"] = Dictionary(ExtGState=Dictionary(given))
        return {"/XObject": {"/G": made}, "/ExtGState": given}

    return Leaf(words, named)


@pytest.mark.parametrize(
    ("words", "inner", "group", "kept"),
    [
        (b"/G Do", LINE, {}, False),
        (b"/G Do", LINE, ISOLATED, False),
        (b"/G Do", b"/M gs " + LINE, ISOLATED, True),
        (b"/G Do", LINE, {"K": True}, True),
        (b"/H gs /G Do", LINE, ISOLATED, True),
        (b"/M gs /G Do", LINE, ISOLATED, True),
        (b"q /M gs Q /G Do", LINE, ISOLATED, False),
        (b"/M gs /N gs /G Do", LINE, ISOLATED, False),
    ],
)
def test_a_group_that_changes_nothing_goes(words: bytes, inner: bytes, group: dict[str, Any], kept: bool) -> None:
    """A group stays where it is seen through, blends, or holds what blends or knocks out; else its content stands
    alone."""
    with pikepdf.open(io.BytesIO(printed(master(ruled(words, inner, **group))))) as pdf:
        (made,) = pdf.pages[0].obj.Resources.XObject.values()
        assert ("/Group" in made) == kept


def test_fine_black_in_a_group_overprints_what_lies_below_it(tmp_path: Path) -> None:
    """Ghostscript's cyan plate has no gap where a thin black line in an isolated group crosses a tint."""
    ground = b"0.2 0.5 0.6 rg 0 0 100 100 re f "
    made = tmp_path / "print.pdf"
    made.write_bytes(printed(master(ruled(ground + b"/G Do", **ISOLATED))))
    subprocess.run([tool("gs"), "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", "-dOverprint=/enable",
                    f"-sOutputFile={tmp_path / 'plate.tif'}", str(made)], check=True)  # fmt: skip
    with Image.open(tmp_path / "plate(Cyan).tif") as cyan, Image.open(tmp_path / "plate(Black).tif") as black:
        spot = 50 + 9, cyan.height - 50 - 9
        assert black.getpixel(spot) == 0 < cyan.getpixel((70, spot[1] - 20))
        assert abs(cyan.getpixel(spot) - cyan.getpixel((spot[0], spot[1] - 10))) <= 1
