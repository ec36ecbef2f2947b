"""What a language says on the pages: no figure without a source, each fact in a form that it has, a label for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import partial
from operator import attrgetter
from typing import Any

from brochure.errors import Complaint, Place, suggestion
from brochure.house import House, PlannedPage
from brochure.language import DIGIT
from brochure.load.forms import misfits
from brochure.load.plain import digits
from brochure.load.references import fits, known, reference
from brochure.model.markup import Figure, MarkedLine, Text, Words
from brochure.model.mentions import refs, values
from brochure.model.values import FactRef, LabelledFact, Line, PageRef, Ref
from brochure.model.words import PageWords


def page(it: House, name: str, tag: str, page: PlannedPage, words: PageWords) -> Iterator[Complaint]:
    """Everything that a page says in an edition, and its labels."""
    yield from said(it, name, words)
    for path, wanted in page.kind.needs.items():
        at = partial(it.words_place, name, tag, page.id)
        yield from _needed(at, path, words, list(wanted(page.show)))
    shown = [ref for ref in refs(page.show) if isinstance(ref, LabelledFact)]
    for ref in shown:
        yield from _label(it, name, tag, page, words, ref)
    same = [other.show for plan in it.whole_plans() for other in plan if other.id == page.id]
    known = {ref for ref in refs(same) if isinstance(ref, LabelledFact)} if {*words.labels} - {*shown} else shown
    for key in words.labels:
        if key not in known:
            yield Complaint(
                it.words_place(name, tag, page.id, f"labels.{key}"),
                f"the label “{key}” belongs to no fact that this page shows.",
                suggestion(key, shown) or "Remove it, or show the fact in the flatplan.",
            )


def _needed(at: Callable[[str], Place], path: str, words: PageWords, wanted: list[Any]) -> Iterator[Complaint]:
    """A complaint for every thing shown that the words say nothing of."""
    place, said = at(path), attrgetter(path)(words)
    if isinstance(said, tuple) and len(said) != len(wanted):
        what = f"“{path}” has {len(said)} entries, but the flatplan shows {len(wanted)}."
        yield Complaint(place, what, "Write one for each, in the same order.")
    elif isinstance(said, dict):
        spare = [key for key in said if key not in wanted]
        for key in dict.fromkeys(str(key) for key in wanted if key not in said):
            what = f"“{path}” says nothing of “{key}”, which the flatplan shows."
            near = next(iter(get_close_matches(key, spare, n=1)), "")
            yield Complaint(
                at(f"{path}.{near}") if near else place, what, suggestion(key, spare) or f"Add a line {key}: below it."
            )


def _label(
    it: House, name: str, tag: str, page: PlannedPage, words: PageWords, ref: LabelledFact
) -> Iterator[Complaint]:
    """The label that stands beside a fact: there is one, and a general one may be printed in this edition."""
    general, short = it.languages[tag].labels, ref.rpartition(".")[2]
    if ref in words.labels:
        return
    label = general.get(ref) or general.get(short)
    if label is not None:
        for mentioned in refs(label):
            yield from reference(it, name, mentioned)
    elif fits(it, ref) and not {ref, short} & it.spoiled and "label:*" not in it.spoiled:
        yield Complaint(
            ref.place,
            f"“{ref}” has no label in the language {tag}.",
            f"Add it under labels: in content/{tag}/pages/{page.id}.yaml, or to content/{tag}/labels.yaml.",
        )


def said(it: House, name: str, words: Any) -> Iterator[Complaint]:
    """The texts, lines and references below a model of words, as an edition prints them."""
    for value in values(words):
        if isinstance(value, Text):
            yield from text(it, value, name)
        elif isinstance(value, Line) and not isinstance(value, MarkedLine) and DIGIT.search(value):
            yield Complaint(
                value.place,
                f"the figure {digits(value)} stands in a line that can't carry a source.",
                "Say it without the figure, or in a text with {fact.id}.",
            )
        elif isinstance(value, Ref):
            yield from reference(it, name, value)


def text(it: House, text: Text, edition: str | None) -> Iterator[Complaint]:
    """A running text: no naked figure, every fact in a form that it has. Without an edition nothing is too new."""
    for node in text.walk():
        if isinstance(node, Words) and DIGIT.search(node.text):
            yield Complaint(
                text.place,
                f"the naked figure {digits(node.text)} has no source.",
                "Print it through a fact, {parks.vorsino.area}, or mark it as plain text: {=A-130}.",
            )
        elif isinstance(node, Figure) and node.fact in it.facts:
            yield from misfits(node, it.facts[node.fact])
    for ref in refs(text):
        if edition is not None:
            yield from reference(it, edition, ref)
        elif isinstance(ref, FactRef):
            yield from known(it, ref, it.facts, "content/facts/")
        elif isinstance(ref, PageRef):
            yield from known(it, ref, [page.id for plan in it.plans.values() for page in plan], "a flatplan")
