"""Slips that show only when files are read together, and the ways in which one slip can be made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, copied

from brochure import load
from brochure.errors import BrochureError
from brochure.house import House
from brochure.load.forms import misfits
from brochure.model.facts import Fact
from brochure.model.markup import Figure, Text

Edit = Callable[[str, str, str], Path]
FIRST, SECOND = "content/en/pages/first.yaml", "content/en/pages/second.yaml"
MINI, LAND, LABELS = "content/editions/mini.yaml", "content/facts/land.yaml", "content/en/labels.yaml"
LATER = "“land.later” is of 2018, after the edition's date 2017-09-04."


def told(root: Path) -> list[str]:
    """What loading the house complains of, without remedies."""
    try:
        complaints = load.house(root).warnings
    except BrochureError as error:
        complaints = error.complaints
    return [f"{complaint.where}: {complaint.what}" for complaint in complaints]


def furnished(root: Path) -> Path:
    """The real house, which has every kind of page, to make slips in; templates and assets are links."""
    copied(ROOT / "content", root / "content")
    for folder in ("templates", "assets"):
        (root / folder).symlink_to(ROOT / folder)
    return root


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    (LABELS, "money: Money", 'money: "Money, {land.later}"', f"{LABELS}:3:8: {LATER}"),
    (FIRST, "title: A", 'labels:\n  land.area: "Area, {land.later}"\ntitle: A', f"{FIRST}:3:14: {LATER}"),
    ("content/en/common.yaml", "legal: This", 'legal: "{land.later}" # This', "content/en/common.yaml:10:8: " + LATER),
    ("content/en/common.yaml", "page: Page", "page: Page 1",
     "content/en/common.yaml:4:7: the figure “1” stands in a line that can't carry a source."),
    (LABELS, "money: Money", "money: Money {land.people}", f"{LABELS}:3:8: “land.people” is of 2010 and went stale on 2013-12-31."),
])  # fmt: skip
def test_labels_and_common_words_are_read_as_pages_are(file: str, old: str, new: str, said: str, root: Path, edit: Edit) -> None:  # fmt: skip
    """A fact from after the edition, a stale one and a naked figure are told in every file of words."""
    edit(file, old, new.replace("# This brochure", "#") if "#" in new else new)

    assert [line for line in told(root) if "cuts the text" not in line] == [said]


def test_a_label_that_no_page_prints_may_be_of_later(root: Path, edit: Edit) -> None:
    """A general label for another edition's facts doesn't stop this one."""
    edit(LABELS, "money: Money", 'money: Money\npeople: "People, {land.later}"')

    assert told(root) == []


@pytest.mark.parametrize(("shown", "held"), [
    ("land.law", "a claim"), ("land.town", "a point on the map"),
])  # fmt: skip
def test_what_can_not_be_printed_is_told_at_the_flatplan(shown: str, held: str, root: Path, edit: Edit) -> None:
    """A claim or a point has no place in a table; nobody asks for its label."""
    edit(MINI, "[land.money]", f"[{shown}]")

    assert told(root) == [f"{MINI}:14:15: “{shown}” is {held}; this place needs a number, a date or names."]


SLIPS = (
    ("editions/brics-2017.yaml", "when: projects.volkswagen.groundbreaking", "when: projects.volkswagen.investment",
     "“projects.volkswagen.investment” is a number; this place needs a single date."),
    ("editions/brics-2017.yaml", "country: projects.fuyao.country, investment", "country: projects.fuyao.opened, investment",
     "“projects.fuyao.opened” is a date; this place needs names."),
    ("editions/brics-2017.yaml", "at: places.vorsino_village", "at: parks.vorsino.area", "“parks.vorsino.area” is no place."),
    ("editions/brics-2017.yaml", "emblem: k_agro", "emblem: k_agroo", "there is no park “k_agroo”."),
    ("editions/brics-2017.yaml", "around: grabtsevo", "around: kaluga", "“kaluga” is no other park of this picture."),
    ("editions/brics-2017.yaml", "{rank: region.rating_asi_2015}", "{pilot: true}",
     "a step of the ranking is either a rank or a top."),
    ("editions/brics-2017.yaml", "form: year", "form: yeer", "“yeer” is no form of a fact."),
    ("editions/brics-2017.yaml", "aside: [1.8, 5.6]", "aside: [1.8]", "“aside” has one number."),
    ("en/pages/projects.yaml", "  fuyao:", "  fuyaoo:", "“makes” says nothing of “fuyao”, which the flatplan shows."),
    ("en/pages/zone.yaml", "term: for {x}", "term: for {y}", "the pattern “for {y}” doesn't say once where to put {x}."),
    ("en/pages/corridors.yaml", "mumbai_vorsino: first", "mumbay_vorsino: first",
     "“map.routes” says nothing of “mumbai_vorsino”, which the flatplan shows."),
)  # fmt: skip
#: Those of drawings, which are looked at once the rest of their page is sound, and a second one at the same place.
LATER_SLIPS = (
    ("editions/brics-2017.yaml", "town: babynino", "town: babinino", "the town “babinino” has no place on the map."),
    ("editions/brics-2017.yaml", "236, colour: gold", "236, colour: golden", "there is no colour “golden”."),
    ("editions/brics-2017.yaml", "form: year", "form: bare", "“region.obninsk_nuclear_plant” can't be printed as “bare”."),
)  # fmt: skip


@pytest.fixture(scope="module")
def stumbled(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], tuple[int, list[str]]]:
    """For each slip its line, and what the house with all slips of its kind complains of: they are told in one run."""
    found = {}
    for slips in (SLIPS, LATER_SLIPS):
        root = furnished(tmp_path_factory.mktemp("slips"))
        lines = []
        for file, old, new, _ in slips:
            path = root / "content" / file
            text = path.read_text("utf-8")
            lines.append(text[: text.index(old)].count("\n") + 1)
            path.write_text(text.replace(old, new, 1), "utf-8")
        complaints = told(root)
        found |= {slip: (line, complaints) for slip, line in zip(slips, lines, strict=True)}
    return found


@pytest.mark.parametrize("slip", [*SLIPS, *LATER_SLIPS], ids=lambda slip: slip[2])
def test_every_kind_of_page_says_what_it_needs(
    slip: tuple[str, ...], stumbled: dict[tuple[str, ...], tuple[int, list[str]]]
) -> None:
    """What a template or a drawing would stumble over is told at the editor's line."""
    (file, _, _, said), (line, complaints) = slip, stumbled[slip]

    found = [one for one in complaints if said in one and one.startswith(f"content/{file}:")]
    assert [int(one.split(":")[1]) for one in found] == [line]


