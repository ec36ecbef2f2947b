"""What an edition takes over from the one that it extends: keys, pages, tokens, words. Trees in, trees out.

A key that an edition writes itself holds; all others come from the edition that it extends. In its flatplan an entry
without ``kind`` takes over the page of that id; single fields of ``show`` written there take the place of the page's.
How personal copies differ is said of a flatplan: an edition with one of its own doesn't take that over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from brochure.errors import Complaint, Place, suggestion
from brochure.house import House
from brochure.load.papers import BRAND, BY_EDITION
from brochure.load.slips import validated
from brochure.load.yaml_text import Items, Mapping
from brochure.model.brand import Brand
from brochure.model.edition import Edition
from brochure.model.limits import Limits
from brochure.model.scalar import place_of

N = TypeVar("N")
FOLDER = "content/editions"
OWN = ("extends", "default")  # what nobody takes over
OF_PAGES = ("personal",)  # what is said of a flatplan, and goes with it


@dataclass
class Heritage:
    """The editions of a house as they are written, by name. ``broken``: those that can't be read."""

    written: MappingOf[str, Mapping]
    broken: frozenset[str]
    slips: list[Complaint] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)

    def whole(self) -> dict[str, Mapping]:
        """Every edition with all that it takes over. One that extends what isn't there, or itself, is left out."""
        lines = {name: self._line(name) for name in self.written}
        return {name: self._merged(line) for name, line in lines.items() if line}

    def _line(self, name: str) -> tuple[str, ...]:
        """The edition, the one it extends, and so on; empty, with a slip, when that leads nowhere."""
        line = [name]
        while (wanted := self.written[line[-1]].get("extends")) is not None:
            if not isinstance(wanted, str) or wanted in self.broken:
                return ()  # a slip of its own
            if wanted in line:
                if wanted == name == min(line):
                    self.slips.append(_circle(wanted, [*line, wanted]))
                return ()
            if wanted not in self.written:
                remedy = suggestion(wanted, self.written) or f"Editions: {', '.join(self.written)}."
                self.slips.append(Complaint(place_of(wanted), f"there is no edition “{wanted}”.", remedy))
                return ()
            line.append(str(wanted))
        return tuple(line)

    def _merged(self, line: tuple[str, ...]) -> Mapping:
        whole = self.written[line[-1]]
        for heir, giver in zip(line[-2::-1], line[:0:-1], strict=True):
            whole = self._taken(heir, giver, whole)
        return whole

    def _taken(self, heir: str, giver: str, whole: Mapping) -> Mapping:
        """An edition's own keys over the whole of the one that it extends."""
        own = self.written[heir]
        left = (*OWN, *(OF_PAGES if "flatplan" in own else ()))
        keys = {**{key: value for key, value in whole.items() if key not in left}, **own}
        if isinstance(own.get("tokens"), Mapping):
            keys["tokens"] = deepened(whole.get("tokens"), own["tokens"])
        if isinstance(own.get("flatplan"), Items) and isinstance(whole.get("flatplan"), Items):
            keys["flatplan"] = like(
                own["flatplan"], Items(self._pages(heir, giver, own["flatplan"], whole["flatplan"]))
            )
        return like(own, Mapping(keys))

    def _pages(self, heir: str, giver: str, own: Items, given: Items) -> Iterator[Any]:
        """The entries of a flatplan; those without a kind as the edition below has them."""
        known = {str(entry["id"]): entry for entry in given if isinstance(entry, Mapping) and "id" in entry}
        for entry in own:
            if not isinstance(entry, Mapping) or "kind" in entry or not isinstance(entry.get("id"), str):
                yield entry
            elif entry["id"] in known:
                yield _page(entry, known[entry["id"]])
            else:
                self.spoiled.add(f"flatplan:{heir}")
                what = f"the edition “{giver}” has no page “{entry['id']}” to take over."
                remedy = suggestion(entry["id"], known) or "Give it a kind, if it is a page of this edition's own."
                self.slips.append(Complaint(place_of(entry["id"]), what, remedy))


