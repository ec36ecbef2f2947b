"""Which forms a fact can be printed in."""

from __future__ import annotations

from collections.abc import Iterator

from brochure.errors import Complaint
from brochure.model.facts import Fact
from brochure.model.markup import CASES, Figure

#: The forms that make sense for each kind of unit; numbers take the rest.
FORMS_OF: dict[str, set[str]] = {
    "date": {"full", "year", "number", "month", "day", "sentence"},
    "names": {"full", "names", "sentence"},
    "point": set(),
    "claim": set(),
}


def misfits(node: Figure, fact: Fact) -> Iterator[Complaint]:
    """A figure in a text whose form its fact can't be printed in."""
    allowed = FORMS_OF.get(fact.unit, {"full", "sentence", "bare", "number", "short"})
    if node.form == "dated":
        if fact.as_of.end is None:
            yield Complaint(node.fact.place, f"“{node.fact}” has no date.", "Leave its year out, or find its date.")
        return
    if node.form in allowed or (node.form in CASES and allowed and fact.unit != "names"):
        return
    if not allowed:
        yield Complaint(
            node.fact.place,
            f"“{node.fact}” is a {fact.unit} and has no figure to print.",
            f"Say it in words and mark the source: {{@{node.fact}}}.",
        )
    else:
        yield Complaint(
            node.fact.place,
            f"“{node.fact}” can't be printed as “{node.form}”.",
            f"Its unit is {fact.unit}: use {', '.join(sorted(allowed))}.",
        )
