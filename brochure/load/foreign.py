"""Single files as they lie on the disk: an office's, and those of content/ that are to be written anew."""

from __future__ import annotations

from pathlib import Path

from brochure.errors import AssetError, Complaint, ExitCode


def office(path: Path, megabytes: int) -> bytes:
    """A file that came from outside; AssetError when it can't be read or has more MB than it may."""
    try:
        if not path.is_file():
            raise _unreadable(path, "is no file." if path.exists() else "isn't there.")
        if (size := path.stat().st_size) > megabytes * 1_000_000:
            raise _unreadable(path, f"has {size / 1e6:.1f} MB; {megabytes} MB are the limit.")
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, f"can't be read ({error.strerror}).") from None


def _unreadable(path: Path, what: str) -> AssetError:
    return AssetError([Complaint(str(path), f"this file {what}", "Look at its name and its rights.", ExitCode.ASSET)])


def content(root: Path, file: str) -> bytes:
    """A file of the house as it is; empty when it isn't there yet."""
    path = root / file
    return path.read_bytes() if path.exists() else b""
