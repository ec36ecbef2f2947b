"""How the two processes talk: a line of JSON, then the bytes that it announces."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO


def pack(message: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """A message with its blobs as bytes."""
    head = json.dumps({**message, "blobs": [len(blob) for blob in blobs]}).encode() + b"\n"
    return b"".join([head, *blobs])


def unpack(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """The next message and its blobs; None when the other side has closed."""
    head = stream.readline()
    if not head.endswith(b"\n"):
        return None
    message = json.loads(head)
    blobs = [stream.read(length) for length in message.pop("blobs")]
    return message, blobs


def announced(head: bytes) -> int | None:
    """The whole length of a message by what has come of it; None while its first line isn't complete."""
    line, newline, _ = head.partition(b"\n")
    return len(line) + 1 + sum(json.loads(line)["blobs"]) if newline else None
