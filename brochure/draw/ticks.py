"""Round figures along a scale. leather's ticker chooses them: exact, in decimals, without dependencies of its own."""

from __future__ import annotations

from decimal import Decimal


def ticks(most: Decimal) -> tuple[Decimal, ...]:
    """From nought in even steps as far as ``most`` goes; ten steps at most."""
    from leather.ticks.score import ScoreTicker  # noqa: PLC0415 (only charts with ticks need it)

    return tuple(tick for tick in ScoreTicker(Decimal(0), most).ticks if tick <= most)
