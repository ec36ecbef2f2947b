"""YAML read as text: mappings, lists and strings that know their place; nothing is typed here.

Only PyYAML's event parser is used: no constructor, no resolver, no recursion. Anchors, aliases, tags,
merge keys, repeated keys, tabs, bad UTF-8 and text cut by `` #`` are refused. The limits are the house's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from brochure.errors import Complaint, ContentError, Place
from brochure.load.syntax import bracketed, syntax
from brochure.model.limits import DEFAULTS, Limits, raise_it
from brochure.model.scalar import Scalar

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REMEMBERED = 512  # files whose texts stay in memory: those of a house of five languages are half as many
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029\u202a-\u202e\u2066-\u2069]")


#: A line that a merge left, or one that begins with spaces that only look like spaces.
STRANGE = re.compile("(?P<merge><<<<<<< |>>>>>>> )|(?P<plain> *)(?P<space>[\u00a0\u2000-\u200a\u202f\u3000])")


class Mapping(dict[str, Any]):
    """A mapping that knows its place; its keys are Scalars. ``flow``: it was written in braces;
    ``again``: its last key stood there already."""

    place: Place
    key: str
    flow: bool = False
    again: bool = False


class Items(list[Any]):
    """A list that knows its place."""

    place: Place
    key: str


@lru_cache(maxsize=REMEMBERED)
def read(raw: bytes, file: str, limits: Limits = DEFAULTS) -> Mapping:
    """The mapping that a content file holds, which nobody changes: the same bytes are read once in a process, however
    often the house is. ContentError with every slip of its text."""
    text = _decode(raw, file, limits)
    slips = [*_characters(text, file)]
    if slips:
        raise ContentError(slips)
    builder = _Builder(file, text.split("\n"), limits)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise ContentError([*builder.slips, syntax(error, file, builder.lines)]) from None
    if not builder.root and isinstance(builder.root, (str, type(None))):
        raise ContentError([Complaint(Place(file), "this file is empty.", "Write “key: value” lines into it.")])
    if builder.slips:
        raise ContentError(builder.slips)
    if not isinstance(builder.root, Mapping):
        raise ContentError([Complaint(Place(file), "this file holds no keys.", "Write “key: value” lines.")])
    return builder.root


def _decode(raw: bytes, file: str, limits: Limits) -> str:
    if len(raw) > limits.file_megabytes * 1_000_000:
        what = f"this file has {len(raw) / 1e6:.1f} MB; {limits.file_megabytes} MB are the limit."
        raise ContentError([Complaint(Place(file), what, f"Split it, {raise_it('file_megabytes')}")])
    few, many = sorted(raw[start:400:2].count(0) for start in (0, 1))  # of UTF-16, every other byte is 0
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (many > len(raw[:400]) // 6 and not few):
        raise ContentError([Complaint(Place(file), "this file is UTF-16.", "Save it as UTF-8.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        what = f"the byte {raw[error.start]:#04x} is not UTF-8."
        raise ContentError([Complaint(place, what, "Save the file again with the encoding UTF-8.")]) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _characters(text: str, file: str) -> Iterator[Complaint]:
    """Tabs and invisible controls, which no editor sees and every printer stumbles over."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line:
            place = Place(file, number, line.index("\t") + 1)
            yield Complaint(place, "a tab stands here.", "Indent and separate with spaces.")
        if match := STRANGE.match(line):
            place = Place(file, number, match.start("space") + 1 if match["space"] else 1)
            if match["space"]:
                yield Complaint(place, "this indentation has a space of another kind.", "Indent with plain spaces.")
            else:
                yield Complaint(
                    place, "git left two versions here.", "Keep one, and remove the lines with <<<, === and >>>."
                )
        if match := CONTROL.search(line):
            place = Place(file, number, match.start() + 1)
            what = f"the invisible character U+{ord(match[0]):04X} stands here."
            yield Complaint(place, what, "Delete it.")


