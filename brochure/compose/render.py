"""Running text to HTML: escaped words, figures with marks, safe links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from brochure.compose.register import Numbered, Register, joined
from brochure.errors import Place
from brochure.language import JOINER, NBSP, UNSPACED, held
from brochure.language import joined as joins
from brochure.model.budget import length
from brochure.model.markup import Break, Emphasis, Figure, Link, Mark, Node, Plain, Text, Words

#: Where a sentence ends, in the languages of the house.
STOP = re.compile(r"[.!?…](?=\s|$)|[。！？।]")
#: A hyphen behind a vowel sign of Devanagari. Where the two come from different fonts, Pango sets the hyphen back by the
#: sign's width, into the letter; in a box of its own it stands where it belongs.
SET_BACK = re.compile("(?<=[\u0900-\u0903\u093a-\u094f])-")
#: Words joined by hyphens, as far as a line holds them.
COMPOUND = re.compile(r"(?<!\S)[^\W\d_]{1,12}(?:-[^\W\d_]{1,12}){1,2}(?![\w-])")
#: Where a text's last line may not begin: within its last three signs, or before a last word that is short.
LAST = re.compile(rf"(?:{UNSPACED.pattern}){{3}}$|(?<!\S)\S{{1,10}} (?=\S{{1,7}}$)")
LEADING = re.compile(r"(?<!\S)\S{1,4} $")  # a short word before a figure
SEVERAL = 24  # letters: a shorter text is a line
#: A number with the signs that are joined to it.
JOINED = re.compile(rf"(?:[\d.,]+|.)(?:{JOINER}(?:[\d.,]+|.))+")


@dataclass(frozen=True)
class Gathered:
    """A block whose sources stand together below it: ``texts`` without marks, ``sources`` the marks in their order,
    ``count`` of them."""

    texts: tuple[Markup, ...]
    sources: Markup
    count: int


@dataclass
class Renderer:
    """Turns texts into HTML and remembers which place stands behind each ``data-key``."""

    register: Register
    places: dict[str, Place] = field(default_factory=dict)
    spared: frozenset[int] = frozenset()
    kept: list[Numbered] | None = None

    def gathered(self, *texts: Text | None, facts: Iterable[str] = ()) -> Gathered:
        """Texts of one block without their marks, and those marks with the marks of further ``facts``, each once and in
        order: reversed out, raised figures as large as clean type may be would be louder than what they mark."""
        self.kept = []
        try:
            bare = tuple(self.text(text) if text else Markup("") for text in texts)
            for name in facts:
                self._marked(str(name))
            return Gathered(bare, joined(self.kept), len(dict(self.kept)))
        finally:
            self.kept = None

    def _marked(self, name: str) -> Markup:
        """A fact's mark, or nothing where the marks of a block are gathered."""
        mark = self.register.mark(name)
        if self.kept is None:
            return mark
        if mark:
            self.kept.append((self.register.numbers[str(self.register.fact(name).source)], mark))
        return Markup("")

    def text(self, text: Text) -> Markup:
        """A text, wrapped so that the setter can name the place that overflows; one that stands in for a translation
        is shaded."""
        folder = f"content/{self.register.manuscript.language_id}/"
        own = text.place.file.startswith(folder) or not text.place.file.startswith("content/")
        key = f"{text.place.file}#{text.key}"
        self.places[key] = text.place
        self.spared = frozenset(self._shared(text.nodes))
        inner = self._nodes(kept(text))
        return Markup('<span class="{}" data-key="{}">{}</span>').format("text" if own else "text borrowed", key, inner)

    def fact(self, name: str, form: str = "full", mark: bool = True) -> Markup:
        """A figure with its source's mark, as templates print it; ``joined`` when it holds letters that join."""
        key = f"fact:{name}"
        self.places[key] = self.register.manuscript.house.places.get(key, Place("content/facts"))
        printed = self._figure(name, form)
        kind = "fact joined" if joins(printed) else "fact"
        figure = Markup('<span class="{}" data-key="{}">{}</span>').format(kind, key, printed)
        return figure + (self._marked(name) if mark else Markup(""))

    def _figure(self, name: str, form: str) -> Markup:
        """A figure as templates print it. Where a word for large numbers stands apart from its number (लाख), a class
        lets display type set the word smaller."""
        if self.register.fact(name).unit == "names":
            return compounds(self.register.print(name, form))
        number, space, word = self.register.print(name, form).partition(NBSP)
        if form != "number" or not space or not self.register.manuscript.language.words.large_numbers:
            return whole(number + space + word)
        return whole(number) + Markup('<span class="counted">{}{}</span>').format(space, word)

    def finalize(self, value: Any) -> Any:
        """What Jinja prints for a value: texts through their markup, everything else escaped by Jinja."""
        if isinstance(value, str) and not isinstance(value, Markup) and SET_BACK.search(value):
            return Markup("<span>-</span>").join(map(escape, SET_BACK.split(value)))
        return self.text(value) if isinstance(value, Text) else value

    def _node(self, node: Node) -> Markup:
        match node:
            case Plain(text):
                out = whole(ranged(held(text)))
            case Words(text):
                out = compounds(text.replace(" —", f"{NBSP}—"))  # no line begins with a dash
            case Break():
                out = Markup("<br>")
            case Figure(fact, form):
                out = whole(self.register.print(str(fact), form)) + self._mark(node)
            case Mark():
                out = self._mark(node)
            case Emphasis(children):
                out = Markup("<em>{}</em>").format(self._nodes(children))
            case Link(target, page, children):
                href = f"#page-{page}" if page is not None else target
                out = Markup('<a href="{}">{}</a>').format(href, self._nodes(children))
        return out

    def _nodes(self, nodes: tuple[Node, ...]) -> Markup:
        """Nodes one after another; marks side by side are put in order and divided by commas."""
        out = Markup("")
        for is_mark, run in groupby(nodes, key=lambda node: isinstance(node, Mark)):
            beside = tuple(run)
            out += self._marks(beside) if is_mark and len(beside) > 1 else self._run(beside)
        return out

    def _run(self, nodes: tuple[Node, ...]) -> Markup:
        """Nodes other than marks side by side; a figure's mark waits for the word that closes the figure."""
        out = waiting = Markup("")
        for node, after in zip(nodes, (*nodes[1:], None), strict=True):
            if isinstance(node, Words) and waiting:
                end = self._closed(node.text)
                out += escape(node.text[:end]) + waiting + escape(node.text[end:])
                waiting = Markup("")
            elif isinstance(node, Figure) and isinstance(after, Words) and self._closed(after.text):
                out += whole(self.register.print(str(node.fact), node.form))
                waiting = self._mark(node)
            else:
                out += self._node(node)
        return out

    def _closed(self, text: str) -> int:
        """Where the word ends that closes the figure before these words: 5 in “ года на саммите”; 0 without one."""
        closing = self.register.manuscript.language.words.closing
        ends = [len(word) + 1 for word in closing if text[:1].isspace() and text.startswith(word, 1)]
        return max((end for end in ends if not text[end : end + 1].isalnum()), default=0)

    def _marks(self, nodes: tuple[Node, ...]) -> Markup:
        marks = [(node, self._marked(str(node.fact))) for node in nodes if isinstance(node, Mark)]
        numbers = self.register.numbers
        return joined((numbers[self._source(node)], mark) for node, mark in marks if mark)

    def _mark(self, node: Figure | Mark) -> Markup:
        """A figure's mark, unless it says only the year of another fact or a later mark in its sentence speaks for it."""
        if id(node) in self.spared or (isinstance(node, Figure) and node.form == "dated"):
            return Markup("")
        return self._marked(str(node.fact))

    def _shared(self, nodes: tuple[Node, ...]) -> Iterator[int]:
        """The nodes whose mark is followed, in the same sentence, by one of the same source: figures that a sentence
        takes from one source share one mark, behind the last of them, as in a text with notes."""
        last: Figure | Mark | None = None
        for node in _flat(nodes):
            if isinstance(node, Words):
                last = None if STOP.search(node.text) else last
            elif isinstance(node, Mark) or node.form != "dated":
                if last and self._source(last) == self._source(node):
                    yield id(last)
                last = node

    def _source(self, node: Figure | Mark) -> str:
        return str(self.register.fact(str(node.fact)).source)


