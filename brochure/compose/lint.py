"""Rules for templates and stylesheets that WeasyPrint 70 and Jinja2 make necessary. Each is a line of a table:
what to look for, what is wrong with it, what to do instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from brochure.errors import Complaint, ExitCode, Place


@dataclass(frozen=True)
class Rule:
    """A pattern that must not occur; ``unless`` excuses the line that it occurs in."""

    pattern: str
    what: str
    remedy: str
    unless: str = ""


TEMPLATE_RULES = (
    Rule(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false", "this switches escaping off.",
         "Print the value as it is; texts bring their own markup."),
    Rule(r"=\s*\{\{", "this attribute has no quotes.", "Write name=\"{{ … }}\": unquoted values can't be escaped."),
    Rule(r"\bstyle\s*=", "a style attribute stands here.", "Write a class, and the rule into the stylesheet."),
    Rule(r"<(script|style|iframe|object|embed|base|form|input|svg|math|link(?![^>]*rel=\"stylesheet\"))\b",
         "this element has no place in a brochure.", "Use text, tables, and pictures through drawing(…) or picture(…)."),
    Rule(r"\brel\s*=\s*[\"']?attachment", "an attachment would put a file into the PDF.", "Remove it."),
    Rule(r"href=\"[^\"]*\{\{", "this address isn't checked.", "Write href=\"{{ … | url }}\".", unless=r"href=\"#|\|\s*url\s*\}\}\""),
    Rule(r"<img(?![^>]*\balt=)", "this picture has no alt text.", "Add alt=\"{{ … }}\", or make it an ornament(…)."),
    Rule(r"\bbackground\s*=|\bon[a-z]+\s*=\s*[\"']", "this attribute is not for print.", "Write it into the stylesheet."),
)  # fmt: skip

COLOUR = r"(#[0-9a-fA-F]{3,8}\b|\b(?:rgb|rgba|hsl|hsla|hwb|lab|lch|oklab|oklch|color|color-mix|device-cmyk)\()"
STYLE_RULES = (
    Rule(r"overflow-wrap\s*:\s*anywhere", "“anywhere” takes minutes in a grid, flex box or table.", "Write overflow-wrap: break-word."),
    Rule(r"grid-template-(columns|rows)\s*:[^;]*?(?<![\w(,-])(?<!minmax\(0, )(?<!minmax\(0,)[0-9.]+fr\b",
         "this track measures its text first, which costs 40 % of all time.", "Write minmax(0, 1fr) or a length.",),
    Rule(r"grid-template-(columns|rows)\s*:[^;]*\b(min-content|max-content|auto|fit-content)\b",
         "this track measures its text first, which costs 40 % of all time.", "Write minmax(0, 1fr) or a length."),
    Rule(r"table-layout\s*:\s*auto", "an automatic table measures every cell.", "Write table-layout: fixed."),
    Rule(r"float\s*:\s*footnote|::marker|target-counter|string-set|position\s*:\s*running",
         "this breaks when sections are laid out alone.", "Page numbers come from the flatplan as text."),
    Rule(r"url\(\s*[\"']?(?:https?:|file:|data:|//)", "this reaches outside the house.", "Put the file into assets/ and import it from there."),
    Rule(r"@font-face", "fonts are declared by the brand.", "List the file in content/brand.yaml."),
    Rule(r"gradient\((?![^;]*no-repeat)", "this gradient is tiled: a hairline of its first colour shows at the far edge.",
         "Add no-repeat.", unless="no-repeat"),
    Rule(COLOUR, "a colour stands here.", "Use a token: var(--night). Colours are written in content/brand.yaml."),
    Rule(r"\b(?:color|background|background-color|border(?:-[a-z]+)*|fill|stroke)\s*:[^;{]*\b(?:black|white|red|green|blue|gr[ae]y|gold|navy|silver|orange|yellow)\b(?!\))",
         "a colour stands here.", "Use a token: var(--night). Colours are written in content/brand.yaml.", unless=r"var\(--"),
    Rule(r"@layer\s+[a-z]+\s*,", "the order of the layers is written a second time.", "It stands in assets/css/main.css only."),
    Rule(r"hyphenate-limit-lines|text-align\s*:\s*justify", "WeasyPrint can't do this well.", "Set ragged right."),
)  # fmt: skip


def house(templates: Mapping[str, str], assets: Mapping[str, bytes]) -> Iterator[Complaint]:
    """Every broken rule in the templates and stylesheets of a house."""
    for name, source in templates.items():
        yield from _broken(f"templates/{name}", _blank(source, r"\{#.*?#\}"), TEMPLATE_RULES)
    for name, content in assets.items():
        if name.endswith(".css"):
            rules = [rule for rule in STYLE_RULES if name != "css/main.css" or "layers" not in rule.what]
            yield from _broken(f"assets/{name}", _blank(content.decode("utf-8", "replace"), r"/\*.*?\*/"), tuple(rules))


@lru_cache(maxsize=512)
def _broken(file: str, source: str, rules: tuple[Rule, ...]) -> tuple[Complaint, ...]:
    """The broken rules of one file; every language asks for the same files."""
    return tuple(_looked_through(file, source, rules))


def _looked_through(file: str, source: str, rules: tuple[Rule, ...]) -> Iterator[Complaint]:
    for number, line in enumerate(source.split("\n"), 1):
        for rule in rules:
            match = re.search(rule.pattern, line)
            if match and not (rule.unless and re.search(rule.unless, line)):
                yield Complaint(Place(file, number, match.start() + 1), rule.what, rule.remedy, ExitCode.TEMPLATE)


def _blank(source: str, comment: str) -> str:
    """The source with its comments blanked out, line by line."""
    return re.sub(comment, lambda match: re.sub(r"[^\n]", " ", match[0]), source, flags=re.DOTALL)
