"""A list of recipients, CSV or YAML, held against a house: every slip of all rows in one run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from email_validator import EmailNotValidError, validate_email

from brochure.errors import Complaint, ContentError, Place, suggestion, tidy
from brochure.house import House
from brochure.load import foreign
from brochure.load.encoding import decoded
from brochure.load.rows import Row, rows
from brochure.load.yaml_text import Items, Mapping, read
from brochure.model.limits import Limits, raise_it
from brochure.model.mentions import interests
from brochure.model.recipients import (
    COLUMNS,
    LONGEST,
    MOST_INTERESTS,
    NEEDED,
    Recipient,
    Recipients,
    single_line,
    strange,
)
from brochure.model.scalar import place_of

YAML = (".yaml", ".yml")
TOP = "recipients"


def recipients(house: House, edition: str, path: Path, encoding: str = "") -> Recipients:
    """The list at ``path`` for an edition of the house. ``encoding`` when its owner knows it. What a row has wrong is
    among the slips and the row is left out; ContentError or AssetError when the file as a whole can't be read."""
    raw = foreign.office(path, house.limits.recipients_megabytes)
    slips: list[Complaint] = []
    if path.suffix.lower() in YAML:
        found = _entries(read(raw, str(path), house.limits), house.limits, slips)
    else:
        text, warnings = decoded(raw, str(path), encoding)
        slips += warnings
        del raw
        found = rows(text, str(path), house.limits, slips)
    clerk = _Clerk(house, edition, slips)
    people = tuple(person for row in found if (person := clerk.recipient(row)))
    if not people and not slips:
        slips.append(Complaint(Place(str(path)), "this list has no recipients.", "Write a row for each."))
    bad = len({slip.where.line for slip in slips if isinstance(slip.where, Place) and not slip.warning})
    return Recipients(str(path), max(clerk.rows, len(people) + bad), people, tidy(slips))


def _entries(tree: Mapping, limits: Limits, slips: list[Complaint]) -> Iterator[Row]:
    """The rows of a YAML list: ``recipients:`` with an entry of “column: value” lines for each."""
    for key in tree:
        if key != TOP:
            slips.append(Complaint(place_of(key), f"the key “{key}” is not known here.", f"Write {TOP}:."))
    listed = tree.get(TOP)
    if not isinstance(listed, Items):
        what = "there is no list of recipients." if listed is None else "a list is expected here."
        place = tree.place if listed is None else place_of(listed)
        raise ContentError([Complaint(place, what, f"Write {TOP}: and below it an entry “- name: …” for each.")])
    if len(listed) > limits.recipients:
        what = f"this list has more than {limits.recipients:,} rows."
        raise ContentError([Complaint(listed.place, what, f"Split it, {raise_it('recipients')}")])
    for number, entry in enumerate(listed, 1):
        if (row := _entry(number, entry, slips)) is not None:
            yield row


def _entry(number: int, entry: Any, slips: list[Complaint]) -> Row | None:
    """One entry as a row; interests may be a list."""
    if not isinstance(entry, Mapping):
        slips.append(Complaint(place_of(entry), "“column: value” lines are expected here.", "Begin with “- name: …”."))
        return None
    before, cells = len(slips), {}
    for key, value in entry.items():
        if key not in COLUMNS:
            hint = suggestion(key, COLUMNS) or f"Columns: {', '.join(COLUMNS)}."
            slips.append(Complaint(place_of(key), f"a recipient has no “{key}”.", hint))
        elif isinstance(value, str):
            cells[str(key)] = value
        elif key == "interests" and isinstance(value, Items) and all(isinstance(it, str) for it in value):
            joined = type(value[0])(";".join(value), value.place) if value else ""
            cells[str(key)] = joined
        else:
            slips.append(Complaint(place_of(value), f"“{key}” is a single text.", "Write it behind the colon."))
    return Row(number, entry.place, cells) if len(slips) == before else None


