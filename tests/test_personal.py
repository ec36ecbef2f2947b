"""Personal copies: to each their own, to nobody another's, and a run that can be stopped at any moment."""

from __future__ import annotations

import email
import email.policy
import hashlib
import io
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import ROOT, furnish, hire, shipped
from test_referees import REFEREES, judged

import build
from brochure import load, preflight
from brochure.deliver.naming import slug
from brochure.deliver.personal import JOURNAL, Copies, Record, journal, put, secret
from brochure.errors import BusyError, Complaint, ContentError, MachineError, Place, TemplateError
from brochure.load.lettering import printable
from brochure.load.recipients import recipients
from brochure.model.recipients import Recipient, Recipients
from brochure.press.copies.errand import Answer, Batch, Done, Item, Prepared, Task
from brochure.press.copies.origin import Copied
from brochure.press.letters.mailing import Asked
from brochure.press.letters.posting import write
from brochure.press.personal import Finished, _undisturbed, address, personalise

EDITION = """personal:
  cover: first
  letter: {id: letter, instead: hello, show: {portal: "https://example.org/?lang=en"}}
  slots:
    - [north, harbour, rail]
flatplan:
  - {id: first, kind: article, show: {facts: [land.area]}}
  - {id: hello, kind: invitation, show: {members: [norway, sea]}}
  - {id: north, kind: article, show: {about: [north_park]}}
  - {id: harbour, kind: article, show: {about: [harbour_park]}}
  - {id: rail, kind: article, show: {about: [rail_route]}}
  - {id: sources, kind: sources}
  - {id: notes, kind: notes}
"""
PAGES = {
    "north": "contents: North\ntitle: North Park\nlead: It has {land.parks}.\nbody: [\"It opened on {land.opened}.\"]\n",
    "harbour": "contents: Harbour\ntitle: The Harbour\nlead: It earns {land.money}.\nbody: [\"See [the park](north).\"]\n",
    "rail": "contents: Rail\ntitle: The Rail Route\nlead: It takes {land.days}.\nbody: [It is long.]\n",
    "sources": "contents: Sources\nkicker: Sources\ntitle: Sources\nintro: Read on.\nstatements_title: Said\n"
               "statements: [Much.]\ncredits_title: Thanks\ncredits: [To all.]\n",
    "hello": "kicker: Hello\ntitle: Hello\nlead: Come.\nwhy: Why\nreasons: [{title: One, text: A reason.}]\n"
             "alt: An arc\narc_alt: The arc\ncontents_kicker: Inside\nreading: Read.\n",
}  # fmt: skip
HEAD = "name,latin_name,company,country,language,email,interests,contact"
ROWS = (
    "Anna Alder,,Alder AG,Austria,en,anna@alder.example.com,Harbour park,",
    "Борис Ёлкин,Boris Yolkin,Сосна,Россия,en,boris@sosna.example.com,Rail route; Harbour park,Olga Orlova (telephone {n} 11)",
    "王伟,Wang Wei,Bank of Pines,China,en,wei@pines.example.com,,",
    "../../etc/cron.d/x,,Slashes & Co,,en,slash@pines.example.com,Rail route,",
    "<b>Ada</b>,,Тире — Dash,,en,ada@dash.example.com,North park;Rail route,",
)


def dear(root: Path) -> Path:
    """The miniature with printers, and with an edition of eight pages that has personal copies."""
    hire(furnish(root))
    (root / "content/en/pages/second.yaml").unlink()
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().partition("flatplan:")[0] + EDITION)
    for name, words in PAGES.items():
        (root / f"content/en/pages/{name}.yaml").write_text(words)
    letter = (ROOT / "content/en/pages/letter.yaml").read_text("utf-8")
    (root / "content/en/pages/letter.yaml").write_text(letter, "utf-8")
    with (root / "content/en/names.yaml").open("a") as names:
        names.write("north_park: North park\nharbour_park: Harbour park\nrail_route: Rail route\n")
    first = root / "content/en/pages/first.yaml"
    first.write_text(re.sub(r" See \[.*\)\.", "", first.read_text()))
    return root


