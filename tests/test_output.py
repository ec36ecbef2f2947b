"""Output is always whole: interrupted, refused or doubled runs leave the last good files."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from conftest import ROOT

import build
from brochure.deliver import Output, entry
from brochure.errors import BusyError, MachineError
from brochure.stages import Product

Moment = Callable[[Path, "subprocess.Popen[bytes]"], bool]


def test_files_appear_only_when_published(tmp_path: Path) -> None:
    """Until the end of a run the old file stays, byte for byte."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    with Output(tmp_path) as output:
        output.put("a.pdf", b"new")
        during = (tmp_path / "a.pdf").read_bytes()
        output.publish()

    assert (during, (tmp_path / "a.pdf").read_bytes()) == (b"old", b"new")


def test_a_failed_run_changes_nothing(tmp_path: Path) -> None:
    """An error on the way leaves the folder as it was, without anything half-written."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    with pytest.raises(RuntimeError), Output(tmp_path) as output:
        output.put("a.pdf", b"new")
        raise RuntimeError

    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert {"a.pdf", ".lock"} >= {path.name for path in tmp_path.iterdir()}


def test_a_second_run_is_turned_away(tmp_path: Path) -> None:
    """Two runs on one output don't mix."""
    with Output(tmp_path), pytest.raises(BusyError, match="another run is writing here"), Output(tmp_path):
        pass


def test_what_dead_runs_left_is_swept(tmp_path: Path) -> None:
    """The folder of a run that was killed goes when the next one begins."""
    left = tmp_path / ".brochure-999999999"
    left.mkdir()
    with Output(tmp_path):
        pass

    assert not left.exists()


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space left is a machine's error, and the old file stays."""
    (tmp_path / "a.pdf").write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match="No space left"), Output(tmp_path) as output:
        output.put("a.pdf", b"new")

    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_a_folder_that_can_t_be_written_is_told_at_once(tmp_path: Path) -> None:
    """A file where the folder should be is told before anything is set."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(MachineError, match="can't make the output folder"), Output(tmp_path / "out"):
        pass


def test_the_manifest_keeps_what_still_exists(tmp_path: Path) -> None:
    """Files of other runs stay listed as long as they are there; the sidecar is keyed by the file's digest."""
    for name in ("a.pdf", "b.pdf"):
        with Output(tmp_path) as output:
            product = Product(name, name.encode(), 2, ("PDF/UA-1",), "d")
            output.put(name, product.content)
            output.record("mini", [entry(name, product)], {"pango": "1"}, {name: {"k": f"{name}:1:1"}})
            output.publish()
    (tmp_path / "a.pdf").unlink()
    with Output(tmp_path) as output:
        output.record("mini", [], {"pango": "1"}, {})
        output.publish()
    listed = json.loads((tmp_path / "manifest.json").read_text())

    assert [item["path"] for item in listed["files"]] == ["b.pdf"]
    assert [listed["files"][0]["sha256"]] == list(json.loads((tmp_path / "places.json").read_text()))


@pytest.mark.parametrize(
    "damaged", ["[]", "{", '{"files": 5}', '{"files": [1, {"path": 2}]}', "[" * 100_000, "\\ud800"]
)
def test_a_damaged_manifest_is_made_again(damaged: str, tmp_path: Path) -> None:
    """Whatever stands in an older manifest or sidecar, a run writes a whole one."""
    for name in ("manifest.json", "places.json"):
        (tmp_path / name).write_text(damaged)
    with Output(tmp_path) as output:
        product = Product("a.pdf", b"a", 2, (), "d")
        output.put("a.pdf", product.content)
        output.record("mini", [entry("a.pdf", product)], {}, {})
        output.publish()

    assert [item["path"] for item in json.loads((tmp_path / "manifest.json").read_text())["files"]] == ["a.pdf"]


def opened(root: Path, run: subprocess.Popen[bytes]) -> bool:
    """Whether a run has begun to write."""
    return (root / f"out/mini/.brochure-{run.pid}").exists()


def setting(_: Path, run: subprocess.Popen[bytes]) -> bool:
    """Whether a run lays pages out."""
    with contextlib.suppress(psutil.Error):
        return bool(psutil.Process(run.pid).children())
    return False


def written(root: Path, run: subprocess.Popen[bytes]) -> bool:
    """Whether a run has put a file aside."""
    return any((root / f"out/mini/.brochure-{run.pid}").rglob("*.pdf"))


@pytest.mark.parametrize(("how", "moments"), [
    (signal.SIGKILL, (opened, written)), (signal.SIGTERM, (setting,)), (signal.SIGINT, (setting,)),
])  # fmt: skip
def test_a_run_that_is_stopped_leaves_the_last_good_file(how: signal.Signals, moments: tuple[Moment, ...], root: Path) -> None:  # fmt: skip
    """Whenever a build is stopped, the PDF is the old one or the new one; the next build sweeps up."""
    told = ["--house", str(root), "--quiet"]
    assert build.main(told) == 0
    target = root / "out/mini/en/brochure.screen.pdf"
    good = target.read_bytes()
    for moment in moments:
        run = subprocess.Popen([sys.executable, str(ROOT / "build.py"), *told], stderr=subprocess.DEVNULL)
        while run.poll() is None and not moment(root, run):
            time.sleep(0.05)
        run.send_signal(how)
        code = run.wait(60)

        assert code in (0, -how, 130, 143)  # -how: stopped before Python had begun
        assert good == target.read_bytes()
    assert build.main(told) == 0

    assert not list((root / "out/mini").glob(".brochure-*"))