def _flat(nodes: tuple[Node, ...]) -> Iterator[Words | Figure | Mark]:
    """Words, figures and marks in the order of reading."""
    for node in nodes:
        if isinstance(node, Words | Figure | Mark):
            yield node
        elif isinstance(node, Emphasis | Link):
            yield from _flat(node.children)


def whole(text: str) -> Markup:
    """A printed fact in which what is joined stands in a span that no line divides. The sign that joins would do it too,
    but a reader who copies the figure out of the file would find it between all its signs."""
    parts, at = [], 0
    for found in JOINED.finditer(text):
        parts += [escape(text[at : found.start()]), Markup('<span class="whole">{}</span>').format(plain(found[0]))]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def kept(text: Text) -> tuple[Node, ...]:
    """The nodes of a text, of one of several lines such that its last line isn't one short word, or a sign or two."""
    *before, last = text.nodes
    if length(text.letters) < SEVERAL:
        return text.nodes
    if isinstance(last, Plain) and before and isinstance(before[-1], Words) and LEADING.search(before[-1].text):
        return (*before[:-1], Words(before[-1].text[:-1] + NBSP), last)
    if not isinstance(last, Words):
        return text.nodes
    return (*before, Words(LAST.sub(_tied, last.text)))


def _tied(found: re.Match[str]) -> str:
    return found[0][:-1] + NBSP if found[0].endswith(" ") else JOINER.join(found[0])


def ranged(text: str) -> str:
    """Years or figures from one to another stay on one line: 2013–2014."""
    return re.sub(r"(?<=\d)–(?=\d)", f"{JOINER}–{JOINER}", text)


def compounds(text: str) -> Markup:
    """Words in which compounds stand undivided: a hyphen that is written and ends a line is taken by readers for one
    that only breaks the word, and is lost with it: Бендер-Аббас. (A span that forbids breaks won't do: WeasyPrint 70 then
    breaks before the words in front of it.)"""
    return escape(COMPOUND.sub(lambda found: found[0].replace("-", f"-{JOINER}"), text))


def headline(text: str | Text) -> str | Text:
    """A title of which no line ends with a word of one or two letters: transporte | e logística."""
    return text if isinstance(text, Text) else re.sub(r"(?<=\s)(\w{1,2}) ", rf"\1{NBSP}", text)


def plain(text: str) -> str:
    """A printed fact for where no line breaks, or nothing is set."""
    return text.replace(JOINER, "")
