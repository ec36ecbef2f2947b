"""Whether the house has the letters that recipients are called by: known before anything is set."""

from __future__ import annotations

from dataclasses import replace

from brochure.errors import Complaint, Place, tidy
from brochure.house import House
from brochure.intake import font
from brochure.language import UNSEEN
from brochure.model.recipients import Recipient, Recipients

PRINTED = ("company", "country", "contact")


def printable(house: House, found: Recipients) -> tuple[Recipients, dict[int, str]]:
    """The list without the rows that no font has letters for, each of which is a slip, and how each of the others is
    called: by the name, or where that can't be printed by ``latin_name``. By the row's number."""
    letters = _letters(house)
    called: dict[int, str] = {}
    lost_in: dict[tuple[int, str], tuple[Place, str]] = {}
    for one in found.people:
        name, missing = _name(one, letters)
        wrong = [("name", missing)] if missing else []
        wrong += [(column, lost) for column in PRINTED if (lost := _lost(getattr(one, column), letters))]
        lost_in |= {(one.row, column): (one.place, lost) for column, lost in wrong}
        if not wrong:
            called[one.row] = name
    spots = found.spots(lost_in) if lost_in else {}
    slips = [_slip(spots.get(cell, row), cell[1], lost) for cell, (row, lost) in lost_in.items()]
    people = tuple(one for one in found.people if one.row in called)
    return replace(found, people=people, slips=tidy([*found.slips, *slips])), called


def _slip(where: Place, column: str, lost: str) -> Complaint:
    """What is said of a cell with letters that no font has."""
    remedy = "Write it in latin_name, too." if column == "name" else "Write it in other letters."
    return Complaint(where, f"no font of this house has the {_named(lost)} of “{column}”.", remedy)


def _name(one: Recipient, letters: frozenset[int]) -> tuple[str, str]:
    """The name that can be printed, and the letters that are missing when none can."""
    missing = _lost(one.name, letters)
    if missing and one.latin_name and not _lost(one.latin_name, letters):
        return one.latin_name, ""
    return one.name, missing


def _lost(text: str, letters: frozenset[int]) -> str:
    return "".join(dict.fromkeys(c for c in text if ord(c) not in letters and not c.isspace() and c not in UNSEEN))


def _named(lost: str) -> str:
    few = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lost[:3])
    return f"{'character' if len(lost) == 1 else 'characters'} {few}{' and others' if len(lost) > 3 else ''}"


def _letters(house: House) -> frozenset[int]:
    """What every weight of some family that a language's text is set in can print."""
    out: set[int] = set()
    for family in {family for language in house.languages.values() for family in language.words.text}:
        files = [house.assets.get(face.file, b"") for face in house.brand.fonts if face.family == family]
        known = [font.characters(content) or frozenset() for content in files]
        out |= frozenset.intersection(*known) if known else frozenset()
    return frozenset(out)
