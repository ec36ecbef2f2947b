"""The leaflet: panels in the order in which they are unfolded, folds that nothing stands on, marks for whoever folds."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace

import page
import pikepdf
import pypdfium2
import pytest
from conftest import shipped

from brochure import compose, load, press
from brochure.errors import ContentError
from brochure.finish import prepress
from brochure.house import House
from brochure.load.leaflet import drawn_on
from brochure.paper import LEAFLET, MM_PER_INCH, rolled
from brochure.press import Made
from brochure.stages import Order
from brochure.typeset import Setter
from brochure.typeset.inspect import FOLD

EDITION = "brics-2017"
LANGUAGES = ("en", "ru", "zh", "pt", "hi")
#: A word of each panel's head, as printed in English.
HEADS = {"cover": "Kaluga Region", "five figures": "Why Kaluga", "contact": "Talk to us",
         "parks": "Parks and zone", "corridors": "By rail to Vorsino", "clusters": "Seven clusters"}  # fmt: skip


@pytest.fixture(scope="module")
def house() -> House:
    """The house that is shipped."""
    return shipped()


def order(language: str = "en") -> Order:
    """An order for the leaflet."""
    return Order(EDITION, language, product="leaflet")


@pytest.fixture(scope="module")
def made(house: House, setter: Setter) -> Made:
    """The English leaflet as a screen file."""
    return press.make(order(), house, setter)


def panels(content: bytes) -> list[list[str]]:
    """What stands between the folds of each side, from the left, by what it is."""
    document = pypdfium2.PdfDocument(content)
    sides = []
    for number in range(len(document)):
        words = document[number].get_textpage()
        edges = [0.0, *LEAFLET.folded(number + 1), LEAFLET.width]
        points = [edge / MM_PER_INCH * 72 for edge in edges]
        texts = [" ".join(words.get_text_bounded(left, 0, right, 1000).split())
                 for left, right in itertools.pairwise(points)]  # fmt: skip
        sides.append([next(name for name, head in HEADS.items() if head in text[:45]) for text in texts])
    document.close()
    return sides


def test_a_roll_fold_has_a_narrower_panel_inside() -> None:
    """Two panels alike, the third 2 mm less; the inside is the outside seen from behind."""
    outside, inside = rolled(297)
    widths = [b - a for a, b in zip((0, *outside), (*outside, 297), strict=True)]

    assert widths == pytest.approx([97.667, 99.667, 99.667], abs=0.001)
    assert widths[1] - widths[0] == pytest.approx(2)
    assert [297 - fold for fold in reversed(outside)] == pytest.approx(inside)


def test_the_panels_lie_as_a_printer_sketches_them(made: Made) -> None:
    """Outside: the flap at the left, the cover at the right; inside: three panels that are read from the left."""
    sketch = "\n".join(" | ".join(side) for side in panels(made.products[0].content))

    assert sketch == "five figures | contact | cover\nparks | corridors | clusters"


def test_unfolding_reads_in_order(made: Made) -> None:
    """Cover; opened, the first inner panel beside the flap that is still folded in; then all three; last the back."""
    (flap, back, cover), inside = panels(made.products[0].content)
    behind = dict(zip((cover, back, flap), inside, strict=True))  # the sheet turned over like a page
    seen = [cover, behind[cover], flap, behind[back], behind[flap], back]

    assert seen == ["cover", "parks", "five figures", "corridors", "clusters", "contact"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_on_a_fold(house: House, setter: Setter, language: str) -> None:
    """In every language the texts fit their panels and keep clear of the folds."""
    sheet = compose.sheet(load.manuscript(house, order(language)))

    assert setter.complaints(sheet) == ()


def test_words_on_a_fold_are_told(house: House, setter: Setter) -> None:
    """The same panels, folded elsewhere: every text in the way is named with page and millimetres."""
    sheet = compose.sheet(load.manuscript(house, order()))
    (galley,) = sheet.galleys
    paper = replace(LEAFLET, folds=((40.0,), (40.0,)))
    bent = replace(sheet, paper=paper, galleys=(replace(galley, digest="folded elsewhere"),))
    found = [str(slip) for slip in setter.complaints(bent)]

    assert any("page 1: " in line and "in the way of a fold" in line for line in found)
    assert any("page 2: " in line and "in the way of a fold" in line for line in found)


def test_every_text_keeps_its_distance(made: Made) -> None:
    """Also measured: no element with a key lies across a fold or nearer to it than it may."""
    boxes = [(box.page, box.left, box.right) for box in made.proof.boxes]

    assert len(boxes) > 30
    assert [(number, left, right) for number, left, right in boxes for fold in LEAFLET.folded(number)
            if left < fold + FOLD and right > fold - FOLD] == []  # fmt: skip


def test_fold_marks_stand_outside_the_trim(house: House, made: Made) -> None:
    """Above and below the bleed of each side at its folds, dashed, in every ink; nowhere else, and not on the page."""
    profile = house.printers["offset"]
    (product,) = prepress.finish(
        made.proof, house.brand, profile, house.assets[f"icc/{profile.profile}"], house.recipes
    )
    with pikepdf.open(io.BytesIO(product.content)) as pdf:
        for number, leaf in enumerate(pdf.pages, 1):
            left, bottom, _, top = (float(edge) for edge in leaf.trimbox)
            marks = [step for step in pikepdf.parse_content_stream(leaf)][-60:]
            places = {round(float(step.operands[0]), 2) for step in marks if str(step.operator) == "m"}
            heights = [float(step.operands[1]) for step in marks if str(step.operator) in ("m", "l")]
            wanted = {round(left + fold / MM_PER_INCH * 72, 2) for fold in LEAFLET.folded(number)}
            assert places == wanted
            assert all(height < bottom or height > top for height in heights)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_validators_have_nothing_to_say(profile: str, made: Made) -> None:
    """PDF/UA-1 and PDF/A-2a without a failure; two sides across."""
    found = page.validate_pdf_bytes(made.products[0].content, profile=profile).failures

    assert [(f.rule_id, f.message) for f in found] == []
    with pikepdf.open(io.BytesIO(made.products[0].content)) as pdf:
        assert [[round(float(edge) / 72 * MM_PER_INCH) for edge in leaf.mediabox] for leaf in pdf.pages] == [
            [0, 0, 297, 210]
        ] * 2


def test_the_job_ticket_tells_the_fold(house: House) -> None:
    """It speaks of one sheet and its roll fold, on a page of the edition's own paper."""
    from brochure.model.job import Job

    manuscript = load.manuscript(house, order())
    words = manuscript.language.ticket
    assert words is not None
    sheet = compose.ticket(manuscript, words, Job("offset", house.printers["offset"], (), (), ()))

    assert "99.67" in sheet.galleys[0].html and "97.67" in sheet.galleys[0].html
    assert "One sheet" in sheet.galleys[0].html
    assert (sheet.paper.width, sheet.paper.folds) == (210, ())


