"""The leaflet: one sheet of six panels in a roll fold, in the words and with the facts of the brochure's own pages."""

from __future__ import annotations

from typing import Any

from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.pages.parks import Spot
from brochure.model.patterns import Pattern
from brochure.model.values import Line, Model, NameRef, Passage
from brochure.model.words import PageWords

#: The kinds of page that a leaflet draws on; an edition without one of them has none.
ASKED = ("cover", "region", "parks", "zone", "corridors", "clusters", "back")


class LeafletWords(Model):
    """content/<language>/leaflet.yaml: the heads of the panels and what only a leaflet says. ``kicker``: for whom
    it is; ``map_alt``: ``{x}`` is what the map marks; ``dated``: of which day it is, ``{x}``."""

    name: Line
    kicker: Line
    five: Text
    parks: Text
    parks_text: Text
    ring: Text
    map_alt: Pattern
    corridors: Text
    clusters: Text
    cover_alt: Passage
    dated: Pattern
    legal: Text


class Show(Model):
    """What the brochure's pages show, by their kind. ``clusters``: those whose members are counted first, the largest
    first of all; ``spots``: what the map marks, ``rings`` the zone's sites in it."""

    pages: dict[str, Any]
    clusters: tuple[Any, ...] = ()
    spots: tuple[Spot, ...] = ()
    rings: tuple[NameRef, ...] = ()


class Said(PageWords):
    """What the brochure's pages say, by their kind, and what only the leaflet says."""

    pages: dict[str, Any]
    own: LeafletWords
    heading: Line


KIND = Kind("leaflet", 2, Show, Said, gathers=True, room="leaflet", file="leaflet")
