"""What no single file can know: that the files agree with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.errors import Complaint, ExitCode, Place, suggestion
from brochure.language import locale
from brochure.load.forms import misfits
from brochure.load.plain import DIGIT, digits, plain_count
from brochure.model.facts import SPECIAL_UNITS, Fact
from brochure.model.markup import Figure, Text, Words
from brochure.model.mentions import refs, values
from brochure.model.printer import RESERVED
from brochure.model.values import (
    FactRef,
    LabelledFact,
    Line,
    NameRef,
    PageRef,
    Ref,
    SourceRef,
    UnitRef,
)
from brochure.model.words import PageWords
from brochure.stages import House, PlannedPage


def house(it: House) -> Iterator[Complaint]:
    """Every disagreement between the files of a house."""
    yield from _facts(it)
    yield from _brand(it)
    yield from _defaults(it)
    yield from _printers(it)
    for tag in it.languages:
        yield from _language(it, tag)
    for name in it.editions:
        yield from _flatplan(it, name)
        yield from _pages(it, name)


def _known(it: House, ref: Ref, known: Iterable[str], where: str) -> Iterator[Complaint]:
    names = list(known)
    if ref not in names and not _excused(it, ref):
        remedy = suggestion(ref, names) or f"Write one that stands in {where}."
        yield Complaint(
            ref.place,
            f"there is no {ref.kind} “{ref}”.",
            remedy,
        )


def _excused(it: House, ref: Ref) -> bool:
    """Whether the thing is there but has a slip of its own, or stands in a file that can't be read."""
    family = f"fact:{ref.partition('.')[0]}.*" if isinstance(ref, FactRef) else f"{ref.kind}:*"
    return bool(it.spoiled & {str(ref), family})


def _facts(it: House) -> Iterator[Complaint]:
    for fact in it.facts.values():
        for ref in refs(fact):
            if isinstance(ref, SourceRef):
                yield from _known(it, ref, it.sources, "content/sources.yaml")
            for tag, language in it.languages.items():
                if isinstance(ref, UnitRef) and ref not in SPECIAL_UNITS:
                    yield from _known(it, ref, language.units, f"content/{tag}/units.yaml")


def _brand(it: House) -> Iterator[Complaint]:
    if "brand:*" in it.spoiled:
        return
    families = {font.family for font in it.brand.fonts}
    for tag, language in it.languages.items():
        for family in (*language.words.text, *language.words.display):
            if family not in families:
                yield Complaint(
                    family.place,
                    f"the brand has no font family “{family}” (language {tag}).",
                    suggestion(family, families) or "Add its files to content/brand.yaml.",
                )


def _defaults(it: House) -> Iterator[Complaint]:
    defaults = [name for name, edition in it.editions.items() if edition.default]
    if len(defaults) > 1:
        yield Complaint(
            Place(f"content/editions/{defaults[1]}.yaml"),
            f"“{defaults[0]}” and “{defaults[1]}” are both the default edition.",
            "Leave default: true in one.",
        )


def _printers(it: House) -> Iterator[Complaint]:
    for name in it.printers:
        if name in RESERVED:
            place = Place(f"content/printers/{name}.yaml")
            yield Complaint(place, f"a printer can't be called “{name}”.", "Its files would be taken for others.")
    defaults = [name for name, printer in it.printers.items() if printer.default]
    if len(defaults) > 1:
        yield Complaint(
            Place(f"content/printers/{defaults[1]}.yaml"),
            f"“{defaults[0]}” and “{defaults[1]}” are both the default printer.",
            "Leave default: true in one.",
        )


def _language(it: House, tag: str) -> Iterator[Complaint]:
    language = it.languages[tag]
    try:
        locale(language.words.locale)
    except ValueError:
        yield Complaint(
            language.words.locale.place, f"CLDR knows no locale “{language.words.locale}”.", "Write one such as en-GB."
        )
    used = {ref: ref for fact in it.facts.values() for ref in refs(fact) if isinstance(ref, NameRef)}
    if any(page.id for plan in it.plans.values() for page in plan):
        for ref in used.values():
            yield from _known(it, ref, language.names, f"content/{tag}/names.yaml")
    for label in language.labels.values():
        yield from _text(it, label, None)
    for value in values(language.ticket):
        if isinstance(value, Line):
            yield from _naked(value)


def _flatplan(it: House, name: str) -> Iterator[Complaint]:
    edition, plan = it.editions[name], it.plans[name]
    file = f"content/editions/{name}.yaml"
    pages = sum(page.kind.pages for page in plan)
    spoiled = it.spoiled & {str(entry.id) for entry in edition.flatplan}
    if edition.binding == "saddle stitch" and pages % 4 and not spoiled:
        yield Complaint(
            it.places.get(f"{file}#flatplan", Place(file)),
            f"the flatplan has {pages} pages, which can't be saddle-stitched.",
            f"Make it a multiple of 4: an entry “kind: notes” adds {4 - pages % 4} to write on; or remove {pages % 4}.",
        )
    entries = {str(entry.id): entry for entry in edition.flatplan}
    for page in plan:
        if page.kind.pages == 2 and page.first % 2 and not page.kind.fills:
            yield Complaint(
                entries[page.id].id.place,
                f"the spread “{page.id}” begins on page {page.first}, a right-hand page.",
                "Put it on an even page: move it, or put a single page before it.",
            )
    if set(edition.languages) <= set(it.languages):
        yield from _known(it, edition.place, [n for lang in it.languages.values() for n in lang.names], "names.yaml")
    for tag in edition.languages:
        file = f"content/{tag}/editions/{name}.yaml"
        if tag in it.languages and name not in it.languages[tag].editions and file not in it.spoiled:
            yield Complaint(
                Place(f"content/{tag}/editions/{name}.yaml"),
                "this file is missing.",
                "Say there what the edition is called.",
            )


