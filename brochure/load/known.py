"""Whether what a file mentions is there, and what was meant when it isn't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.errors import Complaint, ExitCode, suggestion
from brochure.model.values import FactRef, PictureRef, ProfileRef, Ref
from brochure.stages import House


def known(it: House, ref: Ref, there: Iterable[str], where: str) -> Iterator[Complaint]:
    """A complaint when the thing isn't among those that are ``there``; ``where`` says where they stand."""
    names = list(there)
    if ref not in names and not _excused(it, ref):
        remedy = suggestion(ref, names) or f"Write one that stands in {where}."
        yield Complaint(
            ref.place,
            f"there is no {ref.kind} “{ref}”.",
            remedy,
            ExitCode.ASSET if isinstance(ref, (PictureRef, ProfileRef)) else ExitCode.CONTENT,
        )


def _excused(it: House, ref: Ref) -> bool:
    """Whether the thing is there but has a slip of its own, or stands in a file that can't be read."""
    family = f"fact:{ref.partition('.')[0]}.*" if isinstance(ref, FactRef) else f"{ref.kind}:*"
    return bool(it.spoiled & {str(ref), family})
