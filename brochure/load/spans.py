"""Where each value of a YAML file begins and ends, so that one can be replaced and the rest stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from brochure.load.yaml_text import LOADER

Step = str | int


@dataclass
class Span:
    """A value in the text: its first and last character's offsets (``end`` is the one after), the column of its first
    key or dash (``indent``), how it is written, and what it holds."""

    kind: Literal["text", "mapping", "list"]
    start: int
    end: int
    indent: int
    style: str = ""
    flow: bool = False
    value: str = ""
    inside: dict[Step, Span] = field(default_factory=dict)

    def texts(self, at: tuple[Step, ...] = ()) -> dict[tuple[Step, ...], Span]:
        """Every single text below, by the steps that lead to it."""
        if self.kind == "text":
            return {at: self}
        return {steps: text for step, span in self.inside.items() for steps, text in span.texts((*at, step)).items()}


def key(steps: tuple[Step, ...]) -> str:
    """The key path as places and translators name it: ``sections.1.title``."""
    return ".".join(map(str, steps))


def spans(text: str) -> Span:
    """The root of a text that was read before without a slip (by ``yaml_text.read``)."""
    reader = _Reader(text)
    for event in yaml.parse(text, Loader=LOADER):
        reader.take(event)
    assert reader.root is not None
    return reader.root


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0]
        for index, character in enumerate(text):
            if character == "\n":
                self.lines.append(index + 1)
        self.root: Span | None = None
        self.stack: list[Span] = []
        self.keys: list[str | None] = []

    def offset(self, mark: Any) -> int:
        """A mark's character in the text."""
        return (
            min(self.lines[mark.line] + mark.column, len(self.text)) if mark.line < len(self.lines) else len(self.text)
        )

    def take(self, event: yaml.Event) -> None:
        """One step of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            if self.stack and self.stack[-1].kind == "mapping" and self.keys[-1] is None:
                self.keys[-1] = event.value
                return
            self.put(self.scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            kind: Literal["mapping", "list"] = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
            start, mark = self.offset(event.start_mark), event.start_mark
            span = Span(kind, start, start, mark.column if mark else 0, flow=bool(event.flow_style))
            self.put(span)
            self.stack.append(span)
            self.keys.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            span = self.stack.pop()
            self.keys.pop()
            last = list(span.inside.values())[-1:]
            span.end = self.offset(event.end_mark) if span.flow else last[0].end if last else span.start

    def put(self, span: Span) -> None:
        """Hangs a value below the mapping or list that is open."""
        if not self.stack:
            self.root = span
            return
        parent = self.stack[-1]
        if parent.kind == "list":
            parent.inside[len(parent.inside)] = span
        else:
            parent.inside[str(self.keys[-1])] = span
            self.keys[-1] = None

    def scalar(self, event: Any) -> Span:
        """A single text; a block ends with its last line that isn't empty, not where the next thing begins."""
        start, end = self.offset(event.start_mark), self.offset(event.end_mark)
        style = event.style or ""
        if style in ("|", ">"):
            end = self._block_end(start, end)
        return Span("text", start, end, event.start_mark.column, style, value=event.value)

    def _block_end(self, start: int, end: int) -> int:
        header, _, body = self.text[start:end].partition("\n")
        lines = body.split("\n")
        indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" ")]
        if not indents:
            return start + len(header)
        kept = start + len(header)
        at = kept
        for line in lines:
            at += 1 + len(line)
            if line.strip(" ") and len(line) - len(line.lstrip(" ")) < indents[0]:
                break
            if line.strip(" "):
                kept = at
        return kept
