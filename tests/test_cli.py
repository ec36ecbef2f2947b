"""The front door: exit codes, JSON, help, and never a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

import build

Edit = Callable[[str, str, str], Path]
LINE = re.compile(r"[^:]+(:\d+:\d+)?: (error|warning): .+")


def run(root: Path, *arguments: str) -> int:
    """One command on a house; its exit code."""
    return build.main([*arguments, "--house", str(root)])


def test_no_command_builds_the_default_edition(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """python build.py alone makes every output of the default edition."""
    assert build.main(["--house", str(root)]) == 0
    assert (root / "out/mini/en/brochure.screen.pdf").read_bytes().startswith(b"%PDF")
    assert "brochure.screen.pdf" in capsys.readouterr().out


def test_single_pages_are_printed_as_pictures(root: Path) -> None:
    """--page sets one page and writes its picture under its page number."""
    assert run(root, "build", "--page", "second") == 0
    assert [path.name for path in (root / "out/mini/en/pages").iterdir()] == ["02.png"]


@pytest.mark.parametrize(("file", "old", "new", "code"), [
    ("content/en/pages/first.yaml", "title: A first", "titel: A first", 3),
    ("templates/pages/article.html", "words.title", "words.titel", 4),
    ("assets/css/pages/article.css", "--r: 0", "color: #fff", 4),
    ("content/brand.yaml", "GolosText-Medium.ttf", "None.ttf", 5),
])  # fmt: skip
def test_exit_codes_say_who_can_mend_it(file: str, old: str, new: str, code: int, root: Path, edit: Edit,
                                        capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """3 is content, 4 a template, 5 an asset; every line on stderr is a complaint."""
    edit(file, old, new)

    assert code == run(root, "build")
    assert all(LINE.fullmatch(line) for line in capsys.readouterr().err.splitlines())


def test_the_highest_code_wins(root: Path, edit: Edit) -> None:
    """With slips of several people the worst one names the run."""
    edit("content/brand.yaml", "GolosText-Medium.ttf", "None.ttf")
    edit("content/en/pages/first.yaml", "title: A first", "titel: A first")

    assert run(root, "check") == 5


def test_json_is_one_object(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints the same complaints for machines, and nothing else."""
    edit("content/en/pages/first.yaml", "title: A first", "titel: A first")
    code = run(root, "check", "--json")
    told = json.loads(capsys.readouterr().out)

    assert code == told["exit"] == 3
    assert {key: told["complaints"][1][key] for key in ("file", "line", "column")} == {
        "file": "content/en/pages/first.yaml",
        "line": 2,
        "column": 1,
    }


def test_quiet_says_nothing_when_all_is_well(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--quiet prints only errors."""
    assert run(root, "check", "--quiet") == 0
    assert capsys.readouterr() == ("", "")


def test_an_internal_error_is_one_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bug writes a report file; the editor sees no traceback."""

    def broken(*_: object) -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr("brochure.press.house", broken)

    assert run(root, "check") == 70
    said = capsys.readouterr().err
    assert "internal error; the report is in" in said and "Traceback" not in said
    assert "a bug" in Path(re.search(r"in (\S+\.txt)", said)[1]).read_text()  # type: ignore[index]


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_that_is_no_house_is_a_usage_error(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--house with a wrong folder is one line, and nothing is written there."""
    assert run(tmp_path / folder, "build") == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and "Name a house after --house." in said[0]
    assert not list(tmp_path.iterdir())


def test_a_flood_ebbs_on_the_terminal_only(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with very many slips is cut after a hundred; --json holds all, and the exit code is the same."""
    with (root / "content/en/labels.yaml").open("a") as labels:
        labels.writelines(f"label_{number}: {number}\n" for number in range(230))

    assert run(root, "check") == 3
    said = capsys.readouterr().err.splitlines()
    assert (len(said), said[-1]) == (101, "content/en/labels.yaml: error: and 130 more in this file. Mend these first.")
    assert run(root, "check", "--json") == 3
    assert len(json.loads(capsys.readouterr().out)["complaints"]) == 230


def test_no_control_reaches_the_terminal(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """What an editor wrote is told without the characters that a terminal would obey."""
    edit("content/en/pages/first.yaml", "title: A first", '"\\e[31mtitle\\u009b2J": A first')
    (root / "content/editions/\x1b[2J\u202e.yaml").write_text("a: b")

    for how in ((), ("--json",)):
        assert run(root, "check", *how) == 3
        captured = capsys.readouterr()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", captured.out + captured.err)
        assert "title" in captured.out + captured.err


def test_facts_prints_the_register(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where each fact is used, its state, and what only the region claims."""
    assert run(root, "facts", "--json") == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)["facts"]}

    assert tuple(rows["land.area"][key] for key in ("printed", "state", "pages")) == (
        "12.50\u00a0ha",
        "fresh",
        ["first"],
    )
    assert "land.town" not in rows


def test_facts_due_names_what_goes_stale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--due DATE lists the printed facts that will be stale then."""
    assert run(root, "facts", "--json", "--due", "2030-01-01") == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)["facts"]] == ["land.area"]


def test_a_bad_date_is_a_usage_error(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date that is none is answered with what a date looks like."""
    with pytest.raises(SystemExit, match="2"):
        run(root, "facts", "--due", "soon")

    assert "“soon” is not a date. Write 2018, 2018-01 or 2018-01-01." in capsys.readouterr().err


def test_an_unknown_edition_or_page_has_a_suggestion(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Misspelt orders are answered with what was meant."""
    assert (run(root, "build", "--edition", "mimi"), run(root, "build", "--page", "secnd")) == (3, 3)
    said = capsys.readouterr().err
    assert "there is no edition “mimi”. Did you mean “mini”?" in said
    assert "the flatplan has no page “secnd”. Did you mean “second”?" in said


def test_the_flatplan_is_one_picture(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """flatplan lists the pages and draws them as spreads."""
    assert run(root, "flatplan") == 0
    assert (root / "out/mini/flatplan.png").read_bytes().startswith(b"\x89PNG")
    assert "article" in capsys.readouterr().out


def test_doctor_tells_every_version(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """doctor lists what we stand on, native libraries included."""
    assert run(root, "doctor", "--json") == 0
    assert {"weasyprint", "pango", "harfbuzz", "pillow"} <= json.loads(capsys.readouterr().out)["versions"].keys()


@pytest.mark.parametrize("command", build.COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--help says what a command does, and usage errors end with 2."""
    with pytest.raises(SystemExit) as helped:
        build.main([command, "--help"])
    said = capsys.readouterr().out
    with pytest.raises(SystemExit) as wrong:
        build.main([command, "--nonsense"])

    assert len(said.splitlines()) > 5
    assert (helped.value.code, wrong.value.code) == (0, 2)


def test_no_colours_outside_a_terminal(root: Path, edit: Edit) -> None:
    """Output that goes into a file or a pipe holds no escape codes."""
    edit("content/en/pages/first.yaml", "title: A first", "titel: A first")
    said = subprocess.run(
        [sys.executable, "build.py", "check", "--house", str(root)], cwd=ROOT, capture_output=True, check=False
    )

    assert b"\x1b" not in said.stdout + said.stderr


def test_content_and_templates_are_told_in_one_run(root: Path, edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the words doesn't hide one in a template or stylesheet."""
    edit("content/en/pages/first.yaml", "title: A first", "titel: A first")
    edit("templates/pages/article.html", "<h1>", '<h1 style="color: var(--gold)">')

    assert run(root, "check") == 4
    said = capsys.readouterr().err
    assert "content/en/pages/first.yaml:2:1" in said and "templates/pages/article.html" in said
