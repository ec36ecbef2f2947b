"""Logos and photographs laid into every slot of the real brochure: their size, their clear space, their recipes."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from conftest import ROOT, shipped
from PIL import Image, ImageChops

from brochure import compose, finish, load, press
from brochure.colour import Cmyk
from brochure.draw import logo as drawn
from brochure.errors import BrochureError
from brochure.house import House
from brochure.load import rights
from brochure.model.dates import parse_date
from brochure.model.logo import Clear, DrawingRef, Logo, LogoRef
from brochure.model.photo import Photo, PhotoWords
from brochure.model.values import Line, NameRef, Passage, PictureRef
from brochure.stages import Order, Sheet
from brochure.typeset import Setter

DPI = 200
PX = DPI / 25.4  # pixels in a millimetre
PAPER_WHITE = Cmyk(0, 0, 0, 0)

#: id → colour, proportion, smallest width in mm, clear space
LOGOS = {
    "arms": ("FF00FF", (4, 5), 10, Clear(0.25, 0)),
    "agency": ("00FF00", (4, 1), 20, Clear(0.5, 0)),
    "partner": ("FF0000", (1, 1), 8, Clear(0, 3)),
    "bank": ("00FFFF", (5, 1), 20, Clear(0.3, 0)),
}
#: page id → what lies in its slots
COVER = {"logos": (LogoRef("arms"),)}
BACK = {"logos": tuple(map(LogoRef, ("partner", "bank", "agency"))), "publisher": LogoRef("arms")}


def svg(colour: str, size: tuple[int, int]) -> bytes:
    """A logo that is one field of a colour: easy to find on a page."""
    wide, high = size
    field = f'<rect width="{wide}" height="{high}" fill="#{colour}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">{field}</svg>'.encode()


def logo(colour: str, size: tuple[int, int], minimum: float, clear: Clear, **more: Any) -> Logo:
    """A logo with all its rights."""
    file = DrawingRef(f"{colour.lower()}.svg")
    given = {"name": NameRef("kaluga"), "light": file, "dark": file, "owner": Line("x"), "permission": Line("x"),
             "expires": None, "minimum": minimum, "clear": clear, "colours": {colour: PAPER_WHITE}}  # fmt: skip
    return Logo.model_construct(**{**given, **more})


@cache
def real() -> House:
    """The real house, read once, with logos that no page shows yet and a photograph for every slot."""
    house = shipped()
    image = Image.linear_gradient("L").resize((2600, 3640))
    out = io.BytesIO()
    Image.merge("RGB", [image, image.rotate(180), image]).save(out, "JPEG", quality=60)
    logos = {name: logo(*it) for name, it in LOGOS.items()}
    drawings = {f"logos/{it[0].lower()}.svg": svg(it[0], it[1]) for it in LOGOS.values()}
    return replace(house, logos=logos, assets={**house.assets, **drawings, "images/x.jpg": out.getvalue()})


def test_a_logo_s_element_is_known() -> None:
    """Preflight tells a logo from an ornament by its key, which leads to the line that shows it."""
    sheet = laid({"back": BACK})
    (galley,) = [galley for galley in sheet.galleys if galley.id == "back"]

    assert {"logo:partner", "logo:bank", "logo:agency", "logo:arms"} <= set(galley.places)
    assert galley.html.count('data-key="logo:') == 4


def laid(shows: Mapping[str, Mapping[str, Any]]) -> Sheet:
    """The galleys of the pages named, with something in their slots."""
    house = real()
    edition = house.default_edition
    plan = tuple(
        replace(page, show=page.show.model_copy(update=dict(shows.get(page.id, {})))) for page in house.plans[edition]
    )
    words = {
        (tag, name): it.model_copy(update={"image": PhotoWords.model_construct(alt=Passage("x"), caption=None)})
        for (tag, name), it in house.words.items()
    }
    house = replace(house, plans={edition: plan}, words=words)
    return press.chosen(compose.sheet(load.manuscript(house, Order(edition, "en"))), tuple(shows))


def logos(**of: Any) -> dict[str, Any]:
    """What the flatplan shows, with places that complaints can name."""
    return {key: LogoRef(it) if isinstance(it, str) else tuple(map(LogoRef, it)) for key, it in of.items()}


def photo() -> Photo:
    """A photograph with all its rights."""
    return Photo.model_construct(file=PictureRef("x.jpg"), credit=Line("Somebody"), licence=Line("CC0"))


def printed(sheet: Sheet, setter: Setter) -> list[Image.Image]:
    """The pages as pictures."""
    pdf = pypdfium2.PdfDocument(finish.screen.finish(setter.proof(sheet))[0].content)
    return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdf]


def found(page: Image.Image, colour: str) -> tuple[int, int, int, int] | None:
    """Where a pure colour stands on a page, pixels."""
    wanted = tuple(int(colour[i : i + 2], 16) for i in (0, 2, 4))
    far = ImageChops.difference(page, Image.new("RGB", page.size, wanted)).split()
    return ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2]).point(lambda v: 255 * (v < 40)).getbbox()


def disturbed(page: Image.Image, area: tuple[int, int, int, int], clear: float) -> bool:
    """Whether anything but one colour lies within ``clear`` pixels around an area; its soft edge not counted."""
    left, top, right, bottom = area
    outer = page.crop((round(left - clear), round(top - clear), round(right + clear), round(bottom + clear)))
    ground = outer.getpixel((0, 0))
    field = Image.new("RGB", outer.size, ground)
    inner = (round(clear) - 2, round(clear) - 2, outer.width - round(clear) + 2, outer.height - round(clear) + 2)
    outer.paste(ground, inner)  # type: ignore[arg-type]
    return any(high > 6 for _, high in ImageChops.difference(outer, field).getextrema())


SLOTS = [("cover", COVER), ("back", BACK), ("cover", {**COVER, "image": True})]


@pytest.mark.parametrize(("page", "shows"), SLOTS, ids=["cover", "back", "cover with a photograph"])
def test_the_clear_space_of_every_logo_is_kept(page: str, shows: dict[str, Any], setter: Setter) -> None:
    """A logo is laid into each slot of the brochure and measured on the printed page: it is as wide as it must be, it
    keeps its proportion, it stands in the safe area, and nothing else lies in its clear space, no line of a drawing
    either."""
    image = {"image": photo()} if shows.get("image") else {}
    leaf = printed(laid({page: {**logos(**{k: v for k, v in shows.items() if k != "image"}), **image}}), setter)[0]
    names = [name for key in ("logos", "publisher") for name in ([shows.get(key)] if isinstance(shows.get(key), str) else shows.get(key, ()))]  # fmt: skip

    for name in names:
        colour, (wide, high), minimum, clear = LOGOS[name]
        area = found(leaf, colour)
        assert area is not None
        width, height = (area[2] - area[0]) / PX, (area[3] - area[1]) / PX
        assert width > minimum - 0.3 and width / height == pytest.approx(wide / high, rel=0.03)
        assert min(area[0], area[1], leaf.width - area[2], leaf.height - area[3]) > 5 * PX
        assert not disturbed(leaf, area, (clear.beside(height) - 0.2) * PX)


def test_every_slot_is_measured() -> None:
    """The slots above are all that templates have."""
    calls = {
        path.stem: len(re.findall(r"\{\{ logo\(", path.read_text()))
        for path in (ROOT / "templates/pages").glob("*.html")
    }

    assert {name: count for name, count in calls.items() if count} == {"cover": len(COVER), "back": len(BACK)}


@pytest.mark.parametrize("page", ["cover", "invitation", "vorsino"])
def test_a_photograph_finds_its_place(page: str, setter: Setter) -> None:
    """Each slot of the real brochure takes a photograph: nothing overflows, collides or is too coarse, and every
    galley without one is the same as before."""
    sheet = laid({page: {"image": photo()}})

    assert setter.proof(sheet).warnings == () and "Somebody" in sheet.galleys[0].html


def test_nothing_looks_empty_without() -> None:
    """Without photographs and logos no slot leaves a trace in a page."""
    for galley in laid({"cover": {}, "back": {}, "invitation": {}, "vorsino": {}, "sources": {}}).galleys:
        body = galley.html.partition("<body")[2]
        assert not re.search(r"(?:photo|logo|clear)-[0-9a-f]{10}|notes-right many|beside-photo", body), galley.id
        assert b"photo-" not in galley.files["css/ornaments.css"]


def test_a_logo_that_finds_no_room_is_told() -> None:
    """A row that can't give each logo its smallest width says which, how wide it must be, and how large the place is."""
    crowd = ("bank",) * 4
    with pytest.raises(BrochureError) as caught:
        laid({"back": logos(logos=crowd)})

    assert "“bank” must be 20 mm wide at least; with its clear space it finds no room in 86 × 35 mm." in str(
        caught.value
    )


