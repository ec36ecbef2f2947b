"""The kinds of page, one module each: what the flatplan shows there and what a language says there."""

from brochure.model.kind import Kind
from brochure.model.pages import article, cover, park, park_gallery, park_group

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        article.KIND,
        cover.KIND,
        park.KIND,
        park_gallery.KIND,
        park_group.KIND,
    )
}
