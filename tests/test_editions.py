"""An edition that extends another: what it takes over, what it says itself, and how its slips are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import hire, told, translate

from brochure import load, press
from brochure.house import House
from brochure.load.sayings import sayings
from brochure.stages import Order

REPRINT = "content/editions/reprint.yaml"

#: A whole edition for another fair: its words, a page of its own, one that says something else, a gold of its own.
FAIR = {
    REPRINT: """\
extends: mini
date: 2019-06-06
place: sea
tokens:
  colours:
    gold: {screen: 2E7D32, print: 80 20 90 10}
  type:
    h1: {size: 40, leading: 42}
flatplan:
  - id: third
    kind: article
    show:
      facts: [land.later]
  - id: first
    show:
      facts: [land.area]
  - id: second
""",
    "content/en/editions/reprint.yaml": "title: The fair at sea\n",
    "content/en/pages/third.yaml": "title: A third page\nlead: There are {land.later} now.\nbody: [It grows.]\nlabels: {land.later: Parks}\n",
    "content/en/pages/reprint/first.yaml": "title: The first page, for the fair\nlabels: {land.area: Land at sea}\n",
}


def write(root: Path, files: dict[str, str]) -> Path:
    """Puts files into a house."""
    for file, text in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")
    return root


@pytest.fixture
def fair(root: Path) -> House:
    """The miniature with a second edition, added in YAML only."""
    return load.house(write(root, FAIR))


def lines(root: Path) -> list[str]:
    """What a house complains of."""
    return [str(complaint) for complaint in told(root)]


def test_an_edition_takes_over_what_it_does_not_say(fair: House) -> None:
    """Its own keys hold; the rest, but never default, is the other edition's."""
    own, other = fair.editions["reprint"], fair.editions["mini"]

    assert (str(own.date), own.place) == ("2019-06-06", "sea")
    assert (own.languages, own.binding, own.default) == (other.languages, other.binding, False)
    assert fair.lineage("reprint") == ("reprint", "mini")
    assert fair.default_edition == "mini"


def test_the_flatplan_lists_what_is_taken_over_and_what_is_new(fair: House) -> None:
    """Pages stand where they are written; a field of show written anew takes the place of one, the rest stays."""
    plan = fair.plans["reprint"]

    assert [(page.id, page.kind.name, page.first) for page in plan] == [
        ("third", "article", 1), ("first", "article", 2), ("second", "article", 3),
    ]  # fmt: skip
    assert plan[1].show.facts == ("land.area",)
    assert plan[2].show == fair.plans["mini"][1].show
    assert fair.plans["mini"][0].show.facts == ("land.area", "land.parks")


def test_without_a_flatplan_the_whole_one_is_taken_over(root: Path) -> None:
    """A reprint is one line."""
    house = load.house(write(root, {REPRINT: "extends: mini\n"}))

    assert house.plans["reprint"] == house.plans["mini"]
    assert house.languages["en"].editions["reprint"] == house.languages["en"].editions["mini"]
    assert press.check(house) == ()


def test_editions_may_extend_in_a_row(root: Path) -> None:
    """The third takes over what the second changed in the first."""
    files = FAIR | {
        "content/editions/again.yaml": "extends: reprint\ndate: 2020-06-06\n",
        "content/en/pages/again/first.yaml": "lead: Once more.\n",
    }
    house = load.house(write(root, files))
    words = load.manuscript(house, Order("again", "en")).words(house.plans["again"][1])

    assert [page.id for page in house.plans["again"]] == ["third", "first", "second"]
    assert (words.title.raw, words.lead.raw) == ("The first page, for the fair", "Once more.")
    assert house.languages["en"].editions["again"].title == "The fair at sea"
    assert str(house.brands["again"].colours["gold"].screen) == "#2E7D32"


