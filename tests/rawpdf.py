"""A tiny writer of raw PDF for tests: what the preflight reads is written here by hand, by no code under test.

``sheet()`` is a clean print file of 100 × 100 mm with 3 mm of bleed; its arguments break one thing at a time.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
MM = 72 / 25.4
SIDE, BLEED = 106 * MM, 3 * MM
WORDS = "Kaluga meets Xiamen"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A clean sheet</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2017-09-04T00:00:00Z</xmp:CreateDate><xmp:ModifyDate>2017-09-04T00:00:00Z</xmp:ModifyDate>
<xmp:MetadataDate>2017-09-04T00:00:00Z</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class File:
    """Objects one after another; ``add`` gives each its number."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def add(self, body: str, stream: bytes | None = None) -> int:
        """A dictionary or other object, with a stream when one is given; its number."""
        raw = body.encode("latin-1")
        if stream is not None:
            head = raw.rstrip()[:-2] + b" /Length %d >>" % len(stream)
            raw = head + b"\nstream\n" + stream + b"\nendstream"
        self.bodies.append(raw)
        return len(self.bodies)

    def written(self, root: int, info: int | None, version: str = "1.6", identifier: bool = True) -> bytes:
        """The whole file with its table and trailer."""
        out = io.BytesIO()
        out.write(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
        offsets = []
        for number, body in enumerate(self.bodies, 1):
            offsets.append(out.tell())
            out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
        trailer = f"/Size {len(offsets) + 1} /Root {root} 0 R"
        trailer += f" /Info {info} 0 R" if info else ""
        trailer += " /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]" if identifier else ""
        out.write(f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()


@functools.cache
def program() -> tuple[bytes, Mapping[str, int], Sequence[int]]:
    """A subset of the brand's font: its bytes, character → glyph, and the glyphs' widths in thousandths."""
    options = subset.Options(retain_gids=False, notdef_outline=True, layout_features=[])
    font = TTFont(ROOT / "assets/fonts/golos-text/GolosText-Regular.ttf")
    chosen = subset.Subsetter(options)
    chosen.populate(text=WORDS + "0123456789")
    chosen.subset(font)
    out = io.BytesIO()
    font.save(out)
    scale = 1000 / font["head"].unitsPerEm
    widths = [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]
    return out.getvalue(), {chr(c): font.getGlyphID(n) for c, n in font.getBestCmap().items()}, widths


def shown(words: str) -> str:
    """A text as a hexadecimal string of glyph numbers, two bytes each."""
    glyphs = program()[1]
    return "<" + "".join(f"{glyphs[character]:04X}" for character in words) + ">"


def font(file: File, name: str = "ABCDEF+GolosText-Regular", embedded: bool = True) -> int:
    """The brand's font as a composite one, embedded."""
    raw, _, widths = program()
    descriptor = f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -250 1000 950] /ItalicAngle 0 /Ascent 950 /Descent -250 /CapHeight 700 /StemV 80"
    if embedded:
        descriptor += f" /FontFile2 {file.add('<< >>', raw)} 0 R"
    described = file.add(descriptor + " >>")
    below = file.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        f" /FontDescriptor {described} 0 R /DW 500 /W [0 [{' '.join(map(str, widths))}]] /CIDToGIDMap /Identity >>"
    )
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{below} 0 R] >>"
    )


def text(x: float, y: float, size: float, words: str = WORDS) -> str:
    """A line of text in the font F; x and y in mm from the sheet's lower left corner, size in pt."""
    return f"BT /F {size} Tf {x * MM:.3f} {y * MM:.3f} Td {shown(words)} Tj ET\n"


def bar(x: float, y: float, width: float, height: float) -> str:
    """A filled rectangle; mm from the sheet's lower left corner."""
    return f"{x * MM:.4f} {y * MM:.4f} {width * MM:.4f} {height * MM:.4f} re f\n"


#: A tint over the whole sheet, and black text that overprints it.
GROUND = "0.3 0.1 0 0 k\n" + bar(0, 0, 106, 106)
BASE = GROUND + "/Over gs 0 0 0 1 k\n" + text(20, 50, 10) + "/Knock gs\n"


def image(
    file: File,
    width: int,
    height: int,
    space: str = "/DeviceCMYK",
    bits: int = 8,
    sample: bytes = b"\x10\x20\x00\x00",
    more: str = "",
) -> int:
    """A picture of one colour."""
    size = (width * bits * max(1, len(sample) if bits == 8 else 1) + 7) // 8 * height
    body = (sample * (width * height))[:size] if bits == 8 else b"\xaa" * ((width * bits + 7) // 8 * height)
    return file.add(
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace {space} /BitsPerComponent {bits} {more} >>",
        body,
    )


def sheet(
    content: str = "",
    base: str = BASE,
    resources: str = "",
    states: str = "",
    page: str = "",
    boxes: Mapping[str, Sequence[float]] | None = None,
    side: float = SIDE,
    root: str = "",
    trapped: str = "/Trapped /False",
    xmp: str = XMP,
    condition: str = "FOGRA39",
    profile: bytes | None = None,
    intent: bool = True,
    version: str = "1.6",
    identifier: bool = True,
    pages: Sequence[str] | None = None,
    file: File | None = None,
    fonts: str = "",
) -> bytes:
    """A clean print file. ``content`` follows ``base`` on the page; ``resources``, ``states`` (ExtGState), ``fonts``,
    ``page`` and ``root`` are entries that are added; ``pages``: the content of each of several pages."""
    file = file or File()
    given = {
        "MediaBox": (0, 0, side, side),
        "TrimBox": (BLEED, BLEED, side - BLEED, side - BLEED),
        "BleedBox": (0, 0, side, side),
        **(boxes or {}),
    }
    boxed = " ".join(f"/{name} [{' '.join(f'{edge:.4f}' for edge in box)}]" for name, box in given.items() if box)
    gs = f"/ExtGState << /Over << /OP true /op true /OPM 1 >> /Knock << /OP false /op false >> {states} >>"
    shared = file.add(f"<< {gs} /Font << /F {font(file)} 0 R {fonts} >> {resources} >>")
    parent = len(file.bodies) + 1 + 2 * (1 if pages is None else len(pages))
    kids = []
    for body in pages if pages is not None else [base + content]:
        stream = file.add("<< >>", body.encode("latin-1"))
        kids.append(
            file.add(
                f"<< /Type /Page /Parent {parent} 0 R {boxed} /Resources {shared} 0 R /Contents {stream} 0 R {page} >>"
            )
        )
    assert file.add(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>") == parent
    if intent:
        icc = profile if profile is not None else (ROOT / "assets/icc/ISOcoated_v2_300_bas.icc").read_bytes()
        stream = file.add("<< /N 4 >>", icc)
        root += (
            f" /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier ({condition})"
            f" /RegistryName (http://www.color.org) /Info ({condition}) /DestOutputProfile {stream} 0 R >>]"
        )
    metadata = file.add("<< /Type /Metadata /Subtype /XML >>", xmp.encode())
    catalog = file.add(f"<< /Type /Catalog /Pages {parent} 0 R /Metadata {metadata} 0 R {root} >>")
    info = file.add(f"<< /Title (A clean sheet) {trapped} >>")
    return file.written(catalog, info, version, identifier)
