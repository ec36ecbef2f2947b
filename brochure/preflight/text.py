"""Rules about text. White is what lays down no ink; sizes are those on paper, after every transformation."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.preflight.over import adds, grounded, knocks_out
from brochure.preflight.rule import Slip
from brochure.preflight.sheet import Case, Leaf
from brochure.preflight.spaces import PROCESS, laid, printed
from brochure.preflight.things import Text

SMALL_BLACK = 12.0  # pt
RICH, RICH_INK = 0.85, 280.0  # black, and % of all inks
TOLERANCE = 0.05  # pt


def said(text: Text) -> str:
    """A text's first words in quotation marks; nothing when the file doesn't tell what its glyphs mean."""
    words = " ".join(text.words.split())
    return f"“{words[:24]}…”" if len(words) > 24 else f"“{words}”" if words else ""


def _slip(
    what: str, leaf: Leaf, text: Text, measured: str, limit: str, severity: str = "warning", weight: float = 0.0
) -> Slip:
    measured = " ".join(filter(None, (measured, said(text))))
    return Slip(what, "error" if severity == "error" else "warning", leaf, text.seen, measured, limit, weight)


def white_overprints(case: Case) -> Iterator[Slip]:
    """R0007: no white text overprints.

    Why: White lays down no ink; set to overprint, it leaves what is below as it is and vanishes in print.

    Remedy: Switch overprint off for white text.
    """
    for leaf, text in case.texts:
        if text.paint.white and text.how.overprint and adds(text):
            yield _slip("white text overprints", leaf, text, f"{text.size:.1f} pt", "knocks out", "error")


def small_black_overprints(case: Case) -> Iterator[Slip]:
    """R0009: black (K only) text below 12 pt overprints what it stands on.

    Why: Where it knocks out, the slightest shift between plates shows a white edge along every letter. Taken: black
    of 100 %; overprint with mode 1, or in a Separation, and not in a group that is isolated from what it stands on;
    only text that stands on ink.

    Remedy: Set black text to overprint (OP true, OPM 1), outside isolated groups.
    """
    for leaf in case.leaves:
        for index, text in enumerate(leaf.things):
            if not isinstance(text, Text) or not text.visible or text.size >= SMALL_BLACK - TOLERANCE:
                continue
            if text.paint.full_black and knocks_out(leaf.things, index, beside="Black"):
                yield _slip(
                    "small black text knocks out what it stands on",
                    leaf,
                    text,
                    f"{text.size:.1f} pt",
                    "overprints below 12 pt",
                    weight=-text.size,
                )


def rich_black(case: Case) -> Iterator[Slip]:
    """R0015: text with much black (85 % or more) has no more than 280 % of ink.

    Why: Letters in four heavy inks fill in and smear; black alone is as dark on text.

    Remedy: Use K 100 for text.
    """
    for leaf, text in case.texts:
        if text.paint.inks.get("Black", 0) >= RICH and text.paint.ink > RICH_INK:
            yield _slip(
                "text in rich black",
                leaf,
                text,
                f"{text.paint.ink:.0f} % ({printed(text.paint.inks)})",
                "280 %",
                weight=text.paint.ink,
            )


def reversed_text(case: Case) -> Iterator[Slip]:
    """R0016: white text isn't smaller than the printer's limit (sheet-fed 8 pt).

    Why: The inks around thin white strokes creep into them. Taken: only text that stands on ink.

    Remedy: Set it larger or bolder, or in a colour on paper.
    """
    least = float(case.limits.reversed_text or 0)
    for leaf in case.leaves:
        for index, text in enumerate(leaf.things):
            if (
                isinstance(text, Text)
                and text.visible
                and text.paint.white
                and text.size < least - TOLERANCE
                and grounded(leaf.things, index)
            ):
                yield _slip(
                    "small white text on ink", leaf, text, f"{text.size:.1f} pt", f"{least:g} pt", weight=-text.size
                )


def coloured_text(case: Case) -> Iterator[Slip]:
    """R0017: text in more than one ink isn't smaller than the printer's limit (sheet-fed 8 pt).

    Why: Two plates never meet exactly; small letters of several inks get coloured edges.

    Remedy: Set it in one ink (K, or a spot colour), or larger.
    """
    least = float(case.limits.coloured_text or 0)
    for leaf, text in case.texts:
        inks = _plates(text)
        if inks > 1 and text.size < least - TOLERANCE:
            yield _slip(
                f"small text in {inks} inks",
                leaf,
                text,
                f"{text.size:.1f} pt ({printed(text.paint.inks)})",
                f"{least:g} pt",
                weight=-text.size,
            )


def _plates(text: Text) -> int:
    if text.paint.pattern is not None:
        return len(PROCESS)
    return len(laid(text.paint.inks))


def courier(case: Case) -> Iterator[Slip]:
    """R0014: no font is named exactly Courier.

    Why: Programs put Courier in the place of a font that they couldn't find.

    Remedy: Look whether Courier is meant; embed the right font.
    """
    for leaf, text in case.texts:
        if text.face and text.face.plain == "Courier":
            yield _slip("text in Courier", leaf, text, "Courier", "the font that was meant")


def missing_glyphs(case: Case) -> Iterator[Slip]:
    """H-notdef: no character is missing from its font.

    Why: In its place the font's .notdef glyph is printed: a box, or nothing.

    Remedy: Choose a font that has the character.
    """
    for leaf, text in case.texts:
        if text.missing:
            yield _slip(
                "a character that its font doesn't have",
                leaf,
                text,
                f"{text.missing} × .notdef",
                "none",
                "error",
                text.missing,
            )
