"""A list out of a spreadsheet as rows that know their place: delimiter, quotes, header, cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from brochure.errors import Complaint, ContentError, Place, suggestion
from brochure.model.limits import Limits, raise_it
from brochure.model.recipients import COLUMNS, NEEDED

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
#: How spreadsheets note the delimiter on a line of its own.
SEP = re.compile(r'("?)sep=(.)\1[;,\t|]*(?:\r\n?|\n)', re.IGNORECASE)
ALIASES = {"e_mail": "email", "mail": "email", "latinname": "latin_name", "interest": "interests"}


@dataclass
class Row:
    """A row of a list: its number from 1, its cells by column, and where each of them stands."""

    number: int
    place: Place
    cells: Mapping[str, str]
    raw: str = ""
    delimiter: str = ""
    order: Sequence[str] = ()

    def where(self, column: str) -> Place:
        """Where a cell begins; the row's place for a cell that isn't there."""
        if column in self.order and self.raw:
            return _spot(self.raw, self.delimiter, self.order.index(column), self.place)
        return getattr(self.cells.get(column), "place", self.place)


@dataclass
class _Lines:
    """A text's lines, of which those of the row in hand are kept."""

    text: str
    taken: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = io.StringIO(self.text, newline="")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.source)
        self.taken.append(line)
        return line


def rows(text: str, file: str, limits: Limits, slips: list[Complaint]) -> Iterator[Row]:
    """Every row that has as many cells as the header has columns; all others are slips. ContentError when the header
    can't be understood or there are more rows than the limit."""
    lines, skipped = _Lines(text), 0
    if noted := SEP.match(text):
        text, skipped = text[noted.end() :], 1
        lines = _Lines(text)
    delimiter = noted[2] if noted else _delimiter(text, file)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    header: tuple[str, ...] = ()
    number = 0
    while True:
        lines.taken.clear()
        place = Place(file, reader.line_num + 1 + skipped)
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            slips.append(_broken(error, place, lines.taken))
            number += 1
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = _header(cells, "".join(lines.taken), delimiter, place)
            continue
        number += 1
        if number > limits.recipients:
            what = f"this list has more than {limits.recipients:,} rows."
            raise ContentError([*slips, Complaint(place, what, f"Split it, {raise_it('recipients')}")])
        row = Row(number, place, dict(zip(header, cells, strict=False)), "".join(lines.taken), delimiter, header)
        if slip := _uneven(row, cells, limits):
            slips.append(slip)
        else:
            yield row
    if not header:
        raise _empty(file)


def _delimiter(text: str, file: str) -> str:
    """The delimiter that makes the most known columns of the first row; no other can make any of it. Rows without a
    letter stand before it when a sheet's table begins further down."""
    written = (line for line in enumerate(io.StringIO(text, newline=""), 1) if re.search(r"\w", line[1]))
    number, first = next(written, (0, ""))
    if not first:
        raise _empty(file)
    counts = {
        sign: len({_column(cell) for cell in next(csv.reader([first], delimiter=sign), [])} & {*COLUMNS})
        for sign in DELIMITERS
    }
    best = max(counts, key=lambda sign: counts[sign])
    if counts[best] < 2:
        what = "the first row doesn't name the columns of a list of recipients."
        remedy = f"Write {', '.join(COLUMNS)} there, divided by commas, semicolons, tabs or bars."
        raise ContentError([Complaint(Place(file, number), what, remedy)])
    return best


def _empty(file: str) -> ContentError:
    remedy = f"Its first row names the columns: {', '.join(COLUMNS)}."
    return ContentError([Complaint(Place(file), "this list is empty.", remedy)])


def _column(cell: str) -> str:
    """A column's name as the list means it: in small letters, with _ between its words."""
    name = re.sub(r"[\s\-_]+", "_", cell.strip().casefold())
    return ALIASES.get(name, name)


def _header(cells: Sequence[str], raw: str, delimiter: str, place: Place) -> tuple[str, ...]:
    """The columns' names; ContentError with every one that is unknown, doubled or missing. A column without a name is
    a trailing delimiter: its cells must be empty."""
    names = [_column(cell) for cell in cells]
    slips = []
    for index, name in enumerate(names):
        at = _spot(raw, delimiter, index, place)
        if name and name not in COLUMNS:
            hint = suggestion(name, COLUMNS) or f"Columns: {', '.join(COLUMNS)}."
            slips.append(Complaint(at, f"a list of recipients has no column “{cells[index].strip()}”.", hint))
        elif name and name in names[:index]:
            slips.append(Complaint(at, f"the column “{name}” stands here a second time.", "Keep one of the two."))
    slips += [Complaint(place, f"the column “{name}” is missing.", "Add it.") for name in NEEDED if name not in names]
    if slips:
        raise ContentError(slips)
    return tuple(name or f"#{index}" for index, name in enumerate(names))


def _uneven(row: Row, cells: Sequence[str], limits: Limits) -> Complaint | None:
    """A row with too few or too many cells, a cell without a column, or one that is too long."""
    known = len(row.order)
    if len(cells) != known:
        what = f"this row has {len(cells)} cells; the header has {known} columns."
        remedy = (
            f"Put a cell that holds a {DELIMITERS.get(row.delimiter, 'delimiter')} in quotes, or add what is missing."
        )
        return Complaint(row.place, what, remedy)
    for column, cell in zip(row.order, cells, strict=True):
        if len(cell) > (most := limits.recipient_characters):
            what = f"this cell has {len(cell):,} characters; {most:,} are the limit."
            remedy = f"Look for a quotation mark that isn't closed, shorten it, {raise_it('recipient_characters')}"
            return Complaint(row.where(column), what, remedy)
        if column.startswith("#") and cell.strip():
            return Complaint(row.where(column), "this cell stands in a column without a name.", "Name the column.")
    return None


def _broken(error: csv.Error, place: Place, taken: Sequence[str]) -> Complaint:
    """What the reader says of quotes, in words that an editor understands."""
    said = str(error)
    if "unexpected end" in said or "field larger" in said:
        return Complaint(place, "a quotation mark is opened in this row and never closed.", "Close it, or double it.")
    last = place.line + max(len(taken), 1) - 1
    at = Place(place.file, last) if "expected after" in said else place
    return Complaint(at, "after a closing quotation mark the cell goes on.", "Double a quotation mark inside a cell: \"\".")  # fmt: skip


def _spot(raw: str, delimiter: str, index: int, place: Place) -> Place:
    """The line and column of a row's cell, counted in characters."""
    line, column, seen, quoted, fresh, before = place.line, 1, 0, False, True, ""
    for sign in raw:
        if seen == index and not quoted and fresh:
            break
        if sign == '"' and (fresh or quoted):
            quoted = not quoted
        if sign == delimiter and not quoted:
            seen += 1
        fresh = (sign == delimiter and not quoted) or (fresh and sign == " ")
        line, column = (line + 1, 1) if sign in "\r\n" and before + sign != "\r\n" else (line, column + 1)
        column, before = 1 if sign == "\n" else column, sign
    return Place(place.file, line, column)
