"""Many machines: a real cluster of two workers that start in empty folders; what happens when they die, lie or differ."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import trustme
from clusters import Workshop, alone, free_port
from conftest import ROOT, furnish, translate
from distributed import Future

from brochure import load, press
from brochure.errors import BrochureError, ExitCode
from brochure.house import House
from brochure.load.lettering import printable
from brochure.load.recipients import recipients
from brochure.press import personal
from brochure.press.machines import foreman, standing
from brochure.press.machines.cluster import Cluster
from brochure.press.machines.far import Far, far
from brochure.press.matrix import Matrix, Outcome
from build import main

EDITION = """personal:
  cover: first
  letter: {id: letter, instead: hello, show: {portal: "https://example.org/"}}
flatplan:
  - {id: first, kind: article, show: {facts: [land.area]}}
  - {id: hello, kind: invitation, show: {members: [norway, sea]}}
  - {id: north, kind: article, show: {facts: [land.parks]}}
  - {id: harbour, kind: article, show: {facts: [land.money]}}
"""
PAGES = {
    "first": "title: Land\nlead: It has {land.area}.\nbody: [It is large.]\nlabels: {land.area: Area}\n",
    "hello": "kicker: Hello\ntitle: Hello\nlead: Come.\nwhy: Why\nreasons: [{title: One, text: A reason.}]\n"
             "alt: An arc\narc_alt: The arc\ncontents_kicker: Inside\nreading: Read.\n",
    "north": "contents: North\ntitle: North Park\nlead: It has {land.parks}.\nbody: [It is open.]\n",
    "harbour": "contents: Harbour\ntitle: The Harbour\nlead: It earns {land.money}.\nbody: [It is deep.]\n",
}  # fmt: skip
PEOPLE = 4


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The options by which scheduler, workers and we know each other: authority, certificate, key."""
    folder = tmp_path_factory.mktemp("papers")
    authority, ours = trustme.CA(), None
    ours = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    ours.private_key_pem.write_to_path(folder / "key.pem")
    for blob in ours.cert_chain_pems:
        blob.write_to_path(folder / "cert.pem", append=True)
    return [
        "--tls-ca-file",
        str(folder / "ca.pem"),
        "--tls-cert",
        str(folder / "cert.pem"),
        "--tls-key",
        str(folder / "key.pem"),
    ]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, papers: list[str]) -> Iterator[Workshop]:
    """A scheduler and two workers, encrypted; nothing of this project is in their folders or on their path."""
    with Workshop(tmp_path_factory.mktemp("workshop"), 2, papers) as it:
        yield it


@pytest.fixture
def there(workshop: Workshop, papers: list[str]) -> Far:
    """Where that is."""
    return far(workshop.address, *map(Path, papers[1::2]))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept in the user's folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """A house in two languages with two editions, screen files: four cells."""
    root = translate(furnish(tmp_path_factory.mktemp("matrix") / "house"))
    (root / "content/editions/again.yaml").write_text("extends: mini\ndate: 2018-01-01\n", "utf-8")
    return press.everything(root, outputs=("screen",))


