"""An order's galleys, one for each page or spread of the flatplan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from brochure import __version__
from brochure.compose import easel, fitting, lint, margin, room, specimens, styles, tables
from brochure.compose.charts import Chartroom, Shown
from brochure.compose.cited import cited
from brochure.compose.contacts import cards
from brochure.compose.frame import Folio, digest, framed, headed
from brochure.compose.register import Register
from brochure.compose.render import Renderer, headline, plain
from brochure.compose.slots import Slots
from brochure.draw import DRAWINGS, ruler, shaping
from brochure.draw.studio import NoDrawing
from brochure.errors import BrochureError, Complaint, Place, TemplateError, errors_in, suggestion
from brochure.house import PlannedPage
from brochure.model.budget import length
from brochure.stages import Galley, Manuscript, Sheet, digest_of

HOST = "https://brochure.invalid/"
ORNAMENTS = "css/ornaments.css"


def sheet(manuscript: Manuscript, draw: bool = True) -> Sheet:
    """Every galley of the manuscript in flatplan order; TemplateError with the slips of all templates. Without
    ``draw`` the drawings stay empty: enough to check everything else."""
    slips = list(lint.house(manuscript.house.templates, manuscript.house.assets))
    if slips:
        raise TemplateError(slips)
    whole = _sheet(manuscript, draw, slips)
    if errors_in(slips):
        raise TemplateError(slips)
    return replace(whole, warnings=tuple(slips))


def sound(manuscript: Manuscript) -> Sheet:
    """The galleys of those pages that can be composed, when others can't: enough to look at their layout."""
    plan = tuple(page for page in manuscript.plan if manuscript.words(page) is not None)
    return replace(_sheet(replace(manuscript, plan=plan), True, []), partial=True)


def _sheet(manuscript: Manuscript, draw: bool, slips: list[Complaint]) -> Sheet:
    """The galleys without slips in flatplan order; the slips of the others join the list."""
    desk = Desk(manuscript, draw)
    galleys = {}
    for page in sorted(manuscript.plan, key=lambda page: (page.kind.gathers, page.first)):
        try:
            galleys[page.id] = desk.galley(page)
        except BrochureError as error:
            slips.extend(error.complaints)
    slips += desk.slots.slips
    ordered = tuple(galleys[page.id] for page in manuscript.plan if page.id in galleys)
    return framed(manuscript, ordered, {fact: tuple(pages) for fact, pages in desk.register.used.items()})


