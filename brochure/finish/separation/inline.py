"""Inline pictures, spelt out as pictures of their own (PDF 32000-1, 8.9.7)."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.spaces import SHORT
from brochure.finish.separation.tokens import Operation

KEYS = {"/W": "/Width", "/H": "/Height", "/BPC": "/BitsPerComponent", "/CS": "/ColorSpace", "/F": "/Filter",
        "/DP": "/DecodeParms", "/D": "/Decode", "/IM": "/ImageMask", "/I": "/Interpolate"}  # fmt: skip
FILTERS = {"/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode", "/Fl": "/FlateDecode",
           "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode", "/DCT": "/DCTDecode"}  # fmt: skip


def inline(pdf: pikepdf.Pdf, operation: Operation, resources: Any) -> Any:
    """An inline picture as one of its own; its colour space may be one of the stream's ``resources``."""
    operands = operation.operands
    about = {KEYS.get(str(key), str(key)): value for key, value in zip(operands[::2], operands[1::2], strict=True)}
    stream = pikepdf.Stream(pdf, b"")
    chain = _filters(about.get("/Filter"))
    parameters = _object(about["/DecodeParms"]) if "/DecodeParms" in about else None
    stream.write(operation.image, filter=chain, decode_parms=parameters)
    stream["/Type"], stream["/Subtype"] = Name.XObject, Name.Image
    for key, value in about.items():
        if key == "/ColorSpace":
            stream[key] = _space(value, resources)
        elif key not in {"/Filter", "/DecodeParms", "/Length", "/L"}:
            stream[key] = _object(value)
    return pdf.make_indirect(stream)


def _filters(value: Any) -> Array | None:
    if value is None:
        return None
    names = value if isinstance(value, list) else [value]
    return Array([Name(FILTERS.get(str(name), str(name))) for name in names])


def _space(value: Any, resources: Any) -> Any:
    """A colour space by its short name, by its name in the resources, or indexed on the spot."""
    if isinstance(value, list):
        if len(value) != 4:
            raise Unseparable("an inline picture's colour space is none")
        return Array([Name.Indexed, _space(value[1], resources), _object(value[2]), _object(value[3])])
    name = SHORT.get(str(value), str(value))
    named = resources.get("/ColorSpace", Dictionary()) if resources is not None else Dictionary()
    return named[name] if name in named else Name(name)


def _object(value: Any) -> Any:
    """A value read from a content stream as a PDF object."""
    if isinstance(value, bytes):
        return pikepdf.Object.parse(value)
    if isinstance(value, list):
        return Array([_object(part) for part in value])
    if isinstance(value, dict):
        return Dictionary({key: _object(part) for key, part in value.items()})
    if isinstance(value, str):
        return Name(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
