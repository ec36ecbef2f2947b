"""What each operator of a page's content does (ISO 32000-1, annex A), as one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import Dictionary, Name, Stream

from brochure.preflight import paths, texts
from brochure.preflight.matrix import placed, times, usable
from brochure.preflight.paths import fills, shading
from brochure.preflight.spaces import Space, sampled, space
from brochure.preflight.things import Paint, Picture
from brochure.preflight.walk import Walk

Act = Callable[[Walk, Any], None]


def _concat(walk: Walk, operands: Any) -> None:
    walk.state.ctm = times(usable(operands), walk.state.ctm)


def _sets(name: str, turn: Callable[[Any], Any] = float) -> Act:
    """An operator that sets one value of the state."""
    return lambda walk, operands: setattr(walk.state, name, turn(operands[0]))


def _look(walk: Walk, operands: Any) -> None:
    """``gs``: an ExtGState's entries, as far as they concern us (ISO 32000-1, table 58)."""
    entry, state = walk.named("/ExtGState", operands[0]), walk.state
    for key, name in (("/ca", "fill_alpha"), ("/CA", "line_alpha"), ("/LW", "width")):
        if key in entry:
            setattr(state, name, float(entry[key]))
    if "/OP" in entry:
        state.line_over = state.fill_over = bool(entry["/OP"])
    if "/op" in entry:
        state.fill_over = bool(entry["/op"])
    if "/OPM" in entry:
        state.mode = int(entry["/OPM"])
    if "/BM" in entry:
        mode = entry["/BM"]
        state.blend = str(mode if isinstance(mode, Name) else mode[0])[1:].replace("Compatible", "Normal")
    if "/SMask" in entry:
        state.veiled = isinstance(entry["/SMask"], Dictionary)
    if "/Font" in entry:
        state.size = float(entry["/Font"][1])


def _space(filling: bool) -> Act:
    """``cs`` and ``CS``: chooses a colour space, and its first colour with it."""

    def act(walk: Walk, operands: Any) -> None:
        chosen = space(operands[0], walk.resources)
        values = chosen.first
        _paint(walk, filling, Paint(chosen, values, chosen.inks(values) if chosen.components else {}))

    return act


def _colour(filling: bool, name: str = "") -> Act:
    """``g``, ``rg``, ``k``, ``sc`` and their like: sets a colour in a device space or in the chosen one."""

    def act(walk: Walk, operands: Any) -> None:
        chosen = space(Name("/" + name)) if name else (walk.state.fill if filling else walk.state.line).space
        if operands and isinstance(operands[-1], Name):
            _paint(walk, filling, _patterned(walk, chosen, operands))
            return
        values = tuple(map(float, operands))
        if len(values) != chosen.components:
            raise ValueError("a colour with too many or too few values")
        if chosen.family not in ("Indexed", "Lab"):
            values = tuple(min(1.0, max(0.0, value)) for value in values)
        _paint(walk, filling, Paint(chosen, values, chosen.inks(values)))

    return act


def _patterned(walk: Walk, chosen: Space, operands: Any) -> Paint:
    pattern = walk.named("/Pattern", operands[-1])
    values = tuple(map(float, operands[:-1]))
    if int(pattern.get("/PatternType", 1)) == 2:
        found = shading(walk, pattern["/Shading"])
        return Paint(found, values, {}, pattern)
    inks = chosen.base.inks(values) if chosen.base and values else {}
    return Paint(chosen, values, inks, pattern)


def _paint(walk: Walk, filling: bool, paint: Paint) -> None:
    if filling:
        walk.state.fill = paint
    else:
        walk.state.line = paint


def _object(walk: Walk, operands: Any) -> None:
    """``Do``: a form or a picture."""
    found = walk.named("/XObject", operands[0])
    if not isinstance(found, Stream):
        raise ValueError("no XObject")
    if found.get("/Subtype") == Name.Form:
        walk.form(found)
    elif found.get("/Subtype") == Name.Image:
        _picture(walk, found, int(found["/Width"]), int(found["/Height"]))


