"""How languages write numbers: groups of digits, words for large numbers, plural forms and cases."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from brochure import load
from brochure.compose import styles
from brochure.compose.register import Register
from brochure.compose.render import plain, whole
from brochure.compose.sheet import headed
from brochure.errors import ContentError
from brochure.language import Numerals, Step, glued, held, joined_to, month_in
from brochure.stages import Order

FONTS = Path(__file__).resolve().parents[1] / "assets/fonts"

MYRIADS = (Step(Decimal(10**4), Decimal(10**4), "", "万"), Step(Decimal(10**8), Decimal(10**8), "", "亿"))
LAKHS = (Step(Decimal(10**5), Decimal(10**5), "", " लाख"), Step(Decimal(10**7), Decimal(10**7), "", " करोड़"))


@pytest.mark.parametrize(("tag", "group_from", "value", "written"), [
    ("en-GB", 0, "1837", "1,837"),
    ("ru", 10000, "1837", "1837"),
    ("ru", 10000, "25000", "25\u00a0000"),
    ("ru", 0, "12.50", "12,50"),
    ("pt-BR", 0, "1234567", "1.234.567"),
    ("hi", 0, "1234567", "12,34,567"),
    ("en-GB", 0, "-2.83", "−2.83"),
])  # fmt: skip
def test_digits_are_grouped_as_the_language_groups_them(tag: str, group_from: int, value: str, written: str) -> None:
    """Separators, the size of groups and the first number that is grouped come from the language."""
    assert Numerals(tag, group_from).digits(Decimal(value)) == written


@pytest.mark.parametrize(("steps", "value", "written"), [
    (MYRIADS, "9999", "9999"),
    (MYRIADS, "25000", "2.5\u2060万"),
    (MYRIADS, "570000000", "5.7\u2060亿"),
    (MYRIADS, "1234567", "1,234,567"),
    (LAKHS, "250000", "2.5\u00a0लाख"),
    (LAKHS, "10000000", "1\u00a0करोड़"),
])  # fmt: skip
def test_large_round_numbers_have_words_of_their_own(steps: tuple[Step, ...], value: str, written: str) -> None:
    """万 and 亿, lakh and crore; a number that isn't round keeps its digits."""
    assert Numerals("zh" if steps is MYRIADS else "en", 10000, steps).write(Decimal(value)) == written


def test_a_month_changes_with_its_case() -> None:
    """“In September” is another word than September where names of months change."""
    assert month_in(date(2016, 9, 20), "ru", "LLLL y", "сентябре") == "сентябре 2016"


PARKS = """parks:
  one: "{n}\u00a0парк"
  few: "{n}\u00a0парка"
  many: "{n}\u00a0парков"
  other: "{n}\u00a0парка"
  cases:
    genitive: {one: "{n}\u00a0парка", other: "{n}\u00a0парков"}
    prepositional: {other: "{n}\u00a0парках"}
"""


@pytest.fixture
def russian(root: Path, edit: Callable[[str, str, str], Path]) -> Register:
    """The miniature's register with Russian rules for one unit."""
    edit("content/en/language.yaml", "locale: en-GB", "locale: ru\nbounds_case: genitive")
    edit("content/en/language.yaml", "more than {x}", "более {x}")
    units = root / "content/en/units.yaml"
    stiff = re.sub(r"^  one: .*\n", "", units.read_text("utf-8"), flags=re.MULTILINE)
    units.write_text(re.sub(r"^parks:\n(  .*\n)+", PARKS, stiff, flags=re.MULTILINE), "utf-8")
    return Register(load.manuscript(load.house(root), Order("mini", "en")))


@pytest.mark.parametrize(("form", "printed"), [
    ("full", "более 7\u00a0000\u00a0парков"),
    ("bare", "7\u00a0000\u00a0парков"),
    ("prepositional", "более 7\u00a0000\u00a0парков"),
])  # fmt: skip
def test_units_follow_the_case_that_their_bound_asks_for(russian: Register, form: str, printed: str) -> None:
    """“More than” rules its unit's case, whatever case the sentence would ask for."""
    assert russian.print("land.parks", form) == printed


