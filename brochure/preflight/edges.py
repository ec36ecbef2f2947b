"""Rules about the edges of the page: what is cut, and what may not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.paper import mm_to_pt, pt_to_mm
from brochure.preflight.codes import codes
from brochure.preflight.matrix import Box, holds, shared
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.text import said
from brochure.preflight.things import Fill, Stroke, Text, Thing

SLACK = 0.3  # pt, about 0.1 mm: what no knife can tell
SHORT, LONG = mm_to_pt(3), mm_to_pt(10)
APART = mm_to_pt(4)
GROUND = mm_to_pt(100)
EDGES = ("left", "bottom", "right", "top")


def _over(box: Box, limit: Box, edge: int) -> float:
    """By how many pt a box goes beyond another's edge; negative when it stays inside."""
    return limit[edge] - box[edge] if edge < 2 else box[edge] - limit[edge]


def bleed(case: Case) -> Iterator[Slip]:
    """H-bleed: what touches an edge of the page goes on to the end of the bleed.

    Why: Paper moves a little when it is cut; a colour that ends at the edge leaves a white sliver. Taken: pictures,
    gradients, straight areas and lines that lie on an edge for 3 mm or more, other shapes for 10 mm or more; dots and
    outlines that the edge only crosses aren't meant.

    Remedy: Extend the colour or picture beyond the trim by the printer's bleed.
    """
    wanted = mm_to_pt(float(case.printer.bleed))
    for leaf in case.leaves:
        for thing in leaf.things:
            if isinstance(thing, Text) or thing.paint.white or shared(thing.seen, leaf.trim) is None:
                continue
            if all(
                (over := _over(thing.seen, leaf.trim, edge)) < -SLACK or over >= wanted - SLACK for edge in range(4)
            ):
                continue
            yield from _ends(thing, leaf, wanted, f"{case.printer.bleed} mm")


def _ends(thing: Thing, leaf: Leaf, wanted: float, limit: str) -> Iterator[Slip]:
    """Where parts of a thing end at an edge of the page or shortly beyond."""
    for part in _parts(thing):
        box = shared(part, thing.seen)
        for edge, name in enumerate(EDGES if box else ()):
            beyond = _over(box, leaf.trim, edge) if box else 0.0
            if box and -SLACK <= beyond < wanted - SLACK and _lies_on(thing, box, leaf, edge):
                measured = f"{pt_to_mm(max(0.0, beyond)):.1f} mm"
                yield Slip(f"colour ends at the {name} edge", "error", leaf, box, measured, limit, wanted - beyond)


def _parts(thing: Thing) -> Sequence[Box]:
    return thing.parts if isinstance(thing, (Fill, Stroke)) and not thing.tiled else (thing.seen,)


def _lies_on(thing: Thing, box: Box, leaf: Leaf, edge: int) -> bool:
    """Whether a part lies along an edge for long enough to leave a sliver."""
    inner, along = shared(box, leaf.trim), 1 - edge % 2
    if inner is None:
        return False
    length, depth = inner[2 + along] - inner[along], box[3 - along] - box[1 - along]
    if isinstance(thing, Stroke):
        return length >= SHORT and depth <= SHORT
    straight = not isinstance(thing, Fill) or thing.bars or thing.tiled
    return length >= (SHORT if straight else LONG) and depth > SLACK


def live_text(case: Case) -> Iterator[Slip]:
    """H-safe: text and codes keep the printer's safe distance (5 mm) from every edge of the page, and in a stitched
    brochure the creep of their sheet from its fore edge.

    Why: What stands close to the edge is cut off, or looks as if it were going to be.

    Remedy: Move it inwards.
    """
    for leaf, text in case.texts:
        yield from _close(case, leaf, text.seen, "text stands too close to the edge", said(text))
    for code in codes(case):
        yield from _close(case, code.leaf, code.box, "a code stands too close to the edge", "")


def _close(case: Case, leaf: Leaf, box: Box, what: str, words: str) -> Iterator[Slip]:
    """Whether something that must not be cut stands outside the safe area."""
    safe = case.safe(leaf)
    if shared(box, leaf.trim) is None or holds(safe, box, SLACK):
        return
    edge = max(range(4), key=lambda edge: _over(box, safe, edge))
    room = -_over(box, leaf.trim, edge)
    least = -_over(safe, leaf.trim, edge)
    measured = " ".join((_room(room), words)).rstrip()
    yield Slip(what, "error", leaf, box, measured, f"{pt_to_mm(least):.3g} mm", -room)


def _room(room: float) -> str:
    """How far something stays from the edge, or passes it."""
    return f"{pt_to_mm(room):.1f} mm" if room >= 0 else f"{pt_to_mm(-room):.1f} mm beyond"


def live_drawing(case: Case) -> Iterator[Slip]:
    """H-live: a drawing or picture that ends on the page keeps the printer's safe distance from the edge.

    Why: A logo or chart close to the edge may be cut; what is meant to be cut runs out of the page (how far, H-bleed
    looks). Things less than 4 mm apart are one drawing; one of them that runs out is enough. In the house's own files
    a logo is known for one, and then it is an error; in others nobody can tell it from an ornament.

    Remedy: Move it inwards, or let it run into the bleed.
    """
    for leaf in case.leaves:
        safe = case.safe(leaf)
        for edge in range(4):
            limit = f"{pt_to_mm(-_over(safe, leaf.trim, edge)):.3g} mm"
            for thing in _ending(leaf, edge, safe):
                room = -_over(thing.seen, leaf.trim, edge)
                what = "a drawing stands too close to the edge"
                yield Slip(what, "warning", leaf, thing.seen, f"{pt_to_mm(room):.1f} mm", limit, -room)


def _ending(leaf: Leaf, edge: int, safe: Box) -> Iterator[Thing]:
    """Drawings that come near an edge and end there."""
    near = [
        thing
        for thing in leaf.things
        if _over(thing.seen, safe, edge) > SLACK and _draws(thing) and _meets(thing, leaf)
    ]
    for group in _groups(near, 1 - edge % 2):
        if not any(_over(thing.seen, leaf.trim, edge) > -SLACK for thing in group):
            yield from (
                thing for thing in group if not any(_over(thing.seen, leaf.trim, side) > -SLACK for side in range(4))
            )


def _draws(thing: Thing) -> bool:
    return not isinstance(thing, Text) and not thing.paint.white and not thing.tiled


def _meets(thing: Thing, leaf: Leaf) -> bool:
    inner = shared(thing.seen, leaf.trim)
    return inner is not None and inner[2] - inner[0] > SLACK and inner[3] - inner[1] > SLACK


def _groups(things: Sequence[Thing], axis: int) -> Iterator[list[Thing]]:
    """Things in the band along an edge, those that follow each other closely as one. A ground along half of the page
    or more stays by itself: it would make one of all that stands on it."""
    group: list[Thing] = []
    reach = -1e9
    for thing in sorted(things, key=lambda thing: thing.seen[axis]):
        if thing.seen[2 + axis] - thing.seen[axis] > GROUND:
            yield [thing]
            continue
        if group and thing.seen[axis] > reach + APART:
            yield group
            group, reach = [], -1e9
        group.append(thing)
        reach = max(reach, thing.seen[2 + axis])
    if group:
        yield group
