"""Translations against their original: each disagreement is told where it stands; drafts show what is missing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_slips import told

import build
from brochure import load
from brochure.errors import ContentError
from brochure.load import parity
from brochure.model.budget import length
from brochure.model.phrase import State

Edit = Callable[[str, str, str], Path]
FIRST, SECOND = "content/de/pages/first.yaml", "content/de/pages/second.yaml"
LONG = "Eine erste Seite, " * 20


def run(root: Path, *arguments: str) -> int:
    """One command on a house; its exit code."""
    return build.main([*arguments, "--house", str(root)])


def test_a_faithful_translation_is_silent(german: Path) -> None:
    """A house in two languages that agree has nothing to complain of."""
    assert told(german) == ()


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    (FIRST, "contents: Die erste Seite\n", "", f"{FIRST}:1:1: error: “contents” isn't translated: “The first page”. Add the key"),
    (FIRST, "contents: Die erste Seite", "contents: Die erste Seite\nkicker: Kopf", f"{FIRST}:3:9: error: “kicker” translates nothing"),
    (FIRST, "und {land.parks}", "und Parks", f"{FIRST}:4:7: error: the translation doesn't mention {{land.parks}}, as the text in en does."),
    (FIRST, "Das Land hat", "Das Land hat {@land.law}", f"{FIRST}:4:7: error: the translation mentions {{land.law}}, which the text in en doesn't."),
    (FIRST, "](second)", "](first)", f"{FIRST}:7:5: error: the translation doesn't mention […](second), as"),
    (FIRST, "Eine erste Seite", "A first page", f"{FIRST}:3:8: error: this is still the text in en: “A first page”."),
    (FIRST, "Eine erste Seite", "Eine 工 Seite", f"{FIRST}:3:8: error: no font of this language has “工” (U+5DE5)."),
    ("content/de/names.yaml", "sea: das Meer\n", "", "content/de/names.yaml:1:1: error: “sea” isn't translated: “the sea”."),
    ("content/en/pages/first.yaml", "A first page", "A new page", f"{FIRST}:3:8: error: this translation was made from another text in en: the original now reads “A new page”."),
    ("content/de/translated.yaml", '"pages/first.yaml#lead"', '"pages/first.yaml#laed"', f"{FIRST}:4:7: error: this translation is new"),
])  # fmt: skip
def test_each_disagreement_is_told(file: str, old: str, new: str, said: str, german: Path, edit: Edit) -> None:
    """Missing, surplus, stale and untranslated texts, facts that differ, characters without a font: one line each,
    which a draft only warns of."""
    edit(file, old, new)

    lines = [str(complaint) for complaint in told(german)]
    assert [line for line in lines if line.startswith(said)], lines
    assert {complaint.warning for complaint in load.house(german, draft=True).warnings} == {True}


def test_a_missing_file_is_told_text_by_text(german: Path) -> None:
    """A page that nobody has translated is told with every text that it says in the original."""
    (german / SECOND).unlink()

    lines = [str(complaint) for complaint in told(german)]
    assert [line.partition(": error: ")[2].split("”")[0] for line in lines] == [
        "“body.0",
        "“image.alt",
        "“lead",
        "“title",
    ]
    assert all(line.startswith(f"{SECOND}:1:1: error: ") for line in lines)


def test_how_a_language_writes_is_never_borrowed(german: Path) -> None:
    """Without language.yaml nobody knows its fonts and numbers: a draft is refused, too."""
    (german / "content/de/language.yaml").unlink()

    with pytest.raises(ContentError, match=r"language\.yaml:1:1: error: this file is missing"):
        load.house(german, draft=True)


def test_terms_that_stay_are_kept(german: Path, edit: Edit) -> None:
    """A word of content/terms.yaml that stays in every language must stand in the translation."""
    (german / "content/terms.yaml").write_text("keep: [NO]\n", "utf-8")
    assert told(german) == ()
    edit(FIRST, "NO, on", "Nein, on")

    assert [c.what for c in told(german)] == [
        "“NO” stays as it is in every language, and this translation doesn't have it."
    ]


def test_texts_longer_than_their_box_are_warned_of(german: Path, edit: Edit) -> None:
    """A budget is of one text: a longer translation is a warning, another original a call to measure again."""
    digest = parity.sayings(load.house(german), "en")["pages/first.yaml#title"].digest
    (german / "content/en/budgets.yaml").write_text(
        f'"pages/first.yaml#title": "en 40 · 147 × 44 mm · page 1 · h1 · {digest}"\n', "utf-8"
    )
    assert told(german) == ()
    edit(FIRST, "Eine erste Seite", LONG.strip())

    assert [(c.warning, c.what) for c in told(german)] == [
        (True, "this translation is 359 letters long; 40 fit its box (147 × 44 mm, page 1).")
    ]
    edit("content/en/budgets.yaml", digest, "0" * 12)
    assert [c.what for c in told(german)] == ["1 of 1 texts have changed since their boxes were measured."]
    edit("content/en/budgets.yaml", "en 40", "en forty")
    assert "is no budget. Let it be written anew: build.py translations measure." in str(told(german)[0])


def test_wide_letters_count_double() -> None:
    """Ideographs take two letters' room, marks above a letter none, and a language may write wider."""
    assert (length("工业园区"), length("Parks"), length("कि"), length("Паркинг", 1.1)) == (8, 5, 2, 8)