def listed(folder: Path, rows: tuple[str, ...] = ROWS) -> Path:
    """A list of recipients on the disk."""
    path = folder / "list.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", "utf-8")
    return path


def make(root: Path, rows: tuple[str, ...] = ROWS, **how: object) -> Finished:
    """Copies for a list; ``how`` as personalise takes it."""
    house = load.house(root)
    found, called = printable(house, recipients(house, "mini", listed(root, rows)))
    return personalise(house, "mini", found.people, called, root / "out", **how)  # type: ignore[arg-type]


class Made:
    """A run's recipients and their copies."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.finished = make(root, outputs=("screen", "print"))
        self.house = load.house(root)
        self.people = recipients(self.house, "mini", root / "list.csv").people

    def folder(self, person: Recipient) -> Path:
        """Where a recipient's copies lie."""
        return self.finished.folder / slug(person)

    def copies(self, output: str = "screen") -> Iterator[tuple[Recipient, bytes]]:
        """Each recipient with their copy."""
        for person in self.people:
            yield person, (self.folder(person) / f"brochure.{output}.pdf").read_bytes()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Copies of the miniature for five recipients."""
    return Made(dear(tmp_path_factory.mktemp("dear") / "house"))


def texts(pdf: bytes) -> list[str]:
    """What can be copied out of each page, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(leaf.get_textpage().get_text_range().split()) for leaf in document]


def everything(pdf: bytes) -> str:
    """Every string and stream of a file, in every way that a text may be written there."""
    out = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        stack = [*opened.objects, opened.trailer]
        while stack:
            it = stack.pop()
            if isinstance(it, pikepdf.Stream):
                out.append(it.read_bytes().decode("latin-1"))
            if isinstance(it, (pikepdf.Dictionary, pikepdf.Stream)):
                stack += [value for _, value in it.items() if not getattr(value, "is_indirect", False)]
            elif isinstance(it, pikepdf.Array):
                stack += [value for value in it if not getattr(value, "is_indirect", False)]
            elif isinstance(it, pikepdf.String):
                out.append(str(it))
    return "\n".join([*out, *texts(pdf)])


def codes(pdf: bytes) -> set[str]:
    """What the QR codes of a file say."""
    pictures = [leaf.render(scale=2).to_pil() for leaf in pypdfium2.PdfDocument(pdf)]
    return {code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)}


def test_each_copy_has_its_own_name_and_code(made: Made) -> None:
    """Cover and letter bear the recipient's name, as far as the house has letters for it; the code is the recipient's."""
    key = secret(made.root)
    for person, copy in made.copies():
        cover, letter, *_ = texts(copy)
        name = "Wang Wei" if person.name == "王伟" else person.name
        wanted, token = address("https://example.org/?lang=en", key, "mini", person)

        assert f"Prepared for {name}" in cover
        assert f"Dear {name}," in letter
        assert person.company in letter
        assert person.country in letter
        assert ("Your contact: Olga Orlova (telephone {n} 11)" in letter) == bool(person.contact)
        assert codes(copy) == {wanted}
        assert wanted.startswith("https://example.org/?lang=en&copy=")
        assert len(token) == 16


def test_no_copy_has_anything_of_another_recipient(made: Made) -> None:
    """Names, companies, addresses, tokens: neither in text nor in tags, metadata, links or any other string; nor the
    letters of another's name in a font."""
    key = secret(made.root)
    told = {
        person.row: {person.name, person.company, person.email, *filter(None, (person.latin_name, person.contact)),
                     address("https://example.org/", key, "mini", person)[1]}
        for person in made.people
    }  # fmt: skip
    for output in ("screen", "print"):
        for person, copy in made.copies(output):
            whole = everything(copy)
            others = [word for row, words in told.items() if row != person.row for word in words]

            assert [word for word in others if word in whole] == []
            assert ("<0401>" in whole) == (person.row == 2)  # Ё, which only Boris Yolkin has


