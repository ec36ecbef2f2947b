"""A file most of whose objects stay: they are packed once, and each copy adds the few that are its own.

Written as ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams) say. Objects are numbered as they are
reached from the catalogue, so that the bytes depend on nothing but what the file holds."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from operator import and_, sub
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"  # four bytes beyond ASCII: ISO 19005-2, 6.1.2
#: Strings, which may hold anything, and references; numbers of references are caught.
REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|(\d+) 0 R\b", re.DOTALL)
LENGTH = re.compile(rb"/Length (?:\d+ 0 R|\d+)")
TOGETHER = 100  # objects in one object stream
WIDTHS = 1, 4, 1  # bytes of an entry of the cross-reference: its kind, where, which
ROW = sum(WIDTHS)
_row = struct.Struct(">BIB").pack
FREE, PLAIN, PACKED = 0, 1, 2
UP = b"\x02"  # the predictor of each row: its difference from the one above
MARK = "/BP_Fixed"  # on what stands for a fixed object in the outline of a copy
ELEMENT = Name.StructElem
TURNS = 16

Entry = tuple[int, int, int]


class Said(NamedTuple):
    """An object as it is written: its text, cut before and behind the numbers that it points to; a stream's content."""

    texts: tuple[bytes, ...]
    points: tuple[int, ...]
    content: bytes | None

    def numbered(self, numbers: Mapping[int, bytes]) -> bytes:
        """The text with other numbers."""
        parts = [it for text, to in zip(self.texts, self.points, strict=False) for it in (text, numbers[to])]
        return b"".join((*parts, self.texts[-1]))


def said(obj: Any) -> Said:
    """What an indirect object says."""
    content = None
    if isinstance(obj, pikepdf.Stream):
        content = bytes(obj.read_raw_bytes())
        text = LENGTH.sub(b"", obj.stream_dict.unparse(resolved=True), count=1)
        text = b"<< /Length %d" % len(content) + text[2:]
    else:
        text = obj.unparse(resolved=True)
    texts, points, last = [], [], 0
    for found in REFERENCE.finditer(text):
        if found[1]:
            texts.append(text[last : found.start(1)])
            points.append(int(found[1]))
            last = found.end(1)
    return Said((*texts, text[last:]), tuple(points), content)


class Master:
    """The pages that copies share, as a file, and what its structure elements and streams say: it is bound in one order
    after the other, which changes none of these. ``size``: the first number of an object that the file hasn't."""

    def __init__(self, content: bytes) -> None:
        self.content, self.size = content, 0
        self.kept: dict[int, Said] = {}

    def open(self) -> pikepdf.Pdf:
        """The file, to be changed."""
        pdf = pikepdf.open(io.BytesIO(self.content))
        self.size = int(pdf.trailer.Size)
        return pdf

    def look(self, pdf: pikepdf.Pdf, number: int) -> Said:
        """What an object says, kept if it lasts."""
        if found := self.kept.get(number):
            return found
        obj = pdf.get_object(number, 0)
        out = said(obj)
        lasting = isinstance(obj, pikepdf.Stream) or (isinstance(obj, Dictionary) and obj.get("/Type") == ELEMENT)
        if lasting and number < self.size:
            self.kept[number] = out
        return out


def reached(starts: Iterable[int], look: Callable[[int], Said], known: Iterable[int] = ()) -> dict[int, Said]:
    """Every object that can be reached from some, near ones first; ``known`` ones are not gone through."""
    out: dict[int, Said] = {}
    seen, waiting = {*known}, list(starts)
    for number in waiting:
        if number not in seen:
            seen.add(number)
            out[number] = look(number)
            waiting.extend(out[number].points)
    return out


