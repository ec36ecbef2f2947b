"""Handouts: which subjects have one and why others have none, what stands on them, and how they are made and cut."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from conftest import ROOT, shipped
from PIL import Image, ImageChops

import build
from brochure import compose, finish, load, press
from brochure.bureau import boxes
from brochure.compose import fitting
from brochure.errors import BrochureError, ContentError, ExitCode
from brochure.finish import twins
from brochure.house import House
from brochure.load import budgets
from brochure.load.sayings import sayings
from brochure.load.subjects import Subject
from brochure.model.booklet import Booklet
from brochure.model.budget import parse_budget
from brochure.model.handouts import ENOUGH, HANDOUTS, SORTS
from brochure.model.mentions import facts as mentioned
from brochure.paper import PAPERS, SHEETS
from brochure.press import Made
from brochure.stages import Order, Proof
from brochure.typeset import Setter

EDITION = "brics-2017"
LANGUAGES = ("en", "ru", "zh", "pt", "hi")


@pytest.fixture(scope="module")
def house() -> House:
    """The house that is shipped."""
    return shipped()


@pytest.fixture(scope="module")
def subjects(house: House) -> dict[str, Subject]:
    """All that a handout may be about, by name."""
    return {subject.id: subject for subject in load.subjects(house, EDITION)}


def order(subject: str, language: str = "en", output: str = "screen", **more: str) -> Order:
    """An order for a handout."""
    return Order(EDITION, language, output, product="handout", subject=subject, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(house: House, setter: Setter) -> Made:
    """Vorsino's handout in English as a screen file."""
    return press.make(order("vorsino"), house, setter)


def html(house: House, subject: str, language: str) -> str:
    """A handout as composed, without drawings."""
    return compose.sheet(load.manuscript(house, order(subject, language)), draw=False).galleys[0].html


@pytest.mark.parametrize("sort", SORTS)
def test_a_sort_of_handout_is_in_every_room(sort: str) -> None:
    """Each has a kind, a template and a stylesheet of the same name, and nothing else lies there but what they share."""
    assert HANDOUTS[sort].name == sort
    assert {path.stem for path in (ROOT / "templates/handouts").glob("*.html")} == {*SORTS, "sheet"}
    assert {path.stem for path in (ROOT / "assets/css/handouts").glob("*.css")} == {*SORTS, "sheet"}


def test_parks_clusters_zone_and_corridors_are_subjects(house: House, subjects: dict[str, Subject]) -> None:
    """Every park and cluster that the flatplan shows, the zone, and the corridors."""
    shows = {planned.kind.name: planned.show for planned in house.plans[EDITION]}
    parks = {row.park for row in shows["parks"].rows}
    clusters = {it.name for it in (*shows["clusters"].left, *shows["clusters"].right)}

    assert set(subjects) == {*parks, *clusters, "sez", "corridors"}


def test_a_subject_needs_enough_facts(subjects: dict[str, Subject]) -> None:
    """Eight facts and more fill two sides; some subjects of the edition have fewer, and most have more."""
    assert {it.enough for it in subjects.values()} == {True, False}
    assert all(it.enough == (len(it.facts) >= ENOUGH) for it in subjects.values())
    assert all(4 <= len(it.show.figures) <= 6 for it in subjects.values() if it.enough)


def test_facts_are_counted_once_and_may_be_printed(house: House, subjects: dict[str, Subject]) -> None:
    """No fact twice, none from after the edition, none stale that only the program chose, none in dispute."""
    day = house.editions[EDITION].date.first
    shown = {
        str(ref)
        for plan in house.plans[EDITION]
        for ref in mentioned([plan.show, house.words_of(EDITION, "en", plan.id)])
    }
    for subject in subjects.values():
        assert max(Counter(subject.facts).values(), default=1) == 1
        chosen = [house.facts[name] for name in subject.facts if name not in shown]
        assert all(house.facts[name].known_on(day) for name in subject.facts)
        assert not [fact for fact in chosen if fact.stale_on(day) or fact.disputed]


def test_no_table_has_two_rows_of_one_name(house: House, subjects: dict[str, Subject]) -> None:
    """The labels of a handout's facts differ, in every language."""
    for subject in (it for it in subjects.values() if it.enough):
        for tag in LANGUAGES:
            manuscript = load.manuscript(house, order(subject.id, tag))
            own, general = manuscript.said[subject.id].labels, manuscript.language.labels
            rows = [own.get(name) or general[name.rpartition(".")[2]] for name in subject.show.facts]
            assert len({row.raw for row in rows}) == len(rows), (subject.id, tag)


