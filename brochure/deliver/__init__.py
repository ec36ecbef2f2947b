"""Products → files: everything of a run is swapped in last, so the last good files stay until then."""

from brochure.deliver import content
from brochure.deliver.handover import package
from brochure.deliver.naming import slug
from brochure.deliver.output import Output, asked, behind, draft_name, entry, pictures, private, written

__all__ = [
    "Output",
    "asked",
    "behind",
    "content",
    "draft_name",
    "entry",
    "package",
    "pictures",
    "private",
    "slug",
    "written",
]
