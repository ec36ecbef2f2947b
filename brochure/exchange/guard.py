"""What stands between a foreign file and the library that reads it: size, characters, declarations, depth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from brochure.errors import AssetError, Complaint, ExitCode, Place

MOST_MEGABYTES = 10
DEPTH, ELEMENTS, ATTRIBUTES = 40, 500_000, 30
#: Characters that no translation holds: controls, and those that turn the order of letters round.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
AGAIN = "Ask the office for the file again."


def damaged(name: str, what: str, remedy: str = AGAIN, line: int = 1, column: int = 1) -> AssetError:
    """The refusal of a whole file; ``what`` begins with a verb."""
    return AssetError([Complaint(Place(name, line, column), f"this file {what}", remedy, ExitCode.ASSET)])


def decoded(content: bytes, name: str) -> str:
    """The file's text; AssetError when it is too large, empty, or not UTF-8."""
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise damaged(name, f"has {len(content) / 1e6:.1f} MB; {MOST_MEGABYTES} MB are the limit.", "Split it.")
    if not content.strip():
        raise damaged(name, "is empty.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise damaged(
            name, f"is not UTF-8 (byte {content[error.start]:#04x}).", "Save it as UTF-8.", line, column
        ) from None
    if found := CONTROL.search(text):
        before = text[: found.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise damaged(name, f"holds the control character U+{ord(found[0]):04X}.", "Delete it.", line, column)
    return text


@dataclass
class Scan:
    """A first walk through an XML file that builds nothing: where its units begin, and whether it may be built."""

    name: str
    units: list[tuple[int, int]] = field(default_factory=list)
    depth: int = 0
    elements: int = 0

    def walk(self, content: bytes) -> None:
        """Reads to the end; AssetError at the first thing that an office's file never has."""
        self.parser = expat.ParserCreate("UTF-8", namespace_separator="\n")
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.ProcessingInstructionHandler = self._instructed
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            raise damaged(self.name, f"is broken XML ({said}).", AGAIN, error.lineno, error.offset + 1) from None

    def _refuse(self, what: str) -> AssetError:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return damaged(self.name, what, AGAIN, line, column)

    def _declared(self, *_: object) -> None:
        raise self._refuse("declares a DOCTYPE, which could name entities and other files.")

    def _instructed(self, target: str, _: str) -> None:
        if target.startswith("xml-stylesheet"):
            raise self._refuse("asks for a stylesheet.")

    def _opened(self, element: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > DEPTH:
            raise self._refuse(f"is nested more than {DEPTH} deep.")
        if self.elements > ELEMENTS or len(attributes) > ATTRIBUTES:
            raise self._refuse("has more elements or attributes than texts need.")
        if element.rpartition("\n")[2] == "trans-unit":
            self.units.append((self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))

    def _closed(self, _: str) -> None:
        self.depth -= 1