def test_what_interests_stands_first_in_its_part(made: Made) -> None:
    """The order of the sections, the list of contents, the folios and the letter's references agree in every copy."""
    wanted = {1: ("Harbour", "North", "Rail"), 2: ("Rail", "Harbour", "North"), 3: ("North", "Harbour", "Rail"),
              4: ("Rail", "North", "Harbour"), 5: ("North", "Rail", "Harbour")}  # fmt: skip
    for person, copy in made.copies():
        found = texts(copy)
        contents = re.findall(r"(\d) (North|Harbour|Rail)\b", found[2])

        assert len(found) == 8
        assert contents == [(str(number), name) for number, name in zip((4, 5, 6), wanted[person.row], strict=True)]
        for number, name in contents:
            assert re.search(rf"(The )?{name}", found[int(number) - 1])
            assert re.search(rf"( {number}|{number} The miniature|The miniature ?{number})$", found[int(number) - 1])
        for name, number in re.findall(r"(Harbour|North|Rail) (?:park|route) page (\d)", found[1]):
            assert (number, name) in contents


def test_links_bookmarks_and_labels_lead_where_they_say(made: Made) -> None:
    """Named places, the letter's links and the bookmarks follow the pages; pages are called by their numbers."""
    for person, copy in made.copies():
        with pikepdf.open(io.BytesIO(copy)) as pdf:
            index = {leaf.obj.objgen: number for number, leaf in enumerate(pdf.pages, 1)}
            flat = list(pdf.Root.Names.Dests.Names)
            places = {str(name): index[place[0].objgen] for name, place in zip(flat[::2], flat[1::2], strict=True)}
            letter = re.findall(r"(\w+) (?:park|route) page (\d)", texts(copy)[1])
            links = [places[str(link.Dest)] for link in pdf.pages[1].obj.get("/Annots", [])]
            with pdf.open_outline() as outline:
                marks = [index[item.destination[0].objgen] for item in outline.root]

            assert links == [int(number) for _, number in letter]
            assert marks == sorted(marks)
            assert places["page-letter"] == 2
            assert all(
                str(link.Dest) in places
                for leaf in pdf.pages
                for link in leaf.obj.get("/Annots", [])
                if "/Dest" in link
            )
            assert len(pdf.pages) % 4 == 0, person


def test_sources_keep_their_numbers(made: Made) -> None:
    """A mark is the same in every copy, whatever the order of the pages, and its source stands in the list."""
    marks = [
        re.findall(r"North Park It has more than 7,000 parks ?\[(\d+)\]", " ".join(texts(copy)))
        for _, copy in made.copies()
    ]

    assert all(found == marks[0] and found for found in marks)
    assert all(re.search(rf"\b{marks[0][0]} ?A statement", texts(copy)[6]) for _, copy in made.copies())


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_copy_is_accessible_and_archivable(profile: str, made: Made) -> None:
    """Spliced pages are tagged pages: PDF/UA-1 and PDF/A-2a hold for a copy as for the brochure."""
    for _, copy in list(made.copies())[1:4:2]:
        report = page.validate_pdf_bytes(copy, profile=profile)

        assert [(failure.rule_id, failure.message) for failure in report.failures] == []
        assert report.is_compliant


@REFEREES
def test_content_of_a_copy_is_painted_in_the_order_of_its_tags(made: Made) -> None:
    """Two more referees find no error: the letter's list and code stand in the line of reading like all else."""
    copies = [made.folder(person) / "brochure.screen.pdf" for person, _ in list(made.copies())[1:4:2]]

    assert [finding for finding in judged(*copies) if finding[1] == "error"] == []


def test_a_print_copy_is_fit_for_press(made: Made) -> None:
    """Letter and line are separated like everything else, and preflight finds nothing."""
    printer = made.house.printers["offset"]
    for _, copy in list(made.copies("print"))[:2]:
        report = preflight.examine(copy, printer, made.house.brand)

        assert [finding for finding in report.findings if finding.severity == "error"] == []
        assert report.pages == 8


def test_a_print_copy_carries_its_readers_code(made: Made) -> None:
    """In inks, too, the code can be read, and says the recipient's address."""
    person, copy = next(made.copies("print"))

    assert codes(copy) == {address("https://example.org/?lang=en", secret(made.root), "mini", person)[0]}


