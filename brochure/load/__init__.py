"""content/ → House → Manuscript. The only room that reads YAML, and the only one that reads files."""

from brochure.load import budgets, foreign, parity, rewrite, shelf
from brochure.load.handouts import chosen as subject
from brochure.load.handouts import scant
from brochure.load.house import attempt, house
from brochure.load.leaflet import missing as no_leaflet
from brochure.load.manuscript import manuscript
from brochure.load.plain import plain_texts
from brochure.load.profiles import profiles
from brochure.load.subjects import subjects
from brochure.load.usage import Entry, entries

__all__ = [
    "Entry",
    "attempt",
    "budgets",
    "entries",
    "foreign",
    "house",
    "manuscript",
    "no_leaflet",
    "parity",
    "plain_texts",
    "profiles",
    "rewrite",
    "scant",
    "shelf",
    "subject",
    "subjects",
]
