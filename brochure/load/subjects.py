"""Which handouts an edition has, and what each shows: worked out from its flatplan and the facts, the same in every
language.

The facts of a subject are those that the flatplan shows with it, those of its own name (``parks.vorsino.…``) and those
of its companies (``projects.samsung.…``). Printed are the ones that have a label, were known on the edition's day and
aren't stale; what sources dispute only where the flatplan shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from brochure.house import House, PlannedPage
from brochure.load.labelled import FIGURES, Shelf
from brochure.model.charts import Chart, Charted, Stretch
from brochure.model.handouts import ENOUGH, SORTS, ClusterShow, CorridorsShow, ParkShow, Show, ZoneShow
from brochure.model.mentions import facts as mentioned
from brochure.model.pages.park import Resident
from brochure.model.pages.parks import Spot
from brochure.model.shown import LabelledNumber, PlaceFact
from brochure.model.values import LabelledFact, NameRef

ROWS, DISTANCES = 14, 6  # at most: rows of the table, rows below the map
#: The facts in which a park names its companies, the last words of their ids; the first that is there is taken.
RESIDENTS = ("residents_named", "companies", "anchor", "resident", "first_customer")


@dataclass(frozen=True)
class Subject:
    """A handout's subject: its id on the command line and in file names, its sort, the page that the brochure has of
    it, and what its handout would show. ``facts``: all that it would print."""

    id: str
    sort: str
    page: PlannedPage
    show: Show
    facts: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether its facts fill two sides."""
        return len(self.facts) >= ENOUGH


class _Asked:
    """An edition of one house, told from all others by being itself: a house holds too much to be compared."""

    def __init__(self, house: House, edition: str) -> None:
        self.house, self.edition = house, edition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.house is self.house and other.edition == self.edition

    def __hash__(self) -> int:
        return hash((id(self.house), self.edition))


def subjects(it: House, edition: str) -> tuple[Subject, ...]:
    """Every subject that an edition may have a handout of, in the order of their sorts and of its flatplan; none where
    nobody has written what handouts say, or no page says where to turn."""
    return _subjects(_Asked(it, edition))


@lru_cache(maxsize=4)
def _subjects(asked: _Asked) -> tuple[Subject, ...]:
    it, edition = asked.house, asked.edition
    plan = {page.kind.name: page for page in it.plans[edition]}
    spoken = [it.languages[tag].handouts if tag in it.languages else None for tag in it.editions[edition].languages]
    if None in spoken or "back" not in plan:
        return ()
    found = [
        subject
        for page in it.plans[edition]
        if page.kind.name in MAKERS
        for subject in MAKERS[page.kind.name](Shelf(it, edition, page), plan)
    ]
    return tuple(sorted(found, key=lambda subject: SORTS.index(subject.sort)))


def _park(shelf: Shelf, plan: Plan, entry: Any) -> Subject:
    """A park: what the flatplan shows of it, its own facts, those of its companies."""
    own = (f"parks.{entry.emblem}.", f"parks.{entry.park}.", f"region.{entry.emblem}_")
    lists = (shelf.names(f"parks.{entry.emblem}.{fact}") for fact in RESIDENTS)
    companies = getattr(entry, "residents", ()) or shelf.companies(next(filter(None, lists), ()))
    hung = {it.figure for it in companies}
    shown = [ref for ref in mentioned(entry) if isinstance(ref, LabelledFact) and ref not in hung]
    spots = tuple(spot for spot in _spots(shelf, plan) if spot.park == entry.park)
    details = {key: getattr(entry, key, None) for key in ("emblem", "at", "plot", "distance")}
    return _made(shelf, plan, "park", entry.park, [*shown, *shelf.below(*own)], companies, spots, ParkShow, details)


def _cluster(shelf: Shelf, plan: Plan, entry: Any) -> Subject:
    """A cluster: its own facts, those that its text mentions, those of its companies and places."""
    about = mentioned(shelf.words.about.get(str(entry.name), ()))  # type: ignore[attr-defined]
    own = (f"clusters.{entry.name}.", *(f"parks.{anchor}." for anchor in entry.anchors))
    spots = {spot.at or spot.park: spot for anchor in entry.anchors for spot in _places(shelf, plan, anchor)}
    details = {"members": entry.companies, "anchors": entry.anchors}
    named = [*([entry.companies] if entry.companies else []), *shelf.below(*own), *about]
    companies = shelf.companies(entry.anchors)
    return _made(shelf, plan, "cluster", entry.name, named, companies, tuple(spots.values()), ClusterShow, details)


def _zone(shelf: Shelf, plan: Plan) -> Iterator[Subject]:
    show: Any = shelf.page.show
    shown = [show.area, *show.figures, *(site.area for site in show.sites)]
    spots = tuple(place_of_site(shelf.house, site.name) for site in show.sites)
    yield _made(shelf, plan, "zone", NameRef("sez"), [*shown, *shelf.below("sez.")], (), spots, ZoneShow,
                {"zone": show, "charts": _moved(show, "1..12", "21..38")})  # fmt: skip


