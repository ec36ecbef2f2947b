"""Texts out to a translation office and back: nothing is lost on the way, and nothing bad gets in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

import build
from brochure import bureau, exchange, load
from brochure.errors import BrochureError, ContentError
from brochure.exchange.codes import pieces
from brochure.load import parity, rewrite

Edit = Callable[[str, str, str], Path]
FIRST = "content/de/pages/first.yaml"


def exported(root: Path, form: str = "xliff") -> Path:
    """The German file for the office, on disk."""
    name, content = bureau.export(bureau.house(root)[0], "de", form)
    path = root.parent / name
    path.write_bytes(content)
    return path


def taken(root: Path, path: Path) -> bureau.Taken:
    """The office's file taken into the house."""
    return bureau.take(bureau.house(root)[0], path)


def files(root: Path) -> dict[str, bytes]:
    """Every file of content/ with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "content").rglob("*.yaml")}


def change(path: Path, old: str, new: str) -> Path:
    """Replaces a text in the office's file, which must hold it."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_out_and_back_changes_nothing(form: str, german: Path) -> None:
    """What is exported and imported again leaves every file as it was, byte for byte; two exports are the same."""
    before = files(german)
    path = exported(german, form)
    taken_back = taken(german, path)

    assert (taken_back.keys, taken_back.files, taken_back.warnings) == ((), (), ())
    assert files(german) == before
    assert path.read_bytes() == exported(german, form).read_bytes()


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_a_language_can_be_made_from_its_file(form: str, german: Path) -> None:
    """With nothing but language.yaml and units.yaml a whole language comes out of an office's file, and reads the same."""
    said = {key: saying.raw for key, saying in parity.sayings(load.house(german), "de").items()}
    path = exported(german, form)
    for file in (german / "content/de").rglob("*.yaml"):
        if file.name not in ("language.yaml", "units.yaml"):
            file.unlink()
    back = taken(german, path)

    assert len(back.keys) == len(said) == 33
    house = load.house(german, draft=True)
    assert {key: saying.raw for key, saying in parity.sayings(house, "de").items()} == said


@pytest.mark.parametrize("form", exchange.FORMATS)
def test_a_text_is_replaced_at_its_place(form: str, german: Path) -> None:
    """An import changes the lines of its texts and no other: comments, quotes, empty lines and line ends stay."""
    for file in (german / "content/de").rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = files(german)
    path = change(exported(german, form), "Eine zweite Seite", "Eine „andere“ Seite: neu")
    change(path, "Eine erste Seite", "Seite eins")
    back = taken(german, path)
    after = files(german)

    assert back.keys == ("pages/first.yaml#title", "pages/second.yaml#title")
    assert {file for file in after if after[file] != before[file]} == {FIRST, "content/de/pages/second.yaml"}
    assert after[FIRST] == before[FIRST].replace(b"Eine erste Seite", b"Seite eins")
    assert after["content/de/pages/second.yaml"].startswith('title: "Eine „andere“ Seite: neu"\r\n'.encode())


def test_a_code_that_came_back_empty_is_the_sources(german: Path) -> None:
    """Some programs send <x id="1"/> for a code: it is what the source has under that id."""
    path = exported(german)
    text = path.read_text("utf-8")
    head, target, rest = text.partition('<target state="final">Das Land hat ')
    path.write_text(head + target + re.sub(r'<ph id="(\d)"[^>]*>[^<]*</ph>', r'<x id="\1"/>', rest, count=2), "utf-8")

    assert '<x id="2"/>' in path.read_text("utf-8")
    assert taken(german, path).keys == ()


def test_markup_is_code_and_words_are_words() -> None:
    """The pieces of a text are the text again; what a translator must not touch is code."""
    raw = "*Bold* of {land.area|short}{@land.law} \\\\ [a page](second), 100\\* ~x {=A-130}"
    found = list(pieces(raw, marked=True))

    assert "".join(piece.text for piece in found) == raw
    assert [piece.text for piece in found if piece.kind] == [
        "*", "*", "{land.area|short}", "{@land.law}", "\\\\", "[", "](second)", "{=A-130}",
    ]  # fmt: skip
    assert [piece.text for piece in pieces("from {term} *on*", marked=False) if piece.kind] == ["{term}"]


