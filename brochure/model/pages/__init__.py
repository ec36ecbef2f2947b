"""The kinds of page, one module each: what the flatplan shows there and what a language says there."""

from brochure.model.kind import Kind
from brochure.model.pages import (
    article,
    clusters,
    cover,
    park,
    projects,
    zone,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        article.KIND,
        clusters.KIND,
        cover.KIND,
        park.KIND,
        projects.KIND,
        zone.KIND,
    )
}
