"""Raw pages that the setter never writes, or writes only now and then: each a colour space, an operator or an object.

Each is a page with its subject in a square of 300 × 300 pt at (100, 300)."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from pikepdf import Array, Dictionary, Name, Object
from PIL import Image
from printroom import PROFILE, SRGB, Leaf

SQUARE = b" 100 300 300 300 re f\n"
WHITE = Array([0.9505, 1, 1.089])
RED_TO_BLUE = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.9, 0.2, 0.1], C1=[0.25, 0.35, 0.55], N=1)


def spaces(**named: Any) -> Any:
    """Resources of colour spaces; a value may be made in the file."""
    return lambda pdf: {"/ColorSpace": {f"/{name}": it(pdf) if callable(it) else it for name, it in named.items()}}


def icc(profile: bytes, parts: int) -> Any:
    """An ICC colour space."""
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(profile, N=parts)])


def parsed(text: str) -> Any:
    """A PDF object written out."""
    return Object.parse(text.encode())


def calculator(program: bytes, inputs: int, outputs: int) -> Any:
    """A type 4 function."""
    return lambda pdf: pdf.make_stream(
        program, FunctionType=4, Domain=Array([0, 1] * inputs), Range=Array([0, 1] * outputs)
    )


TO_GREEN = b"{ dup 0.2 mul exch dup 0.7 mul exch 0.3 mul }"
COLOURS: dict[str, Leaf] = {
    "g": Leaf(b"0.4 g" + SQUARE),
    "rg": Leaf(b"0.2 0.5 0.3 rg" + SQUARE),
    "k": Leaf(b"0.1 0.5 0.9 0.1 k" + SQUARE),
    "G": Leaf(b"0.6 G 200 w 200 300 m 200 600 l S\n"),
    "RG": Leaf(b"0.8 0.3 0.2 RG 200 w 200 300 m 200 600 l S\n"),
    "K": Leaf(b"0.9 0.5 0 0 K 200 w 200 300 m 200 600 l s\n"),
    "no colour at all": Leaf(SQUARE),
    "cs DeviceRGB": Leaf(b"/DeviceRGB cs 0.3 0.4 0.6 sc" + SQUARE),
    "CS DeviceRGB": Leaf(b"/DeviceRGB CS 0.3 0.4 0.6 SC 200 w 200 300 m 200 600 l S\n"),
    "cs, its first colour": Leaf(b"1 0 0 rg /DeviceCMYK cs" + SQUARE),
    "a named device space": Leaf(b"/C cs 0.9 0.6 0.2 scn" + SQUARE, spaces(C=Name.DeviceRGB)),
    "CalRGB": Leaf(b"/C cs 0.2 0.6 0.4 scn" + SQUARE, spaces(C=Array([Name.CalRGB, Dictionary(
        WhitePoint=WHITE, Gamma=[2.2, 2.2, 2.2], Matrix=[0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505])]))),
    "CalGray": Leaf(b"/C cs 0.5 scn" + SQUARE, spaces(C=Array([Name.CalGray, Dictionary(WhitePoint=WHITE, Gamma=2.2)]))),
    "Lab": Leaf(b"/C cs 60 30 -10 scn" + SQUARE, spaces(C=Array([Name.Lab, Dictionary(WhitePoint=WHITE, Range=[-125, 125, -125, 125])]))),
    "ICCBased, sRGB": Leaf(b"/C cs 0.9 0.6 0.1 scn" + SQUARE, spaces(C=icc(SRGB, 3))),
    "ICCBased, CMYK": Leaf(b"/C cs 0.2 0.6 0.1 0.1 scn" + SQUARE, spaces(C=icc(PROFILE, 4))),
    "Indexed": Leaf(b"/C cs 1 sc" + SQUARE, spaces(C=parsed("[/Indexed /DeviceRGB 2 <FF0000 339966 0000FF>]"))),
    "Separation": Leaf(b"/C cs 0.5 scn" + SQUARE, spaces(C=parsed(
        "[/Separation /Moss /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0.8 0.2 1 0.2] /N 1 >>]"))),
    "Separation by calculator": Leaf(b"/C cs 0.9 scn" + SQUARE, spaces(
        C=lambda pdf: Array([Name.Separation, Name.Leaf, Name.DeviceRGB, calculator(TO_GREEN, 1, 3)(pdf)]))),
    "DeviceN": Leaf(b"/C cs 0.5 0.5 scn" + SQUARE, spaces(C=lambda pdf: Array([
        Name.DeviceN, Array([Name.Cyan, Name.Orange]), Name.DeviceCMYK, calculator(b"{ dup 0.5 mul exch 0 }", 2, 4)(pdf)]))),
}  # fmt: skip


def shading(**entries: Any) -> Any:
    """Resources with one shading; ``Function`` may be made in the file."""

    def made(pdf: Any) -> Any:
        whole = {f"/{key}": it(pdf) if callable(it) else it for key, it in entries.items()}
        return {"/Shading": {"/S": pdf.make_indirect(Dictionary(whole))}}

    return made


def sampled(pdf: Any) -> Any:
    """A type 0 function through red, green and blue."""
    return pdf.make_stream(bytes([190, 60, 50, 90, 140, 80, 70, 90, 140]), FunctionType=0, Domain=[0, 1],
                           Range=[0, 1, 0, 1, 0, 1], Size=[3], BitsPerSample=8)  # fmt: skip


STITCHED = parsed(
    "<< /FunctionType 3 /Domain [0 1] /Bounds [0.3 0.6] /Encode [0 1 0 1 1 0] /Functions ["
    "<< /FunctionType 2 /Domain [0 1] /C0 [1 0.9 0.2] /C1 [0.8 0.1 0.1] /N 1 >>"
    "<< /FunctionType 2 /Domain [0 1] /C0 [0.058824 0.152941 0.266667] /C1 [0.784314 0.607843 0.172549] /N 1 >>"
    "<< /FunctionType 2 /Domain [0 1] /C0 [0 0.4 0.2] /C1 [0.9 1 0.9] /N 2 >>] >>"
)
INSIDE = b"q 100 300 300 300 re W n /S sh Q\n"
AXIAL: dict[str, Any] = {"ShadingType": 2, "ColorSpace": Name.DeviceRGB, "Coords": [100, 0, 400, 0], "Extend": [True, True]}  # fmt: skip


def mesh(kind: int, packed: bytes, **entries: Any) -> Any:
    """Resources with one mesh of 16-bit coordinates over the square and 8-bit colours."""

    def made(pdf: Any) -> Any:
        stream = pdf.make_stream(packed, ShadingType=kind, ColorSpace=Name.DeviceRGB, BitsPerCoordinate=16,
                                 BitsPerComponent=8, Decode=[100, 400, 300, 600, 0, 1, 0, 1, 0, 1], **entries)  # fmt: skip
        return {"/Shading": {"/S": stream}}

    return made


def corner(flag: int | None, x: int, y: int, red: int, green: int, blue: int) -> bytes:
    """One corner of a mesh."""
    head = b"" if flag is None else bytes([flag])
    return head + struct.pack(">HHBBB", x, y, red, green, blue)


TOP = 65535
TRIANGLE = (
    corner(0, 0, 0, 190, 70, 60) + corner(0, TOP, 0, 90, 140, 80) + corner(0, TOP // 2, TOP, 70, 90, 140)
    + corner(1, TOP, TOP, 220, 200, 90)
)  # fmt: skip
LATTICE = b"".join(corner(None, x, y, 80 + x // 600, 110, 80 + y // 600) for y in (0, TOP) for x in (0, TOP // 2, TOP))
_THIRD = TOP // 3
_EDGE = [(0, 0), (0, _THIRD), (0, 2 * _THIRD), (0, TOP), (_THIRD, TOP), (2 * _THIRD, TOP), (TOP, TOP),
         (TOP, 2 * _THIRD), (TOP, _THIRD), (TOP, 0), (2 * _THIRD, 0), (_THIRD, 0)]  # fmt: skip
_INNER = [(_THIRD, _THIRD), (_THIRD, 2 * _THIRD), (2 * _THIRD, 2 * _THIRD), (2 * _THIRD, _THIRD)]
_CORNERS = bytes([190, 70, 60, 90, 140, 80, 70, 90, 140, 220, 200, 90])
COONS = b"\0" + b"".join(struct.pack(">HH", *point) for point in _EDGE) + _CORNERS
TENSOR = b"\0" + b"".join(struct.pack(">HH", *point) for point in _EDGE + _INNER) + _CORNERS

SHADINGS: dict[str, Leaf] = {
    "axial": Leaf(INSIDE, shading(**AXIAL, Function=RED_TO_BLUE)),
    "axial, stitched": Leaf(INSIDE, shading(**AXIAL, Function=STITCHED)),
    "axial, sampled": Leaf(INSIDE, shading(**AXIAL, Function=sampled)),
    "axial, calculated": Leaf(INSIDE, shading(**AXIAL, Function=calculator(TO_GREEN, 1, 3))),
    "axial, a function for each part": Leaf(INSIDE, shading(**AXIAL, Function=Array([
        Dictionary(FunctionType=2, Domain=[0, 1], C0=[start], C1=[stop], N=1) for start, stop in ((0.9, 0.1), (0.1, 0.7), (0.2, 0.4))]))),
    "axial, grey": Leaf(INSIDE, shading(**{**AXIAL, "ColorSpace": Name.DeviceGray},
        Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.1], C1=[0.9], N=1))),
    "axial, grey as RGB": Leaf(INSIDE, shading(**AXIAL, Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1))),
    "radial": Leaf(INSIDE, shading(ShadingType=3, ColorSpace=Name.DeviceRGB, Coords=[250, 450, 0, 250, 450, 150],
        Extend=[True, True], Background=[0.9, 0.9, 0.7], Function=RED_TO_BLUE)),
    "by a function of two inputs": Leaf(INSIDE, shading(ShadingType=1, ColorSpace=Name.DeviceRGB, Matrix=[300, 0, 0, 300, 100, 300],
        Function=calculator(b"{ 0.4 mul 0.3 add exch 0.4 mul 0.3 add exch 0.4 }", 2, 3))),
    "free triangles": Leaf(INSIDE, mesh(4, TRIANGLE, BitsPerFlag=8)),
    "a lattice of triangles": Leaf(INSIDE, mesh(5, LATTICE, VerticesPerRow=3)),
    "a Coons patch": Leaf(INSIDE, mesh(6, COONS, BitsPerFlag=8)),
    "a tensor patch": Leaf(INSIDE, mesh(7, TENSOR, BitsPerFlag=8)),
}  # fmt: skip


def form(pdf: Any, content: bytes, **entries: Any) -> Any:
    """A form XObject of the whole page."""
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[-20, -20, 620, 860], **entries)


def group(space: Any) -> Any:
    """A transparency group's dictionary."""
    return Dictionary(Type=Name.Group, S=Name.Transparency, CS=space, I=True)