def test_a_list_of_words_has_one_for_each_fact(tmp_path: Path) -> None:
    """Units that follow large figures are as many as the figures."""
    path = furnished(tmp_path) / "content/editions/brics-2017.yaml"
    path.write_text(path.read_text("utf-8").replace("        - region.area\n", "", 1), "utf-8")

    assert "content/en/pages/region.yaml:5:8: “units” has 5 entries, but the flatplan shows 4." in told(tmp_path)


def test_a_year_that_is_printed_is_known(house: House) -> None:
    """A text that prints the year of a figure needs a fact with a date."""
    undated = replace_unit(house, "land.town", "ha")
    figure = next(node for node in Text("of {land.town|dated}").walk() if isinstance(node, Figure))

    assert [c.what for c in misfits(figure, undated)] == ["“land.town” has no date."]


def replace_unit(house: House, name: str, unit: str) -> Fact:
    """A fact of the house with another unit."""
    return house.facts[name].model_copy(update={"unit": unit})


def test_a_page_is_of_one_kind_in_all_editions(root: Path) -> None:
    """A second edition that shows a page as another kind is told so at its own line."""
    text = (root / MINI).read_text("utf-8").replace("default: true\n", "")
    (root / "content/editions/other.yaml").write_text(text.replace("kind: article", "kind: steps", 1), "utf-8")
    shutil.copy(root / "content/en/editions/mini.yaml", root / "content/en/editions/other.yaml")

    assert (
        "content/editions/other.yaml:7:11: the page “first” is of the kind steps here and article in content/editions/mini.yaml."
        in told(root)
    )


def test_a_fact_that_holds_from_later_says_since_when(root: Path, edit: Edit) -> None:
    """valid_from after the edition is what the message names, not the date of the source."""
    edit(LAND, "  value: 7000", "  value: 7000\n  valid_from: 2018-01-01")

    assert told(root) == [
        f"{place}: “land.parks” holds from 2018-01-01 (its valid_from), after the edition's date 2017-09-04."
        for place in (f"{MINI}:10:26", f"{FIRST}:3:7")
    ]


def test_units_have_the_plural_forms_of_their_language(root: Path, edit: Edit) -> None:
    """A unit that bends has every form that its language needs; one that never bends says other alone."""
    edit("content/en/language.yaml", "locale: en-GB", "locale: ru")
    (root / "content/en/units.yaml").write_text(
        'ha:\n  other: "{n} ha"\nEUR:\n  other: "€ {n}"\ndays:\n  one: "{n} day"\n  few: "{n} days"\n  other: "{n} days"\n'
        'parks:\n  many: "{n} x"\n  other: "{n} x"\npeople:\n  other: "{n}"\n',
        "utf-8",
    )

    assert told(root) == ["content/en/units.yaml:8:10: a plural form is missing: many."]


