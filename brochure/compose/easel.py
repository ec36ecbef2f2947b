"""What drawings are made with: the brand's colours and fonts, and the words and figures of one language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from brochure.compose.register import Register
from brochure.compose.render import plain
from brochure.draw.studio import Studio
from brochure.stages import Manuscript


def studio(manuscript: Manuscript, register: Register, label: Callable[[str], Any]) -> Studio:
    """A studio that prints as the manuscript's language does; lines of a drawing never break, so nothing is joined."""
    language = manuscript.language.words

    def spoken(name: str, form: str = "full") -> str:
        return plain(register.print(name, form))

    return Studio(
        palette={name: str(colour.screen) for name, colour in manuscript.house.brand.colours.items()},
        text=",".join(language.text),
        display=",".join(language.display),
        print=spoken,
        fact=register.fact,
        has=register.has,
        names=manuscript.language.names,
        label=label,
        assets=manuscript.house.assets,
        amount=lambda value: plain(register.amount(value)),
        measured=lambda value, unit: plain(register.measured(value, unit)),
        comma=language.separator,
        names_comma=language.between_names,
        planned=language.planned.fill,
    )