def tiles(paint: int, content: bytes, **named: Any) -> Any:
    """A tiling pattern of 50 × 50 pt, out of true to the page, with an uncoloured pattern's space beside it."""

    def made(pdf: Any) -> Any:
        stream = pdf.make_stream(content, Type=Name.Pattern, PatternType=1, PaintType=paint, TilingType=1,
                                 BBox=[0, 0, 50, 50], XStep=50, YStep=50, Matrix=[1, 0, 0, 1, 110, 307],
                                 Resources=Dictionary({key: Dictionary(row) for key, row in named.items()}))  # fmt: skip
        return {"/Pattern": {"/P": stream}, "/ColorSpace": {"/U": Array([Name.Pattern, Name.DeviceRGB])}}

    return made


def shaded(pdf: Any) -> Any:
    """A shading pattern with hard stops, to see it shifted."""
    shade = Dictionary({f"/{key}": value for key, value in {**AXIAL, "Function": STITCHED}.items()})
    pattern = Dictionary(Type=Name.Pattern, PatternType=2, Matrix=[0.5, 0, 0, 1, 130, 0], Shading=shade)
    return {"/Pattern": {"/P": pdf.make_indirect(pattern)}}


def in_form(pdf: Any) -> Any:
    """A form that is painted with a pattern of its own."""
    inner = Dictionary({key: Dictionary(row) for key, row in shaded(pdf).items()})
    return {"/XObject": {"/F": form(pdf, b"/Pattern cs /P scn" + SQUARE, Resources=inner, Group=group(Name.DeviceRGB),
                                    Matrix=[1, 0, 0, 1, 20, 30])}}  # fmt: skip


