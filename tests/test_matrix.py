"""The matrix of editions, languages and outputs: several workers, failed cells, reports; whatever happens to a run."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from conftest import ROOT, furnish, hire
from test_editions import FAIR, REPRINT, write

from brochure import deliver, load, press
from brochure.errors import BrochureError, ContentError, ExitCode
from brochure.press import crew
from brochure.press.matrix import Matrix
from brochure.stages import Order
from build import main

BUSY = "another run is writing here"


@pytest.fixture
def two(german: Path) -> Path:
    """A house with two editions, the second in English only."""
    return write(german, FAIR | {REPRINT: FAIR[REPRINT].replace("place: sea", "place: sea\nlanguages: [en]")})


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers keep nothing in the user's folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def files(out: Path) -> dict[str, bytes]:
    """Everything that a run left, by path."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def screens(root: Path) -> Matrix:
    """The whole matrix of a house, screen files only."""
    return press.everything(root, outputs=("screen",))


def test_any_number_of_workers_makes_the_same_bytes(two: Path, tmp_path: Path) -> None:
    """PDFs, pictures, manifests and reports are alike, whether one process makes them or two, which share three cells."""
    for jobs in (1, 2):
        made = press.run_all(press.everything(two, outputs=("screen", "pages")), tmp_path / str(jobs), jobs=jobs)
        assert made.slips == ()
    one, two_made = (files(tmp_path / name) for name in ("1", "2"))

    assert {"mini/en/brochure.screen.pdf", "mini/de/brochure.screen.pdf", "reprint/en/brochure.screen.pdf"} <= set(one)
    assert {"mini/de/pages/01.png", "mini/report.html", "report.html", "manifest.json"} <= set(one)
    assert "reprint/de/brochure.screen.pdf" not in one
    assert one == two_made


def test_a_failed_cell_stops_no_other(two: Path, tmp_path: Path) -> None:
    """A slip of content in one language: the others are published, its older file stays and is marked."""
    out = tmp_path / "out"
    press.run_all(screens(two), out)
    before = files(out)
    page = two / "content/de/pages/first.yaml"
    page.write_text(page.read_text("utf-8").replace("{land.area}", "{land.aera}"), "utf-8")
    english = two / "content/en/pages/third.yaml"
    english.write_text(english.read_text("utf-8").replace("A third page", "The third page"), "utf-8")

    made = press.run_all(screens(two), out)
    after = files(out)

    assert BrochureError(made.slips).exit_code is ExitCode.CONTENT
    assert all("content/de/pages/first.yaml" in str(slip) for slip in made.slips)
    assert after["mini/de/brochure.screen.pdf"] == before["mini/de/brochure.screen.pdf"]
    assert after["reprint/en/brochure.screen.pdf"] != before["reprint/en/brochure.screen.pdf"]
    manifest = json.loads(after["mini/manifest.json"])
    marked = {item["path"]: item.get("outdated", False) for item in manifest["files"]}
    assert marked == {"de/brochure.screen.pdf": True, "en/brochure.screen.pdf": False}
    assert [item["order"] for item in manifest["failed"]] == [{"language": "de"}]
    assert "failed" not in json.loads(after["reprint/manifest.json"])
    assert json.loads(after["manifest.json"])["editions"]["mini"]["failed"] == manifest["failed"]
    assert "there is no fact “land.aera”" in after["report.html"].decode()


def test_a_page_that_cannot_be_set_stops_no_other(two: Path, tmp_path: Path) -> None:
    """Found only while setting, by a worker of several: the same promise, and the same when it is mended."""
    page = two / "content/en/pages/third.yaml"
    sound = page.read_text("utf-8")
    page.write_text(f"title: {'Unbreakable' * 30}\n" + sound.split("\n", 1)[1], "utf-8")
    made = press.run_all(screens(two), tmp_path / "out", jobs=2)
    failed = json.loads((tmp_path / "out/reprint/manifest.json").read_bytes())["failed"]

    assert made.slips
    assert [item["order"] for item in failed] == [{"language": "en", "output": "screen", "product": "brochure"}]
    assert not (tmp_path / "out/reprint/en").exists()
    assert (tmp_path / "out/mini/de/brochure.screen.pdf").exists()

    page.write_text(sound, "utf-8")
    press.run_all(screens(two), tmp_path / "out")

    assert "failed" not in json.loads((tmp_path / "out/reprint/manifest.json").read_bytes())
    assert (tmp_path / "out/reprint/en/brochure.screen.pdf").exists()


