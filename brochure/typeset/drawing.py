"""Looks into SVG drawings before they are set: WeasyPrint 70 leaves out what it doesn't understand, without a word."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator, Mapping

import tinycss2.color3

USES_LIMIT = 5_000  # elements once every <use> is unfolded
DEPTH_LIMIT = 32
#: Elements that reach outside, run, or print differently from viewer to viewer.
FORBIDDEN = {
    "script", "foreignObject", "image", "style", "iframe", "animate", "set", "a", "linearGradient", "radialGradient",
}  # fmt: skip
XLINK = "{http://www.w3.org/1999/xlink}href"
#: How many numbers each command of a path takes (SVG 1.1, 8.3).
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?"
LENGTHS = {
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "font-size",
    "stroke-width",
}
COLOURS = {"fill", "stroke", "stop-color", "color"}


def problems(content: bytes, characters: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """(what, remedy) for everything in a drawing that would reach outside, explode or vanish silently;
    ``characters``: family of the brand → the characters that its fonts have."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield "this drawing declares a document type.", "Save it as plain SVG without DOCTYPE and entities."
        return
    try:
        root = ET.fromstring(content)
    except (ET.ParseError, ValueError, LookupError) as error:
        yield f"this drawing is not well-formed XML ({error}).", "Save it again as plain SVG."
        return
    known = {element.get("id") or "" for element in root.iter()}
    for element in root.iter():
        yield from _reach(element)
        yield from _shape(element, known)
        yield from _letters(element, characters)
    if (count := _expanded(root)) > USES_LIMIT:
        yield f"this drawing unfolds to {count} elements.", f"Keep to {USES_LIMIT}: join dots into one path."


def _letters(element: ET.Element, characters: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    family = (element.get("font-family") or "").split(",")[0].strip(" '\"")
    if family and family not in characters:
        yield (
            f"this drawing is lettered in “{family}”, which is not the brand's.",
            "Use a family of content/brand.yaml.",
        )
    known = frozenset().union(*characters.values())
    for character in sorted({c for c in element.text or "" if ord(c) not in known and not c.isspace()}):
        what = f"no font of this language has the character {character} U+{ord(character):04X} of this drawing."
        yield what, "Use another character, or add a font that has it."


def _reach(element: ET.Element) -> Iterator[tuple[str, str]]:
    tag = str(element.tag).rpartition("}")[2]
    if tag in FORBIDDEN:
        yield f"this drawing holds <{tag}>, which doesn't print safely.", "Remove it, or draw it with paths."
    for name, value in element.attrib.items():
        if name.lower().startswith("on") or (name in ("href", XLINK) and not value.startswith("#")):
            yield f"this drawing reaches outside ({name.rpartition('}')[2]}).", "Remove the reference."


def _shape(element: ET.Element, known: Container[str]) -> Iterator[tuple[str, str]]:
    """Values that can't be drawn: they would vanish without a word."""
    for name, value in element.attrib.items():
        bad = (
            (name == "d" and not path(value))
            or (name == "points" and len(re.findall(NUMBER, value)) % 2)
            or (name in LENGTHS and not re.fullmatch(rf"\s*{NUMBER}\s*(?:mm|cm|in|pt|px|em|%)?\s*", value))
            or (name in COLOURS and not _colour(value, known))
        )
        if bad:
            tag = str(element.tag).rpartition("}")[2]
            yield f"<{tag}> in this drawing has no {name} that can be drawn (“{value[:24]}”).", "Draw it again."


def path(d: str) -> bool:
    """Whether path data can be drawn to its end: known commands, each with as many numbers as it takes."""
    if re.sub(rf"{NUMBER}|[MmLlHhVvCcSsQqTtAaZz]|[\s,]", "", d) or not re.match(r"\s*[Mm]", d):
        return False
    for command, rest in re.findall(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)", d):
        arity, count = ARITY[command.upper()], len(re.findall(NUMBER, rest))
        if (arity == 0 and count) or (arity and (count == 0 or (count % arity and command.upper() != "A"))):
            return False
    return True


def _colour(value: str, known: Container[str]) -> bool:
    if reference := re.fullmatch(r"url\(#([^)]+)\)", value):
        return reference[1] in known
    return value in ("none", "inherit") or tinycss2.color3.parse_color(value) is not None


def _expanded(root: ET.Element) -> int:
    """How many elements are drawn once every <use> is unfolded; counting stops far beyond the limit."""
    known = {element.get("id"): element for element in root.iter() if element.get("id")}
    waiting, count = [(root, 0)], 0
    while waiting and count <= USES_LIMIT * 2:
        element, depth = waiting.pop()
        count += 1
        waiting.extend((child, depth) for child in element)
        target = element.get("href") or element.get(XLINK) or ""
        if str(element.tag).endswith("use") and target[1:] in known and depth < DEPTH_LIMIT:
            waiting.append((known[target[1:]], depth + 1))
    return count