def _corridors(shelf: Shelf, plan: Plan) -> Iterator[Subject]:
    show: Any = shelf.page.show
    shown = [ref for route in show.routes for ref in (route.days, route.length) if ref]
    shown += [*show.saves, *show.gauges, show.lorry]
    end = str(show.routes[0].stops[-1].place).partition(".")[2]
    spots = tuple(spot for spot in _spots(shelf, plan) if end.startswith(str(spot.park)))
    named = [*shown, *shelf.below("logistics.")]
    yield _made(shelf, plan, "corridors", NameRef("corridors"), named, (), spots, CorridorsShow,
                {"corridors": show, "charts": _moved(show, "1..7", "23..38")})  # fmt: skip


def _moved(show: Charted, columns: str, rows: str) -> tuple[Chart, ...]:
    """The first chart of a brochure's page at its place on a handout's back, on paper."""
    place = {"page": 2, "columns": Stretch(columns), "rows": Stretch(rows), "ground": "paper"}
    return tuple(chart.model_copy(update=place) for chart in show.charts[:1])


Plan = Mapping[str, PlannedPage]


def _parks(shelf: Shelf, plan: Plan) -> list[Subject]:
    """The parks of a page of several."""
    show: Any = shelf.page.show
    return [_park(shelf, plan, entry) for entry in show.parks]


def _clusters(shelf: Shelf, plan: Plan) -> list[Subject]:
    """The clusters of both pages of their spread."""
    show: Any = shelf.page.show
    return [_cluster(shelf, plan, entry) for entry in (*show.left, *show.right)]


MAKERS: dict[str, Callable[[Shelf, Plan], Iterable[Subject]]] = {
    "park": lambda shelf, plan: [_park(shelf, plan, shelf.page.show)],
    "park-group": _parks,
    "park-gallery": _parks,
    "zone": _zone,
    "clusters": _clusters,
    "corridors": _corridors,
}


def _made(
    shelf: Shelf,
    plan: Plan,
    sort: str,
    subject: NameRef,
    named: Sequence[str],
    companies: tuple[Resident, ...],
    spots: tuple[Spot, ...],
    show: type[Show],
    details: Mapping[str, Any],
) -> Subject:
    """The subject with its facts dealt out: large figures, distances, the table."""
    firms = {str(it.name) for it in companies}
    hung = {ref for it in companies for ref in (it.since, it.country, it.figure) if ref}
    pool = shelf.listed([*named, *shelf.of(companies)], firms)
    away = shelf.numbers(pool, "km")[:DISTANCES]
    sums = [str(it.figure) for it in companies if it.figure]
    figures = _large(shelf, shelf.listed(named, firms), shelf.listed([*sums, *shelf.of(companies)], firms), sort)
    rows = [name for name in pool if name not in away and name not in hung][:ROWS]
    where: Any = plan["back"].show
    shown = show.model_construct(subject=subject, figures=figures, facts=tuple(rows), distances=tuple(away),
                                 companies=companies, spots=spots, back=where, **details)  # fmt: skip
    printed = dict.fromkeys(str(name) for name in (*figures, *rows, *away, *hung))
    return Subject(str(subject), sort, shelf.page, shown, tuple(printed))


def _large(shelf: Shelf, own: list[LabelledFact], others: list[LabelledFact], sort: str) -> tuple[LabelledNumber, ...]:
    """The figures that are set large: the subject's own, then its companies'. The zone's distances are its sites'."""
    numbers = shelf.numbers(own)
    first = shelf.various(n for n in numbers if sort != "zone" or shelf.house.facts[n].unit != "km")
    return (*first, *shelf.various((n for n in shelf.numbers(others) if n not in first), FIGURES - len(first)))


def _spots(shelf: Shelf, plan: Plan) -> tuple[Spot, ...]:
    """Where the flatplan's map of the parks has them; without one, where the default edition's has them: a park doesn't
    move."""
    usual = {page.kind.name: page for page in shelf.house.plans.get(shelf.house.default_edition, ())}
    pages = [it["parks"] for it in (plan, usual) if "parks" in it]
    return pages[0].show.spots if pages else ()  # type: ignore[attr-defined]


def _places(shelf: Shelf, plan: Plan, anchor: str) -> Iterator[Spot]:
    """Where a company or place of a cluster is marked: at its own point, in its parks, in its town."""
    if f"places.{anchor}" in shelf.house.facts:
        yield Spot.model_construct(park=NameRef(anchor), at=PlaceFact(f"places.{anchor}"))
    for name in (*shelf.names(f"projects.{anchor}.park"), anchor.removeprefix("freight_village_")):
        yield from (spot for spot in _spots(shelf, plan) if spot.park == name)
    for name in shelf.names(f"projects.{anchor}.location"):
        if f"places.{name}" in shelf.house.facts:
            yield Spot.model_construct(park=NameRef(name), at=PlaceFact(f"places.{name}"))


def place_of_site(it: House, site: str) -> Spot:
    """Where a site of the zone is marked: at the first place that it is said to be near, else at the town in its name."""
    town = site.removeprefix("sez_")
    said = it.facts.get(f"sez.location_{town}.near")
    near = (name for name in (said.value if said else ()) if f"places.{name}" in it.facts)
    return Spot.model_construct(park=NameRef(site), at=PlaceFact(f"places.{next(near, town)}"))
