"""content/limits.yaml: every published limit is told with its setting, and the setting lifts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from brochure import press
from brochure.errors import BrochureError, Complaint, ExitCode, MachineError, Place
from brochure.model.limits import Limits
from brochure.typeset import Setter

EDITION = """date: 2017-09-04
place: norway
languages: [en]
default: true
binding: none
flatplan:
  - id: first
    kind: article
    show:
      facts: [land.area, land.parks]
      image: {file: wide.jpg, credit: The press, licence: CC0}
  - id: second
    kind: article
    show:
      facts: [land.money]
      image: {file: harbor.jpg, credit: The press, licence: CC0}
"""


def told(root: Path) -> list[Complaint]:
    """What check complains of."""
    try:
        house = press.house(root)
        press.check(house)
    except BrochureError as error:
        return list(error.complaints)
    return list(house.warnings)


@pytest.fixture
def pictured(root: Path) -> Path:
    """The miniature with two photographs and a drawing."""
    (root / "content/editions/mini.yaml").write_text(EDITION)
    page = root / "content/en/pages/first.yaml"
    page.write_text(page.read_text() + "image:\n  alt: A harbour\n")
    (root / "assets/icons").mkdir()
    dots = '<path d="M1 1h7v7z"/>' * 9
    (root / "assets/icons/star.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{dots}</svg>'
    )
    return root


def pad(file: str, padding: bytes, megabytes: float = 1.1) -> Callable[[Path], None]:
    """Makes a file larger without changing what it means."""

    def change(root: Path) -> None:
        path = root / file
        path.write_bytes(path.read_bytes() + padding * int(megabytes * 1e6 / len(padding)))

    return change


def write(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Replaces text that a file must hold."""

    def change(root: Path) -> None:
        path = root / file
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return change


def nothing(_root: Path) -> None:
    """The miniature as it is."""


FIRST, ARTICLE, CSS = "content/en/pages/first.yaml", "templates/pages/article.html", "assets/css/pages/article.css"
#: setting → a change that meets the limit, the low limit, a limit that lifts it, exit code, where, words
MET: dict[str, tuple[Callable[[Path], None], int, int, ExitCode, str, str]] = {
    "file_megabytes": (pad("content/sources.yaml", b"\n# a remark"), 1, 2, ExitCode.CONTENT, "content/sources.yaml:1:1", "1.1 MB; 1 MB"),
    "file_entries": (nothing, 80, 50_000, ExitCode.CONTENT, "content/brand.yaml:", "more than 80 entries"),
    "file_depth": (nothing, 3, 32, ExitCode.CONTENT, "content/editions/mini.yaml:", "more than 3 deep"),
    "text_characters": (nothing, 40, 200, ExitCode.CONTENT, f"{FIRST}:3:7", "42 characters; 40"),
    "cell_characters": (nothing, 4, 5, ExitCode.CONTENT, "content/en/labels.yaml:2:8", "5 characters; 4"),
    "line_characters": (nothing, 10, 500, ExitCode.CONTENT, f"{FIRST}:1:11", "14 characters; 10"),
    "passage_characters": (nothing, 8, 9, ExitCode.CONTENT, f"{FIRST}:8:8", "9 characters; 8"),
    "page_characters": (nothing, 160, 400, ExitCode.CONTENT, f"{FIRST}:5:5", "are the limit of its page"),
    "pages": (nothing, 1, 2, ExitCode.CONTENT, "content/editions/mini.yaml:7:3", "has 2 pages; 1"),
    "table_rows": (write(FIRST, "  - NO", "  - Two.\n  - NO"), 2, 500, ExitCode.CONTENT, f"{FIRST}:5:3", "“body” has 3 entries; 2"),
    "table_columns": (nothing, 1, 2, ExitCode.TEMPLATE, "templates/pages/article.html:1:1", "has 2 columns; 1"),
    "table_span": (write(ARTICLE, "<h1>", "<table><tr><td colspan=\"21\">x</td></tr></table><h1>"), 20, 21, ExitCode.TEMPLATE,
                   "templates/pages/article.html:1:1", "spans 21 cells; 20"),
    "pictures": (nothing, 1, 2, ExitCode.CONTENT, "content/editions/mini.yaml:16:21", "one picture more than the 1"),
    "picture_megabytes": (pad("assets/images/harbor.jpg", b"\0"), 1, 2, ExitCode.ASSET, "content/editions/mini.yaml:16:21", "has 1.2 MB; 1 MB"),
    "picture_megapixels": (nothing, 1, 2, ExitCode.ASSET, "content/editions/mini.yaml:16:21", "has 1.02 Mpx; 1"),
    "all_megapixels": (nothing, 1, 3, ExitCode.ASSET, "content/editions/mini.yaml:11:21", "the edition's pictures have 1.28 Mpx; 1"),
    "drawing_megabytes": (pad("assets/icons/star.svg", b"<!-- a remark -->"), 1, 2, ExitCode.ASSET, "assets/icons/star.svg:1:1", "has 1.1 MB; 1 MB"),
    "drawing_elements": (nothing, 9, 10, ExitCode.ASSET, "assets/icons/star.svg:1:1", "unfolds to more than 9"),
    "fonts": (nothing, 6, 7, ExitCode.CONTENT, "content/brand.yaml:", "has 7 fonts; 6"),
    "font_megabytes": (pad("assets/fonts/golos-text/GolosText-Medium.ttf", b"\0\0\0\0"), 1, 2, ExitCode.ASSET, "content/brand.yaml:121:11", "has 1.2 MB; 1 MB"),
    "profile_megabytes": (nothing, 1, 2, ExitCode.ASSET, "assets/icc/ISOcoated_v2_300_bas.icc:1:1", "has 1.1 MB; 1 MB"),
    "asset_megabytes": (pad(CSS, b"/* a remark */"), 1, 2, ExitCode.ASSET, f"{CSS}:1:1", "has 1.1 MB; 1 MB"),
    "plain_texts": (write(FIRST, "  - NO", "  - The roads {=A-1} and {=A-2}.\n  - NO"), 1, 2, ExitCode.CONTENT, f"{FIRST}:6:5", "marks 2 texts"),
}  # fmt: skip


