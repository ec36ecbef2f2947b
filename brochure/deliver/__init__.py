"""Products → files: everything of a run is swapped in last, so the last good files stay until then."""

from brochure.deliver import content
from brochure.deliver.handover import package
from brochure.deliver.naming import slug
from brochure.deliver.output import Output, behind, draft_name, entry, private, written

__all__ = ["Output", "behind", "content", "draft_name", "entry", "package", "private", "slug", "written"]
