"""Gradients of triangles and patches with other colours at their corners (ISO 32000-1, 8.7.4.5.5–8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

MOST_BYTES = 20_000_000  # of one mesh
#: Shading type → points and colours of a record; of one that goes on from an edge of the one before.
COUNTS = {4: ((1, 1), (1, 1)), 5: ((1, 1), (1, 1)), 6: ((12, 4), (8, 2)), 7: ((16, 4), (12, 2))}

Colour = Callable[[Sequence[float]], Sequence[float]]


def recoloured(source: Any, components: int, colour: Colour) -> tuple[bytes, list[float]]:
    """A mesh's corners with what ``colour`` makes of the ``components`` values of each, in 8 bits a value, and the
    Decode array that fits it. ValueError for what is no mesh; what is cut short ends with its last whole record."""
    packed, decode = source.read_bytes(), [float(edge) for edge in source["/Decode"]]
    kind, depth = int(source["/ShadingType"]), int(source["/BitsPerComponent"])
    if kind not in COUNTS or len(packed) > MOST_BYTES or len(decode) != 4 + 2 * components:
        raise ValueError("a mesh of an unknown kind")
    ranges, top = list(zip(decode[4::2], decode[5::2], strict=True)), (1 << depth) - 1
    out, values = [], 0
    for head, width, numbers in _records(packed, source, kind, components):
        corners = [numbers[at : at + components] for at in range(0, len(numbers), components)]
        made = [
            round(value * 255)
            for corner in corners
            for value in colour([low + n / top * (high - low) for n, (low, high) in zip(corner, ranges, strict=True)])
        ]
        values, gap = len(made) // len(corners), -width % 8
        whole = head << 8 * len(made) | int.from_bytes(bytes(made), "big")
        out.append((whole << gap).to_bytes((width + gap) // 8 + len(made), "big"))
    if not out:
        raise ValueError("a mesh without corners")
    return b"".join(out), [*decode[:4], *[0.0, 1.0] * values]


def _records(packed: bytes, source: Any, kind: int, components: int) -> Iterator[tuple[int, int, list[int]]]:
    """Each corner or patch: its flag and points as one number and how many bits that has, and its colours' values.
    Each record fills whole bytes."""
    flag = 0 if kind == 5 else int(source["/BitsPerFlag"])
    coordinate, depth = int(source["/BitsPerCoordinate"]), int(source["/BitsPerComponent"])
    if not (0 <= flag <= 8 and 1 <= coordinate <= 32 and 1 <= depth <= 16):
        raise ValueError("a mesh of impossible numbers")
    at = 0
    while at < len(packed):
        goes_on = bool(flag and packed[at] >> (8 - flag) & 3)
        points, colours = COUNTS[kind][goes_on]
        head, tail = flag + 2 * points * coordinate, colours * components * depth
        size = (head + tail + 7) // 8
        if at + size > len(packed):
            return
        whole = int.from_bytes(packed[at : at + size], "big") >> (size * 8 - head - tail)
        mask = (1 << depth) - 1
        yield whole >> tail, head, [whole >> shift & mask for shift in range(tail - depth, -1, -depth)]
        at += size