def test_one_edition_is_made_whole_or_not_at_all(two: Path, tmp_path: Path) -> None:
    """Without --all a slip in one language changes nothing, with one worker and with two."""
    house = load.house(two)
    wanted = press.orders(house, "mini", outputs=("screen",))
    press.run(house, wanted, tmp_path / "out")
    before = files(tmp_path / "out")
    page = two / "content/de/pages/first.yaml"
    title = re.sub("title: .*", f"title: {'Unzertrennlich' * 30}", page.read_text("utf-8"), count=1)
    page.write_text(title, "utf-8")
    bad = replace(load.house(two, draft=True), draft=False)

    for jobs in (1, 2):
        with pytest.raises(BrochureError, match=r"content/de/pages/first\.yaml"):
            press.run(bad, wanted, tmp_path / "out", jobs=jobs)
        assert files(tmp_path / "out") == before


def test_a_slip_in_what_all_share_stops_all(two: Path) -> None:
    """Facts belong to every cell: then nothing can be made, and everything is told."""
    facts = two / "content/facts/land.yaml"
    facts.write_text(facts.read_text("utf-8").replace("value: 7000", "value: seven"), "utf-8")

    with pytest.raises(ContentError, match=r"content/facts/land\.yaml:10"):
        screens(two)


def test_a_language_that_no_edition_has_is_told(two: Path) -> None:
    """A misspelt language isn't an empty run."""
    with pytest.raises(ContentError, match=r"no edition has the language “dee”. Did you mean “de”\?"):
        press.everything(two, languages=("en", "dee"))


def test_an_edition_that_cannot_be_read_is_one_failed_cell(two: Path, tmp_path: Path) -> None:
    """The others are made; the report names it with its slip."""
    write(two, {"content/editions/zeta.yaml": "extends: minni\n"})
    made = press.run_all(screens(two), tmp_path / "out")
    manifest = json.loads((tmp_path / "out/manifest.json").read_bytes())["editions"]

    assert [str(slip) for slip in made.slips] == [
        "content/editions/zeta.yaml:1:10: error: there is no edition “minni”. Did you mean “mini”?"
    ]
    assert manifest["zeta"]["failed"][0]["complaints"] == [str(made.slips[0])]
    assert (tmp_path / "out/reprint/en/brochure.screen.pdf").exists()


def test_an_edition_that_is_busy_stops_no_other(two: Path, tmp_path: Path) -> None:
    """Another run holds one folder: the other edition is made, and the exit code is 7."""
    with deliver.Output(tmp_path / "out/mini"):
        made = press.run_all(screens(two), tmp_path / "out")

    assert BUSY in str(made.slips[0])
    assert BrochureError(made.slips).exit_code is ExitCode.BUSY
    assert (tmp_path / "out/reprint/en/brochure.screen.pdf").exists()


