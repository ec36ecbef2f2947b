"""PDF → Report: a function for each rule of the press. Any PDF, also one that isn't ours."""

from __future__ import annotations

from brochure.preflight.places import placed
from brochure.preflight.reader import Examination, examine, examined
from brochure.preflight.rules import RULES

__all__ = ["RULES", "Examination", "examine", "examined", "placed"]
