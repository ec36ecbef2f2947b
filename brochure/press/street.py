"""The street: set once, finish many times, publish all at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from brochure import compose, deliver, finish, load
from brochure.errors import BrochureError, Complaint, ExitCode, TemplateError, errors_in, tidy
from brochure.finish import contact
from brochure.press import gate, weight
from brochure.press.orders import chosen
from brochure.press.rehearsal import layout
from brochure.stages import House, Order, Product, Proof
from brochure.typeset import Setter
from brochure.typeset.setter import Progress


@dataclass(frozen=True)
class Made:
    """What an order came to: its products and the proof that they were finished from."""

    order: Order
    products: tuple[Product, ...]
    proof: Proof


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the manifest's entries with whole paths, warnings on the way, and what preflight holds
    against print files or makes a screen file too heavy: not empty when one was rejected or can't be mailed."""

    files: list[dict[str, Any]]
    warnings: tuple[Complaint, ...]
    findings: tuple[Complaint, ...] = ()


def make(order: Order, house: House, setter: Setter, progress: Progress | None = None) -> Made:
    """The whole street for one order. Raises BrochureError with everything that was found on the way."""
    proof = _proof(order, house, setter, progress)
    return Made(order, finish.FINISHES[order.output](proof, house, order), proof)


def _proof(order: Order, house: House, setter: Setter, progress: Progress | None) -> Proof:
    manuscript = load.manuscript(house, order)
    try:
        sheet = compose.sheet(manuscript)
    except TemplateError as error:
        others = layout(manuscript, setter, order.pages, progress)
        raise TemplateError([*error.complaints, *others]) from None
    return setter.proof(chosen(sheet, order.pages), progress)


def run(house: House, wanted: Sequence[Order], out: Path, progress: Progress | None = None) -> Outcome:
    """Makes the orders, all of one edition, and swaps their files into ``out/<edition>/`` at the end. Every language
    is set before anything is finished: the slips of all are told in one BrochureError, and then nothing changes."""
    edition = wanted[0].edition
    steps = _Steps(house, wanted, progress)
    with deliver.Output(out / edition) as output, Setter(limits=house.limits) as setter:
        proofs = _proofs(house, wanted, setter, steps)
        passed = [_finished(house, order, proofs[_setting(order)], setter, steps) for order in wanted]
        entries = list(_put(house, output, wanted, passed, proofs))
        output.record(edition, [entry for entry, _ in entries], proofs[_setting(wanted[0])].versions,
                      {entry["path"]: places for entry, places in entries})  # fmt: skip
        output.locate({proof.sheet.digest: proof.boxes for proof in proofs.values()})
        stayed = [] if house.draft else list(_left(output, wanted, passed))
        output.publish()
    files = [{**entry, "path": str(out / edition / entry["path"])} for entry, _ in entries]
    warnings = tidy(warning for proof in proofs.values() for warning in (*proof.sheet.warnings, *proof.warnings))
    warnings += tuple(said for one in passed for said in one.warnings)
    return Outcome(files, warnings, (*(said for one in passed for said in one.findings), *stayed))


def _setting(order: Order) -> Order:
    """What orders that share a proof have in common."""
    return replace(order, output="", printer="", sheet="")


def _proofs(house: House, wanted: Sequence[Order], setter: Setter, steps: _Steps) -> dict[Order, Proof]:
    """The proof of each language, set once; a language with slips doesn't hide the slips of the next."""
    proofs: dict[Order, Proof] = {}
    slips: list[Complaint] = []
    for setting in dict.fromkeys(map(_setting, wanted)):
        try:
            proofs[setting] = _proof(setting, house, setter, steps.setting(setting))
        except BrochureError as error:
            slips.extend(error.complaints)
    if slips:
        raise TemplateError(slips)
    return proofs


def _finished(house: House, order: Order, proof: Proof, setter: Setter, steps: _Steps) -> gate.Passage:
    """An order's products; a print file's have been through the gate."""
    steps.finishing(order)
    if order.output == "print":
        return gate.passage(proof, load.manuscript(house, order), order.printer, setter)
    products = finish.FINISHES[order.output](proof, house, order)
    heavy = tuple(weight.told(products, order.language)) if order.output == "screen" else ()
    return gate.Passage(products, tuple(errors_in(heavy)), warnings=tuple(one for one in heavy if one.warning))


def _put(
    house: House,
    output: deliver.Output,
    wanted: Sequence[Order],
    passed: Sequence[gate.Passage],
    proofs: dict[Order, Proof],
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Writes everything aside; for each file its entry in the manifest and the places behind its elements."""
    for order, one in zip(wanted, passed, strict=True):
        proof = proofs[_setting(order)]
        for product in one.products:
            called = deliver.draft_name(product.name) if house.draft else product.name
            name = f"{order.language}/{called}"
            output.put(name, product.content)
            yield (
                deliver.entry(name, product),
                proof.places if product.digest == proof.sheet.digest and product.pages else {},
            )
        if house.draft:
            continue  # whatever is finished stays as it is
        for name in one.gone:
            output.remove(f"{order.language}/{name}")
        for name in one.outdated:
            output.outdate(f"{order.language}/{name}")


def _left(output: deliver.Output, wanted: Sequence[Order], passed: Sequence[gate.Passage]) -> Iterator[Complaint]:
    """A line for each PDF of an earlier run that stays where a rejected one would have taken its place."""
    for order, one in zip(wanted, passed, strict=True):
        for name in one.outdated:
            if name.endswith(".pdf") and (output.folder / order.language / name).exists():
                what = "this file is of an earlier run and stays as it was."
                yield Complaint(f"{order.language}/{name}", what, "Don't take it for the new one.", ExitCode.FINDINGS)


class _Steps:
    """Counts sections and finishes of all languages as one progress."""

    def __init__(self, house: House, wanted: Sequence[Order], progress: Progress | None) -> None:
        self.progress, self.done = progress, 0
        plan = len(house.plans[wanted[0].edition]) if wanted[0].product == "brochure" else 1
        self.sections = {setting: len(setting.pages) or plan for setting in map(_setting, wanted)}
        self.total = sum(self.sections.values()) + len(wanted)

    def setting(self, setting: Order) -> Progress:
        """The progress of one language's sections within the whole."""
        before = self.done
        self.done += self.sections[setting]
        return lambda name, done, _: self.tell(f"{setting.language} {name}", before + done)

    def finishing(self, order: Order) -> None:
        """One more finish has begun."""
        self.done += 1
        self.tell(f"{order.language} {order.output}", self.done)

    def tell(self, name: str, done: int) -> None:
        """Says how far it has come, to whoever looks on."""
        if self.progress:
            self.progress(name, done, self.total)


def flatplan(house: House, edition: str, language: str, out: Path, progress: Progress | None = None) -> Path:
    """``out/<edition>/flatplan.png``: the whole edition as one picture."""
    order = Order(edition, language)
    with deliver.Output(out / edition) as output, Setter(limits=house.limits) as setter:
        made = make(order, house, setter, progress)
        leaves = [
            contact.Leaf(page.first + index, page.id, page.kind.name)
            for page in house.plans[edition]
            for index in range(page.kind.pages)
        ]
        palette = {name: colour.screen for name, colour in house.brand.colours.items()}
        font = house.assets[house.brand.fonts[0].file]
        output.put("flatplan.png", contact.picture(made.products[0].content, leaves, palette, font))
        return output.publish()[0]
