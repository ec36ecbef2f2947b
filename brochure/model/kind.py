"""A kind of page: its name in every room, how many pages it fills, what it shows and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from brochure.model.values import Model
from brochure.model.words import PageWords


@dataclass(frozen=True)
class Kind:
    """``show`` models the flatplan's ``show:`` (no words), ``words`` models content/<language>/pages/<id>.yaml.
    ``marks`` is false where figures carry no source mark: covers, and the list of sources itself.
    A kind that ``gathers`` is composed last, when every source is numbered. A kind that ``fills`` takes as many pages
    as a saddle-stitched brochure lacks to a multiple of four: none to three.
    A spread that ``yields`` can do without its left page, where a letter takes that. ``room``: the folder of its template
    and stylesheet, ``file``: where words that are no page's own stand.
    A kind that shows ``contacts`` leads to the edition's first one.
    ``needs``: which words the page needs for what it shows. By the words' path (``chart.taxes``) a function from
    ``show`` to the keys of a mapping, or to things of which a list has one entry each."""

    name: str
    pages: int
    show: type[Model]
    words: type[PageWords]
    marks: bool = True
    gathers: bool = False
    fills: bool = False
    room: str = "pages"
    file: str = ""
    yields: bool = False
    contacts: bool = False
    needs: Mapping[str, Callable[[Any], Iterable[Any]]] = field(default_factory=dict)
