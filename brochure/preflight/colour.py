"""Rules about colour spaces."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.spaces import ALL
from brochure.preflight.things import Picture, Shade, Text, Thing

NOT_INK = ("DeviceRGB", "CalRGB", "CalGray", "ICCBased", "Lab")
WORDS: tuple[tuple[type[Thing], str], ...] = (
    (Text, "text"),
    (Picture, "a picture"),
    (Shade, "a gradient"),
    (Thing, "a drawing"),
)


def _word(thing: Thing) -> str:
    return next(word for kind, word in WORDS if isinstance(thing, kind))


def _printed(case: Case) -> Iterator[tuple[Leaf, Thing]]:
    for leaf in case.leaves:
        for thing in leaf.things:
            if not isinstance(thing, Text) or thing.visible:
                yield leaf, thing


def no_ink_colour(case: Case) -> Iterator[Slip]:
    """R0027: no DeviceRGB, CalRGB, CalGray, ICCBased or Lab colour.

    Why: The file's inks are decided where it is made; a colour that isn't given in inks is converted by whoever
    prints it, each in his own way.

    Remedy: Convert every colour to CMYK, grey or a declared spot ink before export.
    """
    for leaf, thing in _printed(case):
        for family in thing.paint.space.families:
            if family in NOT_INK:
                yield Slip(
                    f"{_word(thing)} in {family}",
                    leaf=leaf,
                    box=thing.seen,
                    measured=family,
                    limit="DeviceCMYK, DeviceGray",
                )


def spot_colours(case: Case) -> Iterator[Slip]:
    """R0020: no spot colour that the brand doesn't declare.

    Why: Every spot colour is one more plate, one more ink to buy and one more printing unit.

    Remedy: Convert it to CMYK, or declare it in the brand.
    """
    declared = {colour.spot for colour in case.brand.colours.values() if colour.spot}
    for leaf, thing in _printed(case):
        for name in sorted(thing.paint.space.spots - declared):
            yield Slip(
                f"{_word(thing)} in the spot colour “{name}”",
                leaf=leaf,
                box=thing.seen,
                measured=name,
                limit=", ".join(sorted(declared)) or "none declared",
            )


def registration_colour(case: Case) -> Iterator[Slip]:
    """R0024: nothing on the page is painted in the registration colour.

    Why: Separation /All prints on every plate: up to 400 % of ink and more with spot colours. It is meant for marks
    outside the page.

    Remedy: Use black (K 100) instead.
    """
    for leaf, thing in _printed(case):
        outside = (
            thing.seen[2] < leaf.bleed[0]
            or thing.seen[0] > leaf.bleed[2]
            or thing.seen[3] < leaf.bleed[1]
            or thing.seen[1] > leaf.bleed[3]
        )
        if ALL in thing.paint.space.names and not outside and thing.paint.inks.get(ALL, 1.0) > 0:
            yield Slip(
                f"{_word(thing)} in the registration colour",
                "warning",
                leaf,
                thing.seen,
                "Separation /All",
                "marks only",
            )


def group_space(case: Case) -> Iterator[Slip]:
    """R0030: where a transparency group names a colour space, it is DeviceCMYK.

    Why: What is transparent is mixed in the group's colour space: in RGB the inks are lost on the way. The groups of
    soft masks, which are grey by nature, aren't meant.

    Remedy: Set the blending space to CMYK, or flatten transparency before export.
    """
    for leaf in case.leaves:
        for family in dict.fromkeys(leaf.walk.groups):
            if family != "DeviceCMYK":
                yield Slip(f"a transparency group mixes in {family}", leaf=leaf, measured=family, limit="DeviceCMYK")
