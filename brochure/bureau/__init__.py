"""The translation bureau: what goes out to an office, what comes back, and what the boxes of the original hold."""

from brochure.bureau.boxes import measured
from brochure.bureau.outgoing import chosen, export, house
from brochure.bureau.returns import Taken, take

__all__ = ["Taken", "chosen", "export", "house", "measured", "take"]
