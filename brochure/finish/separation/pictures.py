"""Pictures: every use is noted while pages are walked; each picture is separated once, at the end, for the largest."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from brochure.finish.separation import samples
from brochure.finish.separation.errors import Unseparable
from brochure.finish.separation.inks import Mixer
from brochure.finish.separation.inline import inline
from brochure.finish.separation.plates import Plate, Wish, plate, veil
from brochure.finish.separation.remembered import Remembered
from brochure.finish.separation.spaces import Space, space
from brochure.finish.separation.state import Matrix, extent
from brochure.finish.separation.tokens import Operation

VERSION = 2  # of what a plate is made by: raised when that changes, so that kept ones are made again
SLACK = 1.1  # how much finer than the press needs a picture may stay: resampling by less only blurs
#: Entries of a picture that say nothing to a press.
FORGOTTEN = ("/Metadata", "/StructParent", "/OPI", "/Alternates", "/Intent", "/ID", "/Name", "/PieceInfo")


@dataclass
class _Use:
    """A picture, whether its luminosity is a mask, the first page it is on, its largest width and height in points."""

    obj: Any
    mask: bool
    page: int
    width: float = 0
    height: float = 0


class Pictures:
    """The pictures of one file. ``page``: the number of the page that is being walked."""

    page = 0

    def __init__(self, pdf: pikepdf.Pdf, mixer: Mixer, ppi: int, remembered: Remembered) -> None:
        self._pdf, self._mixer, self._ppi, self._remembered = pdf, mixer, ppi, remembered
        self._uses: dict[tuple[int, int], _Use] = {}
        self._masks: dict[tuple[int, int], Any] = {}

    def used(self, obj: Any, ctm: Matrix, mask: bool) -> Any:
        """Notes a use at a size, and gives what the page names: stencils stay, a mask gets a copy of its own."""
        if bool(obj.get("/ImageMask", False)):
            return obj
        if mask:
            if obj.objgen not in self._masks:
                self._masks[obj.objgen] = _copy(self._pdf, obj)
            obj = self._masks[obj.objgen]
        use = self._uses.setdefault(obj.objgen, _Use(obj, mask, self.page))
        width, height = extent(ctm)
        use.width, use.height = max(use.width, width), max(use.height, height)
        return obj

    def inline(self, operation: Operation, resources: Any) -> Any:
        """An inline picture as one of its own."""
        return inline(self._pdf, operation, resources)

    def separate(self) -> list[tuple[int, Unseparable]]:
        """Separates every picture that was used, in its place; what can't be is given back with its page."""
        slips: list[tuple[int, Unseparable]] = []
        for use in self._uses.values():
            try:
                self._separated(use)
            except Unseparable as error:
                slips.append((use.page, error))
            except (KeyError, ValueError, TypeError, AttributeError, pikepdf.PdfError) as error:
                slips.append((use.page, Unseparable(f"a picture isn't described as it should be ({error})")))
        self._remembered.tidy()
        return slips

    def _separated(self, use: _Use) -> None:
        obj = use.obj
        which = space(obj["/ColorSpace"], self._mixer)
        bits = int(obj.get("/BitsPerComponent", 8))
        for key in FORGOTTEN:
            if key in obj:
                del obj[key]
        if bits == 1 and which.parts == 1 and not which.palette and not which.spot and which.kind != "/Separation":
            obj["/ColorSpace"] = Name.DeviceGray  # black and white need no mixing
            return
        size = self._size(obj, use)
        self._cut_out(obj, which, size)
        _put(obj, self._plate(obj, which, Wish(size, use.mask)))

    def _size(self, obj: Any, use: _Use) -> tuple[int, int]:
        """How many samples the picture needs, each way."""
        sizes = []
        for count, points in ((int(obj["/Width"]), use.width), (int(obj["/Height"]), use.height)):
            needed = max(1, math.ceil(points / 72 * self._ppi))
            sizes.append(needed if count > needed * SLACK else count)
        return sizes[0], sizes[1]

    def _plate(self, obj: Any, which: Space, wish: Wish) -> Plate:
        """A picture's plate, as it was kept or freshly made."""
        name = self._digest(obj, wish)
        stored = self._remembered.get(name)
        if stored is not None:
            return Plate.restored(stored)
        spread = samples.decoded(obj, samples.read(obj, which), which)
        lossy = "/DCTDecode" in samples.filters(obj)
        made = plate(spread, which, lossy, wish, self._mixer)
        self._remembered.put(name, made.stored())
        return made

    def _digest(self, obj: Any, wish: Wish) -> str:
        """A digest of all that a plate depends on."""
        about = [VERSION, wish, self._mixer.digest, _told(obj.get("/DecodeParms")), _told(obj["/ColorSpace"])]
        about += [str(obj.get(key)) for key in ("/Width", "/Height", "/BitsPerComponent", "/Filter")]
        about.append(_told(obj.get("/Decode")))
        return hashlib.sha256(repr(about).encode() + obj.read_raw_bytes()).hexdigest()

    def _cut_out(self, obj: Any, which: Space, size: tuple[int, int]) -> None:
        """What stays transparent: a soft mask is brought down with its picture, a colour key becomes a stencil."""
        if "/SMaskInData" in obj and int(obj["/SMaskInData"]):
            raise Unseparable("a picture hides its transparency in its samples")
        if "/SMask" in obj:
            self._softened(obj["/SMask"], size)
        key = obj.get("/Mask")
        if isinstance(key, Array):
            stencil = samples.keyed(samples.read(obj, which), key).convert("1", dither=Image.Dither.NONE)
            obj["/Mask"] = self._pdf.make_stream(
                stencil.tobytes(), Type=Name.XObject, Subtype=Name.Image, ImageMask=True, BitsPerComponent=1,
                Width=stencil.width, Height=stencil.height)  # fmt: skip

    def _softened(self, soft: Any, size: tuple[int, int]) -> None:
        if "/Matte" in soft:
            raise Unseparable("a picture is mixed with its ground beforehand (/Matte)")
        which = space(soft["/ColorSpace"], self._mixer)
        if which.kind != "/DeviceGray":
            raise Unseparable(f"a picture's soft mask is in {which.kind}")
        bits = int(soft.get("/BitsPerComponent", 8))
        if bits > 8:
            raise Unseparable(f"a soft mask of {bits} bits a sample is used")
        if int(soft["/Width"]) <= size[0] and int(soft["/Height"]) <= size[1]:
            return
        wide = samples.decoded(soft, samples.read(soft, which), which)
        smaller = (min(wide.width, size[0]), min(wide.height, size[1]))
        _put(soft, veil(wide, smaller))


