"""Contacts: each edition chooses its own, and every page, sheet and letter shows those."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, shipped, told

from brochure import compose, load
from brochure.compose.letter import Enclosed, Scribe
from brochure.errors import Place
from brochure.house import House
from brochure.model.recipients import Recipient
from brochure.stages import Order

PEOPLE = {
    "content/contacts.yaml": "agency:\n  portal: https://www.example.org/invest/\nbureau:\n  email: bureau@example.org\n",
    "content/en/contacts.yaml": "agency:\n  name: The agency\n  note: It answers.\n  code_alt: Opens the site\n"
    "bureau:\n  name: The bureau\n  note: It helps.\n",
    "content/editions/reprint.yaml": "extends: mini\n",
    "content/editions/fair.yaml": "extends: reprint\ncontacts: [bureau]\n",
}


def write(root: Path, files: dict[str, str]) -> Path:
    """Puts files into a house."""
    for file, text in files.items():
        (root / file).write_text(text, "utf-8")
    mini = root / "content/editions/mini.yaml"
    mini.write_text(mini.read_text().replace("binding: none", "binding: none\ncontacts: [agency, bureau]"))
    return root


def test_contacts_are_taken_over_or_chosen_anew(root: Path) -> None:
    """An edition that says nothing has those of the one that it extends; one that says something has its own alone."""
    house = load.house(write(root, PEOPLE))

    assert {name: it.contacts for name, it in house.editions.items()} == {
        "mini": ("agency", "bureau"), "reprint": ("agency", "bureau"), "fair": ("bureau",),
    }  # fmt: skip
    assert house.contacts["agency"].site == "example.org/invest"


def test_a_slip_that_is_taken_over_is_told_once(root: Path) -> None:
    """Where it stands, and not again for every edition that extends it."""
    write(root, PEOPLE | {"content/contacts.yaml": "bureau:\n  email: bureau@example.org\n"})
    slips = [str(slip) for slip in told(root) if "no contact" in slip.what]

    assert slips == [
        "content/editions/mini.yaml:6:12: error: there is no contact “agency”. Write one that stands in content/contacts.yaml."
    ]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("[]", "the page “back” shows the edition's contacts, and it has none."),
        ("[industrial_logistics]", "a QR code leads to the first contact, and “industrial_logistics” has no portal."),
        ("[agribusiness_agency]", "“agribusiness_agency” stands first, and nothing says what its QR code opens."),
    ],
)
def test_a_page_with_a_code_needs_a_contact_that_it_leads_to(chosen: str, said: str) -> None:
    """The back cover of the real house: without a contact, with one that has no site, with a code that nothing describes."""
    file = "content/editions/logistics.yaml"
    text = (ROOT / file).read_text("utf-8")
    changed = text.replace("contacts: [arrko, industrial_logistics]", f"contacts: {chosen}")
    assert changed != text
    _, slips = load.attempt(ROOT, instead={file: changed.encode()})

    assert said in [slip.what for slip in slips]
    assert all(isinstance(slip.where, Place) and slip.where.line for slip in slips if slip.what == said)


@pytest.fixture(scope="module")
def house() -> House:
    """The real house."""
    return shipped()


#: What each edition says of the contacts beside the first, which all have.
SHEETS = {"brics-2017": "vorsino", "logistics": "vorsino", "investor-general": "sez"}
BESIDE = {"brics-2017": "", "logistics": "Industrial Logistics", "investor-general": "Agribusiness Development Agency"}


@pytest.mark.parametrize("edition", BESIDE)
def test_every_product_shows_the_editions_own_contacts(house: House, edition: str) -> None:
    """The back cover, a handout and the letter of one edition name the same people, and nobody of another edition."""
    brochure = load.manuscript(house, Order(edition, "en"))
    letter = Scribe(brochure, brochure.language.mail[edition]).letter(
        Recipient(1, Place("list.csv"), "Ann", "", "", "ann@acme.example"), Enclosed()
    )
    handout = load.manuscript(house, Order(edition, "en", product="handout", subject=SHEETS[edition]))
    galleys = {it.id: it.html for it in compose.sheet(brochure, draw=False).galleys}
    (sheet,) = compose.sheet(handout, draw=False).galleys
    for said in (galleys["back"], sheet.html, letter.html, letter.text):
        assert "investkaluga.com" in said
        assert {name for name in BESIDE.values() if name and name in said} == ({BESIDE[edition]} - {""})