@dataclass
class _Builder:
    """Events in, tree out: a stack of open mappings and lists, and the key that waits for its value."""

    file: str
    lines: list[str]
    limits: Limits = DEFAULTS
    root: Any = None
    slips: list[Complaint] = field(default_factory=list)
    stack: list[Mapping | Items] = field(default_factory=list)
    keys: list[Scalar | None] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0

    def slip(self, mark: Any, what: str, remedy: str) -> None:
        """Notes a slip and reads on."""
        self.slips.append(Complaint(Place(self.file, mark.line + 1, mark.column + 1), what, remedy))

    def stop(self, mark: Any, what: str, remedy: str) -> None:
        """Notes a slip that nothing can be read after."""
        self.slip(mark, what, remedy)
        raise ContentError(self.slips)

    def take(self, event: yaml.Event) -> None:
        """One step of the parser."""
        self.nodes += 1
        if self.nodes > (most := self.limits.file_entries):
            self.stop(
                event.start_mark, f"this file has more than {most:,} entries.", f"Split it, {raise_it('file_entries')}"
            )
        if isinstance(event, yaml.AliasEvent):
            self.stop(
                event.start_mark,
                f"“*{event.anchor}” is an alias, which this house doesn't read.",
                "Write the value out, or put the text that begins with * in quotes.",
            )
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.keys.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(event.start_mark, "a second document begins here.", "Remove the line ---.")

    def _plain(self, event: Any) -> None:
        if event.anchor:
            self.stop(
                event.start_mark,
                f"“&{event.anchor}” is an anchor, which this house doesn't read.",
                "Remove it, or put the text that begins with & in quotes.",
            )
        if event.tag:
            self.stop(
                event.start_mark,
                f"“{event.tag}” is a tag, which this house doesn't read.",
                "Remove it, or put the text that begins with ! in quotes.",
            )

    def _open(self, event: Any) -> None:
        self._plain(event)
        if len(self.stack) >= (most := self.limits.file_depth):
            what = f"this is nested more than {most} deep."
            self.stop(event.start_mark, what, f"Write it flatter, {raise_it('file_depth')}")
        waiting = self._key_path()
        node = Mapping() if isinstance(event, yaml.MappingStartEvent) else Items()
        node.place, node.key = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1), waiting
        if isinstance(node, Mapping):
            node.flow = bool(event.flow_style)
        if self.stack and isinstance(self.stack[-1], Mapping) and self.keys[-1] is None:
            self.stop(
                event.start_mark, "a list or mapping stands where a key is expected.", "Write a single word as the key."
            )
        self._place(node)
        self.stack.append(node)
        self.keys.append(None)

    def _key_path(self) -> str:
        """The key path of the value that comes next: ``flatplan.3.show``."""
        if not self.stack:
            return ""
        parent, key = self.stack[-1], self.keys[-1]
        step = str(len(parent)) if isinstance(parent, Items) else str(key)
        return f"{parent.key}.{step}" if parent.key else step

    def _scalar(self, event: Any) -> None:
        self._plain(event)
        place = Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        parent = self.stack[-1] if self.stack else None
        if isinstance(parent, Mapping) and self.keys[-1] is None:
            self._key(event, parent, place)
            return
        scalar = Scalar(event.value, place, self._key_path())
        if match := CONTROL.search(event.value):
            self.slip(
                event.start_mark, f"the invisible character U+{ord(match[0]):04X} stands in this text.", "Delete it."
            )
        if event.style is None or event.style == "":
            self._cut(event)
            self._swallowed(event)
            self._hollow(event, parent)
        elif event.style == '"':
            self._lost_break(event)
        self._place(scalar)

    def _hollow(self, event: Any, parent: Mapping | Items | None) -> None:
        """An unquoted value that isn't there, and what an editor meant to write."""
        line = self.lines[event.start_mark.line] if event.start_mark.line < len(self.lines) else ""
        after = line[event.start_mark.column :].lstrip(" ")
        key = str(self.keys[-1]) if isinstance(parent, Mapping) else "-"
        if event.value:
            return
        if isinstance(parent, Mapping) and parent.flow and line[event.start_mark.column - 1] != ":":
            self.slips.append(bracketed(self.file, line, event.start_mark.line))
        elif after.startswith("#"):
            place = Place(self.file, event.start_mark.line + 1, len(line) - len(after) + 1)
            colour = re.match("#([0-9A-Fa-f]{6})(?![^ ])", after)
            remedy = (
                f"Write {colour[1]} without #." if colour else "Write the value before it, or put the text in quotes."
            )
            self.slips.append(Complaint(place, f"“#” begins a remark, so nothing stands after “{key}”.", remedy))
        else:
            self.slip(event.start_mark, f"nothing stands after “{key}”.", "Write a value, or remove the key.")

    def _lost_break(self, event: Any) -> None:
        """Between double quotes YAML reads a backslash first: before a space it vanishes."""
        for number in range(event.start_mark.line, min(event.end_mark.line + 1, len(self.lines))):
            line = self.lines[number]
            last = event.end_mark.column if number == event.end_mark.line else len(line)
            first = event.start_mark.column if number == event.start_mark.line else 0
            if match := re.compile(r"(?<!\\)(?:\\\\)*\\ ").search(line, first, last):
                place = Place(self.file, number + 1, match.end() - 1)
                what = "between double quotes a backslash before a space is lost."
                self.slips.append(
                    Complaint(place, what, "Write \\\\\\\\ to break the line, or use single quotes and \\\\.")
                )

    def _cut(self, event: Any) -> None:
        """An unquoted text ends at `` #`` without a word: the rest would be lost."""
        line = self.lines[event.end_mark.line] if event.end_mark.line < len(self.lines) else ""
        if event.value and line[event.end_mark.column :].lstrip(" ").startswith("#"):
            column = line.index("#", event.end_mark.column) + 1
            self.slips.append(
                Complaint(
                    Place(self.file, event.end_mark.line + 1, column),
                    "“ #” cuts the text off here.",
                    "Put the text in quotes, or the remark on a line of its own.",
                )
            )

    def _swallowed(self, event: Any) -> None:
        """A list entry that is indented too deep becomes part of the text above it."""
        for number in range(event.start_mark.line + 1, min(event.end_mark.line + 1, len(self.lines))):
            line = self.lines[number]
            if line.lstrip(" ").startswith("- "):
                place = Place(self.file, number + 1, line.index("-") + 1)
                remedy = "Indent it like the entry above, or put the text above in quotes."
                self.slips.append(Complaint(place, "this entry is swallowed by the text above it.", remedy))

    def _key(self, event: Any, parent: Mapping, place: Place) -> None:
        key = Scalar(event.value, place, f"{parent.key}.{event.value}" if parent.key else event.value)
        if event.value == "<<":
            self.stop(event.start_mark, "“<<” merges mappings, which this house doesn't do.", "Write the keys out.")
        again = event.value in parent
        if again and not parent.again:  # keys that follow one that repeats belong to the same slip
            first = next(k for k in parent if k == event.value)
            self.slip(
                event.start_mark,
                f"the key “{event.value}” stands here a second time; it was first written on line "
                f"{getattr(first, 'place', place).line}.",
                "Keep one of the two, or write the line above them that is missing.",
            )
        parent.again = again
        self.keys[-1] = key

    def _place(self, node: Any) -> None:
        if not self.stack:
            self.root = node
        elif isinstance(self.stack[-1], Items):
            self.stack[-1].append(node)
        else:
            key = self.keys[-1]
            assert key is not None
            self.stack[-1].setdefault(key, node)
            self.keys[-1] = None
