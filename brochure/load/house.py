"""The whole house at once, with every slip in one run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from brochure.errors import Complaint, ContentError, Place, errors_in, tidy
from brochure.house import House, PlannedPage
from brochure.load import artwork, budgets, check, extent, heritage, parity, personal, strays
from brochure.load.contacts import CONTACTS
from brochure.load.flatplan import brochure, planned, printed
from brochure.load.heritage import Heritage, deepened
from brochure.load.ids import families, places
from brochure.load.papers import ACCEPTED, BRAND, BUDGETS, Contents
from brochure.load.reader import Reader
from brochure.load.shelf import shelves, templates
from brochure.load.slips import validated
from brochure.model.booklet import Booklet
from brochure.model.brand import Brand
from brochure.model.budget import ABudget
from brochure.model.contacts import Contact, ContactWords
from brochure.model.edition import Edition, lineage
from brochure.model.facts import Fact, Source
from brochure.model.handouts import HandoutWords
from brochure.model.language import Language
from brochure.model.leaflet import LeafletWords
from brochure.model.limits import LIMITS_FILE, Limits
from brochure.model.logo import Logo, LogoRef
from brochure.model.mail import Mail, MailWords
from brochure.model.markup import Text
from brochure.model.printer import Printer
from brochure.model.scalar import place_of
from brochure.model.shown import ContactRef, EditionRef, LabelRef, PrinterRef
from brochure.model.terms import Terms
from brochure.model.ticket import TicketWords
from brochure.model.values import FactRef, Line, Model, NameRef, SourceRef, UnitRef
from brochure.model.words import CommonWords, EditionWords, LanguageWords, PageWords, Unit

M = TypeVar("M", bound=BaseModel)
NOTHING: Contents = MappingProxyType({})
LOGOS = "content/logos.yaml"  # a house without logos has no such file
MAIL = "content/mail.yaml"  # nor has one that sends no letters


def house(
    root: Path,
    content: Path | None = None,
    draft: bool = False,
    others: Collection[str] = (),
    instead: Contents = NOTHING,
) -> House:
    """The house at ``root``; ContentError with every slip of content/ in one run. ``content``: another folder whose
    content/ is read, with the brand, templates and assets of this house. In a ``draft`` what translations lack is only
    warned of: the written language lends its texts. ``others``: languages to read that no edition has yet; ``instead``:
    files that are to be read with another content, or as if they were there."""
    found, slips = attempt(root, content, draft, others, instead)
    if errors_in(slips):
        raise ContentError(slips)
    return replace(found, warnings=slips, draft=draft)


def attempt(
    root: Path,
    content: Path | None = None,
    draft: bool = False,
    others: Collection[str] = (),
    instead: Contents = NOTHING,
) -> tuple[House, tuple[Complaint, ...]]:
    """The house as far as it can be read, and every slip of content/. What has a slip is missing or ``spoiled``."""
    reader = _Reader(content or root, root, others, instead)
    found = reader.house()
    known = [*reader.slips, *check.house(found), *extent.slips(found), *artwork.slips(found, reader.refused)]
    return found, tidy([*known, *parity.house(found, draft), *budgets.stale(found)])


class _Line(Model):
    value: Line


class _Text(Model):
    value: Text


class _Budget(Model):
    value: ABudget


class _Reader(Reader):
    """Every file of a house, one after the other."""

    def house(self) -> House:
        """The house as far as it can be read; what can't be read is a slip, and its ids count as spoiled."""
        if (self.workshop / LIMITS_FILE).exists():  # read under the defaults, which hold when it is broken, too
            self.limits = self.papers.limits = self.file(LIMITS_FILE, Limits) or self.limits
        sources, facts = self.table("content/sources.yaml", Source, SourceRef), self.facts()
        brand = self.file(BRAND, Brand)
        logos = self.table(LOGOS, Logo, LogoRef) if (self.root / LOGOS).exists() else {}
        editions = self.editions()
        whole = {name: self.plan(name, edition) for name, edition in editions.items()}
        letters = personal.letters(editions, whole, self.slips, self.limits)
        tags = self.tags(editions)
        languages = {tag: spoken for tag in tags if (spoken := self.language(tag, editions))}
        words = self.words(personal.whole(whole, letters), editions, tags)
        plans = {name: printed(brochure(editions[name], plan)) for name, plan in whole.items()}
        copies = {
            name: printed(plan) for name, plan in whole.items() if any(it.copies for it in editions[name].flatplan)
        }
        beside = self.beside()
        self.strays(editions, tags)
        return House(
            root=self.root,
            brand=brand or Brand.model_construct(colours={}, pairs=(), type={}, fonts=()),
            sources=sources,
            logos=logos,
            facts=facts,
            places=dict(self.places),
            editions=editions,
            plans=plans,
            languages=languages,
            words=words,
            brands=self.brands(brand, editions),
            templates=templates(self.workshop, self.slips),
            assets=shelves((self.workshop, self.root), self.refused, self.limits),
            limits=self.limits,
            letters=letters,
            copies=copies,
            **beside,
            spoiled=frozenset(self.spoiled | self.papers.broken)
            | families(self.papers.broken)
            | (frozenset() if brand else {"brand:*"}),
        )

    def beside(self) -> dict[str, Any]:
        """What a house may have beside its brochures: print shops, the office's printer, fixed terms, letters."""
        return {
            "printers": self.folder("content/printers", Printer, PrinterRef),
            "booklet": self.spare("content/booklet.yaml", Booklet) or Booklet(),
            "terms": self.spare("content/terms.yaml", Terms) or Terms(),
            "mail": self.spare(MAIL, Mail),
            "contacts": self.contacts(CONTACTS, Contact),
        }

    def contacts(self, file: str, model: type[M]) -> dict[str, M]:
        """Whom readers may turn to, or what a language says of them; a house may name nobody."""
        return self.table(file, model, ContactRef) if self.papers.there(CONTACTS) else {}

    def strays(self, editions: Collection[str], tags: list[str]) -> None:
        """Files that are called wrongly or that nothing reads, and a house without any edition."""
        self.slips.extend(strays.misnamed(self.root))
        if not errors_in(self.slips):
            self.slips.extend(strays.surplus(self.root, self.papers.seen, tags))
        if not editions and not self.slips:
            self.slips += [Complaint(Place("content/editions"), "there is no edition.", "Write one: see the README.")]

    def facts(self) -> dict[str, Fact]:
        """Every fact of content/facts/, each in the file that its id begins with."""
        out: dict[str, Fact] = {}
        for file in self.papers.names("content/facts"):
            stem = Path(file).stem
            raw: dict[str, Any] = self.papers.raw(file) or {}
            for key, node in raw.items():
                if self.id(FactRef, key, place_of(key)) and not key.startswith(stem + "."):
                    what = f"the fact “{key}” stands in the wrong file."
                    self.slips.append(Complaint(place_of(key), what, f"Facts in this file begin with “{stem}.”."))
                if key in out:
                    what = f"the fact “{key}” stands in two files."
                    self.slips.append(Complaint(place_of(key), what, "Keep one of the two."))
                if (fact := validated(Fact, node, place_of(key), self.slips, self.limits)) is not None:
                    out[str(key)] = fact
                else:
                    self.spoiled.add(str(key))
            self.places.update({f"{file}#{key}": place_of(key) for key in raw})
            self.places.update({f"fact:{key}": place_of(key) for key in raw})
        return out

    def editions(self) -> dict[str, Edition]:
        """Every edition with all that it takes over."""
        files = {Path(file).stem: file for file in self.papers.names(heritage.FOLDER)}
        files = {name: file for name, file in files.items() if self.id(EditionRef, name, Place(file))}
        trees = {name: raw for name, file in files.items() if (raw := self.papers.raw(file)) is not None}
        written = Heritage(trees, frozenset(files.keys() - trees.keys()), self.slips, self.spoiled)
        whole, out = written.whole(), dict[str, Edition]()
        for name, raw in whole.items():
            if found := validated(Edition, raw, Place(files[name]), self.slips, self.limits):
                out[name] = found
            self.places.update(places(raw))
        self.spoiled |= {files[name] for name in files.keys() - out.keys()}
        return {name: it for name, it in out.items() if self._rooted(it, out)}

    @staticmethod
    def _rooted(edition: Edition, known: dict[str, Edition]) -> bool:
        """Whether every edition that one extends could be read."""
        while edition.extends is not None:
            if edition.extends not in known:
                return False
            edition = known[edition.extends]
        return True

    def brands(self, brand: Brand | None, editions: dict[str, Edition]) -> dict[str, Brand]:
        """The brand of each edition that has tokens of its own."""
        out = {}
        for name, edition in editions.items():
            raw = self.papers.raw(BRAND)
            if brand and edition.tokens and raw and (
                own := heritage.brand(brand, raw, edition, self.slips, self.limits)
            ):  # fmt: skip
                out[name] = own
        return out

    def plan(self, name: str, edition: Edition) -> tuple[PlannedPage, ...]:
        """The flatplan with kinds and page numbers."""
        place = self.places.get(f"{heritage.FOLDER}/{name}.yaml#flatplan", place_of(edition.extends))
        return planned(edition, place, self.slips, self.spoiled, self.limits)

    def language(self, tag: str, known: dict[str, Edition]) -> Language | None:
        """All words of a language that don't belong to a page."""
        base = f"content/{tag}"
        words, common = self.file(f"{base}/language.yaml", LanguageWords), self.file(f"{base}/common.yaml", CommonWords)
        units = self.table(f"{base}/units.yaml", Unit, UnitRef)
        names = {k: e.value for k, e in self.values(f"{base}/names.yaml", _Line, NameRef).items()}
        labels = {k: e.value for k, e in self.values(f"{base}/labels.yaml", _Text, LabelRef).items()}
        editions = self.titles(f"{base}/editions", known, EditionWords)
        accepted = {key: it.value for key, it in self.optional(f"{base}/{ACCEPTED}", _Line).items()}
        fits = {key: it.value for key, it in self.optional(f"{base}/{BUDGETS}", _Budget).items()}
        printers = self.papers.names("content/printers")
        ticket = (self.file if printers else self.spare)(f"{base}/ticket.yaml", TicketWords)
        sheets = self.spare(f"{base}/handouts.yaml", HandoutWords)
        folded = self.spare(f"{base}/leaflet.yaml", LeafletWords)
        people = self.contacts(f"{base}/contacts.yaml", ContactWords)
        if words is None or common is None:
            return None
        mail = self.mail(base, known)
        return Language(
            words, common, units, names, labels, editions, accepted, ticket, fits, mail, sheets, folded, people
        )

    def titles(self, folder: str, known: dict[str, Edition], model: type[M], *shared: str) -> dict[str, M]:
        """What a language says of each edition: the keys of its own file, the others of the edition that it extends, or
        of what all editions share."""
        files = {Path(file).stem: file for file in self.papers.names(folder)}
        lines = {one: (*shared, *(files[it] for it in lineage(known, one)[::-1] if it in files)) for one in known}
        read = {line: self.joined(list(line), model) for line in dict.fromkeys(lines.values()) if line}
        return {name: found for name, line in lines.items() if (found := read.get(line))}

    def mail(self, base: str, known: dict[str, Edition]) -> dict[str, MailWords]:
        """What the letters of each edition say in a language; nothing in a house that sends none."""
        shared = f"{base}/mail.yaml"
        wanted = self.papers.there(MAIL) or self.papers.there(shared)
        return self.titles(f"{base}/mail", known, MailWords, shared) if wanted else {}

    def joined(self, files: list[str], model: type[M]) -> M | None:
        """Several files as one model: each says something otherwise than the one before it."""
        raws = [self.papers.raw(file) for file in files]
        trees = [raw for raw in raws if raw is not None]
        if len(trees) < len(raws):
            return None
        whole = trees[0]
        for raw in trees[1:]:
            whole = deepened(whole, raw)
        if (found := validated(model, whole, Place(files[-1]), self.slips, self.limits)) is None:
            self.spoiled.update(files)
        for raw in trees:
            self.keep(found, raw)
        return found

    def words(
        self, plans: dict[str, tuple[PlannedPage, ...]], editions: dict[str, Edition], tags: Collection[str]
    ) -> dict[tuple[str, str], PageWords]:
        """The words of every page that an edition sets, in each of its languages and those that it hasn't yet; by
        ``<edition>/<page id>`` where it says something of its own."""
        out, read = dict[tuple[str, str], PageWords](), set[str]()
        spare = {*tags}.difference(*(edition.languages for edition in editions.values()))
        for name, plan in plans.items():
            line = lineage(editions, name)
            for tag in [tag for tag in (*editions[name].languages, *sorted(spare)) if tag in tags]:
                base = f"content/{tag}/pages"
                own = {file for one in line for file in self.papers.names(f"{base}/{one}")}
                for page in plan:
                    file = f"{base}/{page.id}.yaml"
                    above = [said for one in reversed(line) if (said := f"{base}/{one}/{page.id}.yaml") in own]
                    both = [file, *above] if not above or self.papers.said(file) else above
                    key = f"{name}/{page.id}" if above else page.id
                    if (above or file not in read) and (found := self.joined(both, page.kind.words)):
                        out[tag, key] = found
                    read |= set() if above else {file}
        return out

    def tags(self, editions: dict[str, Edition]) -> list[str]:
        """The languages to read; from here on the written one lends to all others."""
        default = next((it for it in editions.values() if it.default), next(iter(editions.values()), None))
        self.papers.written = default.languages[0] if default else ""
        found = {*self.others, *(tag for edition in editions.values() for tag in edition.languages)}
        self.papers.spoken = tuple(found)
        return sorted(tag for tag in found if (self.root / "content" / tag).is_dir())