def test_only_their_owner_can_read_them(made: Made) -> None:
    """Folders are 0700 and files 0600, the journal and the key among them."""
    folder = made.finished.folder
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.iterdir()] if path.is_dir()}
    files = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}

    assert (modes, files) == ({0o700}, {0o600})
    assert stat.S_IMODE((made.root / ".brochure/personal.key").stat().st_mode) == 0o600
    assert all(path.parent.parent == folder for path in folder.rglob("*.pdf"))


def test_a_second_run_makes_what_is_missing_only(made: Made, tmp_path: Path) -> None:
    """Finished copies stay; a spoilt and a lost one are made, the same bytes as before; one of a changed row is made
    and the one of the row before goes."""
    before = {person.row: copy for person, copy in made.copies()}
    spoilt, lost = (made.folder(made.people[row]) / "brochure.screen.pdf" for row in (0, 1))
    spoilt.write_bytes(b"%PDF")
    lost.unlink()
    changed = (*ROWS[:2], ROWS[2].replace("Bank of Pines", "Bank of Firs"), *ROWS[3:])
    with (made.finished.folder / JOURNAL).open("a") as journal:
        journal.write('{"file": "half a li')
    outgrown = made.folder(made.people[2])
    kept = shutil.copytree(outgrown, tmp_path / "kept")
    again = make(made.root, changed, jobs=1)

    assert (again.made, again.there, again.old) == (3, 2, 1)
    assert not outgrown.exists()
    assert make(made.root, changed, jobs=1).made == 0

    kept.rename(outgrown)
    assert {person.row: copy for person, copy in made.copies()} == before


def test_the_same_recipient_gets_the_same_bytes(made: Made, tmp_path: Path) -> None:
    """However many processes work, and whoever else is on the list."""
    root = dear(tmp_path / "house")
    secret(root)
    (root / ".brochure/personal.key").write_bytes(secret(made.root))
    other = make(root, ROWS[:1], jobs=1, outputs=("screen", "print"))

    for output in ("screen", "print"):
        for person, copy in list(made.copies(output))[:1]:
            assert (other.folder / slug(person) / f"brochure.{output}.pdf").read_bytes() == copy


def test_copies_can_be_forgotten(tmp_path: Path) -> None:
    """The older ones by their age, or all of them with their journal, and so the letters; other files stay."""
    (tmp_path / "mail").mkdir()
    for name in ("1-anna-0a1b2c.eml", "2-boris-0a1b2d.eml", "notes.txt"):
        (tmp_path / "mail" / name).write_text("")
    os.utime(tmp_path / "mail/1-anna-0a1b2c.eml", (time.time() - 40 * 86400,) * 2)
    with Copies(tmp_path) as copies:
        for name in ("1-anna-0a1b2c", "2-boris-0a1b2d", "notes"):
            (copies.folder / name).mkdir()
        (copies.folder / JOURNAL).write_text("")
        os.utime(copies.folder / "1-anna-0a1b2c", (time.time() - 40 * 86400,) * 2)

        assert copies.forget(30) == 1
        assert (copies.folder / "2-boris-0a1b2d").exists()
        assert copies.forget() == 1
        assert {path.name for path in copies.folder.iterdir() if not path.name.startswith(".")} == {"notes"}
        assert (copies.forget_letters(30), copies.forget_letters()) == (1, 1)
        assert [path.name for path in (tmp_path / "mail").iterdir()] == ["notes.txt"]


def test_copies_of_older_rows_go(tmp_path: Path) -> None:
    """By their token; also what was never finished, but not what another list's recipients have."""
    with Copies(tmp_path) as copies:
        for name in ("1-ann-aaaaaa", "1-ann-bbbbbb", "2-bob-cccccc", "3-eve-dddddd"):
            put(copies.folder, f"{name}/x.pdf", b"")
        listed = (("1-ann-aaaaaa", "ann"), ("2-bob-cccccc", "bob"))
        copies.note(Record(f"{folder}/x.pdf", "job", "", 0, token) for folder, token in listed)

        assert copies.outgrown({"ann": "1-ann-bbbbbb", "zoe": "2-zoe-eeeeee"}) == 2
        assert sorted(path.name for path in copies.folder.glob("[0-9]*")) == ["1-ann-bbbbbb", "2-bob-cccccc"]


