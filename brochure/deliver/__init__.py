"""Products → files: everything of a run is swapped in last, so the last good files stay until then."""

from brochure.deliver import content
from brochure.deliver.output import Output, draft_name, entry

__all__ = ["Output", "content", "draft_name", "entry"]
