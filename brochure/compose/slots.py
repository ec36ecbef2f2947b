"""Slots for photographs and logos: where they stand on the page in mm, and what is wrong with what stands there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil

from markupsafe import Markup

from brochure.compose import darkroom
from brochure.draw import logo as drawn
from brochure.errors import Complaint, ExitCode, Place
from brochure.model.logo import Logo, LogoRef
from brochure.model.photo import Photo
from brochure.paper import Paper, pt_to_mm
from brochure.stages import LOGO, Manuscript

ROW = 14.0  # pt
EDGES = ("left", "top", "right", "bottom")


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, mm from the trim's top left corner."""

    left: float
    top: float
    width: float
    height: float

    def rule(self, name: str, more: str = "") -> str:
        """The CSS rule that puts a class there."""
        sides = zip(("left", "top", "width", "height"), (self.left, self.top, self.width, self.height), strict=True)
        return f".{name} {{ position: absolute; {' '.join(f'{key}: {mm:.4g}mm;' for key, mm in sides)}{more} }}\n"


@dataclass(frozen=True)
class Hung:
    """A photograph in its slot: its address, the classes of the picture and of the line below it, its credit."""

    src: str
    name: str
    line: str
    credit: Markup


@dataclass(frozen=True)
class Moored:
    """A logo in its slot: its address, its class, what the language calls it, and the key of its place."""

    src: str
    name: str
    alt: str
    key: str


def box(paper: Paper, number: int, c: float, w: float, r: float, h: float, bleed: str = "") -> Box:
    """The place of ``w`` columns from column ``c`` and ``h`` rows from row ``r`` on page ``number``. The edges that
    ``bleed`` names (left, top, right, bottom, or all) reach into the bleed instead."""
    step, row = paper.column + paper.gutter, pt_to_mm(ROW)
    left = (paper.inner if number % 2 else paper.outer) + c * step
    top = paper.top + r * row
    ends = [left, top, left + w * step - paper.gutter, top + h * row]
    beyond = [-paper.bleed, -paper.bleed, paper.width + paper.bleed, paper.height + paper.bleed]
    named = EDGES if bleed == "all" else bleed.split()
    left, top, right, bottom = (beyond[i] if edge in named else ends[i] for i, edge in enumerate(EDGES))
    return Box(left, top, right - left, bottom - top)


