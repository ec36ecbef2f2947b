"""Reads a page's content and tells everything that it draws.

An interpreter of its own, on purpose: it shares nothing with the separation, so that a mistake there is seen here.
Whatever can't be read is kept as a flaw; nothing in a file raises beyond ``content.walked``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from brochure.preflight import spaces
from brochure.preflight.glyphs import Face, face
from brochure.preflight.matrix import Box, Matrix, placed, shared, times, usable
from brochure.preflight.state import State, Trace
from brochure.preflight.things import Paint, Thing

DEEPEST = 20  # forms and patterns inside each other
MOST_STATES = 512  # q without Q
MOST_OPERATORS = 2_000_000  # of one page
MOST_HELD = 600_000  # parsed operators that are kept for the plates: some 300 MB
#: Operators whose operands are numbers: they are asked for by the rules and for each set of plates.
NUMBERS = frozenset(("m", "l", "c", "v", "y", "re", "cm", "g", "G", "rg", "RG", "k", "K", "Td", "TD", "Tm"))
MOST_FORMS = 10_000  # times that forms are drawn on one page
MOST_FLAWS = 20  # of one page
WORD = re.compile(rb"(?<=[\s\])>])[A-Za-z'\"][A-Za-z0-9*]*(?=\s)")  # what an operator looks like
UNSEEN = 0.005  # opacity below which nothing is printed
#: What a damaged or hostile file can lead pikepdf or arithmetic to.
UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, ZeroDivisionError, OverflowError, RecursionError,
    NotImplementedError, AssertionError, pikepdf.PdfError, pikepdf.PikepdfError, RuntimeError,
)  # fmt: skip


def isolated(form: Any) -> bool:
    """Whether a form is a group that is composed by itself before it comes onto the page (ISO 32000-1, 11.4.5)."""
    group = form.get("/Group")
    return isinstance(group, Dictionary) and bool(group.get("/I", False))


def told(instruction: Any) -> tuple[str, Any, Any]:
    """An operator's name, its operands (floats where they are numbers only), and both as pikepdf gives them."""
    if isinstance(instruction, pikepdf.ContentStreamInlineImage):
        return "BI", [instruction.iimage], instruction
    name, operands = intern(str(instruction.operator)), instruction.operands
    if name in NUMBERS:
        try:
            return name, tuple(map(float, operands)), instruction
        except UNREADABLE:  # whoever carries it out tells that
            pass
    return name, operands, instruction


class Enough(Exception):
    """A page draws more than anybody would print."""


def _crowded(stream: Any) -> bool:
    """Whether content holds far more operators than are read: as objects they wouldn't fit into memory."""
    contents = stream.obj.get("/Contents") if isinstance(stream, pikepdf.Page) else stream
    parts = contents if isinstance(contents, Array) else [contents]
    written = [part.read_bytes() for part in parts if isinstance(part, Stream)]
    if sum(map(len, written)) < 2 * MOST_OPERATORS:  # each takes a letter and a space
        return False
    return sum(len(WORD.findall(part)) for part in written) > 1.2 * MOST_OPERATORS


@dataclass(frozen=True)
class Flaw:
    """Something in a page's content that can't be read."""

    what: str


