"""Running text: the small markup, and that nothing else gets through."""

from __future__ import annotations

import contextlib
import time

import pytest
from pydantic_core import PydanticCustomError

from brochure.model.markup import Break, Emphasis, Figure, Link, Mark, Plain, Text, Words


def test_plain_words_are_one_node() -> None:
    """Text without markup is just words."""
    assert (Words("Nothing <b>special</b> & {not a brace".replace("{", "")),) == Text(
        "Nothing <b>special</b> & not a brace"
    ).nodes


def test_every_sign_has_its_meaning() -> None:
    """Emphasis, space, break, fact, mark, plain text and links in one line."""
    nodes = Text(r"a~b *c* \\ {land.area} {land.area|number} {@land.law} {=A-130} [d](https://e.f/) [g](page)").nodes

    assert [
        Words,
        Emphasis,
        Words,
        Break,
        Words,
        Figure,
        Words,
        Figure,
        Words,
        Mark,
        Words,
        Plain,
        Words,
        Link,
        Words,
        Link,
    ] == [type(node) for node in nodes]
    assert Words("a\u00a0b ") == nodes[0]
    assert Figure("land.area", "number") == nodes[7]  # type: ignore[arg-type]
    assert [node.target for node in nodes if isinstance(node, Link)] == ["https://e.f/", "page"]


def test_a_backslash_makes_signs_plain() -> None:
    """Each sign can be printed."""
    assert (Words("* ~ { } [ ] ( )"),) == Text(r"\* \~ \{ \} \[ \] \( \)").nodes


@pytest.mark.parametrize("target", [
    "https://[::1", "https://a.org:port/", "https://user@a.org/", "https://?x", "https://a..b/", "mailto:a@b", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://x", "//evil", "https://", "mailto:", "tel:abc", "JAVASCRIPT:x",
    "https://a\"b", "vbscript:x", "https://a'b", "mailto:a@b@c", "../x", "#x",
])  # fmt: skip
def test_links_lead_only_to_known_schemes(target: str) -> None:
    """http, https, mailto, tel and page ids; everything else is refused."""
    with pytest.raises(PydanticCustomError):
        Text(f"[x]({target})")


def test_emphasis_holds_facts() -> None:
    """A figure may stand out."""
    (emphasis,) = Text("*{land.area} in all*").nodes

    assert isinstance(emphasis, Emphasis) and isinstance(emphasis.children[0], Figure)


@pytest.mark.parametrize(
    "text", ["*", "a * b", "{", "}", "[x", "x]", "{}", "{a}", "{a.b|c}", "{@}", "{=}", "**", "[](x)", "[ ](x)"]
)
def test_half_written_markup_is_refused(text: str) -> None:
    """What is opened must be closed, and what is closed must hold something."""
    with pytest.raises(PydanticCustomError):
        Text(text)


@pytest.mark.parametrize(
    "text", ["[" * 19_999, "[a](" * 4_900, "*" * 19_999, "\\" * 19_999, "{=" * 9_900, "[\\" * 9_900]
)
def test_long_texts_are_read_quickly(text: str) -> None:
    """Markup of the greatest allowed length is read, or refused, in a moment."""
    started = time.process_time()
    with contextlib.suppress(PydanticCustomError):
        Text(text)

    assert time.process_time() - started < 10