@dataclass
class Slots:
    """Hangs photographs and moors logos. ``put`` lays a file beside the galley and returns its address, ``rules`` are
    the galley's own CSS, ``places`` what stands behind its keys. ``slips`` and ``credited`` grow from page to page."""

    manuscript: Manuscript
    put: Callable[[str, bytes], str]
    rules: dict[str, str]
    places: dict[str, Place]
    draw: bool = True
    slips: list[Complaint] = field(default_factory=list)
    credited: dict[str, list[int]] = field(default_factory=dict)
    owners: dict[str, None] = field(default_factory=dict)

    def photograph(self, photo: Photo, number: int, c: float = 0, w: float = 12, r: float = 0, h: float = 10,
                   bleed: str = "", tones: Sequence[str] = (), lines: int = 2) -> Hung:  # fmt: skip
        """A photograph in a box of the grid on page ``number``, cut around its focus. ``tones``: two brand colours
        that replace its own; ``lines``: rows of 14 pt for the line below it."""
        at = box(self.manuscript.paper, number, c, w, r, h, bleed)
        self._resolution(photo, at)
        name = f"photo-{hashlib.sha256(repr((at, number)).encode()).hexdigest()[:10]}"
        self.rules[name] = at.rule(name)
        below = box(self.manuscript.paper, number, c, w, r + h, lines)
        self.rules[f"{name}-line"] = below.rule(f"{name}-line")
        return Hung(self._developed(photo, at, tones), name, f"{name}-line", self._credit(photo, number))

    def _resolution(self, photo: Photo, at: Box) -> None:
        """Tells when the picture has too few pixels for its printed size."""
        content = self.manuscript.house.assets[f"images/{photo.file}"]
        ppi = darkroom.resolution(content, at.width, at.height, photo.aim, photo.crop)
        size = darkroom.size(content)
        if ppi is None or size is None or ppi >= darkroom.GOOD:
            return
        needed = " × ".join(str(ceil(side * darkroom.GOOD / ppi)) for side in size)
        what = f"the picture is {ppi:.0f} ppi at {at.width:.0f} × {at.height:.0f} mm; {darkroom.GOOD} ppi need {needed} pixels."
        coarse = ppi < darkroom.COARSE
        remedy = (
            "Use a larger picture, or print it smaller." if coarse else "It will look soft: a larger picture is better."
        )
        self.slips.append(Complaint(photo.file.place, what, remedy, ExitCode.ASSET, warning=not coarse))

    def _developed(self, photo: Photo, at: Box, tones: Sequence[str]) -> str:
        house = self.manuscript.house
        content = house.assets[f"images/{photo.file}"]
        pair = tuple(str(house.brand.colours[tone].screen) for tone in tones)
        duotone = (pair[0], pair[1]) if pair else None
        print_ = None
        if self.draw:
            profile = house.assets["icc/sRGB2014.icc"]
            print_ = darkroom.develop(content, profile, at.width, at.height, photo.aim, photo.crop, duotone)
        digest = hashlib.sha256(content + repr((at, photo.aim, photo.crop, pair)).encode()).hexdigest()[:20]
        # the path below the digest is what complaints name: the file in the house, unless it is a new one
        suffix = "" if print_ is None or photo.file.lower().endswith((".jpg", ".jpeg")) else ".jpg"
        return self.put(f"images/{digest}/images/{photo.file}{suffix}", content if print_ is None else print_)

    def _credit(self, photo: Photo, number: int) -> Markup:
        """Whose photograph it is and under which licence, as the language says it; kept for the list of credits."""
        assert photo.credit is not None
        who = " / ".join(name for name in (photo.credit, photo.owner) if name)
        self.credited.setdefault(f"{who}, {photo.licence}", []).append(number)
        pattern = self.manuscript.language.common.photograph
        said = f"{who} · {photo.licence}"
        key = f"{photo.credit.place.file}#{photo.credit.key}"
        self.places[key] = photo.credit.place
        text = pattern.fill(said) if pattern else said
        return Markup('<span class="text" data-key="{}">{}</span>').format(key, text)

    def logos(self, ids: Sequence[LogoRef], number: int, c: float, w: float, r: float, h: float,
              ground: str) -> tuple[str, list[Moored]]:  # fmt: skip
        """Logos in a row in a box of the grid on page ``number``: the class of the free space around them in the
        colour of the ``ground``, and each logo. Those that can't stand there are told and left out."""
        at = box(self.manuscript.paper, number, c, w, r, h)
        house, dark = self.manuscript.house, ground in ("night", "deep", "dusk")
        found = [(ref, house.logos[ref], file) for ref in ids if (file := self._drawing(ref, house.logos[ref], dark))]
        svgs = [house.assets[f"logos/{file}"] for _, _, file in found]
        ratios = [drawn.proportion(svg) or 1 for svg in svgs]
        clears, minima = [logo.clear for _, logo, _ in found], [float(logo.minimum) for _, logo, _ in found]
        berths = drawn.row(ratios, clears, minima, at.width, at.height) if found else 0
        if isinstance(berths, int):
            self._too_small([(ref, logo) for ref, logo, _ in found][berths : berths + 1], at)
            return "", []
        moored = [
            self._moored(ref, logo, file, svg, berth, at)
            for (ref, logo, file), svg, berth in zip(found, svgs, berths, strict=True)
        ]
        return self._free(at, berths, ground), moored

    def _drawing(self, ref: LogoRef, logo: Logo, dark: bool) -> str | None:
        """The logo's drawing for the ground, or None and a complaint."""
        file = logo.dark if dark else logo.light
        if file is None:
            ground, key = ("dark", "dark") if dark else ("light", "light")
            what = f"“{ref}” has no drawing for {ground} grounds."
            self.slips.append(Complaint(ref.place, what, f"Add {key}: to it in content/logos.yaml."))
        return file

    def _too_small(self, which: list[tuple[LogoRef, Logo]], at: Box) -> None:
        for ref, logo in which:
            what = f"“{ref}” must be {logo.minimum} mm wide at least; with its clear space it finds no room in {at.width:.0f} × {at.height:.0f} mm."
            self.slips.append(Complaint(ref.place, what, "Show fewer logos here, or show it elsewhere."))

    def _moored(self, ref: LogoRef, logo: Logo, file: str, svg: bytes, berth: drawn.Berth, at: Box) -> Moored:
        place = Box(at.left + berth.left, at.top + berth.top, berth.width, berth.height)
        digest = hashlib.sha256(svg + repr(place).encode()).hexdigest()
        name = f"logo-{digest[:10]}"
        self.rules[name] = place.rule(name)
        key = f"{LOGO}{ref}"
        self.places[key] = ref.place
        self.owners[f"{self.manuscript.language.names[logo.name]} ({logo.owner})"] = None
        return Moored(
            self.put(f"logos/{digest[:20]}/logos/{file}", svg), name, self.manuscript.language.names[logo.name], key
        )

    def _free(self, at: Box, berths: list[drawn.Berth], ground: str) -> str:
        """The class of a field that keeps everything out of the logos' free space."""
        first, last = berths[0], berths[-1]
        left, right = at.left - first.clear, at.left + last.left + last.width + last.clear
        top = at.top + min(berth.top - berth.clear for berth in berths)
        bottom = at.top + max(berth.top + berth.height + berth.clear for berth in berths)
        field_ = Box(left, top, right - left, bottom - top)
        name = f"clear-{hashlib.sha256(repr((field_, ground)).encode()).hexdigest()[:10]}"
        self.rules[name] = field_.rule(name, f" background: var(--{ground});")
        return name

    def credits(self) -> list[str]:
        """What the page of sources says of the photographs and logos on all other pages, as the language says it."""
        common = self.manuscript.language.common
        photos = "; ".join(f"{who} ({', '.join(map(str, sorted(set(on))))})" for who, on in self.credited.items())
        lists = ((common.photographs, photos), (common.logos, "; ".join(self.owners)))
        return [pattern.fill(text) for pattern, text in lists if pattern and text]
