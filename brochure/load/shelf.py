"""The designer's files: templates as text, assets as bytes, each within the house's limits."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from brochure.errors import Complaint, ExitCode, Place
from brochure.intake import Slip
from brochure.model.limits import DEFAULTS, Limits, raise_it

#: What a galley may be made of, and the limit of each in MB. Scripts and notes beside them are not read.
SUFFIXES = {
    ".css": "asset_megabytes",
    ".json": "asset_megabytes",
    ".ttf": "font_megabytes",
    ".otf": "font_megabytes",
    ".svg": "drawing_megabytes",
    ".png": "picture_megabytes",
    ".jpg": "picture_megabytes",
    ".jpeg": "picture_megabytes",
    ".icc": "profile_megabytes",
}


def templates(root: Path, slips: list[Complaint]) -> dict[str, str]:
    """Every template by its path below templates/."""
    folder = root / "templates"
    out = {}
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file():
            continue
        try:
            out[name] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            slips.append(
                Complaint(
                    Place(f"templates/{name}"),
                    "this template is not UTF-8.",
                    "Save it again as UTF-8.",
                    ExitCode.TEMPLATE,
                )
            )
    return out


def assets(root: Path, refused: dict[str, Slip], limits: Limits = DEFAULTS) -> dict[str, bytes]:
    """Every asset by its path below assets/. What is not read, a link out of the house or a file too large, is
    ``refused``: its path with what is wrong and the remedy."""
    folder = (root / "assets").resolve()
    out: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        if slip := _refusal(path, folder, limits):
            refused[name] = slip
            continue
        try:
            out[name] = path.read_bytes()
        except OSError as error:
            refused[name] = (f"can't be read ({error.strerror}).", "Look at its rights.")
    return out


def shelves(roots: Iterable[Path], refused: dict[str, Slip], limits: Limits) -> dict[str, bytes]:
    """The assets of several folders as one shelf: a house's own, and those that another folder's content brings."""
    return {name: it for root in dict.fromkeys(roots) for name, it in assets(root, refused, limits).items()}


def _refusal(path: Path, folder: Path, limits: Limits) -> Slip | None:
    if not path.resolve().is_relative_to(folder):
        return "is a link that leads out of assets/.", "Copy the file itself into assets/."
    size, name = path.stat().st_size / 1e6, SUFFIXES[path.suffix.lower()]
    if size > (most := getattr(limits, name)):
        return f"has {size:.1f} MB; {most} MB are the limit.", f"Save it smaller, {raise_it(name)}"
    return None