def test_a_logo_needs_a_drawing_for_the_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    """A logo that is only drawn for light grounds isn't printed on a dark one."""
    house = real()
    monkeypatch.setitem(house.logos, "arms", logo(*LOGOS["arms"], dark=None))  # type: ignore[arg-type]
    with pytest.raises(BrochureError) as caught:
        laid({"cover": logos(logos=("arms",))})

    assert "“arms” has no drawing for dark grounds. Add dark: to it in content/logos.yaml." in str(caught.value)


@pytest.mark.parametrize(("day", "said"), [
    ("2017-08-31", ["error: the permission for “arms” expired on 2017-08-31. Renew it, or use another picture."]),
    ("2017-11", ["warning: the permission for “arms” runs out on 2017-11, 87 days after the edition's date. Renew it before you print again."]),
    ("2018-01-01", []),
])  # fmt: skip
def test_a_permission_ends(day: str, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A logo whose permission ended before the edition's date isn't printed; one that ends soon after is told."""
    house = real()
    monkeypatch.setitem(house.logos, "arms", logo(*LOGOS["arms"], expires=parse_date(day)))  # type: ignore[arg-type]
    page = house.plans[house.default_edition][0]
    cover = replace(page, show=page.show.model_copy(update=logos(logos=("arms",))))

    assert [str(slip).partition(": ")[2] for slip in rights.photo(house, house.default_edition, cover)] == said


def test_logos_in_a_row_weigh_the_same() -> None:
    """Equal in area, on one middle line, apart by the larger clear space of two neighbours and never nearer than 8 mm."""
    clears = [Clear(0.5, 0), Clear(0, 12), Clear(0, 1)]
    berths = drawn.row([4, 1, 0.5], clears, [0, 0, 0], 120, 30)
    assert isinstance(berths, list)

    assert max(b.width * b.height for b in berths) == pytest.approx(min(b.width * b.height for b in berths))
    assert {round(b.top + b.height / 2, 6) for b in berths} == {15}
    assert all(
        right.left - left.left - left.width >= max(left.clear, right.clear, 8) - 1e-6
        for left, right in pairwise(berths)
    )
    assert berths[-1].left + berths[-1].width + berths[-1].clear <= 120 + 1e-6
    assert all(b.height + 2 * b.clear <= 30 + 1e-6 for b in berths)


def test_a_logo_grows_to_its_smallest_width() -> None:
    """Where equal areas would make one too small it is set larger than the others, if there is room."""
    berths = drawn.row([6, 1], [Clear(0, 1), Clear(0, 1)], [40, 5], 60, 12)
    assert isinstance(berths, list)

    assert berths[0].width >= 40 and berths[1].width >= 5
    assert drawn.row([6, 1], [Clear(0, 1), Clear(0, 1)], [58, 5], 60, 12) == 0


@pytest.mark.parametrize(("mark", "painted"), [
    ('<path d="M0 0h1" fill="#c89b2c"/>', ["C89B2C"]),
    ('<path d="M0 0h1"/>', ["000000"]),
    ('<g fill="red"><path d="M0 0h1"/><path d="M0 0h1" stroke="#00F" fill="none"/></g>', ["FF0000", "0000FF"]),
    ('<path d="M0 0h1" style="fill: #123456; stroke:none"/>', ["123456"]),
    ('<path d="M0 0h1" fill="currentColor"/>', ["…currentColor"]),
    ('<path d="M0 0h1" fill="rgba(1,2,3,.5)"/>', ["…rgba(1,2,3,.5)"]),
    ('<g opacity=".5"><path d="M0 0h1" fill="none"/></g>', ["…opacity"]),
])  # fmt: skip
def test_every_colour_of_a_drawing_is_found(mark: str, painted: list[str]) -> None:
    """Fills, strokes, styles, inherited paint and the black that nobody wrote; what is no plain colour is marked."""
    assert list(drawn.colours(f'<svg xmlns="http://www.w3.org/2000/svg">{mark}</svg>'.encode())) == painted


def test_the_separation_finds_a_recipe_for_every_declared_colour() -> None:
    """The recipes of the brand and of its logos stand in one table, by their sRGB value."""
    house = real()

    assert house.recipes["FF00FF"] == PAPER_WHITE
    assert house.recipes["C89B2C"] == house.brand.colours["gold"].print
