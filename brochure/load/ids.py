"""Where every id and value stands, and which ids can't be known because their file is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from brochure.errors import Place
from brochure.load.yaml_text import Items, Mapping


def families(broken: set[str]) -> frozenset[str]:
    """The ids that can't be known because their whole file can't be read: ``source:*``, ``fact:parks.*``."""
    kinds = {
        "sources": "source:*",
        "names": "name:*",
        "units": "unit:*",
        "labels": "label:*",
        "logos": "logo:*",
        "contacts": "contact:*",
    }
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
