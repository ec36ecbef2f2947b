"""The despatch desk of one edition during a run: what is made is put aside there, and published at the end."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from brochure import deliver
from brochure.errors import Complaint, ExitCode, errors_in, tidy
from brochure.house import House
from brochure.press import editionreport
from brochure.press.bench import Cell, Task
from brochure.press.gate import Passage
from brochure.stages import KeyBox, Order


class Desk:
    """Puts the files of one edition aside as they are made. ``publish`` swaps them in, all at once."""

    def __init__(self, house: House, edition: str, output: deliver.Output) -> None:
        self.house, self.edition, self.output = house, edition, output
        self.files: dict[Order, list[dict[str, Any]]] = {}
        self.places: dict[str, dict[str, str]] = {}
        self.boxes: dict[str, tuple[KeyBox, ...]] = {}
        self.versions: dict[Order, dict[str, str]] = {}
        self.small: dict[str, str] = {}
        self.warnings: list[Complaint] = []
        self.findings: dict[Order, list[Complaint]] = {}
        self.failed: list[tuple[dict[str, str], tuple[Complaint, ...]]] = []
        self.body: dict[str, Any] = {}

    def take(self, task: Task, cell: Cell) -> None:
        """What was made of a task: its files go aside. MachineError when they can't be written."""
        for order, passage in zip(task.orders, cell.passages, strict=True):
            self._put(order, passage, cell)
        self.boxes[cell.digest] = cell.boxes
        self.versions[task.setting] = cell.versions
        self.warnings += [*tidy(cell.warnings), *(said for one in cell.passages for said in one.warnings)]

    def _put(self, order: Order, passage: Passage, cell: Cell) -> None:
        self.files[order] = []
        for product in passage.products:
            called = deliver.draft_name(product.name) if self.house.draft else product.name
            name = f"{order.language}/{called}"
            self.output.put(name, product.content)
            entry = deliver.entry(name, product, order)
            self.files[order].append(entry)
            if product.digest == cell.digest and product.pages:
                self.places[name] = cell.places
            if product.name in cell.thumbnails:
                self.small[entry["sha256"]] = base64.b64encode(cell.thumbnails[product.name]).decode()
        self.findings[order] = list(passage.findings)
        if not self.house.draft:  # in a draft whatever is finished stays as it is
            for name in passage.gone:
                self.output.remove(f"{order.language}/{name}")
            for name in passage.outdated:
                self.output.outdate(f"{order.language}/{name}")
            self.findings[order] += _left(self.output, order, passage)

    def fail(self, task: Task, slips: tuple[Complaint, ...]) -> None:
        """Nothing came of a task: its files of earlier runs stay, and are marked."""
        for order in task.orders:
            self.files.pop(order, None)
            self.lose(deliver.asked(order), slips)

    def lose(self, asked: dict[str, str], slips: tuple[Complaint, ...]) -> None:
        """Nothing can be made of what is ``asked``: an order, a language, or with nothing said the whole edition."""
        self.failed.append((asked, errors_in(slips)))

    def publish(self, wanted: list[Order]) -> list[dict[str, Any]]:
        """Swaps everything in, with manifest, sidecars and report; the new files in the order that they were asked
        for. MachineError when that can't be done: then nothing has changed."""
        entries = [entry for order in wanted for entry in self.files.get(order, ())]
        before = self.output.manifest()
        asked = [deliver.asked(order) for order in wanted]
        lost = [order for order, _ in self.failed]
        for item in before["files"]:
            if any(_within(item.get("order"), order) for order in lost):
                self.output.outdate(item["path"])
        done = [*asked, *lost]
        failed = [item for item in before["failed"] if not any(_within(order, item.get("order")) for order in done)]
        failed += [{"order": order, "complaints": [str(slip) for slip in slips]} for order, slips in self._lost(wanted)]
        versions = next(iter(self.versions.values()), before.get("versions") or {})
        self.body = self.output.record(self.edition, entries, versions, self.places, failed)
        self.output.locate(self.boxes)
        small = self.output.thumbnails(self.small)
        self.output.put("report.html", editionreport.edition(self.house, self.body, small))
        self.output.publish()
        return entries

    def _lost(self, wanted: list[Order]) -> list[tuple[dict[str, str], tuple[Complaint, ...]]]:
        """What failed, in the order that it was asked for, however the workers came to it."""
        order = [deliver.asked(one) for one in wanted]
        return sorted(self.failed, key=lambda one: order.index(one[0]) if one[0] in order else -1)

    def told(self, wanted: list[Order]) -> Iterator[Complaint]:
        """What preflight holds against the files, in the order that they were asked for."""
        for order in wanted:
            yield from self.findings.get(order, ())


def _within(order: Any, wider: Any) -> bool:
    """Whether an order is one of those that a few of its words name."""
    return isinstance(order, dict) and isinstance(wider, dict) and wider.items() <= order.items()


def _left(output: deliver.Output, order: Order, passage: Passage) -> Iterator[Complaint]:
    """A line for each PDF of an earlier run that stays where a rejected one would have taken its place."""
    for name in passage.outdated:
        if name.endswith(".pdf") and (output.folder / order.language / name).exists():
            what = "this file is of an earlier run and stays as it was."
            yield Complaint(f"{order.language}/{name}", what, "Don't take it for the new one.", ExitCode.FINDINGS)
