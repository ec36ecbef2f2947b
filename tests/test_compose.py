"""Composing: the sandbox, escaping whatever a template is called, and errors with template, line and content."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import shipped

from brochure import compose, load
from brochure.compose import lint, margin
from brochure.compose.register import Register
from brochure.compose.render import Renderer
from brochure.compose.room import environment, url
from brochure.errors import TemplateError
from brochure.house import House
from brochure.model.markup import Text
from brochure.stages import Order

ORDER = Order("mini", "en")
Edit = Callable[[str, str, str], Path]


def composed(house: House) -> list[str]:
    """The HTML of every galley."""
    return [galley.html for galley in compose.sheet(load.manuscript(house, ORDER)).galleys]


def with_template(house: House, source: str) -> House:
    """The house with another template for its articles."""
    return replace(house, templates={**house.templates, "pages/article.html": source})


@pytest.mark.parametrize("name", ["a.html", "a.html.j2", "a.svg", "a.css", "a.txt", "a"])
def test_every_template_escapes(name: str, house: House) -> None:
    """Jinja's own rule leaves .html.j2, .svg and .css raw; this room doesn't look at the name."""
    renderer = Renderer(Register(load.manuscript(house, ORDER)))
    room = environment({name: '{{ x }}<a title="{{ x }}">'}, renderer)

    assert "<img" not in room.get_template(name).render(x='"><img src=x>')


@pytest.mark.parametrize("attack", [
    "{{ ''.__class__.__mro__ }}", "{{ cycler.__init__.__globals__ }}", "{{ show.__init__.__globals__ }}", "{{ words.model_fields.clear() }}",
    "{{ lipsum.__globals__ }}", "{{ self._TemplateReference__context }}", "{{ fact.__globals__ }}", "{{ ().__class__.__bases__[0] }}",
    "{{ '%s'|format(1).__class__.mro() }}", "{% set x = show.__dict__ %}{{ x }}", "{{ page.kind.__class__ }}",
])  # fmt: skip
def test_the_sandbox_holds(attack: str, house: House) -> None:
    """A template reaches nothing of Python."""
    with pytest.raises(TemplateError):
        composed(with_template(house, "{% extends 'base.html' %}{% block pages %}" + attack + "{% endblock %}"))


def test_content_is_never_compiled(root: Path, edit: Edit) -> None:
    """A text with Jinja's braces prints as it stands, once its own markup is escaped."""
    edit(
        "content/en/pages/first.yaml",
        "title: A first page",
        r'title: "\\{\\{ 7*7 \\}\\}"'.replace("7*7", "seven\\\\*seven"),
    )

    assert "{{ seven*seven }}" in composed(load.house(root))[0]


class Counter(HTMLParser):
    """Counts elements and remembers attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps a tag and the names of its attributes."""
        self.found.append((tag, tuple(name for name, _ in attrs)))


def test_no_text_becomes_an_element(root: Path) -> None:
    """HTML in every text of the content leaves the parsed elements as they were."""
    before = [count(html) for html in composed(load.house(root))]
    for path in (root / "content/en/pages").glob("*.yaml"):
        text = re.sub(
            r"(?m)^((?:title|contents|lead): |  - )(\"?)(.)",
            r"""\1\2<b onload='x'></span><img src=x> \3""",
            path.read_text(),
        )
        path.write_text(text)
    names = root / "content/en/names.yaml"
    names.write_text(names.read_text().replace("Norway", "'\"><img src=x>Norway'"))
    after = [count(html) for html in composed(load.house(root))]

    assert before == after