@pytest.mark.parametrize("figure", ["½", "٣٤", "７", "Ⅳ", "⑫", "५"])
def test_figures_of_every_script_are_figures(figure: str, root: Path, edit: Edit) -> None:
    """Halves, other scripts' digits, Roman and circled numbers need a source; the 2 of km² doesn't."""
    edit(FIRST, "NO, on", f"In km² it is {figure} of")

    assert told(root) == [f"{FIRST}:6:5: the naked figure “{figure}” has no source."]


@pytest.mark.parametrize(("key", "blank"), [
    ("title: A first page", "title: ~"), ("title: A first page", "title: '~ ~'"), ("title: A first page", "title: \u200b\u2060"),
    ("title: A first page", "title: \\\\"), ("contents: The first page", "contents: ~"),
    ("contents: The first page", "contents: \u200b"), ("contents: The first page", "contents: \u3164"),
])  # fmt: skip
def test_a_blank_text_is_none(key: str, blank: str, root: Path, edit: Edit) -> None:
    """What prints only spaces or nothing is refused, whichever letters it is made of."""
    edit(FIRST, key, blank)

    assert [line.partition(": ")[2] for line in told(root)] == [
        "nothing of this text can be seen: it holds only spaces."
    ]


@pytest.mark.parametrize(("old", "new", "place", "what"), [
    ("lead: The land has", "lead: [x](second) has", "3:7", "a text that begins with [ needs quotes."),
    ("  - NO", "  - [the page](second) NO", "6:5", "a text that begins with [ needs quotes."),
    ("lead: The land has {land.area} and {land.parks}.", "lead: {land.area}", "3:7", "a text that begins with { needs quotes."),
    ("lead: The", "lead:The", "3:6", "a space is missing after the colon."),
    ("contents: The", "contents:The", "1:10", "a space is missing after the colon."),
    ("title: A", "title: #A", "2:8", "“#” begins a remark, so nothing stands after “title”."),
    ("contents: The", "<<<<<<< HEAD\ncontents: The", "1:1", "git left two versions here."),
    ("  - NO", "\u00a0 - NO", "6:1", "this indentation has a space of another kind."),
])  # fmt: skip
def test_slips_of_yaml_are_told_in_an_editor_s_words(old: str, new: str, place: str, what: str, root: Path, edit: Edit) -> None:  # fmt: skip
    """The message names what was meant, at the line where it was written."""
    edit(FIRST, old, new)

    assert told(root) == [f"{FIRST}:{place}: {what}"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_called_by_its_name(encoding: str, root: Path) -> None:
    """A file saved by a word processor is one line, with or without its mark."""
    (root / FIRST).write_bytes((root / FIRST).read_text("utf-8").encode(encoding))

    assert told(root) == [f"{FIRST}:1:1: this file is UTF-16."]


@pytest.mark.parametrize("nothing", ["", "---\n", "# only a remark\n\n"])
def test_an_empty_file_is_empty(nothing: str, root: Path) -> None:
    """Nothing, dashes and remarks are the same nothing."""
    (root / FIRST).write_text(nothing)

    assert told(root) == [f"{FIRST}:1:1: this file is empty."]


@pytest.mark.parametrize(("name", "what"), [
    ("facts/more.yml", "this file isn't read: its name ends in .yml."),
    ("editions/next.YAML", "this file isn't read: its name ends in .YAML."),
    ("facts/land.yaml~", "this copy of a file isn't read."),
    ("en/pages/first.yaml.bak", "this copy of a file isn't read."),
    ("en/editions/ghost.yaml", "nothing in any flatplan reads this file."),
])  # fmt: skip
def test_files_that_are_not_read_are_told(name: str, what: str, root: Path) -> None:
    """No file is passed over in silence because of how its name ends."""
    (root / "content" / name).write_text("a: b\n")

    assert told(root) == [f"content/{name}:1:1: {what}"]


def test_a_language_without_a_folder_is_one_slip(root: Path, edit: Edit) -> None:
    """It is told where the edition asks for it, not once for each missing file."""
    edit(MINI, "languages: [en]", "languages: [en, ru]")

    assert told(root) == [f"{MINI}:3:17: there is no folder content/ru/ for the language “ru”."]


@pytest.mark.parametrize(("written", "remedy"), [
    ("7,000", "Write 7000."), ("7 000.5", "Write 7000.5."), ("−7", "Write -7."), ("7–9", "Write a range with two points: 7..9."),
    ("1e400", "Write plain digits with a point for decimals, such as 1837 or 12.50."),
])  # fmt: skip
def test_a_number_as_people_write_it_gets_its_remedy(written: str, remedy: str, root: Path, edit: Edit) -> None:
    """The remedy is what should have been written."""
    edit(LAND, "value: 7000", f"value: {written}")

    with pytest.raises(BrochureError) as refused:
        load.house(root)
    assert [complaint.remedy for complaint in refused.value.complaints] == [remedy]
