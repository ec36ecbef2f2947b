"""A file's pages rewritten so that each shows what one or three printing plates hold.

White is no ink, black is full ink: an ink of 30 % becomes grey 0.7, and three inks become the red, green and blue of
one page. So an ordinary rasteriser, mixing transparency as it always does, draws plates. What knocks out paints white;
what overprints paints nothing on the plates that it leaves alone.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Stream
from PIL import Image, ImageChops

from brochure.preflight import inkpicture
from brochure.preflight.functions import function
from brochure.preflight.operators import OPERATORS
from brochure.preflight.spaces import ALL, Inks, space
from brochure.preflight.state import State
from brochure.preflight.things import Paint
from brochure.preflight.walk import UNREADABLE, Walk

SAMPLES = 128  # colours that a gradient is made of
DEEPEST = 12
FILL = frozenset(("g", "rg", "k", "sc", "scn", "cs"))
LINE = frozenset(("G", "RG", "K", "SC", "SCN", "CS"))
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
class Plates:
    """One file on its way to plates. ``inks``: one, or three that become red, green and blue; ``parsed`` and
    ``pictures`` are shared between plates of one file."""

    pdf: pikepdf.Pdf
    inks: tuple[str, ...]
    parsed: dict[Any, Any]
    pictures: dict[Any, inkpicture.Inks | None]
    forms: dict[Any, Any] = field(default_factory=dict)
    unmeasured: set[str] = field(default_factory=set)
    depth: int = 0

    @property
    def space(self) -> Name:
        """The colour space that the plates are drawn in."""
        return Name.DeviceGray if len(self.inks) == 1 else Name.DeviceRGB

    def values(self, inks: Inks) -> list[float]:
        """A colour on these plates: 1 is no ink."""
        return [round(1 - min(1.0, max(0.0, inks.get(ink, inks.get(ALL, 0.0)))), 4) for ink in self.inks]

    def page(self, index: int) -> None:
        """Rewrites one page in place."""
        page = self.pdf.pages[index]
        resources = page.obj.get("/Resources")
        resources = resources if isinstance(resources, Dictionary) else Dictionary()
        body, made = self.content(page, resources, State(), index)
        page.obj["/Contents"] = self.pdf.make_stream(body)
        page.obj["/Resources"] = made
        page.obj["/Group"] = Dictionary(S=Name.Transparency, CS=self.space)
        for key in ("/Annots", "/AA", "/Rotate", "/UserUnit", "/CropBox"):
            if key in page.obj:
                del page.obj[key]

    def content(self, stream: Any, resources: Any, state: State, key: Any) -> tuple[bytes, Any]:
        """A stream's content and resources for these plates, beginning in a state."""
        walk = Walk((1, 0, 0, 1, 0, 0), OPERATORS, parsed=self.parsed)
        walk.state, walk.resources = copy.copy(state), resources
        pen = Pen(self, walk, _copied(resources))
        for operator, operands, instruction in walk.instructions(stream, key):
            try:
                pen.write(operator, operands, instruction)
            except UNREADABLE:
                continue  # the interpreter has told it already
        return pikepdf.unparse_content_stream(pen.out), pen.resources

    def form(self, stream: Any, state: State) -> Any:
        """A form XObject for these plates; one for each state that it is drawn in."""
        key = (stream.objgen, repr((state.fill, state.line, state.fill_over, state.line_over, state.mode)))
        if key not in self.forms and self.depth < DEEPEST:
            self.depth += 1
            resources = stream.get("/Resources")
            body, made = self.content(
                stream, resources if isinstance(resources, Dictionary) else Dictionary(), state, stream.objgen
            )
            kept = {name: stream[name] for name in ("/BBox", "/Matrix", "/Subtype", "/Type") if name in stream}
            self.forms[key] = self.pdf.make_stream(body, {**kept, "/Resources": made})
            if "/Group" in stream:
                group = Dictionary({name: value for name, value in stream["/Group"].items() if name != "/CS"})
                group["/CS"] = self.space
                self.forms[key]["/Group"] = group
            self.depth -= 1
        return self.forms.get(key)

    def picture(self, image: Any, resources: Any, key: Any) -> Any:
        """An image for these plates; None when it can't be read."""
        if key not in self.pictures:
            try:
                self.pictures[key] = inkpicture.inks(image, resources)
            except (*UNREADABLE, OSError, Image.DecompressionBombError, SyntaxError):
                self.pictures[key] = None
        inks = self.pictures[key]
        if inks is None:
            self.unmeasured.add("a picture")
            return None
        size = next(iter(inks.values())).size if inks else (1, 1)
        bands = [ImageChops.invert(inks[ink]) if ink in inks else Image.new("L", size, 255) for ink in self.inks]
        merged = bands[0] if len(bands) == 1 else Image.merge("RGB", bands)
        made = self.pdf.make_stream(
            merged.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=size[0], Height=size[1]
        )
        made["/ColorSpace"], made["/BitsPerComponent"] = self.space, 8
        for name in ("/SMask", "/Mask"):
            if isinstance(image.get(name), Stream):
                made[name] = image[name]
        return made

    def shading(self, source: Any, resources: Any) -> Any:
        """A shading for these plates: its function as a table of colours."""
        chosen = space(source["/ColorSpace"], resources)
        if "/Function" not in source or int(source["/ShadingType"]) == 1:
            self.unmeasured.add("a mesh gradient")
            raise ValueError("a shading without a function of one value")
        evaluate = function(source["/Function"])
        domain = list(map(float, source.get("/Domain", _domain(source["/Function"]))))[:2]
        step = (domain[1] - domain[0]) / (SAMPLES - 1)
        colours = [self.values(chosen.inks(evaluate(domain[0] + at * step))) for at in range(SAMPLES)]
        table = bytes(round(255 * value) for colour in colours for value in colour)
        made = copy.copy(source)
        made["/Function"] = self.pdf.make_stream(
            table, FunctionType=0, Domain=Array(domain), Range=Array([0, 1] * len(self.inks)), Size=Array([SAMPLES]),
            BitsPerSample=8,
        )  # fmt: skip
        made["/ColorSpace"] = self.space
        if "/Background" in source:
            made["/Background"] = Array(self.values(chosen.inks(tuple(map(float, source["/Background"])))))
        return made if isinstance(made, Stream) else self.pdf.make_indirect(made)


