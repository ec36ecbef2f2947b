"""Shadings of triangles and patches: their corners read bit by bit and written with other colours
(PDF 32000-1, 8.7.4.5.5–8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.functions import Pairs

BITS = 16  # of each ink that is written


@dataclass(frozen=True)
class Layout:
    """How a mesh is packed: its shading type, the bits of flags, coordinates and colours, and the colours' ranges."""

    kind: int
    flag: int
    coordinate: int
    component: int
    ranges: Pairs

    @classmethod
    def of(cls, obj: Any, decode: Pairs) -> Layout:
        """The layout that a shading's dictionary tells."""
        kind = int(obj["/ShadingType"])
        flag = 0 if kind == 5 else int(obj["/BitsPerFlag"])
        return cls(kind, flag, int(obj["/BitsPerCoordinate"]), int(obj["/BitsPerComponent"]), decode[2:])

    def counts(self, flag: int) -> tuple[int, int]:
        """How many points and how many colours follow a flag."""
        if self.kind < 6:
            return 1, 1
        points = 12 if self.kind == 6 else 16
        return (points, 4) if flag == 0 else (points - 4, 2)


class _Bits:
    """Numbers of any width, one after the other."""

    def __init__(self, packed: bytes) -> None:
        self._whole, self._length, self._at = int.from_bytes(packed, "big"), len(packed) * 8, 0

    def take(self, width: int) -> int:
        """The next number of so many bits. Raises Unseparable at the end."""
        self._at += width
        if self._at > self._length:
            raise Unseparable("a mesh is cut short")
        return self._whole >> (self._length - self._at) & ((1 << width) - 1)

    def align(self) -> None:
        """Goes on at the next whole byte."""
        self._at = -(-self._at // 8) * 8

    @property
    def more(self) -> bool:
        """Whether a whole byte is left."""
        return self._length - self._at >= 8


def recoloured(packed: bytes, layout: Layout, colour: Callable[[Sequence[float]], Sequence[float]]) -> bytes:
    """The mesh with each corner's colour replaced by what ``colour`` makes of it, in 16 bits an ink."""
    return b"".join(_record(record) for record in _records(packed, layout, colour))


def _records(
    packed: bytes, layout: Layout, colour: Callable[[Sequence[float]], Sequence[float]]
) -> Iterator[list[tuple[int, int]]]:
    """Each corner or patch as numbers with their widths."""
    bits = _Bits(packed)
    top = (1 << layout.component) - 1
    while bits.more:
        flag = bits.take(layout.flag) & 3 if layout.flag else 0
        record = [(flag, layout.flag)] if layout.flag else []
        points, colours = layout.counts(flag)
        record += [(bits.take(layout.coordinate), layout.coordinate) for _ in range(points * 2)]
        for _ in range(colours):
            values = [low + bits.take(layout.component) / top * (high - low) for low, high in layout.ranges]
            record += [(round(ink * ((1 << BITS) - 1)), BITS) for ink in colour(values)]
        bits.align()
        yield record


def _record(numbers: list[tuple[int, int]]) -> bytes:
    """Numbers packed and filled up to a whole byte."""
    whole = length = 0
    for number, width in numbers:
        whole, length = whole << width | number, length + width
    gap = -length % 8
    return (whole << gap).to_bytes((length + gap) // 8, "big")