def files(out: Path) -> dict[str, bytes]:
    """Everything that a run left, by path."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def on(there: Far, matrix: Matrix, out: Path, step: Callable[[str, int, int], None] | None = None) -> Outcome:
    """The matrix, made on the cluster."""
    with Cluster(there) as cluster:
        return press.run_all(matrix, out, step, cluster=cluster)


def test_a_worker_killed_in_the_midst_loses_nothing(
    matrix: Matrix, workshop: Workshop, there: Far, tmp_path: Path
) -> None:
    """Two workers, one of them killed when the first cell is made: the bytes are those of a run here, all of them, and
    nothing of the run stays with who lives on."""
    press.run_all(matrix, tmp_path / "here")
    told: list[int] = []

    def step(name: str, done: int, total: int) -> None:
        if not told:
            os.killpg(workshop.workers[0].pid, signal.SIGKILL)
        told.append(done)

    made = on(there, matrix, tmp_path / "there", step)

    assert made.slips == ()
    assert len(told) == len({order.edition + order.language for order in matrix.wanted}) == 4
    assert workshop.workers[0].wait(60) == -signal.SIGKILL
    assert files(tmp_path / "there") == files(tmp_path / "here")
    assert workshop.idle()
    workshop.hire()


def dear(root: Path) -> tuple[House, Any]:
    """A house whose edition has personal copies, and its recipients."""
    furnish(root)
    (root / "content/en/pages/second.yaml").unlink()
    edition = root / "content/editions/mini.yaml"
    edition.write_text(edition.read_text("utf-8").partition("flatplan:")[0] + EDITION, "utf-8")
    for name, words in PAGES.items():
        (root / f"content/en/pages/{name}.yaml").write_text(words, "utf-8")
    letter = (ROOT / "content/en/pages/letter.yaml").read_text("utf-8")
    (root / "content/en/pages/letter.yaml").write_text(letter, "utf-8")
    rows = (f"Guest {n},,Firm {n},,en,guest{n}@firm.example.com,," for n in range(PEOPLE))
    listed = root / "list.csv"
    listed.write_text("\n".join(("name,latin_name,company,country,language,email,interests,contact", *rows)), "utf-8")
    house = load.house(root)
    return house, printable(house, recipients(house, "mini", listed))


def test_personal_copies_are_those_of_this_machine(
    workshop: Workshop, there: Far, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although a hand is killed and an answer comes damaged: the same copies, and the same journal."""
    monkeypatch.setattr(personal, "BATCH", 2)
    house, (found, called) = dear(tmp_path / "house")
    personal.personalise(house, "mini", found.people, called, tmp_path / "here", jobs=1)
    honest, spoiled, killed = Future.result, list[str](), list[int]()

    def result(future: Any, timeout: Any = None) -> Any:
        digest, content = honest(future, timeout)
        if len(content) > 30_000 and len(spoiled) < 2:
            spoiled.append(digest)
            content = content[:-9] + b"?" + content[-8:]
        return digest, content

    def step(what: str, done: int, total: int) -> None:
        if what == "copies" and not killed:
            killed.extend(hand.pid for hand in workshop.hands() if "brochure.press.machines.hand" in hand.cmdline())
            os.kill(killed[0], signal.SIGKILL)

    monkeypatch.setattr(Future, "result", result)
    with Cluster(there) as cluster:
        made = personal.personalise(house, "mini", found.people, called, tmp_path / "there", step=step, cluster=cluster)
    here, far_off = files(tmp_path / "here"), files(tmp_path / "there")

    assert (made.made, made.complaints, len(spoiled), len(killed)) == (PEOPLE, [], 2, 2)
    assert {*here} == {*far_off}
    journals = [sorted(of.pop("mini/personal/journal.jsonl").splitlines()) for of in (here, far_off)]
    assert here == far_off
    assert journals[0] == journals[1]
    assert len(journals[0]) == PEOPLE
    assert workshop.idle()


def commands(workshop: Workshop) -> list[list[str]]:
    """What is running below the workers."""
    found = []
    for it in workshop.hands():
        with contextlib.suppress(psutil.Error):
            found.append(it.cmdline())
    return found


def test_an_interrupted_run_leaves_nothing_at_work(
    matrix: Matrix, workshop: Workshop, papers: list[str], tmp_path: Path
) -> None:
    """Ctrl-C while the hands are busy: exit code 130, no new file, and the workers are free."""
    told = [
        "--cluster",
        workshop.address,
        "--cluster-ca",
        papers[1],
        "--cluster-cert",
        papers[3],
        "--cluster-key",
        papers[5],
    ]
    run = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), "build", "--all", *told, "--house", str(matrix.house.root),
         "--out", str(tmp_path / "out")],
        env=alone(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while sum("brochure.typeset.child" in it for it in commands(workshop)) < 2 and run.poll() is None:
        time.sleep(0.3)  # a look at all processes costs some milliseconds
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)

    assert (run.returncode, said) == (130, "")
    assert workshop.idle()
    assert [name for name in files(tmp_path) if name.endswith(".pdf")] == []