def test_words_are_shared_but_for_those_said_otherwise(fair: House) -> None:
    """A key in pages/<edition>/ holds for that edition; all others are the shared page's."""
    (first, own) = (load.manuscript(fair, Order(name, "en")) for name in ("mini", "reprint"))
    mine = own.words(own.plan[1])

    assert mine.title.raw == "The first page, for the fair"
    assert mine.lead == first.words(first.plan[0]).lead
    assert mine.labels["land.area"].raw == "Land at sea"
    assert first.words(first.plan[0]).title.raw == "A first page"
    assert own.words(own.plan[2]) is first.words(first.plan[1])
    assert own.title.title == "The fair at sea"
    assert own.title.author == first.title.author


def test_tokens_are_the_editions_own(fair: House) -> None:
    """The stylesheet of an edition has its colours and sizes, the other's has the brand's."""
    tokens = {}
    for name in ("mini", "reprint"):
        _, sheet = press.composed(Order(name, "en"), fair)
        tokens[name] = sheet.galleys[0].files["css/tokens.css"].decode()

    assert "#2E7D32" in tokens["reprint"]
    assert "#2E7D32" not in tokens["mini"]
    assert "40pt" in tokens["reprint"]
    assert "40pt" not in tokens["mini"]
    assert fair.dressed("reprint").recipes["2E7D32"].ink == 200


def test_an_edition_has_a_printer_of_its_own(root: Path) -> None:
    """It is the usual one for that edition: for its orders, and for the names of its files."""
    house = load.house(write(hire(root), {REPRINT: "extends: mini\nprinter: digital\n"}))

    assert [order.printer for order in press.orders(house, "reprint", outputs=("print",))] == ["digital"]
    assert [order.printer for order in press.orders(house, "mini", outputs=("print",))] == ["offset"]
    assert load.manuscript(house, Order("reprint", "en")).house.default_printer == "digital"


def test_translations_must_say_an_editions_own_words_too(root: Path) -> None:
    """What the written language says otherwise in an edition is missing in a translation that doesn't."""
    german = write(translate(root), {REPRINT: "extends: mini\nlanguages: [en, de]\n"})
    write(german, {"content/en/pages/reprint/first.yaml": "title: Another title\n"})

    assert lines(german) == [
        "content/de/pages/reprint/first.yaml:1:1: error: “title” isn't translated: “Another title”. Add the key with its translation."
    ]
    drafted = load.house(german, draft=True)
    assert "‹en›" in drafted.words["de", "reprint/first"].title.raw
    assert drafted.words["de", "reprint/first"].lead == drafted.words["de", "first"].lead

    write(german, {"content/de/pages/reprint/first.yaml": "title: Ein anderer Titel\n"})
    accepted, keys = load.parity.accept(load.house(german, draft=True), "de", None)
    write(german, {"content/de/translated.yaml": accepted})

    assert keys == ["pages/reprint/first.yaml#title"]
    assert lines(german) == []
    assert "pages/reprint/first.yaml#title" in sayings(load.house(german), "en")


