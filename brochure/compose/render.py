"""Running text to HTML: escaped words, figures with marks, safe links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from brochure.compose.register import Register
from brochure.errors import Place
from brochure.language import JOINER, NBSP
from brochure.model.markup import Break, Emphasis, Figure, Link, Mark, Node, Plain, Text, Words

#: A number with the signs that are joined to it.
JOINED = re.compile(rf"(?:[\d.,]+|.)(?:{JOINER}(?:[\d.,]+|.))+")


@dataclass
class Renderer:
    """Turns texts into HTML and remembers which place stands behind each ``data-key``."""

    register: Register
    places: dict[str, Place] = field(default_factory=dict)

    def text(self, text: Text) -> Markup:
        """A text, wrapped so that the setter can name the place that overflows."""
        key = f"{text.place.file}#{text.key}"
        self.places[key] = text.place
        inner = Markup("").join(self._node(node) for node in text.nodes)
        return Markup('<span class="text" data-key="{}">{}</span>').format(key, inner)

    def fact(self, name: str, form: str = "full", mark: bool = True) -> Markup:
        """A figure with its source's mark, as templates print it."""
        key = f"fact:{name}"
        self.places[key] = self.register.manuscript.house.places.get(key, Place("content/facts"))
        figure = Markup('<span class="fact" data-key="{}">{}</span>').format(key, self._figure(name, form))
        return figure + (self.register.mark(name) if mark else Markup(""))

    def _figure(self, name: str, form: str) -> Markup:
        """A figure as templates print it. Where a word for large numbers stands apart from its number (लाख), a class
        lets display type set the word smaller."""
        number, space, word = self.register.print(name, form).partition(NBSP)
        if form != "number" or not space or not self.register.manuscript.language.words.large_numbers:
            return whole(number + space + word)
        return whole(number) + Markup('<span class="counted">{}{}</span>').format(space, word)

    def finalize(self, value: Any) -> Any:
        """What Jinja prints for a value: texts through their markup, everything else escaped by Jinja."""
        return self.text(value) if isinstance(value, Text) else value

    def _node(self, node: Node) -> Markup:
        match node:
            case Words(text) | Plain(text):
                return escape(text)
            case Break():
                return Markup("<br>")
            case Figure(fact, form):
                marked = self.register.mark(str(fact)) if form != "dated" else Markup("")
                return whole(self.register.print(str(fact), form)) + marked
            case Mark(fact):
                return self.register.mark(str(fact))
            case Emphasis(children):
                return Markup("<em>{}</em>").format(self._nodes(children))
            case Link(target, page, children):
                href = f"#page-{page}" if page is not None else target
                return Markup('<a href="{}">{}</a>').format(href, self._nodes(children))

    def _nodes(self, nodes: tuple[Node, ...]) -> Markup:
        return Markup("").join(self._node(node) for node in nodes)


def whole(text: str) -> Markup:
    """A printed fact in which what is joined stands in a span that no line divides. The sign that joins would do it too,
    but a reader who copies the figure out of the file would find it between all its signs."""
    parts, at = [], 0
    for joined in JOINED.finditer(text):
        parts += [escape(text[at : joined.start()]), Markup('<span class="whole">{}</span>').format(plain(joined[0]))]
        at = joined.end()
    return Markup("").join([*parts, escape(text[at:])])


def plain(text: str) -> str:
    """A printed fact for where no line breaks, or nothing is set."""
    return text.replace(JOINER, "")