def test_a_worker_that_would_make_other_bytes_is_left_out(
    matrix: Matrix, there: Far, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another Python or another Pango: told in a line; when none is left, that is the machine's error."""
    honest = Cluster.pythons

    def other(cluster: Cluster) -> tuple[dict[str, str], str]:
        found, ours = honest(cluster)
        return {**found, min(found): "3.9.1.final.0"}, ours

    monkeypatch.setattr(Cluster, "pythons", other)
    ours = standing.here
    monkeypatch.setattr(foreman.standing, "here", lambda setter: ours(setter) | {"pango": "1.0", "pydyf": "0.1"})
    with Cluster(there) as cluster:
        made = press.run_all(matrix, tmp_path / "out", cluster=cluster)
    lines = sorted((str(line) for line in cluster.refused.values()), key=len)

    assert len(lines) == 2
    assert "it has Python 3.9.1.final.0 instead of 3.11" in lines[0]
    assert "it would make other bytes: it has pango 1" in lines[1]
    assert "instead of 1.0, pydyf 0." in lines[1]
    assert all(line.startswith("cluster: warning: the worker tls://127.0.0.1:") for line in lines)
    assert BrochureError(made.slips).exit_code is ExitCode.MACHINE
    assert [str(slip) for slip in made.slips] == [
        f"cluster: error: no worker that could be used is left at {there.address}. Look at the lines on them."
    ]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("tcp://192.0.2.7:8786", "unencrypted"),
        ("press.example.com:8786", "unencrypted"),
        ("ws://127.0.0.1:8786", "is no address"),
        ("tls://127.0.0.1", "is no address"),
        ("tls://127.0.0.1:port", "is no address"),
    ],
)
def test_an_address_that_must_not_be_used(address: str, what: str) -> None:
    """Plain tcp only on this machine, and nothing but tcp and tls."""
    with pytest.raises(BrochureError, match=what) as refused:
        far(address)

    assert refused.value.exit_code is ExitCode.USAGE
    assert far("127.0.0.1:8786") == Far("tcp://127.0.0.1:8786")
    assert far("tcp://[::1]:8786").address == "tcp://[::1]:8786"


def test_whom_a_stranger_asks_answers_nothing(workshop: Workshop, there: Far, tmp_path: Path) -> None:
    """A certificate of another authority, none at all, plain tcp to an encrypted scheduler: one line, exit 6."""
    stranger = trustme.CA().issue_cert("127.0.0.1")
    stranger.private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    own = tmp_path / "own.pem"
    others = {
        # Which of its two last words reaches us first, the alert or the end of the connection, is chance.
        replace(there, certificate=own, key=own): "alert unknown ca|EOF occurred",
        Far(there.address): "name --cluster-ca, --cluster-cert, --cluster-key",
        Far(there.address.replace("tls", "tcp")): "can't be reached",
    }
    for other, what in others.items():
        with pytest.raises(BrochureError, match=what) as refused, Cluster(other):
            pass
        assert refused.value.exit_code is ExitCode.MACHINE
        assert len(refused.value.complaints) == 1


def test_a_cluster_that_is_not_there(
    matrix: Matrix, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody at the address; Dask isn't installed: one line, exit 6."""
    monkeypatch.setattr("brochure.press.machines.cluster.CONNECT", 1)
    told = ["build", "--house", str(matrix.house.root), "--edition", "mini", "--cluster"]

    assert main([*told, f"tcp://127.0.0.1:{free_port()}"]) == 6
    assert "can't be reached" in capsys.readouterr().err

    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "brochure.press.machines.cluster")
    monkeypatch.delattr("brochure.press.machines.cluster", raising=False)
    assert main([*told, "127.0.0.1:8786"]) == 6
    assert "“distributed”, which isn't installed. Install it: " in capsys.readouterr().err