@pytest.mark.parametrize("setting", MET)
def test_a_limit_is_told_with_its_setting(setting: str, pictured: Path) -> None:
    """What exceeds a limit is told before layout, at its place, with the setting's name."""
    change, low, _, code, where, words = MET[setting]
    change(pictured)
    (pictured / "content/limits.yaml").write_text(f"{setting}: {low}\n")
    found = [
        complaint for complaint in told(pictured) if f"raise {setting} in content/limits.yaml." in complaint.remedy
    ]

    assert [str(c) for c in found if str(c.where).startswith(where) and words in c.what and c.code is code] != []
    assert all(isinstance(complaint.where, Place) for complaint in found)


def test_settings_lift_their_limits(pictured: Path) -> None:
    """With every setting raised as far as it is needed, everything that met a limit passes."""
    for change, *_ in MET.values():
        change(pictured)
    (pictured / "content/limits.yaml").write_text(
        "".join(f"{name}: {enough}\n" for name, (_, _, enough, *_) in MET.items())
    )

    assert [str(complaint) for complaint in told(pictured)] == []


def test_every_limit_has_a_case_and_a_word() -> None:
    """Each setting is met above, belongs to the setter, or is met in test_recipients, and the model says what it limits."""
    settings = set(Limits.model_fields)

    assert {name for name in settings - set(MET) if not name.startswith(("setter_", "recipient"))} == set()
    assert [name for name in settings if f"``{name}``" not in (Limits.__doc__ or "")] == []


def test_the_setter_obeys_its_limits() -> None:
    """Memory, time and age of the setter's process come from the settings."""
    setter = Setter(
        limits=Limits(setter_megabytes=1024, setter_seconds=5, setter_seconds_a_page=3, setter_seconds_most=20)
    )

    assert setter.memory == 1024**3
    assert [setter.seconds(pages) for pages in (1, 4, 40)] == [8, 17, 20]


def test_the_setter_s_death_names_its_settings() -> None:
    """A job that takes too long is told with the settings that give it longer."""
    with Setter(seconds=lambda _: 0.01) as setter, pytest.raises(MachineError) as caught:
        setter.versions()

    assert "raise setter_megabytes or setter_seconds in content/limits.yaml" in str(caught.value)


@pytest.mark.parametrize(("written", "said"), [
    ("pages: 0", "1:8: error: “0” is no limit. Write a whole number above nought in plain digits, such as 200."),
    ("pages: 1e9", "1:8: error: “1e9” is no limit."),
    ("pages: -5", "1:8: error: “-5” is no limit."),
    ("pages: unlimited", "1:8: error: “unlimited” is no limit."),
    ("pages: 20.5", "1:8: error: “20.5” is no limit."),
    ("pages: 999999", "1:8: error: 999999 is more than this limit can be raised to. Write 2000 or less."),
    ("pages: [1]", "1:8: error: a limit is expected here, not a list or a mapping."),
    ("page: 300", "1:1: error: the key “page” is not known here. Did you mean “pages”?"),
    ("setter_megabytes: 64", "1:19: error: the setter can't start in so little memory."),
    ("picture_megapixels: 171", "1:21: error: 171 is more than this limit can be raised to."),
])  # fmt: skip
def test_a_limit_is_a_sane_number(written: str, said: str, root: Path) -> None:
    """Nought, negative, endless and absurd limits are refused, and nothing else breaks with them."""
    (root / "content/limits.yaml").write_text(written + "\n")
    lines = [str(complaint) for complaint in told(root)]

    assert len(lines) == 1 and lines[0].startswith(f"content/limits.yaml:{said}")


def test_the_limits_own_file_is_read_under_the_defaults(root: Path) -> None:
    """The file that lifts limits can't lift its own."""
    (root / "content/limits.yaml").write_text("file_megabytes: 50\n" + "# a remark\n" * 100_000)

    assert str(told(root)[0]).startswith("content/limits.yaml:1:1: error: this file has 1.1 MB; 1 MB are the limit.")


@pytest.mark.parametrize("paragraph", ["word ", "*word* ", "[x](second) "])
def test_a_page_that_says_far_too_much_never_reaches_the_setter(paragraph: str, root: Path) -> None:
    """Forty paragraphs of 5,000 characters are told once, at the paragraph that is too much."""
    page = root / FIRST
    text = page.read_text()
    body = (paragraph * (5000 // len(paragraph))).strip()
    page.write_text(text[: text.index("body:")] + "body:\n" + f"  - '{body}'\n" * 40)
    lines = [str(complaint) for complaint in told(root)]

    assert len(lines) == 1 and lines[0].startswith(f"{FIRST}:6:5: error: with this text “first” has ")
    assert "10000 are the limit of its page. Shorten it, or raise page_characters in content/limits.yaml." in lines[0]


def test_this_house_keeps_to_the_defaults() -> None:
    """The brochure itself needs no limit raised."""
    assert not (ROOT / "content/limits.yaml").exists()
    assert told(ROOT) == []
