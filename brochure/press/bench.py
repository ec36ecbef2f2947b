"""The bench: one language of an edition is set once there, and finished for every output that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from brochure import compose, finish, load
from brochure.errors import Complaint, TemplateError, errors_in
from brochure.finish import raster
from brochure.house import House
from brochure.press import gate, weight
from brochure.press.orders import chosen
from brochure.press.rehearsal import layout
from brochure.stages import KeyBox, Order, Proof
from brochure.typeset import Setter
from brochure.typeset.setter import Progress


@dataclass(frozen=True)
class Task:
    """Orders that are finished from one proof."""

    setting: Order
    orders: tuple[Order, ...]

    @property
    def name(self) -> str:
        """What a progress calls it."""
        return f"{self.setting.language} {self.setting.subject}".strip()


@dataclass(frozen=True)
class Cell:
    """What came of a task: for each order its passage, and what the sidecars say of the proof. ``thumbnails``: the
    first page of each PDF as a JPEG, by the product's name."""

    passages: tuple[gate.Passage, ...]
    digest: str
    places: dict[str, str]
    boxes: tuple[KeyBox, ...]
    versions: dict[str, str]
    warnings: tuple[Complaint, ...]
    thumbnails: dict[str, bytes]


def tasks(wanted: Sequence[Order]) -> list[Task]:
    """Orders by what they share: all but the output, the printer and the booklet's sheet."""
    found: dict[Order, list[Order]] = {}
    for order in wanted:
        found.setdefault(replace(order, output="", printer="", sheet=""), []).append(order)
    return [Task(setting, tuple(orders)) for setting, orders in found.items()]


class Bench:
    """Sets and finishes, one task after the other; what was set is kept until it is finished."""

    def __init__(self, house: House, setter: Setter) -> None:
        self.house, self.setter = house, setter
        self.proofs: dict[Order, Proof] = {}

    def do(self, step: str, task: Task, progress: Progress | None = None) -> Cell | None:
        """``set`` or ``make``, as a crew asks for it."""
        if step == "make":
            return self.make(task, progress)
        self.set(task, progress)
        return None

    def set(self, task: Task, progress: Progress | None = None) -> None:
        """Lays a task's pages out. Raises BrochureError with everything that was found on the way."""
        self.proofs[task.setting] = proof(task.setting, self.house, self.setter, progress)

    def make(self, task: Task, progress: Progress | None = None) -> Cell:
        """The files of a task. Raises BrochureError with everything that was found on the way."""
        if task.setting not in self.proofs:
            self.set(task, progress)
        found = self.proofs.pop(task.setting)
        passages = []
        for count, order in enumerate(task.orders, 1):
            if progress:
                progress(order.output, -count, len(task.orders))
            passages.append(self._finished(order, found))
        warnings = (*found.sheet.warnings, *found.warnings)
        small = dict(_thumbnails(passages))
        return Cell(
            tuple(passages), found.sheet.digest, found.places, found.boxes, dict(found.versions), warnings, small
        )

    def _finished(self, order: Order, found: Proof) -> gate.Passage:
        """An order's products; a print file's have been through the gate."""
        if order.output == "print":
            return gate.passage(found, load.manuscript(self.house, order), order.printer, self.setter)
        products = finish.FINISHES[order.output](found, self.house.dressed(order.edition), order)
        heavy = tuple(weight.told(products, order.language)) if order.output == "screen" else ()
        gone = () if order.pages or order.output != "pages" else raster.beyond(products)
        return gate.Passage(
            products, tuple(errors_in(heavy)), gone, warnings=tuple(one for one in heavy if one.warning)
        )


def proof(order: Order, house: House, setter: Setter, progress: Progress | None) -> Proof:
    """The proof of an order. Raises BrochureError with the slips of all pages."""
    manuscript = load.manuscript(house, order)
    try:
        sheet = compose.sheet(manuscript)
    except TemplateError as error:
        others = layout(manuscript, setter, order.pages, progress)
        raise TemplateError([*error.complaints, *others]) from None
    return setter.proof(chosen(sheet, order.pages), progress)


def _thumbnails(passages: Sequence[gate.Passage]) -> Iterator[tuple[str, bytes]]:
    for passage in passages:
        for product in passage.products:
            if product.pages and product.name.endswith(".pdf"):
                yield product.name, raster.thumbnail(product.content)
