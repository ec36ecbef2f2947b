"""The pieces that pass from hand to hand, all frozen: House, Order, Manuscript, Galley, Proof, Product."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from brochure.colour import Cmyk
from brochure.errors import Complaint, Place
from brochure.model.booklet import Booklet
from brochure.model.brand import Brand
from brochure.model.contacts import Contact
from brochure.model.edition import Edition, lineage
from brochure.model.facts import Fact, Source
from brochure.model.kind import Kind
from brochure.model.limits import DEFAULTS, Limits
from brochure.model.logo import Logo
from brochure.model.mail import Mail
from brochure.model.printer import Printer
from brochure.model.terms import Terms
from brochure.model.values import Model
from brochure.model.words import EditionWords, Language, PageWords
from brochure.paper import LEAFLET, PAPERS, Paper


@lru_cache(maxsize=1024)
def digest_of(content: bytes) -> str:
    """The sha256 of a file's bytes in hexadecimal, reckoned once: the same fonts lie beside every galley."""
    return hashlib.sha256(content).hexdigest()


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


@dataclass(frozen=True)
class Order:
    """What is asked for. ``pages`` limits the work to single page ids; ``printer`` names the profile that a print file
    is made for, the house's default one when empty; ``sheet`` is what a booklet is printed on, as content/booklet.yaml
    says when empty. ``product``: brochure, copy (a personal one), leaflet, or handout, which has a ``subject``."""

    edition: str
    language: str
    output: str = "screen"
    pages: tuple[str, ...] = ()
    printer: str = ""
    sheet: str = ""
    product: str = "brochure"
    subject: str = ""


@dataclass(frozen=True)
class Manuscript:
    """What is said in one edition and language: in the brochure, or in another ``product`` about a ``subject``, whose
    ``plan`` and words (``said``, by the id of a page) are worked out from it."""

    house: House
    edition_id: str
    edition: Edition
    language_id: str
    language: Language
    plan: tuple[PlannedPage, ...]
    product: str = "brochure"
    subject: str = ""
    said: Mapping[str, PageWords] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """The title that its files say of themselves: the edition's, after the subject of another product."""
        return f"{self.about}. {self.title.title}" if self.about else str(self.title.title)

    @property
    def about(self) -> str:
        """What a product other than the brochure is about, in words; empty for the brochure."""
        return str(getattr(self.said.get(self.subject or self.product), "heading", ""))

    @property
    def name(self) -> str:
        """What the names of its files begin with, below the language's folder."""
        return f"handouts/{self.subject}" if self.product == "handout" else self.product

    @property
    def paper(self) -> Paper:
        """The paper that the product is set on: the edition's, but for a leaflet."""
        return LEAFLET if self.product == "leaflet" else PAPERS[self.edition.paper]

    @property
    def title(self) -> EditionWords:
        """What the edition is called in this language."""
        return self.language.editions[self.edition_id]

    def words_place(self, page: PlannedPage) -> Place:
        """Where the words of a page stand."""
        own = page.kind.file
        apart = Place(f"content/{self.language_id}/{own}.yaml")
        return apart if own else self.house.words_place(self.edition_id, self.language_id, page.id)

    def words(self, page: PlannedPage) -> Any:
        """The words of a page; their model is the page kind's."""
        return self.said.get(page.id) or self.house.words_of(self.edition_id, self.language_id, page.id)


@dataclass(frozen=True)
class Galley:
    """One section: HTML, the files that it may fetch (by address below ``https://brochure.invalid/``), and the
    place in the content behind each ``data-key``. Two galleys with one digest are set alike."""

    id: str
    first: int
    pages: int
    html: str
    files: Mapping[str, bytes]
    digest: str
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)
    template: str = ""


@dataclass(frozen=True)
class Sheet:
    """The galleys of an order with what the file says of itself. ``faces``: family, weight, style and address of
    each font. ``partial`` when only some pages of the flatplan are asked for;
    ``profile``: the sRGB profile that its colours are meant in; ``name``: what the names of its files begin with; ``warnings``: what composing noticed; ``draft``: texts
    that don't fit are only warned of."""

    galleys: tuple[Galley, ...]
    title: str
    author: str
    description: str
    language: str
    created: str
    paper: Paper
    digest: str
    faces: tuple[tuple[str, str, str, str], ...]
    used: Mapping[str, tuple[str, ...]]
    partial: bool = False
    profile: bytes = b""
    name: str = "brochure"
    warnings: tuple[Complaint, ...] = ()
    draft: bool = False


@dataclass(frozen=True)
class Setting:
    """How the setter fared with one galley: freshly set, or remembered from before."""

    id: str
    pages: int
    fresh: bool


LOGO = "logo:"  # what the key of a logo's element begins with


@dataclass(frozen=True)
class KeyBox:
    """Where the element of a ``data-key`` stands: its page's number, and its edges in mm from the trim's top left."""

    page: int
    key: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Proof:
    """Laid-out pages in one master PDF: sRGB, tagged, with bleed. ``boxes``: where every element with a key stands."""

    pdf: bytes
    sheet: Sheet
    settings: tuple[Setting, ...]
    versions: Mapping[str, str]
    warnings: tuple[Complaint, ...] = ()
    boxes: tuple[KeyBox, ...] = ()

    @property
    def places(self) -> dict[str, str]:
        """The place in the content behind every ``data-key``, as ``file:line:column``."""
        return {key: str(place) for galley in self.sheet.galleys for key, place in galley.places.items()}


@dataclass(frozen=True)
class Product:
    """A finished file, with the name that it takes below ``out/<edition>/<language>/``. A print file also says which
    ``printer`` profile it was made for and its preflight's ``verdict``; ``numbers``: which pages of the brochure it holds,
    in its order, empty when it has all of them one after the other."""

    name: str
    content: bytes
    pages: int
    claims: tuple[str, ...]
    digest: str
    printer: str = ""
    verdict: str = ""
    numbers: tuple[int, ...] = ()
