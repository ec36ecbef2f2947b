"""Puts texts into a YAML file and leaves all the rest as it was: comments, order, quotes, line ends.

What comes out is read again before it is handed on: it must say what it said, and the new texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brochure.load.spans import Span, Step, key, spans
from brochure.load.yaml_text import read
from brochure.model.limits import Limits

Steps = tuple[Step, ...]
CEILING = Limits(file_megabytes=50, file_entries=2_000_000, file_depth=200)  # the house's own hold when it is read
BOM = b"\xef\xbb\xbf"
WIDTH = 116  # characters of a folded line
PLAIN = re.compile(r"[^\W_][^\n]*", re.UNICODE)
SIMPLE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*", re.ASCII)
#: What an unquoted text may not hold: the ends of keys and comments; in brackets also their signs.
ENDS, FLOW_ENDS = re.compile(r":( |$)| #|\s$|^\w+:"), re.compile(r"[,\[\]{}]|:")
#: Words that other readers of YAML take for truths, numbers and dates.
TYPED = re.compile(r"(?i:true|false|yes|no|on|off|null|y|n)|[\d.,:_+-]+[eE]?[\d.+-]*")


class Unwritable(ValueError):
    """A text that has no place in the file; the message says why."""


def texts(raw: bytes) -> dict[str, str]:
    """Every single text of a file by its key, as it is written, with its markup."""
    return {key(steps): span.value.strip() for steps, span in spans(_text(raw)).texts().items()}


def where(raw: bytes) -> dict[str, tuple[int, int]]:
    """Line and column, from 1, of every single text by its key."""
    text = _text(raw)
    return {
        key(steps): (text.count("\n", 0, span.start) + 1, span.start - text.rfind("\n", 0, span.start))
        for steps, span in spans(text).texts().items()
    }


def rewritten(raw: bytes, new: Mapping[str, str], skeleton: bytes) -> bytes:
    """The file with the texts of ``new`` (by key) in their places; those that it hasn't got are put where they stand
    in the file ``skeleton`` of the written language. An empty ``raw`` makes the file anew. Unwritable when a list's
    entry is given without the one before it."""
    if not raw.strip():
        return _made(new, skeleton)
    text = _text(raw)
    here = {key(steps): span for steps, span in spans(text).texts().items()}
    there = {name: value for name, value in new.items() if name in here and here[name].value.strip() != value}
    for name in sorted(there, key=lambda name: here[name].start, reverse=True):
        text = _replaced(text, here[name], there[name], _in_flow(text, here[name]))
    order = spans(_text(skeleton)).texts()
    for steps in order:
        if key(steps) in new and key(steps) not in here:
            text = _inserted(text, steps, new[key(steps)], [*order])
    return _checked(raw, text, new) if text != _text(raw) else raw


def _text(raw: bytes) -> str:
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _checked(raw: bytes, text: str, new: Mapping[str, str]) -> bytes:
    """The text as bytes, once it reads as it should."""
    expected = {**(texts(raw) if raw.strip() else {}), **new}
    out = (BOM if raw.startswith(BOM) else b"") + text.replace("\n", "\r\n" if b"\r\n" in raw else "\n").encode()
    read(out, "", CEILING)
    if texts(out) != expected:
        raise Unwritable("it would change other texts of its file.")
    return out


def _made(new: Mapping[str, str], skeleton: bytes) -> bytes:
    order = [steps for steps in spans(_text(skeleton)).texts() if key(steps) in new]
    text = ""
    for steps in order:
        text = _inserted(text, steps, new[key(steps)], order) if text else _grown(steps, new[key(steps)], 0)
    return _checked(b"", text, {key(steps): new[key(steps)] for steps in order})


def _in_flow(text: str, span: Span) -> bool:
    return span.style not in ("|", ">") and any(
        outer.flow and outer.start < span.start < outer.end for outer in _all(spans(text))
    )


def _all(span: Span) -> list[Span]:
    return [span, *(inner for child in span.inside.values() for inner in _all(child))]


def _replaced(text: str, span: Span, value: str, flow: bool) -> str:
    if span.style in ("|", ">"):
        line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        indent = len(line) - len(line.lstrip(" "))
        body = text[span.start : span.end].split("\n")[1:]
        inner = next((len(row) - len(row.lstrip(" ")) for row in body if row.strip(" ")), indent + 2)
        written = _folded(value, inner)
    else:
        written = _quoted(value, span.style, flow)
    return text[: span.start] + written + text[span.end :]


def _quoted(value: str, style: str, flow: bool = False) -> str:
    """A text on one line, in the quotes that it had if they will do."""
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    plain = PLAIN.fullmatch(value) and not ENDS.search(value) and not TYPED.fullmatch(value)
    if style == "" and plain and not (flow and FLOW_ENDS.search(value)):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _folded(value: str, indent: int) -> str:
    """A text over several lines, broken at single spaces."""
    rows, row = [], ""
    for word in re.split(r"(?<=\S) (?=\S)", value):
        if row and len(row) + 1 + len(word) > WIDTH - indent:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return "".join([">-", *(f"\n{' ' * indent}{line}" for line in [*rows, row])])


def _inserted(text: str, steps: Steps, value: str, order: list[Steps]) -> str:
    """The text with a value at a place where nothing stands yet."""
    parent, depth = spans(text), 0
    while steps[depth] in parent.inside and parent.inside[steps[depth]].kind != "text":
        parent, depth = parent.inside[steps[depth]], depth + 1
    step = steps[depth]
    if step in parent.inside or isinstance(step, int) != (parent.kind == "list"):
        raise Unwritable("its file has another shape there than the original.")
    new = [other for other in steps[depth + 1 :] if isinstance(other, int)]
    if any(new) or (isinstance(step, int) and step != len(parent.inside)):
        raise Unwritable("the entries before it in its list aren't translated.")
    if parent.flow:
        comma = ", " if parent.inside else ""
        return f"{text[: parent.end - 1].rstrip()}{comma}{_flowing(steps[depth:], value)}{text[parent.end - 1 :]}"
    grown = _grown(steps[depth:], value, parent.indent)
    before = _before(parent, [it[depth] for it in order if it[:depth] == steps[:depth]], step)
    if before is None:
        return f"{text[: parent.start]}{grown.lstrip(' ').rstrip()}\n{' ' * parent.indent}{text[parent.start :]}"
    end = text.find("\n", before.end)
    end = len(text) if end < 0 else end
    return f"{text[:end]}\n{grown.rstrip()}{text[end:] or chr(10)}"


def _before(parent: Span, order: list[Step], step: Step) -> Span | None:
    """The value after which a step belongs: the last one before it in the original's order that is there."""
    earlier = order[: order.index(step)]
    there = [parent.inside[other] for other in dict.fromkeys(earlier) if other in parent.inside]
    return there[-1] if there else None


def _grown(steps: Steps, value: str, indent: int) -> str:
    """Lines for a value and all the keys and dashes above it."""
    head = " " * indent
    for depth, step in enumerate(steps):
        head += "- " if isinstance(step, int) else f"{_name(step)}:"
        last = depth == len(steps) - 1
        if not isinstance(step, int) and not last:
            indent += 2
            head += "\n" + " " * indent
        elif isinstance(step, int):
            indent += 2
    space = "" if isinstance(steps[-1], int) else " "
    written = _quoted(value, "")
    if len(written) > WIDTH - indent:
        written = _folded(value, indent + (0 if isinstance(steps[-1], int) else 2))
    return f"{head}{space}{written}\n"


def _flowing(steps: Steps, value: str) -> str:
    out = _quoted(value, '"')
    for step in reversed(steps[1:]):
        out = f"[{out}]" if isinstance(step, int) else f"{{{_name(step)}: {out}}}"
    return out if isinstance(steps[0], int) else f"{_name(steps[0])}: {out}"


def _name(step: str) -> str:
    return step if SIMPLE_KEY.fullmatch(step) and not TYPED.fullmatch(step) else _quoted(step, '"')
