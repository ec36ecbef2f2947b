"""What the specimen book prints of the house itself: the brand's tokens, and each component as its macro's head
documents it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from brochure.colour import contrast
from brochure.errors import Complaint, ExitCode, Place, TemplateError
from brochure.model.brand import CONTRAST, CONTRAST_LARGE, Brand

HEAD = re.compile(r"\{#-?(.*?)-?#\}", re.DOTALL)
LINE = re.compile(r" {3}([a-z_]+) \(([^()]+)\): (\S.*)")
FURTHER = re.compile(r" {5}(\S.*)")
GUIDE = "See templates/specimens/README.md."


@dataclass(frozen=True)
class Parameter:
    """A parameter of a macro: what it takes (with its unit), what it does, and its default as the template writes it,
    empty when it must be given."""

    name: str
    takes: str
    does: str
    default: str = ""


@dataclass(frozen=True)
class Component:
    """A component: its file below templates/, its public macro, what its head says of it."""

    file: str
    macro: str
    says: str
    parameters: tuple[Parameter, ...]


def component(name: str, source: str) -> Component:
    """The component of that name out of its template; TemplateError where head and macro disagree."""
    file = f"components/{name}.html"
    macro = _macro(name, source)
    says, told = _head(file, source)
    given = dict.fromkeys((arg.name for arg in macro.args), "")
    given |= dict(zip(reversed(list(given)), (_written(value) for value in reversed(macro.defaults)), strict=False))
    for missing in (arg for arg in given if arg not in told):
        _refuse(file, macro.lineno, f"the parameter “{missing}” has no line in the comment head.", "Write one.")
    for surplus in (arg for arg in told if arg not in given):
        _refuse(file, 1, f"the comment head tells of “{surplus}”, which {macro.name} doesn't take.", "Remove it.")
    return Component(
        file=f"templates/{file}",
        macro=macro.name,
        says=says,
        parameters=tuple(Parameter(arg, *told[arg], default) for arg, default in given.items()),
    )


def _macro(name: str, source: str) -> nodes.Macro:
    """The one public macro of a component's template."""
    tree = ImmutableSandboxedEnvironment(autoescape=True).parse(source)
    found = [macro for macro in tree.find_all(nodes.Macro) if not macro.name.startswith("_")]
    if [macro.name for macro in found] != [name.replace("-", "_")]:
        names = ", ".join(macro.name for macro in found) or "none"
        _refuse(
            f"components/{name}.html", 1, f"its public macros are: {names}.", f"Keep one, “{name.replace('-', '_')}”."
        )
    return found[0]


def _head(file: str, source: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """What the comment head says of the component, and of each parameter: what it takes, what it does."""
    head = HEAD.match(source)
    if head is None:
        _refuse(file, 1, "this component has no comment head.", "Document it.")
    about, _, lines = head[1].partition("\n\n")
    told: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines.rstrip().splitlines(), about.count("\n") + 3):
        last = next(reversed(told), "")
        if match := LINE.fullmatch(line):
            told[match[1]] = (match[2], match[3])
        elif (match := FURTHER.fullmatch(line)) and last:
            told[last] = (told[last][0], f"{told[last][1]} {match[1]}")
        elif line.strip():
            _refuse(file, number, "this line isn't “name (what it takes): what it does”.", "Indent it by three blanks.")
    return " ".join(about.split()), told


def _written(value: nodes.Expr) -> str:
    """A default as a designer reads it: “none” for everything that is empty, nought and false."""
    try:
        written = str(value.as_const() or "none")
    except nodes.Impossible:
        return "computed"
    return {"True": "true", "False": "false"}.get(written, written)


def _refuse(file: str, line: int, what: str, remedy: str) -> NoReturn:
    place = Place(f"templates/{file}", line)
    raise TemplateError([Complaint(place, what, f"{remedy} {GUIDE}", ExitCode.TEMPLATE)])


def swatches(brand: Brand) -> Iterator[dict[str, Any]]:
    """Each colour: its name, screen value, inks and their sum in %, and which of paper and night reads better on it."""
    for name, colour in brand.colours.items():
        light, dark = (contrast(brand.colours[text].screen, colour.screen) for text in ("paper", "night"))
        recipe = colour.print
        inks = [f"{ink:g}" for ink in (recipe.cyan, recipe.magenta, recipe.yellow, recipe.black)]
        yield {
            "name": name,
            "screen": str(colour.screen).upper(),
            "inks": inks,
            "sum": f"{recipe.ink:g}",
            "text": "paper" if light > dark else "night",
        }


def pairs(brand: Brand) -> Iterator[dict[str, Any]]:
    """Each pair that carries text: its contrast and the least that WCAG 2.2 (1.4.3) asks of it."""
    for pair in brand.pairs:
        ratio = contrast(brand.colours[pair.text].screen, brand.colours[pair.ground].screen)
        least = CONTRAST_LARGE if pair.large else CONTRAST
        yield {"text": pair.text, "ground": pair.ground, "ratio": f"{ratio:.1f}", "least": f"{least:g}"}


def scale(brand: Brand) -> dict[str, str]:
    """Each step of the type scale: size and leading in pt, written 9.25/14."""
    return {name: f"{step.size}/{step.leading}" for name, step in brand.type.items()}
