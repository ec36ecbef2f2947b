"""Stylesheets that are read once. WeasyPrint 70 reads those of a document anew for each: some fifty of ours for every
section, a good part of the time that a small one takes. What it made of them is the same wherever the same ones are
linked in the same order, and nothing of it is changed by the layout."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import weasyprint.css

MOST = 64  # that are held: a brochure has some thirty kinds of page and product

_find = weasyprint.css.find_stylesheets


@dataclass(frozen=True)
class Kept:
    """What was read: the sheets with their selectors, rules for pages, and names of layers in their order."""

    sheets: tuple[Any, ...]
    page_rules: tuple[Any, ...]
    layers: tuple[str, ...]


@dataclass
class Sheets:
    """The stylesheets that were read, by what they were read from."""

    kept: OrderedDict[Hashable, Kept] = field(default_factory=OrderedDict)

    @contextmanager
    def known(self, origin: Hashable, sound: Callable[[], bool]) -> Iterator[None]:
        """Documents that are laid out inside link stylesheets of one ``origin``: addresses and digests of all there
        are, fonts included. They are kept if they are ``sound`` when they have been read: nothing was muttered about
        them, which has to be heard each time."""

        def find(wrapper: Any, media: Any, fetcher: Any, base: Any, fonts: Any, *into: Any) -> Iterator[Any]:
            counters, profiles, page_rules, layers = into
            key = (origin, media, tuple(link.etree_element.get("href") for link in wrapper.query_all("link")))
            own = any(wrapper.query_all("style"))  # its rules belong to one document
            if own or key not in self.kept:
                before = dict(counters), dict(profiles)
                sheets = tuple(_find(wrapper, media, fetcher, base, fonts, *into))
                yield from sheets
                if sound() and not own and before == (dict(counters), dict(profiles)):
                    self._keep(key, Kept(sheets, tuple(page_rules), tuple(layers)))
                return
            self.kept.move_to_end(key)
            page_rules += self.kept[key].page_rules
            layers += self.kept[key].layers
            yield from self.kept[key].sheets

        weasyprint.css.find_stylesheets = find
        try:
            yield
        finally:
            weasyprint.css.find_stylesheets = _find

    def _keep(self, key: Hashable, read: Kept) -> None:
        self.kept[key] = read
        while len(self.kept) > MOST:
            self.kept.popitem(last=False)
