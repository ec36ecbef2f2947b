"""PDF functions as Python callables: sampled, exponential, stitching and calculator (PDF 32000-1, 7.10)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf

from brochure.finish.separation import calculator
from brochure.finish.separation.errors import Unseparable

Values = tuple[float, ...]
Pairs = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Function:
    """A function from as many numbers as ``domain`` has pairs; ``range`` clips what comes out, () when it needn't."""

    domain: Pairs
    range: Pairs
    rule: Callable[[Values], Values]

    def __call__(self, *inputs: float) -> Values:
        found = self.rule(_clipped(inputs, self.domain))
        return _clipped(found, self.range) if self.range else found


def function(obj: pikepdf.Object) -> Function:
    """The function behind an object; an array of functions with one output each counts as one."""
    if isinstance(obj, pikepdf.Array):
        parts = [function(part) for part in obj]
        return Function(parts[0].domain, (), lambda inputs: tuple(part(*inputs)[0] for part in parts))
    rules = {0: _sampled, 2: _exponential, 3: _stitched, 4: _calculated}
    kind = int(obj.get("/FunctionType", -1))
    if kind not in rules:
        raise Unseparable(f"a function of type {kind} is unknown")
    return Function(pairs(obj["/Domain"]), pairs(obj.get("/Range", pikepdf.Array())), rules[kind](obj))


def pairs(array: pikepdf.Object) -> Pairs:
    """An array of numbers, two by two."""
    values = [float(value) for value in array]
    return tuple(zip(values[::2], values[1::2], strict=True))


def _clipped(values: Sequence[float], limits: Pairs) -> Values:
    return tuple(min(max(value, low), high) for value, (low, high) in zip(values, limits, strict=False))


def _scaled(value: float, old: tuple[float, float], new: tuple[float, float]) -> float:
    """Interpolation between two intervals; the lower end of the new one when the old one has no width."""
    if old[1] == old[0]:
        return new[0]
    return new[0] + (value - old[0]) * (new[1] - new[0]) / (old[1] - old[0])


def _exponential(obj: pikepdf.Object) -> Callable[[Values], Values]:
    """Type 2: C0 + x^N (C1 − C0)."""
    first = [float(value) for value in obj.get("/C0", pikepdf.Array([0]))]
    last = [float(value) for value in obj.get("/C1", pikepdf.Array([1]))]
    power = float(obj["/N"])
    return lambda inputs: tuple(a + inputs[0] ** power * (b - a) for a, b in zip(first, last, strict=True))


def _stitched(obj: pikepdf.Object) -> Callable[[Values], Values]:
    """Type 3: one function for each stretch between two bounds."""
    parts = [function(part) for part in obj["/Functions"]]
    bounds = [float(value) for value in obj["/Bounds"]]
    encode = pairs(obj["/Encode"])
    low, high = pairs(obj["/Domain"])[0]
    edges = [low, *bounds, high]

    def rule(inputs: Values) -> Values:
        index = min(sum(inputs[0] >= bound for bound in bounds), len(parts) - 1)
        return parts[index](_scaled(inputs[0], (edges[index], edges[index + 1]), encode[index]))

    return rule


def _sampled(obj: pikepdf.Object) -> Callable[[Values], Values]:
    """Type 0: a table, read linearly in every direction."""
    domain, outputs = pairs(obj["/Domain"]), pairs(obj["/Range"])
    sizes = [int(value) for value in obj["/Size"]]
    bits = int(obj["/BitsPerSample"])
    encode = pairs(obj["/Encode"]) if "/Encode" in obj else tuple((0.0, size - 1.0) for size in sizes)
    decode = pairs(obj["/Decode"]) if "/Decode" in obj else outputs
    count = len(outputs)
    table = _samples(obj.read_bytes(), bits, math.prod(sizes) * count)
    strides = [math.prod(sizes[:axis]) for axis in range(len(sizes))]

    def rule(inputs: Values) -> Values:
        spots = [
            min(max(_scaled(value, domain[axis], encode[axis]), 0), sizes[axis] - 1)
            for axis, value in enumerate(inputs)
        ]
        total = [0.0] * count
        for corner in itertools.product((0, 1), repeat=len(sizes)):
            lower = [min(int(spot), max(size - 2, 0)) for spot, size in zip(spots, sizes, strict=True)]
            weight = math.prod(
                spot - low if up else 1 - (spot - low) for spot, low, up in zip(spots, lower, corner, strict=True)
            )
            if weight:
                start = sum((low + up) * stride for low, up, stride in zip(lower, corner, strides, strict=True)) * count
                total = [value + weight * table[start + part] for part, value in enumerate(total)]
        return tuple(_scaled(value, (0, 2**bits - 1), decode[part]) for part, value in enumerate(total))

    return rule


def _samples(packed: bytes, bits: int, count: int) -> list[int]:
    """``count`` numbers of so many bits each, packed without gaps."""
    whole = int.from_bytes(packed, "big")
    length = len(packed) * 8
    if count * bits > length:
        raise Unseparable("a sampled function's table is cut short")
    if bits == 8:
        return list(packed[:count])
    return [whole >> (length - (index + 1) * bits) & (2**bits - 1) for index in range(count)]


def _calculated(obj: pikepdf.Object) -> Callable[[Values], Values]:
    """Type 4: a small PostScript program."""
    program = calculator.parsed(obj.read_bytes())
    count = len(pairs(obj["/Range"]))
    return lambda inputs: tuple(calculator.run(program, list(inputs))[-count:])
