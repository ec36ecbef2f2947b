"""The floors, the keepers, and the size of things."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT

MODULES = sorted([*(ROOT / "brochure").rglob("*.py"), ROOT / "build.py"])


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines, docstring left out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield f"{path.name}:{node.name}", (node.end_lineno or 0) - body[0].lineno + 1


def test_floors_and_keepers() -> None:
    """A module leans only on the floors below it, and each foreign tool has one keeper."""
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout


def test_functions_are_one_breath_long() -> None:
    """Median ten lines or fewer, none over forty."""
    lengths = dict(function for path in MODULES for function in functions(path))

    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert statistics.median(lengths.values()) <= 10


def test_modules_fit_into_a_head() -> None:
    """No module has more than three hundred lines."""
    assert {path.name: count for path in MODULES if (count := len(path.read_text("utf-8").splitlines())) > 300} == {}


def named(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of its classes."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            waiting += node.body if isinstance(node, ast.ClassDef) else []


def test_public_things_say_what_they_are() -> None:
    """Every module, class and public function has a docstring; every test has a sentence."""
    silent = []
    for path in [*MODULES, *sorted((ROOT / "tests").glob("*.py"))]:
        tree = ast.parse(path.read_text("utf-8"))
        silent += [path.name] if not ast.get_docstring(tree) else []
        silent += [f"{path.name}:{node.name}" for node in named(tree) if not ast.get_docstring(node)]

    assert silent == []


def test_help_comes_without_the_heavy_libraries() -> None:
    """The front door imports neither WeasyPrint nor anything native that it doesn't need."""
    code = "import sys, build; print(sorted({'weasyprint', 'pydyf', 'cffi'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
