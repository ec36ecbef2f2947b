"""Texts that a translation hasn't got yet are borrowed from the written language, and print with a mark before them."""

from __future__ import annotations

from typing import Any

from brochure.load.yaml_text import Items, Mapping
from brochure.model.scalar import Scalar, place_of

#: How a language writes, which no other language can lend it.
OWN = ("language.yaml", "units.yaml")


def borrowed(own: Mapping, lent: Mapping, tag: str) -> Mapping:
    """The file ``own`` with what only ``lent`` has, in the order of ``lent``; a borrowed text keeps its place there
    and begins with the mark ‹tag›. Neither tree is changed."""
    merged: Any = _merged(own, lent, f"‹{tag}›\u00a0")
    assert isinstance(merged, Mapping)
    return merged


def _merged(own: Any, lent: Any, mark: str) -> Any:
    """Both trees are at most ``file_depth`` deep, so recursion ends in time."""
    if isinstance(own, Mapping) and isinstance(lent, Mapping):
        keys = {str(key): key for key in [*lent, *own]}
        return _like(
            own,
            Mapping({key: _merged(own[str(key)], lent.get(key), mark) if key in own else _marked(lent[str(key)], mark)
                     for key in keys.values()}),
        )  # fmt: skip
    if isinstance(own, Items) and isinstance(lent, Items):
        both = [_merged(mine, theirs, mark) for mine, theirs in zip(own, lent, strict=False)]
        rest = [_marked(node, mark) for node in lent[len(own) :]]
        return _like(own, Items([*both, *own[len(lent) :], *rest]))
    return own


def _marked(node: Any, mark: str) -> Any:
    if isinstance(node, Mapping):
        return _like(node, Mapping({key: _marked(value, mark) for key, value in node.items()}))
    if isinstance(node, Items):
        return _like(node, Items([_marked(value, mark) for value in node]))
    return Scalar(f"{mark}{node}", place_of(node), node.key)


def _like(node: Any, new: Any) -> Any:
    vars(new).update(vars(node))
    return new
