"""The kinds of page, one module each: what the flatplan shows there and what a language says there."""

import copyreg
from collections.abc import Callable
from dataclasses import replace

from brochure.model.kind import Kind
from brochure.model.pages import (
    article,
    back,
    clusters,
    corridors,
    cover,
    economy,
    growth,
    invitation,
    journey,
    letter,
    notes,
    park,
    park_gallery,
    park_group,
    parks,
    projects,
    reasons,
    region,
    sources,
    specimen,
    steps,
    view,
    villages,
    zone,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        article.KIND,
        back.KIND,
        clusters.KIND,
        corridors.KIND,
        cover.KIND,
        economy.KIND,
        growth.KIND,
        invitation.KIND,
        journey.KIND,
        letter.KIND,
        notes.KIND,
        park.KIND,
        park_gallery.KIND,
        park_group.KIND,
        parks.KIND,
        projects.KIND,
        reasons.KIND,
        region.KIND,
        sources.KIND,
        specimen.KIND,
        steps.KIND,
        view.KIND,
        villages.KIND,
        zone.KIND,
    )
}


def _known(name: str, pages: int) -> Kind:
    return replace(KINDS[name], pages=pages)


def _by_name(kind: Kind) -> tuple[Callable[[str, int], Kind], tuple[str, int]]:
    """A kind goes to another process by its name: what it needs are functions."""
    return _known, (kind.name, kind.pages)


copyreg.pickle(Kind, _by_name)
