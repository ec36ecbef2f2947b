"""Drawings: plain SVG that neither reaches out nor explodes. WeasyPrint 70 leaves out what it doesn't understand,
without a word."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator, Mapping
from typing import NoReturn
from xml.parsers import expat

import tinycss2.color3

from brochure.intake import Slip
from brochure.language import UNSEEN
from brochure.model.limits import Limits, raise_it

NESTED = 100  # levels: deeper, WeasyPrint's own recursion ends in an error
UNFOLDED = 32  # levels of <use> that are followed while counting
ROOT = "{http://www.w3.org/2000/svg}svg"
#: Elements that reach outside, run, or print differently from viewer to viewer.
FORBIDDEN = {
    "script", "foreignObject", "image", "style", "iframe", "animate", "set", "a", "linearGradient", "radialGradient",
}  # fmt: skip
BASE = "{http://www.w3.org/XML/1998/namespace}base"
AWAY = re.compile(r"url\(\s*+(?!['\"]?#)|@import|\\", re.IGNORECASE)  # a backslash may write url in disguise
XLINK = "{http://www.w3.org/1999/xlink}href"
#: How many numbers each command of a path takes (SVG 1.1, 8.3).
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
NUMBER = r"[-+]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][-+]?[0-9]{1,2})?"  # possessive: never tried twice
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


class _Refused(Exception):
    """What the scanner met; its arguments are the slip."""


def problems(content: bytes, limits: Limits, characters: Mapping[str, frozenset[int]] | None = None) -> Iterator[Slip]:
    """(what, remedy) for everything in a drawing that would reach outside, explode or vanish silently.
    ``characters``: family of the brand → the characters that its fonts have, where they are known already."""
    if not content:
        yield "is empty (0 bytes).", "Save it again as plain SVG."
        return
    try:
        _scan(content)
        root = ET.fromstring(content)
    except _Refused as refused:
        yield (refused.args[0], refused.args[1])
        return
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError) as error:
        yield f"is not well-formed XML ({error}).", "Save it again as plain SVG."
        return
    if root.tag != ROOT:
        yield (
            f"begins with <{str(root.tag).rpartition('}')[2]}>, not with <svg> of the SVG namespace.",
            ('Save it again as plain SVG, with xmlns="http://www.w3.org/2000/svg".'),
        )
        return
    yield from _inside(root, limits, characters)


def _scan(content: bytes) -> None:
    """Reads the markup without building or unfolding anything, in whatever encoding it is."""
    depth = 0

    def opened(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > NESTED:
            raise _Refused(f"is nested more than {NESTED} levels deep.", "Take its groups apart.")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _doctype
    parser.ProcessingInstructionHandler = _instruction
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.Parse(content, True)


def _doctype(*_: object) -> NoReturn:
    raise _Refused("declares a document type.", "Save it as plain SVG without DOCTYPE and entities.")


def _instruction(target: str, _text: str) -> NoReturn:
    raise _Refused(f"holds the instruction <?{target}?>.", "Save it again as plain SVG.")


def _inside(root: ET.Element, limits: Limits, characters: Mapping[str, frozenset[int]] | None) -> Iterator[Slip]:
    known = {element.get("id") or "" for element in root.iter()}
    for element in root.iter():
        yield from _reach(element)
        yield from _shape(element, known)
        if characters is not None:
            yield from _letters(element, characters)
    most = limits.drawing_elements
    if _expanded(root, most) > most:
        remedy = f"Join dots into one path, {raise_it('drawing_elements')}"
        yield f"unfolds to more than {most} elements.", remedy


def _letters(element: ET.Element, characters: Mapping[str, frozenset[int]]) -> Iterator[Slip]:
    family = (element.get("font-family") or "").split(",")[0].strip(" '\"")
    if family and family not in characters:
        yield (
            f"is lettered in “{family}”, which is not the brand's.",
            "Use a family of content/brand.yaml.",
        )
    known = frozenset().union(*characters.values())
    for character in sorted(
        {c for c in element.text or "" if ord(c) not in known and c not in UNSEEN and not c.isspace()}
    ):
        what = f"has the character {character} U+{ord(character):04X}, which no font of this language has."
        yield what, "Use another character, or add a font that has it."


def _reach(element: ET.Element) -> Iterator[Slip]:
    tag = str(element.tag).rpartition("}")[2]
    if tag in FORBIDDEN:
        yield f"holds <{tag}>, which doesn't print safely.", "Remove it, or draw it with paths."
    for name, value in element.attrib.items():
        away = name in ("href", XLINK) and not value.startswith("#")
        if away or name == BASE or name.lower().startswith("on") or AWAY.search(value):
            yield f"reaches outside ({name.rpartition('}')[2]}).", "Remove the reference."


def _shape(element: ET.Element, known: Container[str]) -> Iterator[Slip]:
    """Values that can't be drawn: they would vanish without a word."""
    for name, value in element.attrib.items():
        bad = (
            (name == "d" and not path(value))
            or (name == "points" and len(re.findall(NUMBER, value)) % 2)
            or (name in LENGTHS and not re.fullmatch(rf"\s*+{NUMBER}\s*+(?:mm|cm|in|pt|px|em|%)?\s*+", value))
            or (name in COLOURS and not _colour(value, known))
        )
        if bad:
            tag = str(element.tag).rpartition("}")[2]
            yield f"has a <{tag}> with no {name} that can be drawn (“{value[:24]}”).", "Draw it again."


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
    return len(value) < 100 and (value in ("none", "inherit") or tinycss2.color3.parse_color(value) is not None)


def _expanded(root: ET.Element, most: int) -> int:
    """How many elements are drawn once every <use> is unfolded; counting stops beyond the limit."""
    known = {element.get("id"): element for element in root.iter() if element.get("id")}
    waiting, count = [(root, 0)], 0
    while waiting and count <= most:
        element, depth = waiting.pop()
        count += 1
        waiting.extend((child, depth) for child in element)
        target = element.get("href") or element.get(XLINK) or ""
        if str(element.tag).endswith("use") and target[1:] in known and depth < UNFOLDED:
            waiting.append((known[target[1:]], depth + 1))
    return count
