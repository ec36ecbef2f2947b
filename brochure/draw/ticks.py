"""Round figures along a scale. leather's ticker chooses them: exact, in decimals, without dependencies of its own."""

from __future__ import annotations

from decimal import Decimal


def ticks(most: Decimal) -> tuple[Decimal, ...]:
    """From nought in even steps to the first one that isn't below ``most``; four at least, ten at most."""
    from leather.ticks.score import ScoreTicker  # noqa: PLC0415 (only charts with ticks need it)

    found = tuple(tick.normalize() + 0 for tick in ScoreTicker(Decimal(0), most).ticks)
    return found if found[-1] >= most else (*found, found[-1] + found[1] - found[0])