def test_a_bound_may_stand_between_a_number_and_its_unit(root: Path, edit: Callable[[str, str, str], Path]) -> None:
    """Hindi says “7,000 than more parks”."""
    edit("content/en/language.yaml", "locale: en-GB", "locale: hi\nbounds_inside: true")
    edit("content/en/language.yaml", "more than {x}", '"{x} से अधिक"')

    assert (
        Register(load.manuscript(load.house(root), Order("mini", "en"))).print("land.parks")
        == "7,000 से अधिक\u00a0parks"
    )


@pytest.mark.parametrize(("parts", "held"), [
    (("", "25", " ha"), "25\u00a0ha"),
    (("", "25", "公顷"), "25\u2060公\u2060顷"),
    (("每小时", "40", "人次"), "每小时\u206040\u2060人\u2060次"),
    (("", "800", "个就业岗位"), "800\u2060个就业岗位"),
])  # fmt: skip
def test_no_line_ends_between_a_number_and_its_unit(parts: tuple[str, str, str], held: str) -> None:
    """A fixed space, or joined signs where the script has no spaces; a long unit is a phrase and may be divided."""
    assert glued(*parts) == held


def chinese(edit: Callable[[str, str, str], Path], root: Path) -> Register:
    """The miniature's register with Chinese rules for years and large numbers."""
    rules = "locale: en-GB\nyear: y年\nlarge_numbers:\n  - start: 1000\n    by: 1000\n    words: '{x}千'"
    edit("content/en/language.yaml", "locale: en-GB", rules)
    return Register(load.manuscript(load.house(root), Order("mini", "en")))


def test_a_year_in_text_follows_the_language_and_stays_bare_in_tables(
    root: Path, edit: Callable[[str, str, str], Path]
) -> None:
    """2016年 in a sentence, 2016 in a column of years."""
    register = chinese(edit, root)
    assert plain(register.print("land.opened", "year")) == "2016年"
    assert register.print("land.opened", "number") == "2016"


def test_what_is_joined_is_kept_whole_without_a_sign_in_the_file() -> None:
    """The words around stay divisible; no sign that a reader would copy along."""
    assert whole("逾2.5\u2060万\u2060公\u2060顷土地") == '逾<span class="whole">2.5万公顷</span>土地'
    assert whole("<b>") == "&lt;b&gt;"


def test_names_are_listed_by_a_sign_of_their_own(root: Path, edit: Callable[[str, str, str], Path]) -> None:
    """、 between names, ， between clauses, a Latin comma in citations; the comma for all where a language says nothing."""
    edit(
        "content/en/language.yaml",
        "locale: en-GB",
        'locale: en-GB\ncomma: "{a}，{b}"\nnames: "{a}、{b}"\ncited: "{a}, {b}"',
    )
    words = load.house(root).languages["en"].words
    assert (words.separator, words.between_names) == ("，", "、")
    assert words.model_copy(update={"names": None}).between_names == "，"
    assert words.between_cited == ", " and words.model_copy(update={"cited": None}).between_cited == "，"


def test_a_step_of_type_that_the_brand_lacks_is_refused(root: Path, edit: Callable[[str, str, str], Path]) -> None:
    """A language may change a step of the scale, not add one."""
    edit("content/en/language.yaml", "locale: en-GB", "locale: en-GB\ntype: {h9: {size: 40, leading: 42}}")
    with pytest.raises(ContentError, match="no step “h9”"):
        load.house(root)


