"""What the YAML parser says of a slip, in words that an editor understands."""

from __future__ import annotations

import re
from typing import Any

from brochure.errors import Complaint, Place

#: What PyYAML says, and what an editor can do about it. The first that fits is used.
SYNTAX = (
    (
        r"mapping values are not allowed",
        "a second colon makes this line ambiguous.",
        'Put the text in straight quotes: "…".',
    ),
    (
        r"found character '[@`%|>]'|cannot start any token",
        "a text can't begin with this character.",
        "Put the text in quotes.",
    ),
    (
        r"found unexpected end of stream|while scanning a quoted scalar",
        "a quotation mark is opened and never closed.",
        "Close it; inside '…' write an apostrophe twice.",
    ),
    (
        r"could not find expected ':'",
        "a key without a colon, or a text that runs over the line.",
        "Write “key: value”, or put the text in quotes.",
    ),
    (
        r"did not find expected '-' indicator|block collection|did not find expected key|block mapping|expected <block end>",
        "the indentation or the quotes don't add up here.",
        "Indent by two spaces a level; close quotes before the line goes on.",
    ),
    (
        r"flow sequence|flow mapping|expected ',' or",
        "a [ or { is opened and not closed properly.",
        "Separate entries with commas and close the bracket, or put the text in quotes.",
    ),
    (
        r"undefined alias|found undefined|alias|anchor",
        "* and & have a meaning at the head of a text.",
        "Put the text in quotes.",
    ),
    (
        r"unknown escape|escape",
        "an escape in double quotes is not known.",
        "Write two backslashes, or use single quotes.",
    ),
)
#: A text without quotes that YAML takes for a list or a mapping: what stands before it, its key, the text.
BRACKETED = re.compile(r"(?P<before> *(?:- +)*(?:(?P<key>[^\s:#'\"{\[][^:]*): +)?)(?P<text>[{\[].*)")
#: ``title:T``: a key whose colon sticks to its value. ``https://`` is none.
STUCK = re.compile(r" *(?:- +)*(?P<key>[A-Za-z_][\w.-]*):(?P<value>[^\s:/].*)")
QUOTED = re.compile(r""" *(?:- +)*(?:[^\s:#'"{\[][^:]*: +)?(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*') *[^\s#]""")
LONGEST = 60  # characters of a text that a remedy repeats


def syntax(error: Any, file: str, lines: list[str]) -> Complaint:
    """The complaint for a parser's error; at the line where the slip was made rather than where it was noticed."""
    said = f"{error.context or ''} {error.problem or ''}"
    opened = re.search("quoted scalar|simple key|flow", said)  # such a slip lies where it was opened
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    if "flow" not in said and "quoted scalar" not in said:
        found = _in_line(file, lines, number, column) or _stuck_above(file, lines, number)
        if found:
            return found
    place = Place(file, min(number + 1, max(len(lines), 1)), column + 1)
    for pattern, what, remedy in SYNTAX:
        if re.search(pattern, said):
            return Complaint(place, what, remedy)
    return Complaint(place, f"this is not YAML ({said.strip()}).", "Compare the line with its neighbours.")


def _in_line(file: str, lines: list[str], number: int, column: int) -> Complaint | None:
    """A slip that the line itself shows: an opening bracket or a quotation before the column, a missing space."""
    line = lines[number] if number < len(lines) else ""
    if (match := BRACKETED.match(line)) and match.start("text") < column:
        return bracketed(file, line, number)
    if (match := QUOTED.match(line)) and match.start("text") < column:
        place = Place(file, number + 1, match.end("text") + 1)
        return Complaint(place, "the text goes on after its closing quotation mark.", "Put the whole text in quotes.")
    return _stuck(file, line, number)


def _stuck_above(file: str, lines: list[str], number: int) -> Complaint | None:
    return _stuck(file, lines[number - 1], number - 1) if 0 < number <= len(lines) else None


def _stuck(file: str, line: str, number: int) -> Complaint | None:
    match = STUCK.match(line)
    if not match:
        return None
    place = Place(file, number + 1, match.start("value") + 1)
    return Complaint(place, "a space is missing after the colon.", f"Write {match['key']}: {_short(match['value'])}")


def bracketed(file: str, line: str, number: int) -> Complaint:
    """The complaint for a text in a line (from nought) that begins with { or [ and has no quotes."""
    match = BRACKETED.match(line)
    text = match["text"].strip() if match else "{…}"
    quoted = f'"{_short(text)}"' if not re.search(r'["\\]', text) else f"'{_short(text).replace(chr(39), chr(39) * 2)}'"
    place = Place(file, number + 1, match.start("text") + 1 if match else 1)
    key = f"{match['key']}: " if match and match["key"] else "- " if match and "-" in match["before"] else ""
    return Complaint(place, f"a text that begins with {text[0]} needs quotes.", f"Write {key}{quoted}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 2].rstrip() + " …"
