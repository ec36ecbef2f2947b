"""What the tests of the print file stand on: raw masters, finished files, and readers that share no code with the
separation (qpdf's plain form read by regular expressions, Ghostscript's pictures)."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT, shipped
from pikepdf import Array, Dictionary, Name
from PIL import Image

from brochure.finish import prepress
from brochure.house import House
from brochure.model.brand import Brand
from brochure.model.printer import Printer
from brochure.paper import PAPERS
from brochure.stages import Proof, Sheet

PROFILE = (ROOT / "assets/icc/ISOcoated_v2_300_bas.icc").read_bytes()
SRGB = (ROOT / "assets/icc/sRGB2014.icc").read_bytes()
BLEED = 5 / 25.4 * 72
MASTER_BOX = [-BLEED, -BLEED, 595.275591 + BLEED, 841.889764 + BLEED]
TRIM_BOX = [0, 0, 595.275591, 841.889764]


@cache
def house() -> House:
    """The project's own house, read once for all tests."""
    return shipped()


def brand() -> Brand:
    """The project's own brand."""
    return house().brand


def with_spot(name: str = "PANTONE 131 C") -> Brand:
    """The brand with gold as an ink of its own."""
    gold = brand().colours["gold"].model_copy(update={"spot": name})
    return brand().model_copy(update={"colours": {**brand().colours, "gold": gold}})


def printer(**changes: Any) -> Printer:
    """The project's offset printer, with changes."""
    return house().printers["offset"].model_copy(update=changes)


def proof(master: bytes, digest: str = "a digest") -> Proof:
    """A proof around a master."""
    sheet = Sheet((), "A title", "An author", "About", "en", "2017-09-04", PAPERS["A4"], digest, (), {}, profile=SRGB)
    return Proof(master, sheet, (), {})


def printed(master: bytes, brand_of: Brand | None = None, **changes: Any) -> bytes:
    """The print file of a master."""
    return prepress.finish(proof(master), brand_of or brand(), printer(**changes), PROFILE)[0].content


@dataclass(frozen=True)
class Leaf:
    """A raw page: content, and what its resources hold, made in the file it is for."""

    content: bytes
    resources: Any = None


def master(*leaves: Leaf) -> bytes:
    """A master of raw pages: the trim at 0, 0 with 5 mm of bleed around it, as the setter's."""
    with pikepdf.new() as pdf:
        for leaf in leaves:
            named = leaf.resources(pdf) if leaf.resources else {}
            page = Dictionary(Type=Name.Page, MediaBox=Array([round(edge, 4) for edge in MASTER_BOX]),
                              TrimBox=Array(TRIM_BOX), Contents=pdf.make_stream(leaf.content),
                              Resources=Dictionary({key: Dictionary(row) for key, row in named.items()}))  # fmt: skip
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def content(pdf: bytes, page: int = 0) -> bytes:
    """The content of a page of a file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return opened.pages[page].obj.Contents.read_bytes()


def tool(name: str) -> str:
    """A program of the system; the test is skipped where it is missing."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} isn't installed (apt-get install ghostscript qpdf poppler-utils)")
    return found


def walked(pdf: bytes, folder: Path) -> list[str]:
    """What in a file isn't ink, by a walk that reads qpdf's plain form: RGB operators, spaces that are no inks,
    groups that blend in something else."""
    source, plain = folder / "walked.pdf", folder / "walked.qdf"
    source.write_bytes(pdf)
    subprocess.run([tool("qpdf"), "--qdf", "--object-streams=disable", str(source), str(plain)], check=True)
    found: list[str] = []
    written = plain.read_bytes()
    contents = {int(number) for number in re.findall(rb"/Contents (\d+) 0 R", written)}
    for number, body in re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", written, re.DOTALL):
        about, _, stream = body.partition(b"\nstream\n")
        found += [f"{number.decode()}: {space.decode()}" for space in re.findall(
            rb"/(?:DeviceRGB|CalRGB|CalGray|ICCBased|Lab|DeviceN)\b", about)]  # fmt: skip
        painting = int(number) in contents or b"/Subtype /Form" in about or b"/PatternType 1" in about
        if painting:
            words = re.sub(rb"\((?:\\.|[^()\\])*\)|<[0-9A-Fa-f\s]*>", b" ", stream).split()
            found += [f"{number.decode()}: {word.decode()}" for word in words if word in (b"rg", b"RG", b"ri", b"BI")]
    return found


def pictures(pdf: bytes, folder: Path, ppi: int = 36) -> list[Image.Image]:
    """Each page as Ghostscript prints it to sRGB through the press's profile, cut to the trim; it must say nothing."""
    source = folder / "picture.pdf"
    source.write_bytes(pdf)
    for old in folder.glob("picture-*.png"):
        old.unlink()
    command = [tool("gs"), "-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-sDEVICE=png16m", f"-r{ppi}", "-dUseTrimBox",
               f"-I{ROOT / 'assets/icc'}", f"--permit-file-read={ROOT / 'assets/icc/'}",
               f"-sDefaultCMYKProfile={ROOT / 'assets/icc/ISOcoated_v2_300_bas.icc'}",
               f"-sDefaultRGBProfile={ROOT / 'assets/icc/sRGB2014.icc'}",
               f"-sOutputICCProfile={ROOT / 'assets/icc/sRGB2014.icc'}", "-dRenderIntent=1", "-dBlackPtComp=1",
               "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-sOutputFile={folder / 'picture-%03d.png'}", str(source)]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout + run.stderr) == (0, "")
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("picture-*.png"))]
