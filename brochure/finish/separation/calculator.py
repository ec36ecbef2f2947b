"""The calculator of type 4 functions: the part of PostScript that PDF 32000-1, 7.10.5 allows."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from brochure.finish.separation.errors import Unseparable

_TOKEN = re.compile(r"[{}]|[^\s{}]+")
_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "idiv": lambda a, b: int(int(a) / int(b)),
    "mod": lambda a, b: int(math.fmod(a, b)),
    "exp": lambda a, b: a**b,
    "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "and": lambda a, b: a & b if isinstance(a, bool) else int(a) & int(b),
    "or": lambda a, b: a | b if isinstance(a, bool) else int(a) | int(b),
    "xor": lambda a, b: a ^ b if isinstance(a, bool) else int(a) ^ int(b),
    "bitshift": lambda a, b: int(a) << int(b) if b >= 0 else int(a) >> -int(b),
}
_ONE: dict[str, Callable[[Any], Any]] = {
    "abs": abs,
    "neg": lambda a: -a,
    "ceiling": math.ceil,
    "floor": math.floor,
    "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc,
    "cvi": int,
    "cvr": float,
    "sqrt": math.sqrt,
    "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)),
    "ln": math.log,
    "log": math.log10,
    "not": lambda a: not a if isinstance(a, bool) else ~int(a),
}

Program = list[Any]  # numbers, operators and programs in braces


def parsed(source: bytes) -> Program:
    """The program in the outermost braces."""
    stack: list[Program] = [[]]
    for token in _TOKEN.findall(re.sub(r"%[^\r\n]*", "", source.decode("latin-1"))):
        if token == "{":
            stack.append([])
        elif token == "}":
            inner = stack.pop()
            if not stack:
                raise Unseparable("a calculator function has a brace too many")
            stack[-1].append(inner)
        else:
            stack[-1].append(_word(token))
    if len(stack) != 1 or len(stack[0]) != 1 or not isinstance(stack[0][0], list):
        raise Unseparable("a calculator function's braces don't match")
    return stack[0][0]


def _word(token: str) -> float | bool | str:
    if token in {"true", "false"}:
        return token == "true"
    try:
        return float(token) if "." in token or "e" in token.lower() else int(token)
    except ValueError:
        return token


def run(program: Program, stack: list[Any]) -> list[Any]:
    """The stack after the program; booleans count as 0 and 1. Raises Unseparable when it can't run."""
    try:
        _run(program, stack)
    except (ArithmeticError, IndexError, TypeError, ValueError) as error:
        raise Unseparable(f"a calculator function fails ({error})") from None
    return [float(value) for value in stack]


def _run(program: Program, stack: list[Any]) -> None:
    for word in program:
        if not isinstance(word, str):
            stack.append(word)
        elif word in _TWO:
            right, left = stack.pop(), stack.pop()
            stack.append(_TWO[word](left, right))
        elif word in _ONE:
            stack.append(_ONE[word](stack.pop()))
        else:
            _moved(word, stack)


def _moved(word: str, stack: list[Any]) -> None:
    """The operators that move what lies on the stack or choose between programs."""
    match word:
        case "pop":
            stack.pop()
        case "dup":
            stack.append(stack[-1])
        case "exch":
            stack[-1], stack[-2] = stack[-2], stack[-1]
        case "copy":
            count = int(stack.pop())
            stack.extend(stack[len(stack) - count :])
        case "index":
            stack.append(stack[-1 - int(stack.pop())])
        case "roll":
            turn, count = int(stack.pop()), int(stack.pop())
            part = stack[len(stack) - count :] if count else []
            cut = -turn % count if count else 0
            stack[len(stack) - count :] = part[cut:] + part[:cut]
        case "if":
            then = stack.pop()
            if stack.pop():
                _run(then, stack)
        case "ifelse":
            other, then = stack.pop(), stack.pop()
            _run(then if stack.pop() else other, stack)
        case _:
            raise Unseparable(f"a calculator function says “{word}”, which is no operator")
