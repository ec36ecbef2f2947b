"""The pieces that pass from hand to hand, all frozen: Order, Manuscript, Galley, Proof, Product."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from brochure.errors import Complaint, Place
from brochure.house import House, PlannedPage
from brochure.model.edition import Edition
from brochure.model.language import Language
from brochure.model.words import EditionWords, PageWords
from brochure.paper import LEAFLET, PAPERS, Paper


@lru_cache(maxsize=1024)
def digest_of(content: bytes) -> str:
    """The sha256 of a file's bytes in hexadecimal, reckoned once: the same fonts lie beside every galley."""
    return hashlib.sha256(content).hexdigest()


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

    @property
    def logo(self) -> bool:
        """Whether it is a logo's element."""
        return self.key.startswith(LOGO)


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
