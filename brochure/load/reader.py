"""Reads single files and tables as their models, and keeps every slip on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from brochure.errors import Complaint, Place
from brochure.intake import Slip
from brochure.load.ids import places
from brochure.load.papers import Contents, Papers
from brochure.load.slips import validated
from brochure.load.yaml_text import Mapping
from brochure.model.limits import Limits
from brochure.model.scalar import place_of
from brochure.model.values import Ref

M = TypeVar("M", bound=BaseModel)


@dataclass
class Reader:
    """Reads file after file and keeps the slips; a file with a syntax slip counts as read and is left out."""

    root: Path
    workshop: Path
    others: Collection[str]
    instead: Contents
    slips: list[Complaint] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)
    limits: Limits = field(default_factory=Limits)
    refused: dict[str, Slip] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.papers = Papers(self.root, self.workshop, self.instead, self.slips)

    def file(self, file: str, model: type[M]) -> M | None:
        """One file as its model, or None with its slips kept."""
        raw = self.papers.raw(file)
        if raw is None:
            return None
        if (found := validated(model, raw, Place(file), self.slips, self.limits)) is None:
            self.spoiled.add(file)
        return self.keep(found, raw)

    def spare(self, file: str, model: type[M]) -> M | None:
        """One file that a house may do without."""
        return self.file(file, model) if self.papers.there(file) else None

    def folder(self, folder: str, model: type[M], kind: type[Ref]) -> dict[str, M]:
        """Every file of a folder as its model, by the file's name without suffix."""
        return {
            Path(name).stem: found
            for name in self.papers.names(folder)
            if self.id(kind, Path(name).stem, Place(name)) and (found := self.file(name, model))
        }

    def keep(self, model: M | None, raw: Any) -> M | None:
        """Remember the place of every key, for whoever only has the key path."""
        if model is not None:
            self.places.update(places(raw))
        return model

    def id(self, kind: type[Ref], key: str, place: Place) -> bool:
        """Whether an id can ever be mentioned; a slip when its letters forbid it."""
        try:
            kind.read(key)
        except PydanticCustomError as refused:
            context = refused.context or {}
            self.slips.append(Complaint(place, context["what"], context["remedy"]))
            return False
        return True

    def table(self, file: str, model: type[M], kind: type[Ref]) -> dict[str, M]:
        """A mapping from ids to models; a bad entry doesn't hide the others."""
        raw: dict[str, Any] = self.papers.raw(file) or {}
        out = {}
        for key, node in raw.items():
            self.id(kind, key, place_of(key))
            if (entry := validated(model, node, place_of(key), self.slips, self.limits)) is not None:
                out[str(key)] = entry
            else:
                self.spoiled.add(str(key))
        self.places.update(places(raw))
        return out

    def optional(self, file: str, model: type[M]) -> dict[str, M]:
        """A file of single values that need not be there."""
        return self.values(file, model) if self.papers.there(file) else {}

    def values(self, file: str, model: type[M], kind: type[Ref] | None = None) -> dict[str, M]:
        """A mapping from ids to single texts."""
        raw: dict[str, Any] = self.papers.raw(file) or {}
        self.places.update(places(raw))
        out = {}
        for key, node in raw.items():
            if kind is not None:
                self.id(kind, key, place_of(key))
            wrapped = Mapping({"value": node})
            wrapped.place, wrapped.key = getattr(node, "place", Place(file)), str(key)
            if (entry := validated(model, wrapped, Place(file), self.slips, self.limits)) is not None:
                out[str(key)] = entry
            else:
                self.spoiled.add(str(key))
        return out