@dataclass
class _Clerk:
    """Looks rows through, one after the other, and remembers addresses."""

    house: House
    edition: str
    slips: list[Complaint]
    rows: int = 0
    seen: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        house = self.house
        self.tags = {
            fold(said): tag
            for tag in house.editions[self.edition].languages
            for said in (tag, house.languages[tag].words.locale, house.languages[tag].words.name)
        }
        ids = {str(ref) for page in house.plans[self.edition] for ref in interests(page.show)}
        known = {tag: language.names for tag, language in house.languages.items()}
        self.names = {
            tag: {fold(name): key for key in sorted(ids) if (name := names.get(key))} for tag, names in known.items()
        }
        self.own = {tag: [names[key] for key in sorted(ids) if key in names] for tag, names in known.items()}
        self.ids = ids
        self.shared: dict[Any, Any] = {}
        self.meant = cache(lambda word, tag: suggestion(word, self.own[tag]))

    def recipient(self, row: Row) -> Recipient | None:
        """The row's recipient, or None with all its slips kept."""
        self.rows, before = row.number, len(self.slips)
        cells = {column: single_line(cell) for column, cell in row.cells.items() if cell}
        for column in NEEDED:
            if not cells.get(column):
                self.slip(row, column, f"“{column}” is missing.", "Write it.")
        for column in LONGEST:
            if cells.get(column) and (wrong := strange(column, cells[column])):
                self.slip(row, column, *wrong)
        language = self.language(row, cells.get("language", ""))
        email = self.email(row, cells.get("email", ""))
        wanted = self.interests(row, cells.get("interests", ""), language)
        if len(self.slips) > before:
            return None
        return Recipient(row.number, row.place, cells["name"], cells["company"], language, email,
                         cells.get("latin_name", ""), *map(self.once, (cells.get("country", ""), wanted, cells.get("contact", ""))))  # fmt: skip

    def once(self, value: Any) -> Any:
        """What stands in many rows is kept once."""
        return self.shared.setdefault(value, value)

    def slip(self, row: Row, column: str, what: str, remedy: str) -> None:
        """Notes a slip at a cell."""
        self.slips.append(Complaint(row.where(column), what, remedy))

    def language(self, row: Row, said: str) -> str:
        """The tag of the language that a cell names; empty, and a slip, when the edition hasn't it."""
        found = self.tags.get(fold(said), "")
        if said and not found:
            listed = ", ".join(self.house.editions[self.edition].languages)
            self.slip(row, "language", f"the edition has no language “{said[:40]}”.", f"It has: {listed}.")
        return found

    def email(self, row: Row, said: str) -> str:
        """The one address of a cell, in ASCII; empty, and a slip, when it is none or stood in a row before."""
        if not said:
            return ""
        if said.count("@") > 1 or (re.search(r"[,;\s]", said) and "<" not in said):
            self.slip(row, "email", f"“{said[:80]}” is more than one address.", "Write one address; a row for each.")
            return ""
        try:
            found = (
                validate_email(said, check_deliverability=False, allow_smtputf8=False, strict=True).ascii_email or ""
            )
        except EmailNotValidError as error:
            self.slip(row, "email", f"“{said[:80]}” is no e-mail address: {_small(str(error))}", "Correct it.")
            return ""
        twin = found.casefold()
        if twin in self.seen:
            first = self.seen[twin].line
            self.slip(row, "email", f"the address {said} stood on line {first} already.", "Keep one of the two rows.")
            return ""
        self.seen[twin] = row.place
        return found

    def interests(self, row: Row, said: str, language: str) -> tuple[str, ...]:
        """Ids of the names that a cell lists, each once; a slip for each that nobody knows."""
        out: dict[str, None] = {}
        for word in filter(None, map(str.strip, said.split(";"))):
            folded = fold(word)
            known = self.names.get(language, {}).get(folded) or self.names.get("en", {}).get(folded)
            known = known or (word if word in self.ids else "")
            if known:
                out[known] = None
            elif language:
                what = f"there is no park, cluster or route “{word[:60]}”."
                listed = ", ".join(self.own[language][:6])
                self.slip(row, "interests", what, self.meant(word[:60], language) or f"There are {listed} and others.")
        if len(out) > MOST_INTERESTS:
            what = f"{len(out)} interests are more than a letter names; {MOST_INTERESTS} are the limit."
            self.slip(row, "interests", what, "Keep the dearest.")
        return tuple(out)


def fold(text: str) -> str:
    """A name as it is compared: without case, with one kind of hyphen and no space beside it."""
    return re.sub(r"\s*[-‐‑–—−]\s*", "-", " ".join(text.split())).casefold()


def _small(text: str) -> str:
    """A library's sentence as the second half of ours."""
    return text[:1].lower() + text[1:].rstrip(".") + "."
