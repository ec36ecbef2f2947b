"""The kinds of page, one module each: what the flatplan shows there and what a language says there."""

from brochure.model.kind import Kind
from brochure.model.pages import article, corridors, cover, park

KINDS: dict[str, Kind] = {kind.name: kind for kind in (article.KIND, corridors.KIND, cover.KIND, park.KIND)}
