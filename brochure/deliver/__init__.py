"""Products → files: everything of a run is swapped in last, so the last good files stay until then."""

from brochure.deliver import content
from brochure.deliver.handover import package
from brochure.deliver.manifest import asked, behind, entry, pictures
from brochure.deliver.naming import download, slug
from brochure.deliver.output import Output, draft_name, private, written

__all__ = [
    "Output",
    "asked",
    "behind",
    "content",
    "download",
    "draft_name",
    "entry",
    "package",
    "pictures",
    "private",
    "slug",
    "written",
]
