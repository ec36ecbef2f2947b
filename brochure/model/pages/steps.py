"""How to invest: an investor's questions, and the institution that answers each."""

from __future__ import annotations

from brochure.model.charts import Charted
from brochure.model.kind import Kind
from brochure.model.markup import Text
from brochure.model.values import Line, Model, Passage
from brochure.model.words import PageWords


class Show(Charted):
    """The steps are words; their facts are marked there."""


class Step(Model):
    """A question, who answers it, and what that institution does; ``station`` is its name on the arc."""

    station: Line
    question: Text
    who: Text
    does: Text


class Words(PageWords):
    """What the page says."""

    kicker: Line
    title: Text
    lead: Text
    steps: tuple[Step, ...]
    note: Text
    alt: Passage


KIND = Kind("steps", 1, Show, Words)
