"""Manuscript → Galley: templates, words and facts become one HTML document per section."""

from brochure.compose import lint
from brochure.compose.register import printed
from brochure.compose.sheet import sheet, sound
from brochure.compose.ticket import ticket

__all__ = ["lint", "printed", "sheet", "sound", "ticket"]
