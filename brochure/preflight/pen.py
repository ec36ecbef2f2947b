"""Writes one stream's content for a set of plates: colours turned into how much ink the plates hold, overprint done."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

from brochure.preflight import dots
from brochure.preflight.dots import Step
from brochure.preflight.matrix import narrowest
from brochure.preflight.operators import OPERATORS
from brochure.preflight.spaces import ALL
from brochure.preflight.state import State
from brochure.preflight.things import Paint
from brochure.preflight.walk import Walk

if TYPE_CHECKING:
    from brochure.preflight.plates import Plates

DEEPEST = 12
MOST_SPARKS = 200_000  # steps of dotted paths that are kept
FILL = frozenset(("g", "rg", "k", "sc", "scn", "cs"))
LINE = frozenset(("G", "RG", "K", "SC", "SCN", "CS"))
BUILDS = frozenset(("m", "l", "c", "v", "y", "re", "h", "W", "W*"))
CLIPS = ("W", "W*")
ROUND = 1  # a line's cap
SHOWS = frozenset(("Tj", "TJ", "'", '"'))
#: Painting operators → what is left of them without their fill, without their stroke.
PAINTS = {
    "f": ("n", "f"), "F": ("n", "f"), "f*": ("n", "f*"), "S": ("S", "n"), "s": ("s", "n"), "B": ("S", "f"),
    "B*": ("S", "f*"), "b": ("s", "f"), "b*": ("s", "f*"),
}  # fmt: skip


class Mixed(Exception):
    """Something overprints on some of three plates only: they have to be drawn one by one."""


def skipped(paint: Paint, over: bool, mode: int, plates: tuple[str, ...]) -> bool:
    """Whether an overprinting colour leaves the plates alone (ISO 32000-1, 8.6.7); Mixed when only some of them."""
    family = paint.space.family
    if not over or paint.pattern is not None:
        return False
    if family in ("Separation", "DeviceN"):
        left = [ALL not in paint.space.names and plate not in paint.space.names for plate in plates]
    elif family == "DeviceCMYK" and mode == 1:
        left = [paint.inks.get(plate, 0) <= 0 for plate in plates]
    else:
        return False
    if any(left) != all(left):
        raise Mixed
    return all(left)


@dataclass
class Pen:
    """Writes one stream's content for a set of plates. ``under``: only what overprints, in white: what an isolated group
    begins with, because it is there that its overprint ends."""

    plates: Plates
    walk: Walk
    resources: Any
    under: bool = False
    out: list[Any] = field(default_factory=list)
    path: list[Step] = field(default_factory=list)
    faint: dict[float, Name] = field(default_factory=dict)
    mode: int = 0
    count: int = 0
    used: bool = False

    def write(self, operator: str, operands: Any, instruction: Any) -> None:
        """One operator, as it is or as these plates want it."""
        if operator in BUILDS:
            self.path.append((operator, operands, instruction))
        elif operator in FILL or operator in LINE:
            OPERATORS[operator](self.walk, operands)
            self.colour(operator in FILL)
        elif operator in PAINTS or operator == "n":
            self.paint(operator)
        elif operator in SHOWS:
            self.lettering()
            self.out.append(instruction)
        elif operator in ("Do", "BI", "sh"):
            self.thing(operator, operands)
        elif operator == "Tr":
            self.walk.state.rendering = self.mode = int(operands[0])
            self.out.append(instruction)
        else:
            if operator in ("q", "Q", "gs", "cm", "w", "J"):
                OPERATORS[operator](self.walk, operands)
                self.mode = -1 if operator == "Q" else self.mode
            self.out.append(instruction)

    def emit(self, operands: list[Any], operator: str) -> None:
        """An operator of our own."""
        self.out.append(ContentStreamInstruction(operands, _operator(operator)))

    def paint(self, operator: str) -> None:
        """What the path that was built comes to: a painting operator, or ``n``."""
        path, self.path = self.path, []
        left = operator if operator == "n" else self.painting(operator)
        state = self.walk.state
        pixel = self.plates.pixel / max(narrowest(state.ctm), 1e-6)
        if left == "S" and state.cap == ROUND and path[-1:] and path[-1][0] not in CLIPS:
            path, sparks = self.parted(path, state.width)
            self.dots(sparks, state.width, pixel)
        thin = left in ("S", "s") and 0 < state.width < pixel and bool(path) and path[-1][0] not in CLIPS
        if thin:
            self.emit([], "q")
            self.emit([self.thinned(state.width / pixel)], "gs")
        for step, operands, instruction in path:
            if step == "re":
                self.rectangle(*map(float, operands))
            else:
                self.out.append(instruction)
        if path:
            self.emit([], left)
        if thin:
            self.emit([], "Q")

    def thinned(self, share: float) -> Name:
        """A graphics state for lines that PDFium widens to a pixel: as much fainter, so that they hold the same ink."""
        share = max(round(share * self.walk.state.line_alpha, 2), 0.01)
        if share not in self.faint:
            self.faint[share] = self.named("/ExtGState", Dictionary(CA=share))
        return self.faint[share]

    def parted(self, path: list[Step], width: float) -> tuple[list[Step], list[Any]]:
        """A path's lines, and the operators of its dots: worked out once for all sets of plates."""
        known, key = self.plates.parsed, ("dots", id(path[0][2]), width)
        if key not in known:
            lines, centres = dots.parted(path, width)
            sparks = [step for x, y in centres for step in _spark(x, y, width)]
            room = known.get("sparks", 0) + len(path)
            if room > MOST_SPARKS:
                return lines, sparks
            known["sparks"], known[key] = room, (lines, sparks, path[0])  # the path stays, and so its id
        lines, sparks, _ = known[key]
        return lines, sparks

    def dots(self, sparks: Sequence[Any], width: float, pixel: float) -> None:
        """Dots of a true circle's ink; ``pixel``: the side of one in user space."""
        if not sparks:
            return
        wanted = round(width / pixel, 3)
        drawn = dots.swollen(wanted)
        self.emit([], "q")
        self.emit([round(drawn * pixel, 5)], "w")
        if drawn < 1:
            self.emit([self.thinned(math.pi / 4 * wanted * wanted / dots.area(1))], "gs")
        self.out += sparks
        self.emit([], "S")
        self.emit([], "Q")

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """A rectangle with one corner a hair off: PDFium widens true ones to whole pixels, which is too much ink."""
        self.emit([x, y], "m")
        for to in ((x + width, y), (x + width * 1.0001, y + height * 1.0001), (x, y + height)):
            self.emit([*to], "l")
        self.emit([], "h")

    def skips(self, filling: bool) -> bool:
        """Whether a fill or stroke leaves these plates alone."""
        state = self.walk.state
        paint, over = (state.fill, state.fill_over) if filling else (state.line, state.line_over)
        return skipped(paint, over, state.mode, self.plates.inks)

    def shows(self, filling: bool) -> bool:
        """Whether a fill or stroke is written: what comes onto the plates, or below a group what doesn't."""
        shown = self.skips(filling) == self.under
        self.used = self.used or shown
        return shown

    def painting(self, operator: str) -> str:
        """What is left of a painting operator on these plates."""
        fill = operator not in ("S", "s") and self.shows(True)
        stroke = operator not in ("f", "F", "f*") and self.shows(False)
        without_fill, without_stroke = PAINTS[operator]
        return operator if fill and stroke else without_stroke if fill else without_fill if stroke else "n"

    def lettering(self) -> None:
        """Sets the rendering mode that shows text on these plates."""
        said = self.walk.state.rendering
        fill, stroke = said % 4 in (0, 2) and self.shows(True), said % 4 in (1, 2) and self.shows(False)
        wanted = said // 4 * 4 + (2 if fill and stroke else 0 if fill else 1 if stroke else 3)
        if wanted != self.mode:
            self.emit([wanted], "Tr")
            self.mode = wanted

    def colour(self, filling: bool) -> None:
        """The colour that was chosen, as these plates show it."""
        paint = self.walk.state.fill if filling else self.walk.state.line
        small = len(self.plates.inks) == 1
        if self.under:
            return  # it began in white, and stays so
        if paint.pattern is None:
            name = ("g" if small else "rg") if filling else ("G" if small else "RG")
            self.emit(self.plates.values(paint.inks) if paint.space.components else [1.0] * len(self.plates.inks), name)
            return
        made = self.pattern(paint)
        coloured = int(paint.pattern.get("/PaintType", 1)) != 2
        self.put("/ColorSpace", "/PfPattern", Name.Pattern if coloured else Array([Name.Pattern, self.plates.space]))
        self.emit([Name.PfPattern] if not coloured else [Name.Pattern], "cs" if filling else "CS")
        values = [] if coloured else self.plates.values(paint.inks)
        self.emit([*values, self.named("/Pattern", made)], "scn" if filling else "SCN")

    def pattern(self, paint: Paint) -> Any:
        """A pattern for these plates."""
        source, plates = paint.pattern, self.plates
        if int(source.get("/PatternType", 1)) == 2:
            kept = {name: value for name, value in source.items() if name not in ("/Shading", "/ExtGState")}
            return Dictionary({**kept, "/Shading": plates.shading(source["/Shading"], self.walk.resources)})
        if source.objgen in plates.forms:
            return plates.forms[source.objgen]
        if plates.depth >= DEEPEST:
            raise ValueError("patterns inside each other without end")
        plates.depth += 1
        body, made = plates.content(source, source.get("/Resources", Dictionary()), State(), source.objgen)
        body = body if int(source.get("/PaintType", 1)) == 2 else plates.opening() + body
        plates.depth -= 1
        kept = {
            name: value
            for name, value in source.items()
            if name not in ("/Resources", "/Length", "/Filter", "/DecodeParms")
        }
        plates.forms[source.objgen] = plates.pdf.make_stream(body, {**kept, "/Resources": made})
        return plates.forms[source.objgen]

    def thing(self, operator: str, operands: Any) -> None:
        """A form, a picture or a shading."""
        plates, walk = self.plates, self.walk
        if operator == "sh":
            if self.under:
                return
            made = plates.shading(walk.named("/Shading", operands[0]), walk.resources)
            self.emit([self.named("/Shading", made)], "sh")
            return
        found = _inline(plates.pdf, operands[0]) if operator == "BI" else walk.named("/XObject", operands[0])
        key = found.objgen if operator == "Do" else (id(operands[0]), repr(found.keys()))
        if found.get("/Subtype") == Name.Form:
            made = plates.form(found, walk.state, self.under)
            self.used = self.used or made is not None
        elif bool(found.get("/ImageMask", False)):
            made = found if self.shows(True) else None
        else:
            made = None if self.under else plates.picture(found, walk.resources, key)
        if made is None:
            return
        name = self.named("/XObject", made)
        if made.get("/Subtype") == Name.Form:
            self.emit([name], "Do")
            return
        self.emit([], "q")  # pictures are widened to whole pixels too: a clipping cuts them back
        self.rectangle(0, 0, 1, 1)
        for operator_, given in (("W", []), ("n", []), ("Do", [name]), ("Q", [])):
            self.emit(given, operator_)

    def put(self, category: str, name: str, value: Any) -> None:
        """A resource under a name of its own."""
        if category not in self.resources:
            self.resources[category] = Dictionary()
        self.resources[category][name] = value

    def named(self, category: str, value: Any) -> Name:
        """A resource under a new name, which is returned."""
        self.count += 1
        name = f"/Pf{self.count}"
        self.put(category, name, value if value.is_indirect else self.plates.pdf.make_indirect(value))
        return Name(name)


@cache
def _operator(name: str) -> Operator:
    return Operator(name)


def _spark(x: float, y: float, width: float) -> tuple[Any, Any]:
    """A dot for PDFium: a line of hardly any length."""
    to = round(x + dots.SPARK * width, 5)
    return ContentStreamInstruction([x, y], _operator("m")), ContentStreamInstruction([to, y], _operator("l"))


def _inline(pdf: pikepdf.Pdf, image: Any) -> Any:
    """An inline image as a stream of its own; pikepdf has written its abbreviations out."""
    return pdf.make_stream(image.read_raw_bytes(), Dictionary(dict(image.obj.items())))
