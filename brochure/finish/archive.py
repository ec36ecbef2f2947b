"""What makes a tagged sRGB file PDF/UA-1 and PDF/A-2a at once: metadata, output intent, annotation flags.

Sources: ISO 19005-2 and ISO 14289-1 as the veraPDF rule sets quote them."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

PRINT_FLAG = 4  # annotation flag “Print”: required, and with it none of Hidden, Invisible, NoView
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def archived(pdf: pikepdf.Pdf, profile: bytes, language: str) -> None:
    """Gives the file everything that both standards ask for; ``profile`` is the sRGB output profile."""
    _metadata(pdf, language)
    stream = pdf.make_stream(profile, N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                Info=String("sRGB IEC61966-2.1"),
                RegistryName=String("http://www.color.org"),
                DestOutputProfile=pdf.make_indirect(stream),
            )
        ]
    )
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", Array()):
            annotation["/F"] = PRINT_FLAG
    for obj in pdf.objects:
        if isinstance(obj, pikepdf.Stream) and "/Interpolate" in obj:
            obj["/Interpolate"] = False  # ISO 19005-2, 6.2.8.1; pictures are fine enough as they are


def unambiguous(pdf: pikepdf.Pdf) -> None:
    """No stream's last byte is a carriage return: with the line feed before ``endstream`` it would read as one
    line end, and the stream as a byte shorter than its Length says (ISO 19005-2, 6.1.7.1)."""
    for obj in pdf.objects:
        if not isinstance(obj, pikepdf.Stream):
            continue
        flate = obj.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in obj
        while obj.read_raw_bytes().endswith(b"\r"):
            if flate:
                # one more line feed at the end changes the checksum, which is what the stream ends with
                obj.write(zlib.compress(obj.read_bytes() + b"\n", 9), filter=Name.FlateDecode)
            else:
                obj.write(
                    obj.read_raw_bytes() + b"\n",
                    filter=obj.get("/Filter"),  # type: ignore[arg-type]
                    decode_parms=obj.get("/DecodeParms"),  # type: ignore[arg-type]
                )


def _metadata(pdf: pikepdf.Pdf, language: str) -> None:
    """XMP that says the same as the document information, with the edition's date as every date."""
    info = pdf.docinfo
    when = moment(str(info.get("/CreationDate", "D:19700101000000Z")))
    said = {name: escape(str(info.get(f"/{key}", ""))) for name, key in (
        ("title", "Title"), ("author", "Author"), ("description", "Subject"), ("creator", "Creator"), ("producer", "Producer"))}  # fmt: skip
    packet = PACKET.format(**said, language=escape(language), date=when.strftime("%Y-%m-%dT%H:%M:%SZ"))
    info["/CreationDate"] = info["/ModDate"] = String(when.strftime("D:%Y%m%d%H%M%SZ"))
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def moment(text: str) -> datetime:
    """A PDF date, to the second, in UTC."""
    digits = "".join(c for c in text if c.isdigit())[:14].ljust(14, "0")
    year, month, day = int(digits[:4]), int(digits[4:6]) or 1, int(digits[6:8]) or 1
    return datetime(year, month, day, int(digits[8:10]), int(digits[10:12]), int(digits[12:14]), tzinfo=UTC)