def test_no_link_is_followed(tmp_path: Path) -> None:
    """Neither that of the whole folder, nor a recipient's, the journal's or the workbench's: what they lead to stays."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.pdf").write_bytes(b"kept")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/personal").symlink_to(other)
    with pytest.raises(MachineError, match="is a link"):
        Copies(tmp_path / "a").__enter__()
    folder = tmp_path / "b/personal"
    folder.mkdir(parents=True)
    for name in (JOURNAL, ".brochure-personal", "1-ann-aaaaaa"):
        (folder / name).symlink_to(other / "x.pdf" if name == JOURNAL else other)
    with Copies(tmp_path / "b") as copies:
        copies.note([Record("1-ann-aaaaaa/x.pdf", "", hashlib.sha256(b"kept").hexdigest(), 4, "")])

        assert copies.finished() == {}
        put(copies.folder, "1-ann-aaaaaa/x.pdf", b"new")
        assert copies.forget() == 1

    assert {path.name: path.read_bytes() for path in other.iterdir()} == {"x.pdf": b"kept"}


def test_a_journal_that_is_damaged_counts_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    """Whatever stands in it: lines that aren't ours are none."""
    with Copies(tmp_path) as copies:
        put(copies.folder, "1-ann-aaaaaa/x.pdf", b"x")
        copies.note([Record("1-ann-aaaaaa/x.pdf", "job", hashlib.sha256(b"x").hexdigest(), 1, "ann")])
        with (copies.folder / JOURNAL).open("ab") as journal:
            odd = (b"\xff\xfe", b"5", b"[1]", b"[" * 100_000,
                   b'{"file": 5, "job": 1, "sha256": 2, "bytes": 3, "token": 4}',
                   b'{"file": "../x/y", "job": "", "sha256": "", "bytes": 3, "token": ""}')  # fmt: skip
            journal.write(b"\n".join(odd))

        assert list(copies.finished()) == ["1-ann-aaaaaa/x.pdf"]


def test_a_spoilt_key_is_told(tmp_path: Path) -> None:
    """Tokens of a short key could be guessed; a key that others could read is theirs no more."""
    secret(tmp_path)
    key = tmp_path / ".brochure/personal.key"
    key.chmod(0o644)
    secret(tmp_path)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.write_bytes(b"")

    with pytest.raises(MachineError, match="the key of the personal copies is damaged"):
        secret(tmp_path)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """Who comes second is told that the folder is in use."""
    with Copies(tmp_path), pytest.raises(BusyError):
        Copies(tmp_path).__enter__()


def test_a_name_without_letters_is_told_before_anything_is_set(made: Made) -> None:
    """No font has it, and there is no latin_name: the row's slip; with one, that is printed."""
    path = made.root / "signs.csv"
    path.write_text(
        f"{HEAD}\nمريم,,Ltd,,en,m@x.example.com,,\nمريم,Maryam,Ltd,,en,n@x.example.com,,\nBob,,شركة,,en,b@x.example.com,,\n",
        "utf-8",
    )
    found, called = printable(made.house, recipients(made.house, "mini", path))

    assert called == {2: "Maryam"}
    assert [person.name for person in found.people] == ["مريم"]
    assert [str(slip).partition("signs.csv")[2] for slip in found.slips] == [
        ":2:1: error: no font of this house has the characters “م” (U+0645), “ر” (U+0631), “ي” (U+064A) of “name”. Write it in latin_name, too.",
        ":4:6: error: no font of this house has the characters “ش” (U+0634), “ر” (U+0631), “ك” (U+0643) and others of “company”. Write it in other letters.",
    ]


def test_the_widest_row_that_is_taken_fits(made: Made) -> None:
    """As many of the widest letters as every cell may have, and every interest: nothing runs out of its place."""
    wide = " ".join(["W" * 30] * 4)
    row = f"{wide[:60]},,{wide[:92]},{wide[:40]},en,wide@x.example.com,Harbour park;North park;Rail route,{wide[:92]}"

    assert [str(said) for said in make(made.root, (row,), jobs=1).complaints] == []


