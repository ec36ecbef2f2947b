"""The manifest and its sidecars: what an edition's folder holds, how it was made, and what lies behind each file."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from brochure.stages import KeyBox, Order, Product

LEVELS = 3  # folders between a file and its edition's


def asked(order: Order) -> dict[str, str]:
    """An order as manifests name it: what it asks for beside the edition."""
    said = {it.name: getattr(order, it.name) for it in fields(order)}
    return {key: str(value) for key, value in said.items() if value and key not in ("edition", "pages", "sheet")}


def entry(path: str, product: Product, order: Order | None = None) -> dict[str, Any]:
    """A file's line in the manifest; a print file also has its printer and its preflight's verdict, and which pages of
    the brochure it holds when they aren't all in their order."""
    judged = {
        "printer": product.printer,
        "verdict": product.verdict,
        "numbers": list(product.numbers),
        "order": asked(order) if order else {},
    }
    return {
        "path": path,
        "sha256": hashlib.sha256(product.content).hexdigest(),
        "bytes": len(product.content),
        "pages": product.pages,
        "claims": list(product.claims),
        "content": product.digest,
    } | {key: value for key, value in judged.items() if value}


@dataclass(frozen=True)
class Behind:
    """What the sidecars say of one of our files: where the elements of the brochure stand, the place in the content
    behind each, and which page of the brochure each of its pages is. All empty for a file that isn't ours."""

    boxes: tuple[KeyBox, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()


def behind(path: Path) -> Behind:
    """What lies behind a file, from the sidecars in the folders above it; nothing for one that can't be read."""
    folders = [folder for folder in list(path.resolve().parents)[:LEVELS] if (folder / "manifest.json").exists()]
    sha256 = _digest(path) if folders else ""
    for folder in folders:
        entry_ = next((it for it in entries(read(folder / "manifest.json")) if it["sha256"] == sha256), None)
        if entry_ is not None:
            boxes = read(folder / "boxes.json").get(str(entry_.get("content")), ())
            places = read(folder / "places.json").get(sha256, {})
            numbers = entry_.get("numbers")
            return Behind(
                tuple(KeyBox(*box) for box in boxes),
                {str(key): str(place) for key, place in places.items()},
                tuple(numbers) if isinstance(numbers, list) and all(isinstance(it, int) for it in numbers) else (),
            )
    return Behind()


def _digest(path: Path) -> str:
    with contextlib.suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def pictures(folder: Path) -> dict[str, str]:
    """The pictures of an edition's folder: a JPEG in base64 by the sha256 of its file."""
    return {str(digest): str(said) for digest, said in read(folder / "thumbnails.json").items()}


def read(path: Path) -> dict[str, Any]:
    """An older list, empty when it is missing or damaged: it can be made again."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_bytes())
        return found if isinstance(found, dict) else {}
    return {}


def entries(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The entries of an older manifest that are what they should be."""
    items = found.get("files")
    return [
        item
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict) and all(isinstance(item.get(key), str) for key in ("path", "sha256"))
    ]


def listed(body: Mapping[str, Any]) -> bytes:
    """A list as it is written: sorted, an entry a line."""
    return (json.dumps(body, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
