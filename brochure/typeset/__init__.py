"""Galley → Proof: the setter, a child process that lays pages out and remembers them."""

from brochure.typeset.setter import Setter

__all__ = ["Setter"]