def test_a_copy_whose_code_leads_to_a_contact_is_no_stale_one(tmp_path: Path) -> None:
    """Where the letter names no portal, making and mailing agree that the code opens that of the first contact."""
    root = dear(tmp_path / "house")
    edition = root / "content/editions/mini.yaml"
    told = edition.read_text().replace(', show: {portal: "https://example.org/?lang=en"}', "")
    edition.write_text(told.replace("flatplan:", "contacts: [agency]\nflatplan:", 1))
    (root / "content/contacts.yaml").write_text("agency: {portal: https://www.example.org/invest/}\n")
    (root / "content/en/contacts.yaml").write_text(
        "agency: {name: The agency, note: It answers., code_alt: Its site}\n"
    )
    done, house = make(root, ROWS[:1], jobs=1), load.house(root)
    people = recipients(house, "mini", root / "list.csv")
    (copy,) = done.folder.glob("*/brochure.screen.pdf")

    assert [code.partition("?")[0] for code in codes(copy.read_bytes())] == ["https://www.example.org/invest/"]
    assert Copied(house, "mini", people, journal(root / "out/mini")).fresh(people.people[0])


def test_no_letter_goes_out_with_a_stale_copy(tmp_path: Path) -> None:
    """A copy made from an older row or an older edition stops the mailing with one line at the row; made anew, it
    travels."""
    root = dear(tmp_path / "house")
    (root / "content/mail.yaml").write_text("sender: us@mini.example\n")
    (root / "content/en/mail.yaml").write_bytes((ROOT / "content/en/mail.yaml").read_bytes())

    def mailed() -> bytes:
        asked = Asked("mini", root / "list.csv")
        (letter,) = write(load.house(root), asked, root / "out", root / "ledger.sqlite").letters
        message = email.message_from_bytes(letter.read_bytes(), policy=email.policy.SMTP)
        return next(message.iter_attachments()).get_content()  # type: ignore[no-any-return]

    done = make(root, ROWS[:1], jobs=1)
    (copy,) = done.folder.glob("*/brochure.screen.pdf")
    assert mailed() == copy.read_bytes()
    stale = r"list\.csv:2.*: the personal copy of Anna Alder was made from an older edition or row\. Make it anew: "
    listed(root, (ROWS[0].replace("Austria", "Norway"),))
    with pytest.raises(ContentError, match=stale):
        mailed()
    listed(root, ROWS[:1])
    words = root / "content/en/pages/rail.yaml"
    words.write_text(words.read_text().replace("It is long.", "It is very long."))
    with pytest.raises(ContentError, match=stale):
        mailed()
    assert make(root, ROWS[:1], jobs=1).made == 1
    assert mailed() == copy.read_bytes()


def test_a_letter_that_can_not_be_set_stops_no_other(made: Made) -> None:
    """What the limits of the list let through and the page doesn't hold is told at its row; its neighbours are made."""
    anna = made.people[0]
    long = replace(anna, row=90, place=Place("list.csv", 90), company="A very long name of a company " * 60)
    out = made.root / "out/other"
    done = personalise(made.house, "mini", [long, replace(anna, row=91)], {90: anna.name, 91: anna.name}, out, jobs=1)

    assert done.made == 1
    assert [(said.where, said.what[:11]) for said in done.complaints[:1]] == [(long.place, "the letter:")]
    assert [path.parent.name[:3] for path in done.folder.glob("*/*.pdf")] == ["91-"]


class Dealt:
    """Makers that set nothing: every volume is prepared but those that have a slip, the last one when all else is done;
    what was asked for is noted."""

    def __init__(self, slips: tuple[int, ...]) -> None:
        self.slips, self.asked = slips, list[str]()

    def __enter__(self) -> Dealt:
        return self

    def __exit__(self, *how: object) -> None:
        return None

    def answers(self, tasks: deque[Task]) -> Iterator[Answer]:
        """What came of each."""
        slow = deque([tasks.pop()])
        for waiting in (tasks, slow, tasks):
            while waiting:
                do, job = waiting.popleft()
                self.asked.append(do)
                if isinstance(job, Batch):
                    yield do, Done(copies=len(job.items))
                elif job.number in self.slips:
                    yield do, Done(complaints=(Complaint(job.name, "a slip.", "Mend it."),), failed=True)
                else:
                    items = tuple(Item(copy, ("page",), {"screen": "job"}) for copy in job.copies)
                    yield do, Prepared(job.language, job.name, items, {})


