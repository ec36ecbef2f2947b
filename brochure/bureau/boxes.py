"""How many letters the box of each text holds, measured where each language is laid out: nobody guesses how wide its
letters are, and what stands without overflow is known to fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from brochure import compose, load
from brochure.errors import Complaint, Place, errors_in
from brochure.house import House
from brochure.load import parity
from brochure.load.papers import BUDGETS
from brochure.load.sayings import Saying, sayings, source
from brochure.model.budget import LEAFLET, Budget, length
from brochure.model.phrase import State
from brochure.stages import Order
from brochure.typeset import Setter
from brochure.typeset.complaints import raise_for
from brochure.typeset.setter import Progress

FULL = 0.95  # of a ragged line is letters


@dataclass
class Measured:
    """The budgets by their keys, and what keeps a language from being measured."""

    budgets: dict[str, Budget] = field(default_factory=dict)
    slips: list[Complaint] = field(default_factory=list)


def measured(house: House, setter: Setter, progress: Progress | None = None) -> Measured:
    """The budget of every text of the written language that stands in a box: what the tightest of its boxes holds, in
    brochures, leaflets and handouts, in that language and in each that is translated wholly and laid out without overflow. Texts in drawings and for readers
    who can't see have none. The errors of layout of the written language are raised."""
    written, out = source(house), Measured()
    house = replace(house, draft=False)  # what doesn't fit is an error, also where a draft would let it pass
    originals = sayings(house, written)
    for tag in (written, *(tag for tag in house.languages if tag != written)):
        if any(state is State.MISSING for state in parity.states(house, tag).values()):
            out.slips.append(_left_out(tag, "isn't translated wholly", "Its letters count as those of the original."))
            continue
        said, factor = sayings(house, tag), house.languages[tag].words.length
        for block in _blocks(house, tag, setter, out, progress):
            for key in _keys(house, tag, block, said):
                if key in originals and (tag == written or key in out.budgets):
                    _note(out.budgets, tag, block, originals[key], length(said[key].letters, factor))
    return out


def _blocks(
    house: House, tag: str, setter: Setter, out: Measured, progress: Progress | None
) -> Iterator[dict[str, Any]]:
    """The blocks of text of a language in all that it is set in, with the order that they are of; none where a
    translation overflows."""
    for order in _orders(house, tag):
        sheet = compose.sheet(load.manuscript(house, order))
        slips = setter.complaints(sheet, progress)
        if tag == source(house):
            raise_for(slips)
        elif bad := errors_in(slips):
            out.slips.append(
                _left_out(
                    tag, f"isn't measured in {sheet.name}: its layout has {len(bad)} errors", "Build it, mend them."
                )
            )
            continue
        yield from ({"order": order, **block} for block in setter.measure(sheet, "boxes"))


def _orders(house: House, tag: str) -> Iterator[Order]:
    """The brochure and the leaflet of every edition that has the language, and a handout of each subject: of the first
    edition that has one, since the others say the same."""
    spoken = [name for name, edition in house.editions.items() if tag in edition.languages]
    yield from (Order(name, tag) for name in spoken)
    yield from (Order(name, tag, product=LEAFLET) for name in spoken if load.no_leaflet(house, name, tag) is None)
    told = {it.id: name for name in reversed(spoken) for it in load.subjects(house, name) if it.enough}
    yield from (Order(name, tag, product="handout", subject=subject) for subject, name in sorted(told.items()))


def _left_out(tag: str, why: str, remedy: str) -> Complaint:
    return Complaint(Place(f"content/{tag}/{BUDGETS}"), f"the language {why}.", remedy, warning=True)


def _note(found: dict[str, Budget], tag: str, block: dict[str, Any], original: Saying, letters: int) -> None:
    """Keeps what fits; the box that is told is the first of the tightest."""
    fits, known = _fits(block, letters), found.get(original.key)
    if known is None:
        found[original.key] = _budget(block, original, {tag: fits})
    elif fits < known.fits.get(tag, fits + 1):
        box = _budget(block, original, known.fits) if len(known.fits) == 1 and tag in known.fits else known
        found[original.key] = replace(box, fits={**known.fits, tag: fits})


def _keys(house: House, tag: str, block: dict[str, Any], said: dict[str, Saying]) -> Iterator[str]:
    """The texts of a block: by their keys where they have some; a line without markup by its letters."""
    folder = f"content/{tag}/"
    keys = [key.removeprefix(folder) for key in block["keys"]]
    yield from (key for key in keys if key in said)
    if keys:
        return
    files, letters = _files(house, block), _plain(block["text"])
    for key, saying in said.items():
        if saying.file in files and _plain(saying.letters) == letters:
            yield key


def _files(house: House, block: dict[str, Any]) -> set[str]:
    """Where the lines of a block may be written: its page's words, or what all sheets of its product say."""
    order: Order = block["order"]
    if order.product != "brochure":
        return {f"{order.product}s.yaml" if order.subject else f"{order.product}.yaml"}
    plan = house.plans[order.edition]
    page = next((page.id for page in plan if page.first <= block["page"] <= page.last), "")
    return {f"pages/{page}.yaml", *(f"pages/{name}/{page}.yaml" for name in house.lineage(order.edition))}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _fits(block: dict[str, Any], letters: int) -> int:
    """What fits: the letters that stand there, the rest of the last line, and as many lines as the text may grow by
    while its neighbours stay as they are."""
    a_line = block["width"] / max(block["set"] / block["letters"], 0.01)
    lines = int(block["free"] / block["leading"] + 0.05) if block["leading"] else 0
    spare = max(0.0, a_line - block["last"]) + lines * a_line
    return int(letters + spare * FULL)


def _budget(block: dict[str, Any], original: Saying, fits: Mapping[str, int]) -> Budget:
    height = block["height"] + block["free"]
    return Budget(
        fits=fits,
        of=original.digest,
        box=f"{block['width']:.0f} × {height:.0f}",
        page=block["page"],
        element=block["element"],
        sheet=block["order"].subject or (LEAFLET if block["order"].product == LEAFLET else ""),
    )
