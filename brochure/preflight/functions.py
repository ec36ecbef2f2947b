"""PDF functions of one input or two, evaluated (ISO 32000-1, 7.10): what a gradient's colours are made by."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from pikepdf import Array, Stream

DEEPEST = 8
MOST_SAMPLES = 1_000_000
MOST_PROGRAM = 100_000  # bytes
Function = Callable[..., list[float]]  # of as many numbers as it has inputs


def function(source: Any, inputs: int = 1, depth: int = 0) -> Function:
    """A function of one input or two, or an array of functions with one output each; ValueError for what can't be
    evaluated."""
    if depth > DEEPEST:
        raise ValueError("functions inside each other without end")
    if isinstance(source, Array):
        parts = [function(part, inputs, depth + 1) for part in source]
        return lambda *given: [value for part in parts for value in part(*given)]
    edges = list(map(float, source["/Domain"]))
    made = (MADE if inputs == 1 else MADE_OF_TWO).get(int(source["/FunctionType"]))
    if made is None or len(edges) != 2 * inputs:
        raise ValueError("a function of another kind")
    inner = made(source, edges, depth)
    limits = list(zip(edges[::2], edges[1::2], strict=True))
    return lambda *given: inner(*(min(high, max(low, x)) for x, (low, high) in zip(given, limits, strict=True)))


def _sampled(source: Any, edges: list[float], depth: int) -> Function:
    """Type 0: a table of samples, straight lines between them."""
    low, high = edges
    size = int(source["/Size"][0])
    value, outputs = _table(source, size)
    first, last = list(map(float, source.get("/Encode", [0, size - 1])))[:2]

    def evaluate(x: float) -> list[float]:
        place = first + (x - low) / (high - low or 1) * (last - first)
        left, part = _spot(place / max(size - 1, 1), size)
        right = min(left + 1, size - 1)
        return [value(left, out) * (1 - part) + value(right, out) * part for out in range(outputs)]

    return evaluate


def _sampled_plane(source: Any, edges: list[float], depth: int) -> Function:
    """Type 0 of two inputs: rows of samples, straight lines between them in both directions."""
    wide, tall = (int(size) for size in source["/Size"])
    value, outputs = _table(source, wide * tall)
    (left, right), (low, high) = edges[:2], edges[2:]
    ends = list(map(float, source.get("/Encode", [0, wide - 1, 0, tall - 1])))

    def evaluate(x: float, y: float) -> list[float]:
        across = ends[0] + (x - left) / (right - left or 1) * (ends[1] - ends[0])
        up = ends[2] + (y - low) / (high - low or 1) * (ends[3] - ends[2])
        (column, part), (row, share) = _spot(across / max(wide - 1, 1), wide), _spot(up / max(tall - 1, 1), tall)
        columns = ((column, 1 - part), (min(column + 1, wide - 1), part))
        rows = ((row, 1 - share), (min(row + 1, tall - 1), share))
        return [
            sum(value(r * wide + c, out) * a * b for c, a in columns for r, b in rows if a * b)
            for out in range(outputs)
        ]

    return evaluate


def _spot(share: float, size: int) -> tuple[int, float]:
    """Which of ``size`` samples lies before a share of their whole way, and how far it is to the next."""
    spot = min(max(share, 0.0), 1.0) * (size - 1)
    return int(spot), spot - int(spot)


def _table(source: Any, size: int) -> tuple[Callable[[int, int], float], int]:
    """A table's ``size`` samples: each by its number and that of an output; and how many outputs there are."""
    bits = int(source["/BitsPerSample"])
    ranges = list(map(float, source["/Range"]))
    outputs = len(ranges) // 2
    decode = list(map(float, source.get("/Decode", ranges)))
    if size * outputs > MOST_SAMPLES or size < 1:
        raise ValueError("a function with too many samples")
    stream = int.from_bytes(source.read_bytes()[: (size * outputs * bits + 7) // 8], "big")
    total, top = (size * outputs * bits + 7) // 8 * 8, (1 << bits) - 1
    values = [stream >> (total - (at + 1) * bits) & top for at in range(size * outputs)]

    def value(at: int, output: int) -> float:
        first, last = decode[2 * output : 2 * output + 2]
        return first + values[at * outputs + output] / top * (last - first)

    return value, outputs


def _exponential(source: Any, edges: list[float], depth: int) -> Function:
    """Type 2: between two colours."""
    first, last = list(map(float, source.get("/C0", [0]))), list(map(float, source.get("/C1", [1])))
    power = float(source["/N"])
    return lambda x: [a + (x**power if x or power else 1.0) * (b - a) for a, b in zip(first, last, strict=True)]


def _stitched(source: Any, ends: list[float], depth: int) -> Function:
    """Type 3: functions one after another."""
    parts = [function(part, 1, depth + 1) for part in source["/Functions"]]
    edges = [ends[0], *map(float, source["/Bounds"]), ends[1]]
    encode = list(map(float, source["/Encode"]))

    def evaluate(x: float) -> list[float]:
        index = next((at for at in range(len(parts) - 1) if x < edges[at + 1]), len(parts) - 1)
        start, end = edges[index : index + 2]
        first, last = encode[2 * index : 2 * index + 2]
        return parts[index](first + (x - start) / (end - start) * (last - first) if end > start else first)

    return evaluate


def _calculated(source: Any, edges: list[float], depth: int) -> Function:
    """Type 4: a small PostScript program."""
    if not isinstance(source, Stream):
        raise ValueError("a program without a stream")
    words = source.read_bytes()[:MOST_PROGRAM].decode("latin-1").replace("{", " { ").replace("}", " } ").split()
    program, _ = _block(words, 1)
    ranges = list(map(float, source["/Range"]))

    def evaluate(*given: float) -> list[float]:
        stack: list[Any] = [*given]
        _run(program, stack)
        outputs = stack[-(len(ranges) // 2) :]
        return [min(ranges[2 * at + 1], max(ranges[2 * at], float(value))) for at, value in enumerate(outputs)]

    return evaluate


MADE = {0: _sampled, 2: _exponential, 3: _stitched, 4: _calculated}
MADE_OF_TWO = {0: _sampled_plane, 4: _calculated}


def _block(words: Sequence[str], at: int) -> tuple[list[Any], int]:
    out: list[Any] = []
    while at < len(words) and words[at] != "}":
        if words[at] == "{":
            inner, at = _block(words, at + 1)
            out.append(inner)
        else:
            out.append(words[at])
        at += 1
    return out, at


TWO: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "exp": operator.pow,
    "idiv": lambda a, b: int(a / b), "mod": math.fmod, "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": operator.eq, "ne": operator.ne, "gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le,
    "and": operator.and_, "or": operator.or_, "xor": operator.xor,
}  # fmt: skip
ONE: dict[str, Callable[[Any], Any]] = {
    "neg": operator.neg, "abs": abs, "sqrt": math.sqrt, "ceiling": math.ceil, "floor": math.floor, "round": round,
    "truncate": math.trunc, "cvi": int, "cvr": float, "ln": math.log, "log": math.log10,
    "sin": lambda a: math.sin(math.radians(a)), "cos": lambda a: math.cos(math.radians(a)),
    "not": lambda a: not a if isinstance(a, bool) else ~a,
}  # fmt: skip


def _run(program: list[Any], stack: list[Any]) -> None:
    blocks: list[list[Any]] = []
    for word in program:
        if isinstance(word, list):
            blocks.append(word)
        elif word in ("if", "ifelse"):
            chosen = blocks[-1] if word == "if" else blocks[-2 if stack[-1] else -1]
            if stack.pop() or word == "ifelse":
                _run(chosen, stack)
            blocks.clear()
        elif word in TWO:
            b, a = stack.pop(), stack.pop()
            stack.append(TWO[word](a, b))
        elif word in ONE:
            stack.append(ONE[word](stack.pop()))
        else:
            _shuffle(word, stack)


def _shuffle(word: str, stack: list[Any]) -> None:
    """Operators that move values on the stack, constants and numbers."""
    if word == "pop":
        stack.pop()
    elif word == "dup":
        stack.append(stack[-1])
    elif word == "exch":
        stack[-1], stack[-2] = stack[-2], stack[-1]
    elif word == "index":
        stack.append(stack[-1 - int(stack.pop())])
    elif word == "copy":
        count = int(stack.pop())
        stack.extend(stack[len(stack) - count :])
    elif word == "roll":
        turn, count = int(stack.pop()), int(stack.pop())
        if count:
            top = stack[-count:]
            stack[-count:] = top[-turn % count :] + top[: -turn % count]
    elif word in ("true", "false"):
        stack.append(word == "true")
    else:
        stack.append(float(word))