def dealt(made: Made, out: Path, monkeypatch: pytest.MonkeyPatch, *slips: int) -> tuple[Dealt, list[tuple[str, int]]]:
    """A run of five volumes, of which some have slips; what was told on the way."""
    makers, told = Dealt(slips), list[tuple[str, int]]()
    monkeypatch.setattr("brochure.press.personal.ORDERS", 1)
    monkeypatch.setattr("brochure.press.personal._makers", lambda *how: makers)
    called = {person.row: person.name for person in made.people}
    step = lambda what, done, total: told.append((what, done))  # noqa: E731
    try:
        personalise(made.house, "mini", made.people, called, out, step=step)
    except TemplateError as error:
        told += [(str(it), 0) for it in error.complaints]
    return makers, told


def test_nobody_waits_for_the_slowest_language(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are made while the last common pages are still being set, and counted from the first."""
    makers, told = dealt(made, tmp_path, monkeypatch)

    assert makers.asked == ["prepare"] * 4 + ["copy"] * 4 + ["prepare", "copy"]
    assert told[4:] == [("common pages", n) for n in (1, 2, 3, 4)] + [("copies", 4), ("copies", 5)]


def test_every_volume_s_slips_are_told_in_one_run(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All common pages are looked at before a run ends with their slips, and after the first no more copies are begun."""
    makers, told = dealt(made, tmp_path, monkeypatch, 0, 4)

    assert makers.asked == ["prepare"] * 5
    assert [said for said, _ in told if "slip" in said] == [f"en-{n}: error: a slip. Mend it." for n in (0, 4)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cover: first", "cover: frst", "there is no page “frst”. Did you mean “first”?"),
        ("instead: hello", "instead: notes, id: nothing", "the key “id” stands here a second time"),
        ("[north, harbour, rail]", "[north, hello]", "“hello” has its place already."),
        ("[north, harbour, rail]", "[north]", "a group of one section has no order."),
        ("id: letter,", "id: north,", "the letter is a page of its own."),
    ],
)
def test_a_slip_in_the_edition_is_told(old: str, new: str, said: str, tmp_path: Path) -> None:
    """Pages that the personal copies name and can't have."""
    root = dear(tmp_path / "house")
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text().replace(old, new, 1))
    with pytest.raises(ContentError) as error:
        load.house(root)

    assert said in str(error.value)


@pytest.mark.parametrize(
    ("own", "taken"),
    [("", True), ("flatplan:\n  - id: first\n  - id: north\n  - id: sources\n  - id: notes\n", False)],
    ids=["all its pages", "pages of its own"],
)
def test_copies_go_with_their_flatplan(own: str, taken: bool, tmp_path: Path) -> None:
    """An edition with a flatplan of its own doesn't take over how another's copies differ: their pages aren't there."""
    root = dear(tmp_path / "house")
    (root / "content/editions/reprint.yaml").write_text(f"extends: mini\n{own}")

    assert (load.house(root).editions["reprint"].personal is not None) == taken


def test_copies_may_have_pages_that_the_brochure_lacks(tmp_path: Path) -> None:
    """A page with ``copies: true``: the brochure goes without it, both come to whole sheets, and the letter may take it."""
    root = dear(tmp_path / "house")
    edition = root / "content/editions/mini.yaml"
    edition.write_text(
        edition.read_text().replace("{id: hello, kind: invitation,", "{id: hello, copies: true, kind: invitation,")
    )
    house = load.house(root)
    printed, copied = (
        [(it.id, it.first, it.kind.pages) for it in plans["mini"]] for plans in (house.plans, house.copies)
    )

    assert printed == [
        ("first", 1, 1),
        ("north", 2, 1),
        ("harbour", 3, 1),
        ("rail", 4, 1),
        ("sources", 5, 1),
        ("notes", 6, 3),
    ]
    assert copied[:3] == [("first", 1, 1), ("hello", 2, 2), ("north", 4, 1)]
    assert copied[-1] == ("notes", 8, 1)
    assert house.letters["mini"].first == 2