def _circle(wanted: str, line: list[str]) -> Complaint:
    told = ", which extends ".join(f"“{name}”" for name in line)
    return Complaint(place_of(wanted), f"an edition can't extend itself: {told}.", "Take one “extends” of these out.")


def _page(own: Mapping, given: Mapping) -> Mapping:
    """A page that is taken over, with the fields of ``show`` that are written anew."""
    show, shown = own.get("show"), given.get("show")
    both = like(show, Mapping({**shown, **show})) if isinstance(show, Mapping) and isinstance(shown, Mapping) else show
    keys = {**given, **own} if show is None else {**given, **own, "show": both}
    return like(own, Mapping(keys))


def deepened(below: Any, above: Any) -> Any:
    """Two trees as one: mappings key by key, everything else as ``above`` has it."""
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    keys = {str(key): key for key in [*below, *above]}
    return like(above, Mapping({
        key: deepened(below.get(name), above[name]) if name in above else below[name] for name, key in keys.items()
    }))  # fmt: skip


def like(node: Any, new: N) -> N:
    """A new node that stands where another stood."""
    vars(new).update(vars(node))
    return new


def brand(house: Brand, raw: Mapping, edition: Edition, slips: list[Complaint], limits: Limits) -> Brand | None:
    """The brand with an edition's tokens; None, with the slips, when they name none of the brand's or break its
    rules. ``raw``: the brand as written."""
    tokens = edition.tokens
    assert tokens is not None
    unknown = [*_strange(tokens.colours, house.colours, "colour"), *_strange(tokens.type, house.type, "type size")]
    if unknown:
        slips += unknown
        return None
    keys = {"colours": house.colours | tokens.colours, "type": house.type | tokens.type}
    found: list[Complaint] = []
    dressed = validated(Brand, like(raw, Mapping({**raw, **keys})), raw.place, found, limits)
    place = place_of(next(iter([*tokens.colours, *tokens.type]), None))
    slips += [replace(slip, where=place) if _in(slip, BRAND) else slip for slip in found]
    return dressed


def _strange(own: Iterable[str], known: Iterable[str], what: str) -> Iterator[Complaint]:
    names = list(known)
    for key in own:
        if key not in names:
            remedy = suggestion(key, names) or f"An edition overrides what is there: {', '.join(names)}."
            yield Complaint(place_of(key), f"the brand has no {what} “{key}”.", remedy)


def _in(slip: Complaint, file: str) -> bool:
    return isinstance(slip.where, Place) and slip.where.file == file


def retold(it: House, name: str, found: Iterable[Complaint], others: Iterable[Complaint]) -> Iterator[Complaint]:
    """The slips of an edition. What stands in a file that it takes over, and isn't wrong in the edition below, is told
    where it says that it takes it over: there it can be mended."""
    edition, known = it.editions[name], set(others)
    for slip in found:
        if edition.extends is not None and slip not in known and _taken_over(it, name, slip):
            what = f"“{name}” takes over {slip.where}: {slip.what}"
            yield replace(slip, where=edition.extends.place, what=what)
        else:
            yield slip


def _taken_over(it: House, name: str, slip: Complaint) -> bool:
    """Whether a slip is in a file that the edition below reads, too."""
    if not isinstance(slip.where, Place):
        return False
    givers = it.lineage(name)[1:]
    parts = slip.where.file.removesuffix(".yaml").split("/")[1:]
    if len(parts) == 2:
        return parts[0] == "editions" and parts[1] in givers
    below = it.editions[givers[0]]
    if len(parts) < 3 or parts[0] not in below.languages:
        return False
    shared = parts[1] == "pages" and any(page.id == parts[-1] for page in it.plans[givers[0]])
    return (shared and (len(parts) == 3 or parts[2] in givers)) or (parts[1] in BY_EDITION and parts[2] in givers)