@dataclass
class Walk:
    """One page's content on its way. ``things`` in painting order; ``groups``: the colour spaces of transparency
    groups; ``exhausted``: it draws so much that it was left off."""

    base: Matrix
    acts: Mapping[str, Callable[[Any, Any], None]]
    things: list[Thing] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    state: State = field(default_factory=State)
    saved: list[State] = field(default_factory=list)
    trace: Trace = field(default_factory=Trace)
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    line_matrix: Matrix = (1, 0, 0, 1, 0, 0)
    resources: Any = None
    within: tuple[tuple[int, int], ...] = ()
    tile: Box | None = None
    count: int = 0
    forms: int = 0
    exhausted: bool = False
    lenient: int = 0
    known_faces: dict[Any, Face] = field(default_factory=dict)
    parsed: dict[Any, Any] = field(default_factory=dict)
    known_tiles: set[Any] = field(default_factory=set)

    def flaw(self, what: str) -> None:
        """Keeps a flaw, once."""
        if Flaw(what) not in self.flaws and len(self.flaws) < MOST_FLAWS:
            self.flaws.append(Flaw(what))

    def content(self, stream: Any, resources: Any, key: Any) -> None:
        """Walks a page's or form's content with its own resources."""
        outer, depth, trace = self.resources, len(self.saved), self.trace
        self.resources = resources if isinstance(resources, Dictionary) else outer
        self.trace = Trace()
        for operator, operands, _ in self.instructions(stream, key):
            self.count += 1
            if self.count > MOST_OPERATORS:
                raise Enough(f"more than {MOST_OPERATORS} drawing operators")
            act = self.acts.get(operator)
            try:
                if act is not None:
                    act(self, operands)
                elif not self.lenient:
                    self.flaw(f"there is no operator “{operator[:12]}”")
            except UNREADABLE as error:
                self.flaw(f"the operator “{operator}” can't be carried out ({type(error).__name__})")
        if len(self.saved) != depth:
            self.flaw("q and Q don't match")
            del self.saved[depth:]
        self.resources, self.trace = outer, trace

    def instructions(self, stream: Any, key: Any) -> Iterator[tuple[str, Any, Any]]:
        """A stream's operators with their operands, and each as pikepdf gives it; parsed once for each key
        as long as there is room."""
        held = self.parsed.get(key)
        if held is not None:
            yield from held
            return
        parsed = self._parse(stream)
        count = self.parsed.get("held", 0) + len(parsed)
        if count > MOST_HELD:
            yield from map(told, parsed)
            return
        self.parsed[key], self.parsed["held"] = list(map(told, parsed)), count
        yield from self.parsed[key]

    def _parse(self, stream: Any) -> list[Any]:
        try:
            if _crowded(stream):
                raise Enough(f"more than {MOST_OPERATORS} drawing operators")
            return list(pikepdf.parse_content_stream(stream))
        except UNREADABLE as error:
            self.flaw(f"content can't be read ({type(error).__name__})")
            return []

    def push(self) -> None:
        """``q``."""
        if len(self.saved) >= MOST_STATES:
            raise Enough("q more than five hundred times without Q")
        self.saved.append(copy.copy(self.state))

    def pop(self) -> None:
        """``Q``."""
        if not self.saved:
            raise ValueError("Q without q")
        self.state = self.saved.pop()

    def named(self, category: str, name: Any) -> Any:
        """A resource; KeyError when the page has none of that name."""
        return self.resources[category][str(name)]

    def draw(self, drawn: type[Thing], box: Box, paint: Paint, filling: bool, **more: Any) -> None:
        """Keeps a drawn thing, if its clipping leaves anything of it."""
        clip, tiled = self.state.clip, self.tile is not None
        if self.tile is not None:
            box = self.tile
        seen = shared(box, clip)
        if seen is None:
            return
        how = self.state.filling if filling else self.state.stroking
        if how.alpha < UNSEEN:
            return
        self.things.append(drawn(box, seen, clip, paint, how, tiled, **more))

    def clipped(self, box: Box) -> None:
        """Makes the clipping narrower; nothing is left where the two don't meet."""
        self.state.clip = shared(self.state.clip, box) or (1e9, 1e9, -1e9, -1e9)

    def form(self, stream: Any, matrix: Matrix | None = None) -> None:
        """A form XObject, drawn; a group of its own when it has one (ISO 32000-1, 8.10)."""
        if stream.objgen in self.within and stream.objgen != (0, 0):
            raise Enough("a form that draws itself")
        self.forms += 1
        if self.forms > MOST_FORMS:
            raise Enough(f"more than {MOST_FORMS} forms on one page")
        if len(self.within) >= DEEPEST:
            raise Enough(f"forms more than {DEEPEST} deep inside each other")
        self.push()
        depth, within = len(self.saved), self.within
        self.within = (*within, stream.objgen)
        try:
            own = usable(stream.get("/Matrix", (1, 0, 0, 1, 0, 0)))
            self.state.ctm = matrix or times(own, self.state.ctm)
            if "/BBox" in stream:
                self.clipped(placed(self.state.ctm, tuple(map(float, stream["/BBox"]))))  # type: ignore[arg-type]
            self._group(stream)
            texts = self.matrix, self.line_matrix
            self.content(stream, stream.get("/Resources"), stream.objgen)
            self.matrix, self.line_matrix = texts
        finally:
            self.within = within
            del self.saved[depth:]
            self.pop()

    def _group(self, stream: Any) -> None:
        group = stream.get("/Group")
        if group is None:
            return
        self.group(group)
        state = self.state
        if state.fill_alpha < 1 or state.blend != "Normal" or state.veiled:
            state.veiled = True  # what is inside shows what lies below, through the group
        state.fill_alpha = state.line_alpha = 1.0
        state.blend = "Normal"
        if isolated(stream):
            state.alone = len(self.things)

    def group(self, group: Any) -> None:
        """Keeps the colour space of a transparency group, if it names one."""
        if group.get("/S") == Name.Transparency and "/CS" in group:
            self.groups.append(spaces.space(group["/CS"], self.resources).family)

    def cell(self, pattern: Any, area: Box) -> None:
        """A tiling pattern's cell, walked as if it stood in the area that it fills; once for each area."""
        key = (pattern.objgen, tuple(round(edge) for edge in area))
        if key in self.known_tiles or len(self.known_tiles) > 2000:
            return
        self.known_tiles.add(key)
        outer, clip = self.tile, self.state.clip
        self.push()
        self.tile = shared(area, clip) if outer is None else outer
        matrix = times(usable(pattern.get("/Matrix", (1, 0, 0, 1, 0, 0))), self.base)
        if self.tile is not None and isinstance(pattern, Stream):
            self.state.clip = self.tile
            try:
                self._cell_content(pattern, matrix)
            finally:
                self.tile = outer
        self.tile = outer
        self.pop()

    def _cell_content(self, pattern: Any, matrix: Matrix) -> None:
        if pattern.objgen in self.within or len(self.within) >= DEEPEST:
            raise Enough("a pattern that draws itself")
        within, self.within = self.within, (*self.within, pattern.objgen)
        self.state.ctm = matrix
        depth = len(self.saved)
        try:
            self.content(pattern, pattern.get("/Resources"), pattern.objgen)
        finally:
            self.within = within
            del self.saved[depth:]

    def font(self, name: Any) -> Face:
        """A font of the resources, read once."""
        font = self.named("/Font", name)
        key = font.objgen if font.is_indirect else str(name) + str(len(self.within))
        if key not in self.known_faces:
            self.known_faces[key] = face(font)
        return self.known_faces[key]