def test_a_subject_short_of_facts_is_refused_with_their_number(house: House, subjects: dict[str, Subject]) -> None:
    """The order says why there is no handout, and how many facts are missing can be reckoned."""
    short = next(it for it in subjects.values() if not it.enough)
    with pytest.raises(ContentError) as error:
        press.orders(house, EDITION, product="handout", about=(short.id,))

    why = f"of the {ENOUGH} facts that two sides need it has {len(short.facts)} that may be printed."
    assert f"“{short.id}” has no handout: {why}" in str(error.value)


def test_a_handout_goes_when_its_facts_go(house: House) -> None:
    """Without the facts of Rosva and its car plant the park has none; with them it has one."""
    gone = {
        name: fact for name, fact in house.facts.items() if not name.startswith(("parks.rosva.", "projects.psma_rus."))
    }
    found = {it.id: it for it in load.subjects(replace(house, facts=gone), EDITION)}

    assert not found["rosva"].enough
    assert next(it for it in load.subjects(house, EDITION) if it.id == "rosva").enough


def test_a_subject_nearly_spelt_is_suggested(house: House) -> None:
    """A slip of the pen is no riddle."""
    with pytest.raises(ContentError) as error:
        press.orders(house, EDITION, product="handout", about=("vorsimo",))

    assert "there is no subject “vorsimo”. Did you mean “vorsino”?" in str(error.value)


