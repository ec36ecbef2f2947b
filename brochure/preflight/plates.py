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
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageChops

from brochure.preflight import inkpicture, meshes
from brochure.preflight.functions import function
from brochure.preflight.matrix import narrowest, times, usable
from brochure.preflight.operators import OPERATORS
from brochure.preflight.pen import DEEPEST, Pen
from brochure.preflight.spaces import ALL, Inks, Space, space
from brochure.preflight.state import BLACK, State
from brochure.preflight.walk import UNREADABLE, Walk, isolated

SAMPLES = 128  # colours that a gradient is made of
ROWS = 33  # of so many colours each: a gradient in two directions


@dataclass
class Plates:
    """One file on its way to plates. ``inks``: one, or three that become red, green and blue; ``parsed`` and
    ``pictures`` are shared between plates of one file; ``pixel``: the side of one on the page that is drawn, pt."""

    pdf: pikepdf.Pdf
    inks: tuple[str, ...]
    parsed: dict[Any, Any]
    pictures: dict[Any, inkpicture.Inks | None]
    forms: dict[Any, Any] = field(default_factory=dict)
    placed: dict[Any, Any] = field(default_factory=dict)
    unmeasured: set[str] = field(default_factory=set)
    pixel: float = 0.5
    depth: int = 0

    @property
    def space(self) -> Name:
        """The colour space that the plates are drawn in."""
        return Name.DeviceGray if len(self.inks) == 1 else Name.DeviceRGB

    def values(self, inks: Inks) -> list[float]:
        """A colour on these plates: 1 is no ink."""
        return [round(1 - min(1.0, max(0.0, inks.get(ink, inks.get(ALL, 0.0)))), 4) for ink in self.inks]

    def opening(self) -> bytes:
        """What a page or a tile begins with: PDF's first colour is black, and black ink is on one plate only."""
        values = " ".join(f"{value:g}" for value in self.values(BLACK.inks))
        return f"{values} {'g' if len(self.inks) == 1 else 'rg'} {values} {'G' if len(self.inks) == 1 else 'RG'}\n".encode()

    def page(self, index: int) -> None:
        """Rewrites one page in place."""
        page = self.pdf.pages[index]
        resources = page.obj.get("/Resources")
        resources = resources if isinstance(resources, Dictionary) else Dictionary()
        body, made = self.content(page, resources, State(), index)
        page.obj["/Contents"] = self.pdf.make_stream(self.opening() + body)
        page.obj["/Resources"] = made
        page.obj["/Group"] = Dictionary(S=Name.Transparency, CS=self.space)
        for key in ("/Annots", "/AA", "/Rotate", "/UserUnit", "/CropBox"):
            if key in page.obj:
                del page.obj[key]

    def content(self, stream: Any, resources: Any, state: State, key: Any) -> tuple[bytes, Any]:
        """A stream's content and resources for these plates, beginning in a state."""
        pen = self.written(stream, resources, state, key)
        return pikepdf.unparse_content_stream(pen.out), pen.resources

    def written(self, stream: Any, resources: Any, state: State, key: Any, under: bool = False) -> Pen:
        """A stream's content for these plates, by the pen that wrote it."""
        walk = Walk((1, 0, 0, 1, 0, 0), OPERATORS, parsed=self.parsed)
        walk.state, walk.resources = copy.copy(state), resources
        pen = Pen(self, walk, _copied(resources), under)
        for operator, operands, instruction in walk.instructions(stream, key):
            try:
                pen.write(operator, operands, instruction)
            except UNREADABLE:
                continue  # the interpreter has told it already
        return pen

    def form(self, stream: Any, state: State, under: bool = False) -> Any:
        """A form XObject for these plates; one for each state that it is drawn in. ``under``: what of it overprints, in
        white (``Pen.under``); None when that is nothing."""
        if under and isolated(stream):
            return None  # it has its own
        inner = copy.copy(state)
        inner.ctm = times(usable(stream.get("/Matrix", (1, 0, 0, 1, 0, 0))), state.ctm)
        size = round(narrowest(inner.ctm), 3)
        key = (stream.objgen, size, under, repr((state.fill, state.line, state.fill_over, state.line_over, state.mode)))
        if key not in self.forms and self.depth < DEEPEST:
            self.depth += 1
            self.forms[key] = self._form(stream, inner, under)
            self.depth -= 1
        return self.forms.get(key)

    def _form(self, stream: Any, inner: State, under: bool) -> Any:
        resources = stream.get("/Resources")
        resources = resources if isinstance(resources, Dictionary) else Dictionary()
        pen = self.written(stream, resources, inner, stream.objgen, under)
        if under and not pen.used:
            return None
        body, made = pikepdf.unparse_content_stream(pen.out), pen.resources
        kept = {name: stream[name] for name in ("/BBox", "/Matrix", "/Subtype", "/Type") if name in stream}
        if isolated(stream) and (below := self._below(stream, resources, inner)) is not None:
            pen.put("/XObject", "/PfUnder", below)
            body = b"/PfUnder Do\n" + body
        drawn = self.pdf.make_stream((self.white() if under else b"") + body, {**kept, "/Resources": made})
        if "/Group" in stream:
            group = Dictionary({name: value for name, value in stream["/Group"].items() if name != "/CS"})
            group["/CS"] = self.space
            drawn["/Group"] = group
        return drawn

    def _below(self, stream: Any, resources: Any, inner: State) -> Any:
        """What an isolated group begins with: all that overprints in it, in white. Nothing else in it can be spared, and
        what it doesn't paint over takes the page's ink away."""
        pen = self.written(stream, resources, inner, stream.objgen, True)
        if not pen.used:
            return None
        body = self.white() + pikepdf.unparse_content_stream(pen.out)
        return self.pdf.make_stream(
            body, {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": stream["/BBox"], "/Resources": pen.resources}
        )

    def white(self) -> bytes:
        """The operators that set no ink."""
        return b"1 g 1 G\n" if len(self.inks) == 1 else b"1 1 1 rg 1 1 1 RG\n"

    def picture(self, image: Any, resources: Any, key: Any) -> Any:
        """An image for these plates, written once however often it is used; None when it can't be read."""
        if key not in self.placed:
            self.placed[key] = self._picture(image, resources, key)
        return self.placed[key]

    def _picture(self, image: Any, resources: Any, key: Any) -> Any:
        if key not in self.pictures:
            try:
                self.pictures[key] = inkpicture.inks(image, resources)
            except (*UNREADABLE, OSError, Image.DecompressionBombError, SyntaxError):
                self.pictures[key] = None
        inks = self.pictures[key]
        if inks is None:
            return self.undecoded(image)
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

    def undecoded(self, image: Any) -> Any:
        """An image that only PDFium can unpack: if it is grey, it is drawn as it is on the black plate."""
        if image.get("/ColorSpace") == Name.DeviceGray and self.inks == ("Black",):
            return image
        if image.get("/ColorSpace") == Name.DeviceGray and "Black" not in self.inks:
            return None
        self.unmeasured.add("a picture")
        return None

    def shading(self, source: Any, resources: Any) -> Any:
        """A shading for these plates: its function as a table of colours."""
        chosen = space(source["/ColorSpace"], resources)
        if int(source["/ShadingType"]) == 1:
            return self.plane(source, chosen)
        if "/Function" not in source:
            return self.mesh(source, chosen)
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

    def plane(self, source: Any, chosen: Space) -> Any:
        """A gradient in two directions for these plates: its function as a table of rows."""
        left, right, low, high = map(float, source.get("/Domain", [0, 1, 0, 1]))
        steps = [at / (ROWS - 1) for at in range(ROWS)]
        spots = [(left + x * (right - left), low + y * (high - low)) for y in steps for x in steps]
        try:
            evaluate = function(source["/Function"], 2)
            colours = [self.values(chosen.inks(tuple(evaluate(*spot)))) for spot in spots]
        except UNREADABLE:
            self.unmeasured.add("a gradient in two directions")
            raise
        table = bytes(round(255 * value) for colour in colours for value in colour)
        made = Dictionary({name: source[name] for name in PLANE if name in source})
        made["/ColorSpace"] = self.space
        made["/Function"] = self.pdf.make_stream(
            table, FunctionType=0, Domain=Array([left, right, low, high]), Range=Array([0, 1] * len(self.inks)),
            Size=Array([ROWS, ROWS]), BitsPerSample=8,
        )  # fmt: skip
        return self.pdf.make_indirect(made)

    def mesh(self, source: Any, chosen: Space) -> Any:
        """A gradient of triangles or patches for these plates: its corners' colours as inks, which mix as they do."""
        try:
            packed, decode = meshes.recoloured(
                source, chosen.components, lambda values: self.values(chosen.inks(tuple(values)))
            )
        except UNREADABLE:
            self.unmeasured.add("a mesh gradient")
            raise
        kept = {name: source[name] for name in MESH if name in source}
        made = self.pdf.make_stream(packed, {**kept, "/ColorSpace": self.space, "/Decode": Array(decode)})
        made["/BitsPerComponent"] = 8
        return made


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


PLANE = ("/ShadingType", "/BBox", "/AntiAlias", "/Domain", "/Matrix")
MESH = ("/ShadingType", "/BBox", "/AntiAlias", "/BitsPerCoordinate", "/BitsPerFlag", "/VerticesPerRow")
CATEGORIES = ("/XObject", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace")