class Fixed:
    """The objects of ``pdf`` but for the ``loose`` ones, packed. ``outline`` is a small file with the loose ones at its
    catalogue's ``/Loose``, in which marks stand for what they point to."""

    def __init__(self, pdf: pikepdf.Pdf, loose: Sequence[Any], master: Master) -> None:
        root, info = pdf.Root.objgen[0], pdf.trailer.Info.objgen[0]
        apart = {it.objgen[0]: said(it) for it in loose}
        whole = reached((root, info), lambda number: apart.get(number) or master.look(pdf, number))
        stay = {number: it for number, it in whole.items() if number not in apart}
        packed = [number for number, it in stay.items() if it.content is None]
        groups = [packed[start : start + TOGETHER] for start in range(0, len(packed), TOGETHER)]
        order = [*stay, *(-index for index in range(1, len(groups) + 1)), *apart]
        self.count = len(order) - len(apart) + 1
        numbers = {number: b"%d" % place for place, number in enumerate(order, 1)}
        self.places = {number: int(numbers[number]) for number in whole}
        self.root, self.info = self.places[root], self.places[info]
        self.head = bytearray(HEAD)
        entries: dict[int, Entry] = {0: (FREE, 0, 0)}
        for number, it in stay.items():
            if it.content is not None:
                place = self.places[number]
                entries[place] = (PLAIN, len(self.head), 0)
                self.head += _stream(place, it.numbered(numbers), it.content)
        for index, group in enumerate(groups, 1):
            at = int(numbers[-index])
            entries[at] = (PLAIN, len(self.head), 0)
            entries |= {self.places[number]: (PACKED, at, place) for place, number in enumerate(group)}
            self.head += _together(at, [(self.places[number], stay[number].numbered(numbers)) for number in group])
        table = b"".join(_row(*entries[number]) for number in range(self.count))
        self.packer = zlib.compressobj()
        self.last = table[-ROW:]
        self.table = self.packer.compress(_differences(bytes(ROW) + table))
        self.digest = hashlib.sha256(self.head)
        self.outline = self._outline(loose)

    def _outline(self, loose: Sequence[Any]) -> bytes:
        with pikepdf.new() as small:
            held = {it.objgen[0]: small.make_indirect(Dictionary()) for it in loose}
            moved = _Moved(small, held, self.places)
            for it in loose:
                for key, value in it.items():
                    held[it.objgen[0]][key] = moved(value)
            small.Root.Loose = Array([held[it.objgen[0]] for it in loose])
            out = io.BytesIO()
            small.save(out, static_id=True)
        with pikepdf.open(io.BytesIO(out.getvalue())) as again:
            marks = [it for it in again.objects if isinstance(it, Dictionary) and MARK in it]
            self.marks = {it.objgen[0]: int(it[MARK]) for it in marks}
        return out.getvalue()

    def file(self, small: pikepdf.Pdf) -> bytes:
        """The whole file: what is fixed, and what ``small`` holds, an outline that was filled in."""
        loose = [it.objgen[0] for it in small.Root.Loose]
        own = reached(loose, lambda number: said(small.get_object(number, 0)), self.marks)
        for turn in range(TURNS):  # a packed stream may happen to end with a carriage return: ISO 19005-2, 6.1.7.1
            written = self._file([*loose, *(number for number in own if number not in loose)], own, turn)
            if written is not None:
                return written
        raise AssertionError("no stream of many ended without a carriage return")

    def _file(self, order: Sequence[int], own: Mapping[int, Said], spare: int) -> bytes | None:
        places = self.marks | {number: self.count + place for place, number in enumerate(order)}
        numbers = {number: b"%d" % place for number, place in places.items()}
        tail, entries, start = bytearray(), dict[int, Entry](), len(self.head)
        packed: list[tuple[int, bytes]] = []
        for number in order:
            text, content = own[number].numbered(numbers), own[number].content
            if content is None:
                packed.append((places[number], text))
            else:
                entries[places[number]] = (PLAIN, start + len(tail), 0)
                tail += _stream(places[number], text, content)
        at = self.count + len(order)
        for step in range(0, len(packed), TOGETHER):
            group = packed[step : step + TOGETHER]
            entries |= {place: (PACKED, at, index) for index, (place, _) in enumerate(group)}
            entries[at] = (PLAIN, start + len(tail), 0)
            tail += _together(at, group)
            at += 1
        for free in range(at, at + spare):
            entries[free] = (FREE, 0, 0)
        at += spare
        entries[at] = (PLAIN, start + len(tail), 0)
        tail += self._cross(at, entries, bytes(tail))
        return None if b"\r\nendstream" in tail else bytes(self.head + tail)

    def _cross(self, at: int, entries: Mapping[int, Entry], tail: bytes) -> bytes:
        """The cross-reference: the rows of what is fixed are packed already."""
        packer = self.packer.copy()
        rows = b"".join(_row(*entries[number]) for number in range(self.count, at + 1))
        content = self.table + packer.compress(_differences(self.last + rows)) + packer.flush()
        digest = self.digest.copy()
        digest.update(tail)
        name = digest.hexdigest()[:32].encode()
        text = (
            b"<< /Type /XRef /Size %d /W [ %d %d %d ] /Root %d 0 R /Info %d 0 R /ID [ <%b> <%b> ] /Filter /FlateDecode "
            b"/DecodeParms << /Predictor 12 /Columns %d >> /Length %d >>"
        ) % (at + 1, *WIDTHS, self.root, self.info, name, name, ROW, len(content))
        start = len(self.head) + len(tail)
        return _stream(at, text, content) + b"startxref\n%d\n%%%%EOF\n" % start


class _Moved:
    """Brings a value into the outline; what it points to becomes a mark."""

    def __init__(self, small: pikepdf.Pdf, held: Mapping[int, Any], places: Mapping[int, int]) -> None:
        self.small, self.held, self.places = small, held, places
        self.marks: dict[int, Any] = {}

    def __call__(self, value: Any) -> Any:
        if not isinstance(value, pikepdf.Object):
            return value
        if value.is_indirect:
            number = value.objgen[0]
            if number in self.held:
                return self.held[number]
            if number not in self.marks:
                self.marks[number] = self.small.make_indirect(Dictionary({MARK: self.places[number]}))
            return self.marks[number]
        if isinstance(value, Dictionary):
            return Dictionary({key: self(part) for key, part in value.items()})
        return Array([self(part) for part in value]) if isinstance(value, Array) else value


def _stream(number: int, text: bytes, content: bytes) -> bytes:
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, text, content)


def _together(number: int, group: Sequence[tuple[int, bytes]]) -> bytes:
    """An object stream: the objects' numbers and where each begins, then the objects."""
    index, body = bytearray(), bytearray()
    for place, text in group:
        index += b"%d %d " % (place, len(body))
        body += text + b"\n"
    content = zlib.compress(bytes(index + body))
    if content.endswith(b"\r"):
        content = zlib.compress(bytes(index + body) + b"\n")
    text = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % (
        len(group),
        len(index),
        len(content),
    )
    return _stream(number, text, content)


def _differences(rows: bytes) -> bytes:
    """Each row but the first as its difference from the one above it."""
    changes = bytes(map(and_, map(sub, rows[ROW:], rows), repeat(255)))
    return b"".join(UP + changes[start : start + ROW] for start in range(0, len(changes), ROW))
