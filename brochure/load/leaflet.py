"""A leaflet's manuscript: two pages with six panels, drawn from the brochure's own pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from brochure.errors import Complaint, ContentError, Place
from brochure.house import House, PlannedPage
from brochure.load.subjects import place_of_site
from brochure.model.leaflet import ASKED, KIND, Said, Show
from brochure.model.pages.clusters import Cluster
from brochure.model.pages.clusters import Show as Clusters
from brochure.model.pages.corridors import Route, Stop
from brochure.model.pages.corridors import Show as Corridors
from brochure.stages import Manuscript, Order

NAME = "leaflet"


def missing(it: House, edition: str, tag: str) -> Complaint | None:
    """Why an edition has no leaflet in a language; None when it has one."""
    drawn = drawn_on(it, edition)
    if lacking := next((kind for kind in ASKED if kind not in drawn), ""):
        what = f"a leaflet needs a page of the kind “{lacking}”, and the flatplan has none."
        return Complaint(Place(f"content/editions/{edition}.yaml"), what, "Add one, or do without a leaflet.")
    if it.languages[tag].leaflet is None:
        return Complaint(
            Place(f"content/{tag}/leaflet.yaml"), "this file is missing.", "Say there what a leaflet says."
        )
    return None


def drawn_on(it: House, edition: str) -> dict[str, tuple[str, PlannedPage]]:
    """The pages that a leaflet is drawn from, by their kind, each with the edition whose flatplan has it: the edition's
    own, else one of the edition that it extends."""
    return {
        page.kind.name: (giver, page)
        for giver in reversed(it.lineage(edition))
        for page in it.plans[giver]
        if page.kind.name in ASKED
    }


def leaflet(it: House, order: Order) -> Manuscript:
    """The manuscript of the leaflet; ContentError when the edition lacks what it is made of."""
    if (slip := missing(it, order.edition, order.language)) is not None:
        raise ContentError([slip])
    edition, language = it.editions[order.edition], it.languages[order.language]
    drawn = drawn_on(it, order.edition)
    shown: dict[str, Any] = {name: page.show for name, (_, page) in drawn.items()}
    shown["corridors"] = simpler(shown["corridors"])
    own = language.leaflet
    assert own is not None  # else it would be missing
    said = Said.model_construct(
        pages={name: it.words_of(giver, order.language, page.id) for name, (giver, page) in drawn.items()},
        own=own,
        heading=own.name,
    )
    sites = tuple(place_of_site(it, site.name) for site in shown["zone"].sites)
    rings = tuple(site.park for site in sites)
    show = Show.model_construct(
        pages=shown, clusters=ranked(it, shown["clusters"]), spots=(*shown["parks"].spots, *sites), rings=rings
    )
    page = PlannedPage(NAME, KIND, show, 1)
    return Manuscript(
        it.dressed(order.edition), order.edition, edition, order.language, language, (page,), NAME, "", {NAME: said}
    )


def ranked(it: House, show: Clusters) -> tuple[Cluster, ...]:
    """The clusters of both pages of their spread: the largest first, those whose members nobody has counted last."""

    def members(cluster: Cluster) -> Decimal:
        value = it.facts[cluster.companies].value if cluster.companies else Decimal(0)
        return value[1] if isinstance(value, tuple) else value

    return tuple(sorted((*show.left, *show.right), key=members, reverse=True))


def simpler(show: Corridors) -> Corridors:
    """The corridors for a small map: those that run, with the names of their ends alone."""
    routes = tuple(_ends(route) for route in show.routes if route.days)
    return show.model_copy(update={"routes": routes, "marks": ()})


def _ends(route: Route) -> Route:
    last = len(route.stops) - 1
    stops = [stop if index in (0, last) else _unnamed(stop) for index, stop in enumerate(route.stops)]
    return route.model_copy(update={"stops": tuple(stops)})


def _unnamed(stop: Stop) -> Stop:
    return stop.model_copy(update={"names": ()})