def _domain(source: Any) -> Any:
    return (source[0] if isinstance(source, Array) else source)["/Domain"]


def _copied(resources: Any) -> Any:
    """Resources of which whole categories may be replaced without touching the original."""
    made = Dictionary()
    for name, value in resources.items():
        made[name] = Dictionary(dict(value.items())) if isinstance(value, Dictionary) and name in CATEGORIES else value
    states = made.get("/ExtGState", Dictionary())
    for name in list(states.keys()):
        entry = states[name]
        if isinstance(entry, Dictionary):
            states[name] = Dictionary(
                {key: value for key, value in entry.items() if key not in ("/OP", "/op", "/OPM", "/TR", "/TR2")}
            )
    return made


CATEGORIES = ("/XObject", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace")


@dataclass
class Pen:
    """Writes one stream's content for a set of plates."""

    plates: Plates
    walk: Walk
    resources: Any
    out: list[Any] = field(default_factory=list)
    mode: int = 0
    count: int = 0

    def write(self, operator: str, operands: Any, instruction: Any) -> None:
        """One operator, as it is or as these plates want it."""
        if operator in FILL or operator in LINE:
            OPERATORS[operator](self.walk, operands)
            self.colour(operator in FILL)
        elif operator in PAINTS:
            self.emit([], self.painting(operator))
        elif operator in SHOWS:
            self.lettering()
            self.out.append(instruction)
        elif operator in ("Do", "BI", "sh"):
            self.thing(operator, operands)
        elif operator == "re":
            self.rectangle(*map(float, operands))
        elif operator == "Tr":
            self.walk.state.rendering = self.mode = int(operands[0])
            self.out.append(instruction)
        else:
            if operator in ("q", "Q", "gs"):
                OPERATORS[operator](self.walk, operands)
                self.mode = -1 if operator == "Q" else self.mode
            self.out.append(instruction)

    def emit(self, operands: list[Any], operator: str) -> None:
        """An operator of our own."""
        self.out.append(ContentStreamInstruction(operands, Operator(operator)))

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

    def painting(self, operator: str) -> str:
        """What is left of a painting operator on these plates."""
        fill = operator not in ("S", "s") and self.skips(True)
        stroke = operator not in ("f", "F", "f*") and self.skips(False)
        if fill and stroke:
            return "n"
        return PAINTS[operator][0] if fill else PAINTS[operator][1] if stroke else operator

    def lettering(self) -> None:
        """Sets the rendering mode that shows text on these plates."""
        wanted = self.walk.state.rendering
        if wanted % 4 in (0, 2) and self.skips(True):
            wanted += 3 if wanted % 4 == 0 else -1
        if wanted % 4 == 1 and self.skips(False):
            wanted += 2
        if wanted != self.mode:
            self.emit([wanted], "Tr")
            self.mode = wanted

    def colour(self, filling: bool) -> None:
        """The colour that was chosen, as these plates show it."""
        paint = self.walk.state.fill if filling else self.walk.state.line
        small = len(self.plates.inks) == 1
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
        if plates.depth >= DEEPEST:
            raise ValueError("patterns inside each other without end")
        plates.depth += 1
        body, made = plates.content(source, source.get("/Resources", Dictionary()), State(), source.objgen)
        plates.depth -= 1
        kept = {
            name: value
            for name, value in source.items()
            if name not in ("/Resources", "/Length", "/Filter", "/DecodeParms")
        }
        return plates.pdf.make_stream(body, {**kept, "/Resources": made})

    def thing(self, operator: str, operands: Any) -> None:
        """A form, a picture or a shading."""
        plates, walk = self.plates, self.walk
        if operator == "sh":
            made = plates.shading(walk.named("/Shading", operands[0]), walk.resources)
            self.emit([self.named("/Shading", made)], "sh")
            return
        found = _inline(plates.pdf, operands[0]) if operator == "BI" else walk.named("/XObject", operands[0])
        key = found.objgen if operator == "Do" else (id(operands[0]), repr(found.keys()))
        if found.get("/Subtype") == Name.Form:
            made = plates.form(found, walk.state)
        elif bool(found.get("/ImageMask", False)):
            made = None if self.skips(True) else found
        else:
            made = plates.picture(found, walk.resources, key)
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


def _inline(pdf: pikepdf.Pdf, image: Any) -> Any:
    """An inline image as a stream of its own; pikepdf has written its abbreviations out."""
    return pdf.make_stream(image.read_raw_bytes(), Dictionary(dict(image.obj.items())))
