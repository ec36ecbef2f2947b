"""What the bytes of a file depend on beside the house: the interpreter, the packages, the native libraries. Machines that
differ in one of them aren't used together."""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from PIL import features

from brochure.typeset import Setter

#: Every package that composes, sets, draws, finishes or judges.
PACKAGES = (
    "babel", "css-inline", "cssselect2", "fonttools", "jinja2", "leather", "lxml", "markupsafe", "pikepdf", "pillow",
    "pydantic", "pydantic-core", "pydyf", "pypdfium2", "pyphen", "pyyaml", "segno", "tinycss2", "tinyhtml5", "uharfbuzz",
    "weasyprint", "zxing-cpp",
)  # fmt: skip
PICTURES = ("littlecms2", "freetype2", "jpg", "libjpeg_turbo", "webp", "zlib", "zlib_ng")  # as Pillow calls them
PROBE = bytes(range(256)) * 256  # zlib and its rivals pack it differently


def here(setter: Setter) -> dict[str, str]:
    """Versions by name, the setter's own included; ``packing``: what deflate makes of a known text. Raises MachineError
    when the setter can't start."""
    return {
        "python": platform.python_version(),
        "processor": platform.machine(),
        "system": platform.system(),
        "packing": hashlib.sha256(zlib.compress(PROBE)).hexdigest()[:12],
        **{name: _version(name) for name in PACKAGES},
        **{f"pillow's {name}": features.version(name) or "none" for name in PICTURES},
        **setter.versions(),
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def differences(theirs: Mapping[str, str], ours: Mapping[str, str]) -> Iterator[str]:
    """What is another there than here, in words."""
    for name in sorted({*theirs, *ours}):
        if theirs.get(name) != ours.get(name):
            yield f"{name} {theirs.get(name, 'none')} instead of {ours.get(name, 'none')}"
