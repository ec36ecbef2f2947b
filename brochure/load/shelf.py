"""The designer's files: templates as text, assets as bytes, each within the house's limits."""

from __future__ import annotations

from pathlib import Path

from brochure.errors import Complaint, ExitCode, Place

SVG_LIMIT = 2_000_000  # bytes
FILE_LIMIT = 50_000_000  # bytes
#: What a galley may be made of. Scripts and notes beside them are not read.
SUFFIXES = {".css", ".ttf", ".otf", ".svg", ".json", ".png", ".jpg", ".jpeg", ".icc"}


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


def assets(root: Path, slips: list[Complaint]) -> dict[str, bytes]:
    """Every asset by its path below assets/; links that lead out of the house are refused."""
    folder = (root / "assets").resolve()
    out: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        slip = _refusal(path, folder)
        if slip:
            slips.append(Complaint(Place(f"assets/{name}"), *slip, code=ExitCode.ASSET))
        else:
            out[name] = path.read_bytes()
    return out


def _refusal(path: Path, folder: Path) -> tuple[str, str] | None:
    if not path.resolve().is_relative_to(folder):
        return "this link leads out of assets/.", "Copy the file itself into assets/."
    size = path.stat().st_size
    limit = SVG_LIMIT if path.suffix == ".svg" else FILE_LIMIT
    if size > limit:
        return f"this file has {size / 1e6:.1f} MB; {limit / 1e6:g} MB are the limit.", "Save it smaller."
    return None
