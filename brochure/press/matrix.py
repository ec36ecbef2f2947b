"""The matrix: edition × language × product × output, made by one worker or several, published edition by edition.

Orders of one edition belong together: when one has slips nothing changes. In the whole matrix each cell stands for
itself: what is sound is published, and the earlier files of what isn't stay and are marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brochure import deliver, load
from brochure.errors import BrochureError, Complaint, ContentError, Place, TemplateError, errors_in, suggestion, tidy
from brochure.house import House
from brochure.load.papers import BY_EDITION
from brochure.press import crew, editionreport
from brochure.press.bench import Task, tasks
from brochure.press.desk import Desk
from brochure.press.orders import every_order
from brochure.stages import Order
from brochure.typeset.setter import Progress

if TYPE_CHECKING:
    from brochure.press.machines.cluster import Cluster

Slips = tuple[Complaint, ...]


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the manifest's entries with whole paths, warnings on the way, and what preflight holds
    against print files or makes a screen file too heavy: not empty when one was rejected or can't be mailed. ``slips``:
    what stopped single cells of the matrix."""

    files: list[dict[str, Any]]
    warnings: Slips
    findings: Slips = ()
    slips: Slips = ()


@dataclass(frozen=True)
class Matrix:
    """All that can be asked of a house: ``wanted``, and by edition the slips of what can't be made at all."""

    house: House
    wanted: list[Order]
    lost: dict[str, dict[str, Slips]] = field(default_factory=dict)


def run(
    house: House,
    wanted: Sequence[Order],
    out: Path,
    progress: Progress | None = None,
    jobs: int = 1,
    cluster: Cluster | None = None,
) -> Outcome:
    """Makes the orders, all of one edition, and swaps their files into ``out/<edition>/`` at the end. Every language
    is set before anything is finished: the slips of all are told in one BrochureError, and then nothing changes."""
    edition = wanted[0].edition
    slips: list[Complaint] = []
    with deliver.Output(out / edition) as output:
        desk = Desk(house, edition, output)
        with closing(crew.work(house, tasks(wanted), jobs, True, progress, cluster)) as made:
            for task, answer in made:
                if isinstance(answer, tuple):
                    slips.extend(answer)
                else:
                    desk.take(task, answer)
        if slips:
            raise TemplateError(slips)
        files = _whole(desk, list(wanted), out)
    return Outcome(files, tidy(desk.warnings), tuple(desk.told(list(wanted))))


def _whole(desk: Desk, wanted: list[Order], out: Path) -> list[dict[str, Any]]:
    """Publishes an edition; the entries of its files with whole paths."""
    entries = desk.publish(wanted)
    return [{**entry, "path": str(out / desk.edition / entry["path"])} for entry in entries]


def everything(
    root: Path,
    draft: bool = False,
    languages: Sequence[str] = (),
    **asked: Any,
) -> Matrix:
    """Every order of a house, or those of some ``languages``, or as ``every_order`` may be ``asked``. What has a slip of
    content is left out; ContentError when all of it has, or when a slip is in what all of it shares."""
    house, slips = load.attempt(root, draft=draft)
    _spoken(house, languages)
    lost, stopped = _stopped(house, errors_in(slips)), dict[str, dict[str, Slips]]()
    wanted: list[Order] = []
    for edition in {**house.editions, **lost}:
        said = lost.get(edition, {})
        if edition not in house.editions or "" in said:
            stopped[edition] = {"": tidy(slip for found in said.values() for slip in found)}
            continue
        tags = [tag for tag in house.editions[edition].languages if tag in languages or not languages]
        sound = tuple(tag for tag in tags if tag not in said and tag in house.languages)
        bad = {tag: said[tag] for tag in tags if tag in said}
        try:
            wanted += every_order(house, edition, sound, **asked) if sound else []
        except BrochureError as error:
            bad[""] = error.complaints
        if bad:
            stopped[edition] = bad
    if not wanted and stopped:
        raise ContentError(slip for said in stopped.values() for found in said.values() for slip in found)
    warnings = tuple(slip for slip in slips if slip.warning)
    return Matrix(replace(house, warnings=warnings, draft=draft), wanted, stopped)


def _spoken(house: House, languages: Sequence[str]) -> None:
    """ContentError for a language that no edition has."""
    known = sorted({tag for edition in house.editions.values() for tag in edition.languages})
    if unknown := [tag for tag in languages if tag not in known]:
        raise ContentError(
            Complaint(
                "order",
                f"no edition has the language “{tag}”.",
                suggestion(tag, known) or f"There are: {', '.join(known)}.",
            )
            for tag in unknown
        )


def _stopped(house: House, slips: Iterable[Complaint]) -> dict[str, dict[str, Slips]]:
    """Slips by the edition and language that they stop; language ``""`` for a whole edition. ContentError when one
    stops everything: facts, sources, brand, or the edition whose first language is the written one."""
    out: dict[str, dict[str, Slips]] = {}
    found = list(slips)
    for slip in found:
        cells = _cells(house, slip)
        if not cells:
            raise ContentError(found)
        for edition, tag in cells:
            said = out.setdefault(edition, {})
            said[tag] = tidy((*said.get(tag, ()), slip))
    return out