@pytest.mark.parametrize(("rule", "css"), [
    ("hyphens: true", "hyphens: auto"),
    ("tracking: none", "letter-spacing: normal !important"),
    ("type: {h1: {size: 40, leading: 42}}", "--size-h1: 40pt;"),
])  # fmt: skip
def test_a_language_brings_its_rules_to_every_page(
    root: Path, edit: Callable[[str, str, str], Path], rule: str, css: str
) -> None:
    """Hyphens, letters that must not be set apart, steps of the scale; nothing where it says nothing."""
    house = load.house(root)
    paper = load.manuscript(house, Order("mini", "en")).paper
    assert css not in styles.tokens(house.brand, house.languages["en"].words, paper)
    edit("content/en/language.yaml", "locale: en-GB", f"locale: en-GB\n{rule}")
    assert css in styles.tokens(house.brand, load.house(root).languages["en"].words, paper)


@pytest.mark.parametrize(("line", "head", "tail"), [
    ("The region: where it lies", "The region", "Where it lies"),
    ("本州概览：地理位置", "本州概览", "地理位置"),
    ("Contact", "Contact", ""),
])  # fmt: skip
def test_a_line_of_contents_is_divided_at_the_colon_of_its_script(line: str, head: str, tail: str) -> None:
    """The Latin colon with its space, and the full-width one."""
    assert headed(line) == {"head": head, "tail": tail}


@pytest.mark.parametrize("family", ["noto-sans-sc", "noto-serif-sc"])
def test_chinese_fonts_leave_latin_letters_to_the_brand_s_faces(family: str) -> None:
    """No letter or digit of Latin in them; full-width quotes, and the ascent of the face beside them."""
    beside = "golos-text/GolosText-Regular" if "sans" in family else "literata-display/LiterataDisplay-Light"
    like = TTFont(FONTS / f"{beside}.ttf")["hhea"]
    for file in sorted((FONTS / family).glob("*.ttf")):
        font = TTFont(file)
        letters = set(map(chr, font.getBestCmap()))
        assert not letters & set(string.ascii_letters + string.digits + "’")
        assert {"“", "”", "…", "—", "，", "中"} <= letters
        assert (font["hhea"].ascent, font["hhea"].descent) == (like.ascent, like.descent)


@pytest.mark.parametrize(("said", "kept"), [
    ("2016年1月27日", "2016\u2060年1\u2060月\u206027\u2060日"),
    ("2016年9月", "2016\u2060年9\u2060月"),
    ("9月3日", "9\u2060月\u20603\u2060日"),
    ("27 January 2016", "27 January 2016"),
])  # fmt: skip
def test_a_date_without_spaces_breaks_only_behind_its_year(said: str, kept: str) -> None:
    """No line ends between a day and 日, nor between month and day; 2016年 may stand alone."""
    assert held(said) == kept


def test_words_before_a_number_stay_with_it() -> None:
    """No line ends within 最多 or behind it; words with spaces between them wrap as ever."""
    assert joined_to("最多") == "最\u2060多\u2060"
    assert joined_to("more than ") == "more than "


def test_a_word_for_large_numbers_says_how_many_decimals_it_takes() -> None:
    """101.457万 where three are usual; a number that needs more keeps its digits."""
    steps = (Step(Decimal(10**4), Decimal(10**4), "", "万", decimals=3),)
    assert Numerals("zh", 10**8, steps).write(Decimal(1014570)) == "101.457\u2060万"
    assert Numerals("zh", 10**8, steps).write(Decimal(29777)) == "29777"


@pytest.mark.parametrize(("names", "listed"), [
    (("A",), "A"),
    (("A", "B"), "A और B"),
    (("A", "B", "C"), "A, B और C"),
    ((), ""),
])  # fmt: skip
def test_the_last_name_joins_as_the_language_says(
    root: Path, edit: Callable[[str, str, str], Path], names: tuple[str, ...], listed: str
) -> None:
    """Hindi writes no comma before और, though CLDR does."""
    edit("content/en/language.yaml", "locale: en-GB", 'locale: hi\nlast: "{a} और {b}"')
    assert load.house(root).languages["en"].words.listing(names) == listed
