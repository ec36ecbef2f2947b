"""What makes a separated file PDF/X-4: output intent, metadata, and nothing in it that doesn't print.

Sources: the Ghent Workgroup's 2022 specification and the PDF/X-4 rules of preflight tools; ISO 15930-7 wasn't read,
so a file is checked against these rules and never certified."""

from __future__ import annotations

import hashlib
import uuid
import zlib
from functools import lru_cache
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from brochure.finish.archive import moment
from brochure.finish.separation.inks import Mixer
from brochure.model.printer import Printer
from brochure.stages import Sheet

VERSION = "1.6"
REGISTRY = "http://www.color.org"
CLAIM = "PDF/X-4"
#: What stays in the catalogue; everything else (tags, bookmarks, names, forms, actions, layers) is for a screen.
KEPT = ("/Type", "/Pages", "/Lang")
#: What stays on a page: no annotations, no links into the tags, no actions, no thumbnails.
KEPT_ON_PAGE = ("/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/TrimBox", "/BleedBox", "/Group")
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>{document}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def exchanged(pdf: pikepdf.Pdf, sheet: Sheet, printer: Printer, mixer: Mixer) -> None:
    """Gives the file everything that PDF/X-4 asks for; ``mixer`` brings the press's profile."""
    _bared(pdf)
    _intent(pdf, printer, mixer.profile)
    described(pdf, sheet, printer, mixer)


def described(pdf: pikepdf.Pdf, sheet: Sheet, printer: Printer, mixer: Mixer) -> None:
    """Metadata and identifier of a sheet's content on a press."""
    _metadata(pdf, sheet, identity(sheet, printer, mixer))


def _bared(pdf: pikepdf.Pdf) -> None:
    """Takes out what a press has no use for."""
    for key in [key for key in pdf.Root.keys() if key not in KEPT]:  # noqa: SIM118 - a Dictionary iterates otherwise
        del pdf.Root[key]
    for page in pdf.pages:
        for key in [key for key in page.obj.keys() if key not in KEPT_ON_PAGE]:  # noqa: SIM118
            del page.obj[key]


@lru_cache(maxsize=8)
def _packed(profile: bytes) -> bytes:
    """A profile, packed once for all the files of a run: it is most of a small one's time."""
    return zlib.compress(profile, 9)


def _intent(pdf: pikepdf.Pdf, printer: Printer, profile: bytes) -> None:
    """The one output intent: the press's profile and its name in the ICC's registry."""
    stream = pdf.make_stream(b"", N=4)
    stream.write(_packed(profile), filter=Name.FlateDecode)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String(printer.condition),
                OutputCondition=String(printer.name),
                Info=String(f"{printer.condition} ({printer.name})"),
                RegistryName=String(REGISTRY),
                DestOutputProfile=pdf.make_indirect(stream),
            )
        ]
    )


def identity(sheet: Sheet, printer: Printer, mixer: Mixer) -> str:
    """A document's identifier: the same for the same content, printer profile and inks, another for any other."""
    told = "\n".join((sheet.digest, printer.model_dump_json(), mixer.digest))
    return f"uuid:{uuid.UUID(bytes=hashlib.sha256(told.encode()).digest()[:16], version=4)}"


def _metadata(pdf: pikepdf.Pdf, sheet: Sheet, document: str) -> None:
    """XMP and document information that say the same; every date is the edition's."""
    when = moment(sheet.created)
    info = {"/Title": sheet.title, "/Author": sheet.author, "/Subject": sheet.description}
    info |= {key: str(pdf.docinfo[key]) for key in ("/Creator", "/Producer") if key in pdf.docinfo}
    said = {name: escape(info.get(key, "")) for name, key in (
        ("title", "/Title"), ("author", "/Author"), ("description", "/Subject"), ("creator", "/Creator"), ("producer", "/Producer"))}  # fmt: skip
    packet = PACKET.format(**said, document=document, date=when.strftime("%Y-%m-%dT%H:%M:%SZ"))
    stamp = when.strftime("D:%Y%m%d%H%M%SZ")
    told = {key: String(text) for key, text in {**info, "/CreationDate": stamp, "/ModDate": stamp}.items()}
    pdf.docinfo = pdf.make_indirect(Dictionary({**told, "/Trapped": Name("/False")}))
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
