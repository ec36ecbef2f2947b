"""Labels as flags on upright stems: each beside its stem, none on another, no stem through a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

AIR = 1.6  # mm between a flag and the next stem or flag


@dataclass(frozen=True)
class Flag:
    """A label of ``wide`` mm on a stem at ``x``; ``level`` from 0 at the foot, ``left`` when it flies to the left."""

    x: float
    wide: float
    level: int = 0
    left: bool = False

    @property
    def span(self) -> tuple[float, float]:
        """What it covers from left to right, its stem included, mm."""
        return (self.x - self.wide, self.x) if self.left else (self.x, self.x + self.wide)


def hoisted(stems: Sequence[tuple[float, float]], width: float) -> list[Flag] | None:
    """Flags for stems given as place and width of the label, in order from left to right, on as few levels as can
    be; None when ``width`` mm don't hold them. The first ones fly to the right, the others to the left: every way to
    part them is tried."""
    found = []
    for split in range(len(stems), -1, -1):
        flags = [Flag(x, wide, left=index >= split) for index, (x, wide) in enumerate(stems)]
        if all(flag.span[0] >= 0 and flag.span[1] <= width for flag in flags) and (levels := _levels(flags)):
            found.append([replace(flag, level=level) for flag, level in zip(flags, levels, strict=True)])
    return min(found, key=lambda flags: max(flag.level for flag in flags), default=None)


def _levels(flags: Sequence[Flag]) -> list[int] | None:
    """The lowest level for each, so that it flies above every stem that it covers; None when two would have to fly
    above each other."""
    below: dict[int, set[int]] = {index: set() for index in range(len(flags))}
    for i, j in combinations(range(len(flags)), 2):
        over, under = _covers(flags[i], flags[j]), _covers(flags[j], flags[i])
        if over:
            below[i].add(j)
        if under or (not over and _meet(flags[i], flags[j])):
            below[j].add(i)
    levels: dict[int, int] = {}
    try:
        for index in TopologicalSorter(below).static_order():
            levels[index] = max((levels[other] for other in below[index]), default=-1) + 1
    except CycleError:
        return None
    return [levels[index] for index in range(len(flags))]


def _covers(flag: Flag, other: Flag) -> bool:
    """Whether the other's stem comes under a flag, or nearer to its free end than the air between them."""
    low, high = (flag.span[0] - AIR, flag.x) if flag.left else (flag.x, flag.span[1] + AIR)
    return low < other.x < high


def _meet(one: Flag, other: Flag) -> bool:
    return one.span[0] - AIR < other.span[1] and other.span[0] - AIR < one.span[1]
