"""The house: everything that people wrote and drew, read and checked, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from brochure.colour import Cmyk
from brochure.errors import Complaint, Place
from brochure.model.booklet import Booklet
from brochure.model.brand import Brand
from brochure.model.contacts import Contact
from brochure.model.edition import Edition, lineage
from brochure.model.facts import Fact, Source
from brochure.model.kind import Kind
from brochure.model.language import Language
from brochure.model.limits import DEFAULTS, Limits
from brochure.model.logo import Logo
from brochure.model.mail import Mail
from brochure.model.printer import Printer
from brochure.model.terms import Terms
from brochure.model.values import Model
from brochure.model.words import PageWords


@dataclass(frozen=True)
class House:
    """Everything that people wrote and drew, read and checked. ``assets`` and ``templates`` by path; ``spoiled``:
    ids that are there but have a slip of their own, so that nobody complains of them twice; ``draft``: translations
    may lack texts, so what is made of it is never called by a finished file's name. ``words`` by language and page id,
    or ``<edition>/<page id>`` where an edition says something of its own; ``brands``: those of editions with tokens;
    ``usual``: the printer of the edition that it is dressed for; ``letters``: the letter page of the editions that have
    personal copies; ``copies``: the flatplan of those whose copies have pages that the brochure hasn't."""

    root: Path
    brand: Brand
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    places: Mapping[str, Place]
    editions: Mapping[str, Edition]
    plans: Mapping[str, tuple[PlannedPage, ...]]
    languages: Mapping[str, Language]
    words: Mapping[tuple[str, str], PageWords]
    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    logos: Mapping[str, Logo] = field(default_factory=dict)
    printers: Mapping[str, Printer] = field(default_factory=dict)
    booklet: Booklet = field(default_factory=Booklet)
    terms: Terms = field(default_factory=Terms)
    mail: Mail | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    spoiled: frozenset[str] = frozenset()
    warnings: tuple[Complaint, ...] = ()
    limits: Limits = DEFAULTS
    draft: bool = False
    letters: Mapping[str, PlannedPage] = field(default_factory=dict)
    copies: Mapping[str, tuple[PlannedPage, ...]] = field(default_factory=dict)
    brands: Mapping[str, Brand] = field(default_factory=dict)
    usual: str = ""

    def pages(self, edition: str) -> tuple[PlannedPage, ...]:
        """Every page that an edition may print: its flatplan, and what its personal copies have beside it."""
        letter, plan = self.letters.get(edition), self.copies.get(edition, self.plans[edition])
        return (*plan, letter) if letter else plan

    def whole_plans(self) -> tuple[tuple[PlannedPage, ...], ...]:
        """Every flatplan: those of the brochures, and those of personal copies with pages of their own."""
        return (*self.plans.values(), *self.copies.values())

    def dressed(self, edition: str) -> House:
        """The house as an edition sees it: with its tokens, and its printer as the usual one."""
        if edition not in self.editions:
            return self
        printer = self.editions[edition].printer or ""
        return replace(self, brand=self.brands.get(edition, self.brand), usual=str(printer))

    def lineage(self, edition: str) -> tuple[str, ...]:
        """The edition, the one that it extends, and so on."""
        return lineage(self.editions, edition)

    def edition_place(self, edition: str, key: str) -> Place:
        """Where an edition says something, or that it takes it over."""
        file = f"content/editions/{edition}.yaml"
        return self.places.get(f"{file}#{key}") or self.places.get(f"{file}#extends") or Place(file)

    def words_of(self, edition: str, tag: str, page: str) -> PageWords | None:
        """What an edition says on a page in a language: its own words, else those that editions share."""
        return self.words.get((tag, f"{edition}/{page}")) or self.words.get((tag, page))

    def words_place(self, edition: str, tag: str, page: str, key: str = "") -> Place:
        """Where a key of a page's words stands, or belongs: in the edition's own file when it has one."""
        files = [f"content/{tag}/pages/{name}/{page}.yaml" for name in self.lineage(edition)]
        files = [file for file in [*files, f"content/{tag}/pages/{page}.yaml"] if file in self._read]
        found = (self.places[f"{file}#{key}"] for file in files if f"{file}#{key}" in self.places)
        return next(found, Place(files[0] if files else f"content/{tag}/pages/{page}.yaml"))

    @cached_property
    def _read(self) -> frozenset[str]:
        """Every file that a place is known of."""
        return frozenset(key.partition("#")[0] for key in self.places)

    @property
    def recipes(self) -> dict[str, Cmyk]:
        """How each declared colour is printed: six hexadecimal digits of sRGB → CMYK, of the brand and of its logos."""
        own = {str(colour.screen).removeprefix("#"): colour.print for colour in self.brand.colours.values()}
        return {**{rgb: cmyk for logo in self.logos.values() for rgb, cmyk in logo.colours.items()}, **own}

    @property
    def default_edition(self) -> str:
        """The edition that is built when none is named."""
        return next((name for name, edition in self.editions.items() if edition.default), next(iter(self.editions)))

    @property
    def default_printer(self) -> str:
        """The printer profile that is used when none is named; empty in a house without any."""
        return self.usual or next(
            (name for name, it in self.printers.items() if it.default), next(iter(self.printers), "")
        )


@dataclass(frozen=True)
class PlannedPage:
    """An entry of the flatplan with its kind and first page number."""

    id: str
    kind: Kind
    show: Model
    first: int

    @property
    def last(self) -> int:
        """The number of its last page."""
        return self.first + self.kind.pages - 1
