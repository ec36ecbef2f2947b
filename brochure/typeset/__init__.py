"""Galley → Proof: the setter, a child process that lays pages out and remembers them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from brochure.typeset.setter import Setter

__all__ = ["Setter"]


def __getattr__(name: str) -> Any:
    """The near side's Setter, once somebody asks for it: the child, which lies in this room too, starts sooner without it."""
    if name in __all__:
        from brochure.typeset.setter import Setter  # noqa: PLC0415

        return Setter
    raise AttributeError(name)
