"""What an editor is told: each file in slips/ has one kind of slip, with the expected message beside the bad line.

The first line says which file of the miniature it replaces; another such line begins another file. A marker
``# slip COLUMN: error: …`` is taken out before the file is read."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, told

from brochure.errors import Place

SLIPS = sorted((Path(__file__).parent / "slips").glob("*.yaml"))
HEAD = "# in: "
MARKER = re.compile(r"  # slip (\d+): (error|warning): (.*)$")


def expected(slip: Path) -> tuple[dict[str, str], list[str]]:
    """The files it replaces, their content without markers, and the lines that must be said."""
    files, said = {}, []
    for part in slip.read_text("utf-8").removeprefix(HEAD).split(f"\n{HEAD}"):
        file, _, body = part.partition("\n")
        for number, line in enumerate(body.split("\n"), 1):
            if marker := MARKER.search(line):
                said.append(f"{file}:{number}:{marker[1]}: {marker[2]}: {marker[3]}")
        files[file] = "\n".join(MARKER.sub("", line) for line in body.split("\n"))
    return files, said


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.stem)
def test_a_slip_is_told_where_it_is(slip: Path, root: Path) -> None:
    """Each slip gives exactly its own messages, at file, line and column, and nothing else."""
    files, said = expected(slip)
    for file, content in files.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(content, "utf-8")

    assert said == [str(complaint) for complaint in told(root)]


def test_there_are_forty_different_messages() -> None:
    """At least forty slips are told apart, and no two files have the same reason."""
    reasons = [re.sub("“[^”]*”|[0-9]+", "…", MARKER.search(line)[3]) for slip in SLIPS  # type: ignore[index]
               for line in slip.read_text("utf-8").split("\n") if MARKER.search(line)]  # fmt: skip
    whats = [re.split(r"(?<=[.]) ", reason)[0] for reason in reasons]
    kinds = [reason for reason in whats if not reason.startswith("there is no …")]

    assert len(set(whats)) >= 40
    assert len(set(kinds)) == len(kinds)


def test_every_message_says_what_to_do() -> None:
    """Each message has a second sentence: the remedy."""
    for slip in SLIPS:
        for line in expected(slip)[1]:
            assert re.search(r"[.?] \S|\?$", line), line


def test_slips_of_many_files_are_told_in_one_run(root: Path) -> None:
    """A syntax slip ends the reading of its own file only: the others are still read to the end."""
    for file, old, new in (
        ("content/sources.yaml", "title: A statement", 'title: "A statement'),
        ("content/facts/land.yaml", "value: 7000", "value: seven"),
        ("content/facts/land.yaml", "unit: days", "unit: dais"),
        ("content/editions/mini.yaml", "[land.money]", "[land.mony]"),
        ("content/en/pages/second.yaml", "title: A second", "titel: A second"),
        ("content/brand.yaml", "screen: C89B2C", "screen: gold"),
    ):
        text = (root / file).read_text("utf-8")
        (root / file).write_text(text.replace(old, new, 1), "utf-8")

    places = [(c.where.file.rpartition("/")[2], c.where.line) for c in told(root)]  # type: ignore[union-attr]

    assert sorted(places, key=lambda p: ["brand.yaml", "mini.yaml", "land.yaml", "second.yaml", "sources.yaml"].index(p[0])) == [
        ("brand.yaml", 25), ("mini.yaml", 14), ("land.yaml", 10), ("land.yaml", 31), ("second.yaml", 1),
        ("second.yaml", 1), ("sources.yaml", 2),
    ]  # fmt: skip


def test_bad_bytes_are_told_with_line_and_column(root: Path) -> None:
    """A file saved in another encoding is refused at the first bad byte."""
    (root / "content/en/names.yaml").write_bytes("norway: Norway\nsea: Ö".encode("latin-1"))

    assert [str(complaint) for complaint in told(root)] == [
        "content/en/names.yaml:2:6: error: the byte 0xd6 is not UTF-8. Save the file again with the encoding UTF-8."
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_fine(root: Path) -> None:
    """CRLF and BOM change nothing."""
    for path in (root / "content").rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert told(root) == ()


def test_a_missing_file_is_told(root: Path) -> None:
    """Words that nobody has written yet are named by the file that they belong in."""
    (root / "content/en/pages/second.yaml").unlink()

    assert [str(complaint) for complaint in told(root)] == [
        "content/en/pages/second.yaml:1:1: error: this file is missing. Write it, or take it from another house."
    ]


def test_a_file_that_nothing_reads_is_told(root: Path) -> None:
    """A page's words under a misspelt name are found, with the name that was meant."""
    (root / "content/en/pages/secnd.yaml").write_text("title: Lost\n")

    assert (
        "content/en/pages/secnd.yaml:1:1: error: nothing in any flatplan reads this file. Did you mean “second”?"
        in map(str, told(root))
    )


def test_a_stale_fact_is_an_error_in_a_strict_edition(root: Path) -> None:
    """What is a warning elsewhere stops an edition that says strict: true."""
    edition, words = root / "content/editions/mini.yaml", root / "content/en/pages/second.yaml"
    words.write_text(words.read_text().replace("{land.neighbours}", "{land.people}"))
    before = told(root)
    edition.write_text(edition.read_text().replace("default: true", "default: true\nstrict: true"))

    assert [complaint.warning for complaint in before] == [True]
    assert [complaint.warning for complaint in told(root)] == [False]


def test_two_default_printers_are_told(root: Path) -> None:
    """Which printer is the usual one must be said once."""
    shutil.copytree(ROOT / "content/printers", root / "content/printers")
    other = (root / "content/printers/offset.yaml").read_text("utf-8")
    (root / "content/printers/zeta.yaml").write_text(other, "utf-8")

    assert [str(complaint) for complaint in told(root)] == [
        "content/printers/zeta.yaml:1:1: error: “offset” and “zeta” are both the default printer. Leave default: true in one."
    ]


def test_a_house_with_printers_has_job_tickets(root: Path) -> None:
    """What a ticket says must be written in every language."""
    shutil.copytree(ROOT / "content/printers", root / "content/printers")
    (root / "content/en/ticket.yaml").unlink()

    assert [str(complaint) for complaint in told(root)] == [
        "content/en/ticket.yaml:1:1: error: this file is missing. Write it, or take it from another house."
    ]


def test_only_ordinary_files_are_read(root: Path) -> None:
    """A pipe, a folder or a link that leads out of the house is told, not waited for."""
    page, names = root / "content/en/pages/second.yaml", root / "content/en/names.yaml"
    page.unlink()
    os.mkfifo(page)
    names.unlink()
    names.symlink_to("/etc/hostname")
    os.mkfifo(root / "templates/pipe.html")

    assert [c.where.file for c in told(root) if isinstance(c.where, Place) and "no file of the house" in c.what] == [
        "content/en/names.yaml",
        "content/en/pages/second.yaml",
    ]


def test_a_template_in_another_encoding_is_told(root: Path) -> None:
    """A template that isn't UTF-8 is the designer's to mend."""
    (root / "templates/pages/article.html").write_bytes("Ö".encode("latin-1"))

    assert any("templates/pages/article.html:1:1: error: this template is not UTF-8." in str(c) for c in told(root))
