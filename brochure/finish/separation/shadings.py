"""Shadings in inks: every colour function sampled finely enough, every mesh's corners converted."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.finish.separation import meshes
from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.functions import Function, function, pairs
from brochure.finish.separation.inks import Device, Inks, Mixer, grey_of
from brochure.finish.separation.resources import cloned, spot_space
from brochure.finish.separation.spaces import Space, space

CLOSE = 1 / 510  # half of an 8-bit step: a table whose straight lines stay as close as this is fine enough
FINEST = 257  # samples of one stretch
GRID = 33  # samples of each side of a function of two inputs
DEPTH = 65535
LEAST = 0.005  # of an ink: less is paper
FADED = "Let it run into transparent over a ground of the other colour: so each ink keeps its own plate."
Colours = tuple[tuple[float, ...], ...]
KEPT = ("/ShadingType", "/BBox", "/AntiAlias", "/Coords", "/Domain", "/Extend", "/Matrix",
        "/BitsPerCoordinate", "/BitsPerComponent", "/BitsPerFlag", "/Decode", "/VerticesPerRow")  # fmt: skip


def shading(obj: Any, pdf: pikepdf.Pdf, mixer: Mixer, mask: bool, named: Any = None) -> Any:
    """A shading in DeviceCMYK; in DeviceGray for a mask, or when it was grey before."""
    kind = int(obj.get("/ShadingType", 0))
    if not 1 <= kind <= 7:
        raise Unseparable(f"a shading of type {kind} is unknown")
    which = space(obj["/ColorSpace"], mixer, named)
    if which.kind in {"/Pattern", "/Indexed"}:
        raise Unseparable(f"a shading in {which.kind} is unknown")
    tones = _tones(obj, which, mixer, mask)
    made = cloned(obj, KEPT)
    made["/ColorSpace"] = tones.printed
    if "/Background" in obj:
        made["/Background"] = Array([round(value, 4) for value in tones.exact([float(v) for v in obj["/Background"]])])
    if "/Function" in obj:
        made["/Function"] = ramp(obj["/Function"], pdf, tones)
    elif kind < 4:
        raise Unseparable("a shading has no function")
    if kind < 4:
        return pdf.make_indirect(made)
    return _mesh(obj, made, pdf, tones)


class Tones:
    """What a shading's colours become: ``exact`` where one is named, ``between`` where they run into each other."""

    def __init__(self, which: Space, mixer: Mixer, mask: bool) -> None:
        self.space, self._mixer, self._mask = which, mixer, mask
        self.grey = (
            mask or which.kind in {"/DeviceGray", "/CalGray"} or (which.kind == "/ICCBased" and which.parts == 1)
        )

    def exact(self, values: Sequence[float]) -> tuple[float, ...]:
        """A colour as it would be printed alone."""
        device = self.space.device(values)
        if self._mask:
            return (grey_of(device),)
        if self.grey:
            return (1 - self._mixer.black(grey_of(device)),)
        mix = self._mixer.mix(device)
        if mix.spot:
            raise Unseparable(f"a gradient of patches or in two directions holds the spot colour “{mix.spot}”")
        return mix.inks

    @property
    def printed(self) -> Any:
        """The colour space that they are printed in."""
        return Name.DeviceGray if self.grey else Name.DeviceCMYK

    def stretch(self, colours: Sequence[Sequence[float]]) -> Colours:
        """A run of colours. Greys from end to end are black ink; otherwise the profile mixes them all, and a brand
        colour at an end keeps its recipe: its difference to the profile's mix is shared out, so that nothing jumps."""
        devices = [self.space.device(values) for values in colours]
        if self.grey or len(devices[0]) != 3 or all(max(it) - min(it) < 1 / 255 for it in devices):
            return tuple(self.exact(values) for values in colours)
        plain = self._mixer.through_profile([(it[0], it[1], it[2]) for it in devices])
        first, last = (self._off(devices[index], plain[index]) for index in (0, -1))
        return tuple(
            _shared(mix, first, last, index / (len(plain) - 1), self._mixer) for index, mix in enumerate(plain)
        )

    def _off(self, device: Device, mix: Inks) -> Inks:
        """How far a brand colour's recipe is from the profile's mix; nothing for one of black alone, whose
        neighbours on the way to a colour would lose theirs."""
        recipe = self._mixer.mix(device).inks
        if not self._mixer.named(device[0], device[1], device[2]) or recipe[:3] == (0, 0, 0):
            return (0, 0, 0, 0)
        c, m, y, k = (a - b for a, b in zip(recipe, mix, strict=True))
        return (c, m, y, k)


class Tints(Tones):
    """Tints of one spot ink. ``full``: the sRGB colour that is all of it; a space of that ink says its tints itself."""

    def __init__(self, which: Space, mixer: Mixer, spot: str, full: Device) -> None:
        super().__init__(which, mixer, False)
        self.grey, self._spot, self._full = False, spot, full

    def exact(self, values: Sequence[float]) -> tuple[float, ...]:
        """The tint of a colour between the ink and paper."""
        if self.space.spot:
            return (min(max(values[0], 0.0), 1.0),)
        channel = min(range(3), key=lambda at: self._full[at])
        return (min(max((1 - self.space.device(values)[channel]) / (1 - self._full[channel]), 0.0), 1.0),)

    def stretch(self, colours: Sequence[Sequence[float]]) -> Colours:
        """A run of tints."""
        return tuple(map(self.exact, colours))

    @property
    def printed(self) -> Any:
        """The ink's Separation."""
        return spot_space(self._spot, self._mixer)