def _put(obj: Any, made: Plate) -> None:
    """A plate in a picture's place."""
    for key in ("/Decode", "/DecodeParms", "/Filter"):
        if key in obj:
            del obj[key]
    obj.write(made.content, filter=Name(made.filter))
    obj["/Width"], obj["/Height"], obj["/BitsPerComponent"] = made.width, made.height, 8
    if made.palette:
        table = bytes.fromhex(made.palette)
        obj["/ColorSpace"] = Array([Name.Indexed, Name(made.inks), len(table) // 4 - 1, _string(table)])
    else:
        obj["/ColorSpace"] = Name(made.inks)


def _string(table: bytes) -> Any:
    return pikepdf.Object.parse(b"<" + table.hex().encode() + b">")


def _copy(pdf: pikepdf.Pdf, obj: Any) -> Any:
    """A picture once more, with its samples as they are."""
    made = pikepdf.Stream(pdf, b"")
    made.write(obj.read_raw_bytes(), filter=obj.get("/Filter"), decode_parms=obj.get("/DecodeParms"))
    for key in obj.keys():  # noqa: SIM118 - a Dictionary iterates otherwise
        if key not in {"/Length", "/Filter", "/DecodeParms"}:
            made[key] = obj[key]
    return pdf.make_indirect(made)


def _told(obj: Any) -> str:
    """An object's bytes without references: what it says, wherever it stands."""
    if obj is None:
        return ""
    if isinstance(obj, pikepdf.Stream):
        return hashlib.sha256(obj.read_raw_bytes()).hexdigest() + repr(sorted((k, _told(v)) for k, v in obj.items()))
    if isinstance(obj, Array):
        return repr([_told(part) for part in obj])
    if isinstance(obj, Dictionary):
        return repr(sorted((key, _told(value)) for key, value in obj.items()))
    return repr(bytes(obj)) if isinstance(obj, pikepdf.String) else str(obj)
