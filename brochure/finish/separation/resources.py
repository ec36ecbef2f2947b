"""What a rewritten content stream names: only that, under names of its own."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.inks import Mix, Mixer
from brochure.finish.separation.spaces import Space, space

OVERPRINT = {(False, False): "/Knockout", (True, False): "/OverLine", (False, True): "/OverText", (True, True): "/Over"}


class Shelf:
    """The resources of one stream: where its names come from, and what it still names after the walk."""

    def __init__(self, old: Any, mixer: Mixer) -> None:
        self._old, self._mixer = old, mixer
        self._new: dict[str, dict[str, Any]] = {}
        self._spaces: dict[str, Space] = {}
        named = self._named("/ColorSpace")
        for name in ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK"):
            if name in named:
                raise Unseparable(f"the colour space {name} stands in for device colours")

    def _named(self, kind: str) -> Any:
        return self._old.get(kind, Dictionary()) if self._old is not None else Dictionary()

    def source(self, kind: str, name: Any) -> Any:
        """What the stream's own resources call so. Raises Unseparable."""
        named = self._named(kind)
        if str(name) not in named:
            raise Unseparable(f"the resource {name} is missing in {kind}")
        return named[str(name)]

    def space(self, name: Any) -> Space:
        """A colour space by its name in the stream."""
        key = str(name)
        if key not in self._spaces:
            self._spaces[key] = space(Name(key), self._mixer, self._named("/ColorSpace"))
        return self._spaces[key]

    def put(self, kind: str, name: str, obj: Any) -> bytes:
        """Names an object for the new stream: as before, unless another object is called so already."""
        row = self._new.setdefault(kind, {})
        free, count = name, 1
        while free in row and not _same(row[free], obj):
            free, count = f"{name}-{count}", count + 1
        row[free] = obj
        return _written(free)

    def font(self, name: str) -> bytes:
        """A font; Type 3 has no place in a print file."""
        font = self.source("/Font", name)
        if font.get("/Subtype") == "/Type3":
            raise Unseparable("a Type 3 font, drawn from pictures, is used")
        if not _embedded(font):
            raise Unseparable(f"the font {font.get('/BaseFont')} isn't embedded")
        return self.put("/Font", name, font)

    def overprint(self, strokes: bool, fills: bool) -> bytes:
        """The graphics state that makes strokes and fills overprint, or not; nought leaves the inks below alone."""
        return self.put("/ExtGState", OVERPRINT[strokes, fills], Dictionary({"/OP": strokes, "/op": fills, "/OPM": 1}))

    def spot(self, mix: Mix) -> bytes:
        """The colour space of a spot ink."""
        return self.put("/ColorSpace", "/Spot", spot_space(mix.spot, self._mixer))

    def under(self, mix: Mix, mask: bool) -> bytes:
        """The space of an uncoloured pattern painted with a mix."""
        inner = Name.DeviceGray if mask else spot_space(mix.spot, self._mixer) if mix.spot else Name.DeviceCMYK
        return self.put("/ColorSpace", "/Under", Array([Name.Pattern, inner]))

    def dictionary(self) -> Dictionary:
        """The new stream's resources."""
        return Dictionary({kind: Dictionary(row) for kind, row in self._new.items()})


def spot_space(name: str, mixer: Mixer) -> Array:
    """A spot ink: its recipe stands in for it where the press hasn't mixed it."""
    recipe = next(colour.print for colour in mixer.brand.colours.values() if colour.spot == name)
    inks = [ink / 100 for ink in (recipe.cyan, recipe.magenta, recipe.yellow, recipe.black)]
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=inks, N=1)
    return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, tint])


def _same(one: Any, other: Any) -> bool:
    if one.is_indirect or other.is_indirect:
        return bool(one.objgen == other.objgen)
    return bool(one == other)


def _written(name: str) -> bytes:
    """A name as it stands in a content stream, with escapes."""
    return b"/" + b"".join(
        bytes((byte,)) if 33 <= byte <= 126 and byte not in b"#/()<>[]{}%" else b"#%02X" % byte
        for byte in name.removeprefix("/").encode("latin-1")
    )


def _embedded(font: Any) -> bool:
    parts = font.get("/DescendantFonts", [font])
    return all(
        any(key in part.get("/FontDescriptor", Dictionary()) for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        for part in parts
    )


def cloned(obj: pikepdf.Object, keys: tuple[str, ...]) -> Dictionary:
    """The entries of a dictionary, or of a stream's, that are named and there."""
    return Dictionary({key: obj[key] for key in keys if key in obj})
