"""A process that makes personal copies: it sets, binds and writes what it is told to.

What it is sent and sends back are small frozen things; its House, layouts and bound pages stay in it."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import re
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from brochure import preflight
from brochure.compose import arrange
from brochure.compose.frame import framed
from brochure.compose.personal import LETTER_PAGES, Addressed, Book
from brochure.deliver.personal import Record, put
from brochure.errors import BrochureError, Complaint, TemplateError, errors_in
from brochure.finish import binding, copies, parts
from brochure.finish.fixed import Master
from brochure.finish.printed import PrintBound, Shop
from brochure.house import House
from brochure.press import gate
from brochure.press.copies.errand import Batch, Copy, Done, Errand, Item, PageOrder, Prepared, Volume
from brochure.press.copies.origin import Origin
from brochure.typeset import Setter

OPEN = 4  # orders whose pages stay bound: in print each takes some 20 MB
WORN = 64  # print copies after which an order is bound anew: what was laid over stays in its memory
MASTERS = 2  # that are held in memory
HOUSE = "house.pickle"  # on the workbench, for the processes of this machine
STOPPING = {signal.SIGINT, signal.SIGTERM}
SAMPLE = 100  # every so many print copies one goes through preflight, and the first of each language

Bound = copies.Bound | PrintBound
Keep = Callable[[Path, str, bytes], None]


class Copyist:
    """One process's house, setter and memory. ``keep`` takes what it makes: folder, file, content; ``setter``: one
    that is there already."""

    def __init__(self, errand: Errand, house: House, keep: Keep = put, setter: Setter | None = None) -> None:
        self.errand, self.keep = errand, keep
        self.origin = Origin(house, errand.edition)
        self.house, self.letter = self.origin.house, self.origin.letter
        self.setter = setter or Setter(limits=self.house.limits)
        self.setter.begin()
        self.masters: OrderedDict[str, Master] = OrderedDict()
        self.bound: OrderedDict[tuple[str, str, PageOrder], Bound] = OrderedDict()
        self.used: dict[tuple[str, str, PageOrder], int] = {}

    @cached_property
    def cover(self) -> int:
        """The number of the page that carries the line."""
        return self.origin.letters(self.house.editions[self.errand.edition].languages[0]).cover

    @cached_property
    def shop(self) -> Shop:
        """The press of the run."""
        printer = self.house.printers[self.errand.printer]
        assets = self.house.assets
        return Shop(
            self.house.brand, printer, assets[f"icc/{printer.profile}"], assets["icc/sRGB2014.icc"], self.house.recipes
        )

    def prepare(self, volume: Volume) -> Prepared:
        """Sets the common pages of a volume, if any of its copies isn't finished yet."""
        binder, planner = self.origin.binder(volume.language), self.origin.letters(volume.language).planner
        plans = {copy.folder: planner.arranged(copy.recipient.interests) for copy in volume.copies}
        items = [self._item(copy, arrange.order(plans[copy.folder]), volume.known) for copy in volume.copies]
        left = tuple(item for item in items if item.jobs)
        if not left:
            return Prepared(volume.language, volume.name)
        wanted = {item.order: plans[item.copy.folder] for item in left}
        book = binder.book(wanted.values())
        proof = self.setter.proof(book.sheet)
        if any("screen" in item.jobs for item in left):
            self.keep(self.errand.workbench, f"{volume.name}.screen", copies.master(proof))
        complaints = (*book.sheet.warnings, *proof.warnings)
        if any("print" in item.jobs for item in left):
            self.keep(self.errand.workbench, f"{volume.name}.print", self.shop.master(proof.pdf, proof.sheet.paper))
            complaints += self._tried(volume, left, book)
        if any(complaint.code == 1 for complaint in complaints):  # not fit for press: no print copy is made
            left = tuple(replace(item, jobs={k: v for k, v in item.jobs.items() if k != "print"}) for item in left)
        left = tuple(
            sorted((item for item in left if item.jobs), key=lambda item: (item.order, item.copy.recipient.row))
        )
        return Prepared(volume.language, volume.name, left, book.arrangements, complaints)

    def _item(self, copy: Copy, order: PageOrder, known: Mapping[str, str]) -> Item:
        """The copy with the outputs whose files aren't finished."""
        jobs = {}
        for output in self.errand.outputs:
            press = [self.shop.mixer.digest, self.shop.printer.model_dump_json()] if output == "print" else []
            job = self.origin.job(copy, order, output, *press)
            if any(known.get(f"{copy.folder}/{name}") != job for name in self.names(output)):
                jobs[output] = job
        return Item(copy, order, jobs)

    def names(self, output: str) -> list[str]:
        """The files of an output."""
        if output == "screen":
            return ["brochure.screen.pdf"]
        stem = parts.stem(self.house, self.errand.printer)
        plan = self.house.copies.get(self.errand.edition, self.house.plans[self.errand.edition])
        pages = sum(page.kind.pages for page in plan)
        chosen = [name for name, _ in parts.chosen(pages, self.shop.printer)]
        return [f"{stem}{'' if name == parts.BOOK else f'.{name}'}.pdf" for name in chosen]

    def _tried(self, volume: Volume, left: Sequence[Item], book: Book) -> tuple[Complaint, ...]:
        """The first print copy of a language, made and held against the press's rules before any other is."""
        item = left[0]
        batch = Batch(volume.language, volume.name, (item,), book.arrangements)
        pieces, complaints = self._pieces(batch, [item])
        return (
            tuple(complaints) if not pieces else tuple(self._judged(batch, item, self._printed(batch, item, pieces[0])))
        )

    def _judged(self, batch: Batch, item: Item, files: Mapping[str, bytes]) -> list[Complaint]:
        """What preflight holds against a copy's print files."""
        told: list[Complaint] = []
        for name, content in files.items():
            report = preflight.examine(content, self.shop.printer, self.house.brand, name)
            if report.errors:
                told += gate.told(report, f"{item.copy.folder}/{name}")
        return told

    def make(self, batch: Batch) -> Done:
        """The files of a batch. A letter that can't be set is told, and the others are made."""
        items, complaints = list(batch.items), list[Complaint]()
        while items:
            pieces, told = self._pieces(batch, items)
            complaints += told
            if pieces:
                break
            guilty = {complaint.where for complaint in errors_in(told)}
            innocent = [item for item in items if item.copy.recipient.place not in guilty]
            if len(innocent) == len(items):
                raise TemplateError(told)
            items = innocent
        records = [
            record
            for item, piece in zip(items, pieces if items else [], strict=True)
            for record in self._files(batch, item, piece, complaints)
        ]
        return Done(tuple(records), tuple(dict.fromkeys(complaints)), len(items))

    def _pieces(self, batch: Batch, items: Sequence[Item]) -> tuple[list[bytes], tuple[Complaint, ...]]:
        """Cover line and letter of each item as a small file; none when one of them has a slip."""
        letters = self.origin.letters(batch.language)
        addressed = [
            Addressed(
                it.copy.recipient,
                it.copy.called,
                letters.planner.arranged(it.copy.recipient.interests),
                it.copy.address,
            )
            for it in items
        ]
        groups = [[2 * index, 2 * index + 1, 2 * len(items)] for index in range(len(items))]
        pieces, told = self.setter.pieces(letters.sheet(addressed), groups)
        return pieces, tuple(self._owned(it, items) for it in told)

    def _owned(self, told: Complaint, items: Sequence[Item]) -> Complaint:
        """What was found on a page as its recipient's: two pages are each one's."""
        page = re.match(r"page (\d+): ", told.what)
        if page is None:
            return told
        index = (int(page[1]) - self.letter.first) // LETTER_PAGES
        where = items[index].copy.recipient.place if index < len(items) else told.where
        return replace(told, where=where, what=f"the letter: {told.what[page.end() :]}")

    def _files(self, batch: Batch, item: Item, piece: bytes, complaints: list[Complaint]) -> list[Record]:
        """Makes and writes the files of one copy."""
        made: dict[str, tuple[str, bytes]] = {}
        if job := item.jobs.get("screen"):
            bound = self._bound(batch, "screen", item.order, piece)
            assert isinstance(bound, copies.Bound)
            made["brochure.screen.pdf"] = (job, bound.copy(piece))
        if job := item.jobs.get("print"):
            files = self._printed(batch, item, piece)
            if item.copy.recipient.row % SAMPLE == 0 and (found := self._judged(batch, item, files)):
                complaints += found
                files = {f"{name.removesuffix('.pdf')}.rejected.pdf": content for name, content in files.items()}
            made |= {name: (job, content) for name, content in files.items()}
        out = []
        for name, (job, content) in made.items():
            file = f"{item.copy.folder}/{name}"
            self.keep(self.errand.folder, file, content)
            out.append(Record(file, job, hashlib.sha256(content).hexdigest(), len(content), item.copy.token))
        return out

    def _printed(self, batch: Batch, item: Item, piece: bytes) -> dict[str, bytes]:
        bound = self._bound(batch, "print", item.order, piece)
        assert isinstance(bound, PrintBound)
        stem = parts.stem(self.house, self.errand.printer)
        return {f"{stem}{part}.pdf": content for part, content in bound.copy(piece, item.jobs["print"]).items()}

    def _bound(self, batch: Batch, output: str, order: PageOrder, piece: bytes) -> Bound:
        """The common pages bound in an order: remembered, and bound anew when they are worn."""
        key = (batch.volume, output, order)
        self.used[key] = self.used.get(key, 0) + 1
        if key not in self.bound or (output == "print" and self.used[key] > WORN):
            master, arrangement = self._master(f"{batch.volume}.{output}"), batch.arrangements[order]
            self.used[key] = 1
            if output == "screen":
                with binding.bound(master, arrangement, self.letter.id, binding.heading_of(piece)) as pdf:
                    self.bound[key] = copies.Bound(pdf, arrangement.pages.index(None), self.cover - 1, master)
            else:
                sheet = framed(self.origin.manuscript(batch.language), (), {})
                self.bound[key] = PrintBound(master.content, arrangement, self.cover, sheet, self.shop)
        self.bound.move_to_end(key)
        while len(self.bound) > OPEN:
            self.used.pop(self.bound.popitem(last=False)[0])
        return self.bound[key]

    def _master(self, name: str) -> Master:
        if name not in self.masters:
            self.masters[name] = Master((self.errand.workbench / name).read_bytes())
            while len(self.masters) > MASTERS:
                self.masters.popitem(last=False)
        self.masters.move_to_end(name)
        return self.masters[name]


_here: list[Copyist] = []


def begin(errand: Errand) -> None:
    """Furnishes this process with the house that lies on the workbench."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process hears it, and ends this one
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    os.umask(0o077)
    threading.Thread(target=_follow, daemon=True).start()
    _here[:] = [Copyist(errand, pickle.loads((errand.workbench / HOUSE).read_bytes()))]


def _follow() -> None:
    """Ends this process with the main one, however that ends; the setter's child ends when nobody talks to it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def prepare(volume: Volume) -> Prepared | Done:
    """Sets the common pages of a volume; Done and ``failed`` with everything that is wrong with them."""
    return answered(_here[0].prepare, volume)


def make(batch: Batch) -> Done:
    """Makes the files of a batch."""
    made = answered(_here[0].make, batch)
    assert isinstance(made, Done)
    return made


def answered(work: Callable[[Any], Prepared | Done], job: Any) -> Prepared | Done:
    """What came of a piece of work; Done and ``failed`` with everything that is wrong when nothing did."""
    try:
        return work(job)
    except BrochureError as error:
        return Done(complaints=error.complaints, failed=True)