def test_every_edition_has_personal_copies() -> None:
    """With a letter in each of its languages; the edition that has none is told, with those that have."""
    house = shipped()

    assert set(house.letters) == set(house.editions)
    for name, edition in house.editions.items():
        plan = house.copies.get(name, house.plans[name])
        assert sum(page.kind.pages for page in plan) % 4 == 0
        assert all(house.words_of(name, tag, "letter") for tag in edition.languages)
    bare = replace(house, letters={"brics-2017": house.letters["brics-2017"]})
    with pytest.raises(ContentError, match=r"“logistics” has no personal copies\. Name one that has: brics-2017;"):
        personalise(bare, "logistics", [], {}, Path("nowhere"))


def test_a_stop_is_heard_when_a_process_has_started() -> None:
    """Not while it starts: what is half there would die with a traceback. It inherits the mask that holds a stop back."""
    said: list[str] = []

    threading.Thread(target=time.sleep, args=(1,), daemon=True).start()  # the system may tell any thread
    with pytest.raises(KeyboardInterrupt), _undisturbed():
        os.kill(os.getpid(), signal.SIGINT)
        look = "import signal; print(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])))"
        said.append(subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout)

    assert "SIGINT" in said[0]
    assert "SIGTERM" in said[0]


def test_a_run_that_is_killed_goes_on(tmp_path: Path) -> None:
    """Killed in the midst and started again: the same copies as without, none wrong, none missing."""
    root = dear(tmp_path / "house")
    rows = tuple(
        ROWS[n % 2].replace("@", f"{n}@").replace("Anna", f"Anna {n} ").replace("Boris", f"Boris{n}") for n in range(6)
    )
    path = listed(root, rows)
    command = ["--house", str(root), "personalise", str(path), "--quiet"]
    folder = root / "out/mini/personal"
    run = subprocess.Popen([sys.executable, str(ROOT / "build.py"), *command])
    while run.poll() is None and len(list(folder.glob("*/*.pdf"))) < 1:
        time.sleep(0.02)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    for copy in folder.glob("*/brochure.screen.pdf"):
        assert pikepdf.open(copy).check_pdf_syntax() == []
    assert build.main([*command, "--jobs", "1"]) == 0
    killed = {path.parent.name: path.read_bytes() for path in folder.glob("*/brochure.screen.pdf")}
    with Copies(root / "out/mini") as copies:
        assert copies.forget() == 6
    make(root, rows, jobs=1)

    assert {path.parent.name: path.read_bytes() for path in folder.glob("*/brochure.screen.pdf")} == killed
    assert len(killed) == 6
    assert not [path for path in folder.rglob(".brochure-*") if path.is_file()]


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad row stops everything, --skip-bad makes the others, --forget deletes them."""
    root = dear(tmp_path / "house")
    path = listed(root, (ROWS[0], "Bob,,Ltd,,fr,b@x.example.com,,"))

    def told(*more: str) -> tuple[int, str]:
        code = build.main(["--house", str(root), "personalise", *more])
        return code, " ".join("".join(capsys.readouterr()).split())

    code, said = told(str(path))
    assert (code, "list.csv:3:11: error: the edition has no language “fr”." in said) == (3, True)
    assert not (root / "out/mini/personal").exists()
    code, said = told(str(path), "--skip-bad", "--jobs", "1")
    assert (code, "1 copies made, 0 were there, 1 rows left out" in said) == (3, True)
    code, said = told("--forget")
    assert (code, "1 personal copies and 0 letters deleted" in said) == (0, True)
    assert told()[0] == 2


def test_recipients_is_what_the_reader_gives(made: Made) -> None:
    """The list keeps the places of its rows."""
    found: Recipients = recipients(made.house, "mini", made.root / "list.csv")

    assert [person.place.line for person in found.people] == [person.row + 1 for person in found.people]
