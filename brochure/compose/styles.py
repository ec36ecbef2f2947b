"""Stylesheets: the tokens written from the brand, the fonts of a language, and what a sheet imports."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache

import tinycss2

from brochure.errors import Complaint, Place, TemplateError
from brochure.model.brand import Brand, Font
from brochure.model.words import LanguageWords
from brochure.paper import Paper
from brochure.stages import digest_of


def tokens(brand: Brand, words: LanguageWords, paper: Paper) -> str:
    """Custom properties and the page's size: everything that has a colour or a measure in it; and what a script needs
    on every page."""
    lines = [f"  --{name}: {colour.screen};" for name, colour in brand.colours.items()]
    for name, step in {**brand.type, **words.type}.items():
        lines += [f"  --size-{name}: {step.size}pt;", f"  --leading-{name}: {step.leading}pt;"]
    lines += [f"  --{name}: {value:.6g}mm;" for name, value in _measures(paper).items()]
    lines += [f"  --text: {_stack(words.text)};", f"  --display: {_stack(words.display)};"]
    page = f"@page {{ size: {paper.width:g}mm {paper.height:g}mm; margin: 0; bleed: {paper.bleed:g}mm; }}"
    return "\n".join([page, ":root {", *lines, "}", *_script(words), ""])


def _script(words: LanguageWords) -> Iterator[str]:
    """Rules that a language brings along, the same on all pages; they lie outside the layers, so they win. Where it
    can't have space between letters they take it from all words, whatever sheet asks for it: it would break
    Devanagari's headline, and with it the words. Figures without letters keep theirs."""
    yield ".whole { white-space: nowrap; }"
    if words.large_numbers:
        yield ".counted { font-size: 0.36em; line-height: 0; letter-spacing: 0; }"
    if words.tracking == "none":
        yield "h1, h2, .kicker, .text, .joined { letter-spacing: normal !important; }"
    if words.hyphens:
        yield (
            "p { hyphens: auto; hyphenate-character: '\\2010'; hyphenate-limit-chars: 10 4 4; hyphenate-limit-zone: 20%; }\n"
            ".lead, .kicker, table p, [class*='number'], [class*='who'] { hyphens: manual; }"
        )


def _measures(paper: Paper) -> dict[str, float]:
    return {
        "page-width": paper.width,
        "page-height": paper.height,
        "bleed": paper.bleed,
        "safe": paper.safe,
        "top": paper.top,
        "bottom": paper.bottom,
        "inner": paper.inner,
        "outer": paper.outer,
        "measure": paper.measure,
        "gutter": paper.gutter,
        "col": paper.column,
        "step": paper.column + paper.gutter,
    }


def _stack(families: tuple[str, ...]) -> str:
    return ", ".join(f"'{family}'" for family in families)


def faces(brand: Brand, words: LanguageWords) -> Iterator[Font]:
    """The brand's fonts that a language is set in."""
    wanted = {*words.text, *words.display}
    return (font for font in brand.fonts if font.family in wanted)


def font_address(font: Font, assets: Mapping[str, bytes]) -> str:
    """A font's address below the virtual host. It holds the file's digest: WeasyPrint keeps fonts by address."""
    digest = digest_of(assets[font.file])[:16]
    return f"fonts/{digest}/{font.file}"


def font_faces(brand: Brand, words: LanguageWords, assets: Mapping[str, bytes]) -> str:
    """One @font-face for each file of the language's fonts."""
    rules = []
    for font in faces(brand, words):
        src = f"src: url(/{font_address(font, assets)}); font-weight: {font.weight}; font-style: {font.style};"
        rules.append(f"@font-face {{ font-family: '{font.family}'; {src} }}")
    return "\n".join([*rules, ""])


def imports(name: str, assets: Mapping[str, bytes]) -> dict[str, bytes]:
    """A stylesheet below assets/css/ and all that it imports, by address; TemplateError for one that is missing."""
    out: dict[str, bytes] = {}
    waiting = [name]
    while waiting:
        sheet = waiting.pop()
        if sheet in out:
            continue
        if sheet not in assets:
            raise TemplateError(
                [
                    Complaint(
                        Place(f"assets/{sheet}"),
                        "this stylesheet is missing.",
                        "Write it: a page kind has a template and a stylesheet of the same name.",
                        TemplateError.code,
                    )
                ]
            )
        out[sheet] = assets[sheet]
        waiting += [
            posixpath.normpath(posixpath.join(posixpath.dirname(sheet), url)) for url in _imported(assets[sheet])
        ]
    return out


@lru_cache(maxsize=256)
def _imported(sheet: bytes) -> tuple[str, ...]:
    """What a stylesheet imports; every page asks for the base sheets again."""
    return tuple(_imports(sheet))


def _imports(sheet: bytes) -> Iterator[str]:
    rules, _ = tinycss2.parse_stylesheet_bytes(sheet, skip_comments=True, skip_whitespace=True)
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "import":
            for token in rule.prelude:
                if token.type in ("string", "url"):
                    yield token.value
                elif token.type == "function" and token.lower_name == "url":
                    yield token.arguments[0].value
