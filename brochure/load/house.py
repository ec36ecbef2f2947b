"""The whole house at once, with every slip in one run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from brochure.errors import Complaint, ContentError, Place, errors_in, tidy
from brochure.intake import Slip
from brochure.load import artwork, budgets, check, extent, parity, strays
from brochure.load.flatplan import planned
from brochure.load.ids import families, places
from brochure.load.papers import ACCEPTED, BRAND, BUDGETS, Contents, Papers
from brochure.load.shelf import shelves, templates
from brochure.load.slips import validated
from brochure.load.yaml_text import Mapping
from brochure.model.booklet import Booklet
from brochure.model.brand import Brand
from brochure.model.budget import Budget
from brochure.model.edition import Edition
from brochure.model.facts import Fact, Source
from brochure.model.handouts import HandoutWords
from brochure.model.leaflet import LeafletWords
from brochure.model.limits import LIMITS_FILE, Limits
from brochure.model.logo import Logo, LogoRef
from brochure.model.mail import Mail, MailWords
from brochure.model.markup import Text
from brochure.model.printer import Printer
from brochure.model.scalar import NOWHERE, place_of
from brochure.model.shown import EditionRef, LabelRef, PrinterRef
from brochure.model.terms import Terms
from brochure.model.ticket import TicketWords
from brochure.model.values import FactRef, Line, Model, NameRef, Ref, SourceRef, UnitRef
from brochure.model.words import CommonWords, EditionWords, Language, LanguageWords, PageWords, Unit
from brochure.stages import House, PlannedPage

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
    return House(**{**vars(found), "warnings": slips, "draft": draft})


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
    value: Budget


@dataclass
class _Reader:
    """Reads file after file and keeps the slips; a file with a syntax slip counts as read and is left out."""

    root: Path
    workshop: Path
    others: Collection[str]
    instead: Contents
    slips: list[Complaint] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)
    limits: Limits = field(default_factory=Limits)
    refused: dict[str, Slip] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.papers = Papers(self.root, self.workshop, self.instead, self.slips)

    def house(self) -> House:
        """The house as far as it can be read; what can't be read is a slip, and its ids count as spoiled."""
        if (self.workshop / LIMITS_FILE).exists():  # read under the defaults, which hold when it is broken, too
            self.limits = self.papers.limits = self.file(LIMITS_FILE, Limits) or self.limits
        sources = self.table("content/sources.yaml", Source, SourceRef)
        facts = self.facts()
        brand = self.file(BRAND, Brand)
        logos = self.table(LOGOS, Logo, LogoRef) if (self.root / LOGOS).exists() else {}
        editions = self.folder("content/editions", Edition, EditionRef)
        plans = {name: self.plan(name, edition) for name, edition in editions.items()}
        tags = self.tags(editions)
        languages = {tag: spoken for tag in tags if (spoken := self.language(tag, editions))}
        words = self.words(plans, editions, tags)
        plans = {name: tuple(page for page in plan if page.kind.pages) for name, plan in plans.items()}
        printers = self.folder("content/printers", Printer, PrinterRef)
        booklet, terms = self.spare("content/booklet.yaml", Booklet), self.spare("content/terms.yaml", Terms)
        mail = self.spare(MAIL, Mail)
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
            templates=templates(self.workshop, self.slips),
            assets=shelves((self.workshop, self.root), self.refused, self.limits),
            limits=self.limits,
            printers=printers,
            booklet=booklet or Booklet(),
            terms=terms or Terms(),
            mail=mail,
            spoiled=frozenset(self.spoiled | self.papers.broken)
            | families(self.papers.broken)
            | (frozenset() if brand else {"brand:*"}),
        )

    def strays(self, editions: Collection[str], tags: list[str]) -> None:
        """Files that are called wrongly or that nothing reads, and a house without any edition."""
        self.slips.extend(strays.misnamed(self.root))
        if not errors_in(self.slips):
            self.slips.extend(strays.surplus(self.root, self.papers.seen, tags))
        if not editions and not self.slips:
            self.slips += [Complaint(Place("content/editions"), "there is no edition.", "Write one: see the README.")]

    def file(self, file: str, model: type[M]) -> M | None:
        """One file as its model, or None with its slips kept."""
        raw = self.papers.raw(file)
        if raw is None:
            return None
        if (found := validated(model, raw, Place(file), self.slips, self.limits)) is None:
            self.spoiled.add(file)
        return self.keep(found, raw)

    def spare(self, file: str, model: type[M]) -> M | None:
        """One file that a house may do without."""
        return self.file(file, model) if self.papers.there(file) else None

    def folder(self, folder: str, model: type[M], kind: type[Ref]) -> dict[str, M]:
        """Every file of a folder as its model, by the file's name without suffix."""
        return {
            Path(name).stem: found
            for name in self.papers.names(folder)
            if self.id(kind, Path(name).stem, Place(name)) and (found := self.file(name, model))
        }

    def keep(self, model: M | None, raw: Any) -> M | None:
        """Remember the place of every key, for whoever only has the key path."""
        if model is not None:
            self.places.update(places(raw))
        return model

    def id(self, kind: type[Ref], key: str, place: Place) -> bool:
        """Whether an id can ever be mentioned; a slip when its letters forbid it."""
        try:
            kind.read(key)
        except PydanticCustomError as refused:
            context = refused.context or {}
            self.slips.append(Complaint(place, context["what"], context["remedy"]))
            return False
        return True

    def table(self, file: str, model: type[M], kind: type[Ref]) -> dict[str, M]:
        """A mapping from ids to models; a bad entry doesn't hide the others."""
        raw: dict[str, Any] = self.papers.raw(file) or {}
        out = {}
        for key, node in raw.items():
            self.id(kind, key, place_of(key))
            if (entry := validated(model, node, place_of(key), self.slips, self.limits)) is not None:
                out[str(key)] = entry
            else:
                self.spoiled.add(str(key))
        self.places.update(places(raw))
        return out

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

    def plan(self, name: str, edition: Edition) -> tuple[PlannedPage, ...]:
        """The flatplan with kinds and page numbers."""
        place = self.places.get(f"content/editions/{name}.yaml#flatplan", NOWHERE)
        return planned(edition, place, self.slips, self.spoiled, self.limits)

    def language(self, tag: str, known: Collection[str]) -> Language | None:
        """All words of a language that don't belong to a page."""
        base = f"content/{tag}"
        words, common = self.file(f"{base}/language.yaml", LanguageWords), self.file(f"{base}/common.yaml", CommonWords)
        units = self.table(f"{base}/units.yaml", Unit, UnitRef)
        names = {k: e.value for k, e in self.values(f"{base}/names.yaml", _Line, NameRef).items()}
        labels = {k: e.value for k, e in self.values(f"{base}/labels.yaml", _Text, LabelRef).items()}
        titles = [name for name in self.papers.names(f"{base}/editions") if Path(name).stem in known]
        editions = {Path(name).stem: found for name in titles if (found := self.file(name, EditionWords))}
        accepted = {key: it.value for key, it in self.optional(f"{base}/{ACCEPTED}", _Line).items()}
        fits = {key: it.value for key, it in self.optional(f"{base}/{BUDGETS}", _Budget).items()}
        printers = self.papers.names("content/printers")
        ticket = (self.file if printers else self.spare)(f"{base}/ticket.yaml", TicketWords)
        mail = (self.file if self.papers.there(MAIL) else self.spare)(f"{base}/mail.yaml", MailWords)
        sheets, folded = (
            self.spare(f"{base}/handouts.yaml", HandoutWords),
            self.spare(f"{base}/leaflet.yaml", LeafletWords),
        )
        if words is None or common is None:
            return None
        return Language(words, common, units, names, labels, editions, accepted, ticket, fits, mail, sheets, folded)

    def optional(self, file: str, model: type[M]) -> dict[str, M]:
        """A file of single values that need not be there."""
        return self.values(file, model) if self.papers.there(file) else {}

    def values(self, file: str, model: type[M], kind: type[Ref] | None = None) -> dict[str, M]:
        """A mapping from ids to single texts."""
        raw: dict[str, Any] = self.papers.raw(file) or {}
        self.places.update(places(raw))
        out = {}
        for key, node in raw.items():
            if kind is not None:
                self.id(kind, key, place_of(key))
            wrapped = Mapping({"value": node})
            wrapped.place, wrapped.key = getattr(node, "place", Place(file)), str(key)
            if (entry := validated(model, wrapped, Place(file), self.slips, self.limits)) is not None:
                out[str(key)] = entry
            else:
                self.spoiled.add(str(key))
        return out

    def words(
        self, plans: dict[str, tuple[PlannedPage, ...]], editions: dict[str, Edition], tags: Collection[str]
    ) -> dict[tuple[str, str], PageWords]:
        """The words of every page that an edition sets, in each of its languages and those that it hasn't yet."""
        out: dict[tuple[str, str], PageWords] = {}
        spare = {*tags}.difference(*(edition.languages for edition in editions.values()))
        for name, plan in plans.items():
            for tag in [tag for tag in (*editions[name].languages, *sorted(spare)) if tag in tags]:
                for page in plan:
                    file = f"content/{tag}/pages/{page.id}.yaml"
                    if (
                        (tag, page.id) not in out
                        and file not in self.papers.seen
                        and (found := self.file(file, page.kind.words))
                    ):
                        out[tag, page.id] = found
        return out

    def tags(self, editions: dict[str, Edition]) -> list[str]:
        """The languages to read; from here on the written one lends to all others."""
        default = next((it for it in editions.values() if it.default), next(iter(editions.values()), None))
        self.papers.written = default.languages[0] if default else ""
        found = {*self.others, *(tag for edition in editions.values() for tag in edition.languages)}
        self.papers.spoken = tuple(found)
        return sorted(tag for tag in found if (self.root / "content" / tag).is_dir())
