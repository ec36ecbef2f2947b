"""Where each fact is used."""

from __future__ import annotations

from collections.abc import Mapping

from brochure.model.mentions import facts
from brochure.stages import House


def usage(house: House, edition: str, language: str) -> Mapping[str, tuple[str, ...]]:
    """Fact id → the page ids that mention it in the flatplan or in the language's words."""
    out: dict[str, dict[str, None]] = {}
    for page in house.plans[edition]:
        for ref in (*facts(page.show), *facts(house.words.get((language, page.id)))):
            out.setdefault(str(ref), {})[page.id] = None
    return {fact: tuple(pages) for fact, pages in out.items()}
