"""What the setter found, as complaints with page, element, place and millimetres."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from brochure.errors import (
    AssetError,
    BrochureError,
    Complaint,
    ContentError,
    ExitCode,
    MachineError,
    Place,
    TemplateError,
    errors_in,
)
from brochure.stages import Galley, Sheet

#: rule → what is wrong, what to do, and whose it is. ``{mm}``, ``{element}`` and ``{detail}`` are filled in.
RULES: dict[str, tuple[str, str, ExitCode]] = {
    "overflow": (
        "the text in {element} is {mm} mm too long for {detail}.",
        "Shorten it, or give it more room.",
        ExitCode.CONTENT,
    ),
    "clipped": ("the text in {element} is cut off by {mm} mm.", "Shorten it, or give it more room.", ExitCode.CONTENT),
    "too-wide": (
        "“{detail}” in {element} is {mm} mm too wide.",
        "Use a shorter word or a line break (\\\\).",
        ExitCode.CONTENT,
    ),
    "unsafe": (
        "“{detail}” in {element} stands {mm} mm outside the safe area.",
        "Move it away from the trim, or shorten it.",
        ExitCode.CONTENT,
    ),
    "folded": (
        "“{detail}” in {element} stands {mm} mm in the way of a fold.",
        "Move it into its panel, or shorten it.",
        ExitCode.CONTENT,
    ),
    "collision": (
        "the text in {element} runs into {detail} by {mm} mm.",
        "Shorten one of the two, or move its frame.",
        ExitCode.CONTENT,
    ),
    "glyph": (
        "no font of this language has the character {detail} ({element}).",
        "Use another character, or add a font that has it.",
        ExitCode.ASSET,
    ),
    "family": (
        "the font family “{detail}” of {element} is not the brand's.",
        "Use a family listed in content/brand.yaml.",
        ExitCode.TEMPLATE,
    ),
    "face": (
        "{element} asks for {detail}, which has no file.",
        "Use a weight and style listed in content/brand.yaml.",
        ExitCode.TEMPLATE,
    ),
    "nested": (
        "{element} is a flex box {detail} levels deep.",
        "Nest three at most, or place frames on the grid.",
        ExitCode.TEMPLATE,
    ),
    "block-link": (
        "the link {element} is a block, which readers of the tags can't follow.",
        "Keep links inline, around their words.",
        ExitCode.TEMPLATE,
    ),
    "small": ("the text in {element} is only {detail}.", "Set it in 7 pt or more.", ExitCode.TEMPLATE),
    "coarse": (
        "the picture in {element} has only {detail}.",
        "Use a larger picture (150 ppi at least), or print it smaller.",
        ExitCode.ASSET,
    ),
}


#: What a text that nobody has translated yet may do in a draft.
LENIENT = ("overflow", "clipped", "too-wide", "unsafe", "folded", "collision", "glyph")


def about_answer(answer: dict[str, Any], galley: Galley, draft: bool = False) -> Iterator[Complaint]:
    """Everything wrong with one galley; texts that don't fit are only warned of in a ``draft``."""
    place = Place(galley.template)
    for name, what, remedy in answer.get("bad", ()):
        drawn = name.startswith("drawings/")
        said = f"page {galley.first}: {what}" if drawn else what  # a file is told once, not once for each page
        yield Complaint(_file_place(name, galley), said, remedy, ExitCode.ASSET)
    if answer.get("bad"):
        return
    if "failed" in answer:
        yield _failure(answer["failed"], galley)
        return
    if answer["pages"] != galley.pages:
        yield Complaint(
            place,
            f"“{galley.id}” fills {answer['pages']} pages; the flatplan gives it {galley.pages}.",
            "Shorten its texts, or give them more room in the template.",
            ExitCode.CONTENT,
        )
    for url in answer.get("denied", ()):
        yield _refused(url, galley)
    for line in answer.get("heard", ()):
        yield _mutter(line, place, galley.first)
    for found in answer.get("findings", ()):
        yield _finding(found, galley, draft and found["rule"] in LENIENT)


