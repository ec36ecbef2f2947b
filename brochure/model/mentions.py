"""Walks models for what they mention: facts, names, sources, pages, texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from brochure.model.markup import Figure, Link, Mark, Text
from brochure.model.values import FactRef, InterestRef, Line, Ref


def values(node: Any) -> Iterator[Ref | Line | Text]:
    """Every reference, line and text below a model, in its order."""
    if isinstance(node, (Ref, Line, Text)):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from values(getattr(node, name))
    elif isinstance(node, (tuple, list)):
        for value in node:
            yield from values(value)
    elif node is not None and not isinstance(node, (str, int)) and isinstance(node, Mapping):  # few are, and it is dear
        for value in node.values():
            yield from values(value)


def refs(node: Any) -> Iterator[Ref]:
    """Every reference below a model, also those inside its texts."""
    for value in values(node):
        if isinstance(value, Ref):
            yield value
        elif isinstance(value, Text):
            for inner in value.walk():
                if isinstance(inner, (Figure, Mark)):
                    yield inner.fact
                elif isinstance(inner, Link) and inner.page is not None:
                    yield inner.page


def facts(node: Any) -> Iterator[FactRef]:
    """Every fact mentioned below a model."""
    return (ref for ref in refs(node) if isinstance(ref, FactRef))


def interests(node: Any) -> Iterator[InterestRef]:
    """Every park, cluster and route below a model."""
    return (ref for ref in refs(node) if isinstance(ref, InterestRef))
