"""content/ → House → Manuscript. The only room that reads YAML, and the only one that reads files."""

from brochure.load.house import house
from brochure.load.manuscript import manuscript
from brochure.load.usage import usage

__all__ = ["house", "manuscript", "usage"]