def about_writing(answer: dict[str, Any], sheet: Sheet) -> Iterator[Complaint]:
    """Everything that only came out when the pages were painted: most of it happens inside drawings."""
    if "failed" in answer:
        yield Complaint(
            "machine",
            f"the pages can't be written ({answer['failed']}).",
            "Run doctor; report this as a bug.",
            ExitCode.MACHINE,
        )
    for url in answer.get("denied", ()):
        yield _refused(url, _owner(url, sheet))
    for line in answer.get("heard", ()):
        if sheet.partial and line.startswith(("No anchor", "Anchor defined twice")):
            continue  # it leads to a page that wasn't asked for, or a page stands there for several orders
        galley = _owner(line, sheet)
        yield _mutter(line, Place(galley.template), galley.first)


def raise_for(complaints: Iterable[Complaint]) -> None:
    """Raises the error that fits the worst complaint; nothing when there is none."""
    found = list(complaints)
    if not errors_in(found):
        return
    classes: dict[ExitCode, type[BrochureError]] = {
        ExitCode.CONTENT: ContentError,
        ExitCode.TEMPLATE: TemplateError,
        ExitCode.ASSET: AssetError,
        ExitCode.MACHINE: MachineError,
    }
    raise classes[max(c.code for c in errors_in(found))](found)


def _finding(found: dict[str, Any], galley: Galley, lenient: bool) -> Complaint:
    what, remedy, code = RULES[found["rule"]]
    said = what.format(mm=found["mm"], element=found["element"] or "the page", detail=found["detail"])
    place = galley.places.get(found["key"], Place(galley.template))
    return Complaint(place, f"page {found['page']}: {said}", remedy, code, warning=lenient)


def _refused(url: str, galley: Galley) -> Complaint:
    return Complaint(
        Place(galley.template),
        f"page {galley.first}: the address “{url}” was refused.",
        "Only files of this house can be printed: put it in assets/.",
        ExitCode.ASSET,
    )


def _failure(failed: str, galley: Galley) -> Complaint:
    if "refused: " in failed:
        return _refused(failed.partition("refused: ")[2], galley)
    return Complaint(
        Place(galley.template),
        f"page {galley.first}: WeasyPrint stumbles over this page ({failed}).",
        "Simplify the last thing that was changed in its template or stylesheet.",
        ExitCode.TEMPLATE,
    )


def _mutter(line: str, place: Place, page: int) -> Complaint:
    """A line of WeasyPrint's log: unreachable files are the house's, all else is the designer's."""
    if "HarfBuzz-Subset" in line:
        return Complaint(
            "machine",
            "HarfBuzz-Subset is missing, so fonts are embedded another way and the bytes differ.",
            "Install libharfbuzz-subset0.",
            ExitCode.MACHINE,
            warning=True,
        )
    if "alt description" in line:
        return Complaint(
            place, f"page {page}: a picture has no alt text.", "Describe it, or make it an ornament.", ExitCode.TEMPLATE
        )
    code = ExitCode.ASSET if re.search(r"load|fetch|image|font|glyph", line, re.IGNORECASE) else ExitCode.TEMPLATE
    return Complaint(
        place, f"page {page}: WeasyPrint says: {line.rstrip('.')}.", "Mend the template or stylesheet.", code
    )


def _file_place(name: str, galley: Galley) -> Place:
    """The file's place in the house: its address is folder, digest, and the path below assets/."""
    parts = name.split("/", 2)
    return Place(f"assets/{parts[2]}" if len(parts) == 3 else galley.template)


def _owner(text: str, sheet: Sheet) -> Galley:
    """The galley whose files a log line names, else the first."""
    return next((galley for galley in sheet.galleys if any(name in text for name in galley.files)), sheet.galleys[0])
