"""The native libraries that the setter stands on, and which of them this machine lacks."""

from __future__ import annotations

import ctypes

#: library → its file on Linux, macOS and Windows.
LIBRARIES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll"),
    "pangoft2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib", "libpangoft2-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
}


def opened(library: str) -> ctypes.CDLL | None:
    """The library, or None when no file of its names can be loaded."""
    for name in LIBRARIES[library]:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def missing() -> list[str]:
    """The libraries that this machine lacks."""
    return [library for library in LIBRARIES if opened(library) is None]
