"""Where every id and value stands, which ids can't be known because their file is broken, and files of no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from brochure.errors import Complaint, Place, suggestion
from brochure.load.yaml_text import Items, Mapping


def families(broken: set[str]) -> frozenset[str]:
    """The ids that can't be known because their whole file can't be read: ``source:*``, ``fact:parks.*``."""
    kinds = {"sources": "source:*", "names": "name:*", "units": "unit:*", "labels": "label:*"}
    stems = {Path(file).stem for file in broken}
    facts = {f"fact:{Path(file).stem}.*" for file in broken if file.startswith("content/facts/")}
    return frozenset({kinds[stem] for stem in stems if stem in kinds} | facts)


def places(raw: Any) -> Iterator[tuple[str, Place]]:
    """``file#key.path`` → place, for every value below a node."""
    stack = [raw]
    while stack:
        node = stack.pop()
        if hasattr(node, "place") and node.key:
            yield f"{node.place.file}#{node.key}", node.place
        if isinstance(node, Mapping):
            stack.extend(node.values())
        elif isinstance(node, Items):
            stack.extend(node)


def unread(root: Path, seen: Iterable[str], tags: Iterable[str]) -> Iterator[Complaint]:
    """Files that nothing reads: most often a page's words under a misspelt name."""
    known, spoken = set(seen), set(tags)
    for path in sorted((root / "content").rglob("*")):
        file = path.relative_to(root).as_posix()
        parts = path.relative_to(root / "content").parts
        if path.is_file() and file not in known and (parts[0] in spoken or len(parts) == 1) and path.name[0] != ".":
            beside = [Path(other).stem for other in known if Path(other).parent == Path(file).parent]
            hint = suggestion(path.stem, beside) or "Add its page to a flatplan, or remove the file."
            yield Complaint(Place(file), "nothing in any flatplan reads this file.", hint)
