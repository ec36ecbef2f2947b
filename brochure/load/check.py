"""What no single file can know: that the files agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from brochure.errors import Complaint, Place, suggestion
from brochure.house import House
from brochure.language import locale, plurals, well_formed
from brochure.load import charts, citations, contacts, heritage, personal, rights, wording
from brochure.load.forms import misfits
from brochure.load.plain import plain_count
from brochure.load.references import known, reference, shown
from brochure.model.facts import SPECIAL_UNITS
from brochure.model.language import Language
from brochure.model.markup import FORMS, Figure
from brochure.model.mentions import refs
from brochure.model.pages import KINDS
from brochure.model.printer import RESERVED
from brochure.model.scalar import place_of
from brochure.model.values import Line, NameRef, SourceRef, UnitRef


def house(it: House) -> Iterator[Complaint]:
    """Every disagreement between the files of a house."""
    yield from _facts(it)
    yield from _brand(it)
    yield from citations.called(it)
    yield from rights.logos(it)
    yield from _defaults(it)
    yield from _kinds(it)
    yield from printers(it)
    for tag in it.languages:
        yield from _language(it, tag)
    told: dict[str, list[Complaint]] = {}
    for name in sorted(it.editions, key=lambda name: len(it.lineage(name))):
        told[name] = [*_flatplan(it, name), *contacts.slips(it, name), *_pages(it, name)]
        below = it.lineage(name)[1:2]
        yield from heritage.retold(it, name, told[name], [slip for one in below for slip in told[one]])
        yield from _dressed(it, name)


def _dressed(it: House, name: str) -> Iterator[Complaint]:
    """What an edition's tokens and printer don't agree with."""
    edition, dressed = it.editions[name], it.dressed(name)
    if edition.printer is not None:
        yield from known(it, edition.printer, it.printers, "content/printers/")
    if name in it.brands:
        before = {*rights.logos(it)}
        for slip in rights.logos(dressed):
            if slip not in before:
                what = f"with these tokens {slip.where} is wrong: {slip.what}"
                yield replace(slip, where=it.edition_place(name, "tokens"), what=what)


def _facts(it: House) -> Iterator[Complaint]:
    for fact in it.facts.values():
        for ref in refs(fact):
            if isinstance(ref, SourceRef):
                yield from known(it, ref, it.sources, "content/sources.yaml")
            for tag, language in it.languages.items():
                if isinstance(ref, UnitRef) and ref not in SPECIAL_UNITS:
                    yield from known(it, ref, language.units, f"content/{tag}/units.yaml")


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


def _kinds(it: House) -> Iterator[Complaint]:
    """A page's words are written for one kind, so every edition must show the page as that kind."""
    first: dict[str, tuple[str, Line]] = {}
    for name, edition in it.editions.items():
        for entry in edition.flatplan:
            known, kind = first.setdefault(entry.id, (name, entry.kind))
            if kind != entry.kind and entry.kind in KINDS:
                yield Complaint(
                    entry.kind.place,
                    f"the page “{entry.id}” is of the kind {entry.kind} here and {kind} in content/editions/{known}.yaml.",
                    "Its words fit one kind only: give one of the two pages another id.",
                )


def _locale(said: Line) -> Iterator[Complaint]:
    """The locale is what the files say of their language: a BCP 47 tag that CLDR knows."""
    right = well_formed(said)
    try:
        locale(right)
        if right != said:
            what = f"“{said}” isn't written as a language tag."
            yield Complaint(said.place, what, f"Write it with hyphens and capitals: {right}.")
    except ValueError:
        yield Complaint(said.place, f"CLDR knows no locale “{said}”.", "Write one such as en-GB.")


def printers(it: House) -> Iterator[Complaint]:
    """Profiles whose names would clash, and two that are both the default one."""
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
    yield from _locale(language.words.locale)
    used = {ref: ref for fact in it.facts.values() for ref in refs(fact) if isinstance(ref, NameRef)}
    if any(page.id for plan in it.plans.values() for page in plan):
        for ref in used.values():
            yield from known(it, ref, language.names, f"content/{tag}/names.yaml")
    yield from _plurals(language)
    for label in language.labels.values():
        yield from wording.text(it, label, None)