def _cells(house: House, slip: Complaint) -> list[tuple[str, str]]:
    """The cells that a slip stops: none when it stops them all."""
    parts = slip.where.file.removesuffix(".yaml").split("/")[1:] if isinstance(slip.where, Place) else []
    if parts[:1] == ["editions"] and len(parts) == 2:
        default = any(edition.default for edition in house.editions.values())
        heirs = [name for name in house.editions if parts[1] in house.lineage(name)]
        return [(name, "") for name in dict.fromkeys([parts[1], *heirs])] if default else []
    tags = {tag for edition in house.editions.values() for tag in edition.languages}
    if len(parts) < 2 or parts[0] not in tags:
        return []
    page = parts[-1] if parts[1] == "pages" else ""
    giver = parts[2] if len(parts) == 4 or (parts[1] in BY_EDITION and len(parts) == 3) else ""
    return [
        (name, parts[0])
        for name, edition in house.editions.items()
        if parts[0] in edition.languages
        and (not giver or giver in house.lineage(name))
        and (not page or any(entry.id == page for entry in edition.flatplan))
    ] or [(name, parts[0]) for name in house.editions]


def run_all(
    matrix: Matrix, out: Path, progress: Progress | None = None, jobs: int = 1, cluster: Cluster | None = None
) -> Outcome:
    """Makes the matrix, and publishes edition by edition as each is done; nothing that fails stops another."""
    return _Run(matrix, out).made(progress, jobs, cluster)


class _Run:
    """A run of the whole matrix: a desk for each edition, and what came of it."""

    def __init__(self, matrix: Matrix, out: Path) -> None:
        self.house, self.out = matrix.house, out
        self.lost = matrix.lost
        self.wanted: dict[str, list[Order]] = {}
        for order in matrix.wanted:
            self.wanted.setdefault(order.edition, []).append(order)
        self.slips: list[Complaint] = [
            slip for said in matrix.lost.values() for found in said.values() for slip in found
        ]
        self.desks: dict[str, Desk] = {}
        self.files: dict[str, list[dict[str, Any]]] = {}
        self.bodies: dict[str, dict[str, Any]] = {}

    def made(self, progress: Progress | None, jobs: int, cluster: Cluster | None) -> Outcome:
        """Everything, in the end also the report over all editions."""
        with ExitStack() as stack:
            for edition in [*dict.fromkeys([*self.wanted, *self.lost])]:
                self._open(edition, stack)
            waiting = {edition: tasks(self.wanted.get(edition, ())) for edition in self.desks}
            every = [task for edition in waiting for task in waiting[edition]]
            for edition in [edition for edition in waiting if not waiting[edition]]:
                self._publish(edition)
            with closing(crew.work(self.house, every, jobs, False, progress, cluster)) as answers:
                for task, answer in answers:
                    self._take(task, answer)
                    waiting[task.setting.edition].remove(task)
                    if not waiting[task.setting.edition]:
                        self._publish(task.setting.edition)
        editions = [name for name in (*self.house.editions, *sorted(self.lost)) if name in self.bodies]
        editionreport.write(self.house, self.out, {name: self.bodies[name] for name in editions})
        warnings = tidy(slip for desk in self.desks.values() for slip in desk.warnings)
        findings = [slip for name, desk in self.desks.items() for slip in desk.told(self.wanted.get(name, []))]
        files = [item for name in dict.fromkeys(editions) for item in self.files.get(name, ())]
        return Outcome(files, warnings, tuple(findings), tidy(self.slips))

    def _open(self, edition: str, stack: ExitStack) -> None:
        try:
            output = stack.enter_context(deliver.Output(self.out / edition))
        except BrochureError as error:  # another run is at it, or the folder can't be written
            self.slips.extend(error.complaints)
            self.bodies[edition] = _nothing(edition, error.complaints)
            return
        self.desks[edition] = Desk(self.house, edition, output)
        for tag, slips in self.lost.get(edition, {}).items():
            self.desks[edition].lose({"language": tag} if tag else {}, slips)

    def _take(self, task: Task, answer: crew.Answer) -> None:
        desk = self.desks[task.setting.edition]
        try:
            if not isinstance(answer, tuple):
                return desk.take(task, answer)
        except BrochureError as error:  # a full disk
            answer = error.complaints
        self.slips.extend(answer)
        return desk.fail(task, answer)

    def _publish(self, edition: str) -> None:
        desk = self.desks[edition]
        try:
            self.files[edition] = _whole(desk, self.wanted.get(edition, []), self.out)
            self.bodies[edition] = desk.body
        except BrochureError as error:
            self.slips.extend(error.complaints)
            self.bodies[edition] = _nothing(edition, error.complaints)


def _nothing(edition: str, slips: Slips) -> dict[str, Any]:
    """A manifest that says that nothing could be made of an edition."""
    return {"edition": edition, "files": [], "failed": [{"order": {}, "complaints": [str(slip) for slip in slips]}]}
