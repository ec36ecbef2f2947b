"""Files in content/ that nothing reads: a misspelt name, another ending, a copy that an editor's program left."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from brochure.errors import Complaint, Place, suggestion
from brochure.load.papers import BY_EDITION

ALMOST = re.compile(r"(.+)\.ya?ml", re.IGNORECASE)
COPY = re.compile(r"(.+\.ya?ml)(~|\.?(bak|old|orig|save|tmp|copy|rej)|\.\d+)|#.+#", re.IGNORECASE)


def misnamed(root: Path) -> Iterator[Complaint]:
    """Files that look like YAML and aren't read for their ending; copies are warnings, they may lie there."""
    for file, path in _files(root):
        if match := ALMOST.fullmatch(path.name):
            if path.suffix != ".yaml":
                what = f"this file isn't read: its name ends in {path.suffix}."
                yield Complaint(Place(file), what, f"Rename it to {match[1]}.yaml.")
        elif COPY.fullmatch(path.name):
            yield Complaint(Place(file), "this copy of a file isn't read.", "Remove it.", warning=True)


def surplus(root: Path, seen: Collection[str], tags: Collection[str]) -> Iterator[Complaint]:
    """Files that no flatplan leads to: most often a page's words under a misspelt name."""
    for file, path in _files(root):
        parts = path.relative_to(root / "content").parts
        told = (ALMOST.fullmatch(path.name) and path.suffix != ".yaml") or COPY.fullmatch(path.name)
        if file not in seen and not told and (parts[0] in tags or len(parts) == 1):
            near = [Path(known).stem for known in seen if Path(known).parent == Path(file).parent]
            hint = suggestion(path.stem, near)
            what = "nothing in any flatplan reads this file."
            named = len(parts) == 3 and parts[1] in BY_EDITION
            remedy = "Call it by an edition's name" if named else "Add its page to a flatplan"
            yield Complaint(Place(file), what, hint or f"{remedy}, or remove the file.")


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """The files of content/ as complaints name them; hidden ones are left in peace."""
    for path in sorted((root / "content").rglob("*")):
        if path.name[0] != "." and path.is_file():
            yield path.relative_to(root).as_posix(), path