def _pages(it: House, name: str) -> Iterator[Complaint]:
    edition, plan = it.editions[name], it.plans[name]
    for page in plan:
        for ref in refs(page.show):
            yield from _reference(it, name, ref)
        for tag in edition.languages:
            words = it.words.get((tag, page.id))
            if tag in it.languages and words is not None:
                yield from _words(it, name, tag, page, words)
                yield from _photo(it, name, tag, page, words)
    for tag in edition.languages:
        if tag in it.languages:
            yield from plain_count(it, tag)
            for value in values(it.languages[tag].editions.get(name)):
                if isinstance(value, Text):
                    yield from _text(it, value, name)


def _photo(it: House, name: str, tag: str, page: PlannedPage, words: PageWords) -> Iterator[Complaint]:
    """A photograph that a page shows: its licence still runs, and its description is there."""
    photo = getattr(page.show, "photo", None)
    if photo is None:
        return
    if photo.expires and photo.expires.last < it.editions[name].date.first:
        yield Complaint(
            photo.file.place,
            f"the licence of “{photo.file}” expired on {photo.expires}.",
            "Renew it, or use another picture.",
            ExitCode.ASSET,
        )
    if getattr(words, "photo_alt", None) is None:
        place = Place(f"content/{tag}/pages/{page.id}.yaml")
        yield Complaint(place, "the photograph has no description.", "Add photo_alt: and say what it shows.")


def _reference(it: House, edition: str, ref: Ref) -> Iterator[Complaint]:
    """A reference that an edition prints: it exists, and it may be printed on the edition's date."""
    if isinstance(ref, FactRef):
        yield from _known(it, ref, it.facts, "content/facts/")
        if ref in it.facts:
            yield from _printable(it, edition, ref, it.facts[ref])
    elif isinstance(ref, PageRef):
        yield from _known(it, ref, [page.id for page in it.plans[edition]], "the flatplan")
    elif isinstance(ref, NameRef):
        for tag in it.editions[edition].languages:
            if tag in it.languages:
                yield from _known(it, ref, it.languages[tag].names, f"content/{tag}/names.yaml")


def _printable(it: House, name: str, ref: FactRef, fact: Fact) -> Iterator[Complaint]:
    edition = it.editions[name]
    day = edition.date.first
    if not fact.known_on(day):
        yield Complaint(
            ref.place,
            f"“{ref}” is of {fact.as_of}, after the edition's date {edition.date}.",
            "Use an earlier figure, or leave it out.",
        )
    elif fact.stale_on(day):
        yield Complaint(
            ref.place,
            f"“{ref}” is of {fact.as_of} and went stale on {fact.expires}.",
            "Find a newer figure, or say its date in the text and set max_age: never.",
            warning=not edition.strict,
        )


def _words(it: House, name: str, tag: str, page: PlannedPage, words: PageWords) -> Iterator[Complaint]:
    for value in values(words):
        if isinstance(value, Text):
            yield from _text(it, value, name)
        elif isinstance(value, Line):
            yield from _naked(value)
        elif isinstance(value, Ref):
            yield from _reference(it, name, value)
    labels = words.labels
    shown = [ref for ref in refs(page.show) if isinstance(ref, LabelledFact)]
    for ref in shown:
        general = it.languages[tag].labels
        if (
            ref in it.facts
            and not {ref, ref.rpartition(".")[2]} & {*labels, *general, *it.spoiled}
            and "label:*" not in it.spoiled
        ):
            yield Complaint(
                ref.place,
                f"“{ref}” has no label in the language {tag}.",
                f"Add it under labels: in content/{tag}/pages/{page.id}.yaml, or to content/{tag}/labels.yaml.",
            )
    for key in labels:
        if key not in shown:
            place = it.places.get(
                f"content/{tag}/pages/{page.id}.yaml#labels.{key}", Place(f"content/{tag}/pages/{page.id}.yaml")
            )
            yield Complaint(
                place,
                f"the label “{key}” belongs to no fact that this page shows.",
                suggestion(key, shown) or "Remove it, or show the fact in the flatplan.",
            )


def _naked(line: Line) -> Iterator[Complaint]:
    if DIGIT.search(line):
        yield Complaint(
            line.place,
            f"the figure {digits(line)} stands in a line that can't carry a source.",
            "Say it without the figure, or in a text with {fact.id}.",
        )


def _text(it: House, text: Text, edition: str | None) -> Iterator[Complaint]:
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
            yield from _reference(it, edition, ref)
        elif isinstance(ref, FactRef):
            yield from _known(it, ref, it.facts, "content/facts/")
        elif isinstance(ref, PageRef):
            yield from _known(it, ref, [page.id for plan in it.plans.values() for page in plan], "a flatplan")