def test_an_edition_without_its_pages_has_no_leaflet(house: House) -> None:
    """What is missing is named at the edition."""
    plan = tuple(it for it in house.plans[EDITION] if it.kind.name != "corridors")
    with pytest.raises(ContentError) as error:
        load.manuscript(replace(house, plans={EDITION: plan}), order())

    assert "content/editions/brics-2017.yaml" in str(error.value)
    assert "a leaflet needs a page of the kind “corridors”" in str(error.value)


def test_an_edition_takes_over_the_pages_that_its_leaflet_lacks(house: House) -> None:
    """What its own flatplan has counts; the rest is the page of the edition that it extends."""
    drawn = drawn_on(house, "logistics")

    assert {kind: giver for kind, (giver, _) in drawn.items() if giver == "logistics"}.keys() >= {"cover", "corridors"}
    assert drawn["region"][0] == EDITION
    assert all(page.kind.name == kind for kind, (_, page) in drawn.items())


@pytest.mark.parametrize("edition", ["investor-general", "logistics"])
def test_several_contacts_have_room(edition: str, house: House, setter: Setter) -> None:
    """The second one's lines stand below the code, in the language with the longest and in the one with the fewest."""
    for language in ("ru", "hi"):
        sheet = compose.sheet(load.manuscript(house, Order(edition, language, product="leaflet")))
        assert setter.complaints(sheet) == ()
        boxes = {box.key: box for box in setter.proof(sheet).boxes}
        second = house.editions[edition].contacts[1]
        name = next(box for key, box in boxes.items() if key.endswith(f"contacts.yaml#{second}.name"))
        code = 30 + min(box.top for key, box in boxes.items() if key.endswith(".portal"))
        assert name.top > code
