"""Type whose letters change with their neighbours, as outlines: the setter lays text in drawings out letter by letter
(WeasyPrint 70, svg/text.py), so Devanagari's vowel signs would stand alone on dotted circles. HarfBuzz shapes a line
with the house's own fonts, and the line is drawn as one path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import unescape

import uharfbuzz
from fontTools.unicodedata import script

from brochure.draw.svg import Point, curve, n
from brochure.language import joined

SHARED = frozenset({"Zyyy", "Zinh"})  # signs of all scripts, and signs that belong to the letter before
TEXT = re.compile(r"<text ([^<>]*)>([^<>]*)</text>")  # as svg.text writes it
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')

EM = 1000  # units that outlines are written in: those of the brand's fonts

Fonts = Mapping[str, Mapping[int, bytes]]
"""family → weight → file."""


@dataclass(frozen=True)
class Line:
    """A line of type as outlines: SVG path commands in thousandths of the em, y downwards from the baseline, and
    its width in em."""

    commands: str
    width: float


def spaced(words: str, spacing: float) -> float:
    """The space between letters, mm: none where letters join."""
    return 0.0 if joined(words) else spacing


def files(fonts: Fonts, stack: str, weight: int) -> tuple[bytes, ...]:
    """The files of a stack of families, such as ``Golos Text,Noto Sans Devanagari``, in a weight; a weight that a
    family lacks is the next bolder."""
    return tuple(_nearest(fonts[family], weight) for family in stack.split(","))


def _nearest(weights: Mapping[int, bytes], weight: int) -> bytes:
    return weights[min(weights, key=lambda known: (known < weight, abs(known - weight)))]


def runs(words: str, fonts: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    """Words in pieces of one font each: the first that has the letter, as the setter chooses in text. Spaces and signs
    that belong to the letter before stay with it; what no font has is left to the first."""
    chosen: list[bytes] = []
    for letter in words:
        stays = chosen and (letter.isspace() or script(letter) == "Zinh")
        chosen.append(chosen[-1] if stays else next((f for f in fonts if _has(f, letter)), fonts[0]))
    for file, pairs in groupby(zip(chosen, words, strict=True), key=lambda pair: pair[0]):
        yield file, "".join(letter for _, letter in pairs)


def has_all(file: bytes, words: str) -> bool:
    """Whether a font has every letter of some words."""
    return all(_has(file, letter) for letter in words)


def _has(file: bytes, letter: str) -> bool:
    return _font(file).get_nominal_glyph(ord(letter)) is not None


def bearing(letter: str, fonts: Sequence[bytes]) -> float:
    """The white before a letter that is part of it, em: what large type seems to stand in from its margin by. 0 for
    letters that join and for what no font has."""
    file = next((file for file in fonts if _has(file, letter)), None)
    if file is None or joined(letter):
        return 0.0
    font = _font(file)
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord(letter)))
    return extents.x_bearing / font.face.upem if extents else 0.0


@lru_cache(maxsize=32)
def _font(file: bytes) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(file))


@lru_cache(maxsize=2048)
def line(words: str, fonts: tuple[bytes, ...]) -> Line:
    """A line of type shaped by HarfBuzz with the first of the fonts that has each letter. ValueError names letters
    that none has."""
    pen, at = _Pen(), 0.0
    for file, piece in runs(words, fonts):
        for part in _one_script(piece):
            at += _shape(_font(file), part, pen, at)
    return Line(pen.commands(), at / EM)


def _one_script(words: str) -> Iterator[str]:
    """Words in pieces of one script: HarfBuzz shapes a piece by the rules of one."""
    begun, current = 0, ""
    for i, letter in enumerate(words):
        found = script(letter)
        if found in SHARED or found == current:
            continue
        if current:
            yield words[begun:i]
            begun = i
        current = found
    yield words[begun:]


def _shape(font: uharfbuzz.Font, words: str, pen: _Pen, at: float) -> float:
    """Draws words with the pen from ``at`` on and returns how far they reach, both in units."""
    scale = EM / font.face.upem
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    begun = at
    for glyph, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if not glyph.codepoint:
            raise ValueError(f"no font of the language has “{words[glyph.cluster]}”")
        pen.place(at + position.x_offset * scale, position.y_offset * scale, scale)
        font.draw_glyph_with_pen(glyph.codepoint, pen)
        at += position.x_advance * scale
    return at - begun


class _Pen:
    """Writes what HarfBuzz draws as SVG path commands in whole units, y downwards; within a contour each point is
    counted from the one before. Its methods are those of fontTools' segment pens."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._last = (0, 0)
        self.place(0, 0, 1)

    def place(self, x: float, y: float, scale: float) -> None:
        """Where the next glyph stands, and its scale."""
        self._x, self._y, self._scale = x, y, scale

    def commands(self) -> str:
        """All that was drawn."""
        return "".join(self._written)

    def moveTo(self, point: Point) -> None:
        """Begins a contour."""
        self._last = (0, 0)
        self._write("M", point)

    def lineTo(self, point: Point) -> None:
        """A straight line."""
        self._write("l", point)

    def qCurveTo(self, *points: Point) -> None:
        """A quadratic curve: its control point and its end."""
        self._write("q", *points)

    def curveTo(self, *points: Point) -> None:
        """A cubic curve: its two control points and its end."""
        self._write("c", *points)

    def closePath(self) -> None:
        """Ends the contour where it began."""
        self._written.append("z")

    def endPath(self) -> None:
        """Ends a contour that stays open; glyphs have none."""

    def _write(self, command: str, *points: Point) -> None:
        placed = [(round(self._x + x * self._scale), -round(self._y + y * self._scale)) for x, y in points]
        left, top = self._last
        self._written.append(command + " ".join(f"{x - left} {y - top}" for x, y in placed))
        self._last = placed[-1]


def outlined(drawing: str, fonts: Fonts) -> str:
    """The drawing with each line of type whose letters join as one path of the same place, size and colour. Other
    lines stay as they are."""
    return TEXT.sub(lambda found: _outline(found, fonts), drawing) if joined(drawing) else drawing


def _outline(found: re.Match[str], fonts: Fonts) -> str:
    words = unescape(found[2])
    if not joined(words):
        return found[0]
    said = {name: unescape(value) for name, value in ATTRIBUTE.findall(found[1])}
    drawn = line(words, files(fonts, said["font-family"], int(said["font-weight"])))
    size = float(said["font-size"])
    left = float(said["x"]) - ANCHORS[said.get("text-anchor", "start")] * drawn.width * size
    place = f"translate({n(left)} {said['y']}) scale({size / EM:.6g})"
    return curve(drawn.commands, transform=place, fill=said["fill"])