def count(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a galley in their order."""
    counter = Counter()
    counter.feed(html)
    return counter.found


@pytest.mark.parametrize(("source", "said"), [
    ("{{ words.lable }}", "templates/pages/article.html:3:1: error: "),
    ("{{ nothing }}", "'nothing' is undefined."),
    ("{% if %}", "templates/pages/article.html:3:1: error: "),
    ("{% include 'none.html' %}", "there is no template “none.html”."),
    ("{{ fact('land.aera') }}", "there is no fact “land.aera”. Did you mean “land.area”?"),
    ("{{ drawing('orbit') }}", "there is no drawing “orbit”."),
    ("{{ 1 / 0 }}", "division by zero."),
    ("{{ name('norwey') }}", "there is no name “norwey”."),
    ("{{ 'javascript:x' | url }}", "a link can't lead to “javascript:x”."),
])  # fmt: skip
def test_a_template_s_slip_names_template_line_and_content(source: str, said: str, house: House) -> None:
    """The designer is told the line in the template and the content that was being set."""
    broken = with_template(house, "{% extends 'base.html' %}\n{% block pages %}\n" + source + "\n{% endblock %}")
    with pytest.raises(TemplateError) as caught:
        composed(broken)
    line = str(caught.value.complaints[0])

    assert said in line and line.startswith("templates/pages/article.html:3:1: error: ")
    assert source == "{% if %}" or "(while setting content/en/pages/" in line or "syntax" in line


def test_links_of_templates_are_checked() -> None:
    """The url filter lets through what a link in a text may lead to."""
    assert url("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for bad in ("javascript:x", "file:///x", "data:x", "x", 'https://a"onload=', "  https://x"):
        with pytest.raises(ValueError):
            url(bad)


TEMPLATES = {
    "{{ x|safe }}": "escaping", "<p title={{ x }}>": "quotes", '<p style="color: var(--x)">': "style", "<script>": "no place",
    '<a href="{{ x }}">': "isn't checked", '<img src="{{ x }}">': "alt", "<svg>": "no place", '<link rel="attachment">': "no place",
    '<p onclick="x">': "not for print", "{% autoescape false %}": "escaping", "<base href='x'>": "no place",
}  # fmt: skip
STYLES = {
    "a { overflow-wrap: anywhere }": "anywhere", "a { grid-template-columns: 2fr 1fr }": "track", "a { color: #fff }": "colour",
    "a { grid-template-columns: auto 1mm }": "track", "a { background: url(https://x/y) }": "outside", "a { color: rgb(1,2,3) }": "colour",
    "a { background: linear-gradient(var(--a), var(--b)) }": "tiled", "@font-face { }": "brand", "@layer base, pages;": "second time",
    "a { text-align: justify }": "ragged", "a { color: white }": "colour", "@import url(file:///x);": "outside", "li::marker { }": "alone",
    "table { table-layout: auto }": "automatic", "a { float: footnote }": "alone", "a { background: url(data:x) }": "outside",
}  # fmt: skip


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_lint_finds_each_slip_in_a_template(source: str) -> None:
    """Each rule for templates speaks of what breaks it, at its line."""
    (complaint, *_) = lint.house({"x.html": f"<p>\n{source}"}, {})

    assert TEMPLATES[source] in str(complaint) and str(complaint).startswith("templates/x.html:2:")


@pytest.mark.parametrize("source", STYLES)
def test_the_lint_finds_each_slip_in_a_stylesheet(source: str) -> None:
    """Each rule for stylesheets speaks of what breaks it, at its line."""
    (complaint, *_) = lint.house({}, {"css/x.css": f"\n{source}".encode()})

    assert STYLES[source] in str(complaint) and str(complaint).startswith("assets/css/x.css:2:")


@pytest.mark.parametrize("source", [
    "a { grid-template-columns: minmax(0, 2fr) minmax(0,1fr) 30mm repeat(3, minmax(0, 1fr)) }", "a { color: var(--gold) }", "/* #fff */",
    "a { background: linear-gradient(var(--a), var(--b)) no-repeat }", "a { color: transparent }", "a { border: 0.5pt solid var(--gold) }",
    "a { overflow-wrap: break-word }", "@import url(\"../main.css\");",
])  # fmt: skip
def test_the_lint_is_silent_on_good_styles(source: str) -> None:
    """What the rules recommend passes them."""
    assert list(lint.house({}, {"css/x.css": source.encode()})) == []


def test_this_house_obeys_its_own_lint() -> None:
    """Every template and stylesheet that is shipped passes."""
    house = load.house(Path(__file__).resolve().parents[1])

    assert list(lint.house(house.templates, house.assets)) == []


@pytest.mark.parametrize(("text", "said"), [
    ("It took {land.days} from {land.opened}.", "It took 15–18 days from 5 February 2016[1]."),
    ("It took {land.days}. It opened {land.opened}.", "It took 15–18 days[1]. It opened 5 February 2016[1]."),
    ("From {land.opened}, {land.area} in {land.days}.", "From 5 February 2016[1], 12.50 ha[2] in 15–18 days[1]."),
    ("*From {land.opened}* in {land.days}.", "From 5 February 2016 in 15–18 days[1]."),
    ("{land.opened|month}; it is of {land.days|dated}, {land.area}.", "February 2016[1]; it is of 2015, 12.50 ha[2]."),
    ("Words{@land.days}{@land.area}.", "Words[1][, ][2]."),
])  # fmt: skip
def test_figures_of_one_source_share_the_last_mark_of_their_sentence(text: str, said: str, house: House) -> None:
    """A mark is left out only where the next one, in the same sentence, is of the same source."""
    renderer = Renderer(Register(load.manuscript(house, ORDER)))

    set_text = re.sub(r"<sup[^>]*>(.*?)</sup>", r"[\1]", str(renderer.text(Text(text))))

    assert re.sub(r"<[^>]*>", "", set_text).replace("\u2060", "").replace("\u00a0", " ") == said


@pytest.mark.parametrize(("text", "said"), [
    ("It opened {land.opened} года.", "It opened 5 February 2016 года[1]."),
    ("In {land.opened|year}~году: {land.area} в год, {land.days}.", "In 2016 году[1]: 12.50 ha в год[2], 15–18 days[1]."),
    ("{land.opened} годами", "5 February 2016[1] годами"),
    ("*{land.area}* года", "12.50 ha[2] года"),
])  # fmt: skip
def test_a_mark_stands_behind_the_word_that_closes_its_figure(text: str, said: str, house: House) -> None:
    """Where a language names closing words, 2016 года¹ is one expression; a longer word or an end of emphasis isn't."""
    manuscript = load.manuscript(house, ORDER)
    words = manuscript.language.words.model_copy(update={"closing": ("года", "году", "в год")})
    renderer = Renderer(Register(replace(manuscript, language=replace(manuscript.language, words=words))))
    renderer.register.number(str(house.facts["land.opened"].source))

    set_text = re.sub(r"<sup[^>]*>(.*?)</sup>", r"[\1]", str(renderer.text(Text(text))))

    assert re.sub(r"<[^>]*>", "", set_text).replace("\u2060", "").replace("\u00a0", " ") == said


def test_a_source_is_called_as_the_language_calls_it() -> None:
    """Its title in the language's own words; one that has none stands in English and says so."""
    pages = {}
    for tag in ("ru", "en"):
        sheet = compose.sheet(load.manuscript(shipped(), Order("brics-2017", tag)), draw=False)
        pages[tag] = next(it.html for it in sheet.galleys if it.id == "sources")

    assert re.search(r'<a href="[^"]*">Калужская область на саммите БРИКС</a>', pages["ru"])
    assert re.search(r'<a href="[^"]*" lang="en">Kaluga Region at the BRICS summit</a>', pages["en"])


def test_no_line_begins_with_a_dash(house: House) -> None:
    """The space before a dash in running text is a fixed one."""
    renderer = Renderer(Register(load.manuscript(house, ORDER)))

    assert "Vorsino\u00a0— the" in str(renderer.text(Text("Vorsino — the largest")))


def test_marks_side_by_side_stand_in_the_order_of_their_numbers(house: House) -> None:
    """What a text marks first keeps its number; where marks meet, the lower number stands first."""
    renderer = Renderer(Register(load.manuscript(house, ORDER)))

    renderer.text(Text("Words{@land.area}."))

    assert re.findall(r">([^<>]+)</(?:a|sup)>", str(renderer.text(Text("{@land.days}{@land.area}")))) == [
        "1",
        ", ",
        "2",
    ]


LIGHT = (Path(__file__).parents[1] / "assets/fonts/literata-display/LiterataDisplay-Light.ttf").read_bytes()


@pytest.mark.parametrize(
    ("written", "hung"),
    [
        ("<h1>Kaluga</h1>", '<h1 class="hung hang-5">Kaluga</h1>'),
        ('<h1 class="x"><span>Nine</span></h1>', '<h1 class="hung x hang-5"><span>Nine</span></h1>'),
        ("<h1>Vorsino</h1>", '<h1 class="hung">Vorsino</h1>'),
        ("<h2>Rosva</h2>", "<h2>Rosva</h2>"),
        ('<p class="hung giant">\n<span>1,042</span></p>', '<p class="hung giant hang-3">\n<span>1,042</span></p>'),
    ],
)
def test_large_type_hangs_by_the_bearing_of_its_first_letter(written: str, hung: str) -> None:
    """K brings 0.057 em of white along and V none; what isn't called hung, nor a heading of the first rank, stays."""
    assert margin.hung(written, [LIGHT]) == hung


def test_each_line_of_a_title_hangs() -> None:
    """A forced line begins with an empty element that draws it out, not with its space."""
    html = margin.hung('<h1><span class="text">Kaluga <br> Region</span></h1>', [LIGHT])
    assert '<br><span class="hang-5"></span>Region' in html
