"""What lies below a thing: whether it prints on paper or on other ink."""

from __future__ import annotations

from collections.abc import Sequence

from brochure.preflight.matrix import Box, holds
from brochure.preflight.paths import over
from brochure.preflight.spaces import laid
from brochure.preflight.things import Fill, Picture, Shade, Stroke, Text, Thing

MOST_BELOW = 4000  # things that are looked at below one


def grounded(things: Sequence[Thing], index: int, least: float = 2.0, beside: str = "") -> Thing | None:
    """The uppermost thing with ink (of ``least`` % or more) below the thing at ``index``; None when it lies on paper,
    or on something without ink that hides everything. ``beside``: an ink that doesn't count, because a shift of its
    plate moves both alike."""
    box = things[index].seen
    for below in reversed(things[max(0, index - MOST_BELOW) : index]):
        if isinstance(below, Text) or below.seen[0] > box[2] or below.seen[2] < box[0]:
            continue
        if not any(over(part, box) for part in _parts(below)):
            continue
        if _inked(below, least, beside):
            return below
        if below.how.solid and not below.how.overprint and isinstance(below, Fill) and holds(below.seen, box):
            return None
    return None


def knocks_out(things: Sequence[Thing], index: int, beside: str = "") -> bool:
    """Whether the thing at ``index`` takes ink away that lies below it. What overprints in an isolated group spares only
    what the group has painted: together they knock out the page's ink, unless the group itself lets it through."""
    if grounded(things, index, beside=beside) is None:
        return False
    how = things[index].how
    if not how.overprint or not adds(things[index]):
        return True
    return (
        bool(how.alone) and not how.veiled and grounded(things[how.alone :], index - how.alone, beside=beside) is None
    )


def adds(thing: Thing) -> bool:
    """Whether an overprinting thing leaves the plates alone on which it has no ink: a Separation or DeviceN always
    does, DeviceCMYK in mode 1. DeviceGray paints all four plates whatever is set (ISO 32000-1, 8.6.7)."""
    space = thing.paint.space
    return space.family in ("Separation", "DeviceN") or (space.family == "DeviceCMYK" and thing.how.mode == 1)


def _parts(thing: Thing) -> Sequence[Box]:
    if isinstance(thing, (Fill, Stroke)) and not thing.tiled:
        return thing.parts
    return (thing.seen,)


def _inked(thing: Thing, least: float, beside: str) -> bool:
    if isinstance(thing, Picture) and beside:
        return any(ink != beside for ink in laid(thing.paint.inks))
    if isinstance(thing, (Picture, Shade)) or thing.paint.pattern is not None:
        return True
    return (thing.paint.ink - 100 * thing.paint.inks.get(beside, 0.0)) * thing.how.alpha > least
