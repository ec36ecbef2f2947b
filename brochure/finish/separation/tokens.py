"""Content streams as operations: a fast reader for what PDF 32000-1, 7.8.2 allows, and nothing else.

A path is most of a brochure's bytes and holds no colour: a whole run of path building is one operation named PATH."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PATH = b"PATH"  # a run of m l c v y h re: passed on as it stands
INLINE = b"BI"  # a whole inline image: operands hold its dictionary, ``image`` its bytes
DEPTH = 6  # nested brackets that are read: strings, arrays and dictionaries

Operand = float | bytes | str | list[Any] | dict[str, Any] | bool | None

_WS = rb"[\x00\t\n\x0c\r ]"
_GAP = rb"(?:" + _WS + rb"|%[^\r\n]*+)*+"
_NUMBER = rb"[+-]?+(?:\d++(?:\.\d*+)?+|\.\d++)"
_NAME = rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+"
_HEX = rb"<[\dA-Fa-f\x00\t\n\x0c\r ]*+>"
_END = rb"(?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z)"


def _nested(opening: bytes, inner: bytes, closing: bytes, depth: int = DEPTH) -> bytes:
    """A pattern of brackets in brackets, ``depth`` deep."""
    pattern = opening + rb"(?:" + inner + rb")*+" + closing
    for _ in range(depth):
        pattern = opening + rb"(?:" + inner + rb"|" + pattern + rb")*+" + closing
    return pattern


_STRING = _nested(rb"\(", rb"[^()\\]++|\\[\s\S]", rb"\)")
_PLAIN = rb"(?:" + rb"|".join((_NUMBER, _NAME, _HEX, _STRING, rb"(?:true|false|null)" + _END)) + rb")"
_SPACED = rb"|".join((_PLAIN, _WS, rb"%[^\r\n]*+"))


def _bracketed(depth: int) -> bytes:
    """A pattern of what stands in an array or dictionary, itself ``depth`` brackets deep."""
    inner = _bracketed(depth - 1) if depth else rb"(?!)"
    return _SPACED + rb"|\[(?:" + inner + rb")*+\]|<<(?:" + inner + rb")*+>>"


_OPERAND = rb"(?:" + _bracketed(4) + rb")"
_OPERATION = re.compile(
    _GAP + rb"(?P<operands>(?:" + _OPERAND + _GAP + rb")*+)(?P<operator>[A-Za-z'\"][A-Za-z0-9*'\"]*+)" + _END
)
_PATHS = re.compile(
    rb"(?:" + _GAP + rb"(?:(?:" + _NUMBER + _GAP + rb"){2,6}+(?:[mlcvy]|re)|h)" + _END + rb")++"
)  # fmt: skip
_TOKEN = re.compile(
    rb"(?P<number>" + _NUMBER + rb")|(?P<name>" + _NAME + rb")|(?P<open><<|\[)|(?P<close>>>|\])|(?P<hex>" + _HEX
    + rb")|(?P<string>" + _STRING + rb")|(?P<word>true|false|null)|(?P<gap>" + _WS + rb"++|%[^\r\n]*+)")  # fmt: skip
_GAPS = re.compile(_GAP)
_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
_ID = re.compile(_GAP + rb"((?:" + _OPERAND + _GAP + rb")*+)ID" + _WS)
_EI = re.compile(_WS + rb"*EI" + _END)


class Unreadable(ValueError):
    """A content stream breaks off or isn't one; the message quotes where."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator with its operands as written. ``image``: an inline image's bytes, still filtered."""

    operator: bytes
    raw: bytes
    image: bytes = b""

    @property
    def operands(self) -> list[Operand]:
        """The operands read: numbers as float, names as ``/Name``, strings as bytes."""
        return read(self.raw)


def operations(content: bytes) -> Iterator[Operation]:
    """Every operation of a content stream. Raises Unreadable at the first byte that is none."""
    position, end = 0, len(content)
    while position < end:
        if path := _PATHS.match(content, position):
            yield Operation(PATH, path.group())
            position = path.end()
            continue
        found = _OPERATION.match(content, position)
        if found is None:
            if (gap := _GAPS.match(content, position)) and gap.end() == end:
                return
            raise Unreadable(content[position : position + 40].decode("latin-1").strip())
        position = found.end()
        if found["operator"] == INLINE:
            operation, position = _inline(content, position)
            yield operation
        else:
            yield Operation(found["operator"], found["operands"])


def read(raw: bytes) -> list[Operand]:
    """Operands as values."""
    stack: list[list[Operand]] = [[]]
    for token in _TOKEN.finditer(raw):
        kind, text = token.lastgroup, token.group()
        if kind == "open":
            stack.append([])
        elif kind == "close":
            inner = stack.pop()
            stack[-1].append(inner if text == b"]" else _dictionary(inner))
        elif kind != "gap":
            stack[-1].append(_value(str(kind), text))
    return stack[0]


def numbers(raw: bytes) -> tuple[float, ...]:
    """Operands that are all numbers. Raises Unreadable when one is not."""
    try:
        return tuple(map(float, raw.split()))
    except ValueError:
        values = read(raw)
        if not all(isinstance(value, float) for value in values):
            raise Unreadable(raw[:40].decode("latin-1").strip()) from None
        return tuple(value for value in values if isinstance(value, float))


def _value(kind: str, text: bytes) -> Operand:
    if kind == "number":
        return float(text)
    if kind == "name":
        return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text).decode("latin-1")
    return _WORDS[text] if kind == "word" else text


def _dictionary(values: list[Operand]) -> dict[str, Any]:
    return {str(key): value for key, value in zip(values[::2], values[1::2], strict=False)}


def _inline(content: bytes, position: int) -> tuple[Operation, int]:
    """An inline image from behind its ``BI``: the operation and where the next one starts."""
    head = _ID.match(content, position)
    if head is None:
        raise Unreadable(content[position : position + 40].decode("latin-1"))
    start = head.end()
    about = _dictionary(read(head[1]))
    end = start + _extent(about, content[start:])
    tail = _EI.match(content, end) or _EI.search(content, end)
    if tail is None:
        raise Unreadable("BI " + head[1][:30].decode("latin-1"))
    return Operation(INLINE, head[1], content[start : tail.start()]), tail.end()


def _extent(about: dict[str, Any], rest: bytes) -> int:
    """At least how many bytes an inline image's samples take, so that no ``EI`` among them ends it."""
    chain = about.get("/F", about.get("/Filter"))
    first = chain[0] if isinstance(chain, list) and chain else chain
    if first in {"/Fl", "/FlateDecode"}:
        unpacking = zlib.decompressobj()
        try:
            unpacking.decompress(rest)
        except zlib.error as error:
            raise Unreadable(f"an inline image ({error})") from None
        return len(rest) - len(unpacking.unused_data)
    if first in {"/DCT", "/DCTDecode"}:
        return rest.find(b"\xff\xd9") + 2
    if first:
        return 0
    parts = {"/G": 1, "/DeviceGray": 1, "/RGB": 3, "/DeviceRGB": 3, "/CMYK": 4, "/DeviceCMYK": 4}
    space = about.get("/CS", about.get("/ColorSpace"))
    bits = 1 if about.get("/IM", about.get("/ImageMask")) else int(about.get("/BPC", about.get("/BitsPerComponent", 8)))
    count = parts.get(space, 1) if isinstance(space, str) else 1
    width, height = int(about.get("/W", about.get("/Width", 0))), int(about.get("/H", about.get("/Height", 0)))
    return (width * count * bits + 7) // 8 * height
