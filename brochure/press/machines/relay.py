"""What a worker of the cluster does for us. Nothing of ours is installed there: this module is sent as text (see
``cluster.errand_boy``), leans on the standard library only, and never opens what it passes on. The work itself is done by
hands, child processes that run the code that came in the parcel; so one worker can serve several houses and versions."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

PATIENCE = 3  # s that a hand has to end its own children
PRIVATE = 0o700

_hands: dict[tuple[str, int], subprocess.Popen[bytes]] = {}
_left: set[str] = set()
_lock = threading.Lock()


def furnish(folder: str, parcel: bytes, digest: str, frame: bytes) -> tuple[str, bytes]:
    """Unpacks code and house into a folder of the worker's own, and has a first hand answer ``frame``."""
    _verified(parcel, digest)
    with _lock:
        if folder in _left:
            raise RuntimeError("the run is over")
    Path(folder).mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(parcel)) as packed:
        packed.extractall(folder)
    return ask(folder, 0, frame)


def store(folder: str, name: str, content: bytes, digest: str) -> str:
    """A file that several jobs need, beside the house."""
    _verified(content, digest)
    aside = Path(folder) / f"{name}.aside"
    aside.write_bytes(content)
    aside.replace(Path(folder) / name)
    return name


def ask(folder: str, number: int, frame: bytes, *after: Any) -> tuple[str, bytes]:
    """A hand's answer to a job, with the sha256 that it reckoned itself. ``after``: what had to be here first.
    RuntimeError when it dies."""
    hand = _hand(folder, number)
    try:
        assert hand.stdin is not None
        assert hand.stdout is not None
        hand.stdin.write(len(frame).to_bytes(8, "big") + frame)
        hand.stdin.flush()
        length = int.from_bytes(_read(hand.stdout, 8), "big")
        digest = _read(hand.stdout, 32).hex()
        return digest, _read(hand.stdout, length)
    except (OSError, EOFError, ValueError):
        with _lock:
            _hands.pop((folder, number), None)
        raise RuntimeError(_autopsy(hand, Path(folder) / f"hand-{number}.said")) from None


def drop(folder: str, number: int) -> None:
    """Kills a hand that is silent for too long; a fresh one takes its place at the next job."""
    with _lock:
        hand = _hands.pop((folder, number), None)
    if hand:
        _kill([hand])


def leave(folder: str) -> None:
    """The run is over: its hands are ended, whatever they are doing, and nothing of it stays."""
    with _lock:
        _left.add(folder)
        mine = [_hands.pop(key) for key in list(_hands) if key[0] == folder]
    _kill(mine)
    shutil.rmtree(folder, ignore_errors=True)


def _hand(folder: str, number: int) -> subprocess.Popen[bytes]:
    with _lock:
        if folder in _left:
            raise RuntimeError("the run is over")
        if (folder, number) not in _hands:
            environment = {**os.environ, "PYTHONPATH": folder, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
                           "XDG_CACHE_HOME": str(Path(folder) / "cache")}  # fmt: skip
            with (Path(folder) / f"hand-{number}.said").open("wb") as said:
                _hands[folder, number] = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", "brochure.press.machines.hand"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    cwd=folder,
                    env=environment,
                    start_new_session=True,
                )
        return _hands[folder, number]


def _read(stream: Any, length: int) -> bytes:
    content: bytes = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _verified(content: bytes, digest: str) -> None:
    if hashlib.sha256(content).hexdigest() != digest:
        raise RuntimeError("what was sent came damaged")


def _kill(hands: list[subprocess.Popen[bytes]]) -> None:
    """Ends hands; they have a moment to end their setters, which end in any case when nobody talks to them."""
    for hand in hands:
        hand.terminate()
    for hand in hands:
        try:
            hand.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            hand.kill()
            hand.wait()


def _autopsy(hand: subprocess.Popen[bytes], said: Path) -> str:
    """How a hand died, in a few words."""
    try:
        code = hand.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        hand.kill()
        code = hand.wait()
    lines = said.read_text("utf-8", "replace").strip().splitlines() if said.exists() else []
    last = f" ({lines[-1][:200]})" if lines else ""
    return (f"was ended by {signal.Signals(-code).name}" if code < 0 else f"stopped with {code}") + last