def test_a_worker_s_death_is_one_failed_cell(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at its first step, a worker costs its own cell; another takes its place and makes the rest."""
    killed: list[str] = []
    heard = crew.Crew._hear

    def hear(self: crew.Crew, busy: dict[crew.Worker, crew.Task]) -> tuple[crew.Worker, str, object]:
        for worker, task in busy.items():
            if task.setting.edition == "reprint" and not killed:
                killed.append(task.name)
                worker.process.kill()
        return heard(self, busy)

    monkeypatch.setattr(crew.Crew, "_hear", hear)
    made = press.run_all(screens(two), tmp_path / "out", jobs=2)

    assert [str(slip) for slip in made.slips] == [
        "reprint/en: error: the worker that made this was ended by SIGKILL. Run it again; with --jobs 1 when memory is short."
    ]
    assert BrochureError(made.slips).exit_code is ExitCode.MACHINE
    assert {path for path in files(tmp_path / "out") if path.endswith(".pdf")} == {
        "mini/de/brochure.screen.pdf", "mini/en/brochure.screen.pdf",
    }  # fmt: skip


def children(parent: int, named: str) -> list[int]:
    """The processes that a process has started, by a part of their command line."""
    with contextlib.suppress(psutil.Error):
        return [it.pid for it in psutil.Process(parent).children() if named in " ".join(it.cmdline())]
    return []


def until(found: Callable[[], list[int]], many: int) -> list[int]:
    """Waits until there are so many, a minute at most."""
    end = time.monotonic() + 60
    while len(there := found()) != many:
        assert time.monotonic() < end
        time.sleep(0.2)  # a look costs some milliseconds
    return there


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_leaves_the_last_good_files(two: Path, sign: signal.Signals, code: int) -> None:
    """Ctrl-C and SIGTERM end every worker and setter; the files stay as they were, no half-written ones beside them."""
    write(two, {"out/mini/en/brochure.screen.pdf": "old", "out/reprint/report.html": "old"})
    before = files(two / "out")
    run = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), "build", "--all", "--jobs", "2", "--house", str(two)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    workers = until(lambda: children(run.pid, "press.worker"), 2)
    setters = until(lambda: children(workers[0], "typeset.child"), 1)
    run.send_signal(sign)

    assert run.wait(30) == code
    until(lambda: [pid for pid in [*workers, *setters] if Path(f"/proc/{pid}").exists()], 0)
    assert files(two / "out") == before


def test_the_front_door_makes_all_editions(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command, one report; a failed cell is told and gives its exit code."""
    page = two / "content/de/pages/first.yaml"
    page.write_text(page.read_text("utf-8").replace("{land.area}", "{land.aera}"), "utf-8")
    code = main(["build", "--all", "--output", "screen", "--jobs", "1", "--house", str(two)])
    said = capsys.readouterr()

    assert code == ExitCode.CONTENT
    assert "content/de/pages/first.yaml" in said.err
    assert "reprint/en/brochure.screen.pdf" in said.out
    assert str(two / "out/report.html") in said.out


@pytest.mark.parametrize(
    "wrong", [["--jobs", "0"], ["--jobs", "many"], ["--all", "--edition", "mini"], ["--all", "--page", "first"]]
)
def test_what_cannot_be_asked_is_told(two: Path, wrong: list[str]) -> None:
    """Exit code 2, and nothing is made."""
    try:
        code = main(["build", *wrong, "--house", str(two)])
    except SystemExit as stopped:
        code = int(str(stopped.code))

    assert code == ExitCode.USAGE
    assert not (two / "out").exists()


def test_another_output_of_an_edition_joins_its_report(root: Path, tmp_path: Path) -> None:
    """A report shows all files of an edition, also those of earlier runs, each with its picture."""
    house = load.house(root)
    press.run(house, [Order("mini", "en")], tmp_path)
    press.run(house, [Order("mini", "en", "pages")], tmp_path)
    report = (tmp_path / "mini/report.html").read_text("utf-8")

    assert report.count("data:image/jpeg;base64,/9j/") == 1
    assert 'href="en/brochure.screen.pdf"' in report


def test_a_report_counts_what_it_shows(root: Path, tmp_path: Path) -> None:
    """Pictures of pages are told by their number, not among the files; those of pages that are no more go."""
    house = load.house(root)
    press.run(house, [Order("mini", "en"), Order("mini", "en", "pages")], tmp_path)
    pictures = sorted((tmp_path / "mini/en/pages").iterdir())
    left = pictures[0].with_name("31.png")
    shutil.copy(pictures[0], left)
    press.run(house, [Order("mini", "en", "pages")], tmp_path)
    report = (tmp_path / "mini/report.html").read_text("utf-8")

    assert f"<b>1</b>file</span><span><b>{len(pictures)}</b>page pictures</span>" in report
    assert f'<a href="en/pages/">{len(pictures)} page pictures</a>' in report
    assert not left.exists()


def test_a_report_holds_no_script_and_escapes_what_people_write(tmp_path: Path) -> None:
    """Whatever a title says is text; nothing is fetched, nothing runs."""
    root = hire(furnish(tmp_path / "house"))
    title = root / "content/en/editions/mini.yaml"
    title.write_text(
        title.read_text("utf-8").replace("title: The miniature", "title: '{=<script>alert(1)</script>} & \"x\"'")
    )
    press.run(load.house(root), [Order("mini", "en"), Order("mini", "en", "print", (), "offset")], tmp_path)
    report = (tmp_path / "mini/report.html").read_text("utf-8")

    assert "<script" not in report
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in report
    assert "default-src 'none'" in report
    assert not re.search(r'(?:src|href)="(?:https?:|//)', report)
    assert "fit for press" in report
    assert "PDF/X-4" in report
    assert 'href="en/brochure.print.zip"' in report


def test_workers_are_as_many_as_cores_memory_and_tasks_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a core; fewer where memory is short; never more than there is to do, never none."""
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 8 * 10**9 // 4096}
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(6)), raising=False)
    monkeypatch.setattr(os, "sysconf", pages.__getitem__)

    assert [crew.hands(tasks) for tasks in (1, 4, 50)] == [1, 4, 6]
    pages["SC_PHYS_PAGES"] = 3 * 10**9 // 4096
    assert crew.hands(50) == 2
    pages["SC_PHYS_PAGES"] = 1000
    assert crew.hands(50) == 1
