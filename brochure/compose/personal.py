"""Personal copies: the pages that all copies of a language share, each set once, and the letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from brochure.compose import arrange
from brochure.compose.arrange import Plan
from brochure.compose.frame import Folio, digest, framed
from brochure.compose.sheet import Desk
from brochure.draw.qr import qr
from brochure.house import PlannedPage
from brochure.model.personal import Arrangement
from brochure.model.recipients import Recipient
from brochure.stages import Galley, Manuscript, Sheet

CODE = 33.0  # mm, the QR code with its quiet zone
LETTER_PAGES = 2  # set for each recipient: the line on the cover, and the letter


@dataclass(frozen=True)
class Addressed:
    """A recipient with the name that the house can write, the order of their copy and the address in its code."""

    recipient: Recipient
    called: str
    plan: Plan
    address: str


@dataclass(frozen=True)
class Book:
    """What all copies of a language share, ready to be set, and how its pages are arranged for each order of page ids."""

    sheet: Sheet
    arrangements: Mapping[tuple[str, ...], Arrangement]


@dataclass
class Binder:
    """Composes the common pages of a language. Their sources are numbered once, in the edition's own order; a page
    whose text doesn't depend on where it stands is the same galley at every place, and its folio is set apart."""

    manuscript: Manuscript
    letter: PlannedPage
    galleys: dict[tuple[Any, ...], tuple[Galley, tuple[Folio, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        home = arrange.common(self.manuscript)
        self.desk = Desk(replace(self.manuscript, plan=home))
        for page in sorted(home, key=lambda page: (page.kind.gathers, page.first)):
            self._compose(page, home)
        if self.desk.slots.credited:
            self.desk.ordered.update(page.id for page in home if page.kind.gathers)
        self.credited = dict(self.desk.slots.credited)
        self.home = home

    @property
    def digest(self) -> str:
        """What changes with anything that the common pages show in their own order."""
        return digest([self._galley(page, self.home)[0].digest for page in self.home])

    def book(self, plans: Iterable[Plan]) -> Book:
        """Everything that copies in these orders need, each page once, and how it is arranged for each order. The
        edition's own order comes first: so its pages are written alike, whatever the others are."""
        others = {arrange.order(plan): plan for plan in plans}
        ordered = {arrange.order(self.home): self.home} | {key: others[key] for key in sorted(others)}
        starts: dict[str, int] = {}
        galleys: list[Galley] = []
        for plan in ordered.values():
            for page in plan:
                galley, _ = self._galley(page, plan)
                if galley.digest not in starts:
                    starts[galley.digest] = sum(it.pages for it in galleys)
                    galleys.append(galley)
        folios = list(
            dict.fromkeys(it for plan in ordered.values() for page in plan for it in self._galley(page, plan)[1])
        )
        base = sum(galley.pages for galley in galleys)
        if folios:
            galleys.append(self._folios(folios))
        feet = {folio: base + index for index, folio in enumerate(folios)}
        ids = [(galley.id, index) for galley in galleys for index in range(galley.pages)][:base]
        sheet = framed(self.manuscript, tuple(galleys), {})
        arrangements = {key: self._arranged(plan, starts, feet, ids) for key, plan in ordered.items()}
        return Book(replace(sheet, partial=True), arrangements)

    def _arranged(
        self, plan: Plan, starts: dict[str, int], feet: dict[Folio, int], ids: list[tuple[str, int]]
    ) -> Arrangement:
        """The pages of one order; each folio belongs to the page that has its number."""
        pages: dict[int, int | None] = {self.letter.first: None}
        places: dict[tuple[str, int], int] = {}
        laid: dict[int, int] = {}
        for page in plan:
            galley, folios = self._galley(page, plan)
            for index in range(galley.pages):
                pages[page.first + index] = starts[galley.digest] + index
                places[page.id, index] = page.first + index - 1
            laid |= {folio.number: feet[folio] for folio in folios}
        return Arrangement(
            tuple(pages[number] for number in sorted(pages)),
            tuple(laid.get(number) for number in sorted(pages)),
            tuple(places.get(key) for key in ids) + (None,) * len(feet),
        )

    def _galley(self, page: PlannedPage, plan: Plan) -> tuple[Galley, tuple[Folio, ...]]:
        key = self._key(page, plan)
        if key not in self.galleys:
            self._compose(page, plan)
        return self.galleys[self._key(page, plan)]

    def _key(self, page: PlannedPage, plan: Plan) -> tuple[Any, ...]:
        return (page.id, page.first, *(arrange.order(plan) if page.id in self.desk.ordered else ()))

    def _compose(self, page: PlannedPage, plan: Plan) -> None:
        desk = self.desk
        desk.folios, desk.manuscript = [], replace(self.manuscript, plan=plan)
        if page.id in desk.ordered and hasattr(self, "credited"):
            desk.slots.credited = {
                who: [self._moved(number, plan) for number in on] for who, on in self.credited.items()
            }
        galley = desk.galley(page)
        self.galleys[self._key(page, plan)] = (galley, tuple(desk.folios))

    def _moved(self, number: int, plan: Plan) -> int:
        """The number that a page of the edition's own order has in another."""
        page = next(page for page in self.home if page.first <= number <= page.last)
        return next(other.first for other in plan if other.id == page.id) + number - page.first

    def _folios(self, folios: Sequence[Folio]) -> Galley:
        self.desk.folios, self.desk.laid = None, folios
        kind = replace(self.letter.kind, pages=len(folios))
        return self.desk.galley(replace(self.letter, kind=kind))


class Letters:
    """Composes the letters of one language, many in a galley. Names may be in any script that the house has fonts for."""

    def __init__(self, manuscript: Manuscript, letter: PlannedPage) -> None:
        families = dict.fromkeys(family for it in manuscript.house.languages.values() for family in it.words.text)
        words = manuscript.language.words
        text = (*words.text, *(family for family in families if family not in words.text))
        language = replace(manuscript.language, words=words.model_copy(update={"text": text}))
        self.manuscript, self.letter = replace(manuscript, language=language), letter
        self.desk = Desk(self.manuscript)
        self.planner = arrange.Planner(self.manuscript)
        personal = manuscript.edition.personal
        assert personal is not None
        self.cover = next(page.first for page in manuscript.plan if page.id == personal.cover)

    def sheet(self, addressed: Sequence[Addressed]) -> Sheet:
        """One galley: for each recipient the line on the cover and the letter, and a last page that nobody gets, with the
        anchors that the letters' links lead to."""
        self.desk.copies = lambda: [self._copy(one) for one in addressed]
        self.desk.anchors = [page.id for page in self.manuscript.plan]
        kind = replace(self.letter.kind, pages=LETTER_PAGES * len(addressed) + 1)
        galley = self.desk.galley(replace(self.letter, kind=kind))
        return replace(framed(self.manuscript, (galley,), {}), partial=True)

    def _copy(self, one: Addressed) -> dict[str, Any]:
        """What the letter's template is told of one recipient; slips of the layout lead to the recipient's row."""
        recipient, words = one.recipient, self.manuscript.words(self.letter)
        key = f"{recipient.place.file}#{recipient.row}"
        self.desk.renderer.places[key] = recipient.place
        code = qr(self.desk.studio, one.address, CODE)
        return {
            "key": key,
            "cover": self.cover,
            "name": one.called,
            "company": recipient.company,
            "country": recipient.country,
            "contact": recipient.contact,
            "prepared": words.prepared.fill(one.called),
            "salutation": words.salutation.fill(one.called),
            "interests": [found for name in recipient.interests if (found := self._interest(name, one.plan))],
            "code": self.desk.address(code.encode(), "drawings", "svg"),
        }

    def _interest(self, name: str, plan: Plan) -> dict[str, Any]:
        page = self.planner.leads(plan, name)
        if page is None:
            return {}
        return {"name": self.manuscript.language.names[name], "id": page.id, "number": page.first}