def veiled(space: Any, *, luminosity: bool = True, backdrop: Any = None) -> Any:
    """A graphics state with a soft mask: a ramp of grey, or a square of any colour whose alpha counts."""

    def made(pdf: Any) -> Any:
        grey = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1)
        shade = Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[100, 0, 400, 0], Extend=[True, True], Function=grey
        )
        parts = Dictionary(Shading=Dictionary(S=shade), ExtGState=Dictionary(H=Dictionary(ca=0.5)))
        content = b"/S sh" if luminosity and space != Name.DeviceRGB else b"/H gs 0.2 0.6 0.4 rg 150 350 200 200 re f"
        mask = Dictionary(
            Type=Name.Mask,
            S=Name.Luminosity if luminosity else Name.Alpha,
            G=form(pdf, content, Resources=parts, Group=group(space)),
        )
        if backdrop is not None:
            mask["/BC"] = Array(backdrop)
        return {
            "/ExtGState": {"/M": Dictionary(Type=Name.ExtGState, SMask=mask), "/N": Dictionary(SMask=Name("/None"))}
        }

    return made  # fmt: skip


VEILED = b"q /M gs 0.784314 0.607843 0.172549 rg" + SQUARE + b"/N gs Q 0.9 0.1 0.1 rg 20 20 50 50 re f\n"
NAMED: dict[str, Leaf] = {
    "a form": Leaf(b"/F Do\n", lambda pdf: {"/XObject": {"/F": form(pdf, b"0.2 0.5 0.3 rg" + SQUARE)}}),
    "a form that takes its colour from the page": Leaf(b"0.2 0.5 0.3 rg /F Do 0.8 0.1 0.1 rg q 0.5 0 0 0.5 0 0 cm /F Do Q\n",
        lambda pdf: {"/XObject": {"/F": form(pdf, SQUARE)}}),
    "a group at half alpha": Leaf(b"0.3 0.4 0.6 rg 50 250 200 200 re f /H gs /F Do\n", lambda pdf: {
        "/XObject": {"/F": form(pdf, b"0.9 0.2 0.1 rg" + SQUARE, Group=group(Name.DeviceRGB))}, "/ExtGState": {"/H": Dictionary(ca=0.5)}}),
    "a coloured tiling": Leaf(b"/Pattern cs /P scn" + SQUARE, tiles(1, b"0.9 0.3 0.1 rg 0 0 25 25 re f 0.1 0.3 0.6 rg 25 25 25 25 re f")),
    "an uncoloured tiling": Leaf(b"/U cs 0.1 0.5 0.3 /P scn" + SQUARE, tiles(2, b"0 0 25 25 re f 25 25 25 25 re f")),
    "a stroke of tiles": Leaf(b"/Pattern CS /P SCN 100 w 200 300 m 200 600 l S\n", tiles(1, b"0.9 0.3 0.1 rg 0 0 25 25 re f")),
    "a shading pattern": Leaf(b"/Pattern cs /P scn" + SQUARE, shaded),
    "a shading pattern in a form": Leaf(b"/F Do\n", in_form),
    "a soft mask of luminosity": Leaf(VEILED, veiled(Name.DeviceGray)),
    "a soft mask with a backdrop": Leaf(VEILED, veiled(Name.DeviceRGB, backdrop=[1, 0.5, 0])),
    "a soft mask of alpha": Leaf(VEILED, veiled(Name.DeviceRGB, luminosity=False)),
}  # fmt: skip


