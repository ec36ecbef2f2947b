"""The files of content/ as trees of texts, each read once; a translation's with what it borrows."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from pathlib import Path

from brochure.errors import Complaint, ContentError, Place
from brochure.load import draft
from brochure.load.yaml_text import Mapping, read
from brochure.model.limits import LIMITS_FILE, Limits

Contents = MappingOf[str, bytes]
BRAND = "content/brand.yaml"
WORKSHOP = (BRAND, LIMITS_FILE)  # what the house has once, whatever content is read
#: Files that stand beside the texts of a language and borrow nothing: digests of them, and what fits their boxes.
ACCEPTED, BUDGETS = "translated.yaml", "budgets.yaml"
BY_EDITION = ("editions", "mail")  # folders of a language whose files are called like editions
APART = (*draft.OWN, ACCEPTED, BUDGETS)


@dataclass
class Papers:
    """``workshop``: the house whose brand and limits hold, most often ``root`` itself; ``instead``: files that are to be
    read with another content, or as if they were there; ``written``: the language that lends, once it is known;
    ``seen``: every file that was asked for; ``broken``: those that can't be read."""

    root: Path
    workshop: Path
    instead: Contents
    slips: list[Complaint] = field(default_factory=list)
    written: str = ""
    spoken: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    limits: Limits = field(default_factory=Limits)
    trees: dict[str, Mapping | None] = field(default_factory=dict)

    def names(self, folder: str) -> list[str]:
        """The YAML files of a folder, and those that a translation's folder borrows."""
        lent = self._names(f"content/{self.written}/{folder.split('/', 2)[2]}") if self._borrows(folder) else []
        return sorted({*self._names(folder), *(f"{folder}/{Path(name).name}" for name in lent)})

    def _names(self, folder: str) -> list[str]:
        there = [path.relative_to(self.root).as_posix() for path in (self.root / folder).glob("*.yaml")]
        return [*there, *(name for name in self.instead if name.rpartition("/")[0] == folder)]

    def raw(self, file: str) -> Mapping | None:
        """The file as text with places, or None with its slips kept."""
        self.seen.add(file)
        lender = self._lender(file)
        lent = self.tree(lender) if lender else None
        if lent is None:
            return self.tree(file)
        own = self.tree(file) if self.there(file) else _empty(file)
        return None if own is None else draft.borrowed(own, lent, self.written)

    def there(self, file: str) -> bool:
        """Whether a file stands on the disk, or is to be read as if it did."""
        path = self._root(file) / file
        return file in self.instead or path.exists() or path.is_symlink()

    def said(self, file: str) -> bool:
        """Whether a file is there, or borrowed as a whole."""
        return self.there(file) or bool(self._lender(file))

    def tree(self, file: str) -> Mapping | None:
        """The file's own texts, read once."""
        if file not in self.trees:
            self.trees[file] = self._read(file)
        return self.trees[file]

    def _root(self, file: str) -> Path:
        return self.workshop if file in WORKSHOP else self.root

    def _borrows(self, file: str) -> bool:
        tag = self._tag(file)
        return tag in self.spoken and tag != self.written

    def _tag(self, file: str) -> str:
        return file.removeprefix("content/").partition("/")[0]

    def _lender(self, file: str) -> str:
        """The file that a translation's file borrows from; empty for all others."""
        if not self._borrows(file) or file.partition("/")[2].partition("/")[2] in APART:
            return ""
        lender = f"content/{self.written}/{file.split('/', 2)[2]}"
        return lender if self.there(lender) else ""

    def _read(self, file: str) -> Mapping | None:
        root = self._root(file)
        path = root / file
        try:
            if file in self.instead:
                return read(self.instead[file], file, self.limits)
            if path.exists() and not (path.is_file() and path.resolve().is_relative_to(root.resolve())):
                raise ContentError(
                    [Complaint(Place(file), "this is no file of the house.", "Put an ordinary file here.")]
                )
            return read(path.read_bytes(), file, self.limits)
        except FileNotFoundError:
            self.slips.append(
                Complaint(Place(file), "this file is missing.", "Write it, or take it from another house.")
            )
        except OSError as error:
            self.slips.append(
                Complaint(Place(file), f"this file can't be read ({error.strerror}).", "Look at its rights.")
            )
        except ContentError as error:
            self.slips.extend(error.complaints)
        self.broken.add(file)
        return None


def _empty(file: str) -> Mapping:
    empty = Mapping()
    empty.place, empty.key = Place(file), ""
    return empty
