"""What comes back: looked through as ``check`` looks through the house, and written only when all of it is well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from brochure import deliver, exchange, load
from brochure.errors import Complaint, ContentError, Place, errors_in, suggestion, tidy
from brochure.house import House
from brochure.load import budgets, glyphs, parity, rewrite
from brochure.load.papers import ACCEPTED
from brochure.load.sayings import sayings, source
from brochure.model.phrase import Delivery, Returned

Pairs = dict[str, tuple[bytes, bytes]]


@dataclass(frozen=True)
class Taken:
    """What a file has brought: its language, the keys whose texts changed, the files written, and the warnings."""

    language: str
    keys: tuple[str, ...]
    files: tuple[Path, ...]
    warnings: tuple[Complaint, ...]


def take(it: House, path: Path) -> Taken:
    """Puts the translations of an office's file into content/. Nothing of it is written when there is a single
    error: ContentError with all of them, AssetError when it can't be read."""
    name = str(path)
    delivery = exchange.read(load.foreign.office(path, exchange.MOST_MEGABYTES), name)
    tag = _language(it, delivery, name)
    slips = [*_keys(it, delivery)]
    _stop(slips)
    news = {back.key: back for back in delivery.returned if back.target}
    pairs = _rewritten(it, tag, news, slips)
    _stop(slips)
    changed = [key for key in news if _current(it, tag, key) != news[key].target]
    slips += _judged(it, tag, pairs, {key: news[key] for key in changed})
    stale = [key for key in changed if news[key].source != _current(it, source(it), key)]
    slips += [_older(it, news[key]) for key in stale]
    _stop(slips)
    _forget(it, tag, stale, pairs)
    files = deliver.content.write(it.root, pairs)
    return Taken(tag, tuple(changed), tuple(files), tidy(slips))


def _stop(slips: Iterable[Complaint]) -> None:
    found = list(slips)
    if errors_in(found):
        raise ContentError(found)


def _language(it: House, delivery: Delivery, name: str) -> str:
    """The language that a file is for; ContentError when the house hasn't got it, or writes in another."""
    locales = {str(language.words.locale).casefold(): tag for tag, language in it.languages.items()}
    locales |= {tag: tag for tag in it.languages}
    written, tag = locales.get(delivery.source.casefold()), locales.get(delivery.target.casefold())
    if written != source(it):
        what = f"this file translates from “{delivery.source}”; the house is written in “{source(it)}”."
        raise ContentError([Complaint(Place(name), what, "Export it anew.")])
    if tag is None or tag == written:
        what = f"this file is for the language “{delivery.target}”, which the house isn't translated into."
        raise ContentError([Complaint(Place(name), what, suggestion(delivery.target, locales) or "Export it anew.")])
    return tag


def _keys(it: House, delivery: Delivery) -> Iterator[Complaint]:
    """Keys that nobody knows, and keys that come twice."""
    known, seen = sayings(it, source(it)), dict[str, Place]()
    for back in delivery.returned:
        if back.key not in known:
            remedy = suggestion(back.key, known) or "It may have been removed since the export: export anew."
            yield Complaint(back.place, f"there is no text “{back.key}”.", remedy)
        elif back.key in seen:
            what = f"the text “{back.key}” stands here a second time; it was first on line {seen[back.key].line}."
            yield Complaint(back.place, what, "Keep one of the two.")
        seen.setdefault(back.key, back.place)


def _current(it: House, tag: str, key: str) -> str:
    """A text as it is written in the house, with its markup; empty when it isn't there."""
    file, _, name = key.partition("#")
    raw = load.foreign.content(it.root, f"content/{tag}/{file}")
    return _read(raw).get(name, "")


@lru_cache(maxsize=200)
def _read(raw: bytes) -> dict[str, str]:
    return rewrite.texts(raw) if raw.strip() else {}


def _rewritten(it: House, tag: str, news: dict[str, Returned], slips: list[Complaint]) -> Pairs:
    """Every file that the texts change: as it is, and as it would be."""
    files: dict[str, dict[str, str]] = {}
    for key, back in news.items():
        file, _, name = key.partition("#")
        files.setdefault(file, {})[name] = back.target
    pairs: Pairs = {}
    for file, new in files.items():
        ours = f"content/{tag}/{file}"
        old, skeleton = (load.foreign.content(it.root, name) for name in (ours, f"content/{source(it)}/{file}"))
        try:
            pairs[ours] = old, rewrite.rewritten(old, new, skeleton)
        except rewrite.Unwritable as reason:
            place = news[f"{file}#{next(iter(new))}"].place
            slips.append(Complaint(place, f"{ours} can't take this file's texts: {reason}", "Translate them too."))
        except ContentError as error:
            slips += [replace(c, where=news[f"{file}#{next(iter(new))}"].place) for c in error.complaints]
    return {file: pair for file, pair in pairs.items() if pair[0] != pair[1]}


def _judged(it: House, tag: str, pairs: Pairs, news: dict[str, Returned]) -> Iterator[Complaint]:
    """What ``check`` would say of the house with these files, at the lines of the office's file."""
    try:
        there = load.house(
            it.root, draft=True, others=it.languages, instead={file: new for file, (_, new) in pairs.items()}
        )
    except ContentError as error:
        yield from _moved(error.complaints, tag, pairs, news)
        return
    originals, found = sayings(there, source(there)), sayings(there, tag)
    for key, back in news.items():
        slips = [
            *parity.mentions(there, originals[key], found[key]),
            *parity.kept(there, originals[key], found[key]),
            *glyphs.slips(there, tag, [found[key]]),
            *budgets.slips(there, tag, originals[key], found[key]),
        ]
        yield from (replace(slip, where=back.place) for slip in slips)


def _moved(slips: Iterable[Complaint], tag: str, pairs: Pairs, news: dict[str, Returned]) -> Iterator[Complaint]:
    """Complaints of the house at the lines of the office's file, where they are about its texts."""
    places: dict[tuple[str, int, int], Place] = {}
    for file, (_, new) in pairs.items():
        for name, (line, column) in rewrite.where(new).items():
            if (back := news.get(f"{file.removeprefix(f'content/{tag}/')}#{name}")) is not None:
                places[file, line, column] = back.place
    for slip in slips:
        at = (slip.where.file, slip.where.line, slip.where.column) if isinstance(slip.where, Place) else ("", 0, 0)
        if at in places:
            yield replace(slip, where=places[at])
        elif not slip.warning:
            yield slip


def _older(it: House, back: Returned) -> Complaint:
    what = f"“{back.key}” was translated from another text than the one in {source(it)} now."
    remedy = f"It is taken; compare the two, then say: build.py translations accept {back.key}."
    return Complaint(back.place, what, remedy, warning=True)


def _forget(it: House, tag: str, keys: Iterable[str], pairs: Pairs) -> None:
    """Takes back the acceptance of texts that were made from another original."""
    file = f"content/{tag}/{ACCEPTED}"
    old = load.foreign.content(it.root, file)
    left = {key: str(line) for key, line in it.languages[tag].accepted.items() if key not in set(keys)}
    if old and len(left) != len(it.languages[tag].accepted):
        pairs[file] = old, parity.written_down(left).encode()