def _tones(obj: Any, which: Space, mixer: Mixer, mask: bool) -> Tones:
    """What a shading is printed from: tints of a spot ink when it runs between that and paper, process inks when it
    holds none. Raises Unseparable for one that runs from a spot ink into another colour: half-way it would be neither,
    and both inks' dots would lie at one angle."""
    if which.spot and not mask:
        return Tints(which, mixer, which.spot, ())
    if mask or which.parts != 3 or "/Function" not in obj or int(obj["/ShadingType"]) == 1:
        return Tones(which, mixer, mask)
    devices = [tuple(which.device(values)) for values in _stops(obj["/Function"])]
    spots = {mix.spot: device for device in devices if (mix := mixer.mix(device)).spot}
    if not spots:
        return Tones(which, mixer, mask)
    spot, full = next(iter(spots.items()))
    if len(spots) > 1 or any(max(mix.inks) > LEAST for device in devices if not (mix := mixer.mix(device)).spot):
        raise Unseparable(f"a gradient runs from the spot colour “{spot}” into another colour than white", FADED)
    return Tints(which, mixer, spot, full)


def _stops(obj: Any) -> list[Sequence[float]]:
    """The colours at both ends of each stretch of a shading's function."""
    if not isinstance(obj, Array) and int(obj.get("/FunctionType", -1)) == 3:
        return [stop for part in obj["/Functions"] for stop in _stops(part)]
    source = function(obj)
    return [source(edge) for edge in source.domain[0]]


def _shared(mix: Inks, first: Sequence[float], last: Sequence[float], share: float, mixer: Mixer) -> tuple[float, ...]:
    c, m, y, k = (
        min(max(ink + one * (1 - share) + other * share, 0.0), 1.0)
        for ink, one, other in zip(mix, first, last, strict=True)
    )
    return mixer.within((c, m, y, k))


def ramp(obj: Any, pdf: pikepdf.Pdf, tones: Tones) -> Any:
    """A shading's function in inks. The stretches of a stitching function keep their bounds, so hard stops stay."""
    if not isinstance(obj, Array) and int(obj.get("/FunctionType", -1)) == 3:
        made = cloned(obj, ("/FunctionType", "/Domain", "/Bounds", "/Encode"))
        made["/Functions"] = Array([ramp(part, pdf, tones) for part in obj["/Functions"]])
        return pdf.make_indirect(made)
    source = function(obj)
    if len(source.domain) == 2:
        return _plane(source, pdf, tones)
    if len(source.domain) != 1:
        raise Unseparable("a shading's function has more than two inputs")
    return _table(pdf, source, [_line(source, tones)])


def _line(source: Function, tones: Tones) -> Colours:
    """Samples of a function of one input, as many as straight lines need to follow it."""
    low, high = source.domain[0]
    finest = tones.stretch([source(low + (high - low) * index / (FINEST - 1)) for index in range(FINEST)])
    count = 2
    while count < FINEST and _error(finest, (FINEST - 1) // (count - 1)) > CLOSE:
        count = count * 2 - 1
    return finest[:: (FINEST - 1) // (count - 1)]


def _error(finest: Colours, step: int) -> float:
    """How far straight lines over every ``step`` samples stray from the samples between."""
    return max(
        abs(value - (start + (stop - start) * (index % step) / step))
        for index in range(len(finest) - 1)
        for value, start, stop in zip(
            finest[index], finest[index - index % step], finest[index - index % step + step], strict=True
        )
    )


def _plane(source: Function, pdf: pikepdf.Pdf, tones: Tones) -> Any:
    """Samples of a function of two inputs, on a grid."""
    (left, right), (low, high) = source.domain
    steps = [index / (GRID - 1) for index in range(GRID)]
    return _table(
        pdf,
        source,
        [tuple(tones.exact(source(left + (right - left) * x, low + (high - low) * y)) for x in steps) for y in steps],
    )


def _table(pdf: pikepdf.Pdf, source: Function, rows: Sequence[Colours]) -> Any:
    """A sampled function of 16 bits an ink."""
    values = [round(value * DEPTH) for row in rows for colour in row for value in colour]
    sizes = [len(rows[0]), len(rows)][: len(source.domain)]
    return pdf.make_stream(
        struct.pack(f">{len(values)}H", *values),
        FunctionType=0,
        Domain=Array([edge for pair in source.domain for edge in pair]),
        Range=Array([0, 1] * len(rows[0][0])),
        Size=Array(sizes),
        BitsPerSample=16,
    )


def _mesh(obj: Any, made: Dictionary, pdf: pikepdf.Pdf, tones: Tones) -> Any:
    """A shading of triangles or patches: its corners' colours, unless a function makes them."""
    if "/Function" in obj:
        return pdf.make_stream(obj.read_bytes(), made)
    exact: Callable[[Sequence[float]], tuple[float, ...]] = tones.exact
    layout = meshes.Layout.of(obj, pairs(obj["/Decode"]))
    inks = 4 if tones.printed == Name.DeviceCMYK else 1
    made["/BitsPerComponent"] = 16
    made["/Decode"] = Array([*list(obj["/Decode"])[:4], *([0, 1] * inks)])
    return pdf.make_stream(meshes.recoloured(obj.read_bytes(), layout, exact), made)