def test_a_draft_shows_the_original_with_a_mark(german: Path) -> None:
    """Whatever a translation lacks is lent in the place of the original, and begins with ‹en›."""
    path = german / FIRST
    path.write_text("title: Eine erste Seite\nbody:\n  - Es wurde am {land.opened} eröffnet.\n", "utf-8")
    (german / "content/de/labels.yaml").unlink()
    house = load.house(german, draft=True)
    words = house.words["de", "first"]

    assert (words.title.raw, words.lead.raw) == (  # type: ignore[attr-defined]
        "Eine erste Seite",
        "‹en›\u00a0The land has {land.area} and {land.parks}.",
    )
    assert [text.raw[:6] for text in words.body] == ["Es wur", "‹en›\u00a0N"]  # type: ignore[attr-defined]
    assert words.lead.place.file == "content/en/pages/first.yaml"  # type: ignore[attr-defined]
    assert house.languages["de"].labels["area"].raw == "‹en›\u00a0Area"
    assert house.words["en", "first"].lead.raw.startswith("The land")  # type: ignore[attr-defined]


def test_a_draft_takes_a_name_of_its_own(german: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """A final build of an unfinished translation is refused; a draft is made, but never under a finished file's name,
    even where the borrowed text doesn't fit."""
    edit(FIRST, "lead: Das Land hat {land.area} und {land.parks}.  \n", "")
    edit("content/en/pages/first.yaml", "The land has", f"{'The land, ' * 60} has")

    assert run(german, "build", "--language", "de") == 3
    assert not (german / "out").exists()
    capsys.readouterr()
    assert run(german, "build", "--language", "de", "--draft") == 0
    assert re.search("warning: page 1: the text in .* is [0-9.]+ mm too long", capsys.readouterr().err)
    assert [path.name for path in (german / "out/mini/de").iterdir()] == ["brochure.screen.draft.pdf"]
    assert run(german, "check", "--draft") == 0


def test_states_are_counted(german: Path, edit: Edit) -> None:
    """A text is translated, to be checked, missing, or still the original."""
    edit(FIRST, "contents: Die erste Seite\n", "")
    edit(FIRST, "Eine erste Seite", "A first page")
    edit("content/en/pages/second.yaml", "A harbour", "A harbour at dawn")

    assert parity.tally(parity.states(load.house(german, draft=True), "de")) == {
        State.DONE: 30, State.CHANGED: 1, State.MISSING: 1, State.SAME: 1,
    }  # fmt: skip


def test_the_bars_are_printed(german: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """translations shows every language, also one that no edition has yet and one that is hardly begun."""
    edit("content/editions/mini.yaml", "[en, de]", "[en]")
    edit(FIRST, "Eine erste Seite", "A first page")
    assert run(german, "translations") == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("de"))
    assert line.count("█") == 39 and line.count("▒") == 1 and line.split()[-4:] == ["32", "–", "–", "1"]

    (german / FIRST).write_text("titel: Verschrieben\n", "utf-8")
    assert run(german, "translations", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["languages"] == {} and said["complaints"][0]["file"] == FIRST


def test_accepting_renews_the_digest(german: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """Only accept renews the digest, and only of the keys that are named; a text that stays must be named."""
    edit("content/en/pages/first.yaml", "A first page", "A new page")
    edit("content/en/labels.yaml", "money: Money", "money: Money there")
    before = (german / "content/de/translated.yaml").read_text()
    assert run(german, "translations", "accept", "pages/first.yaml#title", "--language", "de") == 0
    after = (german / "content/de/translated.yaml").read_text()
    assert [line[1:23] for line in after.splitlines() if line not in before.splitlines()] == ["pages/first.yaml#title"]
    assert [c.where.file for c in told(german)] == ["content/de/labels.yaml"]  # type: ignore[union-attr]

    edit("content/de/labels.yaml", "money: Geld", "money: Money there")
    assert run(german, "translations", "accept", "--all") == 0
    assert "this is still the text in en" in str(told(german)[0])
    assert run(german, "translations", "accept", "labels.yaml#money") == 0
    assert told(german) == ()


def test_unknown_keys_and_languages_have_a_suggestion(german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Misspelt keys and languages are answered with what was meant; nothing to accept is a usage error."""
    codes = (
        run(german, "translations", "accept", "pages/first.yaml#titel"),
        run(german, "translations", "export", "--language", "dee"),
        run(german, "translations", "accept"),
    )
    said = capsys.readouterr().err

    assert codes == (3, 3, 2)
    assert "there is no text “pages/first.yaml#titel”. Did you mean “pages/first.yaml#title”?" in said
    assert "there is no translation into “dee”. Did you mean “de”?" in said


def test_boxes_are_measured(german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """measure writes what fits the box of each text, language by language: at least the text that stands there."""
    assert run(german, "translations", "measure") == 0
    house = load.house(german)
    found = house.languages["en"].budgets

    assert {"pages/first.yaml#title", "pages/first.yaml#body.1", "labels.yaml#area"} <= found.keys()
    for tag in ("en", "de"):
        said = parity.sayings(house, tag)
        assert all(length(said[key].letters) <= budget.fits[tag] for key, budget in found.items() if tag in budget.fits)
    assert sum("de" in budget.fits for budget in found.values()) > 0.8 * len(found)
    assert found["pages/first.yaml#lead"].element == "p.lead" and found["pages/first.yaml#lead"].page == 1
    before = (german / "content/en/budgets.yaml").read_bytes()
    assert run(german, "translations", "measure") == 0
    assert (german / "content/en/budgets.yaml").read_bytes() == before


def sentence(letters: int) -> str:
    """Words of a language, as many letters long as asked."""
    words = ("Die Region im Herzen des Landes baut Strassen, Werke und Häuser, " * 60)[: letters - 1].rstrip(" ,")
    return words + "."


@pytest.mark.parametrize(("key", "old"), [
    ("title", "Eine erste Seite"), ("body.1", "NO, on, off und yes\n    sind *Wörter*."),
])  # fmt: skip
def test_what_fits_stands_and_two_fifths_more_does_not(
    key: str, old: str, german: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """A translation as long as its budget is silent in check and stands on its page; one that is 40 % too long for its
    box is warned of in check, and build says by how many millimetres it is."""
    assert run(german, "translations", "measure") == 0
    fits = load.house(german).languages["en"].budgets[f"pages/first.yaml#{key}"].fits["de"]
    mention = "NO " if key == "body.1" else ""
    edit(FIRST, old, mention + sentence(int(fits * 0.95) - len(mention)))
    assert told(german) == ()
    assert run(german, "build", "--output", "screen", "--language", "de", "--out", str(german / "out")) == 0
    edit(FIRST, sentence(int(fits * 0.95) - len(mention)), sentence(int(fits * 1.4) - len(mention)))

    assert [c.warning for c in told(german)] == [True]
    assert f"{int(fits * 1.4)} letters long; {fits} fit its box" in told(german)[0].what
    capsys.readouterr()
    assert run(german, "build", "--output", "screen", "--language", "de", "--out", str(german / "out")) == 3
    assert " mm too long for " in capsys.readouterr().err


def test_a_language_that_is_not_finished_is_not_measured(
    german: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is concluded from pages with lent texts or with texts that don't fit: measure says so."""
    edit(FIRST, "Eine erste Seite", LONG * 4)
    assert run(german, "translations", "measure") == 0
    assert (
        "content/de/budgets.yaml:1:1: warning: the language isn't measured in brochure: its layout has"
        in capsys.readouterr().err
    )
    edit(FIRST, f"title: {LONG * 4}", "")
    assert run(german, "translations", "measure") == 0
    assert "warning: the language isn't translated wholly." in capsys.readouterr().err
    assert all(set(it.fits) == {"en"} for it in load.house(german, draft=True).languages["en"].budgets.values())


def test_characters_are_looked_up_quickly(german: Path) -> None:
    """Looking a translation through takes a small part of the two seconds that check may take."""
    house = load.house(german)
    start = time.process_time()
    assert list(parity.house(house)) == []

    assert time.process_time() - start < 1


def test_a_source_lacks_no_title_that_others_have(german: Path) -> None:
    """A language that calls some sources by titles of its own is told of a source that others call so and it doesn't;
    sources without any such title are nobody's slip."""
    file = german / "content/sources.yaml"
    text = file.read_text("utf-8")
    both = text.replace("title: A statement", "title: A statement\n  titles: {en: A statement, de: Eine Aussage}")
    file.write_text(both, "utf-8")
    assert told(german) == ()

    file.write_text(both.replace("title: The almanac", "title: The almanac\n  titles: {en: The almanac}"), "utf-8")
    (slip,) = told(german)
    assert str(slip) == (
        "content/sources.yaml:10:10: warning: the source “almanac” has titles, but none in de. "
        "Write it there too, or its readers find this one in English among their own."
    )


def test_a_language_begins_with_two_files(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """How it writes numbers and its units are all that a new language must bring: it is counted, sent to an office, and,
    once the edition names it, set as a draft in lent words."""
    folder = root / "content/es"
    folder.mkdir()
    language = (root / "content/en/language.yaml").read_text("utf-8")
    (folder / "language.yaml").write_text(language.replace("en-GB", "es-ES").replace("English", "Español"), "utf-8")
    assert run(root, "translations") == 0
    assert "content/es/units.yaml:1:1: warning: this file is missing." in capsys.readouterr().err
    units = (root / "content/en/units.yaml").read_text("utf-8")
    (folder / "units.yaml").write_text(re.sub(r"(?m)^ +one:.*\n", "", units), "utf-8")
    assert run(root, "translations") == 0
    assert "es  Español" in capsys.readouterr().out
    out = root / "out"
    assert run(root, "translations", "export", "--language", "es", "--out", str(out)) == 0
    assert (out / "translations/en-es.xlf").exists()
    edit("content/editions/mini.yaml", "[en]", "[en, es]")

    assert run(root, "build", "--draft", "--language", "es", "--output", "screen", "--out", str(out)) == 0
    assert [path.name for path in (out / "mini/es").iterdir()] == ["brochure.screen.draft.pdf"]