def image(width: int, height: int, samples: bytes, space: Any, bits: int = 8, **entries: Any) -> Any:
    """Resources with a picture; ``SMask`` and ``Mask`` may be made in the file."""

    def made(pdf: Any) -> Any:
        whole = {key: it(pdf) if callable(it) else it for key, it in entries.items()}
        stream = pdf.make_stream(samples, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
                                 ColorSpace=space(pdf) if callable(space) else space, BitsPerComponent=bits)  # fmt: skip
        if "Filter" in whole:
            stream.write(samples, filter=whole.pop("Filter"))
        for key, value in whole.items():
            stream["/" + key] = value
        return {"/XObject": {"/I": stream}}

    return made


def plain_image(width: int, height: int, samples: bytes, **entries: Any) -> Any:
    """A picture by itself, for masks."""
    return lambda pdf: pdf.make_stream(
        samples, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, **entries
    )


def photograph(mode: str, size: int = 60) -> Image.Image:
    """A picture of many colours, in soft transitions."""
    ramp = Image.linear_gradient("L").resize((size, size)).point(lambda value: 90 + value // 3)
    bands = [ramp, ramp.rotate(90), ramp.rotate(180), Image.new("L", (size, size), 40)]
    return Image.merge(mode, bands[: len(mode)]) if len(mode) > 1 else ramp


def jpeg(mode: str) -> bytes:
    """The same as a JPEG."""
    out = io.BytesIO()
    photograph(mode).save(out, "JPEG", quality=95)
    return out.getvalue()


PLACE = b"q 300 0 0 300 100 300 cm /I Do Q\n"
FOUR = bytes([200, 155, 44, 15, 39, 68, 255, 255, 255, 120, 120, 120])
PICTURES: dict[str, Leaf] = {
    "RGB, four colours": Leaf(PLACE, image(2, 2, FOUR, Name.DeviceRGB)),
    "RGB, many colours": Leaf(PLACE, image(60, 60, photograph("RGB").tobytes(), Name.DeviceRGB)),
    "RGB, JPEG": Leaf(PLACE, image(60, 60, jpeg("RGB"), Name.DeviceRGB, Filter=Name.DCTDecode)),
    "RGB, Decode turned round": Leaf(PLACE, image(60, 60, photograph("RGB").tobytes(), Name.DeviceRGB, Decode=[1, 0, 1, 0, 1, 0])),
    "RGB, four bits": Leaf(PLACE, image(3, 2, bytes.fromhex("A5 58 74 67 90 77 79 94 A6 50"), Name.DeviceRGB, 4)),
    "grey": Leaf(PLACE, image(60, 60, photograph("L").tobytes(), Name.DeviceGray)),
    "grey, JPEG": Leaf(PLACE, image(60, 60, jpeg("L"), Name.DeviceGray, Filter=Name.DCTDecode)),
    "grey, two bits": Leaf(PLACE, image(4, 2, bytes([0b00011011, 0b11100100]), Name.DeviceGray, 2)),
    "black and white": Leaf(PLACE, image(8, 2, bytes([0xA5, 0x0F]), Name.DeviceGray, 1)),
    "CMYK": Leaf(PLACE, image(60, 60, photograph("CMYK").tobytes(), Name.DeviceCMYK)),
    "CMYK, JPEG": Leaf(PLACE, image(60, 60, jpeg("CMYK"), Name.DeviceCMYK, Filter=Name.DCTDecode, Decode=[1, 0] * 4)),
    "indexed": Leaf(PLACE, image(2, 2, bytes([0, 1, 2, 3]), parsed("[/Indexed /DeviceRGB 3 <C89B2C 0F2744 FFFFFF 00A050>]"))),
    "indexed, one bit": Leaf(PLACE, image(8, 2, bytes([0xA5, 0x0F]), parsed("[/Indexed /DeviceRGB 1 <C89B2C 0F2744>]"), 1)),
    "indexed, four bits, turned round": Leaf(PLACE, image(2, 2, bytes([0x01, 0x10]), parsed("[/Indexed /DeviceRGB 15 <" + "C89B2C" * 14 + "0F2744 00A050>]"), 4, Decode=[15, 0])),
    "Lab": Leaf(PLACE, image(60, 60, photograph("RGB").tobytes(), parsed("[/Lab << /WhitePoint [0.9642 1 0.8249] /Range [-128 127 -128 127] >>]"))),
    "an ink of its own": Leaf(PLACE, image(60, 60, photograph("L").tobytes(), parsed(
        "[/Separation /Moss /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0.8 0.2 1 0.2] /N 1 >>]"))),
    "ICCBased": Leaf(PLACE, image(60, 60, photograph("RGB").tobytes(), icc(SRGB, 3))),
    "with a soft mask": Leaf(b"0.3 0.4 0.6 rg 150 200 100 500 re f " + PLACE, image(60, 60, photograph("RGB").tobytes(), Name.DeviceRGB,
        SMask=plain_image(60, 60, photograph("L").tobytes(), ColorSpace=Name.DeviceGray, BitsPerComponent=8))),
    "with a stencil": Leaf(PLACE, image(60, 60, photograph("RGB").tobytes(), Name.DeviceRGB,
        Mask=plain_image(8, 2, bytes([0xA5, 0x0F]), ImageMask=True, BitsPerComponent=1))),
    "with a colour key": Leaf(PLACE, image(2, 2, FOUR, Name.DeviceRGB, Mask=[10, 20, 30, 40, 60, 70])),
    "a stencil": Leaf(b"0.784314 0.607843 0.172549 rg " + PLACE, lambda pdf: {"/XObject": {
        "/I": plain_image(8, 2, bytes([0xA5, 0x0F]), ImageMask=True, BitsPerComponent=1)(pdf)}}),
    "inline": Leaf(b"q 300 0 0 300 100 300 cm BI /W 2 /H 2 /CS /RGB /BPC 8 ID " + FOUR + b" EI Q\n"),
    "inline, packed": Leaf(b"q 300 0 0 300 100 300 cm BI /W 2 /H 2 /CS /RGB /BPC 8 /F /Fl ID " + zlib.compress(FOUR) + b" EI Q\n"),
    "inline, indexed": Leaf(b"q 300 0 0 300 100 300 cm BI /W 2 /H 2 /CS [/I /RGB 1 <C89B2C0F2744>] /BPC 1 ID \x40\x80 EI Q\n"),
}  # fmt: skip

GROUPS = {"colours": COLOURS, "shadings": SHADINGS, "objects": NAMED, "pictures": PICTURES}
ALL: dict[str, Leaf] = {f"{group}: {name}": leaf for group, it in GROUPS.items() for name, leaf in it.items()}
