"""What this machine stands on: versions, and the ones that are known to be bad."""

from __future__ import annotations

import platform
import pyexpat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from brochure.errors import BrochureError
from brochure.typeset import Setter

#: package → the least version without a known hole, and what is wrong below it.
FLOORS = {
    "weasyprint": ("70.0", "older releases fetch stylesheets past the fetcher (CVE-2026-55073)"),
    "pillow": ("13.0.0", "older releases can be overrun by a picture (CVE-2026-112403)"),
    "jinja2": ("3.1.6", "older sandboxes can be left (CVE-2025-27516)"),
    "fonttools": ("4.60.2", "CVE-2025-66034"),
    "pyyaml": ("6.0.1", "older releases construct objects"),
    "pydantic": ("2.11", "the models need it"),
    "pikepdf": ("10.0", "older releases lack qpdf's limits"),
    "babel": ("2.17", "the languages need it"),
}
#: native library → versions that are known to crash or to print wrongly.
BAD = {"pango": {"1.56.4": "crashes on some fonts (WeasyPrint #2507)"}}


@dataclass(frozen=True)
class Examined:
    """One thing that we stand on."""

    name: str
    version: str
    good: bool
    verdict: str
    remedy: str = ""


def examine() -> Iterator[Examined]:
    """Everything that we stand on, one by one."""
    yield Examined(
        "python", platform.python_version(), sys.version_info >= (3, 11), "", "Install Python 3.11 or newer."
    )
    for package, (floor, why) in FLOORS.items():
        yield _package(package, floor, why)
    expat = ".".join(map(str, pyexpat.version_info))
    yield Examined(
        "expat",
        expat,
        True,
        "slow on hostile SVG; drawings with a DOCTYPE are refused before it sees them"
        if pyexpat.version_info < (2, 10, 0)
        else "",
    )
    yield from _native()


def _package(package: str, floor: str, why: str) -> Examined:
    try:
        found = version(package)
    except PackageNotFoundError:
        return Examined(package, "missing", False, "is not installed", "Run make setup.")
    good = _numbers(found) >= _numbers(floor)
    return Examined(package, found, good, "" if good else f"is older than {floor}: {why}", "Run make setup.")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".")[:3] if part.isdigit())


def _native() -> Iterator[Examined]:
    """The setter's native libraries, as the setter itself sees them."""
    with Setter() as setter:
        try:
            versions = setter.versions()
        except BrochureError as error:
            yield Examined(
                "setter", "dead", False, str(error.complaints[0].what).rstrip("."), error.complaints[0].remedy
            )
            return
    for name in ("pango", "harfbuzz", "harfbuzz-subset"):
        found = versions.get(name, "unknown")
        trouble = BAD.get(name, {}).get(found, "")
        if found == "unknown":
            yield Examined(
                name,
                found,
                name == "harfbuzz",
                "was not found",
                "Install libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0 (apt), or pango (brew).",
            )
        else:
            yield Examined(name, found, not trouble, trouble, "Install another version.")