def test_the_office_is_told_what_it_needs(german: Path, edit: Edit) -> None:
    """Context, page, box and budget, printed figures, the house's terms, and what has changed since."""
    terms = "keep: [NO]\nterms:\n  land:\n    means: ground, not a state\n    says:\n      en: land\n      de: Land\n"
    (german / "content/terms.yaml").write_text(terms, "utf-8")
    digest = parity.sayings(load.house(german), "en")["pages/first.yaml#lead"].digest
    budget = f'"pages/first.yaml#lead": "en 99, de 186 · 117 × 30 mm · page 1 · p.lead · {digest}"\n'
    (german / "content/en/budgets.yaml").write_text(budget, "utf-8")
    edit("content/en/pages/second.yaml", "A harbour", "A harbour at dawn")
    sent = exported(german).read_text("utf-8")
    lead = sent[sent.index('id="pages/first.yaml#lead"') :].partition("</trans-unit>")[0]
    alt = sent[sent.index('id="pages/second.yaml#image.alt"') :].partition("</trans-unit>")[0]

    for said in ("section “first” from page 1: the opening paragraph", "117 × 30 mm", "At most 186 letters",
                 'equiv-text="12.50\u00a0ha"', "Term: land = Land (ground, not a state)", 'state="final"'):  # fmt: skip
        assert said in lead
    assert 'state="needs-review-translation"' in alt and "has changed since this was translated" in alt
    assert "#, fuzzy" in exported(german, "po").read_text("utf-8").partition("image.alt")[0][-120:]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("</ph> und <ph", "</ph> und <!-- --><ph", None),
    ('{land.parks}</ph>.</target>', '{land.people}</ph>.</target>', "the translation doesn't mention {land.parks}"),
    (">Eine erste Seite<", ">Seite *eins<", "a * opens emphasis that is never closed."),
    (">Eine erste Seite<", ">Seite von 1999<", "the naked figure “1999” has no source."),
    (">Eine erste Seite<", ">Eine 工 Seite<", "no font of this language has “工” (U+5DE5)."),
    ('id="pages/first.yaml#title"', 'id="pages/first.yaml#titel"', "there is no text “pages/first.yaml#titel”. Did you mean “pages/first.yaml#title”?"),
    ('id="pages/first.yaml#title"', 'id="pages/first.yaml#lead"', "the text “pages/first.yaml#lead” stands here a second time"),
    ('target-language="de"', 'target-language="fr"', "this file is for the language “fr”, which the house isn't translated into."),
    ('source-language="en-GB"', 'source-language="de"', "this file translates from “de”; the house is written in “en”."),
])  # fmt: skip
def test_a_slip_refuses_the_whole_file(old: str, new: str, said: str | None, german: Path) -> None:
    """One wrong text and nothing of the file is written; the slip is told at the file's own line and column."""
    path = change(exported(german), old, new)
    change(path, "Gebiet Kaluga", "Region Kaluga")
    before = files(german)
    if said is None:
        assert taken(german, path).keys == ("common.yaml#region",)
        return
    with pytest.raises(ContentError) as error:
        taken(german, path)

    line = next(str(complaint) for complaint in error.value.complaints if said in str(complaint))
    assert re.match(rf"{re.escape(str(path))}:\d+:\d+: error: ", line)
    assert "first.yaml#" not in new or path.read_text("utf-8").splitlines()[
        int(line.split(":")[1]) - 1
    ].strip().startswith("<trans-unit")
    assert files(german) == before


HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
OPEN = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
LAUGHS = (
    b"<!DOCTYPE x [<!ENTITY a 'ha'>"
    + b"".join(b"<!ENTITY %c '&%c;&%c;&%c;&%c;'>" % (n + 1, n, n, n, n) for n in range(97, 120))
    + b"]>"
)
HOSTILE = {
    "empty.xlf": (b" \n", ":1:1: error: this file is empty."),
    "cut.xlf": (HEAD + OPEN + b"<file>", ":2:74: error: this file is broken XML"),
    "laughs.xlf": (HEAD + LAUGHS + OPEN + b"&x;</xliff>", ":2:13: error: this file declares a DOCTYPE"),
    "external.xlf": (HEAD + b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + OPEN + b"</xliff>", "declares a DOCTYPE"),
    "deep.xlf": (HEAD + OPEN + b"<g>" * 100_000, "is nested more than 40 deep."),
    "wide.xlf": (HEAD + OPEN + b"<g/>" * 500_001 + b"</xliff>", "has more elements or attributes than texts need."),
    "entity.xlf": (HEAD + OPEN + b"&nbsp;</xliff>", "is broken XML (undefined entity)"),
    "latin.xlf": (HEAD + "<ö/>".encode("latin-1"), ":2:2: error: this file is not UTF-8 (byte 0xf6)."),
    "utf16.xlf": ('<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16"), "is not UTF-8"),
    "bidi.xlf": (HEAD + OPEN + "\u202e</xliff>".encode(), "holds the control character U+202E."),
    "other.xlf": (HEAD + b"<html/>", "is no XLIFF 1.2."),
    "none.xlf": (HEAD + OPEN + b"</xliff>", "has 0 pairs of languages"),
    "huge.xlf": (HEAD + b" " * 10_000_001, "has 10.0 MB; 10 MB are the limit."),
    "texts.doc": (b"x", "is no file that can be imported."),
    "words.po": (b"msgid \"a\"\nnonsense\n", ":2:1: error: this file is no PO file that can be read."),
    "quote.po": (b'msgid "a\nmsgstr "b"\n', "error: this file "),
    "headless.po": (b'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n', "doesn't say its languages"),
    "zip.po": (b"PK\x03\x04", "holds the control character U+0003."),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_damaged_files_are_refused(name: str, german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is broken, too large, or tries to make the reader fetch or unfold something ends with one line and
    exit code 5, and nothing is written."""
    content, said = HOSTILE[name]
    path = german.parent / name
    path.write_bytes(content)
    before = files(german)

    assert build.main(["translations", "import", str(path), "--house", str(german)]) == 5
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and said in told[0]
    assert files(german) == before


def test_po_keeps_one_text_of_each_key(german: Path) -> None:
    """Two messages with one key would be one of them, without a word: they are refused."""
    path = exported(german, "po")
    path.write_text(
        path.read_text("utf-8") + '\nmsgctxt "names.yaml#sea"\nmsgid "the sea"\nmsgstr "die See"\n', "utf-8"
    )

    with pytest.raises(BrochureError, match=r"has the text “names\.yaml#sea” twice"):
        taken(german, path)


def test_an_older_original_is_taken_and_unread(german: Path, edit: Edit) -> None:
    """A text that was translated from what the original said before is taken, warned of, and no longer accepted."""
    path = change(exported(german), "Ein Hafen", "Der Hafen")
    edit("content/en/pages/second.yaml", "A harbour", "A harbour at dawn")
    build.main(["translations", "accept", "--all", "--house", str(german), "--quiet"])
    back = taken(german, path)

    assert ["was translated from another text than the one in en now" in str(c) for c in back.warnings] == [True]
    assert "image.alt" not in (german / "content/de/translated.yaml").read_text("utf-8")
    assert "Der Hafen" in (german / "content/de/pages/second.yaml").read_text("utf-8")


def test_missing_entries_grow_where_they_belong() -> None:
    """Keys that a file hasn't got are put where the original has them, in lists, mappings and brackets."""
    skeleton = b"a: A\nb:\n  - x: X\n    z: Y\n  - x: Z\nc: [one, two]\nd: {k: K, l: L}\n"
    raw = b'# head\na: "1a"  # no remark is lost\nc: [eins]\nd: {}\n'
    out = rewrite.rewritten(raw, {"b.0.x": "iks", "b.0.z": "y: psilon", "c.1": "zwei, drei", "d.l": "el"}, skeleton)

    assert out.decode().splitlines() == [
        "# head", 'a: "1a"  # no remark is lost', "b:", "  - x: iks", '    z: "y: psilon"', 'c: [eins, "zwei, drei"]',
        'd: {l: "el"}',
    ]  # fmt: skip
    with pytest.raises(rewrite.Unwritable, match="the entries before it in its list aren't translated"):
        rewrite.rewritten(b"a: A\n", {"b.1.x": "later"}, skeleton)


def test_nothing_is_lost_of_our_own_files() -> None:
    """Every text of the written language can be taken out and put into a new file, and reads the same."""
    for path in sorted((ROOT / "content/en").rglob("*.yaml")):
        raw = path.read_bytes()
        said = rewrite.texts(raw)

        assert rewrite.rewritten(raw, said, raw) == raw
        if path.stem not in ("language", "units"):
            few = dict([*said.items()][:40])
            assert rewrite.texts(rewrite.rewritten(b"", few, raw)) == few
