r"""The small inline markup of running text.

    *emphasis*             stands out
    ~                      a non-breaking space
    \\                     a line break
    [text](target)         a link to https://…, http://…, mailto:…, tel:… or a page's id
    {parks.vorsino.area}   a fact with bound, unit and its source's mark; see FORMS and CASES for other forms
    {@sez.decree}          only the source's mark of a fact
    {=A-130}               plain text whose digits are no figure: a road's name, a telephone number
    \* \~ \{ \[ …          the character itself

There is no HTML: ``<b>`` prints as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from brochure.errors import Place
from brochure.language import DIGIT
from brochure.model.limits import limits_of, raise_it
from brochure.model.scalar import NOWHERE, blank, refuse, single_text
from brochure.model.values import FactRef, Line, PageRef, is_web_address

#: How a fact may be printed: ``{fact|form}``.
FORMS = {
    "full": "bound, number and unit: more than 7,000 ha",
    "sentence": "the same with a capital, at the head of a sentence",
    "bare": "number and unit without the bound",
    "number": "the number alone; of a date its year",
    "short": "as short as a chart or a table needs it",
    "year": "the year of a date",
    "month": "month and year of a date",
    "day": "day, month and year of a date",
    "names": "the names of a list",
    "dated": "the year that the figure is of, without a mark",
}
#: Grammatical cases of a fact's unit or month, in languages whose words change: ``{fact|genitive}``.
CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional", "oblique")


@dataclass(frozen=True)
class Words:
    """Letters as they stand."""

    text: str


@dataclass(frozen=True)
class Plain:
    """Letters and digits that are no figure."""

    text: str


@dataclass(frozen=True)
class Break:
    """A forced line break."""


@dataclass(frozen=True)
class Figure:
    """A fact in one of the FORMS."""

    fact: FactRef
    form: str


@dataclass(frozen=True)
class Mark:
    """Only the source's mark of a fact."""

    fact: FactRef


@dataclass(frozen=True)
class Emphasis:
    """Words that stand out."""

    children: tuple[Node, ...]


@dataclass(frozen=True)
class Link:
    """Words that lead to an address or, when ``page`` is set, to a page of the brochure."""

    target: str
    page: PageRef | None
    children: tuple[Node, ...]


Node = Words | Plain | Break | Figure | Mark | Emphasis | Link

TOKEN = re.compile(
    r"""(?P<break>\\\\)|\\(?P<escaped>[*~{}\[\]()\\])|(?P<emphasis>\*)|(?P<space>~)
      |\{=(?P<plain>[^{}]*)\}|\{@(?P<mark>[^{}]*)\}|\{(?P<figure>[^{}]*)\}
      |\[(?P<label>(?:\\.|[^\[\]\\])*+)\]\((?P<target>[^()\s]*)\)|(?P<stray>[{}\[\]\\])""",
    re.VERBOSE,
)
TARGET = re.compile(r"mailto:[\w.!#$&*+/=?^~-]+@[\w-]+(\.[\w-]+)+(\?[^\s\"'<>\\]*)?|tel:\+?[0-9][0-9-]*")


class Text:
    """A running text: its markup parsed, its place and key kept."""

    __slots__ = ("key", "nodes", "place", "raw")

    def __init__(self, raw: str, place: Place = NOWHERE, key: str = "") -> None:
        self.raw, self.place, self.key = raw, place, key
        self.nodes = parse(raw, place, key)

    def __repr__(self) -> str:
        return f"Text({self.raw!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(cls.read)

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The value with its markup parsed; a refusal when it is empty, too long or badly marked up."""
        text = single_text(value, "a text").strip()
        if not text:
            raise refuse("this text is empty.", "Write the text, or remove the key.")
        if len(text) > (most := limits_of(info).text_characters):
            what = f"this text has {len(text)} characters; {most} are the limit."
            raise refuse(what, f"Shorten it, {raise_it('text_characters')}")
        read = cls(text, getattr(value, "place", NOWHERE), getattr(value, "key", ""))
        if not any(_seen(node) for node in read.walk()):
            raise refuse("nothing of this text can be seen: it holds only spaces.", "Write words, or remove the key.")
        return read

    def walk(self) -> Iterator[Node]:
        """Every node, also the ones inside emphasis and links."""
        yield from _walk(self.nodes)

    @property
    def letters(self) -> str:
        """What it says without its markup, the figures of facts left out."""
        return "".join(node.text for node in self.walk() if isinstance(node, (Words, Plain)))


class MarkedLine(Line):
    """A short text that is also printed where no markup goes, such as a file's title: its figures are marked as plain,
    {=2017}, and there is no other markup. The text itself is without the marks."""

    __slots__ = ("nodes",)
    nodes: tuple[Node, ...]

    @classmethod
    def read(cls, value: Any, info: ValidationInfo | None = None) -> Self:
        """The value without its marks; a refusal for a figure that isn't marked, or any other brace."""
        line = Line.read(value, info)
        nodes = tuple(
            Plain(_needed(part[2:-1], "{=…}", "{=A-130}"))
            if part.startswith("{=") and part.endswith("}")
            else Words(part)
            for part in re.split(r"(\{=[^{}]*\})", line)
        )
        words = " ".join(node.text for node in nodes if isinstance(node, Words))
        if re.search(r"[{}]", words):
            raise refuse("this line can't print a fact.", "Write words; a figure that needs no source as {=2017}.")
        if found := re.search(rf"\S*{DIGIT.pattern}\S*", words):
            raise refuse(
                f"the figure “{found[0]}” isn't marked as plain text.", f"Write {{={found[0]}}}, or leave it out."
            )
        read = cls("".join(node.text for node in nodes), line.place, line.key)
        read.nodes = nodes
        return read

    def walk(self) -> Iterator[Node]:
        """Every node: words, and what is marked as plain."""
        yield from self.nodes


