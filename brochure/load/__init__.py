"""content/ → House → Manuscript. The only room that reads YAML, and the only one that reads files."""

from brochure.load import parity, shelf
from brochure.load.house import attempt, house
from brochure.load.manuscript import manuscript
from brochure.load.plain import plain_texts
from brochure.load.usage import Entry, entries

__all__ = ["Entry", "attempt", "entries", "house", "manuscript", "parity", "plain_texts", "shelf"]
