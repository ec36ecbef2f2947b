"""How many letters the box of each text holds, measured where the written language is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure import compose, load
from brochure.load.sayings import Saying, sayings, source
from brochure.model.budget import Budget, length
from brochure.stages import House, Order
from brochure.typeset import Setter
from brochure.typeset.setter import Progress

FULL = 0.95  # of a ragged line is letters
CELLS = ("td", "th", "dt", "dd")


def measured(house: House, setter: Setter, progress: Progress | None = None) -> dict[str, Budget]:
    """The budget of every text of the written language that stands in a box, by its key: what the tightest of its
    boxes holds. Texts in drawings and for readers who can't see have none."""
    tag = source(house)
    said, found = sayings(house, tag), dict[str, Budget]()
    for name, edition in house.editions.items():
        if tag not in edition.languages:
            continue
        sheet = compose.sheet(load.manuscript(house, Order(name, tag)))
        setter.proof(sheet, progress)
        for block in setter.measure(sheet, "boxes"):
            for key in _keys(house, name, tag, block, said):
                budget = _budget(block, said[key])
                if key not in found or budget.fits < found[key].fits:
                    found[key] = budget
    return found


def _keys(house: House, edition: str, tag: str, block: dict[str, Any], said: dict[str, Saying]) -> Iterator[str]:
    """The texts of a block: by their keys where they have some; a line without markup by its letters."""
    folder = f"content/{tag}/"
    keys = [key.removeprefix(folder) for key in block["keys"]]
    yield from (key for key in keys if key in said)
    if keys:
        return
    page = next((page.id for page in house.plans[edition] if page.first <= block["page"] <= page.last), "")
    files = {f"pages/{page}.yaml", *(f"pages/{name}/{page}.yaml" for name in house.lineage(edition))}
    letters = _plain(block["text"])
    for key, saying in said.items():
        if saying.file in files and _plain(saying.letters) == letters:
            yield key


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _budget(block: dict[str, Any], saying: Saying) -> Budget:
    """What fits: the letters that stand there, the rest of the last line, and lines that the frame has left, as long as
    the page keeps its proportions: half as many again, a single one in a table."""
    a_line = block["width"] / max(block["set"] / block["letters"], 0.01)
    most = 1 if block["element"][:2] in CELLS else max(1, block["lines"] // 2)
    lines = min(int(block["free"] / block["leading"]), most) if block["leading"] else 0
    spare = max(0.0, a_line - block["last"]) + lines * a_line * FULL
    height = block["lines"] * block["leading"] + block["free"]
    return Budget.model_validate(
        {
            "fits": str(int(length(saying.letters) + spare)),
            "of": saying.digest,
            "box": f"{block['width']:.0f} × {height:.0f}",
            "page": str(block["page"]),
            "element": block["element"],
        }
    )