SLIPS = {
    "a field of show that the page hasn't": (
        "extends: mini\nflatplan:\n  - id: first\n    show:\n      fakts: [land.area]\n",
        "5:7: error: the key “fakts” is not known here. Did you mean “facts”?",
    ),
    "a colour without its recipe": (
        "extends: mini\ntokens:\n  colours:\n    gold: {screen: 2E7D32}\n",
        "4:11: error: the key “print” is missing. Add it.",
    ),
    "a colour that can't be read": (
        "extends: mini\ntokens:\n  colours:\n    night: {screen: C0C8D0, print: 24 14 9 0}\n",
        "4:5: error: night on paper has a contrast of 1.6. Text needs 4.5 or more.",
    ),
    "a rule in the place of a token": (
        "extends: mini\ntokens:\n  fonts: [x]\n",
        "3:3: error: the key “fonts” is not known here. Known keys: colours, type.",
    ),
    "a flatplan without a kind and nothing to take over": (
        "date: 2017-09-04\nplace: sea\nlanguages: [en]\nbinding: none\nflatplan:\n  - id: first\n",
        "6:5: error: the key “kind” is missing. Add it.",
    ),
    "a date that isn't one": (
        "extends: mini\ndate: 2018-05\n",
        "2:7: error: an edition's date is a day. Write it in full, such as 2017-09-04.",
    ),
    "a language that isn't there": (
        "extends: mini\nlanguages: [en, ru]\n",
        "2:17: error: there is no folder content/ru/ for the language “ru”. Write its words, or leave the language out.",
    ),
    "pages that can't be folded": (
        "extends: mini\nbinding: saddle stitch\n",
        "1:10: error: the flatplan has 2 pages, which can't be saddle-stitched. Make it a multiple of 4: an entry “kind: notes” adds 2 to write on; or remove 2.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_at_its_line(root: Path, text: str, said: str) -> None:
    """What an edition writes itself is refused where it stands, and nothing else is said."""
    assert lines(write(root, {REPRINT: text})) == [f"{REPRINT}:{said}"]


def test_what_is_wrong_only_here_is_told_here(root: Path) -> None:
    """A fact that is too new for the edition that takes it over is told at its extends, with where the fact stands."""
    found = lines(write(root, {REPRINT: "extends: mini\ndate: 2017-09-03\nflatplan:\n  - id: first\n"}))

    assert all(line.startswith(f"{REPRINT}:1:10: error: “reprint” takes over content/") for line in found)
    assert any("content/editions/mini.yaml:10:15: “land.area” is of 2017-09-04, after" in line for line in found)
    assert any("content/en/pages/first.yaml:3:7: “land.area” is of 2017-09-04, after" in line for line in found)
    assert any("content/en/pages/first.yaml:5:5: there is no page “second”." in line for line in found)


def test_a_slip_of_the_edition_below_is_told_once(root: Path) -> None:
    """Whoever takes a page over doesn't repeat its slips."""
    write(root, {REPRINT: "extends: mini\n"})
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().replace("[land.money]", "[land.mony]"))

    assert lines(root) == [
        "content/editions/mini.yaml:14:15: error: there is no fact “land.mony”. Did you mean “land.money”?"
    ]


def test_a_circle_is_told_once(root: Path) -> None:
    """Two editions that extend each other are one slip, at the first of them."""
    write(root, {"content/editions/a.yaml": "extends: b\n", "content/editions/b.yaml": "extends: a\n"})

    assert lines(root) == [
        (
            "content/editions/b.yaml:1:10: error: an edition can't extend itself: “a”, which extends “b”, which extends “a”. "
            "Take one “extends” of these out."
        )
    ]


def test_an_edition_that_cannot_be_read_is_the_only_slip(root: Path) -> None:
    """Whoever extends a broken file isn't blamed for it."""
    write(root, {"content/editions/a.yaml": "date: [\n", "content/editions/b.yaml": "extends: a\n"})

    assert [line.partition(":")[0] for line in lines(root)] == ["content/editions/a.yaml"]


def test_words_for_an_edition_that_is_not_there_are_told(root: Path) -> None:
    """A folder of words under a misspelt edition's name doesn't stay unread in silence."""
    write(root, FAIR | {"content/en/pages/reprnt/first.yaml": "title: Lost\n"})

    assert lines(root) == [
        "content/en/pages/reprnt/first.yaml:1:1: error: nothing in any flatplan reads this file. Add its page to a flatplan, or remove the file."
    ]


def test_a_label_that_one_edition_shows_is_no_slip_in_the_other(root: Path) -> None:
    """Words are shared: an edition that shows less needn't say less."""
    write(root, {REPRINT: "extends: mini\nflatplan:\n  - id: first\n    show: {facts: [land.parks]}\n  - id: second\n"})
    page = root / "content/en/pages/first.yaml"
    page.write_text(page.read_text() + "labels:\n  land.area: Land\n")

    assert lines(root) == []
