"""Type whose letters join: shaped in drawings, measured as it is drawn, at the height of the brand's own faces."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import uharfbuzz
import yaml
from conftest import shipped
from fontTools.ttLib import TTFont

from brochure import load
from brochure.compose.styles import tokens
from brochure.draw import shaping, svg
from brochure.draw.ruler import faces, ruler
from brochure.draw.svg import MM_PER_PT
from brochure.model.values import parse_whole
from brochure.model.words import LanguageWords
from brochure.paper import PAPERS

ROOT = Path(__file__).resolve().parents[1]
STACK = "Golos Text,Noto Sans Devanagari"


@pytest.fixture(scope="module")
def house() -> load.House:
    """The house as it stands."""
    return shipped()


@pytest.fixture(scope="module")
def fonts(house: load.House) -> shaping.Fonts:
    """The house's fonts."""
    return faces(house.assets)


def spoken(tag: str) -> LanguageWords:
    """How a language writes, whether or not an edition is made in it."""
    raw = (ROOT / f"content/{tag}/language.yaml").read_text("utf-8")
    return LanguageWords.model_validate(yaml.load(raw, yaml.BaseLoader))


def written(words: str, **more: object) -> str:
    """A line of type in a drawing."""
    return svg.text((10, 20), words, 8, "#0F2744", STACK, 500, **more)  # type: ignore[arg-type]


def contours(commands: str) -> list[str]:
    """The contours of an outline without the places where they begin."""
    return [re.sub(r"^M\S+ \S+?(?=[lqcz])", "", part) for part in re.findall(r"M[^M]*", commands)]


def test_a_vowel_sign_joins_its_letter(fonts: shaping.Fonts) -> None:
    """“कि” isn't its letters set apart: the sign stands before the letter, and no dotted circle is drawn."""
    files = shaping.files(fonts, STACK, 400)
    whole = shaping.line("कि", files)
    apart = [shaping.line(letter, files) for letter in "कि"]
    assert len(contours(whole.commands)) < sum(len(contours(one.commands)) for one in apart)
    assert whole.width < sum(one.width for one in apart)


def test_a_conjunct_is_one_sign(fonts: shaping.Fonts) -> None:
    """“क्ष” is drawn as its own sign, not as क, a virama and ष."""
    files = shaping.files(fonts, STACK, 400)
    assert shaping.line("क्ष", files).width < shaping.line("क", files).width + shaping.line("ष", files).width


def test_only_what_needs_it_becomes_outlines(fonts: shaping.Fonts) -> None:
    """Hindi becomes one path; Latin, Cyrillic, Chinese and figures stay type, byte for byte."""
    for plain in ("Kaluga", "Калуга", "卡卢加", "1,837", "A & B"):
        assert shaping.outlined(written(plain), fonts) == written(plain)
    drawn = shaping.outlined(svg.svg(30, 30, [written("कलुगा"), written("Kaluga")]), fonts)
    assert drawn.count("<path") == 1 and drawn.count("<text") == 1 and "Kaluga" in drawn
    assert shaping.outlined(written("कलुगा"), fonts) == shaping.outlined(written("कलुगा"), fonts)


@pytest.mark.parametrize(("anchor", "share"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_outlines_stand_where_the_type_stood(
    anchor: str, share: float, fonts: shaping.Fonts, house: load.House
) -> None:
    """Place, anchor and colour are the type's."""
    drawn = shaping.outlined(written("कलुगा", anchor=anchor), fonts)
    left, base = re.findall(r"translate\(([\d.-]+) ([\d.-]+)\)", drawn)[0]
    wide = ruler(house.assets)("कलुगा", STACK, 8, 500)
    assert float(left) == pytest.approx(10 - share * wide, abs=0.001)
    assert base == "20" and 'fill="#0F2744"' in drawn


def test_the_ruler_measures_as_harfbuzz_shapes(house: load.House) -> None:
    """A Hindi word is as wide as HarfBuzz sets it; digits beside it are the brand's."""
    width = ruler(house.assets)
    buffer = uharfbuzz.Buffer()
    buffer.add_str("औद्योगिक")
    buffer.guess_segment_properties()
    font = uharfbuzz.Font(uharfbuzz.Face(house.assets["fonts/noto-sans-devanagari/NotoSansDevanagari-Regular.ttf"]))
    uharfbuzz.shape(font, buffer)
    units = sum(position.x_advance for position in buffer.glyph_positions)
    assert width("औद्योगिक", STACK, 10, 400) == pytest.approx(units / 1000 * 10 * MM_PER_PT)
    assert width("120", STACK, 10, 400) == width("120", "Golos Text", 10, 400)


def test_a_letter_that_no_font_has_is_named(fonts: shaping.Fonts) -> None:
    """A line with a letter that none of the fonts has is refused by name."""
    with pytest.raises(ValueError, match="க"):
        shaping.line("கலுகா", shaping.files(fonts, STACK, 400))


@pytest.mark.parametrize(("donor", "families"), [("golos", ("sans", "golos")), ("literata", ("serif", "literata"))])
def test_faces_of_a_kind_stand_at_one_height(donor: str, families: tuple[str, ...], house: load.House) -> None:
    """The text faces agree within a hundredth of the em in where a line's top, baseline and bottom are, and so do the
    display faces."""
    files = [n for n in house.assets if n.endswith(".ttf") and any(family in n for family in families)]
    found = {name: _heights(house.assets[name]) for name in files}
    wanted = next(heights for name, heights in found.items() if donor in name)
    assert len(files) >= 5
    for name, heights in found.items():
        assert heights == pytest.approx(wanted, abs=0.01), name


def _heights(file: bytes) -> list[float]:
    """The metrics that programs look for, in em."""
    font = TTFont(io.BytesIO(file), lazy=True)
    hhea, os2, em = font["hhea"], font["OS/2"], font["head"].unitsPerEm
    return [x / em for x in (hhea.ascent, hhea.descent, hhea.lineGap, os2.sTypoAscender, os2.sTypoDescender,
            os2.sTypoLineGap, os2.usWinAscent, os2.usWinDescent)]  # fmt: skip


def test_hindi_has_no_space_between_letters(house: load.House) -> None:
    """A language says tracking: none and its sheets take the space away; others aren't touched."""
    sheets = {tag: tokens(house.brand, spoken(tag), PAPERS["A4"]) for tag in ("hi", "en")}
    assert "letter-spacing: normal !important" in sheets["hi"]
    assert "letter-spacing" not in sheets["en"]
    assert (shaping.spaced("भारत", 1.1), shaping.spaced("India", 1.1)) == (0.0, 1.1)


def test_arab_is_a_word_for_large_numbers() -> None:
    """Twelve digits are a whole number, thirteen aren't; Hindi counts 10^9 as अरब."""
    assert parse_whole("1" * 12) == int("1" * 12)
    with pytest.raises(ValueError, match="whole number"):
        parse_whole("1" * 13)
    assert any(step.by == 10**9 and "अरब" in step.words for step in spoken("hi").large_numbers)