def _seen(node: Node) -> bool:
    """Whether a node prints something by itself."""
    return not blank(node.text) if isinstance(node, (Words, Plain)) else isinstance(node, (Figure, Mark))


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, (Emphasis, Link)):
            yield from _walk(node.children)


def parse(raw: str, place: Place, key: str) -> tuple[Node, ...]:
    """The nodes of a text; a refusal for markup that is opened and not closed, or unknown."""
    out: list[Node] = []
    opened: int | None = None
    at = 0
    for token in TOKEN.finditer(raw):
        _letters(out, raw[at : token.start()])
        at = token.end()
        if token["emphasis"]:
            opened = _emphasis(out, opened)
        else:
            _token(out, token, place, key)
    _letters(out, raw[at:])
    if opened is not None:
        raise refuse("a * opens emphasis that is never closed.", "Write *word*, or \\* for the star itself.")
    return tuple(out)


def _letters(out: list[Node], text: str) -> None:
    """Add letters to what stands already, so that a run of words is one node."""
    if text and out and isinstance(out[-1], Words):
        out[-1] = Words(out[-1].text + text)
    elif text:
        out.append(Words(text))


def _emphasis(out: list[Node], opened: int | None) -> int | None:
    if opened is None:
        out.append(Plain(""))  # keeps the words before the star apart from those inside
        return len(out)
    if len(out) == opened:
        raise refuse("this emphasis is empty.", "Write *word*, or \\* for the star itself.")
    out[opened - 1 :] = [Emphasis(tuple(out[opened:]))]
    return None


def _token(out: list[Node], token: re.Match[str], place: Place, key: str) -> None:
    if token["break"]:
        out.append(Break())
    elif token["escaped"]:
        _letters(out, token["escaped"])
    elif token["space"]:
        _letters(out, "\u00a0")
    elif token["plain"] is not None:
        out.append(Plain(_needed(token["plain"], "{=…}", "{=A-130}").replace("~", "\u00a0")))
    elif token["mark"] is not None:
        out.append(Mark(_fact(token["mark"], place, key)))
    elif token["figure"] is not None:
        out.append(_figure(token["figure"], place, key))
    elif token["label"] is not None:
        out.append(_link(token["label"], token["target"], place, key))
    elif token["stray"] == "\\":
        raise refuse("a lone \\ means nothing.", "Write \\\\ to break the line; inside double quotes, \\\\\\\\.")
    else:
        raise refuse(f"a lone {token['stray']} has no partner.", f"Write \\{token['stray']} for the character itself.")


def _needed(text: str, what: str, example: str) -> str:
    if blank(text.replace("~", "")):
        raise refuse(f"{what} is empty.", f"Write something inside it, such as {example}.")
    return text


def _fact(text: str, place: Place, key: str) -> FactRef:
    if not re.fullmatch(FactRef.pattern, text, re.ASCII):
        raise refuse(
            f"“{{{text}}}” names no fact.", "Write a fact's id, such as {parks.vorsino.area}; \\{ for the brace itself."
        )
    return FactRef(text, place, key)


def _figure(text: str, place: Place, key: str) -> Figure:
    fact, _, form = text.partition("|")
    if form and form not in (*FORMS, *CASES):
        raise refuse(f"“{form}” is no form of a fact.", f"Choose one of {', '.join(FORMS)}.")
    return Figure(_fact(fact, place, key), form or "full")


def _link(label: str, target: str, place: Place, key: str) -> Link:
    inside = parse(_needed(label, "the text of a link", "[our portal](https://…)"), place, key)
    if re.fullmatch(PageRef.pattern, target, re.ASCII):
        return Link(target, PageRef(target, place, key), inside)
    if not (is_web_address(target) or (TARGET.fullmatch(target) and target.isprintable())):
        raise refuse(
            f"a link can't lead to “{target}”.",
            "Use a whole https://, http://, mailto: or tel: address, or the id of a page.",
        )
    return Link(target, None, inside)