def _picture(walk: Walk, image: Any, width: int, height: int) -> None:
    mask = bool(image.get("/ImageMask", False))
    matrix = walk.state.ctm
    if mask:
        paint, bits = walk.state.fill, 1
    else:
        # a JPEG 2000 may leave its colours to its own header: three components, most likely
        chosen = space(image["/ColorSpace"], walk.resources) if "/ColorSpace" in image else space(Name.DeviceRGB)
        paint, bits = Paint(chosen, (), _most(chosen), image), int(image.get("/BitsPerComponent", 8))
    box = placed(matrix, (0, 0, 1, 1))
    walk.draw(Picture, box, paint, True, pixels=(width, height), bits=bits, mask=mask, matrix=matrix)


def _most(chosen: Space) -> dict[str, float]:
    """The inks that a picture in a space may use: only a table of few colours tells."""
    if chosen.family == "Indexed" and chosen.base:
        count = min(256, len(chosen.table) // max(1, chosen.base.components))
        return sampled(chosen.inks((float(index),)) for index in range(count))
    if chosen.family in ("Separation", "DeviceN"):
        return dict.fromkeys(chosen.names, 1.0)
    return {"Black": 1.0} if chosen.components == 1 else dict.fromkeys(("Cyan", "Magenta", "Yellow", "Black"), 1.0)


def _inline(walk: Walk, operands: Any) -> None:
    """``BI … EI``: a picture within the content."""
    image = operands[0]
    entries = image.obj
    found = Dictionary()
    for key, short in (("/ImageMask", "/IM"), ("/ColorSpace", "/CS"), ("/BitsPerComponent", "/BPC"), ("/Decode", "/D")):
        value = entries.get(key, entries.get(short))
        if value is not None:
            found[key] = value
    _picture(walk, found, int(image.width), int(image.height))


def _shade(walk: Walk, operands: Any) -> None:
    """``sh``: a shading over the whole clipping."""
    source = walk.named("/Shading", operands[0])
    found = shading(walk, source)
    fills(walk, [walk.state.clip], Paint(found, (), {}, Dictionary(Shading=source, PatternType=2)))


def _nothing(walk: Walk, operands: Any) -> None:
    """An operator that draws nothing that a preflight asks for."""


def _lenient(step: int) -> Act:
    """``BX`` and ``EX``: unknown operators between them are no flaw."""

    def act(walk: Walk, operands: Any) -> None:
        walk.lenient = max(0, walk.lenient + step)

    return act


OPERATORS: dict[str, Act] = {
    "q": lambda walk, _: walk.push(), "Q": lambda walk, _: walk.pop(), "cm": _concat,
    "w": _sets("width"), "J": _sets("cap", int), "gs": _look, "Do": _object, "BI": _inline, "sh": _shade,
    "cs": _space(True), "CS": _space(False), "sc": _colour(True), "scn": _colour(True), "SC": _colour(False),
    "SCN": _colour(False), "g": _colour(True, "DeviceGray"), "G": _colour(False, "DeviceGray"),
    "rg": _colour(True, "DeviceRGB"), "RG": _colour(False, "DeviceRGB"), "k": _colour(True, "DeviceCMYK"),
    "K": _colour(False, "DeviceCMYK"), "BX": _lenient(1), "EX": _lenient(-1),
    "Tc": _sets("spacing"), "Tw": _sets("word_spacing"), "TL": _sets("leading"), "Ts": _sets("rise"),
    "Tr": _sets("rendering", int), "Tz": _sets("scale", lambda value: float(value) / 100),
    **dict.fromkeys(("j", "M", "d", "ri", "i", "BMC", "BDC", "EMC", "MP", "DP", "d0", "d1"), _nothing),
    **paths.OPERATORS, **texts.OPERATORS,
}  # fmt: skip