def _plurals(language: Language) -> Iterator[Complaint]:
    """A unit that bends with its number has every form that its language needs, and no other; ``many`` may also be
    there for the words after a scale: de hectares, after milhões."""
    try:
        wanted = set(plurals(language.words.locale))
    except ValueError:
        return
    for unit in language.units.values():
        said = {form for form in ("zero", "one", "two", "few", "many", "other") if getattr(unit, form) is not None}
        place = place_of(unit.other)
        if said - {"many", "other"} and wanted - said:
            what = f"a plural form is missing: {', '.join(sorted(wanted - said))}."
            yield Complaint(
                place,
                what,
                f"{language.words.name} needs {', '.join(sorted(wanted))}; other alone if the unit never bends.",
            )
        for form in sorted(said - wanted - {"many"}):
            what = f"{language.words.name} has no plural form “{form}”."
            yield Complaint(place_of(getattr(unit, form)), what, f"It needs {', '.join(sorted(wanted))}.")


def _flatplan(it: House, name: str) -> Iterator[Complaint]:
    edition, plan = it.editions[name], it.plans[name]
    file = f"content/editions/{name}.yaml"
    pages = sum(page.kind.pages for page in plan)
    spoiled = it.spoiled & {f"flatplan:{name}", *(str(entry.id) for entry in edition.flatplan)}
    if edition.binding == "saddle stitch" and pages % 4 and not spoiled:
        yield Complaint(
            it.edition_place(name, "flatplan"),
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
    for index, tag in enumerate(edition.languages):
        if not (it.root / "content" / tag).is_dir():
            place = it.places.get(f"{file}#languages.{index}", it.edition_place(name, "languages"))
            what = f"there is no folder content/{tag}/ for the language “{tag}”."
            yield Complaint(place, what, "Write its words, or leave the language out.")
    if set(edition.languages) <= set(it.languages):
        yield from known(it, edition.place, [n for lang in it.languages.values() for n in lang.names], "names.yaml")
    for tag in edition.languages:
        files = [f"content/{tag}/editions/{one}.yaml" for one in it.lineage(name)]
        if tag in it.languages and name not in it.languages[tag].editions and not it.spoiled & {*files}:
            yield Complaint(
                Place(files[0]),
                "this file is missing.",
                "Say there what the edition is called.",
            )


def _pages(it: House, name: str) -> Iterator[Complaint]:
    edition = it.editions[name]
    yield from personal.slips(it, name)
    for page in it.pages(name):
        for ref in refs(page.show):
            yield from reference(it, name, ref)
        yield from rights.photo(it, name, page)
        yield from shown(it, page.show)
        yield from charts.charts(it, name, page)
        for stands_out in getattr(page.show, "featured", ()):
            yield from _featured(it, stands_out)
        for tag in edition.languages:
            words = it.words_of(name, tag, page.id)
            if tag in it.languages and words is not None:
                yield from wording.page(it, name, tag, page, words)
                yield from rights.photo_words(it, name, tag, page, words)
                yield from charts.words(it, name, tag, page, words)
    for tag in edition.languages:
        if tag in it.languages:
            yield from plain_count(it, name, tag)
            spoken = it.languages[tag]
            apart = [spoken.common, spoken.ticket, spoken.mail.get(name), spoken.handouts, spoken.leaflet]
            chosen = [spoken.contacts.get(ref) for ref in edition.contacts]
            yield from wording.said(it, name, [*apart, *chosen, spoken.editions.get(name)])


def _featured(it: House, shown: Any) -> Iterator[Complaint]:
    """A fact set large in a form of its own, which must be one that the fact has."""
    asked = getattr(shown, "form", None)
    if asked is not None and asked not in FORMS:
        yield Complaint(asked.place, f"“{asked}” is no form of a fact.", f"Choose one of {', '.join(FORMS)}.")
    elif asked and shown.fact in it.facts:
        yield from misfits(Figure(shown.fact, asked), it.facts[shown.fact])