def test_check_says_who_has_none_and_why(
    capsys: pytest.CaptureFixture[str], house: House, subjects: dict[str, Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For people a line for each edition before the verdict, which stays what it is: who has none, the nearest to one
    first, each with its facts and once; for machines every subject with its facts."""
    monkeypatch.setattr("brochure.press.house", lambda *_: house)  # test_limits reads and checks it all
    monkeypatch.setattr("brochure.press.check", lambda *_: ())
    assert build.main(["check"]) == ExitCode.DONE
    said = capsys.readouterr().out
    assert build.main(["check", "--json"]) == ExitCode.DONE
    listed = json.loads(capsys.readouterr().out)["handouts"]

    assert said.splitlines()[-1].startswith("all is well")
    line = next(line for line in " ".join(said.split()).split(": ") if " has " in line)
    told = [(int(count), name) for name, count in re.findall(r"(\w+) has (\d+)", line)]
    assert sorted(told) == sorted((len(it.facts), it.id) for it in subjects.values() if not it.enough)
    assert [count for count, _ in told] == sorted((count for count, _ in told), reverse=True)
    assert f"which needs {ENOUGH}" in said
    assert {it["subject"]: it["facts"] for it in listed} == {it.id: len(it.facts) for it in subjects.values()}


@pytest.mark.parametrize(("product", "output"), [("handout", "booklet"), ("brochure", "sheet"), ("leaflet", "booklet")])
def test_an_output_that_a_product_hasnt_is_refused(house: House, product: str, output: str) -> None:
    """As a slip of the command line, with what to ask for instead."""
    with pytest.raises(BrochureError) as error:
        press.orders(house, EDITION, outputs=(output,), product=product)

    assert error.value.exit_code == ExitCode.USAGE
    assert f"a {product} has no output “{output}”" in str(error.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_leads_to_a_source_on_the_sheet(house: House, subjects: dict[str, Subject], language: str) -> None:
    """Marks are numbered anew on each handout: every one has its source at the foot, and every source its mark."""
    for subject in (it for it in subjects.values() if it.enough):
        text = html(house, subject.id, language)
        assert set(re.findall(r'href="#source-(\d+)"', text)) == set(re.findall(r'id="source-(\d+)"', text)), subject.id


def test_each_handout_has_contact_and_legal_line(house: House, subjects: dict[str, Subject]) -> None:
    """A sheet stands alone: whoever finds it knows where to turn, of which day it is, and that it is no offer."""
    legal = house.languages["en"].handouts.legal.raw  # type: ignore[union-attr]
    for subject in (it for it in subjects.values() if it.enough):
        text = html(house, subject.id, "en")
        assert "https://investkaluga.com/" in text
        assert legal in " ".join(text.split())
        assert "Figures as known on 4 September 2017." in " ".join(text.split())


def test_it_lies_well_in_every_language(house: House, subjects: dict[str, Subject], setter: Setter) -> None:
    """Two pages, nothing too long, nothing outside the safe area: every subject, the languages by turns."""
    for index, subject in enumerate(it for it in subjects.values() if it.enough):
        manuscript = load.manuscript(house, order(subject.id, LANGUAGES[index % len(LANGUAGES)]))
        assert setter.complaints(compose.sheet(manuscript)) == (), subject.id


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_validators_have_nothing_to_say(profile: str, made: Made) -> None:
    """PDF/UA-1 and PDF/A-2a without a failure; two pages, light enough for any mail."""
    found = page.validate_pdf_bytes(made.products[0].content, profile=profile).failures

    assert [(f.rule_id, f.message) for f in found] == []
    assert made.products[0].pages == 2
    assert len(made.products[0].content) < 300_000


def test_the_file_says_what_it_is(made: Made) -> None:
    """Its own title, a bookmark for its heads, and a single page to open with."""
    with pikepdf.open(io.BytesIO(made.products[0].content)) as pdf, pdf.open_outline() as outline:
        assert str(pdf.docinfo["/Title"]).startswith("Vorsino. ")
        assert outline.root[0].title == "Vorsino"
        assert pdf.Root.PageLayout == "/SinglePage"


def test_a_print_job_has_ticket_proof_and_package(house: House, tmp_path: Path) -> None:
    """Through the gate like the brochure, under names of its own; the same bytes from the same content."""
    wanted = press.orders(house, EDITION, ("en",), ("print",), product="handout", about=("rosva",))
    first = press.run(house, wanted, tmp_path / "one")
    second = press.run(house, wanted, tmp_path / "two")
    folder = tmp_path / "one" / EDITION / "en/handouts"

    assert first.findings == ()
    assert {path.name for path in folder.iterdir()} == {
        f"rosva.print.{end}" for end in ("pdf", "report.html", "ticket.pdf", "proof.pdf", "zip")
    }
    assert [it["sha256"] for it in first.files] == [it["sha256"] for it in second.files]
    with zipfile.ZipFile(folder / "rosva.print.zip") as package:
        assert any(name.endswith("rosva.print.pdf") for name in package.namelist())


def pictures(content: bytes) -> list[Image.Image]:
    """Each page as a picture, 60 ppi."""
    document = pypdfium2.PdfDocument(content)
    found = [document[index].render(scale=60 / 72).to_pil().convert("RGB") for index in range(len(document))]
    document.close()
    return found


def differs(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, 0 to 255."""
    grey = ImageChops.difference(one, other.resize(one.size)).convert("L")
    return sum(value * count for value, count in enumerate(grey.histogram())) / (grey.width * grey.height)


def office(proof: Proof, **more: str) -> bytes:
    """The office sheet of a proof."""
    return twins.finish(proof, Booklet().model_copy(update={"sheet": "A4", **more}))[0].content


def test_two_copies_stand_beside_each_other(made: Made) -> None:
    """On both sides of the sheet both halves are the same page: front behind front, back behind back."""
    lies = twins.layout(PAPERS["A4"], SHEETS["A4"], 5)
    sides, pages = pictures(office(made.proof)), pictures(made.products[0].content)
    for side, leaf in zip(sides, pages, strict=True):
        scale = side.width / lies.sheet.width
        top, bottom = (lies.sheet.height - lies.head) * scale, (lies.sheet.height - lies.foot) * scale
        halves = [
            side.crop((round(left * scale), round(top), round((left + lies.width) * scale), round(bottom)))
            for left in (lies.fold - lies.width, lies.fold)
        ]
        assert differs(*halves) < 6
        assert differs(halves[0], leaf) < 12
    assert differs(pages[0], pages[1]) > 40


def test_a_printer_that_turns_over_the_long_edge_gets_the_back_upside_down(made: Made) -> None:
    """The front stays, the back is turned by 180°."""
    short, long = (pictures(office(made.proof, turn=turn)) for turn in ("short edge", "long edge"))

    assert differs(short[0], long[0]) == 0
    assert differs(short[1], long[1].rotate(180)) < 6 < differs(short[1], long[1])


def test_colour_runs_over_the_cuts(made: Made) -> None:
    """A cut that is a millimetre off shows no white edge: beyond the trim the front is still night, up to the margin
    that the printer leaves white."""
    lies = twins.layout(PAPERS["A4"], SHEETS["A4"], 5)
    front = pictures(office(made.proof))[0].convert("RGB")
    scale = front.width / lies.sheet.width
    left, middle = lies.fold - lies.width, (lies.sheet.height - lies.head) * scale + 40

    beyond, outside = (front.getpixel((round((left - off) * scale), round(middle))) for off in (1.0, 2.4))
    assert max(beyond) < 90 and min(outside) > 250
    assert min(left, lies.foot) - lies.bleed >= 5


@pytest.mark.parametrize("sheet", ["A4", "A3", "SRA3"])
def test_cut_marks_stand_outside_the_copies(sheet: str) -> None:
    """At both ends of each of the five cuts, on the sheet, off the trim; on A3 the copies keep their size."""
    lies = twins.layout(PAPERS["A4"], SHEETS[sheet], 5 if sheet == "A4" else 0)
    lines = list(twins.marks(lies))
    left, right = lies.fold - lies.width, lies.fold + lies.width

    for x1, y1, x2, y2 in lines:
        assert 0 <= min(x1, x2) <= max(x1, x2) <= lies.sheet.width
        assert 0 <= min(y1, y2) <= max(y1, y2) <= lies.sheet.height
        assert min(y1, y2) >= lies.head or max(y1, y2) <= lies.foot or max(x1, x2) <= left or min(x1, x2) >= right
    assert all(y1 == y2 or not lies.foot - lies.bleed < y1 < lies.head + lies.bleed for _, y1, _, y2 in lines)
    assert all(x1 == x2 or not left - lies.bleed < x1 < right + lies.bleed for x1, _, x2, _ in lines)
    assert lies.scale == 1 or sheet == "A4"
    assert sheet == "A3" or {x1 for x1, _, x2, _ in lines if x1 == x2} == {left, lies.fold, right}


def test_the_office_sheet_is_named_by_its_format(house: House, made: Made) -> None:
    """The usual one plainly, others by their sheet."""
    named = [
        finish.FINISHES["sheet"](made.proof, house, order("vorsino", output="sheet", sheet=it))[0].name
        for it in ("", "A3")
    ]

    assert named == ["handouts/vorsino.sheet.pdf", "handouts/vorsino.sheet.a3.pdf"]


def test_columns_divide_where_the_fewest_lines_break() -> None:
    """Long labels get the room that short figures leave; a figure is broken last, and never within what belongs
    together."""

    def measure(words: str, weight: int) -> float:
        return 2.0 * len(words)

    usual = fitting.parted({"a": ("Area", "100 ha"), "b": ("Jobs", "12")}, 90, measure)
    labels = fitting.parted({"a": ("Its part for the industry", "5 ha")}, 90, measure)
    figures = fitting.parted({"a": ("Capacity", "500,000 TEU each year more")}, 90, measure)
    whole = fitting.parted(
        {"a": ("A label of many words, all of them long", "500,000\u00a0containers\u00a0a\u00a0year")}, 90, measure
    )

    assert (usual.share, usual.lines) == (fitting.USUAL, {"a": 1, "b": 1})
    assert labels.share > fitting.USUAL > figures.share
    assert labels.lines == figures.lines == {"a": 1}
    assert whole.share == min(fitting.SHARES) and whole.lines["a"] > 1
    assert fitting.parted({"a": ("区" * 30, "1")}, 90, measure).lines == {"a": 2}


def test_hindi_signs_take_no_room(house: House, subjects: dict[str, Subject]) -> None:
    """A sheet in a script with vowel signs shows as many facts as the English one, or nearly: they are measured, not
    counted."""
    rows = [html(house, "grabtsevo", tag).partition("residents")[0].count("<tr>") for tag in ("en", "hi")]
    assert rows[1] >= rows[0] - 1 > 8


def test_what_a_company_s_figure_is_doesn_t_name_it_again(house: House) -> None:
    """The company stands in the same row."""
    for tag in LANGUAGES:
        said = load.manuscript(house, order("obninsk_park", tag)).said["obninsk_park"]
        for name, text in said.sums.items():
            firm = name.split(".")[1]
            assert house.languages[tag].names[firm] not in text.raw


def test_leaflets_and_handouts_are_measured_too(house: House, setter: Setter, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only sheets say has budgets, and a translation too long for its place is warned of with that place."""
    every = [(it.product, it.subject) for it in boxes._orders(house, "pt")]
    some = {tag: (order("rosva", tag), Order(EDITION, tag, product="leaflet")) for tag in ("en", "pt")}
    monkeypatch.setattr(boxes, "_orders", lambda _, tag: some.get(tag, ()))
    found = boxes.measured(house, setter)

    assert {("leaflet", ""), ("handout", "vorsino"), ("handout", "sez"), ("brochure", "")} <= set(every)
    assert len(set(every)) < len(every) and not found.slips
    keys = {"handouts.yaml#facts": "rosva", "handouts.yaml#legal": "rosva", "handouts.yaml#labels.parks.rosva.location.m3": "rosva",
            "leaflet.yaml#parks_text": "leaflet", "leaflet.yaml#kicker": "leaflet", "handouts.yaml#kickers.park": "rosva"}  # fmt: skip
    assert {key: found.budgets[key].sheet for key in keys} == keys
    assert all(parse_budget(str(budget)) == budget for budget in found.budgets.values())

    written = replace(house.languages["en"], budgets=found.budgets)
    key = "handouts.yaml#facts"
    original, said = (sayings(house, tag)[key] for tag in ("en", "pt"))
    told = replace(house, languages={**house.languages, "en": written})
    assert not list(budgets.slips(told, "pt", original, said))
    (slip,) = budgets.slips(told, "pt", original, replace(said, letters="a" * 2 * found.budgets[key].fits["pt"]))
    assert slip.warning and "page 2 of the handout rosva" in slip.what
