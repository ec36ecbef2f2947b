"""XLIFF 1.2 (OASIS, 1 February 2008), which every translator's program opens: markup and figures are inline codes."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from lxml import etree

from brochure.errors import Place
from brochure.exchange.codes import pieces
from brochure.exchange.guard import Scan, damaged, decoded
from brochure.model.phrase import Delivery, Parcel, Phrase, Returned, State

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {
    State.DONE: "final",
    State.CHANGED: "needs-review-translation",
    State.MISSING: "needs-translation",
    State.SAME: "needs-translation",
}
CTYPES = {"emphasis": "x-emphasis", "link": "link", "line break": "lb", "figure": "x-figure", "name": "x-name"}
CODES = ("ph", "bpt", "ept", "it", "x", "bx", "ex")


def written(parcel: Parcel) -> bytes:
    """A parcel as XLIFF: a <file> for each file of content/, a <trans-unit> for each text."""
    units: list[tuple[Any, Phrase]] = []
    root = etree.Element(_name("xliff"), nsmap={None: NAMESPACE}, version="1.2")
    for original, phrases in groupby(parcel.phrases, key=lambda phrase: phrase.place.file):
        said = {"original": original, "source-language": parcel.source, "target-language": parcel.target,
                "datatype": "plaintext", "date": f"{parcel.day}T00:00:00Z"}  # fmt: skip
        file = etree.SubElement(root, _name("file"), said)
        header = etree.SubElement(file, _name("header"))
        for line in parcel.about:
            etree.SubElement(header, _name("note")).text = line
        body = etree.SubElement(file, _name("body"))
        units += [(_unit(body, phrase), phrase) for phrase in phrases]
    etree.indent(root, " ")  # before the texts are put in: white space between their codes is theirs
    for unit, phrase in units:
        codes = _coded(unit[0], phrase.source, phrase, {})
        _coded(unit[1], phrase.target, phrase, codes)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"


def _unit(body: Any, phrase: Phrase) -> Any:
    """A text's unit, its source and target still empty."""
    approved = "yes" if phrase.state is State.DONE else "no"
    unit = etree.SubElement(body, _name("trans-unit"), {"id": phrase.key, "approved": approved, SPACE: "preserve"})
    etree.SubElement(unit, _name("source"))
    etree.SubElement(unit, _name("target"), state=STATES[phrase.state])
    group = etree.SubElement(unit, _name("context-group"), purpose="location")
    for kind, text in (("sourcefile", phrase.place.file), ("linenumber", str(phrase.place.line))):
        etree.SubElement(group, _name("context"), {"context-type": kind}).text = text
    for line in phrase.notes:
        etree.SubElement(unit, _name("note")).text = line
    return unit


def _coded(node: Any, text: str, phrase: Phrase, known: dict[str, list[str]]) -> dict[str, list[str]]:
    """Fills a source or target. A code has the id that the same code has in the source (``known``); the ids of this
    node's own codes are returned."""
    ids: dict[str, list[str]] = {}
    last, count = None, 0
    left = {code: [*numbers] for code, numbers in known.items()}
    taken = {number for numbers in known.values() for number in numbers}
    for piece in pieces(text, phrase.marked):
        if not piece.kind:
            _append(node, last, piece.text)
            continue
        count += 1
        own = str(count) if not known else str(count + len(taken))
        number = left[piece.text].pop(0) if left.get(piece.text) else own
        ids.setdefault(piece.text, []).append(number)
        tag = {"alone": "ph", "opens": "bpt", "closes": "ept"}[piece.kind]
        said = {"id": number}
        if piece.pair:
            said["rid"] = str(piece.pair)
        if piece.kind != "closes":
            said["ctype"] = CTYPES[piece.what]
        if printed := phrase.printed.get(piece.text):
            said["equiv-text"] = printed
        last = etree.SubElement(node, _name(tag), {k: v for k, v in said.items() if tag == "ph" or k != "equiv-text"})
        last.text = piece.text
    return ids


def _append(node: Any, last: Any, text: str) -> None:
    if last is None:
        node.text = (node.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def read(content: bytes, name: str) -> Delivery:
    """The texts of an office's file; AssetError when it is damaged or hostile."""
    decoded(content, name)
    scan = Scan(name)
    scan.walk(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
                             remove_comments=True, remove_pis=True)  # fmt: skip
    root = etree.fromstring(content, parser)
    if root.tag != _name("xliff"):
        raise damaged(name, "is no XLIFF 1.2.", 'Ask for XLIFF 1.2 (version="1.2"), or PO.')
    files = list(root.iter(_name("file")))
    languages = {(file.get("source-language", ""), file.get("target-language", "")) for file in files}
    if len(languages) != 1:
        raise damaged(name, f"has {len(languages)} pairs of languages; one is needed.", "Split it by languages.")
    units = list(root.iter(_name("trans-unit")))
    places = [Place(name, line, column) for line, column in scan.units]
    found = tuple(_returned(unit, place) for unit, place in zip(units, places, strict=True))
    return Delivery(*languages.pop(), found)


def _returned(unit: Any, place: Place) -> Returned:
    source, target = unit.find(_name("source")), unit.find(_name("target"))
    native = {node.get("id", ""): node.text or "" for node in (source if source is not None else ()) if len(node) == 0}
    return Returned(unit.get("id", ""), place, _flat(source, {}), _flat(target, native))


def _flat(node: Any, native: dict[str, str]) -> str:
    """A text with its codes as letters; a code that came back empty (<x id="3"/>) is what it was in the source."""
    if node is None:
        return ""
    out = [node.text or ""]
    waiting = list(reversed(node))
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            out.append(part)
            continue
        tag = etree.QName(part).localname
        out.append(native.get(part.get("id", ""), "") if tag in CODES and not part.text else part.text or "")
        waiting += [part.tail or "", *reversed(part)]
    return "".join(out).strip()
