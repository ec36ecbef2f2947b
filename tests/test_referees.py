"""The screen file of our own edition before three validators that share no code with each other or with us: page-validation
(PDF/UA-1, PDF/A-2a), outloud (PDF/UA-1, Matterhorn Protocol) and oxidize-pdf (PDF/A-2a, structure). The last two live in
an environment of their own, made by ``make referees``."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import page
import pikepdf
import pytest
from conftest import ROOT, TONGUES, Screens, shipped

APART = ROOT / ".venv-referees"
REFEREES = pytest.mark.skipif(
    not (APART / ".locked").exists(), reason="outloud and oxidize-pdf aren't there: run make referees"
)
#: What outloud only guesses at, by rule, with the reason why its guess is wrong here.
GUESSES = {
    "TAG-030": "a drawing as large as its page is no scan: its text is tagged beside it",
    "TBL-010": "a table of two columns has a header in every row and so more headers than cells",
    "PAG-001": "a kicker that three pages of parks share is no running head: it says what the page is about",
    "TXT-004": "Devanagari's fonts have one vowel sign in two dozen widths",
    "FIG-012": "Devanagari writes vowels as marks, which it doesn't count among the letters",
}


def verdicts(*paths: Path) -> dict[str, list[list[str]]]:
    """What the referees in their own environment say of each file, guesses aside."""
    command = [str(APART / "bin/python"), str(Path(__file__).with_name("referees.py")), *map(str, paths)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=300).stdout)
    return {path: [finding for finding in found if finding[0] not in GUESSES] for path, found in said.items()}


def judged(*paths: Path) -> list[list[str]]:
    """What they say of all files together."""
    return [finding for found in verdicts(*paths).values() for finding in found]


@pytest.fixture(scope="module")
def of_the_edition(screens: Screens) -> dict[str, list[list[str]]]:
    """What they say of the edition in each of its languages: asked once, they start once."""
    return verdicts(*map(screens, TONGUES))


def test_every_language_of_the_edition_is_judged() -> None:
    """The list of languages that these tests make is the edition's."""
    assert shipped().editions["brics-2017"].languages == TONGUES


@pytest.mark.parametrize("tag", TONGUES)
def test_page_validation_finds_no_failure(tag: str, screens: Screens) -> None:
    """PDF/UA-1 and PDF/A-2a, without a failure."""
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(screens(tag).read_bytes(), profile=profile)

        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
        assert report.is_compliant


@REFEREES
@pytest.mark.parametrize("tag", TONGUES)
def test_two_more_referees_find_no_failure(
    tag: str, screens: Screens, of_the_edition: dict[str, list[list[str]]]
) -> None:
    """Nothing in the Matterhorn Protocol's conditions, nothing in the structure, nothing against PDF/A-2a; every
    character can be read, and content is painted in the order of the tags."""
    assert of_the_edition[str(screens(tag))] == []


@REFEREES
def test_the_referees_see_what_is_wrong(tmp_path: Path, screens: Screens) -> None:
    """A file whose figures lost their words, whose title is hidden and whose tags stand in the wrong order is refused."""
    with pikepdf.open(screens("en")) as pdf:
        del pdf.Root.ViewerPreferences
        sections = pdf.Root.StructTreeRoot.K[0].K
        for leaf in (it for section in sections for it in section.K if isinstance(it, pikepdf.Dictionary)):
            leaf.K = pikepdf.Array(reversed(list(leaf.K))) if isinstance(leaf.K, pikepdf.Array) else leaf.K
        for it in pdf.objects:
            if isinstance(it, pikepdf.Dictionary) and it.get("/S") == "/Figure":
                del it["/Alt"]
        pdf.save(tmp_path / "broken.pdf")
    rules = {rule for rule, _, _ in judged(tmp_path / "broken.pdf")}

    assert {"FIG-001", "InvalidReadingOrder"} <= rules
    assert len(rules) >= 3
