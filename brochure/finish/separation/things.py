"""What content streams name, separated: forms, patterns, shadings, graphics states; pictures are left to Pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.finish.separation import groups, shadings
from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.inks import BLACK, Mix, Mixer, grey_of
from brochure.finish.separation.pictures import Pictures
from brochure.finish.separation.resources import cloned
from brochure.finish.separation.spaces import space
from brochure.finish.separation.state import SAME, START, Matrix, State, matrix_of, times
from brochure.finish.separation.tokens import Operation
from brochure.finish.separation.walk import Stream, Walk

DEPTH = 24  # forms in forms: more is a circle
#: Entries of a graphics state that go through as they are; those of FORGOTTEN don't: halftones, curves and overprint
#: are the press's and the walk's own.
PASSED = ("/Type", "/CA", "/ca", "/BM", "/AIS", "/TK", "/SA", "/LW", "/LC", "/LJ", "/ML", "/D", "/FL", "/SM")
FORGOTTEN = ("/OP", "/op", "/OPM", "/RI", "/BG", "/BG2", "/UCR", "/UCR2", "/HT")
WHITE = Mix((0, 0, 0, 0), 1)


class Workshop:
    """Separates what is named, each thing once for each way in which it is used."""

    def __init__(self, pdf: pikepdf.Pdf, mixer: Mixer, pictures: Pictures) -> None:
        self._pdf, self._mixer, self._pictures = pdf, mixer, pictures
        self._made: dict[Any, tuple[Any, Any]] = {}  # with the source: an object must not go while its id is a key
        self._depth = 0

    def walked(self, stream: Stream) -> tuple[bytes, Dictionary]:
        """A stream's bytes and resources in inks."""
        self._depth += 1
        if self._depth > DEPTH:
            raise Unseparable("forms or patterns contain themselves")
        try:
            walk = Walk(stream, self, self._mixer)
            return walk.rewritten(), walk.shelf.dictionary()
        finally:
            self._depth -= 1

    def _once(self, key: tuple[Any, ...], obj: Any, make: Any) -> Any:
        """What was made before, or is made now; direct objects have no name to be known by."""
        if not obj.is_indirect:
            return make()
        whole = (obj.objgen, *key)
        if whole not in self._made:
            self._made[whole] = (make(), obj)
        return self._made[whole][0]

    def painted(self, obj: Any, state: State, mask: bool) -> Any:
        """A form or picture as it is used here."""
        kind = str(obj.get("/Subtype"))
        if "/OC" in obj:
            raise Unseparable("a layer (optional content) is used")
        if kind == "/Image":
            return self._pictures.used(obj, state.ctm, mask)
        if kind != "/Form":
            raise Unseparable(f"an object of kind {kind} is unknown")
        inner = state.inside(matrix_of(obj.get("/Matrix")), "/Group" in obj)
        # fine black can't overprint what lies below a group that is isolated from it: where the group itself changes
        # nothing, it goes
        bare = not mask and state.plain
        return self._once(("form", inner.key, mask, bare), obj, lambda: self._form(obj, inner, mask, bare))

    def inline(self, operation: Operation, resources: Any) -> Any:
        """An inline picture as one of its own."""
        return self._pictures.inline(operation, resources)

    def _form(self, obj: Any, inner: State, mask: bool, bare: bool = False) -> Any:
        content, resources = self.walked(Stream(obj.read_bytes(), obj.get("/Resources"), inner, mask))
        made = cloned(obj, ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix"))
        made["/Resources"] = resources
        if "/Group" in obj:
            made["/Group"] = self._group(obj["/Group"], mask)
            if bare and not groups.matters(made):
                del made["/Group"]
        return self._pdf.make_stream(content, made)

    def _group(self, group: Any, mask: bool) -> Dictionary:
        """A transparency group's own dictionary, blending in inks."""
        made = cloned(group, ("/Type", "/S", "/I", "/K"))
        if made.get("/S") != "/Transparency":
            raise Unseparable(f"a group of kind {made.get('/S')} is unknown")
        made["/CS"] = Name.DeviceGray if mask else Name.DeviceCMYK
        return made

    def pattern(self, obj: Any, origin: Matrix, shift: Matrix, mask: bool) -> Any:
        """A pattern of a stream whose space is ``origin``; its own space moves along with ``shift``."""
        matrix = times(matrix_of(obj.get("/Matrix")), shift)
        if int(obj.get("/PatternType", 0)) == 2:
            return self._once(("shades", matrix, mask), obj, lambda: self._shades(obj, matrix, mask))
        own = times(matrix_of(obj.get("/Matrix")), origin)
        size = tuple(round(part, 3) for part in own[:4])
        return self._once(("tiles", matrix, size, mask), obj, lambda: self._tiles(obj, matrix, own, mask))

    def _shades(self, obj: Any, matrix: Matrix, mask: bool) -> Any:
        if "/ExtGState" in obj:
            raise Unseparable("a shading pattern has a graphics state of its own")
        made = Dictionary(Type=Name.Pattern, PatternType=2, Shading=self.shading(obj["/Shading"], mask))
        return self._pdf.make_indirect(_placed(made, matrix))

    def _tiles(self, obj: Any, matrix: Matrix, own: Matrix, mask: bool) -> Any:
        if int(obj.get("/PatternType", 0)) != 1 or not isinstance(obj, pikepdf.Stream):
            raise Unseparable(f"a pattern of type {obj.get('/PatternType')} is unknown")
        uncoloured = int(obj["/PaintType"]) == 2
        # the first colour of a tile is DeviceGray's black, which would be no ink of ours: it is set in words
        opening = b"" if uncoloured else b"0 g 0 G\n"
        stream = Stream(opening + obj.read_bytes(), obj.get("/Resources"), State(ctm=own), mask, uncoloured)
        content, resources = self.walked(stream)
        keys = ("/Type", "/PatternType", "/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep")
        made = _placed(cloned(obj, keys), matrix)
        made["/Resources"] = resources
        return self._pdf.make_stream(content, made)

    def shading(self, obj: Any, mask: bool) -> Any:
        """A shading."""
        return self._once(("shading", mask), obj, lambda: shadings.shading(obj, self._pdf, self._mixer, mask))

    def graphics_state(self, obj: Any, state: State, mask: bool) -> tuple[Any, State]:
        """A graphics state's dictionary, None when nothing of it is left, and the state after it."""
        for key in obj.keys():  # noqa: SIM118 - a Dictionary iterates otherwise
            if key not in (*PASSED, *FORGOTTEN, "/SMask", "/TR", "/TR2", "/Font"):
                raise Unseparable(f"a graphics state has an entry {key}, which is unknown")
        if "/Font" in obj or str(obj.get("/TR", "/Identity")) != "/Identity":
            raise Unseparable("a graphics state sets a font or a transfer curve")
        if str(obj.get("/TR2", "/Default")) not in {"/Default", "/Identity"}:
            raise Unseparable("a graphics state sets a transfer curve")
        made = cloned(obj, PASSED)
        if "/SMask" in obj:
            made["/SMask"] = self._soft(obj["/SMask"], state)
        after = replace(
            state,
            fill_alpha=float(made.get("/ca", state.fill_alpha)),
            stroke_alpha=float(made.get("/CA", state.stroke_alpha)),
            width=float(made.get("/LW", state.width)),
            blended=groups.blends(made) if "/BM" in made else state.blended,
            masked=not isinstance(made["/SMask"], Name) if "/SMask" in made else state.masked,
        )
        return (made if len(made.keys()) else None), after

    def _soft(self, obj: Any, state: State) -> Any:
        """A soft mask: a group whose luminosity or alpha says how much shows."""
        if isinstance(obj, Name):
            return obj
        kind = str(obj["/S"])
        if kind not in {"/Luminosity", "/Alpha"}:
            raise Unseparable(f"a soft mask of kind {kind} is unknown")
        form, luminous = obj["/G"], kind == "/Luminosity"
        made = cloned(obj, ("/Type", "/S", "/TR"))
        if "/BC" in obj:
            made["/BC"] = self._backdrop(obj, luminous)
        inner = State(ctm=times(matrix_of(form.get("/Matrix")), state.ctm))
        made["/G"] = self._once(("mask", luminous, inner.key), form, lambda: self._mask(form, inner, luminous))
        return made

    def _mask(self, form: Any, inner: State, luminous: bool) -> Any:
        """A mask's group. It begins with black, whatever the page around it has set."""
        made = self._form(form, replace(inner, fill=START, stroke=START), luminous)
        opening = b"0 g 0 G\n" if luminous else b"0 0 0 1 k 0 0 0 1 K\n"
        made.write(opening + made.read_bytes())
        return made

    def _backdrop(self, obj: Any, luminous: bool) -> Array:
        group = obj["/G"]["/Group"]
        which = space(group["/CS"], self._mixer) if "/CS" in group else space(Name.DeviceGray, self._mixer)
        device = which.device([float(value) for value in obj["/BC"]])
        return Array([round(grey_of(device), 4)]) if luminous else Array(list(self._mixer.mix(device).inks))


def _placed(made: Dictionary, matrix: Matrix) -> Dictionary:
    """The dictionary with its matrix, if that moves anything."""
    if matrix != SAME:
        made["/Matrix"] = Array([round(value, 6) for value in matrix])
    return made


def opening() -> bytes:
    """The operators that a page begins with: its first colour is black ink, not DeviceGray's black."""
    inks = " ".join(str(ink) for ink in BLACK)
    return f"{inks} k {inks} K\n".encode()