@dataclass
class Desk:
    """What stays on the composer's desk from page to page: the register with its growing list of sources; ``ordered``:
    the pages that know of others' places."""

    manuscript: Manuscript
    draw: bool = True

    def __post_init__(self) -> None:
        house = self.manuscript.house
        language = self.manuscript.language.words
        self.register = Register(self.manuscript)
        self.renderer = Renderer(self.register)
        self.room = room.environment(house.templates, self.renderer)
        self.fonts = {
            styles.font_address(font, house.assets): house.assets[font.file]
            for font in styles.faces(house.brand, language)
        }
        self.common = {
            "css/tokens.css": styles.tokens(house.brand, language, self.manuscript.paper).encode(),
            "css/fonts.css": styles.font_faces(house.brand, language, house.assets).encode(),
        }
        self.display = shaping.files(ruler.faces(house.assets), ",".join(language.display), 300)
        self.copies: Callable[[], Sequence[Any]] = tuple
        self.anchors: Sequence[str] = ()
        self.laid: Sequence[Folio] = ()  # folios that are set on pages of their own
        self.folios: list[Folio] | None = None  # pages print theirs, unless somebody collects them
        self.ordered: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.ornaments: dict[str, str] = {}
        self.page = self.manuscript.plan[0]
        self.slots = Slots(self.manuscript, self.put, self.ornaments, self.renderer.places, self.draw)
        self.studio = easel.studio(self.manuscript, self.register, self.label)
        self.room.globals.update(self.functions())
        self.room.globals.update(
            title=self.manuscript.title,
            common=self.manuscript.language.common,
            language=language.locale,
            comma=language.separator,
            names_comma=language.between_names,
            cited_comma=language.between_cited,
            planned=language.planned.split("{x}"),
            paper=self.manuscript.paper,
        )

    def galley(self, page: PlannedPage) -> Galley:
        """One page or spread as a galley."""
        self.page = page
        self.register.page, self.register.marks = page.id, page.kind.marks
        self.renderer.places, self.ornaments = {}, {}
        self.slots.places, self.slots.rules = self.renderer.places, self.ornaments
        house, kind = self.manuscript.house, f"{page.kind.room}/{page.kind.name}"
        self.files = {**self.common, **styles.imports(f"css/{kind}.css", house.assets)}
        content = self.manuscript.words_place(page)
        html = margin.hung(room.render(self.room, f"{kind}.html", content.file, self.values(page)), self.display)
        if slips := list(tables.slips(html, Place(f"templates/{kind}.html"), content, house.limits)):
            raise TemplateError(slips)
        files = {**self.files, **self.fonts, ORNAMENTS: "".join(self.ornaments.values()).encode()}
        hashes = [f"{name}:{digest_of(files[name])}" for name in sorted(files)]
        return Galley(
            id=page.id,
            first=page.first,
            pages=page.kind.pages,
            html=html,
            files=files,
            digest=digest([__version__, html, *hashes]),
            places=dict(self.renderer.places),
            template=f"templates/{kind}.html",
        )

    def functions(self) -> dict[str, Callable[..., Any]]:
        """What templates and their macros may call: the register, the names, and everything that is drawn."""
        register = self.register
        return {
            "fact": self.renderer.fact,
            "gathered": self.renderer.gathered,
            "mark": register.mark,
            "marks": register.marks_of,
            "print": self.studio.print,
            "behind": lambda name: plain(register.behind(name)),
            "scale_of": lambda name: plain(register.scale(name)),
            "has": register.has,
            "the_fact": register.fact,
            "label": self.label_here,
            "name": self.name,
            "drawing": self.drawing,
            "ornament": self.ornament,
            "icon": self.icon,
            "photograph": self.slots.photograph,
            "logos": self.slots.logos,
            "credits": self.slots.credits,
            "charts": self.charts,
            "contents": self.contents,
            "contacts": lambda: list(cards(self.manuscript, self.renderer)),
            "prints_folio": self.prints_folio,
            "copies": lambda: list(self.copies()),
            "anchors": lambda: self.anchors,
            "folios": lambda: self.laid,
            "sources": self.sources,
            "parted": self.parted,
            "wide": length,
            "mm": self.studio.width,
            "headline": headline,
            "issued": lambda: register.issued,
            "page_number": self.page_number,
            "place": self.place,
            "component": self.component,
            "swatches": lambda: list(specimens.swatches(self.manuscript.house.brand)),
            "pairs": lambda: list(specimens.pairs(self.manuscript.house.brand)),
            "scale": lambda: specimens.scale(self.manuscript.house.brand),
        }

    def values(self, page: PlannedPage) -> dict[str, Any]:
        """What a page's own template knows beside the functions."""
        sheets = ("css/tokens.css", "css/fonts.css", f"css/{page.kind.room}/{page.kind.name}.css", ORNAMENTS)
        return {
            "page": page,
            "show": page.show,
            "words": self.manuscript.words(page),
            "kind": page.kind.name,
            "edition": self.manuscript.edition,
            "stylesheets": [f"{HOST}{sheet}" for sheet in sheets],
        }

    def name(self, key: str) -> str:
        """What the language calls a place, park, company or country."""
        names = self.manuscript.language.names
        if key not in names:
            raise KeyError(f"there is no name “{key}”. {suggestion(key, names)}")
        return names[key]

    def label(self, fact: str) -> Any:
        """The general label of a fact: by its id, else by the id's last word."""
        labels = self.manuscript.language.labels
        found = labels.get(fact) or labels.get(fact.rpartition(".")[2])
        if found is None:
            raise KeyError(f"“{fact}” has no label.")
        return found

    def label_here(self, fact: str) -> Any:
        """The label of a fact as the page in hand says it, else the general one."""
        return self.manuscript.words(self.page).labels.get(fact) or self.label(fact)

    def drawing(self, name: str, **details: Any) -> str:
        """Draws a picture from the facts and returns its address."""
        if name not in DRAWINGS:
            raise NoDrawing(f"there is no drawing “{name}”. {suggestion(name, DRAWINGS)}")
        drawn = self.studio.finished(DRAWINGS[name](self.studio, **details)) if self.draw else ""
        return self.address(drawn.encode(), "drawings", "svg")

    def ornament(self, address: str) -> str:
        """The class of a box that has a drawing as its ground: an ornament says nothing, so readers who can't
        see it aren't told of it. (WeasyPrint 70 marks grounds as artifacts, pictures never.)"""
        name = f"ornament-{hashlib.sha256(address.encode()).hexdigest()[:12]}"
        self.ornaments[name] = f".{name} {{ background: url({address}) no-repeat 0 0 / 100% 100%; }}\n"
        return name

    def charts(self, number: int) -> list[Shown]:
        """The charts of the page with that number, each with its drawing, place, table and marks."""
        return Chartroom(self.manuscript, self.register, self.studio, self.page, self.drawing, self.place).charts(
            number
        )

    def place(self, c: float, w: float, r: float, h: float) -> str:
        """The class of a frame on the grid: from column ``c`` (0–11) ``w`` columns wide, from row ``r`` ``h`` rows high."""
        name = f"at-{c:g}-{w:g}-{r:g}-{h:g}".replace(".", "_")
        self.ornaments[name] = f".{name} {{ --c: {c:g}; --w: {w:g}; --r: {r:g}; --h: {h:g}; }}\n"
        return name

    def component(self, name: str) -> specimens.Component:
        """A component as the head of its template documents it."""
        source = self.manuscript.house.templates.get(f"components/{name}.html")
        if source is None:
            raise KeyError(f"there is no component “{name}”.")
        return specimens.component(name, source)

    def icon(self, name: str, colour: str) -> str:
        """An icon in a brand colour; returns its address."""
        found = self.manuscript.house.assets.get(f"icons/{name}.svg")
        if found is None:
            raise NoDrawing(f"there is no icon “{name}”.")
        return self.address(found.replace(b"currentColor", self.studio.palette[colour].encode()), "icons", "svg")

    def address(self, content: bytes, folder: str, suffix: str) -> str:
        """Puts a file beside the galley, named by its digest, and returns the address to fetch it from."""
        return self.put(f"{folder}/{hashlib.sha256(content).hexdigest()[:20]}.{suffix}", content)

    def put(self, path: str, content: bytes) -> str:
        """Puts a file beside the galley and returns the address to fetch it from."""
        self.files[path] = content
        return f"{HOST}{path}"

    def prints_folio(self, number: int, ground: str, running: str) -> bool:
        """Whether a page prints its own folio: not where it will stand at several places."""
        if self.folios is not None:
            self.folios.append(Folio(number, ground, running))
        return self.folios is None

    def contents(self) -> list[dict[str, Any]]:
        """The list of contents: every page whose words have a line for it; what follows its colon is its ``tail``."""
        self.ordered.add(self.page.id)
        return [
            {"number": page.first, "id": page.id, "line": line, **headed(line)}
            for page in self.manuscript.plan
            if (line := self.manuscript.words(page).contents)
        ]

    def sources(self) -> list[dict[str, Any]]:
        """The sources numbered as marked so far, called as the language calls them."""
        numbers = self.register.numbers
        return [cited(self.register, name) for name in sorted(numbers, key=numbers.__getitem__)]

    def parted(self, names: Sequence[str], width: float) -> fitting.Parted:
        """Where the columns of a table of facts ``width`` mm wide divide, and how many lines each row takes."""
        rows = {name: (self.label_here(name).letters, self.told(name)) for name in names}
        size = float(self.manuscript.house.brand.type["body"].size)
        return fitting.parted(rows, width, lambda words, weight: self.studio.width(words, size, weight))

    def told(self, name: str) -> str:
        """A fact as a table prints it, with the word for what is planned."""
        printed, planned = self.studio.print(name), self.manuscript.language.words.planned
        return planned.fill(printed) if self.register.fact(name).planned else printed

    def page_number(self, page_id: str) -> int:
        """The number of a page's first page."""
        self.ordered.add(self.page.id)
        found = next((page.first for page in self.manuscript.plan if page.id == page_id), None)
        if found is None:
            raise KeyError(f"the flatplan has no page “{page_id}”.")
        return found
